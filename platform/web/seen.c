#include "web/seen.h"
#include "base/clock.h"
#include <pthread.h>
#include <sodium.h>

enum { SLOTS = 4096, NEAR = 8, KEY_BYTES = 16 };

struct slot {
    unsigned char key[KEY_BYTES];
    unsigned roles;
    int64_t at; /* 0: free */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot slots[SLOTS];

static size_t place_of(const unsigned char key[KEY_BYTES])
{
    return ((size_t)key[0] << 8 | key[1]) % SLOTS;
}

static void key_of(struct str token, unsigned char key[KEY_BYTES])
{
    crypto_generichash(key, KEY_BYTES, (const unsigned char *)token.ptr, token.len, NULL, 0);
}

static struct slot *find(const unsigned char key[KEY_BYTES])
{
    for (size_t i = 0; i < NEAR; i++) {
        struct slot *s = &slots[(place_of(key) + i) % SLOTS];
        if (s->at != 0 && memcmp(s->key, key, KEY_BYTES) == 0)
            return s;
    }
    return NULL;
}

static struct slot *oldest(const unsigned char key[KEY_BYTES])
{
    struct slot *found = &slots[place_of(key)];

    for (size_t i = 1; i < NEAR; i++) {
        struct slot *s = &slots[(place_of(key) + i) % SLOTS];
        if (s->at < found->at)
            found = s;
    }
    return found;
}

void seen_note(struct str token, unsigned roles)
{
    unsigned char key[KEY_BYTES];

    key_of(token, key);
    pthread_mutex_lock(&lock);
    struct slot *s = find(key);
    if (s == NULL)
        s = oldest(key);
    memcpy(s->key, key, KEY_BYTES);
    s->roles = roles;
    s->at = clock_monotonic_ms() + 1;
    pthread_mutex_unlock(&lock);
}

bool seen_session(struct str token, unsigned *roles)
{
    unsigned char key[KEY_BYTES];

    key_of(token, key);
    pthread_mutex_lock(&lock);
    const struct slot *s = find(key);
    if (s != NULL)
        *roles = s->roles;
    pthread_mutex_unlock(&lock);
    return s != NULL;
}
