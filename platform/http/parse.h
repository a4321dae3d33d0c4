/* The texts inside a request's head: path, query, cookies, parameters of header values. Pure functions over what a
 * stranger sent; results point into the input or the arena. Any thread. */
#ifndef BANTIN_HTTP_PARSE_H
#define BANTIN_HTTP_PARSE_H

#include "http/http.h"

enum { PATH_MAX_BYTES = 2048, QUERY_PAIRS = 256, FORM_PAIRS = 2000 };

/* Decodes a path that starts with '/'. E_INVALID: malformed or doubled escapes of separators, control bytes, "." or
 * "..", an empty segment inside, not UTF-8; E_TOO_LARGE: over PATH_MAX_BYTES. */
enum err parse_path(struct arena *a, struct str raw, struct str *path);

/* a=1&b=2 as browsers encode it. A stray '%' stands for itself; E_INVALID: NUL or not UTF-8; E_TOO_LARGE: over `max`. */
enum err parse_pairs(struct arena *a, struct str encoded, size_t max, struct http_pairs *pairs);

/* The first cookie of that name in one Cookie header, or none. */
struct str parse_cookie(struct str header, struct str name);

/* "Text/HTML; charset=x" gives "text/html". */
struct str parse_media_type(struct arena *a, struct str header);

/* The parameter of "form-data; name=\"a\"": quotes removed, \" and %22 inside are a quote, any other backslash stays
 * (browsers do not escape it). None where it is missing. */
struct str parse_parameter(struct arena *a, struct str header, const char *name);

/* "br;q=0.5, gzip": is the coding welcome? An explicit q=0 says no. */
bool parse_accepts(struct str header, struct str coding);

/* A field name or method: letters, digits and !#$%&'*+-.^_`|~ */
bool parse_is_token(struct str s);
/* host or host:port, [::1]:8080; nothing else. */
bool parse_is_host(struct str s);

/* "bytes=0-99" over a file of `size`: one range is served, anything else is ignored or refused as RFC 9110 says. */
enum range { RANGE_NONE, RANGE_PART, RANGE_UNSATISFIABLE };
enum range parse_range(struct str header, uint64_t size, uint64_t *from, uint64_t *len);

/* Seconds as "Sun, 06 Nov 1994 08:49:37 GMT". */
struct str http_date(struct arena *a, int64_t seconds);
#endif
