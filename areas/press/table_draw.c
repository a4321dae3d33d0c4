#include "press/draw.h"
#include "press/table.h"

static int row_at(const struct table *t, double y)
{
    int low = 0, high = t->n_rows - 1;

    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (t->y[middle] <= y + 0.01)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static double clamp(double v, double low, double high)
{
    return v < low ? low : v > high ? high : v;
}

static void draw_pieces(struct drawing *d, const struct table *t, const struct table_cell *cell, double x, double y,
                        double from, double to)
{
    for (int i = 0; i < cell->n_pieces; i++) {
        const struct table_piece *p = &cell->pieces[i];
        double top = t->y[cell->row] + t->pad + p->y;
        double middle = top + p->strip.height / 2;
        if (middle < from || middle >= to)
            continue;
        draw_strip(d, &p->strip, x + cell->x + p->strip.x, y + top - from, cell->width - p->strip.x);
        if (d->c->thrifty && p->strip.set != NULL)
            set_put_away(p->strip.set);
    }
}

/* The part of a cell that shows in the window: its tint, its frame, its content. */
static void draw_cell(struct drawing *d, const struct table *t, const struct table_cell *cell, double x, double y,
                      double from, double to)
{
    double top = clamp(t->y[cell->row], from, to), bottom = clamp(t->y[cell->row + cell->rows], from, to);
    double left = t->x[cell->column], width = t->x[cell->column + cell->columns] - left;

    if (bottom <= top)
        return;
    cairo_tag_begin(d->cr, cell->header ? "TH" : "TD", NULL);
    if (cell->header)
        draw_rectangle(d, d->c->type.tint, x + left, y + top - from, width, bottom - top);
    draw_colour(d, d->c->type.hairline);
    cairo_set_line_width(d->cr, 0.5);
    cairo_rectangle(d->cr, x + left, y + top - from, width, bottom - top);
    cairo_stroke(d->cr);
    draw_pieces(d, t, cell, x, y, from, to);
    cairo_tag_end(d->cr, cell->header ? "TH" : "TD");
}

void draw_table(struct drawing *d, const struct table *t, double x, double y, double from, double to)
{
    int first = row_at(t, from), last = row_at(t, to - 0.1);

    for (int r = t->cover[first]; r <= last; r++) {
        cairo_tag_begin(d->cr, "TR", NULL);
        for (int i = t->first_cell[r]; i < t->first_cell[r + 1]; i++)
            draw_cell(d, t, &t->cells[i], x, y, from, to);
        cairo_tag_end(d->cr, "TR");
    }
    draw_rectangle(d, (struct colour){0.25, 0.24, 0.23}, x, y - 0.4, t->x[t->n_columns], 0.8);
    draw_rectangle(d, (struct colour){0.25, 0.24, 0.23}, x, y + to - from - 0.4, t->x[t->n_columns], 0.8);
}
