/* The cover: the publication's name in white on its colour, a picture where there is one, what is inside. */
#include "press/draw.h"

/* Sets the name as large as it goes: no word may break, four lines at most. */
static struct set *set_name(struct compose *c, double width)
{
    struct type_style *style = &c->type.styles[STYLE_COVER_NAME];
    double largest = style->size;

    for (double size = largest; size > 12; size *= 0.92) {
        pango_font_description_set_size(style->font, (gint)(size * PANGO_SCALE));
        style->leading = size * 1.17;
        style->baseline = style->leading / 2 + size * 0.388;
        struct set *word = set_text(c, str_replace(c->a, c->issue->publication, S(" "), S("\u2028")),
                                    (struct set_how){STYLE_COVER_NAME, 0, 0, SET_START});
        struct set *set = set_title(c, c->issue->publication, (struct set_how){STYLE_COVER_NAME, width, 0, SET_START});
        if (set_natural_width(word) <= width && set->n_lines <= 4)
            return set;
    }
    return set_title(c, c->issue->publication, (struct set_how){STYLE_COVER_NAME, width, 0, SET_START});
}

static double line_height(const struct drawing *d, enum style style)
{
    return d->c->type.styles[style].leading;
}

static double put_text(struct drawing *d, struct str text, enum style style, double x, double y, double width)
{
    if (str_is_empty(text))
        return y;
    struct set *set = set_text(d->c, text, (struct set_how){style, width, 0, SET_START});
    cairo_tag_begin(d->cr, "P", NULL);
    draw_set(d, set, x, y);
    cairo_tag_end(d->cr, "P");
    return y + set_height(d->c, set);
}

/* The mark of a copy that is not in force stands in a frame at the top right. */
static void draw_mark(struct drawing *d, double margin)
{
    const struct type *type = &d->c->type;
    struct set *set;
    double width, high = line_height(d, STYLE_MARK) + 8;

    if (str_is_empty(d->c->issue->mark))
        return;
    set = set_text(d->c, d->c->issue->mark, (struct set_how){STYLE_MARK, 0, 0, SET_START});
    width = set_natural_width(set) + 16;
    draw_rectangle(d, (struct colour){1, 1, 1}, type->page_width - margin - width, margin * 0.5, width, high);
    draw_line(d, set, 0, type->page_width - margin - width + 8, margin * 0.5 + 4);
}

struct headline {
    struct set *set;
    int item;
};

/* Up to four titles: those for the meeting first, then in order. */
static int choose_headlines(struct compose *c, struct headline *to, double width)
{
    int n = 0;

    if (c->report->items == NULL)
        return 0;
    for (int pass = 0; pass < 2; pass++) {
        int index = 0;
        for (size_t i = 0; i < c->issue->n_sections; i++)
            for (size_t k = 0; k < c->issue->sections[i].n_items; k++, index++) {
                const struct press_item *item = &c->issue->sections[i].items[k];
                if (n < 4 && item->read_aloud == (pass == 0) && !str_is_empty(item->title))
                    to[n++] = (struct headline){
                        set_title(c, item->title, (struct set_how){STYLE_COVER_TITLE, width - 40, 0, SET_START}),
                        index};
            }
    }
    return n;
}

static double headlines_height(struct drawing *d, const struct headline *h, int n)
{
    double high = 0;

    for (int i = 0; i < n; i++)
        high += set_height(d->c, h[i].set) + line_height(d, STYLE_COVER_TITLE) * 0.55;
    return high;
}

static void draw_headlines(struct drawing *d, const struct headline *h, int n, double x, double y, double width)
{
    struct compose *c = d->c;

    for (int i = 0; i < n; i++) {
        struct str page = str_format(c->a, "%d", c->report->items[h[i].item].first);
        struct set *number = set_text(c, page, (struct set_how){STYLE_COVER_TITLE, 40, 0, SET_END});
        cairo_set_source_rgba(d->cr, 1, 1, 1, 0.45);
        cairo_rectangle(d->cr, x, y - line_height(d, STYLE_COVER_TITLE) * 0.27, width, 0.6);
        cairo_fill(d->cr);
        cairo_tag_begin(d->cr, "P", NULL);
        draw_set(d, h[i].set, x, y);
        draw_line(d, number, 0, x + width - 40, y);
        cairo_tag_end(d->cr, "P");
        draw_link(d, "dest", str_format(c->a, "item-%d", h[i].item + 1), x, y, width, set_height(c, h[i].set));
        y += set_height(c, h[i].set) + line_height(d, STYLE_COVER_TITLE) * 0.55;
    }
}

static bool cover_picture(struct compose *c, struct press_picture *p)
{
    const struct press_media *media = &c->issue->media;

    if (str_is_empty(c->issue->cover))
        return false;
    if (media->find != NULL && media->find(media->context, c->a, c->issue->cover, p) == OK)
        return true;
    compose_warn(c, PRESS_PICTURE_MISSING, -1, c->issue->cover);
    return false;
}

static void draw_foot_line(struct drawing *d, double margin, double width)
{
    const struct type *type = &d->c->type;
    double y = type->page_height - margin - line_height(d, STYLE_COVER_LINE);
    struct set *organisation =
        set_text(d->c, d->c->issue->organisation, (struct set_how){STYLE_COVER_SMALL, width * 0.55, 0, SET_END});
    struct str when = str_format(d->c->a, "%.*s · %.*s", STR_ARG(d->c->issue->label), STR_ARG(d->c->issue->date_text));

    put_text(d, when, STYLE_COVER_LINE, margin, y, width);
    draw_set(d, organisation, margin + width * 0.45,
             y + line_height(d, STYLE_COVER_LINE) - set_height(d->c, organisation));
}

void cover_draw(struct drawing *d)
{
    struct compose *c = d->c;
    const struct type *type = &c->type;
    double margin = type->page_width * 0.088, width = type->page_width - 2 * margin;
    struct headline headlines[4];
    struct press_picture picture;
    int n = choose_headlines(c, headlines, width);
    double list = headlines_height(d, headlines, n);
    double bottom = type->page_height - margin - line_height(d, STYLE_COVER_LINE) * 2.2;
    struct set *name = set_name(c, width);
    double y = margin * 1.5;

    draw_rectangle(d, type->accent, 0, 0, type->page_width, type->page_height);
    cairo_tag_begin(d->cr, "H1", NULL);
    draw_set(d, name, margin, y);
    cairo_tag_end(d->cr, "H1");
    y = put_text(d, c->issue->motto, STYLE_COVER_LINE, margin, y + set_height(c, name) + 10, width);
    y = put_text(d, c->issue->title, STYLE_COVER_TITLE, margin, y + 14, width);
    if (cover_picture(c, &picture)) {
        double top = y + margin * 0.6, high = bottom - list - margin * 0.6 - top;
        if (high > 60 && !draw_picture(d, &picture, 0, top, type->page_width, high, true))
            compose_warn(c, PRESS_PICTURE_BROKEN, -1, c->issue->cover);
    }
    draw_headlines(d, headlines, n, margin, bottom - list, width);
    draw_foot_line(d, margin, width);
    draw_mark(d, margin);
}

/* --- the cover as a picture ----------------------------------------------------------------------------------------
 */

static cairo_status_t write_some(void *closure, const unsigned char *data, unsigned n)
{
    buf_add(closure, (struct str){(const char *)data, n});
    return CAIRO_STATUS_SUCCESS;
}

static enum err draw_png(struct arena *work, const struct press_issue *issue, struct buf *out)
{
    struct press_report report = {0};
    struct compose c = {.a = work, .issue = issue, .format = PRESS_A5, .report = &report, .item = -1};
    double scale = 2;

    TRY(type_open(work, issue, PRESS_A5, &c.type));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(c.type.page_width * scale),
                                                          (int)(c.type.page_height * scale));
    struct drawing d = {.c = &c, .surface = surface, .cr = cairo_create(surface), .page = 1};
    cairo_scale(d.cr, scale, scale);
    cover_draw(&d);
    cairo_destroy(d.cr);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, write_some, out);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ? OK : E_IO;
}

enum err cover_png(struct arena *a, const struct press_issue *issue, struct str *png)
{
    struct press_issue bare = *issue;
    struct arena *work = arena_new(0);
    struct buf out = buf_in(a);

    bare.cover = STR_NONE;
    enum err e = draw_png(work, &bare, &out);
    if (e == OK)
        *png = buf_str(&out);
    arena_free(work);
    return e;
}
