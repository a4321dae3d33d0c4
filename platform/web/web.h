/* From the socket to the handler: route, session, permission, form token, and one error page for all. */
#ifndef BANTIN_WEB_H
#define BANTIN_WEB_H

#include "web/request.h"

struct web_config {
    struct http_config http;      /* its callbacks are filled by web_start */
    struct database *database;
    const struct route *const *routes; /* tables ended by {0}; the list ended by NULL */
    const char *base_url;         /* BANTIN_URL, without a slash at the end */
    bool is_loopback_only;        /* nobody from outside can come: cookies and links stay plain */
    /* Fills what every page's frame shows (names, menus); runs in the worker with the request's reader. */
    void (*fill_shell)(struct request *rq, struct shell *shell, void *user);
    void *user;
};

/* Starts serving. Errors as http_server_start; E_CONFLICT: two routes for one address. */
enum err web_start(const struct web_config *config, struct web **web);
uint16_t web_port(const struct web *web);
enum err web_stop(struct web *web, unsigned wait_ms);

/* All routes, for the permission matrix and the budgets. */
const struct route *const *web_routes(const struct web *web);

/* Forgets cached pages: all, or those with a tag. */
void web_cache_clear(struct web *web);
struct str web_base_url(const struct web *web);
void *web_user(const struct web *web);

/* Lets this answer be kept for everybody not signed in, for so long, until web_cache_clear. */
void rq_cache(struct request *rq, int64_t seconds);
#endif
