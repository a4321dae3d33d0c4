#include "base/base.h"
#include "base/random.h"
#include <sys/random.h>

void random_bytes(void *to, size_t n)
{
    char *p = to;

    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            abort();
        p += got;
        n -= (size_t)got;
    }
}

struct str random_token(struct arena *a)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    enum { LEN = 43 };
    unsigned char bytes[LEN];
    char *p = arena_alloc(a, LEN + 1);

    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < LEN; i++)
        p[i] = letters[bytes[i] & 63];
    return (struct str){p, LEN};
}
