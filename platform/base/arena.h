/* Memory that lives as long as a request or a job and is freed as one.
 *
 * One arena belongs to one thread at a time. Allocation never returns NULL: past the cap it jumps to the guard of the
 * arena's owner (ARENA_GUARD), or aborts where none is set. Files, statements and children are given to arena_defer
 * and released in reverse order when the arena is freed. */
#ifndef BANTIN_ARENA_H
#define BANTIN_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena;

/* A new arena that will hold at most `cap` bytes (0: no limit). Freed by arena_free. */
struct arena *arena_new(size_t cap);
void arena_free(struct arena *a);

/* Frees everything allocated so far, running what was deferred; the arena can be used again. */
void arena_reset(struct arena *a);

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
#define NEW(arena, type)             ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n)    ((type *)arena_alloc_array((arena), (n), sizeof(type)))
void *arena_alloc_array(struct arena *a, size_t n, size_t size);

/* Grows the block `old` of `old_size` bytes to `size`, in place where it was the last one; `old` may be NULL. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

/* Calls fn(arg) when the arena is freed or reset. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

/* Bytes handed out so far. */
size_t arena_used(const struct arena *a);

/* Where an allocation over the cap lands; set by ARENA_GUARD. NULL: abort. */
void arena_set_guard(struct arena *a, jmp_buf *guard);

/* if (ARENA_GUARD(a, &jump)) { …over the cap: answer 413… } */
#define ARENA_GUARD(a, jump) (arena_set_guard((a), (jump)), setjmp(*(jump)))
#endif
