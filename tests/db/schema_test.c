#include "db/test_database.h"
#include "db/sample_sql.h"
#include "base/log.h"

extern const struct migration test_migrations[];

/* The sample's migrations as a list to change; there is room for one more. */
static struct migration *sample_list(void)
{
    struct migration *list = NEW_ARRAY(t, struct migration, 4);

    list[0] = test_migrations[0];
    list[1] = test_migrations[1];
    return list;
}

static enum schema_state state_of(struct database *database, const struct migration *list)
{
    enum schema_state state;

    assert_ok(migrate_status(database, list, &state));
    return state;
}

/* What is refused is also logged, which this test need not show. */
static enum err migrate_quietly(struct database *database, const struct migration *list)
{
    FILE *log = fopen("/dev/null", "w");

    log_set_file(log);
    enum err e = migrate_up(database, list, NULL);
    log_set_file(NULL);
    fclose(log);
    return e;
}

TEST(an_empty_database_is_told_from_an_older_one_and_is_brought_up_once)
{
    struct database *database = test_database_with(NULL);
    int applied = 0;

    assert_int_equal(state_of(database, test_migrations), SCHEMA_EMPTY);
    assert_ok(migrate_up(database, test_migrations, &applied));
    assert_int_equal(applied, 2);
    assert_int_equal(state_of(database, test_migrations), SCHEMA_CURRENT);
    assert_ok(migrate_up(database, test_migrations, &applied));
    assert_int_equal(applied, 0);
}

TEST(a_schema_is_brought_from_any_step_to_the_last)
{
    struct database *database = test_database_with(NULL);
    struct migration *first = sample_list();
    int applied = 0;

    first[1] = (struct migration){0};
    assert_ok(migrate_up(database, first, NULL));
    assert_int_equal(state_of(database, first), SCHEMA_CURRENT);
    assert_int_equal(state_of(database, test_migrations), SCHEMA_OLDER);
    assert_ok(migrate_up(database, test_migrations, &applied));
    assert_int_equal(applied, 1);
}

TEST(a_newer_schema_is_refused_and_left_alone)
{
    struct database *database = test_database_with(test_migrations);
    struct migration *first = sample_list();

    first[1] = (struct migration){0};
    log_set_level(LOG_ERROR + 1);
    assert_int_equal(state_of(database, first), SCHEMA_NEWER);
    log_set_level(LOG_INFO);
    assert_err(migrate_quietly(database, first), E_CORRUPT);
    assert_int_equal(state_of(database, test_migrations), SCHEMA_CURRENT);
}

TEST(a_changed_or_inserted_migration_is_refused)
{
    struct database *database = test_database_with(test_migrations);
    struct migration *changed = sample_list(), *inserted = sample_list();

    changed[0].hash = "0000000000000000";
    inserted[2] = inserted[1];
    inserted[1] = (struct migration){"202601011200_sample_late", "1", "select 1", "select 1"};
    log_set_level(LOG_ERROR + 1);
    assert_int_equal(state_of(database, changed), SCHEMA_CHANGED);
    assert_int_equal(state_of(database, inserted), SCHEMA_CHANGED);
    log_set_level(LOG_INFO);
    assert_err(migrate_quietly(database, changed), E_CORRUPT);
    assert_err(migrate_quietly(database, inserted), E_CORRUPT);
}

TEST(a_failing_migration_leaves_nothing_behind)
{
    struct database *database = test_database_with(test_migrations);
    struct migration *more = sample_list();
    const char *broken = "create table extra (n bigint); insert into nowhere values (1)";
    const char *mended = "create table extra (n bigint)";

    more[2] = (struct migration){"202601030000_sample_more", "1", broken, broken};
    assert_err(migrate_quietly(database, more), E_IO);
    assert_int_equal(state_of(database, more), SCHEMA_OLDER);
    more[2] = (struct migration){"202601030000_sample_more", "2", mended, mended};
    assert_ok(migrate_up(database, more, NULL));
    assert_int_equal(state_of(database, more), SCHEMA_CURRENT);
}

TEST(a_migration_that_breaks_a_reference_is_undone)
{
    struct database *database = test_database_with(test_migrations);
    struct migration *more = sample_list();
    const char *orphan = "insert into note (author_id, title) values (99, 'mồ côi')";

    more[2] = (struct migration){"202601030000_sample_orphan", "1", orphan, orphan};
    assert_int_not_equal(migrate_quietly(database, more), OK);
    assert_int_equal(state_of(database, more), SCHEMA_OLDER);
}

static enum err add_author(struct tx *tx, struct author_id *id)
{
    return q_author_add(tx, S("Lê C"), id);
}

TEST(a_full_disk_is_told_as_such)
{
    if (test_on_postgres())
        SKIP("SQLite's own");
    struct database *database = test_database_with(test_migrations);
    struct migration *more = sample_list();
    const char *large =
        "pragma max_page_count = 40; insert into note (title, picture) values ('to', zeroblob(1000000))";

    more[2] = (struct migration){"202601030000_sample_large", "1", large, large};
    assert_err(migrate_quietly(database, more), E_FULL);
    assert_int_equal(state_of(database, more), SCHEMA_OLDER);
}

TEST(ids_go_on_after_those_a_migration_wrote)
{
    struct author_id id;

    assert_ok(WRITE(test_database_with(test_migrations), t, NULL, add_author(tx, &id)));
    assert_int_equal(id.v, 3);
}

TEST(the_schema_of_the_program_can_be_made)
{
    struct database *database = test_database();

    assert_int_equal(state_of(database, migrations), SCHEMA_CURRENT);
    assert_ok(database_check(database));
}
