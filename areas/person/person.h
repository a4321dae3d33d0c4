/* People, their logins and their roles in units.
 *
 * What an administrator does to others; what one does to oneself is the room account/. Nobody is deleted: a person is
 * disabled and comes back. The organisation is never left without an administrator (E_INVALID). All verbs run in the
 * caller's transaction, check ACT_PEOPLE_MANAGE and write the audit trail. */
#ifndef BANTIN_PERSON_H
#define BANTIN_PERSON_H

#include "auth/permission.h"
#include "db/db.h"
#include "html/msg.h"
#include "http/router.h"
#include "person/person_sql.h"

extern const struct route person_routes[];

enum { PERSON_NAME_MAX = 120, PERSON_LOGIN_MIN = 2, PERSON_LOGIN_MAX = 60, INVITATION_SECONDS = 7 * 24 * 3600 };

struct person_facts {
    struct str full_name;
    struct str family, middle, given; /* all empty: split from the full name */
    struct str login;                 /* none: cannot sign in */
    struct str email;                 /* or none */
    struct str lang;                  /* "vi", "en"; none: vi */
};

/* Small letters, digits, '.', '-', '_', '@', beginning with a letter or digit. */
bool login_is_valid(struct str login);

/* What is wrong with a new password, or MSG_NONE; `login` may be none. */
enum msg password_fault(struct arena *a, struct str password, struct str login);

/* `password_hash` as password_hash() gives it, or none. E_CONFLICT: the login is taken; E_INVALID: no name, bad login. */
enum err person_add(struct tx *tx, const struct person_facts *facts, struct str password_hash, struct person_id *id);
enum err person_change(struct tx *tx, struct person_id id, const struct person_facts *facts);

/* Sets the password; the person's sessions end. */
enum err person_reset_password(struct tx *tx, struct person_id id, struct str password_hash);
/* A link that works once, for 7 days, to set one's password; an older one ends. */
enum err person_invite(struct tx *tx, struct person_id id, struct str *token);
/* Takes such a link: the person it is for, who has the new password now. E_NOT_FOUND: used, ended or never made. */
enum err person_take_invitation(struct tx *tx, struct str token, struct str password_hash, struct person_id *id);
enum err person_of_invitation(struct db *db, struct str token, int64_t now, struct person_id *id);

/* A role in a unit, from one day to another (UTC seconds, 0: open). */
enum err person_grant(struct tx *tx, struct person_id person, struct unit_id unit, struct str role, int64_t from, int64_t to);
/* Ends it now. */
enum err person_revoke(struct tx *tx, struct person_id person, struct membership_id membership);

/* Cannot sign in any more; all sessions die at once. */
enum err person_disable(struct tx *tx, struct person_id id);
enum err person_enable(struct tx *tx, struct person_id id);
#endif
