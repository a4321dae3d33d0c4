/* What tools/sqlgen's functions stand on: the description of a named query and the few ways to run one. No other file
 * calls this. Rows and their text lie in the connection's arena; with query_each only during the callback. */
#ifndef BANTIN_DB_QUERY_H
#define BANTIN_DB_QUERY_H

#include "db/db.h"

enum query_type { QUERY_INT, QUERY_ID, QUERY_TEXT, QUERY_BLOB };
enum query_kind { QUERY_ONE, QUERY_MANY, QUERY_EACH, QUERY_EXEC, QUERY_EXEC1, QUERY_CHANGED, QUERY_INSERT };

enum { QUERY_MOST_VALUES = 64 };

/* A parameter, or a column of a row while it is read. An id of 0 and a text without pointer are NULL. */
struct query_value {
    enum query_type type;
    int64_t n;
    struct str s;
};

struct query_column {
    const char *name;
    enum query_type type;
    size_t offset; /* in the row's struct */
};

/* A generated table of these, `x_queries`, ends with one without a name. */
struct query_info {
    const char *name;
    enum query_kind kind;
    bool writes;
    const char *sqlite, *postgres;
    const enum query_type *parameters;
    size_t parameter_count;
    const struct query_column *columns;
    size_t column_count;
    size_t row_size;
};

static inline struct query_value query_int(int64_t n)
{
    return (struct query_value){.type = QUERY_INT, .n = n};
}

static inline struct query_value query_id(int64_t n)
{
    return (struct query_value){.type = QUERY_ID, .n = n};
}

static inline struct query_value query_text(struct str s)
{
    return (struct query_value){.type = QUERY_TEXT, .s = s};
}

static inline struct query_value query_blob(struct str s)
{
    return (struct query_value){.type = QUERY_BLOB, .s = s};
}

/* The first row; E_NOT_FOUND when there is none. */
enum err query_one(struct db *db, const struct query_info *query, const struct query_value *values, void *row);
enum err query_many(struct db *db, const struct query_info *query, const struct query_value *values, void **rows,
                    size_t *count);
/* Stops at the first result that is not OK and gives it. */
enum err query_each(struct db *db, const struct query_info *query, const struct query_value *values,
                    enum err (*each)(void *ctx, const void *row), void *ctx);
enum err query_exec(struct tx *tx, const struct query_info *query, const struct query_value *values);
/* E_CONFLICT unless exactly one row was changed. */
enum err query_exec1(struct tx *tx, const struct query_info *query, const struct query_value *values);
enum err query_changed(struct tx *tx, const struct query_info *query, const struct query_value *values,
                       int64_t *changed);
/* The new row's id; E_CONFLICT when `on conflict do nothing` made none. */
enum err query_insert(struct tx *tx, const struct query_info *query, const struct query_value *values, int64_t *id);

/* For tests: prepares the query and has the engine plan it. E_INVALID when a column's type is not the declared one. */
enum err query_check(struct db *db, const struct query_info *query);
#endif
