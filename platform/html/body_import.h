/* HTML from outside (a paste from Word or Google Docs, a saved page, a converted file) rebuilt as the article's tree.
 *
 * The page is parsed as a browser would and only what the tree knows is taken over; the text of all else is kept, save
 * scripts, styles, frames and objects. Pictures are pending: each has a figure without a medium until
 * body_import_resolve gives it one. Everything lives in the given arena; any thread. */
#ifndef BANTIN_BODY_IMPORT_H
#define BANTIN_BODY_IMPORT_H

#include "html/body.h"

enum { BODY_IMPORT_MAX_BYTES = 8 * 1024 * 1024, BODY_IMPORT_MAX_DEPTH = 512, BODY_IMPORT_MAX_MS = 4000 };

struct body_import_image {
    struct str src; /* as written: an address, or a data: URI with the picture */
    struct str alt;
};

struct body_import_report {
    struct body_import_image *images; /* a figure's media is "pending:N" for images[N] until it is resolved */
    size_t image_count;
    size_t dropped;       /* scripts, styles, frames, objects */
    size_t links_dropped; /* links whose address may not stand in an article; their text stays */
};

/* E_TOO_LARGE: over the limits above, or the tree's own. */
enum err body_of_html(struct arena *a, struct str html, struct body_import_report *report, struct body_node **doc);

/* Asks `store` for the hash of every pending picture. A picture it does not give loses its figure: the caption stays
 * as a paragraph. `store` NULL: no picture is taken. */
void body_import_resolve(struct arena *a, struct body_node *doc, const struct body_import_report *report,
                         bool (*store)(void *context, const struct body_import_image *image, struct str *hash),
                         void *context);
#endif
