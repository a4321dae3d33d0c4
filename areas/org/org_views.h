/* What the screens of the tree show. */
#ifndef BANTIN_ORG_VIEWS_H
#define BANTIN_ORG_VIEWS_H

#include "html/fields.h"
#include "layout/layout.h"
#include "org/org_sql.h"

struct v_org_tree {
    struct q_unit_roots_rows roots;
    struct q_unit_children_rows children; /* of the only root */
    struct q_unit_search_rows found;
    struct str q;
    int64_t count, now;
};

struct v_org_unit {
    struct q_unit_one unit;
    struct q_unit_above_rows above;
    struct q_unit_children_rows children;
    int64_t now;
    bool has_ended;
};

struct v_org_form {
    struct unit_id id; /* 0: a new one */
    struct str action, back;
    struct str parent; /* label of the unit it goes below */
    struct q_unit_one unit;
    struct str from, to; /* 2026-03-25 */
    struct choices parents;
};

struct v_org_target {
    struct q_unit_one unit;
    struct choices found;
    bool is_merge;
};
#endif
