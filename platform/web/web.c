#include "web/web.h"
#include "auth/session.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/cache.h"
#include "layout/layout_render.h"
#include "web/seen.h"

enum { CACHE_BYTES = 24 * 1024 * 1024, UNSEEN_FILES = 32 * 1024 * 1024 };

struct web {
    struct web_config config;
    struct arena *arena;
    struct router *router;
    struct cache *cache;
    struct http_server *server;
};

/* --- who asks ---------------------------------------------------------------------------------------------------- */

static enum lang lang_of_request(const struct http_request *http)
{
    static const struct str offered[] = {{"vi", 2}, {"en", 2}};
    struct str chosen = http_cookie(http, "lang");

    if (chosen.len == 0)
        chosen = http_prefer(http_header(http, "Accept-Language"), offered, countof(offered));
    return lang_of_code(chosen);
}

static enum err find_principal(struct request *rq)
{
    bool stale;

    rq->session_token = http_cookie(rq->http, SESSION_COOKIE);
    TRY(session_principal(rq->db, rq->session_token, rq->now, &rq->who, &stale));
    if (rq->who->person.v == 0)
        rq->session_token = STR_NONE;
    else
        seen_note(rq->session_token, rq->who->roles);
    if (stale)
        /* A session that could not be prolonged is still a session. */
        IGNORE(rq_write(rq, session_touch(tx, rq->who->session)));
    return OK;
}

static void take_notice(struct request *rq)
{
    int64_t key;

    if (str_to_int(http_cookie(rq->http, "notice"), &key) == OK && key > 0 && key < MSG_COUNT)
        rq->notice = (enum msg)key;
}

/* --- may they ------------------------------------------------------------------------------------------------------ */

static struct str host_of_url(struct str url)
{
    size_t at = str_find(url, S("://"), 0);

    if (at == SIZE_MAX)
        return STR_NONE;
    url = str_skip(url, at + 3);
    return str_sub(url, 0, str_find_char(url, '/', 0));
}

/* A form from another site carries its own Origin; one without a session has nothing else to show. */
static bool is_same_origin(const struct request *rq)
{
    struct str site = http_header(rq->http, "Sec-Fetch-Site"), origin = http_header(rq->http, "Origin");

    if (site.len > 0 && !str_equal(site, S("same-origin")) && !str_equal(site, S("none")))
        return false;
    return origin.len == 0 || str_equal_nocase(host_of_url(origin), rq->http->host);
}

static bool form_is_genuine(struct request *rq)
{
    if (rq->http->method == HTTP_GET)
        return true;
    if (!is_same_origin(rq))
        return false;
    if (rq->who->person.v == 0)
        return true;
    struct str given = http_header(rq->http, "X-CSRF-Token");
    if (given.len == 0)
        given = http_form(rq->http, "csrf");
    return csrf_matches(rq->arena, rq->session_token, given);
}

/* --- one request --------------------------------------------------------------------------------------------------- */

static void answer_wrong_method(struct request *rq)
{
    response_header(rq->response, "Allow", rq->match->allow);
    rq_fail_with(rq, 405, MSG_error_method_title, MSG_error_method_advice);
}

static void route(struct request *rq, enum route_found found)
{
    enum err e = find_principal(rq);

    if (e != OK) {
        rq_fail(rq, e);
        return;
    }
    rq->shell.user = rq->who->person.v;
    rq->web->config.fill_shell(rq, &rq->shell, rq->web->config.user);
    if (found == ROUTE_WRONG_METHOD)
        answer_wrong_method(rq);
    else if (found == ROUTE_NOT_FOUND)
        rq_fail(rq, E_NOT_FOUND);
    else if (!permission_has(rq->who, rq->match->route->action))
        rq_fail(rq, E_DENIED);
    else if (!form_is_genuine(rq))
        rq_fail_with(rq, 403, MSG_error_form_title, MSG_error_form_advice);
    else
        rq->match->route->handler(rq);
}

static void set_up(struct request *rq, struct web *web, struct http_request *http, struct http_response *response)
{
    *rq = (struct request){
        .http = http,
        .response = response,
        .arena = http->arena,
        .web = web,
        .database = web->config.database,
        .who = &nobody_signed_in,
        .lang = lang_of_request(http),
        .now = clock_now(),
    };
    rq->shell.lang = lang_code(rq->lang);
    rq->shell.assets = layout_assets();
    take_notice(rq);
}

static void handle(struct http_request *http, struct http_response *response, void *state)
{
    struct web *web = state;
    struct request *rq = NEW(http->arena, struct request);
    struct route_match match = {0};
    int64_t began = clock_monotonic_us();

    set_up(rq, web, http, response);
    enum route_found found = router_match(web->router, http->method, http->path, &match);
    rq->match = &match;
    if (db_reader(rq->database, rq->arena, &rq->db) != OK)
        rq_fail_with(rq, 503, MSG_error_busy_title, MSG_error_busy_advice);
    else
        route(rq, found);
    log_event(LOG_DEBUG, "http.request", "number=%llu method=%s route=%s status=%d us=%lld queries=%u",
              (unsigned long long)http->number, http_method_name(http->method),
              match.route != NULL ? match.route->pattern : "-", response_status_of(response),
              (long long)(clock_monotonic_us() - began), rq->db != NULL ? rq->db->queries : 0);
}

static void *worker_start(void *user, unsigned index)
{
    (void)index;
    return user;
}

/* --- in the event loop --------------------------------------------------------------------------------------------- */

static bool may_be_cached(const struct http_request *head, struct str *variant, void *user)
{
    (void)user;
    if (http_cookie(head, SESSION_COOKIE).len > 0 || http_cookie(head, "notice").len > 0)
        return false;
    *variant = lang_code(lang_of_request(head));
    return true;
}

/* Files fill the disk before anybody looks at who sends them, so they are asked for at the door: whoever shows no
 * session sends none, whoever is known not to be allowed sends none, and a session not seen since the start sends
 * what a picture needs. The handler's own check follows. */
static void limit_files(const struct http_request *head, const struct route *route, struct http_limits *limits)
{
    struct str token = http_cookie(head, SESSION_COOKIE);
    unsigned roles;

    limits->files = route->limits.files;
    limits->max_files = route->limits.max_files;
    if (permission_has(&nobody_signed_in, route->action))
        return;
    if (token.len == 0)
        limits->refused = 401;
    else if (!seen_session(token, &roles))
        limits->files = limits->files < UNSEEN_FILES ? limits->files : UNSEEN_FILES;
    else if (!permission_has(&(struct principal){.roles = roles}, route->action))
        limits->refused = 403;
}

static void body_limit(const struct http_request *head, struct http_limits *limits, void *user)
{
    struct web *web = user;
    struct route_match match = {0};

    if (router_match(web->router, head->method, head->path, &match) != ROUTE_FOUND)
        return;
    const struct http_limits *ours = &match.route->limits;
    limits->is_slow = ours->is_slow;
    if (ours->body != 0)
        limits->body = ours->body;
    if (ours->files != 0)
        limit_files(head, match.route, limits);
}

static struct str error_page(struct request *rq, int status, enum msg title, enum msg advice)
{
    struct shell shell = {.lang = lang_code(rq->lang), .assets = layout_assets()};
    struct v_error_bare view = {.error = {.status = status, .title = msg(rq->lang, title),
                                          .advice = msg(rq->lang, advice), .number = (int64_t)rq->http->number}};
    struct html_out out = html_out_in(rq->arena, rq->lang);

    out.shell = &shell;
    render_error_bare(&out, &view);
    return html_done(&out).s;
}

static void fail(const struct http_request *http, struct http_response *response, int status, void *user)
{
    struct web *web = user;
    struct request rq = {
        .http = (struct http_request *)(uintptr_t)http,
        .response = response,
        .arena = arena_new(1024 * 1024),
        .web = web,
        .who = &nobody_signed_in,
        .lang = http->headers.n > 0 ? lang_of_request(http) : LANG_VI,
        .now = clock_now(),
    };
    enum msg title = MSG_error_request_title, advice = MSG_error_request_advice;

    if (status == 401) {
        title = MSG_error_sign_in_title;
        advice = MSG_error_sign_in_advice;
    } else if (status == 403) {
        title = MSG_error_denied_title;
        advice = MSG_error_denied_advice;
    } else if (status == 413) {
        title = MSG_error_too_large_title;
        advice = MSG_error_too_large_advice;
    } else if (status == 507) {
        title = MSG_error_full_title;
        advice = MSG_error_full_advice;
    } else if (status == 429 || status == 503) {
        title = MSG_error_busy_title;
        advice = MSG_error_busy_advice;
    } else if (status >= 500) {
        title = MSG_error_inside_title;
        advice = MSG_error_inside_advice;
    }
    bool json = http->headers.n > 0 && rq_wants_json(&rq);
    struct str text = json ? rq_error_json(rq.arena, rq.lang, status, title, advice)
                           : error_page(&rq, status, title, advice);
    response_body(response, json ? "application/json" : "text/html; charset=utf-8", str_copy(http->arena, text));
    response_status(response, status);
    arena_free(rq.arena);
}

/* --- starting ------------------------------------------------------------------------------------------------------ */

enum err web_start(const struct web_config *config, struct web **started)
{
    struct arena *arena = arena_new(0);
    struct web *web = NEW(arena, struct web);
    enum err e = OK;

    web->config = *config;
    web->arena = arena;
    web->router = router_new(arena);
    web->cache = cache_new(CACHE_BYTES);
    layout_assets();
    for (size_t i = 0; config->routes[i] != NULL && e == OK; i++)
        e = router_add_all(web->router, config->routes[i]);

    web->config.http.cache = web->cache;
    web->config.http.user = web;
    web->config.http.handle = handle;
    web->config.http.worker_start = worker_start;
    web->config.http.cached = may_be_cached;
    web->config.http.body_limit = body_limit;
    web->config.http.fail = fail;
    if (e == OK)
        e = http_server_start(&web->config.http, &web->server);
    if (e != OK) {
        cache_free(web->cache);
        arena_free(arena);
        return e;
    }
    *started = web;
    return OK;
}

uint16_t web_port(const struct web *web)
{
    return http_server_port(web->server);
}

enum err web_stop(struct web *web, unsigned wait_ms)
{
    TRY(http_server_stop(web->server, wait_ms));
    cache_free(web->cache);
    arena_free(web->arena);
    return OK;
}

const struct route *const *web_routes(const struct web *web)
{
    return web->config.routes;
}

void web_cache_clear(struct web *web)
{
    cache_clear(web->cache);
}

struct str web_base_url(const struct web *web)
{
    return str_of(web->config.base_url);
}

void *web_user(const struct web *web)
{
    return web->config.user;
}

void rq_cache(struct request *rq, int64_t seconds)
{
    if (rq->who->person.v == 0 && rq->notice == MSG_NONE)
        response_cache(rq->response, seconds);
}
