#include "html/html.h"
#include "base/log.h"

struct html_out html_out_in(struct arena *a, enum lang lang)
{
    return (struct html_out){.buf = buf_in(a), .lang = lang};
}

struct html html_done(const struct html_out *out)
{
    return (struct html){buf_str(&out->buf)};
}

/* --- escaping --------------------------------------------------------------------------------------------------- */

enum { IN_TEXT = 1, IN_ATTR = 2, IN_URL = 4, UNRESERVED = 8 };

/* In which places a byte cannot be written as it is. Control characters are dropped: they are not allowed in XML, and
 * mean nothing in HTML. */
#define CONTROL (IN_TEXT | IN_ATTR)
static const unsigned char byte_class[256] = {
    [0x00 ... 0x08] = CONTROL,
    [0x0b ... 0x0c] = CONTROL,
    [0x0e ... 0x1f] = CONTROL,
    ['&'] = IN_TEXT | IN_ATTR | IN_URL,
    ['<'] = IN_TEXT | IN_ATTR | IN_URL,
    ['>'] = IN_TEXT | IN_ATTR | IN_URL,
    ['"'] = IN_ATTR | IN_URL,
    ['\''] = IN_ATTR | IN_URL,
    [' '] = IN_URL,
    ['\\'] = IN_URL,
    ['^'] = IN_URL,
    ['`'] = IN_URL,
    ['{'] = IN_URL,
    ['|'] = IN_URL,
    ['}'] = IN_URL,
    [0x7f] = CONTROL | IN_URL,
    ['0' ... '9'] = UNRESERVED,
    ['A' ... 'Z'] = UNRESERVED,
    ['a' ... 'z'] = UNRESERVED,
    ['-'] = UNRESERVED,
    ['.'] = UNRESERVED,
    ['_'] = UNRESERVED,
    ['~'] = UNRESERVED,
};

static void add_entity(struct buf *b, char c)
{
    switch (c) {
    case '&':
        buf_add(b, S("&amp;"));
        break;
    case '<':
        buf_add(b, S("&lt;"));
        break;
    case '>':
        buf_add(b, S("&gt;"));
        break;
    case '"':
        buf_add(b, S("&#34;"));
        break;
    case '\'':
        buf_add(b, S("&#39;"));
        break;
    default: /* a control character */
        break;
    }
}

static void add_percent(struct buf *b, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    char code[3] = {'%', digits[(unsigned char)c >> 4], digits[c & 15]};

    buf_add(b, (struct str){code, 3});
}

static void escape(struct buf *b, struct str s, unsigned char place)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!(byte_class[(unsigned char)s.ptr[i]] & place))
            continue;
        buf_add(b, (struct str){s.ptr + from, i - from});
        add_entity(b, s.ptr[i]);
        from = i + 1;
    }
    buf_add(b, str_skip(s, from));
}

void html_text(struct html_out *out, struct str s)
{
    escape(&out->buf, s, IN_TEXT);
}

void html_attr(struct html_out *out, struct str s)
{
    escape(&out->buf, s, IN_ATTR);
}

void html_raw(struct html_out *out, struct html markup)
{
    buf_add(&out->buf, markup.s);
}

void html_int(struct html_out *out, int64_t n)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;

    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (n < 0)
        *--at = '-';
    buf_add(&out->buf, str_range(at, digits + sizeof digits));
}

/* --- addresses -------------------------------------------------------------------------------------------------- */

bool html_url_is_safe(struct str url)
{
    /* Browsers drop tabs and line ends inside a scheme and blanks before it, so no address with them is read here. */
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] < 0x20 || url.ptr[i] == 0x7f || (i == 0 && url.ptr[i] == ' '))
            return false;
    /* "//host" and what browsers read as the same: the address of another site that looks like a path. */
    if (url.len >= 2 && (url.ptr[0] == '/' || url.ptr[0] == '\\') && (url.ptr[1] == '/' || url.ptr[1] == '\\'))
        return false;
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];
        if (c == '/' || c == '?' || c == '#')
            return true;
        if (c == ':') {
            struct str scheme = str_sub(url, 0, i);
            return str_equal_nocase(scheme, S("https")) || str_equal_nocase(scheme, S("http")) ||
                   str_equal_nocase(scheme, S("mailto"));
        }
    }
    return true;
}

void html_url(struct html_out *out, struct str url)
{
    size_t from = 0;

    if (!html_url_is_safe(url)) {
        buf_add(&out->buf, S("#"));
        return;
    }
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];
        if (!(byte_class[(unsigned char)c] & IN_URL))
            continue;
        buf_add(&out->buf, (struct str){url.ptr + from, i - from});
        if (c == '&' || c == '\'')
            add_entity(&out->buf, c);
        else
            add_percent(&out->buf, c);
        from = i + 1;
    }
    buf_add(&out->buf, str_skip(url, from));
}

void html_url_part(struct html_out *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (byte_class[(unsigned char)s.ptr[i]] & UNRESERVED)
            buf_add_char(&out->buf, s.ptr[i]);
        else
            add_percent(&out->buf, s.ptr[i]);
    }
}

/* --- the same for terminated strings, and values as text --------------------------------------------------------- */

void html_text_z(struct html_out *out, const char *z)
{
    html_text(out, str_of(z));
}

void html_attr_z(struct html_out *out, const char *z)
{
    html_attr(out, str_of(z));
}

void html_url_z(struct html_out *out, const char *z)
{
    html_url(out, str_of(z));
}

void html_url_part_z(struct html_out *out, const char *z)
{
    html_url_part(out, str_of(z));
}

struct str html_str_str(struct html_out *out, struct str s)
{
    (void)out;
    return s;
}

struct str html_str_z(struct html_out *out, const char *z)
{
    (void)out;
    return str_of(z);
}

struct str html_str_int(struct html_out *out, int64_t n)
{
    return str_format(out->buf.arena, "%lld", (long long)n);
}

/* --- filters ---------------------------------------------------------------------------------------------------- */

static const struct html_filters *filters;

void html_set_filters(const struct html_filters *table)
{
    filters = table;
}

static const struct html_filters *filters_or_stop(void)
{
    if (filters == NULL) {
        log_event(LOG_ERROR, "html.no_filters", "hint=%s", "call_html_set_filters_at_start");
        abort();
    }
    return filters;
}

struct str html_filter_date(struct html_out *out, int64_t when)
{
    return filters_or_stop()->date(out->buf.arena, out->lang, when);
}

struct str html_filter_datetime(struct html_out *out, int64_t when)
{
    return filters_or_stop()->datetime(out->buf.arena, out->lang, when);
}

struct str html_filter_long_date(struct html_out *out, int64_t when)
{
    return filters_or_stop()->long_date(out->buf.arena, out->lang, when);
}

struct str html_filter_iso_date(struct html_out *out, int64_t when)
{
    return filters_or_stop()->iso_date(out->buf.arena, out->lang, when);
}

struct str html_filter_ago(struct html_out *out, int64_t when)
{
    return filters_or_stop()->ago(out->buf.arena, out->lang, when, out->now);
}

struct str html_filter_number(struct html_out *out, int64_t n)
{
    return filters_or_stop()->number(out->buf.arena, out->lang, n);
}

struct str html_filter_size(struct html_out *out, int64_t bytes)
{
    return filters_or_stop()->size(out->buf.arena, out->lang, bytes);
}

struct str html_filter_duration(struct html_out *out, int64_t seconds)
{
    return filters_or_stop()->duration(out->buf.arena, out->lang, seconds);
}
