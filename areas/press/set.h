/* Text set to a measure: lines that know their place. A set lives in the composition's arena. */
#ifndef BANTIN_PRESS_SET_H
#define BANTIN_PRESS_SET_H

#include "press/type.h"

struct compose;

enum set_align { SET_START, SET_CENTER, SET_END, SET_JUSTIFY };

struct set_how {
    enum style style;
    double width, indent; /* indent of the first line; negative: of the others */
    enum set_align align;
};

/* A place inside the text: where a note or a link stands. */
struct set_link {
    int from, to; /* bytes */
    struct str href;
};

struct note {
    int number;
    struct set *set;
};

struct set_note {
    int at; /* byte */
    struct note *note;
};

struct set_line {
    double x;
    int from, to; /* bytes */
};

struct set {
    struct set_how how;
    struct str text;
    PangoAttrList *attributes;
    PangoLayout *layout; /* NULL while it is put away: set_layout makes it again */
    struct set_line *lines;
    int n_lines;
    struct set_link *links;
    int n_links;
    struct set_note *notes;
    int n_notes;
    GSList *last_line; /* where set_line_of stopped */
    int last_index;
};

struct set *set_text(struct compose *c, struct str text, struct set_how how);
/* Narrower where the last line would hold a word or two. */
struct set *set_title(struct compose *c, struct str text, struct set_how how);
/* The inline content of a node; notes are set to `note_width` and numbered on. `lead` goes before the text. */
struct set *set_inline(struct compose *c, const struct body_node *parent, struct set_how how, struct str lead,
                       double note_width);
double set_height(const struct compose *c, const struct set *set);
/* The widest line, and the widest word, of inline content or text set without a limit. */
double set_natural_width(const struct set *set);
PangoLayoutLine *set_line_of(struct compose *c, struct set *set, int line);
/* Drops the shaped text; what was measured stays. */
void set_put_away(struct set *set);
#endif
