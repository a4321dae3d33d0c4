#include "access/role_name.h"

const char *const role_codes[] = {"reader", "contributor", "editor", "approver", "admin", NULL};

struct str role_name(enum lang lang, struct str code)
{
    static const enum msg names[] = {MSG_role_reader, MSG_role_contributor, MSG_role_editor, MSG_role_approver,
                                     MSG_role_admin};

    for (size_t i = 0; i < countof(names); i++)
        if (str_equal(code, str_of(role_codes[i])))
            return msg(lang, names[i]);
    return code;
}
