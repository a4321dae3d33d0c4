#include "auth/attempts.h"
#include <pthread.h>

enum { SLOTS = 4096, NEAR = 8 };

/* A fixed table: an attacker who fills it only pushes out the oldest counts. */
struct slot {
    uint64_t key;
    int64_t since;
    int count;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot slots[SLOTS];

static uint64_t mix(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    return (h ^ 0xff) * 1099511628211u;
}

static uint64_t key_of(struct str login, struct str address)
{
    return mix(mix(14695981039346656037u, login), address) | 1;
}

static struct slot *find(uint64_t key, int64_t now)
{
    struct slot *oldest = &slots[key % SLOTS];

    for (size_t i = 0; i < NEAR; i++) {
        struct slot *s = &slots[(key + i) % SLOTS];
        if (s->key == key) {
            if (s->since + ATTEMPT_SECONDS <= now)
                s->count = 0;
            return s;
        }
        if (s->since < oldest->since)
            oldest = s;
    }
    *oldest = (struct slot){.key = key};
    return oldest;
}

static void count(uint64_t key, int64_t now)
{
    struct slot *s = find(key, now);

    if (s->count++ == 0)
        s->since = now;
}

bool attempt_is_allowed(struct str login, struct str address, int64_t now)
{
    pthread_mutex_lock(&lock);
    bool allowed = find(key_of(login, address), now)->count < ATTEMPTS_OF_ADDRESS &&
                   find(key_of(login, STR_NONE), now)->count < ATTEMPTS_OF_LOGIN;
    pthread_mutex_unlock(&lock);
    return allowed;
}

void attempt_failed(struct str login, struct str address, int64_t now)
{
    pthread_mutex_lock(&lock);
    count(key_of(login, address), now);
    count(key_of(login, STR_NONE), now);
    pthread_mutex_unlock(&lock);
}

void attempt_succeeded(struct str login, struct str address)
{
    pthread_mutex_lock(&lock);
    find(key_of(login, address), 0)->count = 0;
    pthread_mutex_unlock(&lock);
}
