/* Actions, made from permissions.def. The mechanism is platform/auth/permission.h. */
#ifndef BANTIN_ACCESS_H
#define BANTIN_ACCESS_H

#include "auth/permission.h"

enum action {
#define PERMISSION(action, name, all, own) action,
#include "access/permissions.def"
#undef PERMISSION
    ACTION_COUNT
};

/* Gives the table to the mechanism; called once at start by every program and test. */
void access_start(void);
#endif
