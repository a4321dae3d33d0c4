#include "access/access.h"
#include "base/random.h"
#include "edition/edition.h"
#include "web/web.h"
#include <unistd.h>

static struct str file_name(struct arena *a, const struct q_issue_whole *issue, const struct edition_kind *kind)
{
    return str_format(a, "%.*s-so-%lld-%lld%s", STR_ARG(issue->publication_code), (long long)issue->number,
                      (long long)issue->year, kind->ending);
}

/* Composes into `path`; `a` is not the request's arena, whose cap is for pages. */
static enum err compose(struct request *rq, struct arena *a, enum edition_format format, const char *path)
{
    struct edition_place place = edition_place_of(site_of(rq), a);
    struct issue_id id = {rq_path_id(rq, "issue")};
    int audience = str_equal(rq_query(rq, "cho"), S("thanh-vien")) ? FOR_MEMBERS : FOR_EVERYBODY;
    struct edition_issue issue;
    struct press_report report;
    struct db *db;

    TRY(db_reader(rq->database, a, &db));
    TRY(edition_load(db, &place, id, audience, &issue));
    return edition_write(a, &issue.press, format, path, &report);
}

static enum err send(struct request *rq, enum edition_format format, const char *path)
{
    struct q_issue_whole issue;

    TRY(q_issue_whole(rq->db, (struct issue_id){rq_path_id(rq, "issue")}, &issue));
    TRY(response_file(rq->response, edition_kinds[format].type, path));
    response_header(rq->response, "Cache-Control", S("no-store"));
    if (format == EDITION_EPUB || str_equal(rq_query(rq, "tai"), S("1")))
        response_attachment(rq->response, file_name(rq->arena, &issue, &edition_kinds[format]));
    return OK;
}

/* Any edition as it would be made now, in one click, before anything is approved. */
static void preview(struct request *rq)
{
    enum edition_format format = edition_format_named(rq_path(rq, "format"));
    struct arena *a;

    if (format == EDITION_FORMATS) {
        rq_fail(rq, E_NOT_FOUND);
        return;
    }
    const char *path = str_format(rq->arena, "%s/xem-%.*s", site_folders(site_of(rq))->temp,
                                  STR_ARG(random_token(rq->arena)))
                           .ptr;
    a = arena_new(0);
    enum err e = compose(rq, a, format, path);
    arena_free(a);
    if (e == OK)
        e = send(rq, format, path);
    unlink(path); /* response_file has it open */
    if (e != OK)
        rq_fail(rq, e);
}

const struct route edition_routes[] = {
    GET("/toa-soan/so/:issue/xem/:format", ACT_ISSUE_SEE, preview, .limits = {.is_slow = true}),
    {0},
};
