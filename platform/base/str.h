/* Text by value: a pointer and a length, bytes of UTF-8, not terminated, never owned. A str lives as long as what it
 * points into: a literal, an arena, a request. The empty str may have any pointer; {NULL, 0} is "none". */
#ifndef BANTIN_STR_H
#define BANTIN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"

struct str {
    const char *ptr;
    size_t len;
};

#define S(literal)   ((struct str){"" literal "", sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0})
/* For printf: "%.*s", STR_ARG(s) */
#define STR_ARG(s)   (int)(s).len, (s).ptr != NULL ? (s).ptr : ""

struct str str_of(const char *z);                      /* of a terminated string; NULL gives none */
struct str str_range(const char *from, const char *to);
bool str_is_empty(struct str s);
bool str_equal(struct str a, struct str b);
bool str_equal_nocase(struct str a, struct str b);     /* ASCII letters only: header names, extensions */
int str_compare(struct str a, struct str b);           /* by bytes */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str part);
/* The first place of `part` at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, struct str part, size_t from);
size_t str_find_char(struct str s, char c, size_t from);
struct str str_sub(struct str s, size_t from, size_t len);  /* clipped to s */
struct str str_skip(struct str s, size_t n);                /* without its first n bytes */
struct str str_trim(struct str s);                          /* without ASCII white space at both ends */

/* Splits at the first `sep`: *head is what stands before it, the rest is returned; without `sep` the rest is none. */
struct str str_cut(struct str s, char sep, struct str *head);

struct str str_copy(struct arena *a, struct str s);
char *str_z(struct arena *a, struct str s);                 /* a terminated copy */
struct str str_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_join(struct arena *a, const struct str *parts, size_t n, struct str between);
struct str str_replace(struct arena *a, struct str s, struct str from, struct str to);
struct str str_ascii_lower(struct arena *a, struct str s);
struct str str_hex(struct arena *a, const void *bytes, size_t n);    /* lower-case hexadecimal */

/* The whole of s as a decimal number; E_INVALID on anything else or on overflow. */
enum err str_to_int(struct str s, int64_t *n);

/* Decodes the code point at *at and moves *at past it; a broken byte gives U+FFFD and moves by one. */
uint32_t str_next_code(struct str s, size_t *at);
bool str_is_utf8(struct str s);                             /* valid: no overlong forms, no surrogates */
#endif
