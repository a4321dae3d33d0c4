/* The issue as plain text for somebody who reads it out, or a machine that does: whole sentences, nothing that only the
 * eye understands. Notes follow their paragraph; a table is read row by row. */
#include "press/press.h"

struct aloud {
    struct arena *a;
    const struct press_issue *issue;
    struct buf out, notes;
};

static void line(struct aloud *t, struct str text)
{
    if (str_is_empty(text))
        return;
    buf_add(&t->out, text);
    buf_add_char(&t->out, '\n');
}

static void gap(struct aloud *t)
{
    if (t->out.len > 1 && t->out.ptr[t->out.len - 2] != '\n')
        buf_add_char(&t->out, '\n');
}

static void inlines(struct aloud *t, struct buf *to, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        if (n->kind == BODY_TEXT)
            buf_add(to, n->text);
        else if (n->kind == BODY_BREAK)
            buf_add_char(to, ' ');
        else if (n->kind == BODY_NOTE) {
            buf_add_format(&t->notes, "(%.*s: ", STR_ARG(t->issue->words.note));
            inlines(t, &t->notes, n);
            buf_add_z(&t->notes, ")\n");
        }
    }
}

static void flush_notes(struct aloud *t)
{
    buf_add(&t->out, buf_str(&t->notes));
    t->notes.len = 0;
}

static void paragraph(struct aloud *t, const struct body_node *n, struct str mark)
{
    buf_add(&t->out, mark);
    inlines(t, &t->out, n);
    buf_add_char(&t->out, '\n');
    flush_notes(t);
}

static void cell_text(struct aloud *t, struct buf *to, const struct body_node *n)
{
    for (const struct body_node *child = n->first; child != NULL; child = child->next) {
        if (child != n->first)
            buf_add_char(to, ' ');
        if (child->kind == BODY_PARAGRAPH || child->kind == BODY_HEADING || child->kind == BODY_FIGURE)
            inlines(t, to, child);
        else
            cell_text(t, to, child);
    }
}

static void table(struct aloud *t, const struct body_node *n)
{
    for (const struct body_node *row = n->first; row != NULL; row = row->next) {
        for (const struct body_node *cell = row->first; cell != NULL; cell = cell->next) {
            cell_text(t, &t->out, cell);
            buf_add_z(&t->out, cell->next != NULL ? "; " : ".\n");
        }
    }
    flush_notes(t);
}

static void blocks(struct aloud *t, const struct body_node *parent);

static void list(struct aloud *t, const struct body_node *n)
{
    int number = n->start;

    for (const struct body_node *item = n->first; item != NULL; item = item->next, number++) {
        const struct body_node *first = item->first;
        struct str mark = n->kind == BODY_NUMBERS ? str_format(t->a, "%d. ", number) : S("- ");
        if (first != NULL && first->kind == BODY_PARAGRAPH) {
            paragraph(t, first, mark);
            first = first->next;
        }
        struct body_node rest = {.kind = BODY_DOC, .first = (struct body_node *)first};
        blocks(t, &rest);
    }
}

static void figure(struct aloud *t, const struct body_node *n)
{
    struct buf text = buf_in(t->a);

    inlines(t, &text, n);
    if (text.len == 0)
        buf_add(&text, n->alt);
    if (text.len > 0)
        line(t, str_format(t->a, "(%.*s %.*s)", STR_ARG(t->issue->words.photo), STR_ARG(buf_str(&text))));
    flush_notes(t);
}

static void block(struct aloud *t, const struct body_node *n)
{
    switch (n->kind) {
    case BODY_HEADING:
        gap(t);
        paragraph(t, n, STR_NONE);
        break;
    case BODY_PARAGRAPH:
        paragraph(t, n, STR_NONE);
        break;
    case BODY_BULLETS:
    case BODY_NUMBERS:
        list(t, n);
        break;
    case BODY_QUOTE:
    case BODY_BOX:
        blocks(t, n);
        break;
    case BODY_TABLE:
        table(t, n);
        break;
    case BODY_FIGURE:
        figure(t, n);
        break;
    default: /* sound and video are not for reading */
        return;
    }
    gap(t);
}

static void blocks(struct aloud *t, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next)
        block(t, n);
}

static void opening(struct aloud *t)
{
    const struct press_issue *issue = t->issue;

    line(t, issue->publication);
    line(t, str_is_empty(issue->date_text)
                ? issue->label
                : str_format(t->a, "%.*s, %.*s", STR_ARG(issue->label), STR_ARG(issue->date_text)));
    line(t, issue->organisation);
    line(t, issue->title);
    line(t, issue->mark);
    gap(t);
}

static void contents(struct aloud *t)
{
    int n = 0;

    line(t, t->issue->words.contents);
    for (size_t i = 0; i < t->issue->n_sections; i++)
        for (size_t k = 0; k < t->issue->sections[i].n_items; k++) {
            const struct press_item *item = &t->issue->sections[i].items[k];
            line(t, str_format(t->a, "%d. %.*s%s%.*s", ++n, STR_ARG(item->title), item->read_aloud ? " · " : "",
                               STR_ARG(item->read_aloud ? t->issue->words.read_aloud : STR_NONE)));
        }
    gap(t);
}

static void one_item(struct aloud *t, const struct press_item *item, int number)
{
    line(t, str_format(t->a, "%d. %.*s", number, STR_ARG(item->title)));
    line(t, item->authors);
    line(t, item->unit);
    gap(t);
    line(t, item->standfirst);
    gap(t);
    if (item->body != NULL)
        blocks(t, item->body);
    if (item->n_questions > 0)
        line(t, t->issue->words.questions);
    for (size_t i = 0; i < item->n_questions; i++)
        line(t, str_format(t->a, "%zu. %.*s", i + 1, STR_ARG(item->questions[i])));
    gap(t);
}

static void closing(struct aloud *t)
{
    const struct press_issue *issue = t->issue;

    line(t, issue->words.imprint);
    for (size_t i = 0; i < issue->n_imprint; i++)
        line(t, str_format(t->a, "%.*s: %.*s", STR_ARG(issue->imprint[i].label), STR_ARG(issue->imprint[i].text)));
    line(t, str_format(t->a, "%.*s · %.*s: %.*s", STR_ARG(issue->label), STR_ARG(issue->words.hash),
                       STR_ARG(issue->hash)));
}

struct str press_text(struct arena *a, const struct press_issue *issue)
{
    struct aloud t = {.a = a, .issue = issue, .out = buf_in(a), .notes = buf_in(a)};
    int number = 0;

    opening(&t);
    contents(&t);
    if (issue->editorial != NULL) {
        line(&t, issue->editorial_title);
        gap(&t);
        blocks(&t, issue->editorial);
    }
    for (size_t i = 0; i < issue->n_sections; i++) {
        if (issue->sections[i].n_items > 0)
            line(&t, issue->sections[i].name);
        gap(&t);
        for (size_t k = 0; k < issue->sections[i].n_items; k++)
            one_item(&t, &issue->sections[i].items[k], ++number);
    }
    closing(&t);
    return buf_str(&t.out);
}
