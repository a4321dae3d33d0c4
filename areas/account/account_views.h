/* What the pages of one's own account show. */
#ifndef BANTIN_ACCOUNT_VIEWS_H
#define BANTIN_ACCOUNT_VIEWS_H

#include "account/account_sql.h"
#include "html/fields.h"
#include "layout/layout.h"

struct v_sign_in {
    struct str next;   /* where to go on to */
    struct str person; /* signed in already, as this person */
};

struct account_role {
    struct str role, unit;
};

/* The link that lets somebody set a password. */
struct v_invitation {
    struct str token;
    struct q_account_person person;
};

struct v_account_roles {
    const struct account_role *rows;
    size_t count;
};

struct v_account {
    enum page_kind kind;
    struct q_account_person person;
    struct v_account_roles roles;
    struct choices langs;
    int64_t sessions;
};
#endif
