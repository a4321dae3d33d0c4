/* What the administrator's pages and the help show. */
#ifndef BANTIN_ADMIN_VIEWS_H
#define BANTIN_ADMIN_VIEWS_H

#include "html/fields.h"
#include "layout/layout.h"

/* Words for now; `level` is "" (well), "warn" or "late". */
struct health_light {
    struct str name, text, level;
};

struct v_lights {
    const struct health_light *rows;
    size_t count;
};

struct v_admin_home {
    struct v_lights lights;
    bool is_demo;
};

struct accent_sample {
    struct str code, name;
    bool is_chosen;
};

struct v_accents {
    const struct accent_sample *rows;
    size_t count;
};

struct v_admin_settings {
    struct str organisation;
    struct v_accents accents;
};

struct v_admin_erase {
    char unused; /* the page shows nothing of its own */
};

struct v_admin_erased {
    struct str link; /* after it: the first start's */
};

struct help_account {
    struct str login, name, role, unit;
};

struct v_help_accounts {
    const struct help_account *rows;
    size_t count;
};

struct v_help {
    bool is_newsroom, may_approve, may_administer, is_demo;
    struct v_help_accounts accounts;
    struct str password; /* of all accounts of the demo */
};
#endif
