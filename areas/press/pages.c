/* Columns onto pages, and runs of columns below each other. */
#include "press/columns.h"
#include <math.h>

/* An issue whose lines need more than this is refused like one of too many pages. */
#define COMPOSE_BYTES ((size_t)400 * 1024 * 1024)

static struct page *last_page(struct compose *c)
{
    return &c->pages[c->n_pages - 1];
}

void pages_put(struct compose *c, struct placed placed)
{
    struct page *page = last_page(c);

    if (page->n == page->cap) {
        int cap = page->cap * 2 + 64;
        page->v = arena_grow(c->a, page->v, sizeof *page->v * (size_t)page->cap, sizeof *page->v * (size_t)cap);
        page->cap = cap;
    }
    page->v[page->n++] = placed;
}

static void begin_page(struct compose *c)
{
    if (c->n_pages == PRESS_MAX_PAGES || arena_used(c->a) > COMPOSE_BYTES)
        longjmp(*c->too_many_pages, 1);
    if (c->n_pages == c->cap_pages) {
        int cap = c->cap_pages * 2 + 16;
        c->pages = arena_grow(c->a, c->pages, sizeof *c->pages * (size_t)c->cap_pages, sizeof *c->pages * (size_t)cap);
        c->cap_pages = cap;
    }
    c->pages[c->n_pages++] = (struct page){.running = c->running};
    c->y = 0;
}

double pages_left(const struct compose *c)
{
    return c->n_pages == 0 ? 0 : c->type.height - c->y;
}

static double column_x(const struct compose *c, int i)
{
    return i * (c->type.column + c->type.gutter);
}

/* The rule and the lines of the notes, at the foot of the region. */
static void put_notes(struct compose *c, const struct column *column, double x, double width, double foot)
{
    double leading = c->type.styles[STYLE_NOTE].leading;
    double y = foot - column->notes_height;
    struct strips strips = {0};

    if (column->n_notes == 0)
        return;
    strips_add(c, &strips, (struct strip){.kind = STRIP_RULE, .width = 50, .height = 9});
    for (int i = 0; i < column->n_notes; i++) {
        int block = ++c->next_block;
        for (int line = column->notes[i].from; line < column->notes[i].to; line++)
            strips_add(c, &strips,
                       (struct strip){.kind = STRIP_LINE,
                                      .height = leading,
                                      .set = column->notes[i].note->set,
                                      .line = line,
                                      .tag = "Note",
                                      .block = block});
    }
    for (int i = 0; i < strips.n; i++) {
        pages_put(c, (struct placed){&strips.v[i], x, y, width});
        y += strips.v[i].height;
    }
}

static void put_columns(struct compose *c, const struct column *columns, int n, double width, double high)
{
    for (int i = 0; i < n; i++) {
        double x = n == 1 ? 0 : column_x(c, i);
        for (int k = 0; k < columns[i].n; k++)
            pages_put(c, (struct placed){columns[i].v[k].strip, x, c->y + columns[i].v[k].y, width});
        put_notes(c, &columns[i], x, width, c->y + high);
    }
}

static double next_on_grid(const struct compose *c, double y)
{
    return ceil((y - 0.05) / c->type.grid) * c->type.grid;
}

static bool placed_any(const struct column *columns, int n)
{
    for (int i = 0; i < n; i++)
        if (columns[i].n > 0 || columns[i].n_notes > 0)
            return true;
    return false;
}

static void move_to_next_page(struct compose *c, struct segment *figure)
{
    struct segment **end = &c->moved;

    while (*end != NULL)
        end = &(*end)->next;
    figure->next = NULL;
    *end = figure;
}

static void join(struct compose *c, struct strips *to, const struct strips *more)
{
    for (int i = 0; i < more->n; i++)
        strips_add(c, to, more->v[i]);
}

/* A figure across the page that finds no room under the text before it goes to the top of the next page, and the text
 * runs on. */
static void move_figures(struct compose *c, struct segment *text, const struct progress *from)
{
    struct segment *figure;

    while (!text->span && (figure = text->next) != NULL && figure->may_move && figure->next != NULL &&
           !figure->next->span) {
        struct progress at = *from;
        struct column columns[4] = {0};
        double high = columns_fill(c, &text->strips, &at, c->type.columns, pages_left(c), false, columns);
        if (!column_all_placed(&text->strips, &at) ||
            next_on_grid(c, c->y + high) + strips_height(&figure->strips) <= c->type.height)
            return;
        struct segment *after = figure->next;
        join(c, &text->strips, &after->strips);
        text->next = after->next;
        move_to_next_page(c, figure);
    }
}

static void place_region(struct compose *c, struct segment *segment)
{
    const struct strips *s = &segment->strips;
    int n = segment->span ? 1 : c->type.columns;
    double width = segment->span ? c->type.width : c->type.column;
    struct progress at = {0};
    struct column columns[4] = {0};

    while (!column_all_placed(s, &at)) {
        bool fresh = c->y < 0.1;
        int before = at.next;
        move_figures(c, segment, &at);
        double high = columns_fill(c, s, &at, n, pages_left(c), fresh, columns);
        if (placed_any(columns, n)) {
            put_columns(c, columns, n, width, high);
            c->y = next_on_grid(c, c->y + high);
        } else if (fresh && at.next == before) {
            at.next++; /* only spaces were left */
        }
        if (!column_all_placed(s, &at))
            pages_new(c);
    }
}

/* A new page, headed by the figures that did not fit on the one before. */
void pages_new(struct compose *c)
{
    struct segment *moved = c->moved;

    begin_page(c);
    c->moved = NULL;
    for (; moved != NULL; moved = moved->next)
        place_region(c, moved);
}

void pages_place(struct compose *c, struct segment *segments)
{
    for (struct segment *s = segments; s != NULL; s = s->next) {
        bool below_text = s->span && s != segments && c->y > 0.1;
        if (s->strips.n == 0)
            continue;
        if (below_text)
            c->y += c->type.grid;
        place_region(c, s);
    }
    if (c->moved != NULL)
        pages_new(c);
}
