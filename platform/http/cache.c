#include "http/cache.h"
#include "base/clock.h"
#include <pthread.h>
#include <sodium.h>

enum { BUCKETS = 4096 };

struct entry {
    struct entry *in_bucket;
    struct entry *newer, *older;
    uint64_t hash;
    struct cache_page page;
};

struct cache {
    pthread_mutex_t lock;
    size_t max_bytes;
    uint64_t stamp;                                  /* counts the drops */
    unsigned char secret[crypto_shorthash_KEYBYTES]; /* so that nobody can choose addresses of one bucket */
    struct entry *newest, *oldest;
    struct cache_count count;
    struct entry *buckets[BUCKETS];
};

struct cache *cache_new(size_t max_bytes)
{
    struct cache *c = calloc(1, sizeof *c);

    if (c == NULL || sodium_init() < 0)
        abort();
    c->max_bytes = max_bytes;
    crypto_shorthash_keygen(c->secret);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

static uint64_t hash_key(const struct cache *c, struct str key)
{
    uint64_t h;

    crypto_shorthash((unsigned char *)&h, (const unsigned char *)key.ptr, key.len, c->secret);
    return h;
}

/* Two tags with one number would only drop a page too many. */
uint64_t cache_tag_of(struct str tag)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < tag.len; i++)
        h = (h ^ (unsigned char)tag.ptr[i]) * 1099511628211u;
    return h;
}

static void link_newest(struct cache *c, struct entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    if (c->newest != NULL)
        c->newest->newer = e;
    else
        c->oldest = e;
    c->newest = e;
}

static void unlink_age(struct cache *c, struct entry *e)
{
    if (e->newer != NULL)
        e->newer->older = e->older;
    else
        c->newest = e->older;
    if (e->older != NULL)
        e->older->newer = e->newer;
    else
        c->oldest = e->newer;
}

static struct entry **place_of(struct cache *c, uint64_t hash, struct str key)
{
    struct entry **p = &c->buckets[hash % BUCKETS];

    while (*p != NULL && ((*p)->hash != hash || !str_equal((*p)->page.key, key)))
        p = &(*p)->in_bucket;
    return p;
}

static void free_entry(struct entry *e)
{
    e->page.release(e->page.content);
    free((char *)(uintptr_t)e->page.key.ptr);
    free(e);
}

/* Takes it out of the cache and onto a list of those to be freed without the lock. */
static void take_out(struct cache *c, struct entry *e, struct entry **doomed)
{
    *place_of(c, e->hash, e->page.key) = e->in_bucket;
    unlink_age(c, e);
    c->count.bytes -= e->page.bytes;
    c->count.pages--;
    e->in_bucket = *doomed;
    *doomed = e;
}

static void free_doomed(struct entry *doomed)
{
    while (doomed != NULL) {
        struct entry *e = doomed;
        doomed = e->in_bucket;
        free_entry(e);
    }
}

void cache_clear(struct cache *c)
{
    struct entry *doomed = NULL;

    pthread_mutex_lock(&c->lock);
    c->stamp++;
    c->count.dropped += c->count.pages;
    while (c->newest != NULL)
        take_out(c, c->newest, &doomed);
    pthread_mutex_unlock(&c->lock);
    free_doomed(doomed);
}

static bool has_tag(const struct cache_page *page, uint64_t tag)
{
    for (size_t i = 0; i < page->n_tags; i++)
        if (page->tags[i] == tag)
            return true;
    return false;
}

void cache_drop_tag(struct cache *c, struct str tag)
{
    uint64_t wanted = cache_tag_of(tag);
    struct entry *doomed = NULL;

    pthread_mutex_lock(&c->lock);
    c->stamp++;
    for (struct entry *e = c->newest, *older; e != NULL; e = older) {
        older = e->older;
        if (has_tag(&e->page, wanted)) {
            take_out(c, e, &doomed);
            c->count.dropped++;
        }
    }
    pthread_mutex_unlock(&c->lock);
    free_doomed(doomed);
}

void cache_free(struct cache *c)
{
    if (c == NULL)
        return;
    cache_clear(c);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

struct cache_count cache_counts(struct cache *c)
{
    pthread_mutex_lock(&c->lock);
    struct cache_count count = c->count;
    pthread_mutex_unlock(&c->lock);
    return count;
}

uint64_t cache_stamp(struct cache *c)
{
    pthread_mutex_lock(&c->lock);
    uint64_t stamp = c->stamp;
    pthread_mutex_unlock(&c->lock);
    return stamp;
}

static struct entry *entry_new(const struct cache *c, const struct cache_page *page)
{
    struct entry *e = calloc(1, sizeof *e);
    char *key = malloc(page->key.len + 1);

    if (e == NULL || key == NULL)
        abort();
    memcpy(key, page->key.ptr, page->key.len);
    e->page = *page;
    e->page.key = (struct str){key, page->key.len};
    e->page.bytes += sizeof *e + page->key.len;
    e->hash = hash_key(c, page->key);
    return e;
}

bool cache_put(struct cache *c, const struct cache_page *page, uint64_t stamp)
{
    struct entry *e = entry_new(c, page), *doomed = NULL;

    pthread_mutex_lock(&c->lock);
    bool keep = stamp == c->stamp && e->page.bytes <= c->max_bytes / 4;
    if (keep) {
        struct entry *same = *place_of(c, e->hash, e->page.key);
        if (same != NULL)
            take_out(c, same, &doomed);
        while (c->count.bytes + e->page.bytes > c->max_bytes)
            take_out(c, c->oldest, &doomed);
        e->in_bucket = c->buckets[e->hash % BUCKETS];
        c->buckets[e->hash % BUCKETS] = e;
        link_newest(c, e);
        c->count.bytes += e->page.bytes;
        c->count.pages++;
        c->count.stored++;
    }
    pthread_mutex_unlock(&c->lock);
    if (!keep)
        free_entry(e);
    free_doomed(doomed);
    return keep;
}

bool cache_get(struct cache *c, struct str key, void (*use)(void *content, void *arg), void *arg)
{
    uint64_t hash = hash_key(c, key);
    struct entry *doomed = NULL;

    pthread_mutex_lock(&c->lock);
    struct entry *e = *place_of(c, hash, key);
    if (e != NULL && e->page.until_ms < clock_monotonic_ms()) {
        take_out(c, e, &doomed);
        e = NULL;
    }
    if (e != NULL) {
        unlink_age(c, e);
        link_newest(c, e);
        use(e->page.content, arg);
        c->count.hits++;
    } else {
        c->count.misses++;
    }
    pthread_mutex_unlock(&c->lock);
    free_doomed(doomed);
    return e != NULL;
}
