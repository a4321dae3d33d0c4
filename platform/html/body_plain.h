/* The article's tree as text that can be edited in a plain field, without JavaScript, and back.
 *
 *   blank line    between blocks; a line end within one is a hard break
 *   ## ### ####   headings of level 2, 3, 4
 *   - text        a list; 1. text a numbered one; two spaces further in for a list inside
 *   > text        a quote; a line with only > between its paragraphs
 *   **bold** _italic_ ++underlined++ ~~subscript~~ ^^superscript^^ [text](address)
 *   \*            the sign itself
 *   {{bảng 1: …}} what the text cannot hold, on a line of its own; {{chú thích 1}} a note, within a line
 *
 * Tokens stand for nodes of the tree that was written out: they may be moved or deleted, a second one of the same
 * number stays text, as does an unknown one. A block that would not come back just as it was is a token too, so an
 * unchanged text gives the same canonical JSON. The words come from the caller and must be the same both ways. Any
 * thread. */
#ifndef BANTIN_BODY_PLAIN_H
#define BANTIN_BODY_PLAIN_H

#include "html/body.h"

struct body_plain_words {
    struct str table, figure, sound, video, box, block,
        note; /* "bảng", "ảnh", "âm thanh", "video", "khung", "đoạn", "chú thích" */
};

struct str body_to_plain(struct arena *a, const struct body_node *doc, const struct body_plain_words *words);
/* `base` is the tree that was written out; NULL: none, and tokens stay text. It is not changed. E_TOO_LARGE. */
enum err body_of_plain(struct arena *a, struct str text, const struct body_node *base,
                       const struct body_plain_words *words, struct body_node **doc);
#endif
