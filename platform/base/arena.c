#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 8 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGN = 16 };

struct block {
    struct block *older;
    size_t size, used;
    _Alignas(ALIGN) char data[];
};

struct deferred {
    struct deferred *older;
    void (*fn)(void *);
    void *arg;
};

struct arena {
    struct block *newest;
    struct deferred *deferred;
    size_t cap, used, next_size;
    jmp_buf *guard;
};

struct arena *arena_new(size_t cap)
{
    struct arena *a = calloc(1, sizeof *a);

    if (a == NULL)
        abort();
    a->cap = cap;
    a->next_size = FIRST_BLOCK;
    return a;
}

static void run_deferred(struct arena *a)
{
    while (a->deferred != NULL) {
        struct deferred *d = a->deferred;
        a->deferred = d->older;
        d->fn(d->arg);
    }
}

static void free_blocks(struct arena *a)
{
    while (a->newest != NULL) {
        struct block *b = a->newest;
        a->newest = b->older;
        ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
        free(b);
    }
}

void arena_reset(struct arena *a)
{
    run_deferred(a);
    free_blocks(a);
    a->used = 0;
    a->next_size = FIRST_BLOCK;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    arena_reset(a);
    free(a);
}

static void over_cap(struct arena *a)
{
    if (a->guard != NULL)
        longjmp(*a->guard, 1);
    fprintf(stderr, "arena: over its cap of %zu bytes\n", a->cap);
    abort();
}

static void add_block(struct arena *a, size_t at_least)
{
    size_t size = a->next_size > at_least ? a->next_size : at_least;
    struct block *b = malloc(sizeof *b + size);

    if (b == NULL)
        abort();
    b->size = size;
    b->used = 0;
    b->older = a->newest;
    a->newest = b;
    ASAN_POISON_MEMORY_REGION(b->data, b->size);
    if (a->next_size < LARGEST_BLOCK)
        a->next_size *= 2;
}

static size_t round_up(size_t n)
{
    return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = round_up(size ? size : 1);

    if (need < size || (a->cap != 0 && (need > a->cap || a->used > a->cap - need)))
        over_cap(a);
    if (a->newest == NULL || a->newest->size - a->newest->used < need)
        add_block(a, need);

    char *p = a->newest->data + a->newest->used;
    a->newest->used += need;
    a->used += need;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return memset(p, 0, size);
}

void *arena_alloc_array(struct arena *a, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        over_cap(a);
    return arena_alloc(a, n * size);
}

static bool is_last(const struct arena *a, const char *p, size_t size)
{
    return a->newest != NULL && p + round_up(size ? size : 1) == a->newest->data + a->newest->used;
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
    size_t had = round_up(old_size ? old_size : 1), need = round_up(size ? size : 1);

    if (old != NULL && size >= old_size && is_last(a, old, old_size) &&
        a->newest->size - a->newest->used >= need - had && (a->cap == 0 || a->used + (need - had) <= a->cap)) {
        a->newest->used += need - had;
        a->used += need - had;
        ASAN_UNPOISON_MEMORY_REGION(old, size);
        memset((char *)old + old_size, 0, size - old_size);
        return old;
    }
    void *p = arena_alloc(a, size);
    if (old != NULL)
        memcpy(p, old, old_size < size ? old_size : size);
    return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
    struct deferred *d = NEW(a, struct deferred);

    d->fn = fn;
    d->arg = arg;
    d->older = a->deferred;
    a->deferred = d;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

void arena_set_guard(struct arena *a, jmp_buf *guard)
{
    a->guard = guard;
}
