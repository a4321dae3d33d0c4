#include "access/access.h"
#include "issue/issue_inside.h"
#include "issue/issue_pages.h"
#include "issue/issue_render.h"
#include "site/site.h"
#include "text/date.h"

/* --- the plain sentence -------------------------------------------------------------------------------------------- */

struct counts {
    int64_t all, members, units;
};

static enum err count_items(struct request *rq, struct issue_id id, struct counts *counts)
{
    struct q_issue_items_rows items;

    TRY(q_issue_items(rq->db, id, &items));
    *counts = (struct counts){.all = (int64_t)items.count};
    for (size_t i = 0; i < items.count; i++) {
        counts->members += str_equal(items.rows[i].visibility, S("members"));
        counts->units += str_equal(items.rows[i].visibility, S("units"));
    }
    return OK;
}

/* "… ; 2 bài chỉ dành cho người đã đăng nhập; 1 bài …." */
static struct str with_narrow(struct request *rq, struct str head, const struct counts *c)
{
    struct buf b = buf_in(rq->arena);

    buf_add(&b, head);
    if (c->members > 0) {
        buf_add_z(&b, "; ");
        buf_add(&b, T(rq->arena, rq->lang, MSG_issue_sentence_members, ARG("n", c->members)));
    }
    if (c->units > 0) {
        buf_add_z(&b, "; ");
        buf_add(&b, T(rq->arena, rq->lang, MSG_issue_sentence_units, ARG("n", c->units)));
    }
    buf_add_char(&b, '.');
    return buf_str(&b);
}

static struct str when_text(struct arena *a, int64_t at)
{
    struct text_moment m = text_moment_of(at);

    return str_format(a, "%02d:%02d %.*s", m.hour, m.minute, STR_ARG(text_date_short(a, m.date)));
}

static struct str publish_sentence(struct request *rq, struct str label, const struct counts *c, int64_t at)
{
    struct str head = at == 0 ? T(rq->arena, rq->lang, MSG_issue_sentence_now, ARG("issue", label), ARG("n", c->all))
                              : T(rq->arena, rq->lang, MSG_issue_sentence_at, ARG("issue", label), ARG("n", c->all),
                                  ARG("when", when_text(rq->arena, at)));

    return with_narrow(rq, head, c);
}

/* --- what all steps share ------------------------------------------------------------------------------------------ */

static bool open_confirm(struct request *rq, enum issue_confirm kind, struct v_issue_confirm *view, struct counts *counts)
{
    static const struct {
        enum msg title;
        const char *state, *or_state;
    } kinds[] = {
        [ISSUE_CONFIRM_APPROVE] = {MSG_issue_approve, "review", NULL},
        [ISSUE_CONFIRM_PUBLISH] = {MSG_issue_publish, "approved", "scheduled"},
        [ISSUE_CONFIRM_SCHEDULE] = {MSG_issue_schedule, "approved", "scheduled"},
        [ISSUE_CONFIRM_WITHDRAW] = {MSG_issue_withdraw, "published", NULL},
    };
    struct q_issue_whole issue;

    if (!issue_load(rq, &issue))
        return false;
    if (!issue_state_is(issue.state, kinds[kind].state, kinds[kind].or_state)) {
        rq_redirect(rq, "/toa-soan/so/%lld", (long long)issue.id.v); /* somebody was quicker: the page says where it is */
        return false;
    }
    if (rq_failed(rq, count_items(rq, issue.id, counts)))
        return false;
    *view = (struct v_issue_confirm){
        .kind = kind, .title = kinds[kind].title, .id = issue.id, .label = issue_label(rq, issue.number, issue.year),
        .base = issue.revision, .date = issue.date, .time = S("06:00"),
    };
    return true;
}

static int64_t form_base(struct request *rq)
{
    return form_int(rq, "base", 1, INT64_MAX, FORM_REQUIRED);
}

/* A step that may not be taken shows the issue's page, which says why. */
static void finish(struct request *rq, enum err e, enum msg done)
{
    struct issue_id id = issue_of_path(rq);

    if (e == E_INVALID || e == E_CONFLICT)
        rq_done(rq, MSG_issue_step_refused, "/toa-soan/so/%lld", (long long)id.v);
    else if (!rq_failed(rq, e))
        rq_done(rq, done, "/toa-soan/so/%lld", (long long)id.v);
}

static bool form_is_fine(struct request *rq)
{
    if (form_ok(rq))
        return true;
    rq_fail(rq, E_INVALID);
    return false;
}

/* --- to the approver and back -------------------------------------------------------------------------------------- */

void issue_send_step(struct request *rq)
{
    int64_t base = form_base(rq);

    if (form_is_fine(rq))
        finish(rq, rq_write(rq, issue_send(tx, issue_of_path(rq), base)), MSG_issue_sent);
}

void issue_return_step(struct request *rq)
{
    int64_t base = form_base(rq);
    struct str reason = form_line(rq, "reason", 1000, FORM_REQUIRED);

    if (!form_ok(rq))
        issue_show(rq, 422);
    else
        finish(rq, rq_write(rq, issue_return(tx, issue_of_path(rq), base, reason)), MSG_issue_returned);
}

void issue_approve_page(struct request *rq)
{
    struct v_issue_confirm view;
    struct counts counts;

    if (!open_confirm(rq, ISSUE_CONFIRM_APPROVE, &view, &counts))
        return;
    view.sentence = with_narrow(
        rq, T(rq->arena, rq->lang, MSG_issue_sentence_approve, ARG("issue", view.label), ARG("n", counts.all)), &counts);
    rq_page(rq, 200, issue_confirm, &view);
}

void issue_approve_step(struct request *rq)
{
    int64_t base = form_base(rq);

    if (form_is_fine(rq))
        finish(rq, rq_write(rq, issue_approve(tx, issue_of_path(rq), base)), MSG_issue_approved);
}

/* --- out ----------------------------------------------------------------------------------------------------------- */

static void show_publish(struct request *rq, int status)
{
    struct v_issue_confirm view;
    struct counts counts;

    if (!open_confirm(rq, ISSUE_CONFIRM_PUBLISH, &view, &counts))
        return;
    view.sentence = publish_sentence(rq, view.label, &counts, 0);
    rq_page(rq, status, issue_confirm, &view);
}

void issue_publish_page(struct request *rq)
{
    show_publish(rq, 200);
}

void issue_publish_step(struct request *rq)
{
    int64_t base = form_base(rq);

    if (!form_is_fine(rq))
        return;
    enum err e = rq_write(rq, issue_publish(tx, issue_of_path(rq), base));
    if (e == OK)
        site_changed(rq);
    finish(rq, e, MSG_issue_published);
}

/* "06:00", "6h30", "6 giờ" is left to the message beside the field. */
static bool read_time(struct str text, int *hour, int *minute)
{
    struct str head, rest;
    int64_t h, m = 0;

    rest = str_cut(text, str_find_char(text, 'h', 0) != SIZE_MAX ? 'h' : ':', &head);
    if (str_to_int(str_trim(head), &h) != OK || (str_trim(rest).len > 0 && str_to_int(str_trim(rest), &m) != OK))
        return false;
    *hour = (int)h;
    *minute = (int)m;
    return h >= 0 && h < 24 && m >= 0 && m < 60;
}

/* The moment, in Vietnam's time; a message beside the field where it is none or past. */
static int64_t form_moment(struct request *rq)
{
    struct str date = form_date(rq, "date", FORM_REQUIRED), time = form_line(rq, "time", 8, FORM_REQUIRED);
    struct text_moment m = {0};
    int64_t year, month, day;

    if (time.len > 0 && !read_time(time, &m.hour, &m.minute))
        form_error(rq, "time", MSG_issue_time_unclear);
    if (str_to_int(str_sub(date, 0, 4), &year) != OK || str_to_int(str_sub(date, 5, 2), &month) != OK ||
        str_to_int(str_sub(date, 8, 2), &day) != OK)
        return 0;
    m.date = (struct text_date){(int)year, (int)month, (int)day};
    int64_t at = text_moment_utc(m);
    if (at <= rq->now)
        form_error(rq, "date", MSG_issue_time_past);
    return at;
}

static void confirm_schedule(struct request *rq, int64_t at)
{
    struct v_issue_confirm view;
    struct counts counts;
    struct text_moment m = text_moment_of(at);

    if (!open_confirm(rq, ISSUE_CONFIRM_SCHEDULE, &view, &counts))
        return;
    view.sentence = publish_sentence(rq, view.label, &counts, at);
    view.date = str_format(rq->arena, "%04d-%02d-%02d", m.date.year, m.date.month, m.date.day);
    view.time = str_format(rq->arena, "%02d:%02d", m.hour, m.minute);
    rq_page(rq, 200, issue_confirm, &view);
}

/* Asked first, done when the sentence has been seen. */
void issue_schedule_step(struct request *rq)
{
    int64_t base = form_base(rq), at = form_moment(rq);
    bool is_sure = form_checked(rq, "sure");

    if (!form_ok(rq))
        show_publish(rq, 422);
    else if (!is_sure)
        confirm_schedule(rq, at);
    else
        finish(rq, rq_write(rq, issue_schedule(tx, issue_of_path(rq), base, at)), MSG_issue_scheduled);
}

void issue_unschedule_step(struct request *rq)
{
    int64_t base = form_base(rq);

    if (form_is_fine(rq))
        finish(rq, rq_write(rq, issue_unschedule(tx, issue_of_path(rq), base)), MSG_issue_unscheduled);
}

/* --- back from the reader ------------------------------------------------------------------------------------------ */

static void show_withdraw(struct request *rq, int status)
{
    struct v_issue_confirm view;
    struct counts counts;

    if (!open_confirm(rq, ISSUE_CONFIRM_WITHDRAW, &view, &counts))
        return;
    view.sentence = T(rq->arena, rq->lang, MSG_issue_sentence_withdraw, ARG("issue", view.label));
    rq_page(rq, status, issue_confirm, &view);
}

void issue_withdraw_page(struct request *rq)
{
    show_withdraw(rq, 200);
}

void issue_withdraw_step(struct request *rq)
{
    int64_t base = form_base(rq);
    struct str reason = form_line(rq, "reason", 1000, FORM_REQUIRED);

    if (!form_ok(rq)) {
        show_withdraw(rq, 422);
        return;
    }
    enum err e = rq_write(rq, issue_withdraw(tx, issue_of_path(rq), base, reason));
    if (e == OK)
        site_changed(rq);
    finish(rq, e, MSG_issue_was_withdrawn);
}
