/* The installation as a whole: its settings, its health, and the erasing of a demo. */
#ifndef BANTIN_ADMIN_H
#define BANTIN_ADMIN_H

#include "admin/admin_sql.h"
#include "auth/permission.h"
#include "db/db.h"
#include "http/router.h"

extern const struct route admin_routes[];

/* `accent`: "", "blue", "green", "violet", "brown". */
enum err installation_configure(struct tx *tx, struct str organisation, struct str accent);

/* Empties a demo for real work: all rows but the fixed lists, and gives the token of a first start's link. E_DENIED
 * where the installation is no demo. The media folder is the caller's to clear, after the write is kept. */
enum err installation_erase(struct tx *tx, struct str *token);
#endif
