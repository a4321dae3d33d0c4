/* The screen of imports: files go in, their progress is seen, what could not be read is kept. */
#include "intake/intake_pages.h"
#include "access/access.h"
#include "import/import_messages.h"
#include "intake/intake_problem.h"
#include "intake/intake_render.h"
#include "intake/intake_views.h"
#include "media/media_store.h"
#include "site/site.h"
#include "web/form.h"

enum { PAGE_ROWS = 50, FILES_MOST = 20 };

#define BYTES_MOST (1024LL * 1024 * 1024)

/* --- the list ------------------------------------------------------------------------------------------------------
 */

static struct v_intake_sentence *sentences_of(struct request *rq, struct str report, size_t *count)
{
    struct str *texts;

    *count = import_report_sentences(rq->arena, rq->lang, report, &texts);
    struct v_intake_sentence *list = NEW_ARRAY(rq->arena, struct v_intake_sentence, *count + 1);
    for (size_t i = 0; i < *count; i++)
        list[i].text = texts[i];
    return list;
}

static void set_state(struct v_intake_row *row, struct str state)
{
    static const struct {
        const char *state, *tag;
        enum msg label;
    } states[] = {
        {"waiting", "plain", MSG_intake_state_waiting}, {"reading", "plain", MSG_intake_state_reading},
        {"done", "good", MSG_intake_state_done},        {"title", "warn", MSG_intake_state_title},
        {"problem", "late", MSG_intake_state_problem},
    };

    for (size_t i = 0; i < countof(states); i++)
        if (str_equal(state, str_of(states[i].state))) {
            row->tag = str_of(states[i].tag);
            row->state = states[i].label;
            row->is_working = i < 2;
            row->is_done = i == 2;
            row->is_untitled = i == 3;
        }
}

static struct v_intake_row row_of(struct request *rq, const struct q_intake_list *r)
{
    struct v_intake_row row = {
        .id = r->id,
        .article = r->article_id,
        .name = r->file_name,
        .bytes = r->bytes,
        .at = r->created_at,
        .title = r->title,
        .sender = r->person_id.v == rq->who->person.v ? S("") : r->person_name,
    };

    set_state(&row, r->state);
    row.sentences = sentences_of(rq, r->report, &row.sentence_count);
    if (str_equal(r->state, S("problem")))
        row.problem = msg(rq->lang, intake_problem_message(r->problem));
    row.may_retry =
        str_equal(r->state, S("problem")) || (row.is_working && r->updated_at < rq->now - INTAKE_STUCK_SECONDS);
    return row;
}

static void fill_rows(struct request *rq, const struct q_intake_list_rows *found, struct v_intake *view)
{
    size_t n = found->count > PAGE_ROWS ? PAGE_ROWS : found->count;
    struct v_intake_row *files = NEW_ARRAY(rq->arena, struct v_intake_row, n + 1);
    struct v_intake_row *problems = NEW_ARRAY(rq->arena, struct v_intake_row, n + 1);

    for (size_t i = 0; i < n; i++) {
        struct v_intake_row row = row_of(rq, &found->rows[i]);
        if (row.problem.len > 0)
            problems[view->problems.count++] = row;
        else
            files[view->files.count++] = row;
        view->working += row.is_working;
        view->done += row.is_done;
    }
    view->files.rows = files;
    view->problems.rows = problems;
    view->is_working = view->working > 0;
    if (found->count > n)
        view->older_url = str_format(rq->arena, "/toa-soan/nhap?truoc=%lld", (long long)found->rows[n - 1].id.v);
}

/* --- the form ------------------------------------------------------------------------------------------------------
 */

static struct str id_text(struct request *rq, int64_t id)
{
    return str_format(rq->arena, "%lld", (long long)id);
}

static void fill_sections(struct request *rq, const struct q_intake_sections_rows *found, struct v_intake *view)
{
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, found->count + 1);

    for (size_t i = 0; i < found->count; i++) {
        const struct q_intake_sections *s = &found->rows[i];
        struct str label = s->name;
        if (view->has_choice)
            label = str_format(rq->arena, "%.*s · %.*s", STR_ARG(s->publication), STR_ARG(s->name));
        list[i] = (struct choice){id_text(rq, s->id.v), label};
    }
    view->sections = (struct choices){list, found->count, STR_NONE};
}

static enum err fill_form(struct request *rq, struct v_intake *view)
{
    struct q_intake_publications_rows publications;
    struct q_intake_sections_rows sections;

    TRY(q_intake_publications(rq->db, &publications));
    TRY(q_intake_sections(rq->db, &sections));
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, publications.count + 1);
    for (size_t i = 0; i < publications.count; i++)
        list[i] = (struct choice){id_text(rq, publications.rows[i].id.v), publications.rows[i].name};
    view->has_publication = publications.count > 0;
    view->has_choice = publications.count > 1;
    view->publications = (struct choices){list, publications.count, publications.count > 0 ? list[0].value : STR_NONE};
    fill_sections(rq, &sections, view);
    return OK;
}

static void show(struct request *rq, int status, struct str error)
{
    bool sees_all = permission_check(rq->who, ACT_IMPORT, false) == OK;
    struct person_id whose = sees_all ? (struct person_id){0} : rq->who->person;
    struct intake_id before = {rq_query_int(rq, "truoc", INT64_MAX)};
    struct v_intake view = {.error = error, .name_mark = S("{name}")};
    struct q_intake_list_rows found;

    if (rq_failed(rq, q_intake_list(rq->db, whose, before, PAGE_ROWS + 1, &found)) ||
        rq_failed(rq, fill_form(rq, &view)))
        return;
    fill_rows(rq, &found, &view);
    rq_page(rq, status, intake, &view);
}

static void intake_page(struct request *rq)
{
    show(rq, 200, STR_NONE);
}

/* --- sending -------------------------------------------------------------------------------------------------------
 */

struct arrived {
    struct str name, hash;
    int64_t bytes;
};

static enum err add_all(struct tx *tx, const struct intake_order *order, const struct arrived *files, size_t n)
{
    struct intake_id id;

    for (size_t i = 0; i < n; i++) {
        TRY(intake_add(tx, order, files[i].hash, files[i].name, files[i].bytes, &id));
        TRY(intake_later(tx, id));
    }
    return OK;
}

/* A browser sends an empty part for a file field in which nothing was chosen: no name. */
static enum err store_all(struct request *rq, struct arrived *files, size_t *n)
{
    for (size_t i = 0; i < rq->http->n_uploads; i++) {
        const struct http_upload *u = &rq->http->uploads[i];
        struct arrived *f = &files[*n];
        if (u->name.len == 0 || !str_equal(u->field, S("file")))
            continue;
        TRY(intake_store(rq->arena, site_folders(site_of(rq))->media, u->path, &f->hash, &f->bytes));
        f->name = u->name;
        ++*n;
    }
    return OK;
}

static void refuse(struct request *rq, enum msg sentence)
{
    struct buf b = buf_in(rq->arena);

    if (!rq_wants_json(rq)) {
        show(rq, 422, msg(rq->lang, sentence));
        return;
    }
    buf_add_format(&b, "{\"error\":\"%.*s\"}", STR_ARG(msg(rq->lang, sentence)));
    rq_send(rq, 422, "application/json", buf_str(&b));
}

static bool is_open(struct request *rq, struct publication_id publication)
{
    struct q_intake_publications_rows found;

    if (q_intake_publications(rq->db, &found) != OK)
        return false;
    for (size_t i = 0; i < found.count; i++)
        if (found.rows[i].id.v == publication.v)
            return true;
    return false;
}

static void intake_send(struct request *rq)
{
    struct intake_order order = {
        .publication = {form_id(rq, "publication", FORM_REQUIRED)},
        .section = {form_id(rq, "section", FORM_OPTIONAL)},
    };
    struct arrived *files = NEW_ARRAY(rq->arena, struct arrived, rq->http->n_uploads + 1);
    size_t n = 0;

    if (!form_ok(rq) || !is_open(rq, order.publication)) {
        refuse(rq, MSG_intake_choose_publication);
        return;
    }
    if (rq_failed(rq, store_all(rq, files, &n)))
        return;
    if (n == 0) {
        refuse(rq, MSG_intake_choose_file);
        return;
    }
    enum err e = rq_write(rq, add_all(tx, &order, files, n));
    if (e == E_INVALID)
        refuse(rq, MSG_intake_section_of_other);
    else if (!rq_failed(rq, e) && rq_wants_json(rq))
        rq_send(rq, 200, "application/json", S("{\"location\":\"/toa-soan/nhap\"}"));
    else if (e == OK)
        rq_done(rq, MSG_intake_arrived, "/toa-soan/nhap");
}

/* --- one file ------------------------------------------------------------------------------------------------------
 */

static bool open_row(struct request *rq, struct q_intake_one *row)
{
    struct intake_id id = {rq_path_id(rq, "intake")};

    enum err e = q_intake_one(rq->db, id, row);
    if (e == OK && !intake_may_see(rq->who, row->person_id))
        e = E_NOT_FOUND;
    return !rq_failed(rq, e);
}

static void intake_name(struct request *rq)
{
    struct str title = form_line(rq, "title", ARTICLE_TITLE_MAX, FORM_REQUIRED);
    struct q_intake_one row;

    if (!open_row(rq, &row))
        return;
    if (!form_ok(rq)) {
        refuse(rq, MSG_intake_title_needed);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, intake_title(tx, row.id, title))))
        rq_done(rq, MSG_intake_titled, "/toa-soan/bai/%lld", (long long)row.article_id.v);
}

static void intake_retry(struct request *rq)
{
    struct q_intake_one row;

    if (open_row(rq, &row) && !rq_failed(rq, rq_write(rq, intake_again(tx, row.id))))
        rq_done(rq, MSG_intake_trying_again, "/toa-soan/nhap");
}

static void intake_away(struct request *rq)
{
    struct q_intake_one row;

    if (open_row(rq, &row) && !rq_failed(rq, rq_write(rq, intake_put_away(tx, row.id))))
        rq_done(rq, MSG_intake_was_put_away, "/toa-soan/nhap");
}

static void intake_away_done(struct request *rq)
{
    if (!rq_failed(rq, rq_write(rq, intake_put_away_done(tx))))
        rq_done(rq, MSG_intake_was_tidied, "/toa-soan/nhap");
}

static void intake_file(struct request *rq)
{
    struct q_intake_one row;
    const char *path;

    if (!open_row(rq, &row))
        return;
    enum err e = media_store_find(rq->arena, site_folders(site_of(rq))->media, row.hash, "original", &path);
    if (e == OK)
        e = response_file(rq->response, "application/octet-stream", path);
    if (!rq_failed(rq, e))
        response_attachment(rq->response, row.file_name);
}

const struct route intake_routes[] = {
    GET("/toa-soan/nhap", ACT_IMPORT, intake_page),
    POST("/toa-soan/nhap", ACT_IMPORT, intake_send, .limits = {.files = BYTES_MOST, .max_files = FILES_MOST, .is_slow = true}),
    POST("/toa-soan/nhap/cat-xong", ACT_IMPORT, intake_away_done),
    GET("/toa-soan/nhap/:intake/tep", ACT_IMPORT, intake_file),
    POST("/toa-soan/nhap/:intake/ten", ACT_IMPORT, intake_name),
    POST("/toa-soan/nhap/:intake/lai", ACT_IMPORT, intake_retry),
    POST("/toa-soan/nhap/:intake/cat", ACT_IMPORT, intake_away),
    {0},
};
