/* Requests, answers, and the server between them (libmicrohttpd). Knows nothing of databases, HTML or people.
 *
 * A request and its answer belong to one thread at a time: first the event loop that reads it, then the worker that
 * handles it. All of a request's text lives until its answer has been sent; what a handler takes from rq->arena lives
 * until the handler has returned (the server copies the answer's body), and running over the arena's cap ends that
 * request alone. Uploaded files are removed after the answer unless the handler renames them away. */
#ifndef BANTIN_HTTP_H
#define BANTIN_HTTP_H

#include "base/base.h"

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_OPTIONS, HTTP_METHODS };
const char *http_method_name(enum http_method method);

/* ---- The request ---- */

struct http_pair {
    struct str name, value;
};

struct http_pairs {
    const struct http_pair *list;
    size_t n;
};

/* One file of a multipart form, already written to `path` and complete. */
struct http_upload {
    struct str field;         /* the form field's name */
    struct str name;          /* what the client calls the file: its last path segment, UTF-8, for display only */
    struct str type;          /* what the client says it is; never to be believed */
    const char *path;         /* the temporary file; removed after the answer unless renamed */
    uint64_t size;
    unsigned char sha256[32];
};

struct http_request {
    struct arena *arena;
    uint64_t number;           /* for the log and the error page */
    enum http_method method;   /* HEAD arrives as HTTP_GET; its answer is sent without the body */
    bool is_head;
    bool is_https;             /* as the browser sees it: our TLS, or the trusted proxy's X-Forwarded-Proto */
    struct str target;         /* path and query as sent */
    struct str raw_path;       /* the path as sent */
    struct str path;           /* decoded: valid UTF-8, no control byte, "\\", "." or ".." segment; empty only the last */
    struct str raw_query;      /* what stands after '?', as sent */
    struct str host;           /* the Host header, lower case, with its port */
    struct str client;         /* the client's address as text; the proxy's last X-Forwarded-For where trusted */
    struct http_pairs headers, query, form;     /* in the order sent, names of headers as sent */
    struct str type;           /* the body's media type in lower case, without parameters; none without a body */
    struct str body;           /* whole body of any type but the two of forms */
    const struct http_upload *uploads;
    size_t n_uploads;
    void *user;                /* the layer above keeps its own per-request thing here */
};

/* The value, or none. Names of headers are compared without case; the rest exactly. The first one wins. */
struct str http_header(const struct http_request *rq, const char *name);
struct str http_cookie(const struct http_request *rq, const char *name);
struct str http_query(const struct http_request *rq, const char *name);
struct str http_form(const struct http_request *rq, const char *name);
const struct http_upload *http_upload(const struct http_request *rq, const char *field);

/* The best of `offered` for a header such as Accept-Language, by its q values; `offered[0]` where none fits. */
struct str http_prefer(struct str accept, const struct str *offered, size_t n);

/* ---- The answer ---- */

struct http_response;
struct http_stream;

/* A new answer is 200 with an empty body, `Cache-Control: no-store` and the strict security headers. */
void response_status(struct http_response *rs, int status);
int response_status_of(const struct http_response *rs);
/* Sets a header, replacing one of that name (so a security header can be widened for one page); none removes it. */
void response_header(struct http_response *rs, const char *name, struct str value);
/* A cookie for the whole host: Path=/; Secure; HttpOnly; SameSite=Lax. seconds 0: until the browser closes; < 0: gone. */
void response_cookie(struct http_response *rs, const char *name, struct str value, int64_t seconds);
/* The body; `type` such as "text/html; charset=utf-8". The bytes must live until the handler returns. */
void response_body(struct http_response *rs, const char *type, struct str body);
void response_redirect(struct http_response *rs, struct str location);             /* 303 */
/* A strong ETag from what identifies the content; a GET whose If-None-Match names it is answered 304. Without this
 * call, a 200 that may be cached gets one from its bytes. */
void response_etag(struct http_response *rs, struct str identity);

/* A file with ranges (If-Range, Last-Modified, and the ETag set before or one of size and time). Opened now: the
 * file may be removed before it is sent. E_NOT_FOUND leaves the answer as it was. */
enum err response_file(struct http_response *rs, const char *type, const char *path);
/* "Save as": Content-Disposition with the name in UTF-8 and a plain-letter fallback. */
void response_attachment(struct http_response *rs, struct str file_name);

/* Lets browsers keep the answer but ask every time (`private, no-cache`), for signed-in pages with an ETag. */
void response_revalidate(struct http_response *rs);
/* Keeps a 200 of a GET that config.cached allowed in the page cache for at most `seconds`, until one of the tags is
 * dropped; to browsers it is `public, no-cache`. At most CACHE_TAGS tags; anything with a cookie is never kept. */
void response_cache(struct http_response *rs, int64_t seconds);
void response_cache_tag(struct http_response *rs, struct str tag);

/* An event stream (server-sent events). The stream is the caller's until http_stream_end and may be used by any
 * thread; send is false when the client is gone or too slow, and then only http_stream_end is left to call. NULL where
 * there are too many streams: then the answer has become 503. */
struct http_stream *response_events(struct http_response *rs);
bool http_stream_send(struct http_stream *stream, struct str event, struct str id, struct str data);
void http_stream_end(struct http_stream *stream);

/* ---- The server ---- */

/* What a request may carry; decided from its head, before any of the body is read. */
struct http_limits {
    size_t body;         /* bytes kept in memory: a raw body, or all fields of a form */
    uint64_t files;      /* bytes of all uploaded files together; 0: the route takes none */
    unsigned max_files;
    bool is_slow;        /* holds its worker for long (a password's hash, a conversion): at most half do such at once. At least one
                            worker is kept for GETs that are not */
    int refused;         /* the status to answer with instead of reading the body, e.g. 401; 0: none */
};

struct cache;

struct http_config {
    const char *address;          /* "127.0.0.1" or "::1" unless TLS or a trusted proxy is named */
    uint16_t port;                /* 0: any free one, see http_server_port */
    const char *tls_cert, *tls_key;   /* PEM files, both or none */
    const char *trusted_proxy;    /* address whose X-Forwarded-For and -Proto are believed; NULL: none */
    const char *temp_folder;      /* uploads while they last */
    unsigned loops, workers;      /* event loop threads (1), worker threads (4) */
    unsigned max_connections;     /* 2,000 */
    unsigned max_per_address;     /* connections of one address, or behind the proxy its requests at once; 64 */
    unsigned max_waiting;         /* requests waiting for a worker before 503; 512 */
    unsigned max_streams;         /* event streams; 1,000 */
    unsigned head_ms, idle_ms;    /* 10,000 for a whole head; 15,000 silent */
    unsigned grace_ms, min_rate;  /* 10,000; after that a body or an answer must make 1,000 bytes a second */
    size_t max_head;              /* 16 KB */
    size_t worker_memory;         /* cap of a worker's arena; 64 MB */
    struct http_limits limits;    /* default: 1 MB, no files */
    struct cache *cache;          /* the caller's, outlives the server; NULL: none */
    bool hsts;                    /* adds Strict-Transport-Security to https answers */
    void *user;                   /* given to the callbacks below */

    /* In a worker thread. `state` is what worker_start returned. */
    void (*handle)(struct http_request *rq, struct http_response *rs, void *state);
    void *(*worker_start)(void *user, unsigned index);   /* may be NULL */
    void (*worker_stop)(void *state);                    /* may be NULL */

    /* In the event loop, so quick and without waiting; each may be NULL. */
    /* May this GET be answered from the cache (nobody signed in)? `variant` (e.g. the language) becomes part of the key. */
    bool (*cached)(const struct http_request *head, struct str *variant, void *user);
    /* What this request may carry, and whether it is slow work. */
    void (*body_limit)(const struct http_request *head, struct http_limits *limits, void *user);

    /* Any thread: fills the page for 400, 413, 414, 429, 431, 500, 501, 503, 507; NULL: one plain line. The request may be
     * incomplete (its path may be none). */
    void (*fail)(const struct http_request *rq, struct http_response *rs, int status, void *user);
};

struct http_server;

/* Zeros in the config mean the defaults above. E_DENIED: not loopback, and neither TLS nor trusted proxy named;
 * E_INVALID: not an address; E_BUSY: the port is in use; E_UNSUPPORTED: certificate or key unusable; E_NOT_FOUND:
 * their file or the temporary folder is not there; E_IO: the system refused (logged). */
enum err http_server_start(const struct http_config *config, struct http_server **server);
uint16_t http_server_port(const struct http_server *server);
/* Accepts nothing more, lets running requests finish for at most `wait_ms`, ends streams, frees. E_BUSY where a handler
 * would not return: then the server is left in place and the process should exit. */
enum err http_server_stop(struct http_server *server, unsigned wait_ms);
#endif
