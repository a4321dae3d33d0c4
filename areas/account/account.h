/* One's own account: coming in, going out, one's password, language and sessions.
 *
 * A password is checked and hashed outside the transaction that keeps it (a check takes 33 ms). Everything here is what
 * a person does to themselves; what an administrator does to others is the room person/. */
#ifndef BANTIN_ACCOUNT_H
#define BANTIN_ACCOUNT_H

#include "account/account_sql.h"
#include "auth/permission.h"
#include "http/router.h"
#include "web/request.h"

extern const struct route account_routes[], invitation_routes[];

/* Where to go on after signing in: `next` if it is a path of this site and nothing else, else the first screen of what
 * the person is. */
struct str account_next(const struct principal *who, struct str next);

/* Opens a session for the person, in the place of the one this browser had. */
enum err account_enter(struct tx *tx, struct person_id person, struct str *token);
/* Gives the browser the session's cookie. */
void account_give_cookie(struct request *rq, struct str token);

/* A new password for oneself; all other sessions end. `hash` is password_hash's. */
enum err account_set_password(struct tx *tx, struct str hash);
enum err account_set_lang(struct tx *tx, enum lang lang);
enum err account_end_other_sessions(struct tx *tx);
#endif
