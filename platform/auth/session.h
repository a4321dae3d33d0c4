/* Signing in and staying signed in. The browser holds a token in the cookie `__Host-bantin`; the database holds its
 * digest. A session ends 14 days after its last use. */
#ifndef BANTIN_SESSION_H
#define BANTIN_SESSION_H

#include "auth/permission.h"
#include "db/db.h"

#define SESSION_COOKIE "__Host-bantin"

enum { SESSION_SECONDS = 14 * 24 * 3600, SESSION_TOUCH_SECONDS = 3600 };

/* The principal of a token in db's arena: nobody_signed_in where the token is none, unknown or expired. *stale is true
 * when its last use should be written down again (session_touch). */
enum err session_principal(struct db *db, struct str token, int64_t now, const struct principal **who, bool *stale);

/* A principal for what a person does outside a session (tests, the command line). */
enum err principal_of_person(struct db *db, struct person_id person, int64_t now, const struct principal **who);

/* Finds the person whose login and password these are: E_DENIED for any wrong one, after the same time; E_BUSY when
 * this login was tried wrongly too often (5 in 15 minutes from one address, 50 from all). */
enum err sign_in_check(struct db *db, struct str login, struct str password, struct str address, int64_t now,
                       struct person_id *person);

/* Opens a session and gives the token for the cookie. */
enum err session_open(struct tx *tx, struct person_id person, struct str *token);
enum err session_touch(struct tx *tx, struct session_id id);
enum err session_close(struct tx *tx, struct session_id id);

/* The hidden form token of a session: a digest of the cookie's token, masked afresh each time so that compression
 * tells nothing about it. */
struct str csrf_token(struct arena *a, struct str session_token);
bool csrf_matches(struct arena *a, struct str session_token, struct str given);
#endif
