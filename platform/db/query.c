#include "db/engine.h"
#include "base/log.h"

struct reading {
    struct arena *arena;
    const struct query_info *query;
    char *rows;
    size_t count, cap;
    enum err (*each)(void *ctx, const void *row);
    void *ctx;
};

/* What one engine would refuse, both refuse: text is UTF-8 without a zero byte. */
static enum err values_check(const struct query_info *query, const struct query_value *values)
{
    for (size_t i = 0; i < query->parameter_count; i++) {
        if (values[i].type != QUERY_TEXT || values[i].s.len == 0)
            continue;
        if (memchr(values[i].s.ptr, 0, values[i].s.len) != NULL || !str_is_utf8(values[i].s))
            return E_INVALID;
    }
    return OK;
}

static enum err run(struct db *db, const struct query_info *query, const struct query_value *values, row_reader *read,
                    void *ctx, int64_t *changed)
{
    TRY(values_check(query, values));
    db->queries++;
    return connection_run(db->connection, query, values, read, ctx, changed);
}

static void row_fill(const struct query_info *query, const struct query_value *columns, char *row)
{
    for (size_t i = 0; i < query->column_count; i++) {
        char *field = row + query->columns[i].offset;
        if (query->columns[i].type == QUERY_TEXT || query->columns[i].type == QUERY_BLOB)
            memcpy(field, &columns[i].s, sizeof columns[i].s);
        else
            memcpy(field, &columns[i].n, sizeof columns[i].n);
    }
}

/* The row's text, until now the engine's, into the arena. */
static void row_keep(struct arena *arena, const struct query_info *query, char *row)
{
    for (size_t i = 0; i < query->column_count; i++) {
        if (query->columns[i].type != QUERY_TEXT && query->columns[i].type != QUERY_BLOB)
            continue;
        struct str s;
        memcpy(&s, row + query->columns[i].offset, sizeof s);
        if (s.ptr == NULL)
            continue;
        char *copy = arena_alloc(arena, s.len + 1);
        memcpy(copy, s.ptr, s.len);
        s.ptr = copy;
        memcpy(row + query->columns[i].offset, &s, sizeof s);
    }
}

static enum err keep_row(void *ctx, const struct query_value *columns)
{
    struct reading *r = ctx;
    size_t size = r->query->row_size;

    if (r->count == r->cap) {
        size_t cap = r->cap == 0 ? 8 : r->cap * 2;
        r->rows = arena_grow(r->arena, r->rows, r->cap * size, cap * size);
        r->cap = cap;
    }
    row_fill(r->query, columns, r->rows + r->count * size);
    row_keep(r->arena, r->query, r->rows + r->count * size);
    r->count++;
    return OK;
}

enum err query_many(struct db *db, const struct query_info *query, const struct query_value *values, void **rows,
                    size_t *count)
{
    struct reading r = {.arena = db->arena, .query = query};

    TRY(run(db, query, values, keep_row, &r, NULL));
    *rows = r.rows;
    *count = r.count;
    return OK;
}

static enum err keep_first_row(void *ctx, const struct query_value *columns)
{
    struct reading *r = ctx;

    if (r->count == 0) {
        row_fill(r->query, columns, r->rows);
        row_keep(r->arena, r->query, r->rows);
    }
    r->count++;
    return OK;
}

enum err query_one(struct db *db, const struct query_info *query, const struct query_value *values, void *row)
{
    struct reading r = {.arena = db->arena, .query = query, .rows = arena_alloc(db->arena, query->row_size)};

    TRY(run(db, query, values, keep_first_row, &r, NULL));
    if (r.count == 0)
        return E_NOT_FOUND;
    memcpy(row, r.rows, query->row_size);
    return OK;
}

static enum err show_row(void *ctx, const struct query_value *columns)
{
    struct reading *r = ctx;

    row_fill(r->query, columns, r->rows);
    return r->each(r->ctx, r->rows);
}

enum err query_each(struct db *db, const struct query_info *query, const struct query_value *values,
                    enum err (*each)(void *ctx, const void *row), void *ctx)
{
    struct reading r = {.query = query, .rows = arena_alloc(db->arena, query->row_size), .each = each, .ctx = ctx};

    return run(db, query, values, show_row, &r, NULL);
}

enum err query_changed(struct tx *tx, const struct query_info *query, const struct query_value *values,
                       int64_t *changed)
{
    int64_t n = 0;

    TRY(run(tx->db, query, values, NULL, NULL, &n));
    *changed = n;
    return OK;
}

enum err query_exec(struct tx *tx, const struct query_info *query, const struct query_value *values)
{
    int64_t changed;

    return query_changed(tx, query, values, &changed);
}

enum err query_exec1(struct tx *tx, const struct query_info *query, const struct query_value *values)
{
    int64_t changed;

    TRY(query_changed(tx, query, values, &changed));
    return changed == 1 ? OK : E_CONFLICT;
}

static enum err keep_id(void *ctx, const struct query_value *columns)
{
    int64_t *id = ctx;

    *id = columns[0].n;
    return OK;
}

enum err query_insert(struct tx *tx, const struct query_info *query, const struct query_value *values, int64_t *id)
{
    int64_t made = 0;

    TRY(run(tx->db, query, values, keep_id, &made, NULL));
    if (made == 0)
        return E_CONFLICT;
    *id = made;
    return OK;
}

enum err query_check(struct db *db, const struct query_info *query)
{
    return db->connection->database->engine->check(db->connection, query);
}
