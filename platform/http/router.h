/* Addresses to handlers. A router is filled at the start and only read afterwards, then by any thread; it copies
 * nothing: routes live as long as the program. A pattern is made of segments: `/toa-soan/bai/:article/duyet` binds
 * `article`; a last segment `*rest` binds one or more segments. A literal segment wins over `:name`, that over `*rest`. */
#ifndef BANTIN_ROUTER_H
#define BANTIN_ROUTER_H

#include "http/http.h"

struct request;     /* the web layer's */

struct route {
    enum http_method method;
    const char *pattern;
    int action;                            /* the permission it needs, as the auth room numbers them */
    void (*handler)(struct request *rq);
    unsigned flags;                        /* the web layer's */
    struct http_limits limits;             /* zeros: the server's defaults */
};

/* GET("/tim-kiem", ACT_READ, search) or with more: POST("/van-thu", ACT_FILE, add, .limits = {.files = 1 << 30, .max_files = 20}) */
#define GET(pattern_, action_, handler_, ...)                                                                          \
    {.method = HTTP_GET, .pattern = (pattern_), .action = (action_), .handler = (handler_), __VA_ARGS__}
#define POST(pattern_, action_, handler_, ...)                                                                         \
    {.method = HTTP_POST, .pattern = (pattern_), .action = (action_), .handler = (handler_), __VA_ARGS__}

enum { ROUTE_PARAMS = 8, ROUTE_SEGMENTS = 16 };

struct router;

/* The router lives in the arena. */
struct router *router_new(struct arena *arena);
/* E_CONFLICT where method and pattern are taken (names of parameters do not count), E_INVALID for a pattern that is
 * not one, E_UNSUPPORTED for a method other than GET, POST, DELETE. */
enum err router_add(struct router *r, const struct route *route);
/* All up to the one without a pattern: `const struct route article_routes[] = {…, {0}};` */
enum err router_add_all(struct router *r, const struct route *routes);

enum route_found { ROUTE_FOUND, ROUTE_NOT_FOUND, ROUTE_WRONG_METHOD };

struct route_match {
    const struct route *route;
    struct http_pair params[ROUTE_PARAMS];     /* values point into the path */
    size_t n_params;
    struct str allow;                          /* for ROUTE_WRONG_METHOD: "GET, HEAD, POST" */
};

/* `path` is decoded, as in http_request. */
enum route_found router_match(const struct router *r, enum http_method method, struct str path, struct route_match *m);

/* The parameter as text (none where the route has no such one), and as a positive number without sign or leading zero. */
struct str route_param(const struct route_match *m, const char *name);
bool route_param_id(const struct route_match *m, const char *name, int64_t *id);
#endif
