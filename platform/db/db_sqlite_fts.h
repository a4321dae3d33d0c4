/* The full text tokenizer `vi` for SQLite's FTS5. Also used by tools/sqlgen, so that the schema can be made. */
#ifndef BANTIN_DB_SQLITE_FTS_H
#define BANTIN_DB_SQLITE_FTS_H

#include "base/base.h"

struct sqlite3;

/* Registers `vi` on one connection. Without a tokenizer set, words are what stands between ASCII white space. */
enum err sqlite_register_tokenizer(struct sqlite3 *db);
#endif
