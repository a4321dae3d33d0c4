#include "issue/issue.h"
#include "access/access.h"
#include "auth/audit.h"
#include "issue/issue_inside.h"
#include "text/text.h"

/* --- changing the contents ----------------------------------------------------------------------------------------- */

bool issue_state_is(struct str state, const char *a, const char *b)
{
    return str_equal(state, str_of(a)) || (b != NULL && str_equal(state, str_of(b)));
}

enum err issue_void_approval(struct tx *tx, const struct q_issue_whole *issue, const char *why)
{
    struct issue_step_id step;

    TRY(q_approval_void(tx, S("issue"), issue->id.v, str_of(why), tx->now));
    if (!issue_state_is(issue->state, "approved", "scheduled"))
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
    if (issue_state_is(issue->state, "published", "withdrawn"))
        return E_INVALID;
    TRY(q_issue_touch(tx, id, base == ISSUE_AS_IT_IS ? issue->revision : base, tx->now));
    return issue_void_approval(tx, issue, "changed");
}

static bool is_valid(const struct issue_front *front)
{
    return front->number > 0 && front->number <= ISSUE_NUMBER_MAX && front->year >= ISSUE_YEAR_LEAST &&
           front->year <= ISSUE_YEAR_MOST && front->date.len == sizeof "2026-04-01" - 1 && front->print_run >= 0;
}

static enum err set_front(struct tx *tx, struct issue_id id, const struct issue_front *front)
{
    return q_issue_set_front(tx, id, front->number, front->year, front->title, text_fold(tx->arena, front->title),
                             front->date, front->cover, front->editorial, front->licence, front->editor_name,
                             front->printer, front->print_run);
}

enum err issue_create(struct tx *tx, struct publication_id publication, const struct issue_front *front,
                      struct issue_id *id)
{
    struct issue_id made;
    struct issue_step_id step;

    TRY(permission_check(tx->who, ACT_ISSUE_MAKE, false));
    if (!is_valid(front))
        return E_INVALID;
    TRY(q_issue_add(tx, publication, front->year, front->number, front->date, tx->who->person, tx->now, &made));
    TRY(set_front(tx, made, front));
    TRY(q_issue_step_add(tx, made, S("making"), S(""), tx->who->person, tx->now, &step));
    TRY(audit(tx, "issue.created", "issue", made.v, STR_NONE));
    *id = made;
    return OK;
}

enum err issue_edit(struct tx *tx, struct issue_id id, int64_t base, const struct issue_front *front)
{
    struct q_issue_whole issue;

    TRY(open_for_change(tx, id, base, &issue));
    if (!is_valid(front))
        return E_INVALID;
    TRY(set_front(tx, id, front));
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

static bool has_article(const struct q_issue_items_rows *items, struct article_id article)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->rows[i].article_id.v == article.v)
            return true;
    return false;
}

/* Puts one article at `place` (1 is the first; 0: behind the last of its section) into the opened issue. */
static enum err add_one(struct tx *tx, const struct q_issue_whole *issue, struct article_id article,
                        struct section_id section, int64_t place, struct issue_item_id *item)
{
    struct q_issue_items_rows items;
    struct q_article_for_rules a;
    struct q_revision_whole head;

    TRY(q_issue_items(tx->db, issue->id, &items));
    TRY(q_article_for_rules(tx->db, article, &a));
    TRY(q_revision_whole(tx->db, a.head_id, &head));
    if (a.publication_id.v != issue->publication_id.v || str_equal(a.state, S("withdrawn")))
        return E_INVALID;
    if (has_article(&items, article))
        return E_CONFLICT;
    if (items.count >= ISSUE_ITEMS_MAX)
        return E_TOO_LARGE;
    if (section.v == 0)
        section = head.section_id;
    TRY(q_issue_item_add(tx, issue->id, article, section, (int64_t)items.count + 1, item));
    TRY(insert_at(tx, &items, *item, place > 0 ? (size_t)place - 1 : end_of_section(&items, section)));
    return audit(tx, "issue.article-added", "issue", issue->id.v,
                 str_format(tx->arena, "%lld", (long long)article.v));
}

enum err issue_add_article(struct tx *tx, struct issue_id id, int64_t base, struct article_id article,
                           struct section_id section)
{
    return issue_add_articles(tx, id, base, &article, 1, section);
}

enum err issue_add_articles(struct tx *tx, struct issue_id id, int64_t base, const struct article_id *articles, size_t n,
                            struct section_id section)
{
    struct q_issue_whole issue;
    struct issue_item_id item;

    TRY(open_for_change(tx, id, base, &issue));
    for (size_t i = 0; i < n; i++)
        TRY(add_one(tx, &issue, articles[i], section, 0, &item));
    return OK;
}

/* Loads an item that must be one of this issue. */
static enum err item_of(struct tx *tx, struct issue_id id, struct issue_item_id item, struct q_issue_item_one *found)
{
    TRY(q_issue_item_one(tx->db, item, found));
    return found->issue_id.v == id.v ? OK : E_NOT_FOUND;
}

/* The questions of one item (0: of the whole issue), one a line. */
struct str issue_questions_text(struct arena *a, const struct q_issue_questions_rows *all, struct issue_item_id item)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].item_id.v == item.v) {
            buf_add(&b, all->rows[i].text);
            buf_add_char(&b, '\n');
        }
    return buf_str(&b);
}

/* What is taken out is remembered with its place, mark and questions, so that it can be put back as it was. */
static enum err remember(struct tx *tx, const struct q_issue_item_one *item)
{
    struct q_issue_questions_rows questions;
    struct issue_removed_id removed;

    TRY(q_issue_questions(tx->db, item->issue_id, &questions));
    TRY(q_issue_removed_forget(tx, item->issue_id, item->article_id));
    return q_issue_removed_add(tx, item->issue_id, item->article_id, item->section_id, item->position,
                               item->is_read_aloud, issue_questions_text(tx->arena, &questions, item->id), tx->now,
                               &removed);
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
    TRY(remember(tx, &found));
    TRY(q_issue_questions_clear(tx, id, item));
    TRY(q_issue_item_remove(tx, item));
    struct issue_item_id *order = ids_without(tx, &items, item, &n);
    TRY(place_all(tx, order, n));
    return audit(tx, "issue.article-removed", "issue", id.v,
                 str_format(tx->arena, "%lld", (long long)found.article_id.v));
}

static enum err add_questions(struct tx *tx, struct issue_id id, struct issue_item_id item, const struct str *questions,
                              size_t n)
{
    struct issue_question_id added;

    TRY(q_issue_questions_clear(tx, id, item));
    for (size_t i = 0; i < n; i++)
        TRY(q_issue_question_add(tx, id, item, (int64_t)i + 1, questions[i], &added));
    return OK;
}

size_t issue_questions_of_text(struct arena *a, struct str text, struct str **questions)
{
    struct str *list = NEW_ARRAY(a, struct str, text.len + 1), line;
    size_t n = 0;

    while (text.len > 0) {
        text = str_cut(text, '\n', &line);
        line = str_trim(line);
        if (line.len > 0)
            list[n++] = line;
    }
    *questions = list;
    return n;
}

enum err issue_put_back(struct tx *tx, struct issue_id id, int64_t base, struct article_id article)
{
    struct q_issue_whole issue;
    struct q_issue_removed_one was;
    struct issue_item_id item;
    struct str *questions;

    TRY(open_for_change(tx, id, base, &issue));
    TRY(q_issue_removed_one(tx->db, id, article, &was));
    TRY(add_one(tx, &issue, article, was.section_id, was.position, &item));
    TRY(q_issue_item_set_read_aloud(tx, item, was.is_read_aloud));
    size_t n = issue_questions_of_text(tx->arena, was.questions, &questions);
    TRY(add_questions(tx, id, item, questions, n));
    return q_issue_removed_forget(tx, id, article);
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

static bool questions_fit(const struct str *questions, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (questions[i].len > ISSUE_QUESTION_MAX)
            return false;
    return n <= ISSUE_QUESTIONS_MAX;
}

enum err issue_set_questions(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item,
                             const struct str *questions, size_t n)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;

    if (!questions_fit(questions, n))
        return E_TOO_LARGE;
    TRY(open_for_change(tx, id, base, &issue));
    if (item.v != 0)
        TRY(item_of(tx, id, item, &found));
    TRY(add_questions(tx, id, item, questions, n));
    return audit(tx, "issue.questions", "issue", id.v, STR_NONE);
}

enum err issue_change_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item,
                           const struct issue_item_facts *facts)
{
    struct q_issue_whole issue;
    struct q_issue_item_one found;
    struct q_issue_items_rows items;

    if (!questions_fit(facts->questions, facts->n_questions))
        return E_TOO_LARGE;
    TRY(open_for_change(tx, id, base, &issue));
    TRY(item_of(tx, id, item, &found));
    TRY(q_issue_items(tx->db, id, &items));
    TRY(q_issue_item_set_read_aloud(tx, item, facts->is_read_aloud));
    TRY(add_questions(tx, id, item, facts->questions, facts->n_questions));
    if (facts->section.v != found.section_id.v) {
        TRY(q_issue_item_set_section(tx, item, facts->section));
        size_t at = end_of_section(&items, facts->section);
        if (at > 0 && (int64_t)at >= found.position)
            at--; /* it stands before its new place and leaves a gap there */
        TRY(insert_at(tx, &items, item, at));
    }
    return audit(tx, "issue.item-changed", "issue", id.v, str_format(tx->arena, "%lld", (long long)item.v));
}
