/* A fresh database for one test, closed and removed with the test's arena `t`: SQLite in a temporary file, or, with
 * BANTIN_TEST_DB=postgres, a database of its own on the server that tests/db/with_postgres started. */
#ifndef BANTIN_TEST_DATABASE_H
#define BANTIN_TEST_DATABASE_H

#include "unit/test.h"
#include "db/db.h"
#include "db/migrate.h"
#include "db/query.h"

/* With all the program's migrations. */
struct database *test_database(void);
/* With these instead; NULL for an empty one. */
struct database *test_database_with(const struct migration *list);
bool test_on_postgres(void);

/* A reader that lives as long as the test. */
struct db *test_reader(struct database *database);

/* The engine takes each query of an area's list, with the declared types. */
void test_every_query(struct db *db, const struct query_info *queries);
#endif
