/* What a making tells: pages and warnings. */
#include "press/compose.h"

void report_warn(struct arena *a, struct press_report *r, size_t *cap, enum press_warning_kind kind, int item,
                 struct str subject)
{
    for (size_t i = 0; i < r->n_warnings; i++)
        if (r->warnings[i].kind == kind && r->warnings[i].item == item && str_equal(r->warnings[i].subject, subject))
            return;
    if (r->n_warnings == *cap) {
        size_t more = *cap * 2 + 8;
        r->warnings = arena_grow(a, r->warnings, sizeof *r->warnings * *cap, sizeof *r->warnings * more);
        *cap = more;
    }
    r->warnings[r->n_warnings++] = (struct press_warning){kind, item, subject};
}

void compose_warn(struct compose *c, enum press_warning_kind kind, int item, struct str subject)
{
    report_warn(c->a, c->report, &c->warnings_cap, kind, item, subject);
}

/* What was made in a work arena moves to the caller's. */
struct press_report report_copy(struct arena *a, const struct press_report *r)
{
    struct press_report kept = *r;

    kept.items = NEW_ARRAY(a, struct press_place, r->n_items + 1);
    if (r->n_items > 0)
        memcpy(kept.items, r->items, sizeof *r->items * r->n_items);
    kept.warnings = NEW_ARRAY(a, struct press_warning, r->n_warnings + 1);
    for (size_t i = 0; i < r->n_warnings; i++) {
        kept.warnings[i] = r->warnings[i];
        kept.warnings[i].subject = str_copy(a, r->warnings[i].subject);
    }
    return kept;
}
