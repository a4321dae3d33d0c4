/* The article's tree becomes strips, block by block. */
#include "press/compose.h"

static double leading(const struct flow *f)
{
    return f->c->type.styles[f->style].leading;
}

struct strips *flow_span(struct flow *f, bool span)
{
    struct segment *s = NEW(f->c->a, struct segment);

    s->span = span;
    if (f->last != NULL)
        f->last->next = s;
    else
        f->first = s;
    f->last = s;
    f->out = &s->strips;
    return f->out;
}

static void flow_block(struct flow *f, const struct body_node *n);

static void flow_heading(struct flow *f, const struct body_node *n)
{
    enum style style = n->level <= 2 ? STYLE_HEADING_2 : n->level == 3 ? STYLE_HEADING_3 : STYLE_HEADING_4;
    static const char *const tags[] = {"H2", "H3", "H4"};
    struct set *set = set_inline(f->c, n, (struct set_how){style, f->width, 0, SET_START}, STR_NONE, f->column);

    strips_add_lines(f->c, f->out, set,
                     (struct lines_how){.before = f->fresh ? 0 : f->c->type.grid,
                                        .x = f->x,
                                        .tag = tags[n->level <= 2   ? 0
                                                    : n->level == 3 ? 1
                                                                    : 2],
                                        .decor = f->decor,
                                        .keep_together = true,
                                        .keep_with_next = true});
    f->indent_next = false;
}

static enum set_align align_of(const struct flow *f, const struct body_node *n)
{
    if (n->align == ALIGN_CENTER)
        return SET_CENTER;
    return n->align == ALIGN_END ? SET_END : f->align;
}

static void flow_paragraph(struct flow *f, const struct body_node *n, struct set *marker, double marker_x)
{
    enum set_align align = align_of(f, n);
    bool indent = f->indent_next && marker == NULL && f->list_depth == 0 && align == SET_JUSTIFY;
    struct set_how how = {f->style, f->width, indent ? 1.3 * f->c->type.styles[f->style].size : 0, align};
    struct set *set = set_inline(f->c, n, how, STR_NONE, f->column);

    /* Whoever said it stays with what was said. */
    if (align == SET_END && f->out->n > 0 && f->decor != NULL)
        f->out->v[f->out->n - 1].flags |= STRIP_KEEP;
    strips_add_lines(f->c, f->out, set,
                     (struct lines_how){.x = f->x,
                                        .tag = "P",
                                        .decor = f->decor,
                                        .on_grid = f->style == STYLE_TEXT || f->style == STYLE_QUOTE,
                                        .keep_with_next = str_ends(set->text, S(":")),
                                        .marker = marker,
                                        .marker_x = marker_x});
    f->indent_next = true;
}

/* The first paragraph of an item carries its mark; whatever else stands in it follows below. */
static void flow_item(struct flow *f, const struct body_node *item, struct set *marker, double marker_x)
{
    const struct body_node *n = item->first;

    if (n != NULL && n->kind == BODY_PARAGRAPH) {
        flow_paragraph(f, n, marker, marker_x);
        n = n->next;
    }
    for (; n != NULL; n = n->next)
        flow_block(f, n);
}

static void flow_list(struct flow *f, const struct body_node *list)
{
    struct flow outer = *f;
    double size = f->c->type.styles[f->style].size;
    double in = list->kind == BODY_NUMBERS ? size * 1.75 : size * 1.25;
    int number = list->start;

    if (in > f->width / 4)
        in = f->width / 4;
    f->x += in, f->width -= in, f->list_depth++;
    if (f->align == SET_JUSTIFY && f->width < 18 * size)
        f->align = SET_START;
    for (const struct body_node *item = list->first; item != NULL; item = item->next, number++) {
        struct str mark = list->kind == BODY_NUMBERS ? str_format(f->c->a, "%d.", number)
                          : f->list_depth == 1       ? S("•")
                                                     : S("–");
        flow_item(f, item, set_text(f->c, mark, (struct set_how){f->style, 0, 0, SET_START}), outer.x);
    }
    f->x = outer.x, f->width = outer.width, f->list_depth = outer.list_depth, f->align = outer.align;
}

static void flow_quote(struct flow *f, const struct body_node *n)
{
    struct flow outer = *f;
    double in = leading(f);
    struct decor *decor = f->decor;

    if (decor == NULL) {
        decor = NEW(f->c->a, struct decor);
        *decor = (struct decor){DECOR_QUOTE, f->x, f->width};
    }
    strips_add_space(f->c, f->out, leading(f) / 2, 0, f->decor);
    f->x += in, f->width -= in, f->decor = decor, f->indent_next = false;
    if (f->style == STYLE_TEXT)
        f->style = STYLE_QUOTE;
    flow_blocks(f, n);
    f->x = outer.x, f->width = outer.width, f->decor = outer.decor, f->style = outer.style;
    strips_add_space(f->c, f->out, leading(f) / 2, 0, f->decor);
    f->indent_next = false;
}

/* Opens a tinted box in the flow; flow_box_end closes it. */
static struct flow box_begin(struct flow *f)
{
    struct flow outer = *f;
    double pad = 9;
    struct decor *decor = NEW(f->c->a, struct decor);

    *decor = (struct decor){DECOR_BOX, f->x, f->width};
    strips_add_space(f->c, f->out, leading(f) * 0.5, 0, NULL);
    strips_add_space(f->c, f->out, leading(f) * 0.5, STRIP_KEEP, decor);
    f->x += pad, f->width -= 2 * pad, f->decor = decor;
    f->indent_next = false, f->may_span = false, f->fresh = true;
    return outer;
}

static void box_end(struct flow *f, struct flow outer)
{
    if (f->out->n > 0)
        f->out->v[f->out->n - 1].flags |= STRIP_KEEP;
    strips_add_space(f->c, f->out, leading(f) * 0.5, 0, f->decor);
    f->x = outer.x, f->width = outer.width, f->decor = outer.decor, f->may_span = outer.may_span, f->fresh = false;
    strips_add_space(f->c, f->out, leading(f) * 0.5, 0, NULL);
    f->indent_next = false;
}

static void flow_box(struct flow *f, const struct body_node *n)
{
    struct flow outer = box_begin(f);

    flow_blocks(f, n);
    box_end(f, outer);
}

void flow_questions(struct flow *f, const struct press_item *item)
{
    struct flow outer;
    double size = f->c->type.styles[f->style].size;

    if (item->n_questions == 0)
        return;
    outer = box_begin(f);
    strips_add_lines(
        f->c, f->out,
        set_text(f->c, f->c->issue->words.questions, (struct set_how){STYLE_BOX_TITLE, f->width, 0, SET_START}),
        (struct lines_how){.x = f->x, .tag = "H2", .decor = f->decor, .keep_together = true, .keep_with_next = true});
    f->x += size * 1.75, f->width -= size * 1.75;
    for (size_t i = 0; i < item->n_questions; i++)
        strips_add_lines(f->c, f->out,
                         set_text(f->c, item->questions[i], (struct set_how){f->style, f->width, 0, SET_START}),
                         (struct lines_how){.x = f->x,
                                            .tag = "P",
                                            .decor = f->decor,
                                            .on_grid = true,
                                            .keep_together = true,
                                            .keep_with_next = true,
                                            .marker = set_text(f->c, str_format(f->c->a, "%zu.", i + 1),
                                                               (struct set_how){f->style, 0, 0, SET_START}),
                                            .marker_x = f->x - size * 1.75});
    box_end(f, outer);
}

static void flow_block(struct flow *f, const struct body_node *n)
{
    switch (n->kind) {
    case BODY_HEADING:
        return flow_heading(f, n);
    case BODY_PARAGRAPH:
        return flow_paragraph(f, n, NULL, 0);
    case BODY_BULLETS:
    case BODY_NUMBERS:
        return flow_list(f, n);
    case BODY_QUOTE:
        return flow_quote(f, n);
    case BODY_BOX:
        return flow_box(f, n);
    case BODY_TABLE:
        return flow_table(f, n);
    case BODY_FIGURE:
        return flow_figure(f, n);
    case BODY_SOUND:
    case BODY_VIDEO:
        return flow_recording(f, n);
    default:
        return;
    }
}

void flow_blocks(struct flow *f, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        flow_block(f, n);
        f->fresh = false;
    }
}
