/* The steps of an article: each a POST of its own. What is typed on the page goes with the step: it is saved first, in
 * the same transaction, so that what is sent is what was seen. Approving, publishing and withdrawing say in one plain
 * sentence what will happen before they do it. */
#include "article/article_edit.h"
#include "article/article_pages.h"

enum { WORDS_MAX = 1000 };

/* --- what was posted ----------------------------------------------------------------------------------------------- */

struct posted {
    struct q_article_page article;
    struct article_form form;
    bool has_text; /* the page could be edited: its fields came along */
    struct str words;
};

/* False: it has been answered. `words` is the field with a reason or a message. */
static bool read_posted(struct request *rq, const char *words, struct posted *p)
{
    *p = (struct posted){0};
    if (!article_open_page(rq, &p->article))
        return false;
    p->words = form_text(rq, words, WORDS_MAX, FORM_OPTIONAL);
    p->has_text = http_form(rq->http, "title").ptr != NULL;
    if (p->has_text) {
        if (article_form_read(rq, p->article.body, &p->form))
            return true;
    } else {
        p->form.base.v = form_id(rq, "base", FORM_REQUIRED);
        form_known(rq, "message");
        form_known(rq, "reason");
        if (form_ok(rq))
            return true;
    }
    article_edit_again(rq, &p->article, &p->form);
    return false;
}

/* What is wrong stands beside its field, on the page the button was on. */
static void refuse(struct request *rq, const struct posted *p, const char *field, enum msg message)
{
    struct article_form form = p->form;

    form_error(rq, field, message);
    if (!p->has_text && article_draft_of_page(rq, &p->article, &form.draft) != OK)
        form.draft.body = p->article.body;
    article_edit_again(rq, &p->article, &form);
}

static enum err save_first(struct tx *tx, const struct posted *p, struct revision_id *base)
{
    *base = p->form.base;
    if (!p->has_text)
        return OK;
    return article_save(tx, p->article.id, p->form.base, &p->form.draft, base);
}

/* After a step: the page with a word about it, or why it could not be done. */
static void answer(struct request *rq, const struct posted *p, enum err e, enum msg done)
{
    if (e == E_CONFLICT && p->has_text)
        article_show_conflict(rq, &p->article, &p->form);
    else if (e == E_INVALID)
        rq_fail_with(rq, 409, MSG_article_step_over_title, MSG_article_step_over_advice);
    else if (!rq_failed(rq, e))
        rq_done(rq, done, "/toa-soan/bai/%lld", (long long)p->article.id.v);
}

/* --- send, return, take -------------------------------------------------------------------------------------------- */

static enum err send_it(struct tx *tx, const struct posted *p)
{
    struct revision_id base;

    TRY(save_first(tx, p, &base));
    return article_send_saying(tx, p->article.id, base, p->words);
}

void article_send_step(struct request *rq)
{
    struct posted p;

    if (!read_posted(rq, "message", &p))
        return;
    if ((p.has_text ? p.form.draft.title : p.article.title).len == 0)
        refuse(rq, &p, "title", MSG_article_title_missing);
    else
        answer(rq, &p, rq_write(rq, send_it(tx, &p)), MSG_article_sent);
}

static enum err return_it(struct tx *tx, const struct posted *p)
{
    struct revision_id base;

    TRY(save_first(tx, p, &base));
    return article_return(tx, p->article.id, base, p->words);
}

void article_return_step(struct request *rq)
{
    struct posted p;

    if (!read_posted(rq, "reason", &p))
        return;
    if (p.words.len == 0)
        refuse(rq, &p, "reason", MSG_article_reason_missing);
    else
        answer(rq, &p, rq_write(rq, return_it(tx, &p)), MSG_article_returned_done);
}

static enum err take_it(struct tx *tx, const struct posted *p)
{
    struct revision_id base;

    TRY(save_first(tx, p, &base));
    return article_take(tx, p->article.id);
}

void article_take_step(struct request *rq)
{
    struct posted p;

    if (read_posted(rq, "message", &p))
        answer(rq, &p, rq_write(rq, take_it(tx, &p)), MSG_article_taken);
}

/* --- corrections --------------------------------------------------------------------------------------------------- */

void article_correct_step(struct request *rq)
{
    static const char *const kinds[] = {"typing", "fact", "addition", NULL};
    struct posted p = {0};

    if (!article_open_page(rq, &p.article))
        return;
    struct str kind = form_choice(rq, "kind", kinds, FORM_REQUIRED);
    struct str reason = form_text(rq, "correction_reason", WORDS_MAX, FORM_REQUIRED);
    bool is_shown = form_checked(rq, "is_shown");
    if (!form_ok(rq)) {
        refuse(rq, &p, "correction_reason", MSG_article_reason_missing);
        return;
    }
    enum err e = rq_write(rq, article_correct(tx, p.article.id, kind, reason, is_shown));
    answer(rq, &p, e, MSG_article_correction_opened);
}

void article_drop_step(struct request *rq)
{
    struct posted p;

    if (!read_posted(rq, "message", &p))
        return;
    enum err e = rq_write(rq, article_correct_drop(tx, p.article.id, p.form.base));
    answer(rq, &p, e, MSG_article_correction_dropped);
}

/* --- approve, publish, withdraw ------------------------------------------------------------------------------------ */

static struct str readers_words(struct request *rq, const struct q_article_page *a)
{
    return str_equal(a->visibility, S("public"))    ? msg(rq->lang, MSG_article_readers_public)
           : str_equal(a->visibility, S("members")) ? msg(rq->lang, MSG_article_readers_members)
                                                    : msg(rq->lang, MSG_article_readers_units);
}

static struct v_article_confirm confirm_view(struct request *rq, const struct q_article_page *a, const char *step)
{
    return (struct v_article_confirm){
        .id = a->id, .base = a->head_id, .title = article_shown_title(rq, a->title), .words = a->words,
        .number = a->number, .hash = str_sub(a->hash, 0, 12),
        .action = str_format(rq->arena, "/toa-soan/bai/%lld/%s", (long long)a->id.v, step),
    };
}

/* Where the last signature is, to see what was changed since. */
static void add_last_approval(struct request *rq, const struct q_article_page *a, struct v_article_confirm *view)
{
    struct q_article_approvals_rows approvals;

    if (q_article_approvals(rq->db, a->id, &approvals) != OK || approvals.count == 0 ||
        str_equal(approvals.rows[0].hash, a->hash))
        return;
    view->compare_url = str_format(rq->arena, "/toa-soan/bai/%lld/so-sanh?tu=%lld&den=%lld", (long long)a->id.v,
                                   (long long)approvals.rows[0].revision_id.v, (long long)a->head_id.v);
    view->approved_by = approvals.rows[0].person_name;
    view->approved_at = approvals.rows[0].at;
}

void article_approve_page(struct request *rq)
{
    struct q_article_page a;

    if (!article_open_page(rq, &a))
        return;
    struct v_article_confirm view = confirm_view(rq, &a, "duyet");
    bool is_correction = str_equal(a.state, S("published"));
    view.heading = is_correction ? MSG_article_approve_correction_title : MSG_article_approve_title;
    view.button = MSG_article_approve_button;
    view.sentence = is_correction ? T(rq->arena, rq->lang, MSG_article_approve_correction_sentence,
                                      ARG("title", view.title), ARG("readers", readers_words(rq, &a)))
                                  : T(rq->arena, rq->lang, MSG_article_approve_sentence, ARG("title", view.title),
                                      ARG("number", a.number), ARG("n", a.words));
    view.doc = article_tree(rq, a.body);
    view.standfirst = a.standfirst;
    view.options = article_html_options(rq, a.head_id);
    add_last_approval(rq, &a, &view);
    rq_page(rq, 200, article_confirm, &view);
}

void article_publish_page(struct request *rq)
{
    struct q_article_page a;

    if (!article_open_page(rq, &a))
        return;
    struct v_article_confirm view = confirm_view(rq, &a, "xuat-ban");
    view.heading = MSG_article_publish_title;
    view.button = MSG_article_publish_button;
    view.sentence = T(rq->arena, rq->lang, MSG_article_publish_sentence, ARG("title", view.title),
                      ARG("readers", readers_words(rq, &a)));
    rq_page(rq, 200, article_confirm, &view);
}

static void show_withdraw(struct request *rq, int status, const struct q_article_page *a)
{
    struct v_article_confirm view = confirm_view(rq, a, "rut");
    const struct form_entry *reason = form_entry_find(&rq->form, S("reason"));

    view.heading = MSG_article_withdraw_title;
    view.button = MSG_article_withdraw_button;
    view.sentence = T(rq->arena, rq->lang, MSG_article_withdraw_sentence, ARG("title", view.title));
    view.asks_reason = view.is_danger = true;
    view.reason = reason != NULL ? reason->value : S("");
    rq_page(rq, status, article_confirm, &view);
}

void article_withdraw_page(struct request *rq)
{
    struct q_article_page a;

    if (article_open_page(rq, &a))
        show_withdraw(rq, 200, &a);
}

/* The confirming page's form: only its base, and a reason. */
static bool read_confirmed(struct request *rq, struct posted *p)
{
    *p = (struct posted){0};
    if (!article_open_page(rq, &p->article))
        return false;
    p->form.base.v = form_id(rq, "base", FORM_REQUIRED);
    p->words = form_text(rq, "reason", WORDS_MAX, FORM_OPTIONAL);
    if (form_ok(rq))
        return true;
    rq_fail(rq, E_INVALID);
    return false;
}

void article_approve_step(struct request *rq)
{
    struct posted p;

    if (!read_confirmed(rq, &p))
        return;
    enum err e = rq_write(rq, article_approve(tx, p.article.id, p.form.base));
    if (e == OK)
        site_changed(rq);
    answer(rq, &p, e, MSG_article_approved);
}

void article_publish_step(struct request *rq)
{
    struct posted p;

    if (!read_confirmed(rq, &p))
        return;
    enum err e = rq_write(rq, article_publish(tx, p.article.id, p.form.base));
    if (e == OK)
        site_changed(rq);
    answer(rq, &p, e, MSG_article_published);
}

void article_withdraw_step(struct request *rq)
{
    struct posted p;

    if (!read_confirmed(rq, &p))
        return;
    if (p.words.len == 0) {
        form_error(rq, "reason", MSG_article_reason_missing);
        show_withdraw(rq, 422, &p.article);
        return;
    }
    enum err e = rq_write(rq, article_withdraw(tx, p.article.id, p.words));
    if (e == OK)
        site_changed(rq);
    answer(rq, &p, e, MSG_article_withdrawn);
}
