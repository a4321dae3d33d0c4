#include "access/access.h"
#include "admin/admin.h"
#include "db/test_database.h"
#include "person/person.h"
#include "setup/setup.h"
#include "site/site.h"
#include <sodium.h>
#include <sqlite3.h>

static struct database *database;

#define DO(call) WRITE(database, t, &the_program_itself, call)

static void start(void)
{
    assert_true(sodium_init() >= 0);
    access_start();
    database = test_database();
}

static enum err fill(struct tx *tx, bool is_demo)
{
    static const struct str sections[] = {{"Tin", 3}};
    struct setup_facts facts = {
        .organisation = S("Tỉnh ủy"),
        .unit = {.name = S("Đảng bộ tỉnh"), .kind = S("Đảng bộ")},
        .person = {.full_name = S("Lò Văn Dũng"), .login = S("dung")},
        .publication = {.name = S("Bản tin"), .code = S("ban-tin")},
        .sections = sections, .section_count = 1,
    };
    struct str token, session;

    TRY(setup_make_link(tx, &token));
    TRY(setup_run(tx, token, &facts, &session));
    return is_demo ? q_setting_set(tx, S("demo"), S("yes")) : OK;
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(test_reader(database), admin_queries);
}

TEST(only_a_demo_is_erased)
{
    struct str token;

    start();
    assert_ok(DO(fill(tx, false)));
    assert_err(DO(installation_erase(tx, &token)), E_DENIED);
}

TEST(an_erased_demo_is_a_first_start)
{
    struct str token;

    start();
    assert_ok(DO(fill(tx, true)));
    assert_ok(DO(installation_erase(tx, &token)));
    assert_true(setup_is_needed(test_reader(database)));
    assert_ok(setup_link_works(test_reader(database), token, 1));
}

static int64_t count_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    int64_t n = -1;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    if (sqlite3_step(s) == SQLITE_ROW)
        n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

/* Whoever adds a table names it in admin.sql; without rows in it nothing else would notice. */
TEST(every_table_is_erased_or_is_a_fixed_list)
{
    static const char tables[] = "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' and "
                                 "name not like 'search_index%' and name not like 'sqlite_%' and "
                                 "name not in ('role', 'article_state', 'issue_state', 'schema_migration')";
    sqlite3_stmt *s;
    sqlite3 *db;

    if (test_on_postgres())
        SKIP("the list of tables is read on SQLite");
    start();
    assert_int_equal(sqlite3_open(database_url(database), &db), SQLITE_OK);
    assert_true(count_of(db, "select count(*) from role") == 5);
    assert_int_equal(sqlite3_prepare_v2(db, tables, -1, &s, NULL), SQLITE_OK);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct str wanted = str_format(t, "delete from %s", sqlite3_column_text(s, 0));
        bool found = false;
        for (const struct query_info *q = admin_queries; q->name != NULL; q++)
            found |= str_starts(str_trim(str_of(q->sqlite)), wanted);
        if (!found)
            print_error("not erased: %s\n", sqlite3_column_text(s, 0));
        assert_true(found);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
}
