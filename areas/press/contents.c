/* The contents with the editor's word beside them, and the imprint. */
#include "press/columns.h"

static void add_text(struct compose *c, struct strips *s, struct str text, enum style style, double width,
                     double before, bool keep)
{
    if (str_is_empty(text))
        return;
    strips_add_lines(c, s, set_title(c, text, (struct set_how){style, width, 0, SET_START}),
                     (struct lines_how){.before = before, .tag = "P", .keep_together = true, .keep_with_next = keep});
}

static void add_rule(struct compose *c, struct strips *s, double width, double weight, double height)
{
    strips_add(
        c, s,
        (struct strip){.kind = STRIP_RULE, .flags = STRIP_KEEP, .width = width, .weight = weight, .height = height});
}

static struct str meta_of(struct compose *c, const struct press_item *item)
{
    struct buf b = buf_in(c->a);
    struct str parts[] = {item->authors, item->unit};

    for (size_t i = 0; i < countof(parts); i++) {
        if (str_is_empty(parts[i]))
            continue;
        buf_add_z(&b, b.len > 0 ? " · " : "");
        buf_add(&b, parts[i]);
    }
    return buf_str(&b);
}

static void add_entry(struct compose *c, struct strips *s, const struct press_item *item, int index, double width)
{
    int first;

    if (item->read_aloud)
        add_text(c, s, c->issue->words.read_aloud, STYLE_KICKER, width - 44, 0, true);
    first = s->n;
    add_text(c, s, item->title, STYLE_CONTENTS_TITLE, width - 44, 0, true);
    if (s->n > first)
        s->v[first].kind = STRIP_NUMBERED, s->v[first].item = index;
    add_text(c, s, meta_of(c, item), STYLE_CONTENTS_META, width - 44, 1, true);
    add_rule(c, s, width, 0.5, 11);
    s->v[s->n - 1].flags = 0;
}

static struct strips contents_strips(struct compose *c, double width)
{
    struct strips s = {0};
    int index = 0;

    add_text(c, &s, c->issue->words.contents, STYLE_CONTENTS, width, 0, true);
    strips_add_space(c, &s, c->type.grid * 0.4, STRIP_KEEP, NULL);
    for (size_t i = 0; i < c->issue->n_sections; i++) {
        const struct press_section *section = &c->issue->sections[i];
        if (section->n_items == 0)
            continue;
        add_text(c, &s, section->name, STYLE_SECTION, width, c->type.grid * 0.6, true);
        add_rule(c, &s, width, 1.2, 6);
        for (size_t k = 0; k < section->n_items; k++)
            add_entry(c, &s, &section->items[k], index++, width);
    }
    return s;
}

/* Strips down the pages in one column at x, beginning on the page and at the place where we are. */
static void place_down(struct compose *c, const struct strips *s, double x, double width)
{
    struct progress at = {0};
    struct column column = {0};

    for (;;) {
        column_fill(c, s, &at, pages_left(c), c->y < 0.1, &column);
        for (int k = 0; k < column.n; k++)
            pages_put(c, (struct placed){column.v[k].strip, x, c->y + column.v[k].y, width});
        c->y += column.used;
        if (column_all_placed(s, &at))
            return;
        pages_new(c);
    }
}

static struct flow editorial_flow(struct compose *c, double width, struct segment **first)
{
    struct flow f = {
        .c = c, .width = width, .column = width, .style = STYLE_TEXT, .align = width < 200 ? SET_START : SET_JUSTIFY};

    c->item = -1;
    c->next_note = 0;
    flow_span(&f, false);
    add_rule(c, f.out, width, 2, 8);
    add_text(c, f.out, c->issue->editorial_title, STYLE_BOX_TITLE, width, 0, true);
    flow_blocks(&f, c->issue->editorial);
    *first = f.first;
    return f;
}

static bool has_notes(const struct strips *s)
{
    for (int i = 0; i < s->n; i++)
        if (s->v[i].n_notes > 0)
            return true;
    return false;
}

/* The narrow column at the left of an A4 contents page: whose issue this is and, where it fits, the editor's word. */
static bool place_side(struct compose *c, double width)
{
    struct strips s = {0};
    bool fits = false;
    const struct press_issue *issue = c->issue;

    add_text(c, &s, issue->publication, STYLE_CONTENTS_TITLE, width, 0, true);
    add_text(c, &s, issue->label, STYLE_CONTENTS_META, width, 4, true);
    add_text(c, &s, issue->date_text, STYLE_CONTENTS_META, width, 0, true);
    add_text(c, &s, issue->organisation, STYLE_CONTENTS_META, width, 0, true);
    strips_add_space(c, &s, c->type.grid * 2, 0, NULL);
    if (issue->editorial != NULL) {
        struct segment *editorial;
        editorial_flow(c, width, &editorial);
        fits = strips_height(&s) + strips_height(&editorial->strips) < c->type.height && !has_notes(&editorial->strips);
        for (int i = 0; fits && i < editorial->strips.n; i++)
            strips_add(c, &s, editorial->strips.v[i]);
    }
    place_down(c, &s, 0, width);
    c->y = 0;
    return fits;
}

void contents_place(struct compose *c)
{
    bool beside = c->type.columns > 1, told = false;
    double side = beside ? c->type.width * 0.29 : 0, x = beside ? c->type.width * 0.36 : 0;

    c->item = -1;
    c->running = c->issue->words.contents;
    pages_new(c);
    if (beside)
        told = place_side(c, side);
    struct strips s = contents_strips(c, c->type.width - x);
    place_down(c, &s, x, c->type.width - x);
    if (told || c->issue->editorial == NULL)
        return;

    struct segment *editorial;
    c->running = c->issue->editorial_title;
    editorial_flow(c, c->type.column, &editorial);
    if (beside || strips_height(&editorial->strips) + 2 * c->type.grid > pages_left(c))
        pages_new(c);
    else
        c->y += c->type.grid;
    c->y = (int)(c->y / c->type.grid + 0.99) * c->type.grid;
    pages_place(c, editorial);
    c->y = c->type.height; /* the first item starts a page */
}

/* Names, licence, print run; what was approved, so that a copy can be checked. */
void imprint_place(struct compose *c)
{
    const struct press_issue *issue = c->issue;
    struct segment segment = {.span = true};
    struct strips *s = &segment.strips;
    double width = c->type.width;
    struct str hash = str_sub(issue->hash, 0, 12);

    c->item = -1;
    add_rule(c, s, width, 2, 7);
    add_text(c, s, issue->words.imprint, STYLE_SECTION, width, 0, true);
    for (size_t i = 0; i < issue->n_imprint; i++)
        add_text(c, s,
                 str_format(c->a, "%.*s: %.*s", STR_ARG(issue->imprint[i].label), STR_ARG(issue->imprint[i].text)),
                 STYLE_CONTENTS_META, width, 0, true);
    add_text(c, s,
             str_format(c->a, "%.*s · %.*s · %.*s: %.*s", STR_ARG(issue->publication), STR_ARG(issue->label),
                        STR_ARG(issue->words.hash), STR_ARG(hash)),
             STYLE_CONTENTS_META, width, 4, false);
    if (strips_height(s) + 2 * c->type.grid > pages_left(c)) {
        c->running = issue->words.imprint;
        pages_new(c);
    }
    c->y = c->type.height - strips_height(s) - 0.2;
    pages_place(c, &segment);
}
