/* One composition: an issue on its way to pages. Content becomes strips (a line of text, a figure, a slice of a
 * table), strips fill columns, columns stand on pages, pages are drawn. All of it lives in one arena. */
#ifndef BANTIN_PRESS_COMPOSE_H
#define BANTIN_PRESS_COMPOSE_H

#include "press/set.h"

enum strip_kind { STRIP_LINE, STRIP_FIGURE, STRIP_TABLE, STRIP_RULE, STRIP_SPACE, STRIP_NUMBERED };

enum strip_flag {
    STRIP_KEEP = 1,    /* no break after it */
    STRIP_ON_GRID = 2, /* starts on the grid of the text */
    STRIP_FLOATS = 4,  /* may be held over to the next column while text goes on */
};

/* A tint or a rule behind the strips that share it. */
struct decor {
    enum { DECOR_BOX, DECOR_QUOTE } kind;
    double x, width;
};

struct figure {
    struct str media;
    struct press_picture picture;
    bool found;
    double width, height; /* of the picture; the caption stands below */
    struct set *caption;
    int item;
};

struct table;

struct strip {
    enum strip_kind kind;
    unsigned flags;
    double before, height; /* `before` is dropped at the top of a column */
    double x;              /* from the left of the column */
    double width, weight;  /* of rules; a heavy one is in the accent colour */
    const char *tag;       /* the structure element it belongs to */
    int block;             /* strips with one number are one element */
    struct decor *decor;
    struct set *set; /* STRIP_LINE, STRIP_NUMBERED */
    int line;
    struct set *marker; /* stands to the left of the line: bullet, number */
    double marker_x;
    struct figure *figure;
    struct table *table;
    double from, to;     /* STRIP_TABLE: the window */
    int item;            /* STRIP_NUMBERED: whose page stands at the right end; else the item that starts here + 1 */
    struct note **notes; /* what is referred to from this strip */
    int n_notes;
};

struct strips {
    struct strip *v;
    int n, cap;
};

/* A run of strips of one width: across the page, or in the format's columns. */
struct segment {
    bool span;
    bool may_move; /* a figure that may go to the top of the next page */
    struct strips strips;
    struct segment *next;
};

struct placed {
    const struct strip *strip;
    double x, y, width; /* of the column; from the top left of the text area */
};

struct page {
    struct placed *v;
    int n, cap;
    struct str running; /* section of what stands here */
    bool bare;          /* no running head: cover */
};

struct compose {
    struct arena *a;
    const struct press_issue *issue;
    enum press_format format;
    struct type type;
    struct press_report *report;
    size_t warnings_cap;
    int item;             /* being set; -1 outside */
    struct str permalink; /* of the item being set */
    int n_items;
    int next_note;
    int next_block;
    int sets_held; /* shaped texts in memory */
    bool thrifty;  /* too many: put away what was measured */

    struct page *pages;
    int n_pages, cap_pages;
    double y;              /* the next free place on the last page */
    struct segment *moved; /* figures for the top of the next page */
    struct str running;
    jmp_buf *too_many_pages;
};

/* --- strips.c --- */
struct strip *strips_add(struct compose *c, struct strips *s, struct strip strip);
/* How the lines of a text follow each other. */
struct lines_how {
    double before, x;
    const char *tag;
    struct decor *decor;
    bool keep_together, keep_with_next, on_grid;
    struct set *marker;
    double marker_x;
};
void strips_add_lines(struct compose *c, struct strips *s, struct set *set, struct lines_how how);
void strips_add_space(struct compose *c, struct strips *s, double height, unsigned flags, struct decor *decor);
double strips_height(const struct strips *s);

/* --- flow.c: the article's tree as segments --- */
struct flow {
    struct compose *c;
    struct segment *first, *last;
    struct strips *out;
    double x, width;  /* of the text in its column */
    double column;    /* width of the column, for notes */
    bool may_span;    /* top level of a text in several columns */
    bool indent_next; /* the next paragraph follows another */
    int list_depth;
    struct decor *decor;
    enum style style;
    enum set_align align;
    bool fresh; /* nothing stands above */
};
void flow_blocks(struct flow *f, const struct body_node *parent);
void flow_questions(struct flow *f, const struct press_item *item);
struct strips *flow_span(struct flow *f, bool span);
void flow_figure(struct flow *f, const struct body_node *node);
void flow_recording(struct flow *f, const struct body_node *node);
void flow_table(struct flow *f, const struct body_node *node);

/* --- columns.c, pages.c: strips to pages --- */
void pages_new(struct compose *c);
double pages_left(const struct compose *c);
void pages_place(struct compose *c, struct segment *segments);
void pages_put(struct compose *c, struct placed placed);

struct drawing;

/* --- article.c, contents.c, cover.c: the parts of an issue --- */
void article_place(struct compose *c, const struct press_section *section, const struct press_item *item,
                   bool opens_section);
void contents_place(struct compose *c);
void imprint_place(struct compose *c);
void cover_draw(struct drawing *d);

/* The cover without its headlines, as a picture for readers' shelves. */
enum err cover_png(struct arena *a, const struct press_issue *issue, struct str *png);
/* Whether the file is what its type says, as far as its header tells. */
bool picture_is_whole(const struct press_picture *picture);

/* --- report.c --- */
void report_warn(struct arena *a, struct press_report *r, size_t *cap, enum press_warning_kind kind, int item,
                 struct str subject);
struct press_report report_copy(struct arena *a, const struct press_report *r);
void compose_warn(struct compose *c, enum press_warning_kind kind, int item, struct str subject);
#endif
