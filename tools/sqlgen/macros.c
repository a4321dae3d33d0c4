#include "sqlgen.h"
#include "base/files.h"

/* A file of macros: "-- macro: visible(v)" and the condition on the lines below it. `@visible(a)` in a query stands for
 * that text with every word `v` made `a`, put on one line so that line numbers stay. */

enum { MACROS_MAX = 32, LARGEST = 256 * 1024 };

struct macro {
    struct str name, argument, text;
};

struct macros {
    struct arena *arena;
    const char *path;
    struct macro list[MACROS_MAX];
    size_t count;
};

static struct str without_comments(struct arena *a, struct str text)
{
    struct buf out = buf_in(a);
    struct sql_token token;

    for (size_t at = 0; sql_next(text, &at, &token);)
        if (token.kind == SQL_SPACE || token.kind == SQL_COMMENT)
            buf_add_char(&out, ' ');
        else
            buf_add(&out, str_sub(text, token.at, at - token.at));
    return str_trim(buf_str(&out));
}

static void read_macro(struct macros *m, struct str heading, struct str text)
{
    struct macro *one = &m->list[m->count];
    struct str rest = str_cut(heading, '(', &one->name), argument;

    str_cut(rest, ')', &argument);
    one->name = str_trim(one->name);
    one->argument = str_trim(argument);
    one->text = without_comments(m->arena, text);
    if (one->name.len == 0 || one->argument.len == 0 || one->text.len == 0)
        sql_fail(m->path, 0, "a macro is written \"-- macro: name(argument)\" and its text below");
    if (++m->count == MACROS_MAX)
        sql_fail(m->path, 0, "too many macros");
}

static void read_macros(struct macros *m)
{
    struct str text, mark = S("-- macro:");

    if (file_read(m->arena, m->path, LARGEST, &text) != OK)
        sql_fail(m->path, 0, "cannot be read");
    for (size_t at = str_find(text, mark, 0), next; at != SIZE_MAX; at = next) {
        struct str heading, body;
        next = str_find(text, mark, at + 1);
        body = str_cut(str_sub(text, at + mark.len, (next == SIZE_MAX ? text.len : next) - at - mark.len), '\n', &heading);
        read_macro(m, heading, body);
    }
}

static const struct macro *find_macro(const struct macros *m, struct str name)
{
    for (size_t i = 0; i < m->count; i++)
        if (str_equal(m->list[i].name, name))
            return &m->list[i];
    return NULL;
}

static void add_with_argument(struct buf *out, const struct macro *macro, struct str argument)
{
    struct sql_token token;

    for (size_t at = 0; sql_next(macro->text, &at, &token);)
        if (token.kind == SQL_WORD && str_equal(token.text, macro->argument))
            buf_add(out, argument);
        else
            buf_add(out, str_sub(macro->text, token.at, at - token.at));
}

/* The use of a macro at `sign`, where an @ stands; gives where the text goes on. */
static size_t expand_one(const struct macros *m, const char *path, struct str text, size_t sign, struct buf *out)
{
    size_t open = str_find_char(text, '(', sign), close = str_find_char(text, ')', sign);

    if (open == SIZE_MAX || close == SIZE_MAX || open > close)
        sql_fail(path, sql_line(text, sign), "a macro is used as @name(argument)");
    const struct macro *macro = find_macro(m, str_sub(text, sign + 1, open - sign - 1));
    if (macro == NULL)
        sql_fail(path, sql_line(text, sign), "there is no macro of this name in %s", m->path);
    add_with_argument(out, macro, str_trim(str_sub(text, open + 1, close - open - 1)));
    return close + 1;
}

/* An @ and a name; PostgreSQL has an operator @> too. */
static bool is_use(struct str text, const struct sql_token *token)
{
    return token->kind == SQL_SIGN && text.ptr[token->at] == '@' && token->at + 1 < text.len &&
           text.ptr[token->at + 1] >= 'a' && text.ptr[token->at + 1] <= 'z';
}

struct str sqlgen_expand(struct arena *a, const char *macros_path, const char *path, struct str text)
{
    struct macros m = {.arena = a, .path = macros_path};
    struct buf out = buf_in(a);
    struct sql_token token;

    read_macros(&m);
    for (size_t at = 0; sql_next(text, &at, &token);)
        if (is_use(text, &token))
            at = expand_one(&m, path, text, token.at, &out);
        else
            buf_add(&out, str_sub(text, token.at, at - token.at));
    return buf_str(&out);
}
