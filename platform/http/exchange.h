/* One request with its answer on its way through the server; inside this room only. It is made when the request line
 * has come, belongs to the event loop, for a while to a worker, and is freed by the event loop when the answer has gone
 * or the connection has. */
#ifndef BANTIN_HTTP_EXCHANGE_H
#define BANTIN_HTTP_EXCHANGE_H

#include "http/http.h"
#include "http/cache.h"
#include "http/connections.h"
#include <microhttpd.h>
#include <stdatomic.h>

struct intake;
struct page;
struct workers;
struct streams;
struct asset_pages;

/* What is handed to libmicrohttpd. `page` is held for as long as the exchange lives, `response` once. */
struct reply {
    int status;
    struct MHD_Response *response;
    uint64_t size;
};

struct exchange {
    struct http_request rq;
    struct http_server *server;
    struct connection *connection;
    struct MHD_Connection *mhd;
    struct exchange *next;             /* waiting for a worker */
    const char *raw_target;            /* as libmicrohttpd keeps it, for head_is_strict */
    const char *refused_because;       /* for the log */
    bool head_done, handed_over;
    int refused;                       /* the status of a refusal that waits for the end of the body */
    struct http_limits limits;
    bool has_body;
    uint64_t content_length;           /* UINT64_MAX: chunked */
    struct intake *intake;
    struct str cache_key;              /* none: not from the cache */
    uint64_t cache_stamp;
    struct page *page;
    struct http_stream *stream;
    struct reply reply;
    bool counts_for_client;            /* behind the proxy: this request counts for its client address */
    struct address client_address;
};

struct http_server {
    struct http_config config;
    struct MHD_Daemon *daemon;
    struct connections *connections;
    struct workers *workers;
    struct asset_pages *assets;
    int listener;
    uint16_t port;
    bool has_proxy;
    struct address proxy;
    atomic_uint_fast64_t last_number;
    struct streams *streams;
    atomic_uint exchanges;
    atomic_bool stopping;
};

/* request.c: fills x->rq from what libmicrohttpd has parsed; 0, or the status to refuse with. */
int request_read_head(struct exchange *x, const char *method, const char *version);

/* strict.c: what libmicrohttpd lets through and we do not. */
int head_refusal(struct exchange *x, const char *method, const char *version);

/* intake.c: the body as it arrives. intake_take is false when the connection must be cut. */
void intake_begin(struct exchange *x);
bool intake_take(struct exchange *x, const char *data, size_t n);
void intake_end(struct exchange *x);

/* response.c */
struct http_response *response_new(struct arena *a, const struct exchange *x);
/* The page for an error, through config.fail. */
struct http_response *response_fail(struct arena *a, struct exchange *x, int status);

/* reply.c: turns an answer into what is sent. */
void reply_make(struct exchange *x, struct http_response *rs);
void reply_send(struct exchange *x);

/* page.c: answers kept for many, in each encoding. */
struct page *page_make(struct http_response *rs, struct str body, struct str gzip, struct str brotli, bool compress);
void page_hold(struct page *p);
void page_release(void *page);
size_t page_bytes(const struct page *p);
/* The fitting variant; x holds the page until it ends. */
void page_reply(struct exchange *x, struct page *p);
bool cache_reply(struct exchange *x);
void cache_keep(struct exchange *x, struct http_response *rs);

struct asset_pages *asset_pages_new(void);
void asset_pages_free(struct asset_pages *assets);
bool asset_reply(struct exchange *x);

/* workers.c */
struct workers *workers_start(struct http_server *server);
/* False when too many wait. */
bool workers_take(struct workers *w, struct exchange *x);
/* Waits until the running ones are done; E_BUSY after the deadline. */
enum err workers_stop(struct workers *w, int64_t deadline_ms);
#endif
