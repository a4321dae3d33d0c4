/* The frame of every page: what it shows around the page's own content. Structs belong to the request. */
#ifndef BANTIN_LAYOUT_H
#define BANTIN_LAYOUT_H

#include "html/html.h"

struct shell {
    struct str site_name;
};

struct v_page {
    const struct shell *shell;
    struct str title;
    struct html body;
};
#endif
