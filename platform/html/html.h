/* What a template writes to, and the only ways in which text becomes markup.
 *
 * A template (tools/tmplgen) escapes by where its expression stands: html_text in text, html_attr in a quoted
 * attribute, html_url at the start of an address, html_url_part behind a fixed beginning of one. `struct html` is
 * markup that was built by such writers and may stand in text as it is; nothing turns a struct str into one silently.
 * All output lives in the arena of the buffer; one html_out belongs to one thread. */
#ifndef BANTIN_HTML_H
#define BANTIN_HTML_H

#include "base/base.h"
#include "html/msg.h"

/* Trusted markup. */
struct html {
    struct str s;
};

struct shell;      /* what every page's frame shows: layout/layout.h */
struct form_state; /* what was typed and what is wrong with it: html/fields.h */

struct html_out {
    struct buf buf;
    enum lang lang;
    int64_t now;         /* for "5 minutes ago" */
    struct str csrf;     /* the token of {% csrf %} */
    struct str base_url; /* https://example.org, without a slash at the end */
    const struct shell *shell;
    const struct form_state *form; /* NULL: the form is shown for the first time */
};

struct html_out html_out_in(struct arena *a, enum lang lang);
/* What was written so far. */
struct html html_done(const struct html_out *out);

/* --- writers --------------------------------------------------------------------------------------------------- */

void html_text(struct html_out *out, struct str s);
void html_attr(struct html_out *out, struct str s); /* inside quotes of either kind */
/* A whole address: http, https, mailto, or a path of this site; anything else is printed as "#". */
void html_url(struct html_out *out, struct str url);
void html_url_part(struct html_out *out, struct str s); /* one path segment or query value, percent-encoded */
void html_raw(struct html_out *out, struct html markup);
void html_int(struct html_out *out, int64_t n);

/* Whether html_url would print it. */
bool html_url_is_safe(struct str url);

/* --- filters: {{ v.when|ago }} ---------------------------------------------------------------------------------- */

/* Calendar and number forms belong to platform/text; the program hands them over at its start, before any thread. */
struct html_filters {
    struct str (*date)(struct arena *, enum lang, int64_t when);      /* 25/03/2026 */
    struct str (*datetime)(struct arena *, enum lang, int64_t when);  /* 14:05 25/03/2026 */
    struct str (*long_date)(struct arena *, enum lang, int64_t when); /* ngày 25 tháng 3 năm 2026 */
    struct str (*iso_date)(struct arena *, enum lang, int64_t when);  /* 2026-03-25, for <time> and date fields */
    struct str (*ago)(struct arena *, enum lang, int64_t when, int64_t now);
    struct str (*number)(struct arena *, enum lang, int64_t n);   /* 1.234.567 */
    struct str (*size)(struct arena *, enum lang, int64_t bytes); /* 1,2 MB */
    struct str (*duration)(struct arena *, enum lang, int64_t seconds);
};
void html_set_filters(const struct html_filters *filters);

struct str html_filter_date(struct html_out *out, int64_t when);
struct str html_filter_datetime(struct html_out *out, int64_t when);
struct str html_filter_long_date(struct html_out *out, int64_t when);
struct str html_filter_iso_date(struct html_out *out, int64_t when);
struct str html_filter_ago(struct html_out *out, int64_t when);
struct str html_filter_number(struct html_out *out, int64_t n);
struct str html_filter_size(struct html_out *out, int64_t bytes);
struct str html_filter_duration(struct html_out *out, int64_t seconds);

/* --- what generated code says: any printable value, by its C type ------------------------------------------------ */

/* struct str, const char *, every integer, and typed ids (struct x_id { int64_t v; }). */
#define HTML_TEXT(out, value)     HTML_WRITE(out, value, html_text, html_text_z, html_raw)
#define HTML_ATTR(out, value)     HTML_WRITE(out, value, html_attr, html_attr_z, html_no_markup_here)
#define HTML_URL(out, value)      HTML_WRITE(out, value, html_url, html_url_z, html_no_markup_here)
#define HTML_URL_PART(out, value) HTML_WRITE(out, value, html_url_part, html_url_part_z, html_no_markup_here)
#define HTML_STR(out, value)                                                                                             \
    ({                                                                                                                   \
        __auto_type str_ = (value);                                                                                      \
        HTML_CHECK_ID(str_);                                                                                             \
        _Generic(HTML_VALUE(str_), struct str: html_str_str, char *: html_str_z, const char *: html_str_z,             \
            default: html_str_int)((out), HTML_VALUE(str_)); \
    })

#define HTML_WRITE(out, value, of_str, of_z, of_html)                                                                    \
    ({                                                                                                                   \
        __auto_type write_ = (value);                                                                                    \
        HTML_CHECK_ID(write_);                                                                                           \
        _Generic(HTML_VALUE(write_), struct str: of_str, char *: of_z, const char *: of_z, struct html: of_html,       \
            double: html_no_fractions, float: html_no_fractions, default: html_int)((out), HTML_VALUE(write_)); \
    })

/* A typed id is a struct of 8 bytes that is none of ours: it is printed as its number. */
#define HTML_IS(x, type) __builtin_types_compatible_p(__typeof__(x), type)
#define HTML_IS_ID(x)    (__builtin_classify_type(x) == 12 && !HTML_IS(x, struct str) && !HTML_IS(x, struct html))
#define HTML_VALUE(x)    __builtin_choose_expr(HTML_IS_ID(x), *(const int64_t *)(const void *)&(x), x)
#define HTML_CHECK_ID(x) _Static_assert(!HTML_IS_ID(x) || sizeof(x) == 8, "this struct cannot be printed")

void html_text_z(struct html_out *out, const char *z);
void html_attr_z(struct html_out *out, const char *z);
void html_url_z(struct html_out *out, const char *z);
void html_url_part_z(struct html_out *out, const char *z);
struct str html_str_str(struct html_out *out, struct str s);
struct str html_str_z(struct html_out *out, const char *z);
struct str html_str_int(struct html_out *out, int64_t n);
__attribute__((error("markup (struct html) may stand in text only"))) void html_no_markup_here(struct html_out *out,
                                                                                               struct html markup);
__attribute__((error("fractions have no printed form; pass text"))) void html_no_fractions(struct html_out *out,
                                                                                           double n);
#endif
