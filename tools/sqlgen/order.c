#include "sqlgen.h"
#include <sqlite3.h>

/* SQLite puts NULL first, PostgreSQL last: a list ordered by a column that may be NULL must say which. Only plain
 * columns are looked at; what an outer join makes NULL is the author's to know. */

struct ordering {
    const struct sql_file *file;
    const struct named_query *query;
    sqlite3 *schema;
    struct str sql;
};

static bool may_be_null(struct ordering *o, struct str table, struct str column)
{
    char *table_z = str_z(o->file->arena, table), *column_z = str_z(o->file->arena, column);
    int not_null = 0, primary = 0;

    if (sqlite3_table_column_metadata(o->schema, "main", table_z, column_z, NULL, NULL, &not_null, &primary, NULL) !=
        SQLITE_OK)
        return false;
    return !not_null && !primary;
}

/* The column may be of any table the query names; an alias of the same name as a table does no harm. */
static bool is_nullable(struct ordering *o, struct str column)
{
    struct sql_token token;

    for (size_t at = 0; sql_next_solid(o->sql, &at, &token);)
        if (token.kind == SQL_WORD && may_be_null(o, token.text, column))
            return true;
    return false;
}

/* Is `column` the name of an expression of this query (`… as column`)? Then the schema's column is not meant. */
static bool is_alias(struct ordering *o, struct str column)
{
    struct sql_token token, before = {0};

    for (size_t at = 0; sql_next_solid(o->sql, &at, &token); before = token)
        if (token.kind == SQL_WORD && str_equal(token.text, column) && sql_is_word(&before, "as"))
            return true;
    return false;
}

struct term {
    struct str column;
    size_t at, words;
    bool plain, says_nulls;
};

static void check_term(struct ordering *o, const struct term *term)
{
    if (!term->plain || term->words == 0 || term->says_nulls || (term->words == 1 && is_alias(o, term->column)))
        return;
    if (is_nullable(o, term->column))
        sqlgen_fail(o->file, o->query->body_at + term->at,
                    "%.*s: %.*s may be NULL: write \"nulls first\" or \"nulls last\"", STR_ARG(o->query->name),
                    STR_ARG(term->column));
}

static bool ends_list(const struct sql_token *token)
{
    static const char *const words[] = {"limit", "offset", "union", "rows", "range", "returning", "fetch", "for"};

    for (size_t i = 0; i < countof(words); i++)
        if (sql_is_word(token, words[i]))
            return true;
    return false;
}

static void add_to_term(struct term *term, const struct sql_token *token)
{
    if (sql_is_word(token, "nulls")) {
        term->says_nulls = true;
    } else if (sql_is_word(token, "asc") || sql_is_word(token, "desc") || sql_is_word(token, "first") ||
               sql_is_word(token, "last")) {
        return;
    } else if (token->kind == SQL_WORD && !term->says_nulls) {
        term->column = token->text;
        term->at = token->at;
        term->words++;
    } else if (!str_equal(token->text, S("."))) {
        term->plain = false;
    }
}

/* The terms after `order by`, up to where its list or bracket ends. */
static void check_list(struct ordering *o, size_t at)
{
    struct term term = {.plain = true};
    struct sql_token token;
    int depth = 0;

    while (sql_next_solid(o->sql, &at, &token)) {
        bool sign = token.kind == SQL_SIGN;
        depth += (sign && str_equal(token.text, S("("))) - (sign && str_equal(token.text, S(")")));
        if (depth < 0 || (depth == 0 && (ends_list(&token) || str_equal(token.text, S(";")))))
            break;
        if (depth == 0 && sign && str_equal(token.text, S(","))) {
            check_term(o, &term);
            term = (struct term){.plain = true};
        } else {
            add_to_term(&term, &token);
        }
    }
    check_term(o, &term);
}

void sqlgen_check_order(const struct sql_file *file, const struct named_query *query, struct sqlite3 *schema,
                        struct str sql)
{
    struct ordering o = {file, query, schema, sql};
    struct sql_token token, before = {0};

    for (size_t at = 0; sql_next_solid(sql, &at, &token); before = token)
        if (sql_is_word(&token, "by") && sql_is_word(&before, "order"))
            check_list(&o, at);
}
