/* Inside tools/sqlgen: a named query from its text to the functions made of it. All lives in one arena to the end. */
#ifndef BANTIN_SQLGEN_H
#define BANTIN_SQLGEN_H

#include "migration_text.h"
#include "db/query.h"

struct sqlite3;

/* `table` is set for QUERY_ID: struct TABLE_id. */
struct type {
    enum query_type of;
    struct str table;
};

struct field {
    struct str name;
    struct type type;
    bool used;
};

struct fields {
    struct field list[QUERY_MOST_VALUES];
    size_t count;
};

struct named_query {
    struct str name;
    int line; /* of `-- name:` */
    enum query_kind kind;
    bool writes;
    struct fields parameters, columns;
    struct str comment;          /* lines of the doc comment, without dashes */
    struct str body;             /* within the file's text */
    size_t body_at;              /* where it begins there */
    struct str sqlite, postgres; /* as they are sent */
};

struct sql_file {
    struct arena *arena;
    const char *path;
    struct str text;
    struct named_query *queries;
    size_t count;
};

/* Reads the file into queries with their declared parameters. */
void sqlgen_parse(struct sql_file *file);

/* The schema in memory, all migrations applied. */
struct sqlite3 *sqlgen_schema(struct arena *a, const struct migration_files *files);

/* Checks each query against the schema, finds its columns' types and the text for each engine. */
void sqlgen_check(struct sql_file *file, struct sqlite3 *schema);

/* Refuses an order that the engines would not share. */
void sqlgen_check_order(const struct sql_file *file, const struct named_query *query, struct sqlite3 *schema,
                        struct str sql);

/* "int", "text", "blob" or "table_id"; false for anything else. */
bool sqlgen_type(struct str word, struct type *type);
/* Ends the generator with the line of an offset into the file's text. */
NO_RETURN void sqlgen_fail(const struct sql_file *file, size_t at, const char *format, ...) PRINTF_LIKE(3, 4);

struct str sqlgen_header(const struct sql_file *file, struct str area, const char *ids_header);
struct str sqlgen_source(const struct sql_file *file, struct str area);
struct str sqlgen_ids(struct arena *a, struct sqlite3 *schema);
/* macros.c: the text with every @name(argument) replaced; ends the generator at an unknown one. */
struct str sqlgen_expand(struct arena *a, const char *macros_path, const char *path, struct str text);
#endif
