/* Strips into columns: the part that decides where text breaks. */
#ifndef BANTIN_PRESS_COLUMNS_H
#define BANTIN_PRESS_COLUMNS_H

#include "press/compose.h"

enum { COLUMN_FLOATS = 8, COLUMN_NOTES = 128 };

/* Lines of a note that stand, or wait to stand, at a column's foot. */
struct note_run {
    struct note *note;
    int from, to;
};

/* How far a run of strips has been placed. */
struct progress {
    int next;                  /* strip */
    int floats[COLUMN_FLOATS]; /* figures held over */
    int n_floats;
    struct note_run waiting[COLUMN_NOTES]; /* what did not fit at the foot before */
    int n_waiting;
};

/* One filled column: what stands where, from its top. */
struct column {
    struct placed *v;
    int n, cap;
    double used; /* height of the strips */
    struct note_run notes[COLUMN_NOTES];
    int n_notes;
    double notes_height; /* with the rule above */
};

/* Fills one column of `height`; `force` where nothing can be gained by going on to another one. */
void column_fill(struct compose *c, const struct strips *s, struct progress *at, double height, bool force,
                 struct column *out);
bool column_all_placed(const struct strips *s, const struct progress *at);

/* Places what fits of the strips into `n` columns of at most `height`, as even as they can be when all fits; gives the
 * height taken. */
double columns_fill(struct compose *c, const struct strips *s, struct progress *at, int n, double height, bool force,
                    struct column *columns);
#endif
