#include "web/request.h"
#include "auth/session.h"
#include "layout/layout_render.h"
#include "web/web.h"

enum { NOTICE_SECONDS = 60 };

/* --- what was asked ------------------------------------------------------------------------------------------------ */

int64_t rq_path_id(const struct request *rq, const char *name)
{
    int64_t id;

    return route_param_id(rq->match, name, &id) ? id : 0;
}

struct str rq_path(const struct request *rq, const char *name)
{
    return route_param(rq->match, name);
}

struct str rq_query(const struct request *rq, const char *name)
{
    return str_trim(http_query(rq->http, name));
}

int64_t rq_query_int(const struct request *rq, const char *name, int64_t otherwise)
{
    int64_t n;

    return str_to_int(rq_query(rq, name), &n) == OK ? n : otherwise;
}

bool rq_may(const struct request *rq, int action)
{
    return permission_has(rq->who, action);
}

bool rq_wants_json(const struct request *rq)
{
    return str_starts(http_header(rq->http, "Accept"), S("application/json")) ||
           str_equal(rq->http->type, S("application/json"));
}

/* --- answers ------------------------------------------------------------------------------------------------------- */

struct html_out rq_html(struct request *rq)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    out.now = rq->now;
    out.base_url = web_base_url(rq->web);
    if (rq->session_token.len > 0)
        out.csrf = csrf_token(rq->arena, rq->session_token);
    out.shell = &rq->shell;
    out.form = rq->form.count > 0 ? &rq->form : NULL;
    rq->shell.notice = rq->notice != MSG_NONE ? msg(rq->lang, rq->notice) : STR_NONE;
    rq->shell.path = rq->http->path;
    if (rq->notice != MSG_NONE && !rq->notice_spent) {
        response_cookie(rq->response, "notice", S("0"), -1);
        rq->notice_spent = true;
    }
    return out;
}

void rq_send_html(struct request *rq, int status, const struct html_out *out)
{
    rq_send(rq, status, "text/html; charset=utf-8", html_done(out).s);
}

void rq_send(struct request *rq, int status, const char *type, struct str body)
{
    response_status(rq->response, status);
    response_body(rq->response, type, body);
}

static struct str formatted(struct request *rq, const char *format, va_list args)
{
    struct buf b = buf_in(rq->arena);

    buf_add_formatv(&b, format, args);
    return buf_str(&b);
}

void rq_redirect(struct request *rq, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    response_redirect(rq->response, formatted(rq, format, args));
    va_end(args);
}

void rq_done(struct request *rq, enum msg notice, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    response_redirect(rq->response, formatted(rq, format, args));
    va_end(args);
    response_cookie(rq->response, "notice", str_format(rq->arena, "%d", (int)notice), NOTICE_SECONDS);
}

void rq_moved(struct request *rq, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    response_redirect(rq->response, formatted(rq, format, args));
    va_end(args);
    response_status(rq->response, 301);
}

static void add_escaped(struct buf *b, struct str words)
{
    for (size_t i = 0; i < words.len; i++) {
        if (words.ptr[i] == '"' || words.ptr[i] == '\\')
            buf_add_char(b, '\\');
        buf_add_char(b, words.ptr[i] == '\n' ? ' ' : words.ptr[i]);
    }
}

/* Scripts show `error` as it is; `name` is for programs. */
struct str rq_error_json(struct arena *a, enum lang lang, int status, enum msg title, enum msg advice)
{
    struct buf b = buf_in(a);

    buf_add_z(&b, "{\"error\":\"");
    add_escaped(&b, msg(lang, title));
    buf_add_z(&b, ". ");
    add_escaped(&b, msg(lang, advice));
    buf_add_format(&b, "\",\"name\":\"%s\",\"status\":%d}", msg_name(title).ptr, status);
    return buf_str(&b);
}

static void send_error_json(struct request *rq, int status, enum msg title, enum msg advice)
{
    rq_send(rq, status, "application/json", rq_error_json(rq->arena, rq->lang, status, title, advice));
}

void rq_fail_with(struct request *rq, int status, enum msg title, enum msg advice)
{
    struct v_error view = {
        .status = status, .title = msg(rq->lang, title), .advice = msg(rq->lang, advice),
        .number = (int64_t)rq->http->number};

    if (rq_wants_json(rq)) {
        send_error_json(rq, status, title, advice);
        return;
    }
    rq_page(rq, status, error, &view);
}

static void ask_to_sign_in(struct request *rq)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    if (rq_wants_json(rq)) {
        send_error_json(rq, 401, MSG_error_sign_in_title, MSG_error_sign_in_advice);
        return;
    }
    if (rq->http->method != HTTP_GET) {
        rq_fail_with(rq, 401, MSG_error_sign_in_title, MSG_error_sign_in_advice);
        return;
    }
    html_url_part(&out, rq->http->target);
    rq_redirect(rq, "/dang-nhap?tiep=%.*s", STR_ARG(html_done(&out).s));
}

void rq_fail(struct request *rq, enum err e)
{
    switch (e) {
    case E_NOT_FOUND:
        rq_fail_with(rq, 404, MSG_error_not_found_title, MSG_error_not_found_advice);
        return;
    case E_DENIED:
        if (rq->who->person.v == 0)
            ask_to_sign_in(rq);
        else
            rq_fail_with(rq, 403, MSG_error_denied_title, MSG_error_denied_advice);
        return;
    case E_CONFLICT:
        rq_fail_with(rq, 409, MSG_error_conflict_title, MSG_error_conflict_advice);
        return;
    case E_INVALID:
        rq_fail_with(rq, 400, MSG_error_request_title, MSG_error_request_advice);
        return;
    case E_TOO_LARGE:
        rq_fail_with(rq, 413, MSG_error_too_large_title, MSG_error_too_large_advice);
        return;
    case E_BUSY:
        rq_fail_with(rq, 503, MSG_error_busy_title, MSG_error_busy_advice);
        return;
    case E_FULL:
        rq_fail_with(rq, 507, MSG_error_full_title, MSG_error_full_advice);
        return;
    default:
        rq_fail_with(rq, 500, MSG_error_inside_title, MSG_error_inside_advice);
    }
}

bool rq_failed(struct request *rq, enum err e)
{
    if (e == OK)
        return false;
    rq_fail(rq, e);
    return true;
}
