/* The permission check: mechanism only. The table itself, role by action, is areas/access/permissions.def.
 *
 * A role is a bit. ROLE_ANYONE is held by everybody, signed in or not; ROLE_MEMBER by everybody signed in; the others by
 * membership. An action is allowed on every object (`all`), on one's own objects (`own`), or not at all. */
#ifndef BANTIN_PERMISSION_H
#define BANTIN_PERMISSION_H

#include "base/base.h"
#include "db/ids.h"

enum role {
    ROLE_ANYONE = 1 << 0,
    ROLE_MEMBER = 1 << 1,
    ROLE_READER = 1 << 2,
    ROLE_CONTRIBUTOR = 1 << 3,
    ROLE_EDITOR = 1 << 4,
    ROLE_APPROVER = 1 << 5,
    ROLE_ADMIN = 1 << 6,
};

/* Who acts. Lives as long as the request or job it was made for. */
struct principal {
    struct person_id person; /* 0: nobody is signed in, or the program itself */
    struct session_id session;
    struct str name;
    unsigned roles;          /* enum role */
    struct unit_id unit;     /* the first unit they are in */
    const struct str *unit_paths;
    size_t unit_count;
    bool is_system;          /* the program itself: jobs and the command line; may do everything */
};

struct permission {
    const char *name; /* "article.edit" */
    unsigned all, own;
};

/* The table, indexed by action; static storage. Set once at start. */
void permission_use_table(const struct permission *table, size_t n);
const struct permission *permission_of(int action);

extern const struct principal nobody_signed_in, the_program_itself;

/* May they do this to anything at all? For routes and buttons. */
bool permission_has(const struct principal *who, int action);
/* May they do it to this object, which is theirs or not? For rules: E_DENIED if not. */
enum err permission_check(const struct principal *who, int action, bool is_own);

/* "editor" and the like, as stored in membership.role; 0 for an unknown word. */
unsigned role_of_code(struct str code);
#endif
