/* Who did what to which thing, written in the transaction that did it. Never who read what. */
#ifndef BANTIN_AUDIT_H
#define BANTIN_AUDIT_H

#include "db/db.h"

/* action: "article.saved"; kind: "article". */
enum err audit(struct tx *tx, const char *action, const char *kind, int64_t object, struct str detail);
#endif
