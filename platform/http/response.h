/* The answer while it is being made; inside this room only. It lives in the arena it was made in. */
#ifndef BANTIN_HTTP_RESPONSE_H
#define BANTIN_HTTP_RESPONSE_H

#include "http/exchange.h"

enum { RESPONSE_HEADERS = 40 };

struct http_response {
    struct arena *arena;
    struct exchange *exchange;        /* NULL for what no request asked for: assets at the start */
    int status;
    struct http_pair headers[RESPONSE_HEADERS];      /* names and values are terminated */
    size_t n_headers;
    bool has_cookie;
    struct str body, etag;            /* the ETag without quotes */
    int fd;                           /* a file, or -1 */
    uint64_t file_size;
    struct str modified;
    struct http_stream *stream;
    bool keep, revalidate;
    int64_t keep_seconds;
    struct cache_page cache;          /* its tags */
};

struct str response_get(const struct http_response *rs, const char *name);
#endif
