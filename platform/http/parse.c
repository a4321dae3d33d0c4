#include "http/parse.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The byte behind the escape at s[i] ('%' and two digits), or -1. */
static int escaped_byte(struct str s, size_t i)
{
    if (i + 2 >= s.len)
        return -1;
    int high = hex_value(s.ptr[i + 1]), low = hex_value(s.ptr[i + 2]);

    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static bool is_control(int c)
{
    return c < 0x20 || c == 0x7f;
}

static bool segments_are_plain(struct str path)
{
    struct str rest = str_skip(path, 1), segment;

    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, '/', &segment);
        if (segment.len == 0 || str_equal(segment, S(".")) || str_equal(segment, S("..")))
            return false;
    }
    return true;
}

enum err parse_path(struct arena *a, struct str raw, struct str *path)
{
    if (raw.len == 0 || raw.ptr[0] != '/')
        return E_INVALID;
    if (raw.len > PATH_MAX_BYTES)
        return E_TOO_LARGE;

    char *out = arena_alloc(a, raw.len);
    size_t n = 0;
    for (size_t i = 0; i < raw.len; i++) {
        int c = (unsigned char)raw.ptr[i];
        if (c == '%') {
            c = escaped_byte(raw, i);
            i += 2;
            if (c < 0 || c == '/')
                return E_INVALID;
        } else if (c == '#' || c == ' ') {
            return E_INVALID;
        }
        if (is_control(c) || c == '\\')
            return E_INVALID;
        out[n++] = (char)c;
    }
    struct str decoded = {out, n};
    if (!str_is_utf8(decoded) || !segments_are_plain(decoded))
        return E_INVALID;
    *path = decoded;
    return OK;
}

/* '+' is a space, %XX a byte, and a '%' that is no escape stands for itself. */
static bool decode_form_text(struct arena *a, struct str in, struct str *text)
{
    char *out = arena_alloc(a, in.len);
    size_t n = 0;

    for (size_t i = 0; i < in.len; i++) {
        int c = (unsigned char)in.ptr[i], byte;
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && (byte = escaped_byte(in, i)) >= 0) {
            c = byte;
            i += 2;
        }
        if (c == 0)
            return false;
        out[n++] = (char)c;
    }
    *text = (struct str){out, n};
    return str_is_utf8(*text);
}

static size_t count_pairs(struct str encoded)
{
    size_t n = encoded.len > 0;

    for (size_t i = 0; i < encoded.len; i++)
        n += encoded.ptr[i] == '&';
    return n;
}

enum err parse_pairs(struct arena *a, struct str encoded, size_t max, struct http_pairs *pairs)
{
    size_t most = count_pairs(encoded), n = 0;
    struct str rest = encoded, part, name, value;

    if (most > max)
        return E_TOO_LARGE;
    struct http_pair *list = NEW_ARRAY(a, struct http_pair, most);
    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, '&', &part);
        if (part.len == 0)
            continue;
        value = str_cut(part, '=', &name);
        if (!decode_form_text(a, name, &list[n].name) || !decode_form_text(a, value, &list[n].value))
            return E_INVALID;
        n++;
    }
    *pairs = (struct http_pairs){list, n};
    return OK;
}

struct str parse_cookie(struct str header, struct str name)
{
    struct str rest = header, part, key, value;

    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, ';', &part);
        value = str_cut(str_trim(part), '=', &key);
        if (value.ptr != NULL && str_equal(key, name))
            return value;
    }
    return STR_NONE;
}

struct str parse_media_type(struct arena *a, struct str header)
{
    struct str type;

    (void)str_cut(header, ';', &type);
    return str_ascii_lower(a, str_trim(type));
}

/* The quoted text that starts after s[at] == '"'; *at moves behind the closing quote. */
static struct str quoted_text(struct arena *a, struct str s, size_t *at)
{
    char *out = arena_alloc(a, s.len - *at);
    size_t n = 0, i = *at + 1;

    for (; i < s.len && s.ptr[i] != '"'; i++) {
        if (s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] == '"') {
            out[n++] = '"';
            i++;
        } else if (s.ptr[i] == '%' && escaped_byte(s, i) == '"') {
            out[n++] = '"';
            i += 2;
        } else if (s.ptr[i] == '%' && (escaped_byte(s, i) == '\r' || escaped_byte(s, i) == '\n')) {
            out[n++] = ' ';
            i += 2;
        } else {
            out[n++] = s.ptr[i];
        }
    }
    *at = i < s.len ? i + 1 : s.len;
    return (struct str){out, n};
}

static size_t skip_spaces(struct str s, size_t i)
{
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
        i++;
    return i;
}

struct str parse_parameter(struct arena *a, struct str header, const char *name)
{
    size_t i = str_find_char(header, ';', 0);

    while (i < header.len) {
        i = skip_spaces(header, i + 1);
        size_t start = i;
        while (i < header.len && header.ptr[i] != '=' && header.ptr[i] != ';')
            i++;
        struct str key = str_trim(str_sub(header, start, i - start)), value = S("");
        if (i < header.len && header.ptr[i] == '=') {
            i = skip_spaces(header, i + 1);
            start = i;
            if (i < header.len && header.ptr[i] == '"') {
                value = quoted_text(a, header, &i);
                while (i < header.len && header.ptr[i] != ';')
                    i++;
            } else {
                while (i < header.len && header.ptr[i] != ';')
                    i++;
                value = str_trim(str_sub(header, start, i - start));
            }
        }
        if (str_equal_nocase(key, str_of(name)))
            return value;
    }
    return STR_NONE;
}

/* The q of one element of an Accept header in thousandths; *what is the element without it. */
static int quality_of(struct str element, struct str *what)
{
    struct str parameters = str_cut(element, ';', what);
    struct str q = str_trim(parameters);
    int quality = 0, place = 100;

    *what = str_trim(*what);
    if (q.len < 3 || (q.ptr[0] != 'q' && q.ptr[0] != 'Q') || q.ptr[1] != '=')
        return 1000;
    if (q.ptr[2] != '0')
        return 1000;
    for (size_t i = 4; i < q.len && place > 0 && q.ptr[i] >= '0' && q.ptr[i] <= '9'; i++, place /= 10)
        quality += (q.ptr[i] - '0') * place;
    return quality;
}

bool parse_accepts(struct str header, struct str coding)
{
    struct str rest = header, element, what;

    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, ',', &element);
        int quality = quality_of(element, &what);
        if (str_equal_nocase(what, coding))
            return quality > 0;
    }
    return false;
}

/* "vi-VN" fits what we offer as "vi". */
static bool fits(struct str wanted, struct str offered)
{
    return str_equal_nocase(wanted, offered) || (wanted.len > offered.len && wanted.ptr[offered.len] == '-' &&
                                                 str_equal_nocase(str_sub(wanted, 0, offered.len), offered));
}

struct str http_prefer(struct str accept, const struct str *offered, size_t n)
{
    struct str rest = accept, element, what, best = offered[0];
    int best_quality = 0;

    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, ',', &element);
        int quality = quality_of(element, &what);
        for (size_t i = 0; i < n; i++)
            if (quality > best_quality && fits(what, offered[i])) {
                best = offered[i];
                best_quality = quality;
            }
    }
    return best;
}

bool parse_is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == 0 || strchr("!#$%&'*+-.^_`|~", c) == NULL))
            return false;
    }
    return s.len > 0;
}

bool parse_is_host(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == 0 || strchr(".-_:[]", c) == NULL))
            return false;
    }
    return s.len > 0 && s.len <= 255;
}

static bool digits_to_u64(struct str s, uint64_t *n)
{
    int64_t value;

    if (s.len == 0 || s.len > 18 || s.ptr[0] < '0' || s.ptr[0] > '9' || str_to_int(s, &value) != OK)
        return false;
    *n = (uint64_t)value;
    return true;
}

enum range parse_range(struct str header, uint64_t size, uint64_t *from, uint64_t *len)
{
    struct str first, last;
    uint64_t a, b;

    if (!str_starts(header, S("bytes=")) || str_find_char(header, ',', 0) != SIZE_MAX)
        return RANGE_NONE;
    last = str_cut(str_skip(header, 6), '-', &first);
    if (last.ptr == NULL)
        return RANGE_NONE;
    if (first.len == 0) {
        if (!digits_to_u64(last, &b))
            return RANGE_NONE;
        if (b == 0 || size == 0)
            return RANGE_UNSATISFIABLE;
        *len = b < size ? b : size;
        *from = size - *len;
        return RANGE_PART;
    }
    if (!digits_to_u64(first, &a))
        return RANGE_NONE;
    if (last.len == 0)
        b = UINT64_MAX;
    else if (!digits_to_u64(last, &b) || b < a)
        return RANGE_NONE;
    if (a >= size)
        return RANGE_UNSATISFIABLE;
    *from = a;
    *len = (b < size ? b + 1 : size) - a;
    return RANGE_PART;
}

struct str http_date(struct arena *a, int64_t seconds)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t at = (time_t)seconds;
    struct tm tm;

    if (gmtime_r(&at, &tm) == NULL)
        return S("Thu, 01 Jan 1970 00:00:00 GMT");
    return str_format(a, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", days + 3 * tm.tm_wday, tm.tm_mday,
                      months + 3 * tm.tm_mon, tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}
