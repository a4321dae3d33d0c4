/* Bringing a database's schema to what the program knows: forward only, each migration whole or not at all, recorded in
 * the table schema_migration. The list comes from tools/migrations_gen, which reads migrations/. */
#ifndef BANTIN_DB_MIGRATE_H
#define BANTIN_DB_MIGRATE_H

#include "db/db.h"

struct migration {
    const char *name; /* 202611221500_article_revisions */
    const char *hash; /* of the file as it was written */
    const char *sqlite, *postgres;
};

/* In order of their names; ends with one without a name. */
extern const struct migration migrations[];

enum schema_state {
    SCHEMA_EMPTY,   /* nothing was ever applied: a new database */
    SCHEMA_CURRENT,
    SCHEMA_OLDER,   /* migrate_up will bring it up */
    SCHEMA_NEWER,   /* it has what this program does not know: a newer program wrote it */
    SCHEMA_CHANGED, /* an applied migration's file is not what it was, or one was put in before the last applied */
};

/* The constant's name in words for the operator: "older", … */
const char *schema_state_name(enum schema_state state);

enum err migrate_status(struct database *database, const struct migration *list, enum schema_state *state);

/* Applies what is missing; E_CORRUPT for a newer or changed schema, which is left as it is. `applied` (may be NULL)
 * counts what was done. */
enum err migrate_up(struct database *database, const struct migration *list, int *applied);
#endif
