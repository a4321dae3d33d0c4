#include "sqlgen.h"
#include <sqlite3.h>

static void add_type(struct buf *out, const struct type *type)
{
    if (type->of == QUERY_INT)
        buf_add_z(out, "int64_t ");
    else if (type->of == QUERY_ID)
        buf_add_format(out, "struct %.*s_id ", STR_ARG(type->table));
    else
        buf_add_z(out, "struct str ");
}

static void add_comment(struct buf *out, struct str comment)
{
    if (comment.len == 0)
        return;
    buf_add_z(out, "/* ");
    for (size_t i = 0; i < comment.len; i++) {
        buf_add_char(out, comment.ptr[i]);
        if (comment.ptr[i] == '\n')
            buf_add_z(out, " * ");
    }
    buf_add_z(out, " */\n");
}

static bool has_rows(const struct named_query *q)
{
    return q->kind == QUERY_ONE || q->kind == QUERY_MANY || q->kind == QUERY_EACH;
}

static void add_row_struct(struct buf *out, const struct named_query *q)
{
    buf_add_format(out, "struct q_%.*s {\n", STR_ARG(q->name));
    for (size_t i = 0; i < q->columns.count; i++) {
        buf_add_z(out, "    ");
        add_type(out, &q->columns.list[i].type);
        buf_add_format(out, "%.*s;\n", STR_ARG(q->columns.list[i].name));
    }
    buf_add_z(out, "};\n");
    if (q->kind == QUERY_MANY)
        buf_add_format(out, "struct q_%.*s_rows {\n    struct q_%.*s *rows;\n    size_t count;\n};\n", STR_ARG(q->name),
                       STR_ARG(q->name));
}

static void add_result(struct buf *out, const struct named_query *q)
{
    switch (q->kind) {
    case QUERY_ONE:
        buf_add_format(out, ", struct q_%.*s *row", STR_ARG(q->name));
        break;
    case QUERY_MANY:
        buf_add_format(out, ", struct q_%.*s_rows *rows", STR_ARG(q->name));
        break;
    case QUERY_EACH:
        buf_add_format(out, ",\n        enum err (*each)(void *ctx, const struct q_%.*s *row), void *ctx",
                       STR_ARG(q->name));
        break;
    case QUERY_CHANGED:
        buf_add_z(out, ", int64_t *changed");
        break;
    case QUERY_INSERT:
        buf_add_format(out, ", struct %.*s_id *made", STR_ARG(q->columns.list[0].type.table));
        break;
    case QUERY_EXEC:
    case QUERY_EXEC1:
        break;
    }
}

static void add_prototype(struct buf *out, const struct named_query *q)
{
    buf_add_format(out, "enum err q_%.*s(%s", STR_ARG(q->name), q->writes ? "struct tx *tx" : "struct db *db");
    for (size_t i = 0; i < q->parameters.count; i++) {
        buf_add_z(out, ", ");
        add_type(out, &q->parameters.list[i].type);
        buf_add(out, q->parameters.list[i].name);
    }
    add_result(out, q);
    buf_add_char(out, ')');
}

struct str sqlgen_header(const struct sql_file *file, struct str area, const char *ids_header)
{
    struct buf out = buf_in(file->arena);

    buf_add_format(&out,
                   "/* Made by tools/sqlgen from %.*s.sql. Rows and their text live in the connection's arena. */\n"
                   "#ifndef BANTIN_SQL_%.*s\n#define BANTIN_SQL_%.*s\n\n#include \"db/query.h\"\n#include \"%s\"\n\n"
                   "/* All of them, for the tests; the last has no name. */\n"
                   "extern const struct query_info %.*s_queries[];\n",
                   STR_ARG(area), STR_ARG(area), STR_ARG(area), ids_header, STR_ARG(area));
    for (size_t i = 0; i < file->count; i++) {
        const struct named_query *q = &file->queries[i];
        buf_add_char(&out, '\n');
        if (has_rows(q))
            add_row_struct(&out, q);
        add_comment(&out, q->comment);
        add_prototype(&out, q);
        buf_add_z(&out, ";\n");
    }
    buf_add_z(&out, "\n#endif\n");
    return buf_str(&out);
}

static const char *type_name(enum query_type type)
{
    static const char *const names[] = {
        [QUERY_INT] = "QUERY_INT", [QUERY_ID] = "QUERY_ID", [QUERY_TEXT] = "QUERY_TEXT", [QUERY_BLOB] = "QUERY_BLOB"};

    return names[type];
}

/* The lists of parameter types and of columns, before the table that points to them. */
static void add_lists(struct buf *out, const struct named_query *q)
{
    if (q->parameters.count > 0) {
        buf_add_format(out, "static const enum query_type %.*s_parameters[] = {", STR_ARG(q->name));
        for (size_t i = 0; i < q->parameters.count; i++)
            buf_add_format(out, "%s%s", i > 0 ? ", " : "", type_name(q->parameters.list[i].type.of));
        buf_add_z(out, "};\n");
    }
    if (q->columns.count == 0)
        return;
    buf_add_format(out, "static const struct query_column %.*s_columns[] = {\n", STR_ARG(q->name));
    for (size_t i = 0; i < q->columns.count; i++) {
        const struct field *f = &q->columns.list[i];
        buf_add_format(out, "    {\"%.*s\", %s, ", STR_ARG(f->name), type_name(f->type.of));
        if (has_rows(q))
            buf_add_format(out, "offsetof(struct q_%.*s, %.*s)},\n", STR_ARG(q->name), STR_ARG(f->name));
        else
            buf_add_z(out, "0},\n");
    }
    buf_add_z(out, "};\n");
}

static void add_info(struct buf *out, const struct named_query *q)
{
    static const char *const kinds[] = {
        [QUERY_ONE] = "QUERY_ONE",       [QUERY_MANY] = "QUERY_MANY",   [QUERY_EACH] = "QUERY_EACH",
        [QUERY_EXEC] = "QUERY_EXEC",     [QUERY_EXEC1] = "QUERY_EXEC1", [QUERY_CHANGED] = "QUERY_CHANGED",
        [QUERY_INSERT] = "QUERY_INSERT",
    };

    buf_add_format(out,
                   "    {\n        .name = \"%.*s\",\n        .kind = %s,\n        .writes = %s,\n        .sqlite =\n",
                   STR_ARG(q->name), kinds[q->kind], q->writes ? "true" : "false");
    sql_add_literal(out, q->sqlite, "            ");
    buf_add_z(out, ",\n        .postgres =\n");
    sql_add_literal(out, q->postgres, "            ");
    buf_add_z(out, ",\n");
    if (q->parameters.count > 0)
        buf_add_format(out, "        .parameters = %.*s_parameters,\n        .parameter_count = %zu,\n",
                       STR_ARG(q->name), q->parameters.count);
    if (q->columns.count > 0)
        buf_add_format(out, "        .columns = %.*s_columns,\n        .column_count = %zu,\n", STR_ARG(q->name),
                       q->columns.count);
    if (has_rows(q))
        buf_add_format(out, "        .row_size = sizeof(struct q_%.*s),\n", STR_ARG(q->name));
    buf_add_z(out, "    },\n");
}

static void add_values(struct buf *out, const struct named_query *q)
{
    static const char *const makers[] = {[QUERY_INT] = "query_int(%.*s)",
                                         [QUERY_ID] = "query_id(%.*s.v)",
                                         [QUERY_TEXT] = "query_text(%.*s)",
                                         [QUERY_BLOB] = "query_blob(%.*s)"};

    if (q->parameters.count == 0)
        return;
    buf_add_z(out, "    const struct query_value values[] = {");
    for (size_t i = 0; i < q->parameters.count; i++) {
        struct str name = q->parameters.list[i].name, maker = str_of(makers[q->parameters.list[i].type.of]);
        buf_add_z(out, i > 0 ? ", " : "");
        buf_add(out, str_replace(out->arena, maker, S("%.*s"), name));
    }
    buf_add_z(out, "};\n\n");
}

/* The callback of :each with its row's own type. */
static void add_shim(struct buf *out, const struct named_query *q)
{
    struct buf shim = buf_in(out->arena);

    buf_add_z(&shim,
              "struct NAME_shim {\n    enum err (*each)(void *ctx, const struct q_NAME *row);\n    void *ctx;\n};\n\n"
              "static enum err NAME_each(void *ctx, const void *row)\n{\n    struct NAME_shim *shim = ctx;\n\n"
              "    return shim->each(shim->ctx, row);\n}\n\n");
    buf_add(out, str_replace(out->arena, buf_str(&shim), S("NAME"), q->name));
}

static void add_body(struct buf *out, const struct named_query *q, struct str area, size_t index)
{
    struct str args = str_format(out->arena, "%s, &%.*s_queries[%zu], %s", q->writes ? "tx" : "db", STR_ARG(area),
                                 index, q->parameters.count > 0 ? "values" : "NULL");
    struct str reader = str_replace(out->arena, args, S("tx,"), S("tx->db,"));

    switch (q->kind) {
    case QUERY_ONE:
        buf_add_format(out, "    return query_one(%.*s, row);\n", STR_ARG(reader));
        break;
    case QUERY_MANY:
        buf_add_format(out,
                       "    void *found;\n    size_t count;\n\n    TRY(query_many(%.*s, &found, &count));\n"
                       "    *rows = (struct q_%.*s_rows){found, count};\n    return OK;\n",
                       STR_ARG(reader), STR_ARG(q->name));
        break;
    case QUERY_EACH:
        buf_add_format(out,
                       "    struct %.*s_shim shim = {each, ctx};\n\n    return query_each(%.*s, %.*s_each, &shim);\n",
                       STR_ARG(q->name), STR_ARG(reader), STR_ARG(q->name));
        break;
    case QUERY_EXEC:
        buf_add_format(out, "    return query_exec(%.*s);\n", STR_ARG(args));
        break;
    case QUERY_EXEC1:
        buf_add_format(out, "    return query_exec1(%.*s);\n", STR_ARG(args));
        break;
    case QUERY_CHANGED:
        buf_add_format(out, "    return query_changed(%.*s, changed);\n", STR_ARG(args));
        break;
    case QUERY_INSERT:
        buf_add_format(out, "    return query_insert(%.*s, &made->v);\n", STR_ARG(args));
        break;
    }
}

struct str sqlgen_source(const struct sql_file *file, struct str area)
{
    struct buf out = buf_in(file->arena);

    buf_add_format(&out, "/* Made by tools/sqlgen from %.*s.sql. */\n#include \"%.*s_sql.h\"\n\n", STR_ARG(area),
                   STR_ARG(area));
    for (size_t i = 0; i < file->count; i++)
        add_lists(&out, &file->queries[i]);
    buf_add_format(&out, "\nconst struct query_info %.*s_queries[] = {\n", STR_ARG(area));
    for (size_t i = 0; i < file->count; i++)
        add_info(&out, &file->queries[i]);
    buf_add_z(&out, "    {0},\n};\n");
    for (size_t i = 0; i < file->count; i++) {
        const struct named_query *q = &file->queries[i];
        buf_add_char(&out, '\n');
        if (q->kind == QUERY_EACH)
            add_shim(&out, q);
        add_prototype(&out, q);
        buf_add_z(&out, "\n{\n");
        add_values(&out, q);
        add_body(&out, q, area, i);
        buf_add_z(&out, "}\n");
    }
    return buf_str(&out);
}

struct str sqlgen_ids(struct arena *a, struct sqlite3 *schema)
{
    struct buf out = buf_in(a);
    sqlite3_stmt *stmt;

    buf_add_z(&out, "/* Made by tools/sqlgen: the id of a row of each table. 0 is none. */\n#ifndef BANTIN_IDS_H\n"
                    "#define BANTIN_IDS_H\n\n#include <stdint.h>\n\n");
    if (sqlite3_prepare_v2(schema,
                           "select m.name from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' and "
                           "c.name = 'id' and c.pk = 1 and lower(c.type) = 'integer' order by m.name",
                           -1, &stmt, NULL) != SQLITE_OK)
        sql_fail("schema", 0, "%s", sqlite3_errmsg(schema));
    while (sqlite3_step(stmt) == SQLITE_ROW)
        buf_add_format(&out, "struct %s_id {\n    int64_t v;\n};\n", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    buf_add_z(&out, "\n#endif\n");
    return buf_str(&out);
}
