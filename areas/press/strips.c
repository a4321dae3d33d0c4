#include "press/compose.h"

struct strip *strips_add(struct compose *c, struct strips *s, struct strip strip)
{
    if (s->n == s->cap) {
        int cap = s->cap == 0 ? 2 : s->cap * 2;
        s->v = arena_grow(c->a, s->v, sizeof *s->v * (size_t)s->cap, sizeof *s->v * (size_t)cap);
        s->cap = cap;
    }
    s->v[s->n] = strip;
    return &s->v[s->n++];
}

/* The notes whose reference stands on this line. */
static void take_notes(struct compose *c, struct strip *strip)
{
    const struct set *set = strip->set;
    const struct set_line *line = &set->lines[strip->line];

    for (int i = 0; i < set->n_notes; i++) {
        if (set->notes[i].at < line->from || set->notes[i].at >= line->to)
            continue;
        if (strip->notes == NULL)
            strip->notes = NEW_ARRAY(c->a, struct note *, (size_t)(set->n_notes - i));
        strip->notes[strip->n_notes++] = set->notes[i].note;
    }
}

/* No line stands alone: the first two and the last two stay together. */
static bool keeps(const struct lines_how *how, int line, int n)
{
    if (line == n - 1)
        return how->keep_with_next;
    return how->keep_together || line == 0 || line == n - 2;
}

void strips_add_lines(struct compose *c, struct strips *s, struct set *set, struct lines_how how)
{
    int block = ++c->next_block;
    double leading = c->type.styles[set->how.style].leading;

    for (int i = 0; i < set->n_lines; i++) {
        struct strip *strip = strips_add(c, s,
                                         (struct strip){.kind = STRIP_LINE,
                                                        .before = i == 0 ? how.before : 0,
                                                        .height = leading,
                                                        .x = how.x,
                                                        .tag = how.tag,
                                                        .block = block,
                                                        .decor = how.decor,
                                                        .set = set,
                                                        .line = i});
        strip->flags = (keeps(&how, i, set->n_lines) ? STRIP_KEEP : 0u) | (how.on_grid ? STRIP_ON_GRID : 0u);
        if (i == 0)
            strip->marker = how.marker, strip->marker_x = how.marker_x;
        take_notes(c, strip);
    }
}

void strips_add_space(struct compose *c, struct strips *s, double height, unsigned flags, struct decor *decor)
{
    strips_add(c, s, (struct strip){.kind = STRIP_SPACE, .height = height, .flags = flags, .decor = decor});
}

double strips_height(const struct strips *s)
{
    double height = 0;

    for (int i = 0; i < s->n; i++)
        height += s->v[i].height + (i > 0 ? s->v[i].before : 0);
    return height;
}
