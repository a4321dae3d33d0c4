/* Expressions: paths of members, integers, texts, ! && || == != < <= > >= + - *, t(key name=expr), equal(a, b) for
 * texts, and one filter at the end. They become C almost as they stand; the C compiler checks the types and names the
 * template's line. */
#include "tmplgen.h"

static struct str read_or(struct gen *g);
static struct str path_from(struct gen *g, struct str first);

void scope_add(struct gen *g, struct str name, bool is_pointer)
{
    for (size_t i = 0; i < g->scope_count; i++)
        if (str_equal(g->scope[i].name, name))
            fail(g, "'%.*s' already names something here", STR_ARG(name));
    if (str_equal(name, S("out")) || g->scope_count == MAX_SCOPE)
        fail(g, "'%.*s' cannot be named here", STR_ARG(name));
    g->scope[g->scope_count++] = (struct name){name, is_pointer};
}

static const struct name *scope_find(const struct gen *g, struct str name)
{
    static const struct name out = {{"out", 3}, true};

    if (str_equal(name, out.name))
        return &out;
    for (size_t i = 0; i < g->scope_count; i++)
        if (str_equal(g->scope[i].name, name))
            return &g->scope[i];
    return NULL;
}

/* --- messages ----------------------------------------------------------------------------------------------------- */

static const struct message *find_message(struct gen *g, struct str key)
{
    for (size_t i = 0; i < g->message_count; i++)
        if (str_equal(g->messages[i].key, key))
            return &g->messages[i];
    fail(g, "no message '%.*s' in locale/vi", STR_ARG(key));
}

struct str read_message_key(struct gen *g)
{
    struct str key = take_name(g);

    if (find_message(g, key)->param_count != 0)
        fail(g, "the message '%.*s' needs arguments, which cannot be given here", STR_ARG(key));
    return str_format(g->arena, "MSG_%.*s", STR_ARG(key));
}

static size_t find_param(struct gen *g, const struct message *m, struct str name)
{
    for (size_t i = 0; i < m->param_count; i++)
        if (str_equal(m->params[i], name))
            return i;
    fail(g, "the message '%.*s' has no argument '%.*s'", STR_ARG(m->key), STR_ARG(name));
}

struct str read_message(struct gen *g, const char *end)
{
    struct str key = take_name(g);

    if (looking_at(g, ".") || looking_at(g, "->")) { /* an enum msg of the view */
        struct str path = path_from(g, key);
        expect(g, end);
        return str_format(g->arena, "msg(out->lang, %.*s)", STR_ARG(path));
    }
    const struct message *m = find_message(g, key);
    struct str given[MAX_MESSAGE_PARAMS] = {0};
    struct buf c = buf_in(g->arena);

    for (skip_space(g); !take(g, end); skip_space(g)) {
        struct str name = take_name(g);
        size_t i = find_param(g, m, name);
        if (given[i].ptr != NULL)
            fail(g, "the argument '%.*s' is given twice", STR_ARG(name));
        expect(g, "=");
        given[i] = read_expr(g);
    }
    for (size_t i = 0; i < m->param_count; i++)
        if (given[i].ptr == NULL)
            fail(g, "the message '%.*s' lacks its argument '%.*s'", STR_ARG(m->key), STR_ARG(m->params[i]));
    if (m->param_count == 0)
        return str_format(g->arena, "msg(out->lang, MSG_%.*s)", STR_ARG(m->key));
    buf_add_format(&c, "msg_format(out->buf.arena, out->lang, MSG_%.*s, (const struct msg_arg[]){", STR_ARG(m->key));
    for (size_t i = 0; i < m->param_count; i++)
        buf_add_format(&c, "%sARG(\"%.*s\", (%.*s))", i > 0 ? ", " : "", STR_ARG(m->params[i]), STR_ARG(given[i]));
    buf_add_format(&c, "}, %zu)", m->param_count);
    return buf_str(&c);
}

/* --- the parts of an expression ----------------------------------------------------------------------------------- */

static void add_members(struct gen *g, struct buf *c, bool arrow)
{
    for (;;) {
        bool by_pointer = looking_at(g, "->");
        if (!by_pointer && !looking_at(g, "."))
            return;
        g->at += by_pointer ? 2 : 1;
        buf_add_z(c, by_pointer || arrow ? "->" : ".");
        buf_add(c, take_name(g));
        arrow = false;
    }
}

/* ARTICLE_DRAFT, LANG_VI: a constant of C. */
static bool is_constant(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
            return str_equal(name, S("true")) || str_equal(name, S("false")) ||
                   (str_starts(name, S("MSG_")) && name.len > 4);
    return true;
}

static struct str path_from(struct gen *g, struct str first)
{
    const struct name *name = scope_find(g, first);
    struct buf c = buf_in(g->arena);

    if (name == NULL)
        fail(g, "nothing is named '%.*s' here", STR_ARG(first));
    bool has_members = looking_at(g, ".") || looking_at(g, "->");
    if (name->is_pointer && !has_members)
        return str_format(g->arena, "(*%.*s)", STR_ARG(first));
    buf_add(&c, first);
    add_members(g, &c, name->is_pointer);
    return buf_str(&c);
}

struct str read_place(struct gen *g)
{
    return path_from(g, take_name(g));
}

static struct str read_text(struct gen *g)
{
    size_t from = g->at++;

    while (g->at < g->src.len && g->src.ptr[g->at] != '"' && g->src.ptr[g->at] != '\n')
        g->at += g->src.ptr[g->at] == '\\' ? 2 : 1;
    if (g->at >= g->src.len || g->src.ptr[g->at] != '"')
        fail(g, "a text without its closing quote");
    g->at++;
    return str_format(g->arena, "S(%.*s)", STR_ARG(str_sub(g->src, from, g->at - from)));
}

static struct str read_number(struct gen *g)
{
    size_t from = g->at;

    while (g->at < g->src.len && g->src.ptr[g->at] >= '0' && g->src.ptr[g->at] <= '9')
        g->at++;
    if (g->at < g->src.len && is_name_char(g->src.ptr[g->at]))
        fail(g, "numbers are whole and decimal");
    return str_sub(g->src, from, g->at - from);
}

static struct str read_equal(struct gen *g)
{
    struct str a = read_or(g);
    expect(g, ",");
    struct str b = read_or(g);
    expect(g, ")");
    return str_format(g->arena, "str_equal(%.*s, %.*s)", STR_ARG(a), STR_ARG(b));
}

static struct str read_primary(struct gen *g)
{
    skip_space(g);
    char c = g->at < g->src.len ? g->src.ptr[g->at] : 0;
    if (c == '"')
        return read_text(g);
    if (c >= '0' && c <= '9')
        return read_number(g);
    if (take(g, "!")) {
        struct str inside = read_primary(g);
        return str_format(g->arena, "!(%.*s)", STR_ARG(inside));
    }
    if (take(g, "(")) {
        struct str inside = read_or(g);
        expect(g, ")");
        return str_format(g->arena, "(%.*s)", STR_ARG(inside));
    }
    if (!is_name_char(c))
        fail(g, "an expression expected");
    struct str name = take_name(g);
    if (str_equal(name, S("t")) && take(g, "("))
        return read_message(g, ")");
    if (str_equal(name, S("equal")) && take(g, "("))
        return read_equal(g);
    return is_constant(name) && scope_find(g, name) == NULL ? name : path_from(g, name);
}

static const char *take_operator(struct gen *g, const char *const *operators)
{
    skip_space(g);
    if (looking_at(g, "-%}"))
        return NULL;
    for (; *operators != NULL; operators++)
        if (take(g, *operators))
            return *operators;
    return NULL;
}

static struct str read_binary(struct gen *g, const char *const *operators, struct str (*next)(struct gen *),
                              bool grouped)
{
    struct str left = next(g);
    struct buf c = buf_in(g->arena);
    const char *operator= take_operator(g, operators);

    if (operator== NULL)
        return left;
    buf_add_format(&c, "%s%.*s", grouped ? "(" : "", STR_ARG(left));
    for (; operator!= NULL; operator= take_operator(g, operators)) {
        buf_add_format(&c, " %s ", operator);
        buf_add(&c, next(g));
    }
    if (grouped)
        buf_add_char(&c, ')');
    return buf_str(&c);
}

static struct str read_product(struct gen *g)
{
    static const char *const operators[] = {"*", NULL};

    return read_binary(g, operators, read_primary, false);
}

static struct str read_sum(struct gen *g)
{
    static const char *const operators[] = {"+", "-", NULL};

    return read_binary(g, operators, read_product, false);
}

static struct str read_comparison(struct gen *g)
{
    static const char *const operators[] = {"==", "!=", "<=", ">=", "<", ">", NULL};
    struct str left = read_sum(g);
    const char *operator= take_operator(g, operators);

    if (operator== NULL)
        return left;
    struct str right = read_sum(g);
    return str_format(g->arena, "%.*s %s %.*s", STR_ARG(left), operator, STR_ARG(right));
}

static struct str read_and(struct gen *g)
{
    static const char *const operators[] = {"&&", NULL};

    return read_binary(g, operators, read_comparison, true);
}

static struct str read_or(struct gen *g)
{
    static const char *const operators[] = {"||", NULL};

    return read_binary(g, operators, read_and, false);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static const char *const filters[] = {"date", "datetime", "long_date", "iso_date", "ago", "number", "size", "duration"};

struct str read_expr(struct gen *g)
{
    struct str c = read_or(g);

    skip_space(g);
    if (!take(g, "|"))
        return c;
    struct str filter = take_name(g);
    for (size_t i = 0; i < countof(filters); i++)
        if (str_equal(filter, str_of(filters[i])))
            return str_format(g->arena, "html_filter_%s(out, %.*s)", filters[i], STR_ARG(c));
    fail(g, "no filter '%.*s'", STR_ARG(filter));
}

struct str read_condition(struct gen *g)
{
    struct str c = read_or(g);

    return str_format(g->arena, "!!(%.*s)", STR_ARG(c));
}
