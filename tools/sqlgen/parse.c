#include "sqlgen.h"

void sqlgen_fail(const struct sql_file *file, size_t at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    struct buf message = buf_in(file->arena);
    buf_add_formatv(&message, format, args);
    va_end(args);
    sql_fail(file->path, sql_line(file->text, at), "%.*s", STR_ARG(buf_str(&message)));
}

bool sqlgen_type(struct str word, struct type *type)
{
    if (str_equal(word, S("int")))
        return *type = (struct type){QUERY_INT, STR_NONE}, true;
    if (str_equal(word, S("text")))
        return *type = (struct type){QUERY_TEXT, STR_NONE}, true;
    if (str_equal(word, S("blob")))
        return *type = (struct type){QUERY_BLOB, STR_NONE}, true;
    if (!str_ends(word, S("_id")) || word.len <= 3)
        return false;
    return *type = (struct type){QUERY_ID, str_sub(word, 0, word.len - 3)}, true;
}

static bool is_kind(struct str word, enum query_kind *kind)
{
    static const char *const kinds[] = {
        [QUERY_ONE] = ":one",     [QUERY_MANY] = ":many",       [QUERY_EACH] = ":each",     [QUERY_EXEC] = ":exec",
        [QUERY_EXEC1] = ":exec1", [QUERY_CHANGED] = ":changed", [QUERY_INSERT] = ":insert",
    };

    for (size_t i = 0; i < countof(kinds); i++)
        if (str_equal(word, str_of(kinds[i])))
            return *kind = (enum query_kind)i, true;
    return false;
}

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || s.ptr[i] == '_' || (i > 0 && s.ptr[i] >= '0' && s.ptr[i] <= '9')))
            return false;
    return s.len > 0;
}

/* What the generated function calls its other arguments. */
static bool is_taken(struct str name)
{
    static const char *const taken[] = {"db", "tx", "row", "rows", "each", "ctx", "made", "changed", "values", "found"};

    for (size_t i = 0; i < countof(taken); i++)
        if (str_equal(name, str_of(taken[i])))
            return true;
    return false;
}

static void add_parameter(struct sql_file *file, struct named_query *q, struct str declared)
{
    struct str name, word = str_trim(str_cut(str_trim(declared), ' ', &name));
    size_t at = (size_t)(declared.ptr - file->text.ptr);
    struct field *f = &q->parameters.list[q->parameters.count];

    if (word.len == 0)
        sqlgen_fail(file, at, "parameter %.*s has no type: write \"%.*s int\" (int, text, blob or TABLE_id)",
                    STR_ARG(name), STR_ARG(name));
    if (!is_name(name) || is_taken(name))
        sqlgen_fail(file, at, "\"%.*s\" cannot be the name of a parameter", STR_ARG(name));
    if (!sqlgen_type(word, &f->type))
        sqlgen_fail(file, at, "\"%.*s\" is no type: int, text, blob or TABLE_id", STR_ARG(word));
    for (size_t i = 0; i < q->parameters.count; i++)
        if (str_equal(q->parameters.list[i].name, name))
            sqlgen_fail(file, at, "parameter %.*s is declared twice", STR_ARG(name));
    if (q->parameters.count + 1 == QUERY_MOST_VALUES)
        sqlgen_fail(file, at, "too many parameters");
    f->name = name;
    q->parameters.count++;
}

static void add_parameters(struct sql_file *file, struct named_query *q, struct str inside)
{
    while (str_trim(inside).len > 0) {
        struct str one;
        inside = str_cut(inside, ',', &one);
        add_parameter(file, q, one);
    }
}

/* `article_for_edit(id article_id) :one`; the parameters may go on over further comment lines. Gives where it ends. */
static size_t parse_heading(struct sql_file *file, struct named_query *q, size_t at)
{
    size_t end = str_find_char(file->text, '\n', at);
    end = end == SIZE_MAX ? file->text.len : end;
    struct str line = str_sub(file->text, at, end - at);
    size_t open = str_find_char(line, '(', 0), close = str_find_char(line, ')', 0);
    size_t colon = str_find_char(line, ':', 0);

    if (colon == SIZE_MAX || !is_kind(str_trim(str_skip(line, colon)), &q->kind))
        sqlgen_fail(file, at,
                    "a query is named \"-- name: area_verb_object(id int, …) :kind\" with a kind of "
                    ":one :many :each :exec :exec1 :changed :insert");
    if ((open == SIZE_MAX) != (close == SIZE_MAX) || (open != SIZE_MAX && (open > close || close > colon)))
        sqlgen_fail(file, at, "the parameters stand between ( and ) before the kind");
    q->name = str_trim(str_sub(line, 0, open == SIZE_MAX ? colon : open));
    if (!is_name(q->name))
        sqlgen_fail(file, at, "\"%.*s\" cannot be the name of a query", STR_ARG(q->name));
    for (size_t i = 0; i < file->count; i++)
        if (str_equal(file->queries[i].name, q->name))
            sqlgen_fail(file, at, "%.*s is named twice, first in line %d", STR_ARG(q->name), file->queries[i].line);
    if (open != SIZE_MAX)
        add_parameters(file, q, str_sub(line, open + 1, close - open - 1));
    return end;
}

/* Comment lines right after the heading are the function's comment. */
static size_t parse_comment(struct sql_file *file, struct named_query *q, size_t at)
{
    struct buf comment = buf_in(file->arena);

    while (at < file->text.len) {
        size_t end = str_find_char(file->text, '\n', at);
        end = end == SIZE_MAX ? file->text.len : end;
        struct str line = str_trim(str_sub(file->text, at, end - at));
        if (!str_starts(line, S("--")) || str_starts(line, S("-- name:")) || str_equal(line, S("-- sqlite:")) ||
            str_equal(line, S("-- postgres:")))
            break;
        buf_add(&comment, str_trim(str_skip(line, 2)));
        buf_add_char(&comment, '\n');
        at = end < file->text.len ? end + 1 : end;
    }
    q->comment = str_trim(buf_str(&comment));
    return at;
}

static size_t next_heading(struct str text, size_t at)
{
    while (at < text.len) {
        size_t found = str_find(text, S("-- name:"), at);
        if (found == SIZE_MAX || found == 0 || text.ptr[found - 1] == '\n')
            return found == SIZE_MAX ? text.len : found;
        at = found + 1;
    }
    return text.len;
}

static void refuse_loose_text(struct sql_file *file, size_t end)
{
    struct str before = str_sub(file->text, 0, end);
    struct sql_token token;
    size_t at = 0;

    if (sql_next_solid(before, &at, &token))
        sqlgen_fail(file, token.at, "text before the first \"-- name:\"");
}

void sqlgen_parse(struct sql_file *file)
{
    struct str text = file->text;
    size_t headings = 1;

    for (size_t at = next_heading(text, 0); at < text.len; at = next_heading(text, at + 1))
        headings++;
    file->queries = NEW_ARRAY(file->arena, struct named_query, headings);
    refuse_loose_text(file, next_heading(text, 0));
    for (size_t at = next_heading(text, 0), next; at < text.len; at = next) {
        struct named_query *q = &file->queries[file->count];
        next = next_heading(text, at + 1);
        q->line = sql_line(text, at);
        size_t heading_end = parse_heading(file, q, at + strlen("-- name:"));
        q->body_at = parse_comment(file, q, heading_end < text.len ? heading_end + 1 : heading_end);
        q->body = str_sub(text, q->body_at, next > q->body_at ? next - q->body_at : 0);
        file->count++;
    }
}
