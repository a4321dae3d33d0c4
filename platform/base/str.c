#include "base/base.h"

struct str str_of(const char *z)
{
    return (struct str){z, z != NULL ? strlen(z) : 0};
}

struct str str_range(const char *from, const char *to)
{
    return (struct str){from, (size_t)(to - from)};
}

bool str_is_empty(struct str s)
{
    return s.len == 0;
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

int str_compare(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int d = n != 0 ? memcmp(a.ptr, b.ptr, n) : 0;

    if (d != 0)
        return d;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal((struct str){s.ptr, prefix.len}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_skip(s, s.len - suffix.len), suffix);
}

bool str_contains(struct str s, struct str part)
{
    return str_find(s, part, 0) != SIZE_MAX;
}

size_t str_find(struct str s, struct str part, size_t from)
{
    if (part.len == 0)
        return from <= s.len ? from : SIZE_MAX;
    if (from >= s.len)
        return SIZE_MAX;
    const char *p = memmem(s.ptr + from, s.len - from, part.ptr, part.len);
    return p != NULL ? (size_t)(p - s.ptr) : SIZE_MAX;
}

size_t str_find_char(struct str s, char c, size_t from)
{
    if (from >= s.len)
        return SIZE_MAX;
    const char *p = memchr(s.ptr + from, c, s.len - from);
    return p != NULL ? (size_t)(p - s.ptr) : SIZE_MAX;
}

struct str str_sub(struct str s, size_t from, size_t len)
{
    s = str_skip(s, from);
    if (s.len > len)
        s.len = len;
    return s;
}

struct str str_skip(struct str s, size_t n)
{
    if (s.ptr == NULL)
        return s;
    if (n > s.len)
        n = s.len;
    return (struct str){s.ptr + n, s.len - n};
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.ptr[0]))
        s = str_skip(s, 1);
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

struct str str_cut(struct str s, char sep, struct str *head)
{
    size_t at = str_find_char(s, sep, 0);

    if (at == SIZE_MAX) {
        *head = s;
        return STR_NONE;
    }
    *head = str_sub(s, 0, at);
    return str_skip(s, at + 1);
}

struct str str_copy(struct arena *a, struct str s)
{
    if (s.ptr == NULL)
        return s;
    return (struct str){str_z(a, s), s.len};
}

char *str_z(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.len + 1);

    if (s.len != 0)
        memcpy(p, s.ptr, s.len);
    return p;
}

struct str str_format(struct arena *a, const char *format, ...)
{
    struct buf b = buf_in(a);
    va_list args;

    va_start(args, format);
    buf_add_formatv(&b, format, args);
    va_end(args);
    return buf_str(&b);
}

struct str str_join(struct arena *a, const struct str *parts, size_t n, struct str between)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add(&b, between);
        buf_add(&b, parts[i]);
    }
    return buf_str(&b);
}

struct str str_replace(struct arena *a, struct str s, struct str from, struct str to)
{
    struct buf b = buf_in(a);
    size_t at = 0, hit;

    while (from.len > 0 && (hit = str_find(s, from, at)) != SIZE_MAX) {
        buf_add(&b, str_sub(s, at, hit - at));
        buf_add(&b, to);
        at = hit + from.len;
    }
    buf_add(&b, str_skip(s, at));
    return buf_str(&b);
}

struct str str_ascii_lower(struct arena *a, struct str s)
{
    char *p = str_z(a, s);

    for (size_t i = 0; i < s.len; i++)
        p[i] = ascii_lower(p[i]);
    return (struct str){p, s.len};
}

struct str str_hex(struct arena *a, const void *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = bytes;
    char *p = arena_alloc(a, 2 * n + 1);

    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digits[from[i] >> 4];
        p[2 * i + 1] = digits[from[i] & 15];
    }
    return (struct str){p, 2 * n};
}

enum err str_to_int(struct str s, int64_t *n)
{
    bool negative = s.len > 0 && s.ptr[0] == '-';
    int64_t value = 0;

    if (negative)
        s = str_skip(s, 1);
    if (s.len == 0)
        return E_INVALID;
    for (size_t i = 0; i < s.len; i++) {
        int digit = s.ptr[i] - '0';
        if (digit < 0 || digit > 9)
            return E_INVALID;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value))
            return E_INVALID;
    }
    if (!negative && value == INT64_MIN)
        return E_INVALID;
    *n = negative ? value : -value;
    return OK;
}

/* The length of the well-formed sequence at p (at most n bytes), with its code point; 0 where it is broken. */
static size_t decode(const unsigned char *p, size_t n, uint32_t *code)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t len = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 : p[0] >> 4 == 14 ? 3 : p[0] >> 3 == 30 ? 4 : 0;

    if (len == 0 || len > n)
        return 0;
    *code = len == 1 ? p[0] : p[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (p[i] & 0x3f);
    }
    if (*code < smallest[len] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
        return 0;
    return len;
}

uint32_t str_next_code(struct str s, size_t *at)
{
    uint32_t code;
    size_t len = decode((const unsigned char *)s.ptr + *at, s.len - *at, &code);

    if (len == 0) {
        *at += 1;
        return 0xfffd;
    }
    *at += len;
    return code;
}

bool str_is_utf8(struct str s)
{
    uint32_t code;

    for (size_t at = 0, len; at < s.len; at += len)
        if ((len = decode((const unsigned char *)s.ptr + at, s.len - at, &code)) == 0)
            return false;
    return true;
}
