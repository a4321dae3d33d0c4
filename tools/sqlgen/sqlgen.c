/* sqlgen queries MIGRATIONS IDS_HEADER X.sql X_sql.h X_sql.c DEPFILE [MACROS]: named queries, checked against the schema,
 *     become functions.
 * sqlgen ids MIGRATIONS IDS.h DEPFILE: one struct for the id of each table.
 * See tools/README.md. */
#include "sqlgen.h"
#include "base/files.h"
#include <sqlite3.h>

enum { LARGEST = 4 * 1024 * 1024 };

static void write_out(const char *path, struct str text)
{
    if (file_write(path, text) != OK)
        sql_fail(path, 0, "cannot be written");
}

/* "article" of "…/article.sql" */
static struct str area_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct str name = str_of(slash != NULL ? slash + 1 : path);

    if (!str_ends(name, S(".sql")))
        sql_fail(path, 0, "queries stand in a file named area.sql");
    return str_sub(name, 0, name.len - 4);
}

static void make_queries(struct arena *a, char **args)
{
    struct migration_files files = migration_files_read(a, args[0]);
    struct sql_file file = {.arena = a, .path = args[2]};
    struct str area = area_of(file.path);

    if (file_read(a, file.path, LARGEST, &file.text) != OK)
        sql_fail(file.path, 0, "cannot be read");
    if (args[6] != NULL)
        file.text = sqlgen_expand(a, args[6], file.path, file.text);
    sqlgen_parse(&file);
    struct sqlite3 *schema = sqlgen_schema(a, &files);
    sqlgen_check(&file, schema);
    write_out(args[3], sqlgen_header(&file, area, args[1]));
    write_out(args[4], sqlgen_source(&file, area));
    migration_depfile(a, args[5], args[3], args[0], &files, args[6]);
    sqlite3_close(schema);
}

static void make_ids(struct arena *a, char **args)
{
    struct migration_files files = migration_files_read(a, args[0]);
    struct sqlite3 *schema = sqlgen_schema(a, &files);

    write_out(args[1], sqlgen_ids(a, schema));
    migration_depfile(a, args[2], args[1], args[0], &files, NULL);
    sqlite3_close(schema);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);

    if ((argc == 8 || argc == 9) && strcmp(argv[1], "queries") == 0)
        make_queries(a, argv + 2);
    else if (argc == 5 && strcmp(argv[1], "ids") == 0)
        make_ids(a, argv + 2);
    else
        sql_fail("sqlgen", 0,
                 "queries MIGRATIONS IDS_HEADER X.sql X_sql.h X_sql.c DEPFILE [MACROS] | ids MIGRATIONS IDS.h DEPFILE");
    arena_free(a);
    return 0;
}
