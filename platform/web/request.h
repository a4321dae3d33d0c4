/* A person's request on its way through: who asks, in which language, with which form; and the few ways to answer.
 *
 * All of it lives in the request's arena and belongs to one worker thread. `db` can only read; writes go through
 * rq_write. A handler answers exactly once, by the functions below, and returns. */
#ifndef BANTIN_REQUEST_H
#define BANTIN_REQUEST_H

#include "auth/permission.h"
#include "db/db.h"
#include "html/fields.h"
#include "html/html.h"
#include "http/http.h"
#include "http/router.h"
#include "layout/layout.h"

struct web;

struct request {
    struct http_request *http;
    struct http_response *response;
    struct arena *arena;
    struct web *web;
    struct database *database;
    struct db *db;
    const struct principal *who;
    struct str session_token;
    enum lang lang;
    int64_t now;
    const struct route_match *match;
    struct form_state form;          /* see form.h; empty until a field was declared */
    struct form_entry *form_entries;
    size_t form_cap;
    bool form_has_errors, form_is_foreign;
    struct shell shell;
    enum msg notice; /* what the last action did, shown once */
    bool notice_spent;
};

/* --- what was asked ------------------------------------------------------------------------------------------- */

/* The number in the path at `:name`, or 0, which no row has. */
int64_t rq_path_id(const struct request *rq, const char *name);
struct str rq_path(const struct request *rq, const char *name);
struct str rq_query(const struct request *rq, const char *name); /* trimmed */
int64_t rq_query_int(const struct request *rq, const char *name, int64_t otherwise);
bool rq_may(const struct request *rq, int action);
bool rq_wants_json(const struct request *rq);
/* {error: what happened and what to do, name, status} */
struct str rq_error_json(struct arena *a, enum lang lang, int status, enum msg title, enum msg advice);

/* One write transaction; `tx` is seen by `call`, which gives the transaction's enum err. */
#define rq_write(rq, call) WRITE((rq)->database, (rq)->arena, (rq)->who, call)

/* --- answers --------------------------------------------------------------------------------------------------- */

/* rq_page(rq, 200, article_edit, &view): renders render_article_edit into the answer. */
#define rq_page(rq, status, view_name, view)                                                                           \
    do {                                                                                                               \
        struct html_out page_out_ = rq_html(rq);                                                                       \
        render_##view_name(&page_out_, (view));                                                                        \
        rq_send_html((rq), (status), &page_out_);                                                                      \
    } while (0)
struct html_out rq_html(struct request *rq);
void rq_send_html(struct request *rq, int status, const struct html_out *out);
void rq_send(struct request *rq, int status, const char *type, struct str body);

void rq_redirect(struct request *rq, const char *format, ...) PRINTF_LIKE(2, 3);
/* A redirect after an action, with a word about it on the next page. */
void rq_done(struct request *rq, enum msg notice, const char *format, ...) PRINTF_LIKE(3, 4);
/* For addresses that moved for good. */
void rq_moved(struct request *rq, const char *format, ...) PRINTF_LIKE(2, 3);

/* The page for something that went wrong: E_NOT_FOUND, E_DENIED (or the way to sign in), E_FULL … */
void rq_fail(struct request *rq, enum err e);
/* The same with a sentence of its own. */
void rq_fail_with(struct request *rq, int status, enum msg title, enum msg advice);

/* --- rights in one line: if (rq_failed(rq, verb(…))) return; ---------------------------------------------------- */
bool rq_failed(struct request *rq, enum err e);
#endif
