#include "text/number.h"

static struct str grouped(struct arena *a, uint64_t n)
{
    char digits[24], out[40];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)n), k = 0;

    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[k++] = '.';
        out[k++] = digits[i];
    }
    return str_copy(a, (struct str){out, k});
}

struct str text_decimal(struct arena *a, int64_t n, unsigned decimals)
{
    uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n, part = 1;

    if (decimals > TEXT_DECIMALS_MAX)
        decimals = TEXT_DECIMALS_MAX;
    for (unsigned i = 0; i < decimals; i++)
        part *= 10;
    struct str whole = grouped(a, size / part);
    if (decimals == 0)
        return str_format(a, "%s%.*s", n < 0 ? "-" : "", STR_ARG(whole));
    return str_format(a, "%s%.*s,%0*llu", n < 0 ? "-" : "", STR_ARG(whole), (int)decimals, (unsigned long long)(size % part));
}

struct str text_number(struct arena *a, int64_t n)
{
    return text_decimal(a, n, 0);
}

static bool add_digit(int64_t *n, char c)
{
    return c >= '0' && c <= '9' && !__builtin_mul_overflow(*n, 10, n) && !__builtin_add_overflow(*n, c - '0', n);
}

/* Digits, in threes after the first where they are grouped at all. */
static bool add_whole(int64_t *n, struct str s)
{
    bool is_grouped = str_find_char(s, '.', 0) != SIZE_MAX;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        bool point = is_grouped && (s.len - i) % 4 == 0;
        if (point ? s.ptr[i] != '.' || i == 0 : !add_digit(n, s.ptr[i]))
            return false;
    }
    return true;
}

enum err text_decimal_parse(struct str s, unsigned decimals, int64_t *n)
{
    struct str whole;
    int64_t value = 0;

    s = str_trim(s);
    bool negative = str_starts(s, S("-"));
    struct str places = str_cut(str_skip(s, negative), ',', &whole);
    if (!add_whole(&value, whole) || places.len > decimals || (places.ptr != NULL && places.len == 0))
        return E_INVALID;
    for (unsigned i = 0; i < decimals; i++)
        if (!add_digit(&value, i < places.len ? places.ptr[i] : '0'))
            return E_INVALID;
    *n = negative ? -value : value;
    return OK;
}

struct str text_file_size(struct arena *a, uint64_t bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    uint64_t tenths = bytes > UINT64_MAX / 10 ? UINT64_MAX : bytes * 10;
    size_t unit = 0;

    for (; tenths >= 10240 && unit + 1 < countof(units); unit++)
        tenths = tenths / 1024 + (tenths % 1024 >= 512);
    if (unit == 0 || tenths >= 100 || tenths % 10 == 0)
        return str_format(a, "%llu %s", (unsigned long long)((tenths + 5) / 10), units[unit]);
    return str_format(a, "%llu,%llu %s", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10), units[unit]);
}
