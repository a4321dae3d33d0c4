/* The text of an article: a tree of a closed set of nodes.
 *
 * It is stored as canonical JSON in the shape ProseMirror uses, edited by assets/editor (whose schema is the same table),
 * and walked by every renderer: web page, PDF, EPUB, mail, Word, plain text, speech. It is never HTML. A tree lives in
 * the arena it was read into and is not changed afterwards, except by the functions that build it.
 *
 *   node          JSON type      attributes (all optional unless marked *)        content
 *   BODY_DOC      doc                                                             block+
 *   BODY_HEADING  heading        level* 2..4                                      inline*
 *   BODY_PARAGRAPH paragraph     align "left"|"center"|"right"                    inline*
 *   BODY_BULLETS  bullet_list                                                     item+
 *   BODY_NUMBERS  ordered_list   start (default 1)                                item+
 *   BODY_ITEM     list_item                                                       block+  (first a paragraph)
 *   BODY_QUOTE    quote                                                           block+  (paragraphs, lists)
 *   BODY_BOX      box                                                             block+  (no box inside)
 *   BODY_TABLE    table                                                           row+
 *   BODY_ROW      table_row                                                       cell*
 *   BODY_CELL     table_cell     header (bool), colspan, rowspan (default 1)      block+  (no table, no box)
 *   BODY_FIGURE   figure         media*, alt, credit                              inline* (the caption)
 *   BODY_SOUND    sound          media*, credit                                   inline* (the caption)
 *   BODY_VIDEO    video          media*, credit                                   inline* (the caption)
 *   BODY_BREAK    hard_break                                                      inline leaf
 *   BODY_NOTE     note                                                            inline, with inline* (no note inside)
 *   BODY_TEXT     text           text*, marks                                     inline leaf
 *
 *   block = heading paragraph bullet_list ordered_list quote box table figure sound video
 *   marks = bold italic underline subscript superscript link{href: http, https, mailto, or a path of this site}
 *   `media` is the SHA-256 of the stored original, 64 lower-case hexadecimal digits: the tree's hash covers its pictures.
 *
 * Defaults are left out of the canonical JSON, and null stands for a default. Sound and video do not appear inside list
 * items, cells, or notes; "no X inside" holds at any depth. Marks on a hard_break or a note, which the editor sets when a
 * selection spans one, are checked and dropped. Text holds no control characters: tabs and line ends become spaces. */
#ifndef BANTIN_BODY_H
#define BANTIN_BODY_H

#include "base/base.h"

enum body_kind {
    BODY_DOC,
    BODY_HEADING,
    BODY_PARAGRAPH,
    BODY_BULLETS,
    BODY_NUMBERS,
    BODY_ITEM,
    BODY_QUOTE,
    BODY_BOX,
    BODY_TABLE,
    BODY_ROW,
    BODY_CELL,
    BODY_FIGURE,
    BODY_SOUND,
    BODY_VIDEO,
    BODY_BREAK,
    BODY_NOTE,
    BODY_TEXT,
};

enum body_mark {
    MARK_BOLD = 1,
    MARK_ITALIC = 2,
    MARK_UNDERLINE = 4,
    MARK_SUB = 8,
    MARK_SUPER = 16,
    MARK_LINK = 32, /* the node's href is set */
};

enum body_align { ALIGN_START, ALIGN_CENTER, ALIGN_END };

struct body_node {
    enum body_kind kind;
    struct body_node *parent, *first, *last, *next; /* siblings form a list */

    struct str text;            /* BODY_TEXT */
    size_t text_cap;            /* bytes behind text.ptr that body_add_text may fill; 0: not its own */
    unsigned marks;             /* BODY_TEXT: enum body_mark */
    struct str href;            /* BODY_TEXT with MARK_LINK */
    int level;                  /* BODY_HEADING 2..4 */
    int start;                  /* BODY_NUMBERS */
    enum body_align align;      /* BODY_PARAGRAPH */
    bool header;                /* BODY_CELL */
    int colspan, rowspan;       /* BODY_CELL, 1 or more */
    struct str media;           /* BODY_FIGURE, BODY_SOUND, BODY_VIDEO */
    struct str alt, credit;
};

/* Limits of one article's tree; a larger one is E_TOO_LARGE. */
enum { BODY_MAX_BYTES = 4 * 1024 * 1024, BODY_MAX_NODES = 200000, BODY_MAX_DEPTH = 24 };

/* --- building ------------------------------------------------------------------------------------------------- */

/* A node with its defaults: level 2, start 1, spans 1. */
struct body_node *body_new(struct arena *a, enum body_kind kind);
/* Puts `child` last in `parent` and returns it. */
struct body_node *body_add(struct body_node *parent, struct body_node *child);
/* Adds text to an inline parent, joined with the text before it when marks and link are the same. */
void body_add_text(struct arena *a, struct body_node *parent, struct str text, unsigned marks, struct str href);

/* Makes any tree obey the table above: drops empty blocks, wraps loose inline content in paragraphs, lifts what may
 * not stand where it stands, fixes spans; loses no text. Import uses it. */
void body_tidy(struct arena *a, struct body_node *doc);

/* --- JSON ------------------------------------------------------------------------------------------------------ */

/* Reads and checks the stored or submitted form. E_INVALID: not the closed set above; E_TOO_LARGE. The text comes out in NFC. */
enum err body_of_json(struct arena *a, struct str json, struct body_node **doc);
/* Canonical: sorted keys, no spaces, NFC, defaults left out, adjacent equal text joined. */
struct str body_to_json(struct arena *a, const struct body_node *doc);

/* --- reading --------------------------------------------------------------------------------------------------- */

const char *body_kind_name(enum body_kind kind); /* the JSON type */
bool body_is_block(enum body_kind kind);
/* http, https, mailto, a path of this site, or a #fragment; nothing a browser would read otherwise. */
bool body_href_is_allowed(struct str href);
/* Text only, one line a block, list marks and table cells kept apart by tabs; notes in brackets at their place. For search and counting. */
struct str body_to_text(struct arena *a, const struct body_node *doc);
/* Words, as syllables between white space. */
size_t body_count_words(const struct body_node *doc);
/* The distinct media hashes in order of appearance. */
size_t body_media(struct arena *a, const struct body_node *doc, struct str **hashes);
/* The next node in document order within `root`, or NULL: for (n = root; n; n = body_walk(root, n)). */
const struct body_node *body_walk(const struct body_node *root, const struct body_node *n);
#endif
