#include "account/account.h"
#include "access/access.h"
#include "auth/audit.h"
#include "auth/auth_sql.h"
#include "auth/password.h"
#include "auth/session.h"

/* A path of this site: browsers read "//x", "/\x" and control bytes as the way to another one. */
static bool is_local_path(struct str path)
{
    if (path.len < 1 || path.len > 1000 || path.ptr[0] != '/' || str_starts(path, S("//")))
        return false;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] <= ' ' || path.ptr[i] > '~' || path.ptr[i] == '\\')
            return false;
    return !str_starts(path, S("/dang-nhap")) && !str_starts(path, S("/dang-xuat"));
}

struct str account_next(const struct principal *who, struct str next)
{
    if (is_local_path(next))
        return next;
    if (permission_has(who, ACT_NEWSROOM))
        return S("/toa-soan");
    return permission_has(who, ACT_SYSTEM_MANAGE) ? S("/quan-tri") : S("/");
}

enum err account_enter(struct tx *tx, struct person_id person, struct str *token)
{
    if (tx->who->session.v != 0)
        TRY(session_close(tx, tx->who->session));
    return session_open(tx, person, token);
}

static enum err check_own(struct tx *tx)
{
    return permission_check(tx->who, ACT_ACCOUNT, true);
}

enum err account_set_password(struct tx *tx, struct str hash)
{
    TRY(check_own(tx));
    TRY(q_person_set_password(tx, tx->who->person, hash));
    TRY(q_account_end_others(tx, tx->who->person, tx->who->session));
    return audit(tx, "account.password", "person", tx->who->person.v, STR_NONE);
}

enum err account_set_lang(struct tx *tx, enum lang lang)
{
    TRY(check_own(tx));
    return q_account_set_lang(tx, tx->who->person, lang_code(lang));
}

enum err account_end_other_sessions(struct tx *tx)
{
    TRY(check_own(tx));
    return q_account_end_others(tx, tx->who->person, tx->who->session);
}
