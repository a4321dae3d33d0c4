/* What an article was before: its revisions, any two side by side, an older one brought back; and how one looks to
 * readers. */
#include "article/article_edit.h"
#include "article/article_pages.h"

enum { REVISIONS = 50, LAST_NUMBER = INT32_MAX };

static bool may_bring_back(const struct request *rq, const struct q_article_page *a)
{
    struct q_correction_open open;

    if (!article_may_edit(rq->who, a->state, a->created_by))
        return false;
    return !str_equal(a->state, S("published")) || q_correction_open(rq->db, a->id, &open) == OK;
}

/* --- the list ------------------------------------------------------------------------------------------------------ */

static bool is_signed(const struct q_article_approvals_rows *approvals, struct revision_id revision)
{
    for (size_t i = 0; i < approvals->count; i++)
        if (approvals->rows[i].revision_id.v == revision.v)
            return true;
    return false;
}

static void fill_row(struct request *rq, const struct q_article_page *a, const struct q_article_revisions *r,
                     const struct q_article_approvals_rows *approvals, struct v_revision *row)
{
    *row = (struct v_revision){
        .id = r->id, .number = r->number, .at = r->created_at, .words = r->words, .person = r->person_name,
        .title = article_shown_title(rq, r->title), .note = article_note_words(rq, r->note),
        .is_head = r->id.v == a->head_id.v, .is_public = r->id.v == a->public_id.v,
        .is_approved = is_signed(approvals, r->id), .is_aside = str_equal(r->note, S("aside")),
    };
    if (r->base_id != 0)
        row->compare_url = str_format(rq->arena, "/toa-soan/bai/%lld/so-sanh?tu=%lld&den=%lld", (long long)a->id.v,
                                      (long long)r->base_id, (long long)r->id.v);
}

void article_history_page(struct request *rq)
{
    struct q_article_revisions_rows found;
    struct q_article_approvals_rows approvals;
    struct q_article_page a;

    if (!article_open_page(rq, &a) ||
        rq_failed(rq, q_article_revisions(rq->db, a.id, rq_query_int(rq, "duoi", LAST_NUMBER), REVISIONS + 1, &found)) ||
        rq_failed(rq, q_article_approvals(rq->db, a.id, &approvals)))
        return;
    size_t n = found.count < REVISIONS ? found.count : REVISIONS;
    struct v_revision *rows = NEW_ARRAY(rq->arena, struct v_revision, n + 1);
    for (size_t i = 0; i < n; i++)
        fill_row(rq, &a, &found.rows[i], &approvals, &rows[i]);
    struct v_article_history view = {
        .id = a.id, .tabs = {a.id, a.number, ARTICLE_TAB_HISTORY}, .head = a.head_id,
        .title = article_shown_title(rq, a.title), .rows = rows, .count = n, .may_bring_back = may_bring_back(rq, &a),
    };
    if (found.count > REVISIONS)
        view.older_url = str_format(rq->arena, "/toa-soan/bai/%lld/phien-ban?duoi=%lld", (long long)a.id.v,
                                    (long long)found.rows[REVISIONS - 1].number);
    rq_page(rq, 200, article_history, &view);
}

/* --- side by side -------------------------------------------------------------------------------------------------- */

static bool open_revision(struct request *rq, struct article_id article, int64_t id, struct q_revision_whole *r)
{
    enum err e = q_revision_whole(rq->db, (struct revision_id){id}, r);

    if (e == OK && r->article_id.v != article.v)
        e = E_NOT_FOUND;
    return !rq_failed(rq, e);
}

static enum err draft_of(struct request *rq, const struct q_revision_whole *r, struct article_draft *draft)
{
    struct q_revision_units_rows units;

    TRY(q_revision_units(rq->db, r->id, &units));
    struct unit_id *ids = NEW_ARRAY(rq->arena, struct unit_id, units.count + 1);
    for (size_t i = 0; i < units.count; i++)
        ids[i] = units.rows[i].id;
    *draft = (struct article_draft){
        .title = r->title, .kicker = r->kicker, .standfirst = r->standfirst, .authors = r->authors, .body = r->body,
        .section = r->section_id, .topic = r->topic_id, .genre = r->genre_id, .unit = r->unit_id,
        .visibility = r->visibility, .units = ids, .unit_count = units.count,
    };
    return OK;
}

static struct v_side side_of(struct request *rq, const struct q_revision_whole *r)
{
    return (struct v_side){.id = r->id, .number = r->number, .at = r->created_at, .person = r->saved_by,
                           .note = article_note_words(rq, r->note)};
}

static enum err fill_numbers(struct request *rq, const struct q_article_page *a, struct v_article_compare *view)
{
    struct q_article_revisions_rows found;

    TRY(q_article_revisions(rq->db, a->id, LAST_NUMBER, 200, &found));
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, found.count + 1);
    for (size_t i = 0; i < found.count; i++)
        list[i] = (struct choice){
            str_format(rq->arena, "%lld", (long long)found.rows[i].id.v),
            T(rq->arena, rq->lang, MSG_article_revision_choice, ARG("number", found.rows[i].number),
              ARG("who", found.rows[i].person_name))};
    view->older = (struct choices){list, found.count, str_format(rq->arena, "%lld", (long long)view->left.id.v)};
    view->newer = (struct choices){list, found.count, str_format(rq->arena, "%lld", (long long)view->right.id.v)};
    return OK;
}

void article_compare_page(struct request *rq)
{
    struct q_article_page a;
    struct q_revision_whole left, right;
    struct article_draft before, after;

    if (!article_open_page(rq, &a) || !open_revision(rq, a.id, rq_query_int(rq, "tu", 0), &left) ||
        !open_revision(rq, a.id, rq_query_int(rq, "den", a.head_id.v), &right))
        return;
    if (rq_failed(rq, draft_of(rq, &left, &before)) || rq_failed(rq, draft_of(rq, &right, &after)))
        return;
    struct v_article_compare view = {
        .id = a.id, .tabs = {a.id, a.number, ARTICLE_TAB_HISTORY}, .head = a.head_id,
        .title = article_shown_title(rq, a.title), .left = side_of(rq, &left), .right = side_of(rq, &right),
        .compared = article_compared(rq, &before, &after),
        .may_bring_back = left.id.v != a.head_id.v && may_bring_back(rq, &a),
    };
    if (rq_failed(rq, fill_numbers(rq, &a, &view)))
        return;
    rq_page(rq, 200, article_compare, &view);
}

/* --- back ---------------------------------------------------------------------------------------------------------- */

void article_bring_back_step(struct request *rq)
{
    struct revision_id saved, older = {rq_path_id(rq, "revision")};
    struct q_article_page a;

    if (!article_open_page(rq, &a))
        return;
    struct revision_id base = {form_id(rq, "base", FORM_REQUIRED)};
    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, article_bring_back(tx, a.id, base, older, &saved))))
        rq_done(rq, MSG_article_brought_back, "/toa-soan/bai/%lld", (long long)a.id.v);
}

/* --- as readers will see it ---------------------------------------------------------------------------------------- */

void article_preview_page(struct request *rq)
{
    struct q_article_page a;
    struct q_revision_whole r;

    if (!article_open_page(rq, &a) || !open_revision(rq, a.id, rq_query_int(rq, "ban", a.head_id.v), &r))
        return;
    struct v_article_preview view = {
        .id = a.id, .tabs = {a.id, a.number, ARTICLE_TAB_PREVIEW}, .title = article_shown_title(rq, r.title),
        .kicker = r.kicker, .standfirst = r.standfirst, .authors = authors_names(rq->arena, r.authors),
        .number = r.number, .is_head = r.id.v == a.head_id.v, .tag = article_tag(a.state, a.passed_at != 0),
        .doc = article_tree(rq, r.body), .options = article_html_options(rq, r.id),
    };
    rq_page(rq, 200, article_preview, &view);
}
