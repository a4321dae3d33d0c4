/* The article's tree as a web page's HTML, or as XHTML for EPUB. All words and the addresses of media come from the
 * caller; the output is markup that passes the escaping writers. Any thread. */
#ifndef BANTIN_BODY_HTML_H
#define BANTIN_BODY_HTML_H

#include "html/body.h"
#include "html/html.h"

/* One picture in one size, for srcset. */
struct body_html_size {
    struct str url;
    int width;
};

/* A stored file as pages show it. */
struct body_html_media {
    struct str url;
    int width, height; /* pixels; 0: unknown. Known ones keep the page from jumping as pictures arrive */
    const struct body_html_size *sizes;
    size_t size_count;
    struct str poster; /* of a video; may be none */
};

struct body_html_options {
    bool xhtml;           /* closed tags, epub:type on notes */
    int first_heading;    /* the HTML level of a heading of level 2; 0: 2 */
    struct str id_prefix; /* before every id, where a page holds several texts; may be none */
    struct str sizes;     /* the sizes attribute beside srcset; may be none */
    /* Fills *media for a hash; false: the file is not to be had, and the caption stands alone. */
    bool (*media)(void *context, struct str hash, struct body_html_media *media);
    void *context;
    /* Words for people who hear the page, and the title over the notes. */
    struct str notes_title; /* "Chú thích" */
    struct str note_word;   /* "Chú thích": said before the number */
    struct str back_word;   /* "Về chỗ chú thích": said before the number */
    struct str table_word;  /* "Bảng": said before the number */
};

/* Blocks carry the ids d1, d2, … in the order of body_anchor; notes n1, n2, … and their references r1, r2, …. */
void body_to_html(struct html_out *out, const struct body_node *doc, const struct body_html_options *options);

/* The number of the block's anchor, or 0: paragraphs, headings, tables and media have one, outside cells and notes. */
int body_anchor(const struct body_node *doc, const struct body_node *block);
/* The block that has the anchor, or NULL. */
const struct body_node *body_of_anchor(const struct body_node *doc, int anchor);
#endif
