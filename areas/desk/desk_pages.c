#include "desk/desk.h"
#include "access/access.h"
#include "desk/desk_render.h"
#include "desk/desk_sql.h"
#include "desk/desk_views.h"
#include "web/request.h"

enum { ROWS_MAX = 240, SOURCE_MAX = 40, DAY = 24 * 3600, SOON = 2 * DAY, LATE = 5 * DAY };

struct desk {
    struct request *rq;
    struct v_desk_row *rows;
    size_t count;
    bool has_more;
};

/* --- rows ---------------------------------------------------------------------------------------------------------- */

static struct str url_of(struct desk *d, struct article_id id, const char *rest)
{
    return str_format(d->rq->arena, "/toa-soan/bai/%lld%s", (long long)id.v, rest);
}

static struct str title_of(struct desk *d, struct str title)
{
    return title.len > 0 ? title : msg(d->rq->lang, MSG_article_untitled);
}

static struct str waiting_tag(struct desk *d, int64_t since)
{
    int64_t waits = d->rq->now - since;

    return waits >= LATE ? S("late") : waits >= SOON ? S("warn") : S("plain");
}

static struct v_desk_row *add_row(struct desk *d, struct article_id id, struct str title, enum msg what, int64_t since)
{
    struct v_desk_row *row = &d->rows[d->count];

    if (d->count < ROWS_MAX - 1)
        d->count++;
    *row = (struct v_desk_row){
        .title = title_of(d, title), .url = url_of(d, id, ""), .what = what, .since = since,
        .tag = waiting_tag(d, since), .button = MSG_desk_open, .button_url = url_of(d, id, ""),
    };
    return row;
}

static struct str joined(struct desk *d, struct str a, struct str b)
{
    if (a.len == 0 || b.len == 0)
        return a.len > 0 ? a : b;
    return str_format(d->rq->arena, "%.*s · %.*s", STR_ARG(a), STR_ARG(b));
}

static struct str words_of(struct desk *d, int64_t n)
{
    return T(d->rq->arena, d->rq->lang, MSG_desk_words, ARG("n", n));
}

/* --- what waits ---------------------------------------------------------------------------------------------------- */

static enum err add_own(struct desk *d)
{
    struct q_desk_own_rows own;

    TRY(q_desk_own(d->rq->db, d->rq->who->person, &own));
    d->has_more |= own.count == SOURCE_MAX;
    for (size_t i = 0; i < own.count; i++) {
        const struct q_desk_own *a = &own.rows[i];
        bool is_returned = str_equal(a->state, S("returned"));
        struct v_desk_row *row = add_row(d, a->id, a->title, is_returned ? MSG_desk_returned : MSG_desk_draft,
                                         is_returned ? a->state_at : a->updated_at);
        if (is_returned)
            row->detail = T(d->rq->arena, d->rq->lang, MSG_desk_reason, ARG("who", a->by_whom), ARG("reason", a->note));
        else
            row->detail = words_of(d, a->words);
        row->button = is_returned ? MSG_desk_answer : MSG_desk_go_on;
    }
    return OK;
}

static enum err add_to_edit(struct desk *d)
{
    struct q_desk_to_edit_rows found;

    TRY(q_desk_to_edit(d->rq->db, d->rq->who->person, &found));
    d->has_more |= found.count == SOURCE_MAX;
    for (size_t i = 0; i < found.count; i++) {
        const struct q_desk_to_edit *a = &found.rows[i];
        bool is_taken = a->editor_id.v != 0;
        struct v_desk_row *row =
            add_row(d, a->id, a->title, is_taken ? MSG_desk_to_edit_mine : MSG_desk_to_edit, a->state_at);
        row->detail = joined(d, a->author, joined(d, a->unit, words_of(d, a->words)));
        if (is_taken)
            continue;
        row->take = a->id;
        row->take_base = a->head_id;
        row->button = MSG_article_take;
    }
    return OK;
}

static enum err add_unplaced(struct desk *d)
{
    struct q_desk_unplaced_rows found;

    TRY(q_desk_unplaced(d->rq->db, &found));
    d->has_more |= found.count == SOURCE_MAX;
    for (size_t i = 0; i < found.count; i++) {
        const struct q_desk_unplaced *a = &found.rows[i];
        struct v_desk_row *row = add_row(d, a->id, a->title, MSG_desk_unplaced, a->state_at);
        row->detail = joined(d, a->section, words_of(d, a->words));
    }
    return OK;
}

static enum err add_corrections(struct desk *d, bool may_approve, bool may_correct)
{
    struct q_desk_corrections_rows found;

    TRY(q_desk_corrections(d->rq->db, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct q_desk_corrections *c = &found.rows[i];
        bool is_sent = c->sent_at != 0;
        if (is_sent ? !may_approve : !may_correct)
            continue;
        struct v_desk_row *row =
            add_row(d, c->article_id, c->title, is_sent ? MSG_desk_correction_sent : MSG_desk_correction_open,
                    is_sent ? c->sent_at : c->opened_at);
        row->detail = T(d->rq->arena, d->rq->lang, MSG_desk_reason, ARG("who", c->by_whom), ARG("reason", c->reason));
        if (is_sent) {
            row->button = MSG_article_approve;
            row->button_url = url_of(d, c->article_id, "/duyet");
        }
    }
    return OK;
}

static enum err add_to_approve(struct desk *d)
{
    struct q_desk_to_approve_rows found;

    TRY(q_desk_to_approve(d->rq->db, &found));
    d->has_more |= found.count == SOURCE_MAX;
    for (size_t i = 0; i < found.count; i++) {
        const struct q_desk_to_approve *a = &found.rows[i];
        bool is_again = a->signed_id != 0 && a->signed_id != a->head_id.v;
        struct v_desk_row *row =
            add_row(d, a->id, a->title, is_again ? MSG_desk_to_approve_again : MSG_desk_to_approve, a->passed_at);
        row->detail = joined(d, a->section, words_of(d, a->words));
        row->button = MSG_article_approve;
        row->button_url = url_of(d, a->id, "/duyet");
        if (is_again)
            row->compare_url = str_format(d->rq->arena, "/toa-soan/bai/%lld/so-sanh?tu=%lld&den=%lld",
                                          (long long)a->id.v, (long long)a->signed_id, (long long)a->head_id.v);
    }
    return OK;
}

static enum err add_issues(struct desk *d, struct str state, enum msg what)
{
    struct q_desk_issues_rows found;

    TRY(q_desk_issues(d->rq->db, state, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct q_desk_issues *issue = &found.rows[i];
        struct str name = T(d->rq->arena, d->rq->lang, MSG_desk_issue, ARG("number", issue->number),
                            ARG("year", str_format(d->rq->arena, "%lld", (long long)issue->year)));
        struct v_desk_row *row = add_row(d, (struct article_id){0}, joined(d, name, issue->title), what, issue->updated_at);
        row->url = row->button_url = str_format(d->rq->arena, "/toa-soan/so/%lld", (long long)issue->id.v);
        row->detail = issue->publication;
    }
    return OK;
}

static bool has_all(const struct request *rq, int action)
{
    return permission_check(rq->who, action, false) == OK;
}

static enum err gather(struct desk *d)
{
    bool may_approve = has_all(d->rq, ACT_ARTICLE_APPROVE), is_editor = (d->rq->who->roles & ROLE_EDITOR) != 0;

    TRY(add_own(d));
    if (is_editor) {
        TRY(add_to_edit(d));
        TRY(add_unplaced(d));
    }
    if (may_approve) {
        TRY(add_to_approve(d));
        TRY(add_issues(d, S("review"), MSG_desk_issue_review));
    }
    if (is_editor || may_approve)
        TRY(add_corrections(d, may_approve, is_editor));
    return OK;
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

static int longest_first(const void *a, const void *b)
{
    int64_t x = ((const struct v_desk_row *)a)->since, y = ((const struct v_desk_row *)b)->since;

    return x < y ? -1 : x > y;
}

static struct str lead_of(struct desk *d)
{
    size_t late = 0;

    for (size_t i = 0; i < d->count; i++)
        late += str_equal(d->rows[i].tag, S("late"));
    if (d->count == 0)
        return msg(d->rq->lang, MSG_desk_lead_none);
    if (late == 0)
        return T(d->rq->arena, d->rq->lang, MSG_desk_lead, ARG("n", (int64_t)d->count));
    return T(d->rq->arena, d->rq->lang, MSG_desk_lead_late, ARG("n", (int64_t)d->count), ARG("late", (int64_t)late));
}

static enum msg sent_word(const struct q_desk_sent *a)
{
    return str_equal(a->state, S("accepted"))    ? MSG_article_state_accepted
           : str_equal(a->state, S("published")) ? MSG_article_state_published
           : str_equal(a->state, S("withdrawn")) ? MSG_article_state_withdrawn
           : a->passed_at != 0                   ? MSG_article_state_passed
                                                 : MSG_article_state_review;
}

static enum err fill_sent(struct request *rq, struct v_desk *view)
{
    struct desk d = {.rq = rq, .rows = NEW_ARRAY(rq->arena, struct v_desk_row, ROWS_MAX)};
    struct q_desk_sent_rows sent;

    TRY(q_desk_sent(rq->db, rq->who->person, &sent));
    for (size_t i = 0; i < sent.count; i++) {
        const struct q_desk_sent *a = &sent.rows[i];
        struct v_desk_row *row = add_row(&d, a->id, a->title, sent_word(a), a->state_at);
        bool is_done = str_equal(a->state, S("accepted")) || str_equal(a->state, S("published"));
        row->tag = is_done ? S("good") : str_equal(a->state, S("withdrawn")) ? S("plain") : S("warn");
        if (a->editor.len > 0)
            row->detail = T(rq->arena, rq->lang, MSG_desk_editor, ARG("who", a->editor));
    }
    view->sent = (struct v_desk_rows){d.rows, d.count};
    return OK;
}

static void desk_page(struct request *rq)
{
    struct desk d = {.rq = rq, .rows = NEW_ARRAY(rq->arena, struct v_desk_row, ROWS_MAX)};
    struct v_desk view = {.may_write = rq_may(rq, ACT_ARTICLE_WRITE)};

    if (rq_failed(rq, gather(&d)) || rq_failed(rq, fill_sent(rq, &view)))
        return;
    qsort(d.rows, d.count, sizeof *d.rows, longest_first);
    view.waiting = (struct v_desk_rows){d.rows, d.count};
    view.has_more = d.has_more;
    view.lead = lead_of(&d);
    rq_page(rq, 200, desk, &view);
}

const struct route desk_routes[] = {
    GET("/toa-soan", ACT_NEWSROOM, desk_page),
    {0},
};
