/* What the screens about people show. */
#ifndef BANTIN_PERSON_VIEWS_H
#define BANTIN_PERSON_VIEWS_H

#include "html/fields.h"
#include "layout/layout.h"
#include "person/person_sql.h"

struct person_row {
    struct person_id id;
    struct str name, login, roles;
    bool has_password;
};

struct v_person_rows {
    const struct person_row *rows;
    size_t count;
};

struct v_person_list {
    struct v_person_rows people;
    struct str q;
    bool is_disabled;
    int64_t found, first, last;
    struct str earlier, later; /* addresses of the pages beside this one */
};

struct person_role {
    struct membership_id id;
    struct unit_id unit_id;
    struct str role, unit, from, to;
    bool has_ended;
};

struct v_person_roles {
    const struct person_role *rows;
    size_t count;
};

struct v_person {
    struct q_person_one person;
    struct v_person_roles roles;
    struct str link; /* just made; shown this once */
    bool is_oneself;
};

struct v_person_form {
    struct person_id id; /* 0: a new one */
    struct str action, back;
    struct q_person_one person;
    struct choices langs, roles, units;
    struct str unit;
};

struct v_person_role_form {
    struct q_person_one person;
    struct choices roles, units;
    struct str unit;
};

struct v_person_password {
    struct q_person_one person;
};
#endif
