/* Wrong passwords, counted in memory so that guessing is slow: by login and address together, and more loosely by
 * login alone, so that nobody can lock another person out from elsewhere. Any thread. */
#ifndef BANTIN_ATTEMPTS_H
#define BANTIN_ATTEMPTS_H

#include "base/base.h"

enum { ATTEMPT_SECONDS = 15 * 60, ATTEMPTS_OF_ADDRESS = 5, ATTEMPTS_OF_LOGIN = 50 };

bool attempt_is_allowed(struct str login, struct str address, int64_t now);
void attempt_failed(struct str login, struct str address, int64_t now);
void attempt_succeeded(struct str login, struct str address);
#endif
