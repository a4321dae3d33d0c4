#include "http/response.h"
#include "http/stream.h"
#include "http/compress.h"
#include "http/parse.h"
#include "base/clock.h"
#include "base/log.h"
#include <unistd.h>

/* A header that is not sent with a given kind of answer. */
static bool is_skipped(struct str name, bool without_body)
{
    return without_body &&
           (str_equal_nocase(name, S("Content-Type")) || str_equal_nocase(name, S("Content-Disposition")));
}

static void add(struct MHD_Response *r, const char *name, struct str value)
{
    if (MHD_add_response_header(r, name, value.ptr) != MHD_YES)
        log_event(LOG_ERROR, "http.header", "name=%s", name);
}

/* All values here are terminated: add_header copied them. */
static void add_headers(struct MHD_Response *r, const struct http_response *rs, bool without_body)
{
    for (size_t i = 0; i < rs->n_headers; i++)
        if (!is_skipped(rs->headers[i].name, without_body))
            add(r, rs->headers[i].name.ptr, rs->headers[i].value);
}

static struct str quoted_etag(const struct http_response *rs, const char *suffix)
{
    return str_format(rs->arena, "\"%.*s%s\"", STR_ARG(rs->etag), suffix);
}

static struct MHD_Response *empty_response(void)
{
    return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
}

/* If-None-Match: a list of tags, weak or not, of any encoding of the same content. */
static bool names_etag(struct str list, struct str etag)
{
    struct str rest = list, one;

    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, ',', &one);
        one = str_trim(one);
        if (str_equal(one, S("*")))
            return true;
        if (str_starts(one, S("W/")))
            one = str_skip(one, 2);
        if (one.len < 2 || one.ptr[0] != '"' || one.ptr[one.len - 1] != '"')
            continue;
        one = str_sub(one, 1, one.len - 2);
        if (str_ends(one, S("-gz")) || str_ends(one, S("-br")))
            one.len -= 3;
        if (str_equal(one, etag))
            return true;
    }
    return false;
}

static bool is_not_modified(const struct exchange *x, const struct http_response *rs)
{
    struct str none_match = http_header(&x->rq, "If-None-Match"), since = http_header(&x->rq, "If-Modified-Since");

    if (x->rq.method != HTTP_GET || rs->status != 200 || rs->etag.ptr == NULL)
        return false;
    if (none_match.ptr != NULL)
        return names_etag(none_match, rs->etag);
    return since.ptr != NULL && rs->modified.ptr != NULL && str_equal(since, rs->modified);
}

static void reply_not_modified(struct exchange *x, struct http_response *rs)
{
    x->reply = (struct reply){304, empty_response(), 0};
    add_headers(x->reply.response, rs, true);
    add(x->reply.response, "ETag", quoted_etag(rs, ""));
}

/* A range is served only of the same file as before (If-Range), which a client proves by the ETag or the date. */
static bool range_is_current(const struct exchange *x, struct http_response *rs)
{
    struct str condition = http_header(&x->rq, "If-Range");

    return condition.ptr == NULL || str_equal(condition, quoted_etag(rs, "")) || str_equal(condition, rs->modified);
}

static void reply_file(struct exchange *x, struct http_response *rs)
{
    struct str range = http_header(&x->rq, "Range");
    uint64_t from = 0, len = rs->file_size;
    enum range wanted = RANGE_NONE;

    if (range.ptr != NULL && rs->status == 200 && x->rq.method == HTTP_GET && range_is_current(x, rs))
        wanted = parse_range(range, rs->file_size, &from, &len);
    if (wanted == RANGE_UNSATISFIABLE) {
        x->reply = (struct reply){416, empty_response(), 0};
        add_headers(x->reply.response, rs, true);
        add(x->reply.response, "Content-Range",
            str_format(rs->arena, "bytes */%llu", (unsigned long long)rs->file_size));
        return;
    }
    x->reply = (struct reply){wanted == RANGE_PART ? 206 : rs->status, NULL, len};
    x->reply.response = len > 0 ? MHD_create_response_from_fd_at_offset64(len, rs->fd, from) : empty_response();
    if (x->reply.response == NULL)
        return;
    if (len > 0)
        rs->fd = -1;
    add_headers(x->reply.response, rs, false);
    add(x->reply.response, "ETag", quoted_etag(rs, ""));
    add(x->reply.response, "Last-Modified", rs->modified);
    add(x->reply.response, "Accept-Ranges", S("bytes"));
    if (wanted == RANGE_PART)
        add(x->reply.response, "Content-Range",
            str_format(rs->arena, "bytes %llu-%llu/%llu", (unsigned long long)from,
                       (unsigned long long)(from + len - 1), (unsigned long long)rs->file_size));
}

static void reply_body(struct exchange *x, struct http_response *rs)
{
    bool worth = compress_is_worth(response_get(rs, "Content-Type"), rs->body.len);
    struct str gzip = STR_NONE;

    if (worth && parse_accepts(http_header(&x->rq, "Accept-Encoding"), S("gzip")))
        gzip = compress_gzip(rs->body, 4);
    if (gzip.ptr != NULL) {
        x->reply = (struct reply){rs->status, NULL, gzip.len};
        x->reply.response =
            MHD_create_response_from_buffer(gzip.len, (void *)(uintptr_t)gzip.ptr, MHD_RESPMEM_MUST_FREE);
    } else {
        x->reply = (struct reply){rs->status, NULL, rs->body.len};
        x->reply.response =
            rs->body.len > 0
                ? MHD_create_response_from_buffer(rs->body.len, (void *)(uintptr_t)rs->body.ptr, MHD_RESPMEM_MUST_COPY)
                : empty_response();
    }
    if (x->reply.response == NULL)
        return;
    add_headers(x->reply.response, rs, false);
    if (worth)
        add(x->reply.response, "Vary", S("Accept-Encoding"));
    if (gzip.ptr != NULL)
        add(x->reply.response, "Content-Encoding", S("gzip"));
    if (rs->etag.ptr != NULL)
        add(x->reply.response, "ETag", quoted_etag(rs, gzip.ptr != NULL ? "-gz" : ""));
}

void reply_make(struct exchange *x, struct http_response *rs)
{
    if (rs->stream != NULL) {
        x->stream = rs->stream;
        x->reply = (struct reply){rs->status, stream_response(rs->stream), 0};
        if (x->reply.response != NULL)
            add_headers(x->reply.response, rs, false);
        rs->stream = NULL;
        return;
    }
    if (rs->fd < 0 && rs->status == 200 && rs->etag.ptr == NULL && (rs->keep || rs->revalidate))
        response_etag(rs, rs->body);
    if (rs->fd < 0 && rs->keep && rs->keep_seconds > 0 && rs->status == 200 && !rs->has_cookie &&
        x->cache_key.ptr != NULL) {
        cache_keep(x, rs);
        return;
    }
    if (is_not_modified(x, rs))
        reply_not_modified(x, rs);
    else if (rs->fd >= 0)
        reply_file(x, rs);
    else
        reply_body(x, rs);
}

void reply_send(struct exchange *x)
{
    int64_t needed = (int64_t)(x->reply.size * 1000 / x->server->config.min_rate);

    atomic_store(&x->connection->deadline_ms, x->stream != NULL ? INT64_MAX : clock_monotonic_ms() + x->server->config.grace_ms + needed);
    if (x->reply.response == NULL)
        return;
    if (MHD_queue_response(x->mhd, (unsigned)x->reply.status, x->reply.response) != MHD_YES)
        log_event(LOG_ERROR, "http.queue", "request=%llu", (unsigned long long)x->rq.number);
}
