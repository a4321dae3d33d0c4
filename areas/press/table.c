#include "press/table.h"

enum { THRIFTY_CELLS = 3000, COLUMNS_LIMIT = 1000 };

/* --- the grid of cells ------------------------------------------------------------------------------------------ */

static int clip_span(int at, int span, int limit)
{
    return at + span > limit ? limit - at : span;
}

/* Puts a row's cells into the columns that no cell from above still takes. */
static void place_row(struct table *t, const struct body_node *row, int r, int *taken_until)
{
    int column = 0;

    for (const struct body_node *n = row->first; n != NULL; n = n->next) {
        while (column < t->n_columns && taken_until[column] > r)
            column++;
        if (column == t->n_columns)
            return;
        struct table_cell *cell = &t->cells[t->n_cells++];
        *cell = (struct table_cell){.row = r,
                                    .column = column,
                                    .rows = clip_span(r, n->rowspan < 1 ? 1 : n->rowspan, t->n_rows),
                                    .columns = clip_span(column, n->colspan < 1 ? 1 : n->colspan, t->n_columns),
                                    .header = n->header,
                                    .node = n};
        for (int k = 0; k < cell->columns; k++)
            taken_until[column + k] = r + cell->rows;
        column += cell->columns;
    }
}

/* There are as many columns as the cells take, those that reach down from above included. */
static void build_grid(struct compose *c, struct table *t, const struct body_node *n)
{
    int r = 0, cells = 0;

    for (const struct body_node *row = n->first; row != NULL; row = row->next, t->n_rows++)
        for (const struct body_node *cell = row->first; cell != NULL; cell = cell->next)
            cells++;
    t->n_columns = COLUMNS_LIMIT;
    t->cells = NEW_ARRAY(c->a, struct table_cell, (size_t)cells + 1);
    t->first_cell = NEW_ARRAY(c->a, int, (size_t)t->n_rows + 1);
    t->cover = NEW_ARRAY(c->a, int, (size_t)t->n_rows + 1);
    t->y = NEW_ARRAY(c->a, double, (size_t)t->n_rows + 1);

    int *taken_until = NEW_ARRAY(c->a, int, (size_t)t->n_columns);
    for (const struct body_node *row = n->first; row != NULL; row = row->next, r++) {
        t->first_cell[r] = t->n_cells;
        place_row(t, row, r, taken_until);
    }
    t->first_cell[r] = t->n_cells;
    t->n_columns = 1;
    for (int i = 0; i < t->n_cells; i++)
        if (t->cells[i].column + t->cells[i].columns > t->n_columns)
            t->n_columns = t->cells[i].column + t->cells[i].columns;
    t->x = NEW_ARRAY(c->a, double, (size_t)t->n_columns + 1);
}

static void find_cover(struct table *t)
{
    for (int r = 0; r < t->n_rows; r++)
        t->cover[r] = r;
    for (int i = t->n_cells - 1; i >= 0; i--)
        for (int r = t->cells[i].row + 1; r < t->cells[i].row + t->cells[i].rows; r++)
            t->cover[r] = t->cells[i].row < t->cover[r] ? t->cells[i].row : t->cover[r];
}

/* The first rows, all of header cells, are repeated; at most four, and never the whole table. */
static int count_header(const struct table *t)
{
    int n = 0;

    while (n < t->n_rows && n < 4) {
        int last = n + 1;
        if (t->first_cell[n] == t->first_cell[n + 1])
            break;
        for (int i = t->first_cell[n]; i < t->first_cell[n + 1]; i++) {
            if (!t->cells[i].header)
                return n;
            last = t->cells[i].row + t->cells[i].rows > last ? t->cells[i].row + t->cells[i].rows : last;
        }
        n = last > 4 ? n + 1 : last;
    }
    return n < t->n_rows ? n : 0;
}

/* --- the widths of columns --------------------------------------------------------------------------------------- */

struct widths {
    double *least, *most; /* the longest word, the longest line */
};

static double longest_word(const struct set *set)
{
    PangoLayoutIter *at = pango_layout_get_iter(set->layout);
    double word = 0, most = 0;

    do {
        PangoRectangle box;
        int i = pango_layout_iter_get_index(at);
        pango_layout_iter_get_cluster_extents(at, NULL, &box);
        bool space = i >= (int)set->text.len || set->text.ptr[i] == ' ';
        word = space ? 0 : word + box.width / (double)PANGO_SCALE;
        most = word > most ? word : most;
    } while (pango_layout_iter_next_cluster(at));
    pango_layout_iter_free(at);
    return most;
}

static void measure_cell(struct flow *f, const struct table_cell *cell, double *least, double *most)
{
    struct compose *c = f->c;
    enum style style = cell->header ? STYLE_CELL_HEAD : STYLE_CELL;
    int notes = c->next_note;
    bool thrifty = c->thrifty;
    size_t warnings = c->report->n_warnings;

    *least = *most = 0;
    c->thrifty = false;
    for (const struct body_node *n = cell->node->first; n != NULL; n = n->next) {
        bool text = n->kind == BODY_PARAGRAPH || n->kind == BODY_HEADING;
        if (!text) {
            *least = *least < 60 ? 60 : *least, *most = *most < 120 ? 120 : *most;
            continue;
        }
        struct set *set = set_inline(c, n, (struct set_how){style, 0, 0, SET_START}, STR_NONE, f->column);
        double wide = set_natural_width(set), word = longest_word(set);
        *least = word > *least ? word : *least;
        *most = wide > *most ? wide : *most;
        set_put_away(set);
    }
    c->thrifty = thrifty;
    c->next_note = notes;
    c->report->n_warnings = warnings;
}

/* A sample of the rows is enough; what a later row needs more, it gets by wrapping. */
static struct widths measure_columns(struct flow *f, const struct table *t)
{
    struct widths w = {NEW_ARRAY(f->c->a, double, (size_t)t->n_columns),
                       NEW_ARRAY(f->c->a, double, (size_t)t->n_columns)};
    int sample = t->n_cells < 600 ? t->n_cells : 600;

    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < sample; i++) {
            const struct table_cell *cell = &t->cells[i];
            double least, most, has_least = 0, has_most = 0;
            if ((cell->columns == 1) != (pass == 0))
                continue;
            measure_cell(f, cell, &least, &most);
            least += 2 * t->pad + 1, most += 2 * t->pad + 1;
            for (int k = 0; k < cell->columns; k++)
                has_least += w.least[cell->column + k], has_most += w.most[cell->column + k];
            for (int k = 0; k < cell->columns; k++) {
                double *l = &w.least[cell->column + k], *m = &w.most[cell->column + k];
                *l += least > has_least ? (least - has_least) / cell->columns : 0;
                *m += most > has_most ? (most - has_most) / cell->columns : 0;
            }
        }
    return w;
}

static double sum(const double *v, int n)
{
    double s = 0;

    for (int i = 0; i < n; i++)
        s += v[i];
    return s;
}

/* Each column gets its longest word, then shares what is left by how much more it would like; the root keeps a column
 * of prose from starving the others. */
static void share_width(struct table *t, const struct widths *w, double width)
{
    double least = sum(w->least, t->n_columns), want = 0;

    for (int i = 0; i < t->n_columns; i++)
        want += __builtin_sqrt(w->most[i] > w->least[i] ? w->most[i] - w->least[i] : 0) + 0.01;
    for (int i = 0; i < t->n_columns; i++) {
        double own = __builtin_sqrt(w->most[i] > w->least[i] ? w->most[i] - w->least[i] : 0) + 0.01;
        double floor_ = least < width ? w->least[i] : w->least[i] * width / least;
        double more = least < width ? (width - least) * own / want : 0;
        t->x[i + 1] = t->x[i] + floor_ + more;
    }
}

static bool table_spans(const struct flow *f, const struct table *t, const struct widths *w)
{
    double least = sum(w->least, t->n_columns), most = sum(w->most, t->n_columns);

    if (!f->may_span)
        return false;
    return least > f->width || t->n_columns > 4 || (t->n_columns > 2 && most > 2.2 * f->width);
}

/* --- the cells' content and the rows' heights ----------------------------------------------------------------------
 */

static void set_cell(struct flow *f, struct table *t, struct table_cell *cell)
{
    struct compose *c = f->c;
    double room = t->x[cell->column + cell->columns] - t->x[cell->column] - 2 * t->pad;
    struct flow inner = {.c = c,
                         .width = room > 4 ? room : 4,
                         .column = f->column,
                         .style = cell->header ? STYLE_CELL_HEAD : STYLE_CELL,
                         .align = cell->header ? SET_CENTER : SET_START};
    double y = 0;

    flow_span(&inner, false);
    flow_blocks(&inner, cell->node);
    cell->n_pieces = inner.out->n;
    cell->pieces = NEW_ARRAY(c->a, struct table_piece, (size_t)cell->n_pieces + 1);
    for (int i = 0; i < cell->n_pieces; i++) {
        y += i > 0 ? inner.out->v[i].before : 0;
        cell->pieces[i] = (struct table_piece){y, inner.out->v[i]};
        y += inner.out->v[i].height;
    }
    cell->x = t->x[cell->column] + t->pad, cell->width = inner.width, cell->height = y;
}

static void set_rows(struct flow *f, struct table *t)
{
    double *height = NEW_ARRAY(f->c->a, double, (size_t)t->n_rows + 1);
    double least = f->c->type.styles[STYLE_CELL].leading;

    for (int r = 0; r < t->n_rows; r++)
        height[r] = least + 2 * t->pad;
    for (int i = 0; i < t->n_cells; i++) {
        struct table_cell *cell = &t->cells[i];
        set_cell(f, t, cell);
        double need = cell->height + 2 * t->pad;
        if (cell->rows == 1 && need > height[cell->row])
            height[cell->row] = need;
    }
    for (int i = 0; i < t->n_cells; i++) {
        struct table_cell *cell = &t->cells[i];
        double lack = cell->height + 2 * t->pad - sum(height + cell->row, cell->rows);
        if (cell->rows > 1 && lack > 0)
            height[cell->row + cell->rows - 1] += lack;
    }
    for (int r = 0; r < t->n_rows; r++)
        t->y[r + 1] = t->y[r] + height[r];
}

/* --- slices ------------------------------------------------------------------------------------------------------ */

static bool cuts_a_piece(const struct table *t, int row, double y)
{
    for (int i = t->first_cell[t->cover[row]]; i < t->first_cell[row + 1]; i++) {
        const struct table_cell *cell = &t->cells[i];
        double top = t->y[cell->row] + t->pad;
        if (cell->row + cell->rows <= row)
            continue;
        for (int k = 0; k < cell->n_pieces; k++) {
            const struct table_piece *p = &cell->pieces[k];
            if (top + p->y + 0.5 < y && top + p->y + p->strip.height - 0.5 > y)
                return true;
        }
    }
    return false;
}

/* The notes of the lines in a window. */
static void take_notes(struct compose *c, const struct table *t, int row, struct strip *slice)
{
    for (int i = t->first_cell[t->cover[row]]; i < t->first_cell[row + 1]; i++) {
        const struct table_cell *cell = &t->cells[i];
        for (int k = 0; k < cell->n_pieces; k++) {
            const struct table_piece *p = &cell->pieces[k];
            double middle = t->y[cell->row] + t->pad + p->y + p->strip.height / 2;
            if (p->strip.n_notes == 0 || middle < slice->from || middle >= slice->to)
                continue;
            size_t had = sizeof(struct note *) * (size_t)slice->n_notes;
            size_t more = sizeof(struct note *) * (size_t)p->strip.n_notes;
            slice->notes = arena_grow(c->a, slice->notes, had, had + more);
            memcpy(slice->notes + slice->n_notes, p->strip.notes, more);
            slice->n_notes += p->strip.n_notes;
        }
    }
}

static void add_slice(struct flow *f, struct table *t, int row, double from, double to, unsigned flags)
{
    struct strip slice = {.kind = STRIP_TABLE,
                          .table = t,
                          .x = f->x,
                          .from = from,
                          .to = to,
                          .height = to - from,
                          .flags = flags,
                          .tag = "Table",
                          .block = t->block,
                          .decor = f->decor};

    take_notes(f->c, t, row, &slice);
    strips_add(f->c, f->out, slice);
}

/* A row stays whole unless it is higher than `limit`; then it may be cut between lines, two at least on each side. */
static void slice_row(struct flow *f, struct table *t, int row, double limit, unsigned flags)
{
    double line = f->c->type.styles[STYLE_CELL].leading;
    double from = t->y[row], end = t->y[row + 1];

    if (end - from > limit)
        for (double y = from + t->pad + 2 * line; y < end - t->pad - 1.5 * line; y += line) {
            if (cuts_a_piece(t, row, y))
                continue;
            add_slice(f, t, row, from, y, row < t->n_header ? STRIP_KEEP : 0u);
            from = y;
        }
    add_slice(f, t, row, from, end, flags);
}

static void slice_table(struct flow *f, struct table *t)
{
    double line = f->c->type.styles[STYLE_CELL].leading;
    double gap = f->c->type.grid * 0.5;

    strips_add_space(f->c, f->out, gap, 0, f->decor);
    for (int r = 0; r < t->n_rows; r++) {
        bool keep = r < t->n_header || (r == t->n_rows - 2 && t->n_rows > 3);
        slice_row(f, t, r, 12 * line, keep ? STRIP_KEEP : 0u);
    }
    strips_add_space(f->c, f->out, gap, 0, f->decor);
}

void flow_table(struct flow *f, const struct body_node *n)
{
    struct compose *c = f->c;
    struct table *t = NEW(c->a, struct table);
    struct flow wide = *f;

    if (n->first == NULL)
        return;
    t->block = ++c->next_block;
    build_grid(c, t, n);
    find_cover(t);
    t->n_header = count_header(t);
    t->pad = t->n_columns > 12 ? 2 : 3.5;

    struct widths widths = measure_columns(f, t);
    bool span = table_spans(f, t, &widths);
    bool thrifty = c->thrifty;
    if (span)
        wide.x = 0, wide.width = wide.column = c->type.width;
    share_width(t, &widths, wide.width);
    c->thrifty = thrifty || t->n_cells > THRIFTY_CELLS;
    set_rows(&wide, t);
    c->thrifty = thrifty;

    wide.out = span ? flow_span(f, true) : f->out;
    slice_table(&wide, t);
    if (span)
        flow_span(f, false);
    f->indent_next = false;
}
