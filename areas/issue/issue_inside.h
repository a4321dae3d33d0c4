/* What the files of the issue's rules share among themselves. */
#ifndef BANTIN_ISSUE_INSIDE_H
#define BANTIN_ISSUE_INSIDE_H

#include "issue/issue.h"

bool issue_state_is(struct str state, const char *a, const char *b);
/* Takes the approval away, if there is one; the issue is in the making again, and its history says why. */
enum err issue_void_approval(struct tx *tx, const struct q_issue_whole *issue, const char *why);

/* What is true of every item that may go out. */
bool issue_item_is_ready(const struct q_issue_items *item);
#endif
