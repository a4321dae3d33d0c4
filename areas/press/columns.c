#include "press/columns.h"
#include <math.h>
#include "press/table.h"

#define CLOSE_ENOUGH 0.05
static const double note_rule = 9; /* room for the rule above the notes */

/* A column being filled, and the last state in which it could have ended. */
struct filling {
    struct compose *c;
    const struct strips *s;
    struct progress at;
    struct column *out;
    double height, y;
    struct {
        struct progress at;
        int n, n_notes;
        double y, notes_height;
        bool set;
    } good;
};

bool column_all_placed(const struct strips *s, const struct progress *at)
{
    return at->next >= s->n && at->n_floats == 0 && at->n_waiting == 0;
}

static double note_leading(const struct filling *f)
{
    return f->c->type.styles[STYLE_NOTE].leading;
}

static void put(struct filling *f, const struct strip *strip, double y)
{
    struct column *out = f->out;

    if (out->n == out->cap) {
        int cap = out->cap * 2 + 64;
        out->v = arena_grow(f->c->a, out->v, sizeof *out->v * (size_t)out->cap, sizeof *out->v * (size_t)cap);
        out->cap = cap;
    }
    out->v[out->n++] = (struct placed){.strip = strip, .y = y};
}

/* Takes as many of the note's lines as fit under `room`; the rest waits for the next column. */
static void take_note(struct filling *f, struct note_run run, double room)
{
    struct column *out = f->out;
    double rule = out->n_notes == 0 ? note_rule : 0;
    int fit = (int)((room - out->notes_height - rule + CLOSE_ENOUGH) / note_leading(f));
    int take = run.to - run.from < fit ? run.to - run.from : fit;

    if (take > 0 && out->n_notes < COLUMN_NOTES) {
        out->notes[out->n_notes++] = (struct note_run){run.note, run.from, run.from + take};
        out->notes_height += rule + take * note_leading(f);
        run.from += take;
    }
    if (run.from < run.to && f->at.n_waiting < COLUMN_NOTES)
        f->at.waiting[f->at.n_waiting++] = run;
}

static void take_waiting(struct filling *f)
{
    struct progress before = f->at;

    f->at.n_waiting = 0;
    for (int i = 0; i < before.n_waiting; i++)
        take_note(f, before.waiting[i], f->at.n_waiting > 0 ? 0 : f->height * 0.7);
}

/* The least a strip's notes need at the foot: all of a short note, two lines of a long one. */
static double least_notes(const struct filling *f, const struct strip *strip)
{
    double need = 0;

    if (strip->n_notes == 0)
        return 0;
    if (f->out->n_notes == 0)
        need += note_rule;
    for (int i = 0; i < strip->n_notes; i++) {
        int lines = strip->notes[i]->set->n_lines;
        need += (lines > 3 && i == strip->n_notes - 1 ? 2 : lines) * note_leading(f);
    }
    return need;
}

static void take_notes(struct filling *f, const struct strip *strip)
{
    for (int i = 0; i < strip->n_notes; i++)
        take_note(f, (struct note_run){strip->notes[i], 0, strip->notes[i]->set->n_lines}, f->height - f->y);
}

static double top_of(const struct filling *f, const struct strip *strip)
{
    double grid = f->c->type.grid;
    double y = f->y;

    if (f->out->n == 0)
        return 0;
    y += strip->before;
    return strip->flags & STRIP_ON_GRID ? ceil((y - CLOSE_ENOUGH) / grid) * grid : y;
}

static bool fits(const struct filling *f, const struct strip *strip, double y)
{
    return y + strip->height + f->out->notes_height + least_notes(f, strip) <= f->height + CLOSE_ENOUGH;
}

static void remember(struct filling *f)
{
    f->good.at = f->at;
    f->good.n = f->out->n;
    f->good.n_notes = f->out->n_notes;
    f->good.notes_height = f->out->notes_height;
    f->good.y = f->y;
    f->good.set = true;
}

static void go_back(struct filling *f)
{
    f->at = f->good.at;
    f->out->n = f->good.n;
    f->out->n_notes = f->good.n_notes;
    f->out->notes_height = f->good.notes_height;
    f->y = f->good.y;
}

/* A table that goes on in a new column starts with its header again. */
static void repeat_header(struct filling *f, const struct strip *strip)
{
    const struct table *t = strip->table;

    if (strip->kind != STRIP_TABLE || f->out->n > 0 || t->n_header == 0 ||
        strip->from < t->y[t->n_header] - CLOSE_ENOUGH)
        return;
    double high = t->y[t->n_header];
    if (high > f->height / 3)
        return;
    struct strip *header = NEW(f->c->a, struct strip);
    *header = *strip;
    header->from = 0, header->to = high, header->height = high, header->n_notes = 0, header->flags = STRIP_KEEP;
    put(f, header, 0);
    f->y = high;
}

static void place(struct filling *f, const struct strip *strip, double y)
{
    put(f, strip, y);
    f->y = y + strip->height;
    take_notes(f, strip);
    if (!(strip->flags & STRIP_KEEP))
        remember(f);
}

/* Figures held over from the column before stand at the top. */
static bool place_floats(struct filling *f, bool force)
{
    struct progress *at = &f->at;

    while (at->n_floats > 0) {
        const struct strip *strip = &f->s->v[at->floats[0]];
        double y = top_of(f, strip);
        if (!fits(f, strip, y) && !(force && f->out->n == 0))
            return f->out->n > 0;
        at->n_floats--;
        memmove(at->floats, at->floats + 1, sizeof at->floats[0] * (size_t)at->n_floats);
        place(f, strip, y);
    }
    return true;
}

static bool hold_over(struct filling *f, const struct strip *strip)
{
    if (!(strip->flags & STRIP_FLOATS) || f->out->n == 0 || f->at.n_floats == COLUMN_FLOATS)
        return false;
    f->at.floats[f->at.n_floats++] = f->at.next++;
    return true;
}

/* Empty space at the top of a column is left out. */
static bool skip_space(struct filling *f, const struct strip *strip)
{
    if (strip->kind != STRIP_SPACE || f->out->n > 0 || strip->decor != NULL)
        return false;
    f->at.next++;
    return true;
}

/* Places strips until one does not fit; true when the column ended for want of room. */
static bool fill_until_full(struct filling *f)
{
    while (f->at.next < f->s->n) {
        const struct strip *strip = &f->s->v[f->at.next];
        if (skip_space(f, strip))
            continue;
        repeat_header(f, strip);
        double y = top_of(f, strip);
        if (!fits(f, strip, y) || f->at.n_waiting > 0) {
            if (hold_over(f, strip))
                continue;
            return true;
        }
        f->at.next++;
        place(f, strip, y);
    }
    return false;
}

/* Nothing may end here, yet something must: what fits stays, and a strip higher than the column sticks out. */
static void settle_by_force(struct filling *f)
{
    if (f->out->n > 0 || f->at.next >= f->s->n)
        return;
    const struct strip *strip = &f->s->v[f->at.next++];
    put(f, strip, 0);
    f->y = strip->height;
    take_notes(f, strip);
}

void column_fill(struct compose *c, const struct strips *s, struct progress *at, double height, bool force,
                 struct column *out)
{
    struct filling f = {.c = c, .s = s, .at = *at, .out = out, .height = height};

    out->n = out->n_notes = 0;
    out->notes_height = 0;
    take_waiting(&f);
    remember(&f);
    bool open = place_floats(&f, force);
    if (open && fill_until_full(&f)) {
        bool gained = f.good.at.next > at->next || f.good.n > 0;
        if (gained || !force)
            go_back(&f);
        else
            settle_by_force(&f);
    }
    *at = f.at;
    out->used = f.y;
}

static double remaining_height(const struct compose *c, const struct strips *s, const struct progress *at)
{
    double h = 0;

    for (int i = at->next; i < s->n; i++) {
        h += s->v[i].height + s->v[i].before;
        for (int k = 0; k < s->v[i].n_notes; k++)
            h += set_height(c, s->v[i].notes[k]->set);
    }
    for (int i = 0; i < at->n_floats; i++)
        h += s->v[at->floats[i]].height;
    return h;
}

static bool fill_all(struct compose *c, const struct strips *s, struct progress *at, int n, double height, bool force,
                     struct column *columns)
{
    for (int i = 0; i < n; i++)
        column_fill(c, s, at, height, force && i == 0, &columns[i]);
    return column_all_placed(s, at);
}

static double taken(const struct column *columns, int n)
{
    double most = 0;

    for (int i = 0; i < n; i++) {
        double h = columns[i].used + columns[i].notes_height;
        most = h > most ? h : most;
    }
    return most;
}

double columns_fill(struct compose *c, const struct strips *s, struct progress *at, int n, double height, bool force,
                    struct column *columns)
{
    struct progress start = *at;
    double grid = c->type.grid;

    if (!fill_all(c, s, at, n, height, force, columns))
        return height;
    if (n == 1)
        return taken(columns, n);

    /* All fits: the lowest columns that still hold it are the even ones. */
    double low = floor(remaining_height(c, s, &start) / n / grid - 3) * grid;
    for (double h = low > grid ? low : grid; h < height; h += grid) {
        *at = start;
        if (fill_all(c, s, at, n, h, false, columns))
            return taken(columns, n);
    }
    *at = start;
    fill_all(c, s, at, n, height, force, columns);
    return taken(columns, n);
}
