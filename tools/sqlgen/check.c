#include "sqlgen.h"
#include "db/db_sqlite_fts.h"
#include <sqlite3.h>

struct sqlite3 *sqlgen_schema(struct arena *a, const struct migration_files *files)
{
    sqlite3 *db;
    char *message = NULL;

    if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite_register_tokenizer(db) != OK)
        sql_fail("sqlite", 0, "no database in memory with FTS5");
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    for (size_t i = 0; i < files->count; i++) {
        struct str sql = migration_for(a, &files->list[i], FOR_SQLITE);
        if (sqlite3_exec(db, str_z(a, sql), NULL, NULL, &message) != SQLITE_OK)
            sql_fail(files->list[i].path, 0, "%s", message);
    }
    sqlite3_exec(db, "pragma foreign_keys = 1", NULL, NULL, NULL);
    return db;
}

struct checking {
    const struct sql_file *file;
    struct named_query *query;
    sqlite3 *schema;
    struct str sql;    /* SQLite's part of the body */
    struct str target; /* the table of an insert, update or delete */
};

static NO_RETURN void fail_in(const struct checking *ck, size_t at, const char *message, struct str about)
{
    sqlgen_fail(ck->file, ck->query->body_at + at, "%.*s: %s%s%.*s", STR_ARG(ck->query->name), message,
                about.len > 0 ? ": " : "", STR_ARG(about));
}

static size_t parameter_of(const struct named_query *q, struct str name)
{
    for (size_t i = 0; i < q->parameters.count; i++)
        if (str_equal(q->parameters.list[i].name, name))
            return i;
    return SIZE_MAX;
}

static bool is_star(const struct sql_token *before)
{
    static const char *const words[] = {"select", "distinct", "all", "returning", ".", ","};

    for (size_t i = 0; i < countof(words); i++)
        if (str_equal_nocase(before->text, str_of(words[i])))
            return true;
    return false;
}

/* What SQLite would let pass but the house, or PostgreSQL, does not. */
static void check_words(struct checking *ck, struct str sql)
{
    struct sql_token token, before = {0};
    size_t statement_end = SIZE_MAX;

    for (size_t at = 0; sql_next_solid(sql, &at, &token); before = token) {
        if (statement_end != SIZE_MAX)
            fail_in(ck, token.at, "more than one statement", STR_NONE);
        if (str_equal(token.text, S(";")) && token.kind == SQL_SIGN)
            statement_end = token.at;
        if (sql_is_word(&token, "true") || sql_is_word(&token, "false"))
            fail_in(ck, token.at, "write 1 or 0, which both engines take", token.text);
        if (token.kind == SQL_SIGN && str_equal(token.text, S("*")) && is_star(&before))
            fail_in(ck, token.at, "name the columns instead of *", STR_NONE);
        if (token.kind == SQL_QUOTED)
            fail_in(ck, token.at, "a text stands between single quotes", token.text);
        if (token.kind != SQL_PARAMETER)
            continue;
        size_t parameter = parameter_of(ck->query, token.text);
        if (parameter == SIZE_MAX)
            fail_in(ck, token.at, "parameter is not declared", token.text);
        ck->query->parameters.list[parameter].used = true;
    }
    if (before.text.ptr == NULL)
        fail_in(ck, 0, "no statement", STR_NONE);
}

/* The text to send: without comments, white space and final semicolon, parameters by number. */
static struct str text_for(struct checking *ck, struct str sql, enum sql_engine engine)
{
    static const char *const casts[] = {
        [QUERY_INT] = "bigint", [QUERY_ID] = "bigint", [QUERY_TEXT] = "text", [QUERY_BLOB] = "bytea"};
    struct buf out = buf_in(ck->file->arena);
    struct sql_token token;

    for (size_t at = 0; sql_next(sql, &at, &token);) {
        if (token.kind == SQL_COMMENT || (token.kind == SQL_SIGN && str_equal(token.text, S(";"))))
            continue;
        if (token.kind == SQL_SPACE) {
            if (out.len > 0 && out.ptr[out.len - 1] != '\n' && out.ptr[out.len - 1] != ' ')
                buf_add_char(&out, memchr(token.text.ptr, '\n', token.text.len) != NULL ? '\n' : ' ');
            continue;
        }
        if (token.kind == SQL_PARAMETER) {
            size_t n = parameter_of(ck->query, token.text);
            if (engine == FOR_SQLITE)
                buf_add_format(&out, "?%zu", n + 1);
            else
                buf_add_format(&out, "$%zu::%s", n + 1, casts[ck->query->parameters.list[n].type.of]);
        } else if (engine == FOR_POSTGRES && sql_is_word(&token, "group_concat")) {
            buf_add_z(&out, "string_agg");
        } else {
            buf_add(&out, token.text);
        }
    }
    return str_trim(buf_str(&out));
}

/* `… as total /` `* int *` `/`: the type written behind a column's name. */
static bool written_type(struct checking *ck, struct str column, struct type *type)
{
    struct sql_token token, before = {0};
    bool found = false;

    for (size_t at = 0; sql_next(ck->sql, &at, &token);) {
        if (token.kind == SQL_COMMENT && str_starts(token.text, S("/*")) && before.kind == SQL_WORD &&
            str_equal(before.text, column)) {
            struct str word = str_trim(str_sub(token.text, 2, token.text.len - 4));
            if (sqlgen_type(word, type))
                found = true;
        }
        if (token.kind != SQL_SPACE)
            before = token;
    }
    return found;
}

/* The table whose id a column holds: its own, or the one it refers to. */
static bool id_table(struct checking *ck, const char *table, const char *column, struct str *of)
{
    sqlite3_stmt *stmt;
    bool found = false;

    if (strcmp(column, "id") == 0)
        return *of = str_copy(ck->file->arena, str_of(table)), true;
    char *sql = sqlite3_mprintf("select \"table\" from pragma_foreign_key_list(%Q) where lower(\"from\") = lower(%Q) "
                                "and coalesce(\"to\", 'id') = 'id'",
                                table, column);
    if (sqlite3_prepare_v2(ck->schema, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        *of = str_copy(ck->file->arena, str_of((const char *)sqlite3_column_text(stmt, 0)));
        found = true;
    }
    sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return found;
}

static bool schema_type(struct checking *ck, const char *table, const char *column, struct type *type)
{
    const char *declared = NULL;
    struct str of;

    if (table == NULL || column == NULL ||
        sqlite3_table_column_metadata(ck->schema, "main", table, column, &declared, NULL, NULL, NULL, NULL) !=
            SQLITE_OK ||
        declared == NULL)
        return false;
    if (strcasecmp(declared, "integer") == 0 || strcasecmp(declared, "int") == 0) {
        bool is_id = id_table(ck, table, column, &of);
        *type = is_id ? (struct type){QUERY_ID, of} : (struct type){QUERY_INT, STR_NONE};
        return true;
    }
    return sqlgen_type(str_ascii_lower(ck->file->arena, str_of(declared)), type);
}

static size_t place_of(struct checking *ck, struct str word)
{
    struct sql_token token;

    for (size_t at = 0; sql_next(ck->sql, &at, &token);)
        if (token.kind == SQL_WORD && str_equal(token.text, word))
            return token.at;
    return 0;
}

static void add_column(struct checking *ck, sqlite3_stmt *stmt, int i)
{
    struct fields *columns = &ck->query->columns;
    struct field *f = &columns->list[columns->count];
    struct arena *a = ck->file->arena;

    f->name = str_copy(a, str_of(sqlite3_column_name(stmt, i)));
    size_t at = place_of(ck, f->name);
    for (size_t k = 0; k < f->name.len; k++)
        if (!(f->name.ptr[k] == '_' || (f->name.ptr[k] >= 'a' && f->name.ptr[k] <= 'z') ||
              (f->name.ptr[k] >= '0' && f->name.ptr[k] <= '9')))
            fail_in(ck, at, "a column needs a plain name: write \"… as name\"", f->name);
    for (size_t k = 0; k < columns->count; k++)
        if (str_equal(columns->list[k].name, f->name))
            fail_in(ck, at, "two columns of the same name", f->name);
    if (!written_type(ck, f->name, &f->type) &&
        !schema_type(ck, sqlite3_column_table_name(stmt, i), sqlite3_column_origin_name(stmt, i), &f->type) &&
        !(ck->target.len > 0 && schema_type(ck, str_z(a, ck->target), str_z(a, f->name), &f->type)))
        fail_in(ck, at, "the type of an expression stands behind its name: \"… as name /* int */\"", f->name);
    columns->count++;
}

/* The table after `insert into`, `update`, `delete from`, where the statement writes. */
static struct str target_of(struct str sql)
{
    struct sql_token token;
    bool next = false;

    for (size_t at = 0; sql_next_solid(sql, &at, &token);) {
        if (next && token.kind == SQL_WORD)
            return token.text;
        next = next || sql_is_word(&token, "into") || sql_is_word(&token, "update") || sql_is_word(&token, "from");
    }
    return STR_NONE;
}

static void check_kind(struct checking *ck, int columns)
{
    static const char *const needs[] = {
        [QUERY_ONE] = ":one needs a result",
        [QUERY_MANY] = ":many needs a result",
        [QUERY_EACH] = ":each needs a result",
        [QUERY_EXEC] = ":exec changes rows and gives none",
        [QUERY_EXEC1] = ":exec1 changes a row and gives none",
        [QUERY_CHANGED] = ":changed changes rows and gives none",
        [QUERY_INSERT] = ":insert is an insert that ends with \"returning id\"",
    };
    const struct named_query *q = ck->query;
    bool good;

    switch (q->kind) {
    case QUERY_ONE:
    case QUERY_MANY:
        good = columns > 0;
        break;
    case QUERY_EACH:
        good = columns > 0 && !q->writes;
        break;
    case QUERY_INSERT:
        good = columns == 1 && q->writes && q->columns.list[0].type.of == QUERY_ID;
        break;
    default:
        good = columns == 0 && q->writes;
    }
    if (!good)
        fail_in(ck, 0, needs[q->kind], STR_NONE);
}

static void check_with_sqlite(struct checking *ck)
{
    char *sql = str_z(ck->file->arena, ck->sql);
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(ck->schema, sql, -1, &stmt, NULL) != SQLITE_OK) {
        int offset = sqlite3_error_offset(ck->schema);
        fail_in(ck, offset > 0 ? (size_t)offset : 0, sqlite3_errmsg(ck->schema), STR_NONE);
    }
    ck->query->writes = !sqlite3_stmt_readonly(stmt);
    if (ck->query->writes)
        ck->target = target_of(ck->sql);
    int columns = sqlite3_column_count(stmt);
    if (columns > QUERY_MOST_VALUES)
        fail_in(ck, 0, "too many columns", STR_NONE);
    for (int i = 0; i < columns; i++)
        add_column(ck, stmt, i);
    sqlite3_finalize(stmt);
    check_kind(ck, columns);
}

static bool is_table(struct checking *ck, struct str table)
{
    return sqlite3_table_column_metadata(ck->schema, "main", str_z(ck->file->arena, table), "id", NULL, NULL, NULL,
                                         NULL, NULL) == SQLITE_OK;
}

static void check_ids(struct checking *ck, const struct fields *fields, const char *message)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->list[i].type.of == QUERY_ID && !is_table(ck, fields->list[i].type.table))
            sql_fail(ck->file->path, ck->query->line, "%.*s: %s: %.*s", STR_ARG(ck->query->name), message,
                     STR_ARG(fields->list[i].type.table));
}

void sqlgen_check(struct sql_file *file, struct sqlite3 *schema)
{
    for (size_t i = 0; i < file->count; i++) {
        struct checking ck = {.file = file, .query = &file->queries[i], .schema = schema};
        struct fields *parameters = &ck.query->parameters;
        ck.sql = sql_part(file->arena, ck.query->body, FOR_SQLITE);
        struct str postgres = sql_part(file->arena, ck.query->body, FOR_POSTGRES);
        check_words(&ck, ck.sql);
        check_words(&ck, postgres);
        for (size_t k = 0; k < parameters->count; k++)
            if (!parameters->list[k].used)
                sql_fail(file->path, ck.query->line, "%.*s: parameter is not used: %.*s", STR_ARG(ck.query->name),
                         STR_ARG(parameters->list[k].name));
        check_ids(&ck, parameters, "there is no table of this parameter's type");
        check_with_sqlite(&ck);
        sqlgen_check_order(file, ck.query, schema, ck.sql);
        check_ids(&ck, &ck.query->columns, "there is no table of this column's type");
        ck.query->sqlite = text_for(&ck, ck.sql, FOR_SQLITE);
        ck.query->postgres = text_for(&ck, postgres, FOR_POSTGRES);
    }
}
