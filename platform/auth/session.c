#include "auth/session.h"
#include "auth/attempts.h"
#include "auth/auth_sql.h"
#include "auth/password.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/random.h"

static void add_membership(struct principal *who, struct str *paths, const struct q_memberships_of *m)
{
    who->roles |= role_of_code(m->role);
    if (who->unit.v == 0)
        who->unit = m->unit_id;
    paths[who->unit_count++] = m->path;
}

enum err principal_of_person(struct db *db, struct person_id person, int64_t now, const struct principal **who)
{
    struct q_memberships_of_rows memberships;
    struct principal *made = NEW(db->arena, struct principal);

    TRY(q_memberships_of(db, person, now, &memberships));
    struct str *paths = NEW_ARRAY(db->arena, struct str, memberships.count + 1);
    made->person = person;
    made->roles = ROLE_ANYONE | ROLE_MEMBER;
    made->unit_paths = paths;
    for (size_t i = 0; i < memberships.count; i++)
        add_membership(made, paths, &memberships.rows[i]);
    *who = made;
    return OK;
}

enum err session_principal(struct db *db, struct str token, int64_t now, const struct principal **who, bool *stale)
{
    struct q_session_of_token session;
    const struct principal *person;

    *who = &nobody_signed_in;
    *stale = false;
    if (token.len == 0 || token.len > 100)
        return OK;
    enum err e = q_session_of_token(db, digest_of(db->arena, token), now, &session);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(principal_of_person(db, session.person_id, now, &person));
    struct principal *made = NEW(db->arena, struct principal);
    *made = *person;
    made->session = session.id;
    made->name = session.full_name;
    *who = made;
    *stale = session.seen_at + SESSION_TOUCH_SECONDS < now;
    return OK;
}

enum err sign_in_check(struct db *db, struct str login, struct str password, struct str address, int64_t now,
                       struct person_id *person)
{
    struct q_person_for_sign_in found = {0};

    if (!attempt_is_allowed(login, address, now))
        return E_BUSY;
    enum err e = q_person_for_sign_in(db, login, &found);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (password.len > PASSWORD_MAX || !password_matches(db->arena, found.password_hash, password)) {
        attempt_failed(login, address, now);
        return E_DENIED;
    }
    attempt_succeeded(login, address);
    *person = found.id;
    return OK;
}

enum err session_open(struct tx *tx, struct person_id person, struct str *token)
{
    struct session_id id;
    struct str made = random_token(tx->arena);

    TRY(q_sessions_end_expired(tx, tx->now));
    TRY(q_session_add(tx, digest_of(tx->arena, made), person, tx->now, tx->now + SESSION_SECONDS, &id));
    *token = made;
    return OK;
}

enum err session_touch(struct tx *tx, struct session_id id)
{
    return q_session_touch(tx, id, tx->now, tx->now + SESSION_SECONDS);
}

enum err session_close(struct tx *tx, struct session_id id)
{
    return q_session_end(tx, id);
}

/* --- the form token ---------------------------------------------------------------------------------------------- */

enum { CSRF_BYTES = 32 };

static void csrf_secret(struct arena *a, struct str session_token, unsigned char secret[CSRF_BYTES])
{
    struct str hex = digest_of(a, str_format(a, "form:%.*s", STR_ARG(session_token)));

    for (size_t i = 0; i < CSRF_BYTES; i++) {
        char high = hex.ptr[2 * i], low = hex.ptr[2 * i + 1];
        secret[i] = (unsigned char)(((high <= '9' ? high - '0' : high - 'a' + 10) << 4) |
                                    (low <= '9' ? low - '0' : low - 'a' + 10));
    }
}

struct str csrf_token(struct arena *a, struct str session_token)
{
    unsigned char both[2 * CSRF_BYTES];

    csrf_secret(a, session_token, both + CSRF_BYTES);
    random_bytes(both, CSRF_BYTES);
    for (size_t i = 0; i < CSRF_BYTES; i++)
        both[CSRF_BYTES + i] ^= both[i];
    return str_hex(a, both, sizeof both);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool csrf_matches(struct arena *a, struct str session_token, struct str given)
{
    unsigned char secret[CSRF_BYTES], both[2 * CSRF_BYTES], difference = 0;

    if (session_token.len == 0 || given.len != 4 * CSRF_BYTES)
        return false;
    for (size_t i = 0; i < sizeof both; i++) {
        int high = hex_digit(given.ptr[2 * i]), low = hex_digit(given.ptr[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        both[i] = (unsigned char)(high << 4 | low);
    }
    csrf_secret(a, session_token, secret);
    for (size_t i = 0; i < CSRF_BYTES; i++)
        difference |= (unsigned char)(both[i] ^ both[CSRF_BYTES + i] ^ secret[i]);
    return difference == 0;
}
