/* Figures and recordings. A picture never leaves its caption; a wide one may cross the columns; a missing one leaves a
 * frame of its caption's width and a warning. */
#include "press/compose.h"

enum { PICTURE_LIMIT = 20000 };

static struct figure *find_picture(struct compose *c, const struct body_node *n)
{
    struct figure *figure = NEW(c->a, struct figure);
    const struct press_media *media = &c->issue->media;
    struct press_picture p;

    figure->media = n->media;
    figure->item = c->item;
    if (media->find == NULL || media->find(media->context, c->a, n->media, &p) != OK) {
        compose_warn(c, PRESS_PICTURE_MISSING, c->item, n->media);
        return figure;
    }
    if (p.width < 1 || p.height < 1 || p.width > PICTURE_LIMIT || p.height > PICTURE_LIMIT) {
        compose_warn(c, PRESS_PICTURE_BROKEN, c->item, n->media);
        return figure;
    }
    figure->picture = p;
    figure->found = true;
    return figure;
}

/* As wide as there is room, but not above `limit` high and not blown up beyond 100 dots an inch. */
static void scale(struct figure *figure, double width, double limit)
{
    double ratio = figure->found ? (double)figure->picture.height / figure->picture.width : 0.4;
    double sharp = figure->found ? figure->picture.width * 72.0 / 100 : width;

    figure->width = width < sharp ? width : sharp;
    if (figure->width * ratio > limit)
        figure->width = limit / ratio;
    figure->height = figure->width * ratio;
}

static struct set *set_caption(struct flow *f, const struct body_node *n, double width)
{
    struct compose *c = f->c;
    struct body_node credit = {.kind = BODY_TEXT, .marks = MARK_ITALIC};
    struct body_node whole = *n;
    struct body_node *copy = NULL, **end = &copy;

    if (n->first == NULL && str_is_empty(n->credit))
        return NULL;
    for (const struct body_node *child = n->first; child != NULL; child = child->next) {
        *end = NEW(c->a, struct body_node);
        **end = *child;
        (*end)->next = NULL;
        end = &(*end)->next;
    }
    if (!str_is_empty(n->credit)) {
        credit.text = str_format(c->a, "%s%.*s %.*s", n->first != NULL ? " " : "", STR_ARG(c->issue->words.photo),
                                 STR_ARG(n->credit));
        *end = &credit;
    }
    whole.first = copy;
    return set_inline(c, &whole, (struct set_how){STYLE_CAPTION, width, 0, SET_START}, STR_NONE, f->column);
}

static bool wants_span(const struct flow *f, const struct figure *figure)
{
    double ratio = figure->found ? (double)figure->picture.width / figure->picture.height : 1;

    if (!f->may_span || !figure->found || figure->picture.width < 900)
        return false;
    return ratio > 2 || (f->fresh && ratio > 1.2);
}

static void add_figure(struct flow *f, struct figure *figure, const struct body_node *n, double width, double x,
                       bool floats)
{
    struct compose *c = f->c;
    double gap = c->type.grid * 0.5;
    struct strip strip = {
        .kind = STRIP_FIGURE, .figure = figure, .x = x, .tag = "Figure", .decor = f->decor, .before = gap};

    scale(figure, width, c->type.height * (f->may_span && floats ? 0.62 : 0.45));
    figure->caption = set_caption(f, n, width);
    strip.width = width;
    strip.block = ++c->next_block;
    strip.height = figure->height + gap + (figure->caption != NULL ? 4 + set_height(c, figure->caption) : 0);
    strip.flags = floats ? STRIP_FLOATS : 0u;
    if (figure->caption != NULL && figure->caption->n_notes > 0) {
        strip.notes = NEW_ARRAY(c->a, struct note *, (size_t)figure->caption->n_notes);
        for (int i = 0; i < figure->caption->n_notes; i++)
            strip.notes[strip.n_notes++] = figure->caption->notes[i].note;
    }
    strips_add(c, f->out, strip);
}

void flow_figure(struct flow *f, const struct body_node *n)
{
    struct figure *figure = find_picture(f->c, n);

    if (!wants_span(f, figure)) {
        add_figure(f, figure, n, f->width, f->x, f->decor == NULL && f->list_depth == 0 && f->style == STYLE_TEXT);
        return;
    }
    flow_span(f, true);
    add_figure(f, figure, n, f->c->type.width, 0, false);
    f->last->may_move = !f->fresh;
    flow_span(f, false);
}

/* Sound and video: what it is, and the item's address on the web, where it can be heard or seen; the address is short
 * enough to be typed. */
static struct body_node *recording_lines(struct compose *c, const struct body_node *n)
{
    struct str label = n->kind == BODY_SOUND ? c->issue->words.sound : c->issue->words.video;
    struct str address = str_format(c->a, "%.*s%.*s", STR_ARG(c->issue->base_url), STR_ARG(c->permalink));
    struct body_node *whole = body_new(c->a, BODY_PARAGRAPH);

    body_add_text(c->a, whole, str_format(c->a, "%.*s ", STR_ARG(label)), MARK_BOLD, STR_NONE);
    for (const struct body_node *child = n->first; child != NULL; child = child->next) {
        struct body_node *copy = NEW(c->a, struct body_node);
        *copy = *child;
        copy->next = NULL;
        body_add(whole, copy);
    }
    if (str_is_empty(c->permalink))
        return whole;
    body_add(whole, body_new(c->a, BODY_BREAK));
    size_t scheme = str_find(address, S("://"), 0);
    body_add_text(c->a, whole, scheme == SIZE_MAX ? address : str_skip(address, scheme + 3), MARK_LINK, address);
    return whole;
}

void flow_recording(struct flow *f, const struct body_node *n)
{
    struct compose *c = f->c;
    struct set_how how = {STYLE_CAPTION, f->width - 10, 0, SET_START};
    struct set *set = set_inline(c, recording_lines(c, n), how, STR_NONE, f->column);

    strips_add_space(c, f->out, c->type.grid * 0.4, STRIP_KEEP, f->decor);
    strips_add_lines(c, f->out, set,
                     (struct lines_how){.x = f->x + 10, .tag = "P", .decor = f->decor, .keep_together = true});
    strips_add_space(c, f->out, c->type.grid * 0.4, 0, f->decor);
    f->indent_next = false;
}
