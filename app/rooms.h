/* Every room of the house, once: its routes, and what it needs at the start. */
#ifndef BANTIN_ROOMS_H
#define BANTIN_ROOMS_H

#include "app/command.h"
#include "http/router.h"

extern const struct route *const all_routes[];

/* Where nobody has an account yet: prints the one-time link that makes the administrator. */
void first_start_greeting(const struct command_run *run, struct database *database, const char *url);
#endif
