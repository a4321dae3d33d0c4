/* Two drafts side by side: the fields that differ, and the text by word. */
#include "article/article_pages.h"

enum { NAMED_UNITS = 2 }; /* a query each */

struct compare {
    struct request *rq;
    struct v_compared_field *fields;
    size_t count;
};

static void compare_field(struct compare *c, enum msg label, struct str left, struct str right)
{
    if (!str_equal(left, right))
        c->fields[c->count++] = (struct v_compared_field){label, left, right};
}

static struct str unit_name(struct request *rq, struct unit_id id)
{
    struct q_choice_names names;

    return q_choice_names(rq->db, (struct section_id){0}, (struct topic_id){0}, (struct genre_id){0}, id, &names) == OK
               ? names.unit
               : S("?");
}

/* "Mọi người", or the names of the units. */
struct str article_visibility_words(struct request *rq, const struct article_draft *draft)
{
    struct buf b = buf_in(rq->arena);

    if (str_equal(draft->visibility, S("public")))
        return msg(rq->lang, MSG_article_for_public);
    if (str_equal(draft->visibility, S("members")))
        return msg(rq->lang, MSG_article_for_members);
    buf_add(&b, msg(rq->lang, MSG_article_for_units));
    for (size_t i = 0; i < draft->unit_count && i < NAMED_UNITS; i++)
        buf_add_format(&b, "%s%.*s", i > 0 ? ", " : ": ", STR_ARG(unit_name(rq, draft->units[i])));
    if (draft->unit_count > NAMED_UNITS)
        buf_add_format(&b, " +%zu", draft->unit_count - NAMED_UNITS);
    return buf_str(&b);
}

static void compare_choices(struct compare *c, const struct article_draft *left, const struct article_draft *right)
{
    struct q_choice_names l = {0}, r = {0};

    if (q_choice_names(c->rq->db, left->section, left->topic, left->genre, left->unit, &l) != OK ||
        q_choice_names(c->rq->db, right->section, right->topic, right->genre, right->unit, &r) != OK)
        return;
    compare_field(c, MSG_field_section, l.section, r.section);
    compare_field(c, MSG_field_topic, l.topic, r.topic);
    compare_field(c, MSG_field_genre, l.genre, r.genre);
    compare_field(c, MSG_field_unit, l.unit, r.unit);
}

static bool same_readers(const struct article_draft *left, const struct article_draft *right)
{
    if (!str_equal(left->visibility, right->visibility) || left->unit_count != right->unit_count)
        return false;
    for (size_t i = 0; i < left->unit_count; i++)
        if (left->units[i].v != right->units[i].v)
            return false;
    return true;
}

struct v_article_compared article_compared(struct request *rq, const struct article_draft *left,
                                   const struct article_draft *right)
{
    struct compare c = {.rq = rq, .fields = NEW_ARRAY(rq->arena, struct v_compared_field, 12)};
    struct body_diff_row *rows;
    struct v_article_compared v;

    compare_field(&c, MSG_field_title, left->title, right->title);
    compare_field(&c, MSG_field_kicker, left->kicker, right->kicker);
    compare_field(&c, MSG_field_standfirst, left->standfirst, right->standfirst);
    compare_field(&c, MSG_field_authors, authors_to_lines(rq->arena, left->authors),
                  authors_to_lines(rq->arena, right->authors));
    compare_choices(&c, left, right);
    if (!same_readers(left, right))
        compare_field(&c, MSG_field_visibility, article_visibility_words(rq, left),
                      article_visibility_words(rq, right));
    v.fields = c.fields;
    v.field_count = c.count;
    v.row_count = body_diff(rq->arena, article_tree(rq, left->body), article_tree(rq, right->body), &rows);
    v.rows = rows;
    v.is_same = c.count == 0;
    for (size_t i = 0; i < v.row_count; i++)
        v.is_same = v.is_same && rows[i].kind == DIFF_SAME && !rows[i].form_changed;
    return v;
}

/* --- one side of a row, from the template -------------------------------------------------------------------------- */

static void write_span(struct html_out *out, const struct body_diff_span *span, bool is_left)
{
    const char *tag = is_left ? "del" : "ins";

    if (span->changed)
        buf_add_format(&out->buf, "<%s>", tag);
    if (span->marks & MARK_BOLD)
        buf_add_z(&out->buf, "<b>");
    if (span->marks & MARK_ITALIC)
        buf_add_z(&out->buf, "<i>");
    html_text(out, span->text);
    if (span->marks & MARK_ITALIC)
        buf_add_z(&out->buf, "</i>");
    if (span->marks & MARK_BOLD)
        buf_add_z(&out->buf, "</b>");
    if (span->changed)
        buf_add_format(&out->buf, "</%s>", tag);
}

void article_write_diff_side(struct html_out *out, const struct body_diff_row *row, bool is_left)
{
    const struct body_diff_side *side = is_left ? &row->left : &row->right;

    for (const struct body_diff_span *span = side->spans; span != NULL; span = span->next)
        write_span(out, span, is_left);
}
