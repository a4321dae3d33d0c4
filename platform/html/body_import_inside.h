/* What the files of the HTML import share: the parse under a budget, the state of the walk, and what Word writes. */
#ifndef BANTIN_BODY_IMPORT_INSIDE_H
#define BANTIN_BODY_IMPORT_INSIDE_H

#include "html/body_import.h"
#include <gumbo.h>

/* A foot note's text stands elsewhere in the page than its reference. */
struct import_note {
    struct str id;
    const GumboNode *node;
    bool used;
};

struct importer {
    struct arena *arena;
    struct body_import_report *report;
    size_t image_cap, nodes;
    struct import_note *notes;
    size_t note_count, note_cap;
    const GumboNode *skip;       /* a list mark that became a list */
    struct body_node *word_list; /* the list that Word's list paragraphs go on in */

    /* where the walk stands; saved and put back around each element */
    struct import_state {
        struct body_node *at;   /* the container */
        struct body_node *line; /* the open paragraph or heading in it, or NULL */
        unsigned marks;
        struct str href;
        enum body_align align;
        int level; /* of the heading the walk is in; 0: none */
        bool pre;
    } now;
};

/* Parses within limits of depth, memory and time; the tree lives in `scratch`. */
enum err import_parse(struct arena *scratch, struct str html, GumboNode **root);

void import_children(struct importer *im, const GumboNode *node);
struct body_node *import_add(struct importer *im, struct body_node *parent, enum body_kind kind);

struct str import_attr(const GumboNode *node, const char *name);
/* The value of a property in the element's style, or none. */
struct str import_style(const GumboNode *node, struct str property);

/* Word's list paragraph: opens or goes on with a list and stands in its new item; false: an ordinary paragraph. */
bool import_word_item(struct importer *im, const GumboNode *p);
/* Word's and LibreOffice's foot notes: found first, then set where they are referred to. */
void import_find_notes(struct importer *im, const GumboNode *root);
/* Whether `a` was a foot note's reference, or the way back from one, and is done with. */
bool import_note_link(struct importer *im, const GumboNode *a);
bool import_is_used_note(const struct importer *im, const GumboNode *node);
#endif
