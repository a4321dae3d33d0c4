#include "access/access.h"
#include "issue/issue_inside.h"
#include "issue/issue_pages.h"
#include "issue/issue_render.h"
#include "web/web.h"

/* What the page reads: 9 queries, whatever the number of articles. */
struct parts {
    struct q_issue_whole issue;
    struct q_issue_items_rows items;
    struct q_issue_questions_rows questions;
    struct q_issue_sections_rows sections;
    struct q_issue_steps_rows steps;
    struct q_approval_valid approval;
    struct q_issue_last_voided voided;
    bool is_approved, was_voided;
};

static enum err optional(enum err e, bool *found)
{
    *found = e == OK;
    return e == E_NOT_FOUND ? OK : e;
}

static enum err load(struct request *rq, struct parts *p)
{
    struct issue_id id = issue_of_path(rq);

    TRY(q_issue_whole(rq->db, id, &p->issue));
    TRY(q_issue_items(rq->db, id, &p->items));
    TRY(q_issue_questions(rq->db, id, &p->questions));
    TRY(q_issue_sections(rq->db, p->issue.publication_id, &p->sections));
    TRY(q_issue_steps(rq->db, id, &p->steps));
    TRY(optional(q_approval_valid(rq->db, S("issue"), id.v, &p->approval), &p->is_approved));
    return optional(q_issue_last_voided(rq->db, id.v, &p->voided), &p->was_voided);
}

/* --- the contents -------------------------------------------------------------------------------------------------- */

static struct str line_meta(struct request *rq, const struct q_issue_items *item)
{
    struct buf b = buf_in(rq->arena);

    buf_add(&b, item->section_name.len > 0 ? item->section_name : msg(rq->lang, MSG_issue_no_section));
    if (item->unit_name.len > 0)
        buf_add_format(&b, " · %.*s", STR_ARG(item->unit_name));
    buf_add_z(&b, " · ");
    buf_add(&b, T(rq->arena, rq->lang, MSG_issue_words, ARG("n", item->words)));
    return buf_str(&b);
}

static enum msg narrow_word(struct str visibility)
{
    if (str_equal(visibility, S("members")))
        return MSG_issue_for_members;
    return str_equal(visibility, S("units")) ? MSG_issue_for_units : MSG_NONE;
}

static int64_t count_questions(const struct parts *p, struct issue_item_id item)
{
    int64_t n = 0;

    for (size_t i = 0; i < p->questions.count; i++)
        n += p->questions.rows[i].item_id.v == item.v;
    return n;
}

static void fill_items(struct request *rq, const struct parts *p, struct v_issue *view)
{
    struct v_issue_line_meta *lines = NEW_ARRAY(rq->arena, struct v_issue_line_meta, p->items.count + 1);

    for (size_t i = 0; i < p->items.count; i++) {
        const struct q_issue_items *item = &p->items.rows[i];
        lines[i] = (struct v_issue_line_meta){
            .id = item->id, .article = item->article_id, .meta = line_meta(rq, item),
            .title = item->title.len > 0 ? item->title : msg(rq->lang, MSG_issue_no_title),
            .is_read_aloud = item->is_read_aloud, .is_ready = issue_item_is_ready(item),
            .questions = count_questions(p, item->id), .narrow = narrow_word(item->visibility),
        };
        if (!lines[i].is_ready && view->unready.v == 0) {
            view->unready = item->article_id;
            view->unready_title = lines[i].title;
        }
    }
    view->items.rows = lines;
    view->items.count = p->items.count;
}

/* --- what each section should hold --------------------------------------------------------------------------------- */

static struct str rule_of(struct request *rq, const struct q_issue_sections *s)
{
    if (s->min_items > 0 && s->max_items > 0)
        return T(rq->arena, rq->lang, MSG_issue_rule_both, ARG("least", s->min_items), ARG("most", s->max_items));
    if (s->min_items > 0)
        return T(rq->arena, rq->lang, MSG_issue_rule_least, ARG("n", s->min_items));
    return s->max_items > 0 ? T(rq->arena, rq->lang, MSG_issue_rule_most, ARG("n", s->max_items)) : STR_NONE;
}

static struct str fault_of(struct request *rq, const struct q_issue_sections *s, int64_t count)
{
    if (count < s->min_items)
        return T(rq->arena, rq->lang, MSG_issue_too_few, ARG("n", s->min_items - count));
    if (s->max_items > 0 && count > s->max_items)
        return T(rq->arena, rq->lang, MSG_issue_too_many, ARG("n", count - s->max_items));
    return STR_NONE;
}

static void fill_checks(struct request *rq, const struct parts *p, struct v_issue *view)
{
    struct issue_check *checks = NEW_ARRAY(rq->arena, struct issue_check, p->sections.count + 1);

    for (size_t i = 0; i < p->sections.count; i++) {
        const struct q_issue_sections *s = &p->sections.rows[i];
        int64_t count = 0;
        for (size_t k = 0; k < p->items.count; k++)
            count += p->items.rows[k].section_id.v == s->id.v;
        if (count > 0 || s->min_items > 0)
            checks[view->checks.count++] = (struct issue_check){s->name, rule_of(rq, s), fault_of(rq, s, count), count};
    }
    view->checks.rows = checks;
}

/* --- its way ------------------------------------------------------------------------------------------------------- */

static void fill_steps(struct request *rq, const struct parts *p, struct v_issue *view)
{
    static const struct {
        const char *state;
        enum msg label;
    } way[] = {
        {"making", MSG_issue_step_making}, {"review", MSG_issue_step_review}, {"approved", MSG_issue_step_approved},
        {"published", MSG_issue_step_published},
    };
    struct issue_step *steps = NEW_ARRAY(rq->arena, struct issue_step, countof(way));
    struct str state = str_equal(p->issue.state, S("scheduled")) ? S("approved") : p->issue.state;
    bool is_done = !str_equal(state, S("withdrawn"));

    for (size_t i = 0; i < countof(way); i++) {
        bool is_current = str_equal(state, str_of(way[i].state));
        if (is_current)
            is_done = false;
        steps[i] = (struct issue_step){way[i].label, is_done, is_current};
    }
    view->steps.rows = steps;
    view->steps.count = countof(way);
}

/* A reason that the program gave is a word of its own; any other is what a person wrote. */
static struct str why(struct request *rq, struct str note)
{
    static const struct {
        const char *word;
        enum msg message;
    } words[] = {
        {"changed", MSG_issue_why_changed},
        {"article-changed", MSG_issue_why_article_changed},
        {"not-published", MSG_issue_why_not_published},
    };

    for (size_t i = 0; i < countof(words); i++)
        if (str_equal(note, str_of(words[i].word)))
            return msg(rq->lang, words[i].message);
    return note;
}

static void fill_history(struct request *rq, const struct parts *p, struct v_issue *view)
{
    struct issue_past *past = NEW_ARRAY(rq->arena, struct issue_past, p->steps.count + 1);

    for (size_t i = 0; i < p->steps.count; i++) {
        const struct q_issue_steps *s = &p->steps.rows[i];
        past[i] = (struct issue_past){msg(rq->lang, issue_tag_of(s->state).label),
                                      s->person_name.len > 0 ? s->person_name : msg(rq->lang, MSG_issue_by_program),
                                      why(rq, s->note), s->at};
    }
    view->history.rows = past;
    view->history.count = p->steps.count;
}

static struct str voided_sentence(struct request *rq, const struct parts *p)
{
    struct str word = p->voided.voided_why;
    bool is_open = issue_state_is(p->issue.state, "making", "review");

    if (p->is_approved || !p->was_voided || !is_open || str_equal(word, S("returned")) || str_equal(word, S("newer")))
        return STR_NONE;
    return T(rq->arena, rq->lang, MSG_issue_voided, ARG("who", p->voided.person_name), ARG("why", why(rq, word)));
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

static struct v_issue_links previews(struct request *rq, struct issue_id id, const char *query)
{
    static const struct {
        const char *format;
        enum msg label;
    } formats[] = {
        {"pdf-a4", MSG_issue_format_a4}, {"pdf-a5", MSG_issue_format_a5}, {"epub", MSG_issue_format_epub},
        {"text", MSG_issue_format_text},
    };
    struct issue_link *links = NEW_ARRAY(rq->arena, struct issue_link, countof(formats));

    for (size_t i = 0; i < countof(formats); i++)
        links[i] = (struct issue_link){
            str_format(rq->arena, "/toa-soan/so/%lld/xem/%s%s", (long long)id.v, formats[i].format, query),
            msg(rq->lang, formats[i].label), false};
    return (struct v_issue_links){links, countof(formats)};
}

static struct str public_url(struct request *rq, const struct q_issue_whole *issue)
{
    if (issue->is_main)
        return str_format(rq->arena, "/so/%lld/%lld", (long long)issue->year, (long long)issue->number);
    return str_format(rq->arena, "/an-pham/%.*s/so/%lld/%lld", STR_ARG(issue->publication_code), (long long)issue->year,
                      (long long)issue->number);
}

static bool has_members_only(const struct parts *p)
{
    for (size_t i = 0; i < p->items.count; i++)
        if (str_equal(p->items.rows[i].visibility, S("members")))
            return true;
    return false;
}

static void fill_removed(struct request *rq, struct v_issue *view)
{
    struct article_id article = {rq_query_int(rq, "bo", 0)};
    struct q_issue_removed_one removed;

    if (article.v <= 0 || !view->may_change || q_issue_removed_one(rq->db, view->id, article, &removed) != OK)
        return;
    view->removed = article;
    view->removed_title = removed.title;
}

static struct v_issue view_of(struct request *rq, const struct parts *p)
{
    const struct q_issue_whole *issue = &p->issue;
    bool is_closed = issue_state_is(issue->state, "published", "withdrawn");
    struct v_issue view = {
        .id = issue->id, .label = issue_label(rq, issue->number, issue->year), .title = issue->title,
        .publication = issue->publication_name, .public_url = public_url(rq, issue), .base = issue->revision,
        .tag = issue_tag_of(issue->state), .state = issue->state, .date = issue_day(rq->arena, issue->date),
        .licence = issue->licence, .editor_name = issue->editor_name, .printer = issue->printer,
        .print_run = issue->print_run, .scheduled_at = issue->scheduled_at, .published_at = issue->published_at,
        .cover_url = issue_cover_url(rq, issue->cover), .approved_by = p->approval.person_name,
        .approved_at = p->approval.at, .hash = p->approval.hash, .previews = previews(rq, issue->id, ""),
        .questions = count_questions(p, (struct issue_item_id){0}), .voided = voided_sentence(rq, p),
        .may_change = !is_closed && rq_may(rq, ACT_ISSUE_MAKE), .may_send = rq_may(rq, ACT_ISSUE_MAKE),
        .may_approve = rq_may(rq, ACT_ISSUE_APPROVE), .may_publish = rq_may(rq, ACT_ISSUE_PUBLISH),
    };

    if (has_members_only(p))
        view.previews_members = previews(rq, issue->id, "?cho=thanh-vien");
    fill_items(rq, p, &view);
    fill_checks(rq, p, &view);
    fill_steps(rq, p, &view);
    fill_history(rq, p, &view);
    fill_removed(rq, &view);
    return view;
}

bool issue_load(struct request *rq, struct q_issue_whole *issue)
{
    return !rq_failed(rq, q_issue_whole(rq->db, issue_of_path(rq), issue));
}

void issue_show(struct request *rq, int status)
{
    struct parts p = {0};

    if (rq_failed(rq, load(rq, &p)))
        return;
    struct v_issue view = view_of(rq, &p);
    rq_page(rq, status, issue, &view);
}

void issue_page(struct request *rq)
{
    issue_show(rq, 200);
}
