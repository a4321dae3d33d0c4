/* The frame around every page, and the page for what went wrong. Filled by the web layer, read by layout/page.html. */
#ifndef BANTIN_LAYOUT_H
#define BANTIN_LAYOUT_H

#include "html/html.h"

struct shell_link {
    struct str url;
    struct str label;
    bool is_current;
    bool is_end; /* stands apart, at the end of the bar */
};

struct v_menu {
    const struct shell_link *rows;
    size_t count;
};

/* Addresses of what every page loads; of scripts what stands behind /tai-nguyen/. */
struct shell_assets {
    struct str css, work_css, editor_css, js, work_js, editor_js;
};
const struct shell_assets *layout_assets(void);

/* What all pages of one request show alike. */
struct shell {
    struct str lang;         /* "vi", "en" */
    struct str organisation; /* shown in the footer */
    struct str name;         /* the main publication's, top left of public pages */
    struct str accent;       /* "", "blue", "green", "violet", "brown" */
    struct str person;       /* the name of who is signed in; empty: nobody */
    int64_t user;            /* their number: text kept in the browser is kept per person; 0: nobody */
    bool is_demo;            /* the banner "bản dùng thử" */
    bool is_work;            /* a page of the newsroom or administration */
    struct str notice;       /* what the last action did */
    struct str path;
    struct str work_home;    /* where the work of this person begins */
    const struct shell_assets *assets;
    struct v_menu menu;
};

enum page_kind { PAGE_PUBLIC, PAGE_WORK, PAGE_EDITOR };

/* {% page title=… kind=PAGE_WORK %} … {% end %} */
struct v_page {
    const struct shell *shell;
    struct str title;
    struct str description; /* for search engines and for previews of forwarded links */
    struct str image;       /* its picture, a path */
    struct str canonical;   /* path of the page's one address */
    enum page_kind kind;
    bool is_hidden;         /* not for search engines */
    bool is_front;          /* its title is the publication's name already */
    struct html body;
};

/* <link rel="icon"> with the icon in it. */
void layout_icon(struct html_out *out);
/* <link rel="canonical"> with the absolute address of a path of this site. */
void layout_canonical(struct html_out *out, struct str path);

struct v_error {
    int64_t status;
    struct str title, advice;
    int64_t number; /* of the request, to be found in the log */
};

/* Without the frame: for what fails before anything is known about the request. */
struct v_error_bare {
    struct v_error error;
};
#endif
