/* Two people wrote on the same revision: both texts side by side, and three ways on. Whichever is taken, the other one
 * stays in the history. */
#include "article/article_edit.h"
#include "article/article_pages.h"

/* --- the page ------------------------------------------------------------------------------------------------------ */

/* Everything that was posted, to be posted again with the choice. */
static void carry_fields(struct request *rq, const struct article_form *form, struct v_article_conflict *view)
{
    const struct http_pairs *all = &rq->http->form;
    struct v_conflict_field *fields = NEW_ARRAY(rq->arena, struct v_conflict_field, all->n + 2);
    static const char *const own[] = {"csrf", "base", "plain", "body_json", "choice", "reason", "message"};
    size_t n = 0;

    for (size_t i = 0; i < all->n; i++) {
        bool is_own = false;
        for (size_t k = 0; k < countof(own); k++)
            is_own = is_own || str_equal(all->list[i].name, str_of(own[k]));
        if (!is_own)
            fields[n++] = (struct v_conflict_field){all->list[i].name, all->list[i].value};
    }
    fields[n++] = (struct v_conflict_field){S("body_json"), form->draft.body};
    view->fields = fields;
    view->field_count = n;
}

void article_show_conflict(struct request *rq, const struct q_article_page *article, const struct article_form *form)
{
    struct v_article_conflict view = {.id = article->id, .base = form->base};
    struct q_article_page now;
    struct article_draft theirs;

    if (rq_failed(rq, q_article_page(rq->db, article->id, &now)) ||
        rq_failed(rq, article_draft_of_page(rq, &now, &theirs)))
        return;
    view.head = now.head_id;
    view.title = article_shown_title(rq, now.title);
    view.who = now.saved_by;
    view.at = now.saved_at;
    view.compared = article_compared(rq, &theirs, &form->draft);
    carry_fields(rq, form, &view);
    rq_page(rq, 409, article_conflict, &view);
}

/* --- the choice ---------------------------------------------------------------------------------------------------- */

static void add_copies(struct arena *a, struct body_node *to, const struct body_node *from)
{
    for (const struct body_node *n = from->first; n != NULL; n = n->next) {
        struct body_node *copy = body_new(a, n->kind);
        struct body_node whole = *n;
        whole.parent = whole.first = whole.last = whole.next = NULL;
        whole.text_cap = 0;
        *copy = whole;
        body_add(to, copy);
        add_copies(a, copy, n);
    }
}

static void add_heading(struct arena *a, struct body_node *doc, struct str words)
{
    struct body_node *heading = body_add(doc, body_new(a, BODY_HEADING));

    body_add_text(a, heading, words, 0, STR_NONE);
}

static void add_line(struct arena *a, struct body_node *doc, struct str words)
{
    if (words.len > 0)
        body_add_text(a, body_add(doc, body_new(a, BODY_PARAGRAPH)), words, 0, STR_NONE);
}

/* Their text, then mine under a heading of its own, for merging by hand. */
static struct str both_bodies(struct request *rq, struct str who, const struct article_draft *theirs,
                              const struct article_draft *mine)
{
    struct arena *a = rq->arena;
    struct body_node *doc = body_new(a, BODY_DOC);

    add_heading(a, doc, T(a, rq->lang, MSG_article_text_of, ARG("who", who)));
    add_copies(a, doc, article_tree(rq, theirs->body));
    add_heading(a, doc, T(a, rq->lang, MSG_article_text_of, ARG("who", rq->who->name)));
    if (!str_equal(theirs->title, mine->title))
        add_line(a, doc, mine->title);
    if (!str_equal(theirs->standfirst, mine->standfirst))
        add_line(a, doc, mine->standfirst);
    add_copies(a, doc, article_tree(rq, mine->body));
    body_tidy(a, doc);
    return body_to_json(a, doc);
}

static enum err keep_aside(struct tx *tx, const struct q_article_page *article, const struct article_form *form)
{
    struct revision_id aside;

    return article_put_aside(tx, article->id, form->base, &form->draft, &aside);
}

/* Mine over theirs, which stays the revision before it. */
static enum err take_mine(struct tx *tx, const struct q_article_page *article, const struct article_form *form,
                          struct revision_id head)
{
    struct revision_id saved;

    return article_save(tx, article->id, head, &form->draft, &saved);
}

static enum err take_both(struct tx *tx, const struct q_article_page *article, const struct article_form *form,
                          struct revision_id head, const struct article_draft *merged)
{
    struct revision_id saved;

    TRY(keep_aside(tx, article, form));
    return article_save(tx, article->id, head, merged, &saved);
}

static enum err carry_out(struct request *rq, const struct q_article_page *article, const struct article_form *form,
                          struct revision_id head, struct str choice)
{
    struct article_draft merged;

    if (str_equal(choice, S("theirs")))
        return rq_write(rq, keep_aside(tx, article, form));
    if (!str_equal(choice, S("both")))
        return rq_write(rq, take_mine(tx, article, form, head));
    TRY(article_draft_of_page(rq, article, &merged));
    merged.body = both_bodies(rq, article->saved_by, &merged, &form->draft);
    merged.note = S("");
    return rq_write(rq, take_both(tx, article, form, head, &merged));
}

/* POST …/chon-ban: `base` is what mine was made from, `head` the text it was shown beside. */
void article_save_chosen(struct request *rq)
{
    static const char *const choices[] = {"mine", "theirs", "both", NULL};
    struct q_article_page article;
    struct article_form form;

    if (!article_open_page(rq, &article))
        return;
    struct revision_id head = {form_id(rq, "head", FORM_REQUIRED)};
    struct str choice = form_choice(rq, "choice", choices, FORM_REQUIRED);
    if (!article_form_read(rq, article.body, &form)) {
        article_edit_again(rq, &article, &form);
        return;
    }
    enum err e = head.v == article.head_id.v ? carry_out(rq, &article, &form, head, choice) : E_CONFLICT;
    if (e == E_CONFLICT)
        article_show_conflict(rq, &article, &form);
    else if (!rq_failed(rq, e))
        rq_done(rq, MSG_article_saved, "/toa-soan/bai/%lld", (long long)article.id.v);
}
