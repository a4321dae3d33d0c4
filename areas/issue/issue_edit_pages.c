#include "access/access.h"
#include "article/authors.h"
#include "issue/issue_inside.h"
#include "issue/issue_pages.h"
#include "issue/issue_render.h"
#include "media/media_take.h"
#include "site/site.h"

/* --- order --------------------------------------------------------------------------------------------------------- */

/* Moves `item` by one place in the list. */
static void shift(struct issue_item_id *order, size_t n, int64_t item, int by)
{
    for (size_t i = 0; i < n; i++) {
        size_t to = i + (size_t)by;
        if (order[i].v != item || to >= n)
            continue;
        struct issue_item_id other = order[to];
        order[to] = order[i];
        order[i] = other;
        return;
    }
}

void issue_order_items(struct request *rq)
{
    int64_t base = form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED), *ids;
    int64_t up = form_id(rq, "up", FORM_OPTIONAL), down = form_id(rq, "down", FORM_OPTIONAL);
    size_t n = form_ids(rq, "order", &ids);
    struct issue_item_id *order = NEW_ARRAY(rq->arena, struct issue_item_id, n + 1);
    struct q_issue_whole issue;

    for (size_t i = 0; i < n; i++)
        order[i] = (struct issue_item_id){ids[i]};
    shift(order, n, up, -1);
    shift(order, n, down, 1);
    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    struct issue_id id = issue_of_path(rq);
    if (rq_failed(rq, rq_write(rq, issue_order(tx, id, base, order, n))))
        return;
    if (!rq_wants_json(rq))
        rq_redirect(rq, "/toa-soan/so/%lld", (long long)id.v);
    else if (issue_load(rq, &issue))
        rq_send(rq, 200, "application/json", str_format(rq->arena, "{\"base\":%lld}", (long long)issue.revision));
}

/* --- putting articles in ------------------------------------------------------------------------------------------- */

static struct str candidate_meta(struct request *rq, const struct q_issue_candidates *c)
{
    struct str parts[4];
    size_t n = 0;
    struct str names = authors_names(rq->arena, c->authors);

    parts[n++] = c->section_name.len > 0 ? c->section_name : msg(rq->lang, MSG_issue_no_section);
    if (names.len > 0)
        parts[n++] = names;
    if (c->unit_name.len > 0)
        parts[n++] = c->unit_name;
    parts[n++] = T(rq->arena, rq->lang, MSG_issue_words, ARG("n", c->words));
    return str_join(rq->arena, parts, n, S(" · "));
}

static struct str candidate_warning(struct request *rq, const struct q_issue_candidates *c)
{
    if (c->other_issue > 0)
        return T(rq->arena, rq->lang, MSG_issue_in_other,
                 ARG("issue", issue_label(rq, c->other_issue % 10000, c->other_issue / 10000)));
    if (!str_equal(c->state, S("accepted")) && !str_equal(c->state, S("published")))
        return msg(rq->lang, MSG_issue_not_accepted);
    return STR_NONE;
}

static struct str add_url(struct request *rq, const struct v_issue_add *view, int64_t page)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    buf_add_format(&out.buf, "/toa-soan/so/%lld/them?trang=%lld%s&q=", (long long)view->id.v, (long long)page,
                   view->any ? "&ca=1" : "");
    html_url_part(&out, view->words);
    return buf_str(&out.buf);
}

static void fill_candidates(struct request *rq, const struct q_issue_candidates_rows *found, struct v_issue_add *view)
{
    struct issue_candidate *rows = NEW_ARRAY(rq->arena, struct issue_candidate, found->count + 1);

    view->articles.count = found->count < ISSUE_PAGE_ROWS ? found->count : ISSUE_PAGE_ROWS;
    for (size_t i = 0; i < view->articles.count; i++) {
        const struct q_issue_candidates *c = &found->rows[i];
        rows[i] = (struct issue_candidate){
            c->id, c->title.len > 0 ? c->title : msg(rq->lang, MSG_issue_no_title), candidate_meta(rq, c),
            candidate_warning(rq, c)};
    }
    view->articles.rows = rows;
}

void issue_add_page(struct request *rq)
{
    struct q_issue_whole issue;
    struct q_issue_candidates_rows found;
    int64_t page = rq_query_int(rq, "trang", 1);
    struct v_issue_add view = {.words = rq_query(rq, "q"), .any = str_equal(rq_query(rq, "ca"), S("1"))};

    if (page < 1 || page > 100000)
        page = 1;
    if (!issue_load(rq, &issue) ||
        rq_failed(rq, q_issue_candidates(rq->db, issue.id, issue.publication_id, issue_words_like(rq->arena, view.words),
                                         view.any, ISSUE_PAGE_ROWS + 1, (page - 1) * ISSUE_PAGE_ROWS, &found)))
        return;
    view.id = issue.id;
    view.label = issue_label(rq, issue.number, issue.year);
    view.base = issue.revision;
    fill_candidates(rq, &found, &view);
    if (page > 1)
        view.previous_url = add_url(rq, &view, page - 1);
    if (found.count > ISSUE_PAGE_ROWS)
        view.next_url = add_url(rq, &view, page + 1);
    rq_page(rq, 200, issue_add, &view);
}

/* From the list above, or from an article's own page, which knows no base. */
void issue_add(struct request *rq)
{
    int64_t base = form_int(rq, "base", 0, INT64_MAX, FORM_OPTIONAL), *ids;
    struct section_id section = {form_id(rq, "section", FORM_OPTIONAL)};
    size_t n = form_ids(rq, "article", &ids);
    struct article_id *articles = NEW_ARRAY(rq->arena, struct article_id, n + 1);
    struct issue_id id = issue_of_path(rq);

    for (size_t i = 0; i < n; i++)
        articles[i] = (struct article_id){ids[i]};
    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (n == 0) {
        rq_done(rq, MSG_issue_none_chosen, "/toa-soan/so/%lld/them", (long long)id.v);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, issue_add_articles(tx, id, base, articles, n, section))))
        rq_done(rq, n == 1 ? MSG_issue_one_added : MSG_issue_added, "/toa-soan/so/%lld", (long long)id.v);
}

/* --- one item ------------------------------------------------------------------------------------------------------ */

static enum err find_item(struct request *rq, const struct q_issue_whole *issue, struct q_issue_items *found)
{
    struct q_issue_items_rows items;

    TRY(q_issue_items(rq->db, issue->id, &items));
    for (size_t i = 0; i < items.count; i++)
        if (items.rows[i].id.v == rq_path_id(rq, "item")) {
            *found = items.rows[i];
            return OK;
        }
    return E_NOT_FOUND;
}

static enum err section_choices(struct request *rq, const struct q_issue_whole *issue, struct section_id chosen,
                                struct choices *choices)
{
    struct q_issue_sections_rows sections;

    TRY(q_issue_sections(rq->db, issue->publication_id, &sections));
    struct choice *rows = NEW_ARRAY(rq->arena, struct choice, sections.count + 1);
    for (size_t i = 0; i < sections.count; i++)
        rows[i] = (struct choice){str_format(rq->arena, "%lld", (long long)sections.rows[i].id.v), sections.rows[i].name};
    *choices = (struct choices){rows, sections.count, chosen.v != 0
                                                          ? str_format(rq->arena, "%lld", (long long)chosen.v)
                                                          : STR_NONE};
    return OK;
}

static void show_item(struct request *rq, int status)
{
    struct q_issue_whole issue;
    struct q_issue_items item = {0};
    struct q_issue_questions_rows questions;
    struct v_issue_item view;

    if (!issue_load(rq, &issue) || rq_failed(rq, find_item(rq, &issue, &item)) ||
        rq_failed(rq, q_issue_questions(rq->db, issue.id, &questions)))
        return;
    view = (struct v_issue_item){
        .issue = issue.id, .id = item.id, .article = item.article_id, .label = issue_label(rq, issue.number, issue.year),
        .title = item.title.len > 0 ? item.title : msg(rq->lang, MSG_issue_no_title), .base = issue.revision,
        .is_read_aloud = item.is_read_aloud, .questions = issue_questions_text(rq->arena, &questions, item.id),
    };
    if (!rq_failed(rq, section_choices(rq, &issue, item.section_id, &view.sections)))
        rq_page(rq, status, issue_item, &view);
}

void issue_item_page(struct request *rq)
{
    show_item(rq, 200);
}

/* One question a line. */
static size_t form_questions(struct request *rq, struct str **questions)
{
    struct str text = form_text(rq, "questions", 8000, FORM_OPTIONAL);
    size_t n = issue_questions_of_text(rq->arena, text, questions);

    for (size_t i = 0; i < n; i++)
        if ((*questions)[i].len > ISSUE_QUESTION_MAX)
            form_error(rq, "questions", MSG_issue_question_too_long);
    if (n > ISSUE_QUESTIONS_MAX)
        form_error(rq, "questions", MSG_issue_too_many_questions);
    return n;
}

void issue_item_save(struct request *rq)
{
    int64_t base = form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED);
    struct str *questions;
    struct issue_item_facts facts = {.section = {form_id(rq, "section", FORM_OPTIONAL)},
                                     .is_read_aloud = form_checked(rq, "aloud")};
    struct issue_item_id item = {rq_path_id(rq, "item")};

    facts.n_questions = form_questions(rq, &questions);
    facts.questions = questions;
    if (!form_ok(rq)) {
        show_item(rq, 422);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, issue_change_item(tx, issue_of_path(rq), base, item, &facts))))
        rq_done(rq, MSG_issue_saved, "/toa-soan/so/%lld", (long long)issue_of_path(rq).v);
}

void issue_item_remove(struct request *rq)
{
    int64_t base = form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED);
    struct q_issue_whole issue;
    struct q_issue_items item = {0};

    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (!issue_load(rq, &issue) || rq_failed(rq, find_item(rq, &issue, &item)) ||
        rq_failed(rq, rq_write(rq, issue_remove_item(tx, issue.id, base, item.id))))
        return;
    rq_redirect(rq, "/toa-soan/so/%lld?bo=%lld", (long long)issue.id.v, (long long)item.article_id.v);
}

void issue_item_put_back(struct request *rq)
{
    int64_t base = form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED);
    struct article_id article = {form_id(rq, "article", FORM_REQUIRED)};
    struct issue_id id = issue_of_path(rq);

    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else if (!rq_failed(rq, rq_write(rq, issue_put_back(tx, id, base, article))))
        rq_done(rq, MSG_issue_is_back, "/toa-soan/so/%lld", (long long)id.v);
}

/* --- front matter -------------------------------------------------------------------------------------------------- */

static void show_front(struct request *rq, int status)
{
    struct q_issue_whole issue;
    struct q_issue_questions_rows questions;
    struct v_issue_front_form view;

    if (!issue_load(rq, &issue) || rq_failed(rq, q_issue_questions(rq->db, issue.id, &questions)))
        return;
    view = (struct v_issue_front_form){
        .id = issue.id, .label = issue_label(rq, issue.number, issue.year), .base = issue.revision,
        .cover_url = issue_cover_url(rq, issue.cover),
        .questions = issue_questions_text(rq->arena, &questions, (struct issue_item_id){0}),
        .front = {.year = issue.year, .number = issue.number, .title = issue.title, .date = issue.date,
                  .editorial = issue.editorial},
        .imprint = {issue.licence, issue.editor_name, issue.printer, issue.print_run},
    };
    rq_page(rq, status, issue_front_form, &view);
}

void issue_front_page(struct request *rq)
{
    show_front(rq, 200);
}

struct str issue_picture_widths(struct arena *a, const struct media_taken *taken)
{
    struct buf b = buf_in(a);
    struct str stem;

    for (size_t i = 0; i < taken->rendition_count; i++) {
        struct str name = taken->renditions[i].name;
        if (!str_starts(name, S("w")) || !str_ends(name, S(".webp")))
            continue;
        str_cut(str_skip(name, 1), '.', &stem);
        if (b.len > 0)
            buf_add_char(&b, ',');
        buf_add(&b, stem);
    }
    return buf_str(&b);
}

static enum err add_cover(struct tx *tx, const struct media_taken *taken, struct str name)
{
    TRY(permission_check(tx->who, ACT_MEDIA_ADD, false));
    return q_issue_cover_add(tx, taken->hash, str_of(media_kind_type(taken->kind)), name, (int64_t)taken->bytes, taken->width,
                             taken->height, issue_picture_widths(tx->arena, taken), tx->who->person, tx->now);
}

/* Takes the picture that came with the form, if one did: its hash, or a message beside the field. */
static enum err take_cover(struct request *rq, struct str *hash)
{
    const struct http_upload *file = http_upload(rq->http, "cover_file");
    struct media_options options = {.store = site_folders(site_of(rq))->media};
    struct media_taken taken;

    if (file == NULL || file->size == 0)
        return OK;
    TRY(media_take(rq->arena, &options, file->path, &taken));
    if (taken.problem != MEDIA_FINE || !media_is_picture(taken.kind)) {
        form_error(rq, "cover_file", MSG_issue_cover_not_taken);
        return OK;
    }
    TRY(rq_write(rq, add_cover(tx, &taken, file->name)));
    *hash = taken.hash;
    return OK;
}

static enum err save_front(struct tx *tx, struct issue_id id, int64_t base, const struct issue_front *front,
                           const struct str *questions, size_t n)
{
    TRY(issue_edit(tx, id, base, front));
    return issue_set_questions(tx, id, ISSUE_AS_IT_IS, (struct issue_item_id){0}, questions, n);
}

void issue_front_save(struct request *rq)
{
    int64_t base = form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED);
    struct issue_front front = issue_front_of_form(rq);
    bool no_cover = form_checked(rq, "cover_none");
    struct q_issue_whole issue;
    struct q_issue_by_number same;
    struct str *questions;

    front.editorial = form_text(rq, "editorial", ISSUE_EDITORIAL_MAX, FORM_OPTIONAL);
    size_t n = form_questions(rq, &questions);
    form_known(rq, "cover_file");
    if (!issue_load(rq, &issue))
        return;
    if (q_issue_by_number(rq->db, issue.publication_id, front.year, front.number, &same) == OK && same.id.v != issue.id.v)
        form_error(rq, "number", MSG_issue_number_taken);
    front.cover = no_cover ? S("") : issue.cover;
    if (form_ok(rq) && rq_failed(rq, take_cover(rq, &front.cover)))
        return;
    if (!form_ok(rq)) {
        show_front(rq, 422);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, save_front(tx, issue.id, base, &front, questions, n))))
        rq_done(rq, MSG_issue_saved, "/toa-soan/so/%lld", (long long)issue.id.v);
}
