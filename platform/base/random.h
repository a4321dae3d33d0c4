/* Random bytes from the system, fit for keys and tokens. Never fails: without randomness the program stops. */
#ifndef BANTIN_RANDOM_H
#define BANTIN_RANDOM_H

#include "base/str.h"

void random_bytes(void *to, size_t n);
/* A token of 43 letters, digits, '-' and '_' that holds 256 bits; for links, cookies, form tokens. */
struct str random_token(struct arena *a);
#endif
