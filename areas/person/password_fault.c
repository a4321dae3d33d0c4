#include "person/person.h"
#include "auth/password.h"

static size_t count_characters(struct str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len; n++)
        str_next_code(s, &at);
    return n;
}

enum msg password_fault(struct arena *a, struct str password, struct str login)
{
    struct str lower = str_ascii_lower(a, password);

    if (count_characters(password) < PASSWORD_MIN)
        return MSG_account_password_short;
    if (password.len > PASSWORD_MAX)
        return MSG_form_too_long;
    if (login.len > 3 && str_contains(lower, login) && password.len < login.len + 6)
        return MSG_account_password_like_login;
    return password_is_common(a, password) ? MSG_account_password_common : MSG_NONE;
}
