/* The search page. */
#ifndef BANTIN_SEARCH_VIEWS_H
#define BANTIN_SEARCH_VIEWS_H

#include "layout/layout.h"

struct search_result {
    struct str url, title, meta;
    struct html snippet;
};

struct v_search {
    struct str query;
    bool has_searched, is_loose;
    struct {
        const struct search_result *rows;
        size_t count;
    } results;
    int64_t first, last;
    struct str older, newer;
};
#endif
