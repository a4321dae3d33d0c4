/* What "Việc của tôi" shows; in the request's arena. */
#ifndef BANTIN_DESK_VIEWS_H
#define BANTIN_DESK_VIEWS_H

#include "db/ids.h"
#include "html/html.h"
#include "layout/layout.h"

struct v_desk_row {
    struct str title, url, detail, tag;
    enum msg what, button;
    struct str button_url;
    struct article_id take;       /* the button takes this article */
    struct revision_id take_base;
    struct str compare_url;
    int64_t since;
};

struct v_desk_rows {
    const struct v_desk_row *rows;
    size_t count;
};

struct v_desk {
    struct str lead;
    struct v_desk_rows waiting, sent;
    bool may_write, has_more;
};
#endif
