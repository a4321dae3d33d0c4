#include "db/test_database.h"
#include "base/files.h"
#include <unistd.h>

/* Migrating takes longer than copying: the first test of a program makes a template, the others copy it. */
struct template
{
    const struct migration *list;
    const char *name;
};

static struct template templates[4];
static struct arena *kept;
static char folder[64];
static int made;

/* A test's readers live until its end. */
static const struct database_options many_readers = {.readers = 32};

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

static const char *server(void)
{
    const char *url = getenv("BANTIN_TEST_PG");

    if (url == NULL)
        fail_msg("BANTIN_TEST_DB=postgres needs BANTIN_TEST_PG: run it by tests/db/with_postgres");
    return url;
}

/* As its superuser: the room itself makes no databases. */
static void on_server(const char *sql)
{
    char *command = str_z(t, str_format(t, "psql -qXc \"%s\" '%s'", sql, server()));

    assert_int_equal(system(command), 0);
}

/* The server's address with another database: postgresql:///NAME?host=… */
static char *address_of(struct arena *a, const char *name)
{
    struct str url = str_of(server());
    size_t question = str_find_char(url, '?', 0);

    return str_z(a, str_format(a, "postgresql:///%s%.*s", name, STR_ARG(str_skip(url, question))));
}

struct opened {
    struct database *database;
    const char *name; /* on the server, or NULL */
};

static void close_database(void *arg)
{
    struct opened *opened = arg;

    database_close(opened->database);
    if (opened->name != NULL)
        on_server(str_z(t, str_format(t, "drop database %s with (force)", opened->name)));
}

static const char *new_name(struct arena *a)
{
    return str_z(a, str_format(a, "bantin_%d_%d", (int)getpid(), ++made));
}

/* An empty database, or a copy of the named one; gives its url. */
static char *make_database(const char *template, const char **name)
{
    *name = new_name(kept);
    if (test_on_postgres()) {
        on_server(str_z(t, str_format(t, "create database %s%s%s", *name, template != NULL ? " template " : "",
                                      template != NULL ? template : "")));
        return address_of(kept, *name);
    }
    char *path = str_z(kept, str_format(kept, "%s/%s", folder, *name));
    struct str content;
    if (template != NULL) {
        assert_ok(file_read(t, str_z(t, str_format(t, "%s/%s", folder, template)), 1 << 30, &content));
        assert_ok(file_write(path, content));
    }
    return path;
}

static const char *template_of(const struct migration *list)
{
    struct template *template = templates;
    struct database *database;

    while (template->list != NULL && template->list != list)
        template ++;
    assert_true(template <templates + countof(templates));
    if (template->list == list)
        return template->name;
    char *url = make_database(NULL, &template->name);
    assert_ok(database_open(url, NULL, &database));
    assert_ok(migrate_up(database, list, NULL));
    database_close(database);
    template->list = list;
    return template->name;
}

struct database *test_database_with(const struct migration *list)
{
    struct opened *opened = NEW(t, struct opened);

    prepare_folder();
    char *url = make_database(list != NULL ? template_of(list) : NULL, &opened->name);
    if (!test_on_postgres())
        opened->name = NULL;
    assert_ok(database_open(url, &many_readers, &opened->database));
    arena_defer(t, close_database, opened);
    return opened->database;
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

void test_every_query(struct db *db, const struct query_info *queries)
{
    for (const struct query_info *q = queries; q->name != NULL; q++) {
        enum err e = query_check(db, q);
        if (e != OK)
            fail_msg("%s: %s", q->name, err_name(e));
    }
}
