#include "press/draw.h"
#include "press/table.h"

void draw_colour(struct drawing *d, struct colour colour)
{
    cairo_set_source_rgb(d->cr, colour.r, colour.g, colour.b);
}

void draw_rectangle(struct drawing *d, struct colour colour, double x, double y, double width, double height)
{
    draw_colour(d, colour);
    cairo_rectangle(d->cr, x, y, width, height);
    cairo_fill(d->cr);
}

/* --- structure and links ------------------------------------------------------------------------------------------ */

/* Cairo 1.16 loses the text of an element that has others inside: links wait until it is closed. */
static void emit_links(struct drawing *d)
{
    for (int i = 0; i < d->n_links; i++) {
        cairo_tag_begin(d->cr, CAIRO_TAG_LINK, d->links[i]);
        cairo_tag_end(d->cr, CAIRO_TAG_LINK);
    }
    d->n_links = 0;
}

static void close_element(struct drawing *d)
{
    if (d->tag != NULL)
        cairo_tag_end(d->cr, d->tag);
    d->tag = NULL;
    emit_links(d);
}

static void open_element(struct drawing *d, const char *tag, int block)
{
    if (d->tag != NULL && d->block == block)
        return;
    close_element(d);
    if (tag == NULL)
        return;
    cairo_tag_begin(d->cr, tag, NULL);
    d->tag = tag, d->block = block;
}

/* Attribute values stand in quotes, with \ before what would end them. */
static struct str quoted(struct arena *a, struct str s)
{
    return str_replace(a, str_replace(a, s, S("\\"), S("\\\\")), S("'"), S("\\'"));
}

void draw_link(struct drawing *d, const char *what, struct str target, double x, double y, double width, double height)
{
    struct str value = quoted(d->c->a, target);
    /* Whole points: a number with a fraction would have the locale's comma. */
    struct str attributes = str_format(d->c->a, "rect=[%d %d %d %d] %s='%.*s'", (int)x, (int)y, (int)(width + 1),
                                       (int)(height + 1), what, STR_ARG(value));

    if (d->n_links == d->cap_links) {
        int cap = d->cap_links * 2 + 32;
        d->links =
            arena_grow(d->c->a, d->links, sizeof *d->links * (size_t)d->cap_links, sizeof *d->links * (size_t)cap);
        d->cap_links = cap;
    }
    d->links[d->n_links++] = str_z(d->c->a, attributes);
}

static struct str absolute(struct drawing *d, struct str href)
{
    if (!str_starts(href, S("/")))
        return href;
    return str_format(d->c->a, "%.*s%.*s", STR_ARG(d->c->issue->base_url), STR_ARG(href));
}

/* The part of each link that stands on this line. */
static void draw_links(struct drawing *d, struct set *set, int line, PangoLayoutLine *shaped, double x, double y)
{
    for (int i = 0; i < set->n_links; i++) {
        const struct set_link *link = &set->links[i];
        const struct set_line *l = &set->lines[line];
        int from = link->from > l->from ? link->from : l->from, to = link->to < l->to ? link->to : l->to;
        int left, right;
        if (from >= to)
            continue;
        pango_layout_line_index_to_x(shaped, from, FALSE, &left);
        pango_layout_line_index_to_x(shaped, to, FALSE, &right);
        draw_link(d, "uri", absolute(d, link->href), x + left / (double)PANGO_SCALE, y,
                  (right - left) / (double)PANGO_SCALE, d->c->type.styles[set->how.style].leading);
    }
}

/* --- strips ------------------------------------------------------------------------------------------------------- */

void draw_line(struct drawing *d, struct set *set, int line, double x, double y)
{
    const struct type_style *style = &d->c->type.styles[set->how.style];
    PangoLayoutLine *shaped = set_line_of(d->c, set, line);

    x += set->lines[line].x;
    draw_colour(d, style->colour);
    cairo_move_to(d->cr, x, y + style->baseline);
    pango_cairo_show_layout_line(d->cr, shaped);
    if (set->n_links > 0)
        draw_links(d, set, line, shaped, x, y);
}

void draw_set(struct drawing *d, struct set *set, double x, double y)
{
    for (int i = 0; i < set->n_lines; i++)
        draw_line(d, set, i, x, y + i * d->c->type.styles[set->how.style].leading);
}

static void draw_figure(struct drawing *d, const struct strip *strip, double x, double y)
{
    struct figure *figure = strip->figure;
    double top = y + d->c->type.grid * 0.15;

    if (figure->found && !draw_picture(d, &figure->picture, x, top, figure->width, figure->height, false)) {
        compose_warn(d->c, PRESS_PICTURE_BROKEN, figure->item, figure->media);
        figure->found = false;
    }
    if (!figure->found) {
        struct set *label =
            set_text(d->c, d->c->issue->words.missing, (struct set_how){STYLE_CAPTION, figure->width, 0, SET_CENTER});
        draw_rectangle(d, (struct colour){0.94, 0.93, 0.91}, x, top, figure->width, figure->height);
        draw_set(d, label, x, top + figure->height / 2 - 5);
    }
    if (figure->caption != NULL)
        draw_set(d, figure->caption, x, top + figure->height + 4);
}

static void draw_rule(struct drawing *d, const struct strip *strip, double x, double y)
{
    bool heavy = strip->weight > 1;
    double weight = strip->weight > 0 ? strip->weight : 0.5;

    draw_rectangle(d, heavy ? d->c->type.accent : d->c->type.hairline, x, y + (heavy ? 0 : strip->height / 2),
                   strip->width, weight);
}

/* A line of the contents: the title at the left, the page at the right, both leading there. */
static void draw_numbered(struct drawing *d, const struct strip *strip, double x, double y, double width)
{
    struct compose *c = d->c;
    const struct press_place *place = &c->report->items[strip->item];
    struct str number = str_format(c->a, "%d", place->first);
    struct set *set = set_text(c, number, (struct set_how){STYLE_CONTENTS_TITLE, 40, 0, SET_END});

    draw_line(d, strip->set, strip->line, x, y);
    draw_line(d, set, 0, x + width - 40, y);
    draw_link(d, "dest", str_format(c->a, "item-%d", strip->item + 1), x, y, width, strip->height);
}

void draw_strip(struct drawing *d, const struct strip *strip, double x, double y, double width)
{
    switch (strip->kind) {
    case STRIP_LINE:
        if (strip->marker != NULL)
            draw_line(d, strip->marker, 0, x - strip->x + strip->marker_x, y);
        draw_line(d, strip->set, strip->line, x, y);
        break;
    case STRIP_NUMBERED:
        draw_numbered(d, strip, x, y, width);
        break;
    case STRIP_FIGURE:
        draw_figure(d, strip, x, y);
        break;
    case STRIP_RULE:
        draw_rule(d, strip, x, y);
        break;
    case STRIP_TABLE:
    case STRIP_SPACE:
        break;
    }
}

/* --- what stands behind strips ------------------------------------------------------------------------------------ */

static void draw_decor(struct drawing *d, const struct decor *decor, double x, double from, double to)
{
    const struct type *type = &d->c->type;

    if (decor->kind == DECOR_BOX) {
        draw_rectangle(d, type->tint, x + decor->x, from, decor->width, to - from);
        draw_rectangle(d, type->accent, x + decor->x, from, 2, to - from);
        return;
    }
    draw_rectangle(d, type->accent, x + decor->x + 2, from + 2, 1.2, to - from - 3);
}

/* Strips of one box that follow each other in a column stand on one tint. */
static void draw_decors(struct drawing *d, const struct page *page)
{
    int i = 0;

    while (i < page->n) {
        const struct placed *first = &page->v[i];
        const struct decor *decor = first->strip->decor;
        double from = first->y, end = first->y + first->strip->height;
        for (i++; i < page->n && page->v[i].strip->decor == decor && page->v[i].x == first->x; i++)
            end = page->v[i].y + page->v[i].strip->height;
        if (decor == NULL)
            continue;
        /* Where a box is cut, its tint still stands a little clear of the text. */
        if (decor->kind == DECOR_BOX && first->strip->kind != STRIP_SPACE)
            from -= 4;
        if (decor->kind == DECOR_BOX && page->v[i - 1].strip->kind != STRIP_SPACE)
            end += 4;
        draw_decor(d, decor, d->left + first->x, d->c->type.top + from, d->c->type.top + end);
    }
}

/* --- pages -------------------------------------------------------------------------------------------------------- */

static void draw_running(struct drawing *d, const struct page *page)
{
    struct compose *c = d->c;
    const struct type *type = &c->type;
    const struct press_issue *issue = c->issue;
    bool right = d->page % 2 == 1;
    double y = type->top - 30;
    struct str name = str_format(c->a, "%.*s · %.*s", STR_ARG(issue->publication), STR_ARG(issue->label));
    struct str text = right ? page->running : name;
    struct set *set;

    if (str_is_empty(text))
        text = name;
    set = set_text(c, text, (struct set_how){STYLE_RUNNING, type->width, 0, right ? SET_END : SET_START});
    draw_line(d, set, 0, d->left, y);
    draw_rectangle(d, type->hairline, d->left, y + 14, type->width, 0.5);
}

static void draw_foot(struct drawing *d)
{
    struct compose *c = d->c;
    const struct type *type = &c->type;
    bool right = d->page % 2 == 1;
    double y = type->top + type->height + 16;
    struct str number = str_format(c->a, "%d", d->page);

    draw_line(d, set_text(c, number, (struct set_how){STYLE_FOLIO, type->width, 0, right ? SET_END : SET_START}), 0,
              d->left, y);
    if (!str_is_empty(c->issue->mark))
        draw_line(d, set_text(c, c->issue->mark, (struct set_how){STYLE_MARK, type->width, 0, SET_CENTER}), 0, d->left,
                  y);
}

/* Where links to an item lead. */
static void mark_start(struct drawing *d, const struct strip *strip)
{
    if (strip->item == 0 || strip->kind == STRIP_NUMBERED)
        return;
    close_element(d);
    cairo_tag_begin(d->cr, CAIRO_TAG_DEST, str_z(d->c->a, str_format(d->c->a, "name='item-%d'", strip->item)));
    cairo_tag_end(d->cr, CAIRO_TAG_DEST);
}

/* Slices of a table that follow each other are drawn through one window. */
static int draw_slices(struct drawing *d, const struct page *page, int i)
{
    const struct placed *first = &page->v[i];
    double to = first->strip->to;

    for (i++; i < page->n; i++) {
        const struct placed *next = &page->v[i];
        if (next->strip->kind != STRIP_TABLE || next->strip->table != first->strip->table || next->x != first->x ||
            next->strip->from > to + 0.01 || next->strip->from < to - 0.01)
            break;
        to = next->strip->to;
    }
    draw_table(d, first->strip->table, d->left + first->x + first->strip->x, d->c->type.top + first->y,
               first->strip->from, to);
    return i;
}

static void draw_page(struct drawing *d, const struct page *page)
{
    int i = 0;

    d->left = d->page % 2 == 1 ? d->c->type.inner : d->c->type.outer;
    draw_running(d, page);
    draw_decors(d, page);
    while (i < page->n) {
        const struct placed *p = &page->v[i];
        double y = d->c->type.top + p->y;
        mark_start(d, p->strip);
        open_element(d, p->strip->tag, p->strip->block);
        if (p->strip->kind == STRIP_TABLE) {
            i = draw_slices(d, page, i);
            continue;
        }
        draw_strip(d, p->strip, d->left + p->x + p->strip->x, y, p->width - p->strip->x);
        i++;
    }
    close_element(d);
    draw_foot(d);
}

void draw_pages(struct drawing *d)
{
    cairo_tag_begin(d->cr, "Document", NULL);
    for (d->page = 1; d->page <= d->c->n_pages; d->page++) {
        const struct page *page = &d->c->pages[d->page - 1];
        if (page->bare)
            cover_draw(d);
        else
            draw_page(d, page);
        emit_links(d);
        if (d->page < d->c->n_pages)
            cairo_surface_show_page(d->surface);
    }
    cairo_tag_end(d->cr, "Document");
    cairo_surface_show_page(d->surface);
}
