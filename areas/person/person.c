#include "person/person.h"
#include "access/access.h"
#include "access/role_name.h"
#include "auth/audit.h"
#include "auth/auth_sql.h"
#include "base/digest.h"
#include "base/random.h"
#include "text/name.h"
#include "text/text.h"

#define INVITATION S("password")

static enum err may(struct tx *tx)
{
    return permission_check(tx->who, ACT_PEOPLE_MANAGE, false);
}

static struct str or_none(struct str s)
{
    return s.len > 0 ? s : STR_NONE;
}

/* --- names and logins ---------------------------------------------------------------------------------------------- */

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool login_is_valid(struct str login)
{
    if (login.len < PERSON_LOGIN_MIN || login.len > PERSON_LOGIN_MAX || !is_plain(login.ptr[0]))
        return false;
    for (size_t i = 0; i < login.len; i++)
        if (!is_plain(login.ptr[i]) && memchr(".-_@", login.ptr[i], 4) == NULL)
            return false;
    return true;
}

static struct text_name name_parts(struct arena *a, const struct person_facts *facts)
{
    if (facts->family.len + facts->middle.len + facts->given.len == 0)
        return text_name_split(a, facts->full_name);
    return (struct text_name){.family = facts->family, .middle = facts->middle, .given = facts->given};
}

/* Keys hold any bytes, the database only text. */
static struct str sort_text(struct arena *a, const struct text_name *name)
{
    struct str key = text_name_sort_key(a, name->family, name->middle, name->given);

    return str_hex(a, key.ptr, key.len);
}

static bool facts_hold(const struct person_facts *facts)
{
    return facts->full_name.len > 0 && (facts->login.len == 0 || login_is_valid(facts->login));
}

static struct str or_empty(struct str s)
{
    return s.ptr != NULL ? s : S("");
}

/* --- adding and changing ------------------------------------------------------------------------------------------- */

enum err person_add(struct tx *tx, const struct person_facts *facts, struct str password_hash, struct person_id *id)
{
    struct text_name name = name_parts(tx->arena, facts);
    struct person_id added;

    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(q_person_add(tx, or_none(facts->login), facts->full_name, or_empty(name.family), or_empty(name.middle),
                     or_empty(name.given), text_fold(tx->arena, facts->full_name), sort_text(tx->arena, &name),
                     or_none(facts->email), or_none(password_hash), facts->lang.len > 0 ? facts->lang : S("vi"), tx->now,
                     &added));
    TRY(audit(tx, "person.added", "person", added.v, STR_NONE));
    *id = added;
    return OK;
}

enum err person_change(struct tx *tx, struct person_id id, const struct person_facts *facts)
{
    struct text_name name = name_parts(tx->arena, facts);

    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(q_person_set(tx, id, or_none(facts->login), facts->full_name, or_empty(name.family), or_empty(name.middle),
                     or_empty(name.given), text_fold(tx->arena, facts->full_name), sort_text(tx->arena, &name),
                     or_none(facts->email), facts->lang.len > 0 ? facts->lang : S("vi")));
    return audit(tx, "person.changed", "person", id.v, STR_NONE);
}

/* --- passwords ----------------------------------------------------------------------------------------------------- */

enum err person_reset_password(struct tx *tx, struct person_id id, struct str password_hash)
{
    TRY(may(tx));
    TRY(q_person_set_password(tx, id, password_hash));
    TRY(q_sessions_end_of_person(tx, id));
    TRY(q_person_links_end(tx, id));
    return audit(tx, "person.password", "person", id.v, STR_NONE);
}

enum err person_invite(struct tx *tx, struct person_id id, struct str *token)
{
    struct one_time_link_id link;
    struct str made = random_token(tx->arena);

    TRY(may(tx));
    TRY(q_person_links_end(tx, id));
    TRY(q_link_add(tx, digest_of(tx->arena, made), INVITATION, id, tx->now, tx->now + INVITATION_SECONDS, &link));
    TRY(audit(tx, "person.invited", "person", id.v, STR_NONE));
    *token = made;
    return OK;
}

static enum err find_invitation(struct db *db, struct str token, int64_t now, struct q_link_find *link)
{
    if (token.len == 0 || token.len > 100)
        return E_NOT_FOUND;
    return q_link_find(db, digest_of(db->arena, token), INVITATION, now, link);
}

enum err person_of_invitation(struct db *db, struct str token, int64_t now, struct person_id *id)
{
    struct q_link_find link;

    TRY(find_invitation(db, token, now, &link));
    *id = link.person_id;
    return OK;
}

enum err person_take_invitation(struct tx *tx, struct str token, struct str password_hash, struct person_id *id)
{
    struct q_link_find link;

    TRY(find_invitation(tx->db, token, tx->now, &link));
    TRY(q_link_use(tx, link.id, tx->now));
    TRY(q_person_set_password(tx, link.person_id, password_hash));
    TRY(q_sessions_end_of_person(tx, link.person_id));
    TRY(audit(tx, "person.invitation-taken", "person", link.person_id.v, STR_NONE));
    *id = link.person_id;
    return OK;
}

/* --- roles --------------------------------------------------------------------------------------------------------- */

enum err person_grant(struct tx *tx, struct person_id person, struct unit_id unit, struct str role, int64_t from, int64_t to)
{
    struct membership_id id;

    TRY(may(tx));
    if (role_of_code(role) == 0 || (from != 0 && to != 0 && from >= to))
        return E_INVALID;
    TRY(q_membership_add(tx, person, unit, role, from, to, &id));
    return audit(tx, "person.role-given", "person", person.v, role);
}

static enum err admin_remains(struct tx *tx, struct person_id person, struct membership_id besides)
{
    struct q_admins_besides left;

    TRY(q_admins_besides(tx->db, person, besides, tx->now, &left));
    return left.admins > 0 ? OK : E_INVALID;
}

enum err person_revoke(struct tx *tx, struct person_id person, struct membership_id membership)
{
    struct q_membership_one m;

    TRY(may(tx));
    TRY(q_membership_one(tx->db, membership, &m));
    if (m.person_id.v != person.v)
        return E_NOT_FOUND;
    if (str_equal(m.role, S("admin")))
        TRY(admin_remains(tx, person, membership));
    TRY(q_membership_end(tx, membership, tx->now));
    return audit(tx, "person.role-ended", "person", person.v, m.role);
}

/* --- letting in and keeping out ------------------------------------------------------------------------------------ */

enum err person_disable(struct tx *tx, struct person_id id)
{
    TRY(may(tx));
    TRY(admin_remains(tx, id, (struct membership_id){0}));
    TRY(q_person_set_disabled(tx, id, tx->now));
    TRY(q_sessions_end_of_person(tx, id));
    TRY(q_person_links_end(tx, id));
    return audit(tx, "person.disabled", "person", id.v, STR_NONE);
}

enum err person_enable(struct tx *tx, struct person_id id)
{
    TRY(may(tx));
    TRY(q_person_set_disabled(tx, id, 0));
    return audit(tx, "person.enabled", "person", id.v, STR_NONE);
}
