#include "unit/test.h"
#include "http/cache.h"
#include "base/clock.h"

static int freed;

static void release(void *content)
{
    (void)content;
    freed++;
}

static void note(void *content, void *arg)
{
    *(void **)arg = content;
}

static bool put(struct cache *c, const char *key, const char *tag, size_t bytes, uint64_t stamp)
{
    struct cache_page page = {.key = str_of(key), .tags = {cache_tag_of(str_of(tag))}, .n_tags = 1, .bytes = bytes,
                              .until_ms = clock_monotonic_ms() + 60000, .content = &freed, .release = release};

    return cache_put(c, &page, stamp);
}

static bool has(struct cache *c, const char *key)
{
    void *content = NULL;

    return cache_get(c, str_of(key), note, &content) && content == &freed;
}

TEST(the_least_recently_used_page_goes_first)
{
    struct cache *c = cache_new(10000);

    freed = 0;
    assert_true(put(c, "a", "x", 2200, cache_stamp(c)));
    assert_true(put(c, "b", "x", 2200, cache_stamp(c)));
    assert_true(put(c, "c", "x", 2200, cache_stamp(c)));
    assert_true(put(c, "d", "x", 2200, cache_stamp(c)));
    assert_true(has(c, "a"));
    assert_true(put(c, "e", "x", 2200, cache_stamp(c)));
    assert_true(has(c, "a"));
    assert_false(has(c, "b"));
    assert_true(cache_counts(c).bytes <= 10000);
    assert_false(put(c, "f", "x", 5000, cache_stamp(c)));      /* too large a share */
    cache_free(c);
    assert_int_equal(freed, 6);
}

TEST(a_page_read_before_a_change_is_not_kept_after_it)
{
    struct cache *c = cache_new(100000);
    uint64_t stamp = cache_stamp(c);

    cache_drop_tag(c, S("x"));
    assert_false(put(c, "a", "x", 100, stamp));
    assert_false(has(c, "a"));
    assert_true(put(c, "a", "x", 100, cache_stamp(c)));
    cache_drop_tag(c, S("y"));
    assert_true(has(c, "a"));
    cache_drop_tag(c, S("x"));
    assert_false(has(c, "a"));
    cache_free(c);
}

TEST(a_page_put_twice_is_there_once)
{
    struct cache *c = cache_new(100000);

    assert_true(put(c, "a", "x", 100, cache_stamp(c)));
    assert_true(put(c, "a", "x", 100, cache_stamp(c)));
    assert_int_equal(cache_counts(c).pages, 1);
    cache_free(c);
}
