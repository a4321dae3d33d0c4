/* Two versions of an article side by side, by word: what the compare screen shows. Blocks are matched by their words,
 * then the words inside matched blocks; a change of formatting, level, place or medium is a change too. Everything
 * lives in the given arena and points into both trees. Any thread. */
#ifndef BANTIN_BODY_DIFF_H
#define BANTIN_BODY_DIFF_H

#include "html/body.h"

enum body_diff_kind { DIFF_SAME, DIFF_CHANGED, DIFF_ADDED, DIFF_REMOVED };

/* A piece of one side's line. Notes stand in the line between brackets, a hard break as "↵". */
struct body_diff_span {
    struct str text;
    unsigned marks;
    bool changed; /* not in the other side, or formatted otherwise there */
    struct body_diff_span *next;
};

struct body_diff_side {
    const struct body_node *block; /* heading, paragraph or medium; NULL where this side has nothing */
    struct body_diff_span *spans;
};

struct body_diff_row {
    enum body_diff_kind kind;
    bool
        form_changed; /* the block's kind, level, alignment, place in lists and tables, medium, description or credit */
    struct body_diff_side left, right;
};

/* The rows of old (left) and new (right) in order; gives their number. */
size_t body_diff(struct arena *a, const struct body_node *old, const struct body_node *new,
                 struct body_diff_row **rows);
#endif
