#include "http/connections.h"
#include "base/clock.h"
#include "base/log.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>

enum { BUCKETS = 1024, LOOK_EVERY_MS = 250 };

struct count {
    struct count *next;
    struct address address;
    unsigned n;
};

struct connections {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t reaper;
    bool stopping;
    unsigned max_per_address;
    struct connection *first;
    struct count *counts[BUCKETS];
    int64_t beat_ms, next_beat_ms;
    void (*beat)(void *);
    void *beat_arg;
};

struct address address_of(const struct sockaddr *sa)
{
    struct address a = {.bytes = {[10] = 0xff, [11] = 0xff}};
    const unsigned char *six;

    if (sa->sa_family == AF_INET) {
        memcpy(a.bytes + 12, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        six = ((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr.s6_addr;
        bool is_four = memcmp(six, a.bytes, 12) == 0;
        memset(a.bytes, 0, sizeof a.bytes);
        memcpy(a.bytes, six, is_four ? 16 : 8);
    }
    return a;
}

bool address_parse(const char *text, struct address *address)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return *address = address_of((struct sockaddr *)&four), true;
    if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
        return *address = address_of((struct sockaddr *)&six), true;
    return false;
}

bool address_equal(struct address a, struct address b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

static struct count **count_place(struct connections *all, struct address address)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < sizeof address.bytes; i++)
        h = (h ^ address.bytes[i]) * 16777619u;
    struct count **p = &all->counts[h % BUCKETS];
    while (*p != NULL && !address_equal((*p)->address, address))
        p = &(*p)->next;
    return p;
}

static void count_up(struct connections *all, struct address address)
{
    struct count **p = count_place(all, address);

    if (*p == NULL) {
        *p = calloc(1, sizeof **p);
        if (*p == NULL)
            abort();
        (*p)->address = address;
    }
    (*p)->n++;
}

static void count_down(struct connections *all, struct address address)
{
    struct count **p = count_place(all, address), *c = *p;

    if (c == NULL || --c->n > 0)
        return;
    *p = c->next;
    free(c);
}

static bool is_under_limit(struct connections *all, struct address address)
{
    struct count *c = *count_place(all, address);

    return c == NULL || c->n < all->max_per_address;
}

bool connections_may(struct connections *all, struct address address)
{
    pthread_mutex_lock(&all->lock);
    bool may = is_under_limit(all, address);
    pthread_mutex_unlock(&all->lock);
    return may;
}

bool connections_count(struct connections *all, struct address address)
{
    pthread_mutex_lock(&all->lock);
    bool may = is_under_limit(all, address);
    if (may)
        count_up(all, address);
    pthread_mutex_unlock(&all->lock);
    return may;
}

void connections_uncount(struct connections *all, struct address address)
{
    pthread_mutex_lock(&all->lock);
    count_down(all, address);
    pthread_mutex_unlock(&all->lock);
}

static void peer_text(const struct sockaddr *peer, char text[48])
{
    struct address a = address_of(peer);
    static const unsigned char four[12] = {[10] = 0xff, [11] = 0xff};

    if (memcmp(a.bytes, four, sizeof four) == 0)
        inet_ntop(AF_INET, a.bytes + 12, text, 48);
    else if (peer->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr, text, 48);
}

struct connection *connections_add(struct connections *all, int fd, const struct sockaddr *peer, bool is_proxy,
                                   int64_t deadline_ms)
{
    struct connection *c = calloc(1, sizeof *c);

    if (c == NULL)
        abort();
    c->fd = fd;
    c->is_proxy = is_proxy;
    c->address = address_of(peer);
    peer_text(peer, c->text);
    atomic_init(&c->deadline_ms, deadline_ms);

    pthread_mutex_lock(&all->lock);
    c->next = all->first;
    if (c->next != NULL)
        c->next->previous = c;
    all->first = c;
    if (!is_proxy)
        count_up(all, c->address);
    pthread_mutex_unlock(&all->lock);
    return c;
}

void connections_remove(struct connections *all, struct connection *c)
{
    pthread_mutex_lock(&all->lock);
    if (c->previous != NULL)
        c->previous->next = c->next;
    else
        all->first = c->next;
    if (c->next != NULL)
        c->next->previous = c->previous;
    if (!c->is_proxy)
        count_down(all, c->address);
    pthread_mutex_unlock(&all->lock);
    free(c);
}

/* The socket is still open while its connection is in the list, so the number cannot be somebody else's by now. */
static void cut_overdue(struct connections *all, int64_t now)
{
    for (struct connection *c = all->first; c != NULL; c = c->next)
        if (atomic_load_explicit(&c->deadline_ms, memory_order_relaxed) < now) {
            shutdown(c->fd, SHUT_RDWR);
            atomic_store_explicit(&c->deadline_ms, INT64_MAX, memory_order_relaxed);
            log_event(LOG_DEBUG, "http.cut", "reason=deadline");
        }
}

static void wait_a_little(struct connections *all)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_EVERY_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&all->wake, &all->lock, &until);
}

static void *reap(void *arg)
{
    struct connections *all = arg;

    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        int64_t now = clock_monotonic_ms();
        cut_overdue(all, now);
        if (now >= all->next_beat_ms) {
            all->next_beat_ms = now + all->beat_ms;
            pthread_mutex_unlock(&all->lock);
            all->beat(all->beat_arg);
            pthread_mutex_lock(&all->lock);
        }
        wait_a_little(all);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

struct connections *connections_new(unsigned max_per_address, int64_t beat_ms, void (*beat)(void *), void *arg)
{
    struct connections *all = calloc(1, sizeof *all);
    pthread_condattr_t attributes;

    if (all == NULL)
        abort();
    all->max_per_address = max_per_address;
    all->beat_ms = beat_ms;
    all->next_beat_ms = clock_monotonic_ms() + beat_ms;
    all->beat = beat;
    all->beat_arg = arg;
    pthread_mutex_init(&all->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&all->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&all->reaper, NULL, reap, all) != 0)
        abort();
    return all;
}

void connections_free(struct connections *all)
{
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->reaper, NULL);

    for (size_t i = 0; i < BUCKETS; i++)
        while (all->counts[i] != NULL) {
            struct count *c = all->counts[i];
            all->counts[i] = c->next;
            free(c);
        }
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->lock);
    free(all);
}
