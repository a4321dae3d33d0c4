#include "access/access.h"

enum {
    NOBODY = 0,
    ANYONE = ROLE_ANYONE,
    MEMBER = ROLE_MEMBER,
    CONTRIBUTOR = ROLE_CONTRIBUTOR,
    EDITOR = ROLE_EDITOR,
    APPROVER = ROLE_APPROVER,
    ADMIN = ROLE_ADMIN,
};

static const struct permission table[] = {
#define PERMISSION(action, name, all, own) [action] = {name, all, own},
#include "access/permissions.def"
#undef PERMISSION
};

void access_start(void)
{
    permission_use_table(table, countof(table));
}
