/* Complete answers to anonymous GETs, bounded in bytes, the least recently used going first. Any thread; the lock is
 * held only to find or to unlink. A page that was computed before a drop is refused when it is put after it (stamp). */
#ifndef BANTIN_CACHE_H
#define BANTIN_CACHE_H

#include "base/base.h"

enum { CACHE_TAGS = 12 };

struct cache;

struct cache *cache_new(size_t max_bytes);
void cache_free(struct cache *c);

/* After a change that may touch any page, and after one that touches the pages with this tag. */
void cache_clear(struct cache *c);
void cache_drop_tag(struct cache *c, struct str tag);

struct cache_count {
    uint64_t hits, misses, stored, dropped;
    size_t bytes, pages;
};
struct cache_count cache_counts(struct cache *c);

/* ---- For the server ---- */

/* Taken before a page's data is read. */
uint64_t cache_stamp(struct cache *c);

struct cache_page {
    struct str key;                    /* copied by cache_put */
    uint64_t tags[CACHE_TAGS];         /* cache_tag_of */
    size_t n_tags;
    size_t bytes;                      /* what it occupies */
    int64_t until_ms;                  /* on the monotonic clock */
    void *content;                     /* the owner's; freed by `release` with the last reference */
    void (*release)(void *content);
};

uint64_t cache_tag_of(struct str tag);
/* Takes over page->content in every case; false where it was not kept (too large, or a drop since the stamp). */
bool cache_put(struct cache *c, const struct cache_page *page, uint64_t stamp);
/* False where there is none; `use` is called with the lock held and takes its own reference. */
bool cache_get(struct cache *c, struct str key, void (*use)(void *content, void *arg), void *arg);
#endif
