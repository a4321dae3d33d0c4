/* Passwords, kept only as argon2id in its text form (libsodium; 19 MiB and 2 passes, OWASP's first choice). A check
 * takes about 33 ms of one core, so callers run few at once. */
#ifndef BANTIN_PASSWORD_H
#define BANTIN_PASSWORD_H

#include "base/base.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200 };

struct str password_hash(struct arena *a, struct str password);

/* `hash` may be none (no such person): the check then costs the same and fails. */
bool password_matches(struct arena *a, struct str hash, struct str password);

/* One that everybody tries first. */
bool password_is_common(struct arena *a, struct str password);
#endif
