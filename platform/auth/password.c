#include "auth/password.h"
#include <pthread.h>
#include <sodium.h>

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024, AT_ONCE = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t freed = PTHREAD_COND_INITIALIZER;
static int running;

/* No more than AT_ONCE hashes run together, so that a rush of sign-ins leaves memory and a core for everyone else. */
static void enter(void)
{
    pthread_mutex_lock(&lock);
    while (running >= AT_ONCE)
        pthread_cond_wait(&freed, &lock);
    running++;
    pthread_mutex_unlock(&lock);
}

static void leave(void)
{
    pthread_mutex_lock(&lock);
    running--;
    pthread_cond_signal(&freed);
    pthread_mutex_unlock(&lock);
}

struct str password_hash(struct arena *a, struct str password)
{
    char *text = arena_alloc(a, crypto_pwhash_STRBYTES);

    enter();
    int rc = crypto_pwhash_str(text, password.ptr, password.len, PASSES, MEMORY);
    leave();
    if (rc != 0)
        abort();
    return str_of(text);
}

/* Of no known password; checked when there is no such person, so that the time tells nothing. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                             "Yy8xHHRzUH0uhDhjLnaKbGHLyFYo44Tbrx5iGHo4yKw";

bool password_matches(struct arena *a, struct str hash, struct str password)
{
    const char *text = hash.len > 0 ? str_z(a, hash) : nobody;

    enter();
    int rc = crypto_pwhash_str_verify(text, password.ptr != NULL ? password.ptr : "", password.len);
    leave();
    return rc == 0 && hash.len > 0;
}
