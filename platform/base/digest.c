#include "base/digest.h"
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

struct str digest_of(struct arena *a, struct str bytes)
{
    unsigned char out[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(out, (const unsigned char *)(bytes.ptr != NULL ? bytes.ptr : ""), bytes.len);
    return str_hex(a, out, sizeof out);
}

enum err digest_of_file(struct arena *a, const char *path, struct str *hex)
{
    unsigned char out[crypto_hash_sha256_BYTES], piece[64 * 1024];
    crypto_hash_sha256_state state;
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    crypto_hash_sha256_init(&state);
    while ((got = read(fd, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        crypto_hash_sha256_update(&state, piece, (unsigned long long)got);
    }
    close(fd);
    if (got < 0)
        return E_IO;
    crypto_hash_sha256_final(&state, out);
    *hex = str_hex(a, out, sizeof out);
    return OK;
}

bool digest_is_valid(struct str hex)
{
    if (hex.len != 2 * crypto_hash_sha256_BYTES)
        return false;
    for (size_t i = 0; i < hex.len; i++)
        if (!((hex.ptr[i] >= '0' && hex.ptr[i] <= '9') || (hex.ptr[i] >= 'a' && hex.ptr[i] <= 'f')))
            return false;
    return true;
}

bool digest_equal(struct str a, struct str b)
{
    return a.len == b.len && sodium_memcmp(a.ptr, b.ptr, a.len) == 0;
}
