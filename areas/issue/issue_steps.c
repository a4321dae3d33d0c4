#include "access/access.h"
#include "auth/audit.h"
#include "base/clock.h"
#include "base/log.h"
#include "issue/issue_inside.h"
#include "jobs/jobs.h"

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

/* --- the way to publication ---------------------------------------------------------------------------------------- */

/* An item may go out when what stands in it is public already or carries a signature on exactly its hash. */
bool issue_item_is_ready(const struct q_issue_items *item)
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
        if (!issue_item_is_ready(&items.rows[i]))
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
    if (!issue_state_is(issue->state, from, or_from))
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

static enum err check_publishable(struct tx *tx, struct issue_id id)
{
    bool holds;

    TRY(check_ready(tx->db, id));
    TRY(issue_approval_holds(tx->db, id, &holds));
    return holds ? OK : E_CONFLICT;
}

static enum err publish(struct tx *tx, const struct q_issue_whole *issue)
{
    struct issue_step_id step_id;

    TRY(q_issue_set_published(tx, issue->id, tx->now));
    TRY(make_items_public(tx, issue->id));
    TRY(q_issue_step_add(tx, issue->id, S("published"), S(""), tx->who->person, tx->now, &step_id));
    TRY(make_editions_later(tx, issue->id));
    TRY(tell(tx, issue->id));
    return audit(tx, "issue.published", "issue", issue->id.v, issue->hash);
}

enum err issue_publish(struct tx *tx, struct issue_id id, int64_t base)
{
    struct q_issue_whole issue;

    TRY(open_for_step(tx, ACT_ISSUE_PUBLISH, id, base, "approved", "scheduled", &issue));
    TRY(check_publishable(tx, id));
    return publish(tx, &issue);
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
static enum err give_up(struct tx *tx, const struct q_issue_whole *issue)
{
    log_event(LOG_ERROR, "issue.not-published", "issue=%lld reason=changed", (long long)issue->id.v);
    return issue_void_approval(tx, issue, "not-published");
}

/* The issue is looked at again inside the transaction: meanwhile it may have been stopped, changed, or published. */
static enum err publish_scheduled(struct tx *tx, struct issue_id id)
{
    struct q_issue_whole issue;

    TRY(q_issue_whole(tx->db, id, &issue));
    if (!str_equal(issue.state, S("scheduled")) || issue.scheduled_at > tx->now)
        return OK;
    TRY(q_issue_touch(tx, id, issue.revision, tx->now));
    enum err e = check_publishable(tx, id);
    if (e == E_INVALID || e == E_CONFLICT)
        return give_up(tx, &issue);
    TRY(e);
    return publish(tx, &issue);
}

static enum err publish_one_due(struct job_context *job, const struct q_issues_due *due)
{
    int64_t late = clock_now() - due->scheduled_at;

    if (late > LATE_SECONDS)
        log_event(LOG_WARN, "issue.late", "issue=%lld seconds=%lld", (long long)due->id.v, (long long)late);
    return WRITE(job->database, job->arena, &the_program_itself, publish_scheduled(tx, due->id));
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

/* An approved issue whose content is no longer what was signed, or may no longer go out, is in the making again. */
static enum err check_approval(struct tx *tx, struct issue_id id)
{
    struct q_issue_whole issue;

    enum err e = check_publishable(tx, id);
    if (e != E_INVALID && e != E_CONFLICT)
        return e;
    TRY(q_issue_whole(tx->db, id, &issue));
    TRY(q_issue_touch(tx, id, issue.revision, tx->now));
    return issue_void_approval(tx, &issue, "article-changed");
}

static enum err check_approvals(struct tx *tx, const struct q_issues_with_article_rows *issues)
{
    for (size_t i = 0; i < issues->count; i++)
        if (issue_state_is(issues->rows[i].state, "approved", "scheduled"))
            TRY(check_approval(tx, issues->rows[i].id));
    return OK;
}

static enum err follow_public_change(struct tx *tx, struct article_id article)
{
    struct q_issues_with_article_rows issues;

    TRY(q_issues_with_article(tx->db, article, &issues));
    for (size_t i = 0; i < issues.count; i++)
        if (str_equal(issues.rows[i].state, S("published"))) {
            TRY(q_editions_hold_back(tx, issues.rows[i].id, tx->now));
            TRY(make_editions_later(tx, issues.rows[i].id));
        }
    return check_approvals(tx, &issues);
}

static enum err follow_head_change(struct tx *tx, struct article_id article)
{
    struct q_issues_with_article_rows issues;

    TRY(q_issues_with_article(tx->db, article, &issues));
    return check_approvals(tx, &issues);
}

void issue_start(void)
{
    article_on_public_change(follow_public_change);
    article_on_head_change(follow_head_change);
    job_tick("issue.publish-due", 2, issue_publish_due);
}
