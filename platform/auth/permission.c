#include "auth/permission.h"

static const struct permission *permissions;
static size_t permission_count;

const struct principal nobody_signed_in = {.roles = ROLE_ANYONE};
const struct principal the_program_itself = {.roles = ~0u, .is_system = true};

void permission_use_table(const struct permission *table, size_t n)
{
    permissions = table;
    permission_count = n;
}

const struct permission *permission_of(int action)
{
    return action >= 0 && (size_t)action < permission_count ? &permissions[action] : NULL;
}

bool permission_has(const struct principal *who, int action)
{
    const struct permission *p = permission_of(action);

    return who != NULL && p != NULL && (who->is_system || (who->roles & (p->all | p->own)) != 0);
}

enum err permission_check(const struct principal *who, int action, bool is_own)
{
    const struct permission *p = permission_of(action);

    if (who == NULL || p == NULL)
        return E_DENIED;
    if (who->is_system || (who->roles & p->all) != 0)
        return OK;
    return is_own && (who->roles & p->own) != 0 ? OK : E_DENIED;
}

unsigned role_of_code(struct str code)
{
    static const struct {
        const char *code;
        unsigned role;
    } roles[] = {
        {"reader", ROLE_READER}, {"contributor", ROLE_CONTRIBUTOR}, {"editor", ROLE_EDITOR},
        {"approver", ROLE_APPROVER}, {"admin", ROLE_ADMIN},
    };

    for (size_t i = 0; i < countof(roles); i++)
        if (str_equal(code, str_of(roles[i].code)))
            return roles[i].role;
    return 0;
}
