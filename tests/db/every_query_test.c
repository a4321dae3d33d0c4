/* Each engine takes every query of every room: what sqlgen checked on SQLite while building, PostgreSQL must plan too. */
#include "db/every_query.h"
#include "db/test_database.h"

TEST(every_query_of_every_room_runs_here)
{
    struct db *db = test_reader(test_database());

    for (const struct query_table *table = every_query; table->room != NULL; table++)
        test_every_query(db, table->queries);
}

TEST(the_list_of_rooms_is_not_empty)
{
    size_t queries = 0;

    for (const struct query_table *table = every_query; table->room != NULL; table++)
        for (const struct query_info *q = table->queries; q->name != NULL; q++)
            queries++;
    assert_true(queries > 100);
}
