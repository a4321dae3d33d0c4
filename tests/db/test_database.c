#include "db/test_database.h"
#include "base/files.h"
#include <unistd.h>

/* Migrating takes longer than copying a file: the first test of a program makes a template, the others copy it. */
struct template {
    const struct migration *list;
    struct str content;
};

static struct template templates[4];
static struct arena *kept;
static char folder[64];

static void remove_folder(void)
{
    IGNORE(folder_remove(folder)); /* the system clears its temporary folder in the end */
    arena_free(kept);
}

static void prepare_folder(void)
{
    if (kept != NULL)
        return;
    kept = arena_new(0);
    snprintf(folder, sizeof folder, "/tmp/bantin-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    atexit(remove_folder);
}

bool test_on_postgres(void)
{
    const char *chosen = getenv("BANTIN_TEST_DB");

    return chosen != NULL && strcmp(chosen, "postgres") == 0;
}

static void close_database(void *arg)
{
    database_close(arg);
}

static struct str template_of(const struct migration *list)
{
    size_t i = 0;

    while (i < countof(templates) && templates[i].list != NULL && templates[i].list != list)
        i++;
    assert_true(i < countof(templates));
    if (templates[i].list == list)
        return templates[i].content;

    struct database *database;
    char *path = str_z(t, str_format(t, "%s/template%zu.db", folder, i));
    assert_ok(database_open(path, NULL, &database));
    assert_ok(migrate_up(database, list, NULL));
    database_close(database);
    templates[i].list = list;
    assert_ok(file_read(kept, path, 1 << 30, &templates[i].content));
    return templates[i].content;
}

/* A test's readers live until its end. */
static const struct database_options many_readers = {.readers = 64};

static struct database *fresh_sqlite(const struct migration *list)
{
    static int made;
    struct database *database;
    char *path = str_z(t, str_format(t, "%s/%d.db", folder, ++made));

    if (list != NULL)
        assert_ok(file_write(path, template_of(list)));
    assert_ok(database_open(path, &many_readers, &database));
    return database;
}

struct database *test_database_with(const struct migration *list)
{
    prepare_folder();
    struct database *database = fresh_sqlite(list);

    arena_defer(t, close_database, database);
    return database;
}

struct database *test_database(void)
{
    return test_database_with(migrations);
}

struct db *test_reader(struct database *database)
{
    struct db *db;

    assert_ok(db_reader(database, t, &db));
    return db;
}
