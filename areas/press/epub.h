/* One EPUB being written: parts go into the archive in order and are named in the package. */
#ifndef BANTIN_PRESS_EPUB_H
#define BANTIN_PRESS_EPUB_H

#include <zip.h>
#include "html/html.h"
#include "press/press.h"

/* A picture that the book holds, once however often it is shown. */
struct epub_picture {
    struct str hash, name; /* name: media/….jpg; empty when it is not to be had */
    struct press_picture picture;
};

struct epub {
    struct arena *a;
    const struct press_issue *issue;
    struct press_report *report;
    zip_t *zip;
    bool failed;
    struct epub_picture *pictures;
    size_t n_pictures, cap_pictures;
    size_t warnings_cap;
    int item;
    struct str permalink; /* of the item being written */
    bool drawn_cover; /* cover.png is ours; else cover_picture */
    struct epub_picture *cover_picture;
};

/* --- epub_parts.c: what stands in the book; each gives a whole file --- */
struct str epub_container(struct epub *e);
struct str epub_package(struct epub *e);
struct str epub_nav(struct epub *e);
struct str epub_style(struct epub *e);
struct str epub_cover(struct epub *e);
struct str epub_editorial(struct epub *e);
struct str epub_item(struct epub *e, const struct press_section *section, const struct press_item *item,
                     bool opens_section);
struct str epub_colophon(struct epub *e);

/* The picture of a hash, found and checked at its first use; NULL: not to be had. */
struct epub_picture *epub_find_picture(struct epub *e, struct str hash);
#endif
