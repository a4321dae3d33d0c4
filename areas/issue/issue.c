#include "issue/issue.h"
#include "access/access.h"
#include "auth/audit.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include <jansson.h>

enum { LATE_SECONDS = 120 };

/* --- whoever follows ----------------------------------------------------------------------------------------------- */

static issue_changed *follower;

void issue_on_public_change(issue_changed *follow)
{
    follower = follow;
}

static enum err tell(struct tx *tx, struct issue_id id)
{
    return follower != NULL ? follower(tx, id) : OK;
}

/* --- what is signed ------------------------------------------------------------------------------------------------ */

static void set_text(json_t *object, const char *key, struct str s)
{
    json_object_set_new(object, key, json_stringn(s.ptr != NULL ? s.ptr : "", s.len));
}

static json_t *items_json(const struct q_issue_items_rows *items)
{
    json_t *list = json_array();

    for (size_t i = 0; i < items->count; i++) {
        const struct q_issue_items *item = &items->rows[i];
        json_t *one = json_object();
        set_text(one, "article", item->hash);
        set_text(one, "section", item->section_name);
        json_object_set_new(one, "aloud", json_boolean(item->is_read_aloud));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *questions_json(const struct q_issue_questions_rows *questions, const struct q_issue_items_rows *items)
{
    json_t *list = json_array();

    for (size_t i = 0; i < questions->count; i++) {
        json_t *one = json_object();
        int64_t place = 0;
        for (size_t k = 0; k < items->count; k++)
            if (items->rows[k].id.v == questions->rows[i].item_id.v)
                place = (int64_t)k + 1;
        json_object_set_new(one, "item", json_integer(place));
        set_text(one, "text", questions->rows[i].text);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *front_json(const struct q_issue_whole *issue)
{
    json_t *front = json_object();

    set_text(front, "publication", issue->publication_name);
    json_object_set_new(front, "year", json_integer(issue->year));
    json_object_set_new(front, "number", json_integer(issue->number));
    set_text(front, "title", issue->title);
    set_text(front, "date", issue->date);
    set_text(front, "cover", issue->cover);
    set_text(front, "editorial", issue->editorial);
    set_text(front, "licence", issue->licence);
    set_text(front, "editor", issue->editor_name);
    set_text(front, "printer", issue->printer);
    json_object_set_new(front, "copies", json_integer(issue->print_run));
    return front;
}

enum err issue_hash(struct db *db, struct issue_id id, struct str *hash)
{
    struct q_issue_whole issue;
    struct q_issue_items_rows items;
    struct q_issue_questions_rows questions;

    TRY(q_issue_whole(db, id, &issue));
    TRY(q_issue_items(db, id, &items));
    TRY(q_issue_questions(db, id, &questions));

    json_t *all = json_object();
    json_object_set_new(all, "front", front_json(&issue));
    json_object_set_new(all, "items", items_json(&items));
    json_object_set_new(all, "questions", questions_json(&questions, &items));
    char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(all);
    if (text == NULL)
        abort();
    *hash = digest_of(db->arena, str_of(text));
    free(text);
    return OK;
}

enum err issue_approval_holds(struct db *db, struct issue_id id, bool *holds)
{
    struct q_approval_valid approval;
    struct str hash;

    enum err e = q_approval_valid(db, S("issue"), id.v, &approval);
    if (e == E_NOT_FOUND) {
        *holds = false;
        return OK;
    }
    TRY(e);
    TRY(issue_hash(db, id, &hash));
    *holds = str_equal(hash, approval.hash);
    return OK;
}

/* --- changing the contents ----------------------------------------------------------------------------------------- */

static bool is_one_of(struct str state, const char *a, const char *b)
{
    return str_equal(state, str_of(a)) || (b != NULL && str_equal(state, str_of(b)));
}

/* Takes the approval away, if there is one; the issue is in the making again. */
static enum err void_approval(struct tx *tx, const struct q_issue_whole *issue, const char *why)
{
    struct issue_step_id step;

    TRY(q_approval_void(tx, S("issue"), issue->id.v, str_of(why), tx->now));
    if (!is_one_of(issue->state, "approved", "scheduled"))
        return OK;
    TRY(q_issue_set_state(tx, issue->id, S("making"), S(""), 0, tx->now));
    TRY(q_issue_step_add(tx, issue->id, S("making"), str_of(why), tx->who->person, tx->now, &step));
    return audit(tx, "issue.approval-voided", "issue", issue->id.v, str_of(why));
}

/* Opens the issue for a change made from `base`. A published one changes only through its articles' corrections. */
static enum err open_for_change(struct tx *tx, struct issue_id id, int64_t base, struct q_issue_whole *issue)
{
    TRY(q_issue_whole(tx->db, id, issue));
    TRY(permission_check(tx->who, ACT_ISSUE_MAKE, false));
    if (is_one_of(issue->state, "published", "withdrawn"))
        return E_INVALID;
    TRY(q_issue_touch(tx, id, base, tx->now));
    return void_approval(tx, issue, "changed");
}

enum err issue_create(struct tx *tx, struct publication_id publication, const struct issue_front *front,
                      struct issue_id *id)
{
    struct issue_id made;
    struct issue_step_id step;

    TRY(permission_check(tx->who, ACT_ISSUE_MAKE, false));
    TRY(q_issue_add(tx, publication, front->year, front->number, front->title, front->date, front->licence,
                    front->editor_name, front->printer, front->print_run, tx->who->person, tx->now, &made));
    TRY(q_issue_set_front(tx, made, front->number, front->year, front->title, front->date, front->cover, front->editorial,
                          front->licence, front->editor_name, front->printer, front->print_run));
    TRY(q_issue_step_add(tx, made, S("making"), S(""), tx->who->person, tx->now, &step));
    TRY(audit(tx, "issue.created", "issue", made.v, STR_NONE));
    *id = made;
    return OK;
}

enum err issue_edit(struct tx *tx, struct issue_id id, int64_t base, const struct issue_front *front)
{
    struct q_issue_whole issue;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(q_issue_set_front(tx, id, front->number, front->year, front->title, front->date, front->cover, front->editorial,
                          front->licence, front->editor_name, front->printer, front->print_run));
    return audit(tx, "issue.edited", "issue", id.v, STR_NONE);
}

/* Writes the places 1, 2, 3 … for the items as they stand in `order`. */
static enum err place_all(struct tx *tx, const struct issue_item_id *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(q_issue_item_place(tx, order[i], (int64_t)i + 1));
    return OK;
}

/* The item ids without `left_out`, with room for one more. */
static struct issue_item_id *ids_without(struct tx *tx, const struct q_issue_items_rows *items,
                                         struct issue_item_id left_out, size_t *n)
{
    struct issue_item_id *ids = NEW_ARRAY(tx->arena, struct issue_item_id, items->count + 1);

    *n = 0;
    for (size_t i = 0; i < items->count; i++)
        if (items->rows[i].id.v != left_out.v)
            ids[(*n)++] = items->rows[i].id;
    return ids;
}

static enum err insert_at(struct tx *tx, const struct q_issue_items_rows *items, struct issue_item_id item, size_t at)
{
    size_t n;
    struct issue_item_id *order = ids_without(tx, items, item, &n);

    if (at > n)
        at = n;
    memmove(order + at + 1, order + at, (n - at) * sizeof *order);
    order[at] = item;
    return place_all(tx, order, n + 1);
}

/* Behind the last item of the same section; at the end where the section has none. */
static size_t end_of_section(const struct q_issue_items_rows *items, struct section_id section)
{
    size_t at = items->count;

    for (size_t i = 0; i < items->count; i++)
        if (items->rows[i].section_id.v == section.v)
            at = i + 1;
    return at;
}

enum err issue_add_article(struct tx *tx, struct issue_id id, int64_t base, struct article_id article,
                           struct section_id section)
{
    struct q_issue_whole issue;
    struct q_issue_items_rows items;
    struct q_article_for_rules a;
    struct q_revision_whole head;
    struct issue_item_id item;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(q_article_for_rules(tx->db, article, &a));
    TRY(q_revision_whole(tx->db, a.head_id, &head));
    TRY(q_issue_items(tx->db, id, &items));
    if (a.publication_id.v != issue.publication_id.v || str_equal(a.state, S("withdrawn")))
        return E_INVALID;
    if (items.count >= ISSUE_ITEMS_MAX)
        return E_TOO_LARGE;
    if (section.v == 0)
        section = head.section_id;
    TRY(q_issue_item_add(tx, id, article, section, (int64_t)items.count + 1, &item));
    TRY(insert_at(tx, &items, item, end_of_section(&items, section)));
    return audit(tx, "issue.article-added", "issue", id.v, str_format(tx->arena, "%lld", (long long)article.v));
}

/* Loads an item that must be one of this issue. */
static enum err item_of(struct tx *tx, struct issue_id id, struct issue_item_id item, struct q_issue_item_one *found)
{
    TRY(q_issue_item_one(tx->db, item, found));
    return found->issue_id.v == id.v ? OK : E_NOT_FOUND;
}

enum err issue_remove_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;
    struct q_issue_items_rows items;
    size_t n;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(item_of(tx, id, item, &found));
    TRY(q_issue_items(tx->db, id, &items));
    TRY(q_issue_questions_clear(tx, id, item));
    TRY(q_issue_item_remove(tx, item));
    struct issue_item_id *order = ids_without(tx, &items, item, &n);
    TRY(place_all(tx, order, n));
    return audit(tx, "issue.article-removed", "issue", id.v,
                 str_format(tx->arena, "%lld", (long long)found.article_id.v));
}

enum err issue_move_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item, int64_t position,
                         struct section_id section)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;
    struct q_issue_items_rows items;

    if (position < 1)
        position = 1;
    TRY(open_for_change(tx, id, base, &issue));
    TRY(item_of(tx, id, item, &found));
    TRY(q_issue_items(tx->db, id, &items));
    if (section.v != 0)
        TRY(q_issue_item_set_section(tx, item, section));
    TRY(insert_at(tx, &items, item, (size_t)position - 1));
    return audit(tx, "issue.ordered", "issue", id.v, STR_NONE);
}

enum err issue_order(struct tx *tx, struct issue_id id, int64_t base, const struct issue_item_id *order, size_t n)
{
    struct q_issue_whole issue;
    struct q_issue_items_rows items;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(q_issue_items(tx->db, id, &items));
    if (n != items.count)
        return E_INVALID;
    for (size_t i = 0; i < items.count; i++) {
        size_t times = 0;
        for (size_t k = 0; k < n; k++)
            times += order[k].v == items.rows[i].id.v;
        if (times != 1)
            return E_INVALID;
    }
    TRY(place_all(tx, order, n));
    return audit(tx, "issue.ordered", "issue", id.v, STR_NONE);
}

enum err issue_mark_read_aloud(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item, bool on)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(item_of(tx, id, item, &found));
    TRY(q_issue_item_set_read_aloud(tx, item, on));
    return audit(tx, "issue.read-aloud", "issue", id.v, on ? S("1") : S("0"));
}

enum err issue_set_questions(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item,
                             const struct str *questions, size_t n)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;
    struct issue_question_id added;

    if (n > ISSUE_QUESTIONS_MAX)
        return E_TOO_LARGE;
    TRY(open_for_change(tx, id, base, &issue));
    if (item.v != 0)
        TRY(item_of(tx, id, item, &found));
    TRY(q_issue_questions_clear(tx, id, item));
    for (size_t i = 0; i < n; i++)
        TRY(q_issue_question_add(tx, id, item, (int64_t)i + 1, questions[i], &added));
    return audit(tx, "issue.questions", "issue", id.v, STR_NONE);
}

/* --- the way to publication ---------------------------------------------------------------------------------------- */

/* An item may go out when what stands in it is public already or carries a signature on exactly its hash. */
static bool is_ready(const struct q_issue_items *item)
{
    return str_equal(item->state, S("published")) ||
           (str_equal(item->state, S("accepted")) && str_equal(item->approved_hash, item->hash));
}

enum err issue_first_unready(struct db *db, struct issue_id id, struct article_id *article)
{
    struct q_issue_items_rows items;

    TRY(q_issue_items(db, id, &items));
    *article = (struct article_id){0};
    for (size_t i = 0; i < items.count && article->v == 0; i++)
        if (!is_ready(&items.rows[i]))
            *article = items.rows[i].article_id;
    return OK;
}

static enum err check_ready(struct db *db, struct issue_id id)
{
    struct article_id unready;
    struct q_issue_items_rows items;

    TRY(issue_first_unready(db, id, &unready));
    TRY(q_issue_items(db, id, &items));
    return unready.v == 0 && items.count > 0 ? OK : E_INVALID;
}

/* Opens the issue for a step that must start from one of two states. */
static enum err open_for_step(struct tx *tx, int action, struct issue_id id, int64_t base, const char *from,
                              const char *or_from, struct q_issue_whole *issue)
{
    TRY(q_issue_whole(tx->db, id, issue));
    TRY(permission_check(tx->who, action, false));
    if (!is_one_of(issue->state, from, or_from))
        return E_INVALID;
    return q_issue_touch(tx, id, base, tx->now);
}

static enum err step(struct tx *tx, struct issue_id id, const char *state, struct str hash, int64_t scheduled_at,
                     struct str note)
{
    struct issue_step_id step_id;

    TRY(q_issue_set_state(tx, id, str_of(state), hash, scheduled_at, tx->now));
    TRY(q_issue_step_add(tx, id, str_of(state), note, tx->who->person, tx->now, &step_id));
    return audit(tx, str_format(tx->arena, "issue.%s", state).ptr, "issue", id.v, note);
}

enum err issue_send(struct tx *tx, struct issue_id id, int64_t base)
{
    struct q_issue_whole issue;

    TRY(open_for_step(tx, ACT_ISSUE_MAKE, id, base, "making", NULL, &issue));
    TRY(check_ready(tx->db, id));
    return step(tx, id, "review", S(""), 0, S(""));
}

enum err issue_return(struct tx *tx, struct issue_id id, int64_t base, struct str reason)
{
    struct q_issue_whole issue;

    if (reason.len == 0)
        return E_INVALID;
    TRY(open_for_step(tx, ACT_ISSUE_APPROVE, id, base, "review", "approved", &issue));
    TRY(q_approval_void(tx, S("issue"), id.v, S("returned"), tx->now));
    return step(tx, id, "making", S(""), 0, reason);
}

enum err issue_approve(struct tx *tx, struct issue_id id, int64_t base)
{
    struct q_issue_whole issue;
    struct approval_id approval;
    struct str hash;

    TRY(open_for_step(tx, ACT_ISSUE_APPROVE, id, base, "review", NULL, &issue));
    TRY(check_ready(tx->db, id));
    TRY(issue_hash(tx->db, id, &hash));
    TRY(q_approval_void(tx, S("issue"), id.v, S("newer"), tx->now));
    TRY(q_approval_add(tx, S("issue"), id.v, (struct revision_id){0}, hash, tx->who->person, tx->now, &approval));
    return step(tx, id, "approved", hash, 0, S(""));
}

enum err issue_schedule(struct tx *tx, struct issue_id id, int64_t base, int64_t when)
{
    struct q_issue_whole issue;

    TRY(open_for_step(tx, ACT_ISSUE_PUBLISH, id, base, "approved", "scheduled", &issue));
    if (when <= tx->now)
        return E_INVALID;
    return step(tx, id, "scheduled", issue.hash, when, S(""));
}

enum err issue_unschedule(struct tx *tx, struct issue_id id, int64_t base)
{
    struct q_issue_whole issue;

    TRY(open_for_step(tx, ACT_ISSUE_PUBLISH, id, base, "scheduled", NULL, &issue));
    return step(tx, id, "approved", issue.hash, 0, S(""));
}

static enum err make_items_public(struct tx *tx, struct issue_id id)
{
    struct q_issue_items_rows items;

    TRY(q_issue_items(tx->db, id, &items));
    for (size_t i = 0; i < items.count; i++)
        if (!str_equal(items.rows[i].state, S("published")))
            TRY(article_make_public(tx, items.rows[i].article_id, items.rows[i].revision_id));
    return OK;
}

static enum err make_editions_later(struct tx *tx, struct issue_id id)
{
    return job_later(tx, "issue.editions", str_format(tx->arena, "issue.editions:%lld", (long long)id.v),
                     str_format(tx->arena, "%lld", (long long)id.v));
}

enum err issue_publish(struct tx *tx, struct issue_id id, int64_t base)
{
    struct q_issue_whole issue;
    struct issue_step_id step_id;
    bool holds;

    TRY(open_for_step(tx, ACT_ISSUE_PUBLISH, id, base, "approved", "scheduled", &issue));
    TRY(check_ready(tx->db, id));
    TRY(issue_approval_holds(tx->db, id, &holds));
    if (!holds)
        return E_CONFLICT;
    TRY(q_issue_set_published(tx, id, tx->now));
    TRY(make_items_public(tx, id));
    TRY(q_issue_step_add(tx, id, S("published"), S(""), tx->who->person, tx->now, &step_id));
    TRY(make_editions_later(tx, id));
    TRY(tell(tx, id));
    return audit(tx, "issue.published", "issue", id.v, issue.hash);
}

enum err issue_withdraw(struct tx *tx, struct issue_id id, int64_t base, struct str reason)
{
    struct q_issue_whole issue;

    if (reason.len == 0)
        return E_INVALID;
    TRY(open_for_step(tx, ACT_ISSUE_PUBLISH, id, base, "published", NULL, &issue));
    TRY(tell(tx, id));
    return step(tx, id, "withdrawn", issue.hash, 0, reason);
}

/* --- by the clock -------------------------------------------------------------------------------------------------- */

/* What was scheduled but may no longer go out: said in the history, and the issue is in the making again. */
static enum err give_up(struct tx *tx, struct issue_id id, struct str why)
{
    struct q_issue_whole issue;

    TRY(q_issue_whole(tx->db, id, &issue));
    TRY(q_approval_void(tx, S("issue"), id.v, S("changed"), tx->now));
    TRY(q_issue_touch(tx, id, issue.revision, tx->now));
    return step(tx, id, "making", S(""), 0, why);
}

static enum err publish_one_due(struct job_context *job, const struct q_issues_due *due)
{
    struct q_issue_whole issue;
    const struct principal *program = &the_program_itself;

    TRY(q_issue_whole(job->db, due->id, &issue));
    if (clock_now() - due->scheduled_at > LATE_SECONDS)
        log_event(LOG_WARN, "issue.late", "issue=%lld seconds=%lld", (long long)due->id.v,
                  (long long)(clock_now() - due->scheduled_at));
    enum err e = WRITE(job->database, job->arena, program, issue_publish(tx, due->id, issue.revision));
    if (e != E_CONFLICT && e != E_INVALID)
        return e;
    log_event(LOG_ERROR, "issue.not-published", "issue=%lld error=%s", (long long)due->id.v, err_name(e));
    return WRITE(job->database, job->arena, program, give_up(tx, due->id, S("changed")));
}

enum err issue_publish_due(struct job_context *job)
{
    struct q_issues_due_rows due;
    enum err result = OK;

    TRY(q_issues_due(job->db, clock_now(), &due));
    for (size_t i = 0; i < due.count; i++) {
        enum err e = publish_one_due(job, &due.rows[i]);
        if (e != OK)
            result = e;
    }
    return result;
}

/* --- what follows a change of an article --------------------------------------------------------------------------- */

static enum err follow_public_change(struct tx *tx, struct article_id article)
{
    struct q_issues_with_article_rows issues;

    TRY(q_issues_with_article(tx->db, article, &issues));
    for (size_t i = 0; i < issues.count; i++)
        if (str_equal(issues.rows[i].state, S("published")))
            TRY(make_editions_later(tx, issues.rows[i].id));
    return OK;
}

static enum err follow_head_change(struct tx *tx, struct article_id article)
{
    struct q_issues_with_article_rows issues;
    struct q_issue_whole issue;

    TRY(q_issues_with_article(tx->db, article, &issues));
    for (size_t i = 0; i < issues.count; i++) {
        if (!is_one_of(issues.rows[i].state, "approved", "scheduled"))
            continue;
        TRY(q_issue_whole(tx->db, issues.rows[i].id, &issue));
        TRY(void_approval(tx, &issue, "article-changed"));
    }
    return OK;
}

void issue_start(void)
{
    article_on_public_change(follow_public_change);
    article_on_head_change(follow_head_change);
    job_tick("issue.publish-due", 2, issue_publish_due);
}
