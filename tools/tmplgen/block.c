/* The directives, {% … %}, and what stands between them. */
#include "tmplgen.h"

/* What ended a block. */
enum end { AT_END, AT_ELSE, AT_ELIF, AT_EMPTY, AT_VIEW, AT_EOF };

static enum end read_block(struct gen *g);

static void close_directive(struct gen *g)
{
    expect(g, "%}");
}

/* One C statement of its own at this place. */
static void add_c(struct gen *g, const char *format, ...) PRINTF_LIKE(2, 3);
static void add_c(struct gen *g, const char *format, ...)
{
    va_list args;

    begin_c(g);
    va_start(args, format);
    buf_add_formatv(&g->c, format, args);
    va_end(args);
    buf_add_char(&g->c, '\n');
}

static void read_until_end(struct gen *g, const char *what, int line)
{
    enum end end = read_block(g);

    if (end == AT_EOF || end == AT_VIEW)
        fail_at(g, line, "{%% %s %%} without its {%% end %%}", what);
    if (end != AT_END)
        fail(g, "{%% else %%}, {%% elif %%} or {%% empty %%} does not belong into {%% %s %%}", what);
    close_directive(g);
}

/* --- if, for ---------------------------------------------------------------------------------------------------- */

static void read_if(struct gen *g)
{
    struct fork f;
    int line = line_at(g, g->at), braces = 1;
    bool has_else = false;

    struct str condition = read_condition(g);
    close_directive(g);
    add_c(g, "if (%.*s) {", STR_ARG(condition));
    markup_fork(g, &f);
    for (;;) {
        enum end end = read_block(g);
        if (end == AT_EOF || end == AT_VIEW || end == AT_EMPTY)
            fail_at(g, line, "{%% if %%} without its {%% end %%}");
        if (end == AT_END)
            break;
        if (has_else)
            fail(g, "nothing but {%% end %%} follows {%% else %%}");
        markup_next(g, &f);
        flush_text(g);
        buf_add_z(&g->c, "    } else {\n");
        has_else = end == AT_ELSE;
        if (end == AT_ELIF) {
            condition = read_condition(g);
            add_c(g, "if (%.*s) {", STR_ARG(condition));
            braces++;
        }
        close_directive(g);
    }
    close_directive(g);
    markup_join(g, &f, !has_else);
    flush_text(g);
    while (braces-- > 0)
        buf_add_z(&g->c, "    }\n");
}

/* for item in v.items        (a struct with rows and count)
 * for i, item in v.items     (i counts from 0)
 * for item in v.rows[v.count] */
static void read_for(struct gen *g)
{
    struct fork f;
    int line = line_at(g, g->at), n = ++g->serial;
    size_t scope = g->scope_count;
    struct str index = STR_NONE, item = take_name(g), rows, count;

    skip_space(g);
    if (take(g, ",")) {
        index = item;
        item = take_name(g);
    }
    if (!str_equal(take_name(g), S("in")))
        fail(g, "{%% for item in list %%}");
    rows = read_place(g);
    if (take(g, "[")) {
        count = read_expr(g);
        expect(g, "]");
    } else {
        count = str_format(g->arena, "%.*s.count", STR_ARG(rows));
        rows = str_format(g->arena, "%.*s.rows", STR_ARG(rows));
    }
    close_directive(g);
    add_c(g, "const size_t n_%d = (size_t)(%.*s);", n, STR_ARG(count));
    add_c(g, "for (size_t i_%d = 0; i_%d < n_%d; i_%d++) {", n, n, n, n);
    add_c(g, "__auto_type %.*s = &(%.*s)[i_%d];", STR_ARG(item), STR_ARG(rows), n);
    buf_add_format(&g->c, "    (void)%.*s;\n", STR_ARG(item));
    scope_add(g, item, true);
    if (index.ptr != NULL) {
        scope_add(g, index, false);
        buf_add_format(&g->c, "    const size_t %.*s = i_%d;\n    (void)%.*s;\n", STR_ARG(index), n, STR_ARG(index));
    }
    markup_fork(g, &f);
    g->m.space = g->m.url_start = false; /* the second round does not begin where the first did */
    enum end end = read_block(g);
    flush_text(g);
    buf_add_z(&g->c, "    }\n");
    g->scope_count = scope;
    if (end == AT_EMPTY) {
        close_directive(g);
        markup_next(g, &f);
        add_c(g, "if (n_%d == 0) {", n);
        end = read_block(g);
        flush_text(g);
        buf_add_z(&g->c, "    }\n");
        markup_join(g, &f, false);
    } else {
        markup_join(g, &f, true);
    }
    if (end != AT_END)
        fail_at(g, line, "{%% for %%} without its {%% end %%}");
    close_directive(g);
}

/* --- include, call, page, csrf ---------------------------------------------------------------------------------------
 */

static void read_include(struct gen *g)
{
    markup_need_text(g, "include");
    struct str view = take_name(g), place = read_place(g);
    close_directive(g);
    add_c(g, "render_%.*s(out, &%.*s);", STR_ARG(view), STR_ARG(place));
}

static void read_call(struct gen *g)
{
    struct buf args = buf_in(g->arena);

    markup_need_text(g, "call");
    struct str function = take_name(g);
    expect(g, "(");
    for (skip_space(g); !take(g, ")"); skip_space(g)) {
        if (args.len > 0)
            expect(g, ",");
        skip_space(g);
        bool by_address = take(g, "&");
        buf_add_z(&args, by_address ? ", &" : ", ");
        buf_add(&args, by_address ? read_place(g) : read_expr(g));
    }
    close_directive(g);
    add_c(g, "%.*s(out%.*s);", STR_ARG(function), STR_ARG(buf_str(&args)));
}

static void read_page(struct gen *g)
{
    struct buf args = buf_in(g->arena);
    struct fork f;
    int line = line_at(g, g->at), n = ++g->serial;

    markup_need_text(g, "page");
    for (skip_space(g); !take(g, "%}"); skip_space(g)) {
        struct str key = take_name(g);
        expect(g, "=");
        buf_add_format(&args, ", .%.*s = ", STR_ARG(key));
        buf_add(&args, read_expr(g));
    }
    flush_text(g);
    buf_add_format(&g->c, "    struct buf page_%d = out->buf;\n    out->buf = buf_in(page_%d.arena);\n", n, n);
    markup_fork(g, &f);
    g->m.space = true;
    read_until_end(g, "page", line);
    markup_join(g, &f, false);
    flush_text(g);
    buf_add_format(&g->c, "    struct html body_%d = html_done(out);\n    out->buf = page_%d;\n", n, n);
    buf_add_format(
        &g->c, "#line %d \"%s\"\n    render_page(out, &(struct v_page){.shell = out->shell, .body = body_%d%.*s});\n",
        line, g->file, n, STR_ARG(buf_str(&args)));
    g->uses_page = true;
}

static void read_csrf(struct gen *g)
{
    struct element *form = markup_open_form(g);

    markup_need_text(g, "csrf");
    if (form == NULL)
        fail(g, "{%% csrf %%} stands inside a form");
    form->has_csrf = true;
    close_directive(g);
    add_c(g, "html_csrf(out);");
}

/* --- fields
 * ----------------------------------------------------------------------------------------------------------- */

static const struct field_kind {
    const char *name, *constant;
    enum { NOTHING, TEXT, CHOICES, TRUTH } value;
} field_kinds[] = {
    {"text", "FIELD_TEXT", TEXT},
    {"textarea", "FIELD_TEXTAREA", TEXT},
    {"email", "FIELD_EMAIL", TEXT},
    {"tel", "FIELD_TEL", TEXT},
    {"url", "FIELD_URL", TEXT},
    {"search", "FIELD_SEARCH", TEXT},
    {"number", "FIELD_NUMBER", TEXT},
    {"date", "FIELD_DATE", TEXT},
    {"datetime", "FIELD_DATETIME", TEXT},
    {"hidden", "FIELD_HIDDEN", TEXT},
    {"select", "FIELD_SELECT", CHOICES},
    {"radio", "FIELD_RADIO", CHOICES},
    {"checkbox", "FIELD_CHECKBOX", TRUTH},
    {"password", "FIELD_PASSWORD", NOTHING},
    {"file", "FIELD_FILE", NOTHING},
};

static const struct field_kind *take_field_kind(struct gen *g)
{
    struct str name = take_name(g);

    for (size_t i = 0; i < countof(field_kinds); i++)
        if (str_equal(name, str_of(field_kinds[i].name)))
            return &field_kinds[i];
    fail(g, "no field kind '%.*s'", STR_ARG(name));
}

/* label=key help=key, flags, and max=200 or accept="…": members of struct field. */
static bool read_field_option(struct gen *g, struct buf *c)
{
    static const char *const flags[] = {"required", "multiple", "autofocus", "readonly"};
    struct str name = take_name(g);

    for (size_t i = 0; i < countof(flags); i++)
        if (str_equal(name, str_of(flags[i])))
            return buf_add_format(c, ", .%s = true", flags[i]), false;
    expect(g, "=");
    bool is_key = str_equal(name, S("label")) || str_equal(name, S("help"));
    struct str value = is_key ? read_message_key(g) : read_expr(g);
    buf_add_format(c, ", .%.*s = %.*s", STR_ARG(name), STR_ARG(value));
    return str_equal(name, S("label"));
}

static struct str label_of_name(struct gen *g, struct str name)
{
    struct str key = str_format(g->arena, "field_%.*s", STR_ARG(name));

    for (size_t i = 0; i < g->message_count; i++)
        if (str_equal(g->messages[i].key, key))
            return str_format(g->arena, "MSG_%.*s", STR_ARG(key));
    fail(g, "the field '%.*s' needs label=key, or a message '%.*s'", STR_ARG(name), STR_ARG(key));
}

static void read_field(struct gen *g)
{
    struct buf c = buf_in(g->arena);
    bool has_label = false;

    markup_need_text(g, "field");
    const struct field_kind *kind = take_field_kind(g);
    struct str name = take_name(g);
    buf_add_format(&c, ".kind = %s, .name = S(\"%.*s\")", kind->constant, STR_ARG(name));
    struct str value = kind->value == TEXT      ? read_expr(g)
                       : kind->value == CHOICES ? read_place(g)
                       : kind->value == TRUTH   ? read_condition(g)
                                                : STR_NONE;
    if (kind->value == TEXT)
        buf_add_format(&c, ", .value = HTML_STR(out, %.*s)", STR_ARG(value));
    else if (kind->value != NOTHING)
        buf_add_format(&c, ", .%s%.*s", kind->value == CHOICES ? "choices = &" : "checked = ", STR_ARG(value));
    for (skip_space(g); !take(g, "%}"); skip_space(g))
        has_label |= read_field_option(g, &c);
    if (!has_label && !str_equal(str_of(kind->name), S("hidden")))
        buf_add_format(&c, ", .label = %.*s", STR_ARG(label_of_name(g, name)));
    add_c(g, "html_field(out, &(const struct field){%.*s});", STR_ARG(buf_str(&c)));
}

/* --- blocks, views, files
 * ---------------------------------------------------------------------------------------------- */

/* Reads a directive's word and what belongs to it; true when it ends the block, with *end set and the cursor behind
 * the word. */
static bool read_directive(struct gen *g, enum end *end)
{
    static const struct {
        const char *word;
        void (*read)(struct gen *);
    } statements[] = {{"if", read_if},     {"for", read_for},   {"include", read_include}, {"call", read_call},
                      {"page", read_page}, {"csrf", read_csrf}, {"field", read_field}};
    static const char *const ends[] = {
        [AT_END] = "end", [AT_ELSE] = "else", [AT_ELIF] = "elif", [AT_EMPTY] = "empty", [AT_VIEW] = "view"};
    size_t at = g->at;

    g->at += 2;
    struct str word = take_name(g);
    bool in_tag = g->m.place != IN_TEXT;
    for (size_t i = 0; i < countof(statements); i++) {
        if (!str_equal(word, str_of(statements[i].word)))
            continue;
        if (in_tag && i > 1)
            fail(g, "{%% %s %%} stands between elements only", statements[i].word);
        statements[i].read(g);
        return false;
    }
    for (size_t i = 0; i < countof(ends); i++) {
        if (!str_equal(word, str_of(ends[i])))
            continue;
        if (i == AT_VIEW)
            g->at = at;
        *end = (enum end)i;
        return true;
    }
    fail(g, "no directive '%.*s'", STR_ARG(word));
}

static void skip_template_comment(struct gen *g)
{
    size_t end = str_find(g->src, S("#}"), g->at);

    if (end == SIZE_MAX)
        fail(g, "{# without its #}");
    g->at = end + 2;
}

static void read_print(struct gen *g)
{
    const char *writer = markup_writer(g);
    struct str value;

    g->at += 2;
    if (looking_at(g, "t ") || looking_at(g, "t\n")) {
        g->at++;
        value = read_message(g, "}}");
    } else {
        value = read_expr(g);
        expect(g, "}}");
    }
    add_c(g, "%s(out, %.*s);", writer, STR_ARG(value));
}

static enum end read_block(struct gen *g)
{
    enum end end;

    while (g->at < g->src.len) {
        if (looking_at(g, "{#"))
            skip_template_comment(g);
        else if (looking_at(g, "{{"))
            read_print(g);
        else if (!looking_at(g, "{%"))
            markup_step(g);
        else if (read_directive(g, &end))
            return end;
    }
    return AT_EOF;
}

/* view NAME [v]: up to its end, the next view, or the end of the file. */
static void read_view(struct gen *g)
{
    struct str name, var = S("v");

    expect(g, "{%");
    if (!str_equal(take_name(g), S("view")))
        fail(g, "{%% view name %%} expected");
    int line = line_at(g, g->at);
    name = take_name(g);
    skip_space(g);
    if (!looking_at(g, "%}"))
        var = take_name(g);
    close_directive(g);

    buf_add_format(&g->header, "struct v_%.*s;\nvoid render_%.*s(struct html_out *out, const struct v_%.*s *%.*s);\n\n",
                   STR_ARG(name), STR_ARG(name), STR_ARG(name), STR_ARG(var));
    buf_add_format(
        &g->c,
        "\n#line %d \"%s\"\nvoid render_%.*s(struct html_out *out, const struct v_%.*s *%.*s)\n{\n    (void)%.*s;\n",
        line, g->file, STR_ARG(name), STR_ARG(name), STR_ARG(var), STR_ARG(var));
    g->scope_count = 0;
    scope_add(g, var, true);
    g->m = (struct markup){.space = true};
    enum end end = read_block(g);
    if (g->m.depth > 0)
        fail_at(g, g->m.open[g->m.depth - 1].line, "<%.*s> is not closed", STR_ARG(g->m.open[g->m.depth - 1].name));
    if (end == AT_END)
        close_directive(g);
    else if (end != AT_EOF && end != AT_VIEW)
        fail(g, "{%% else %%}, {%% elif %%} or {%% empty %%} without its {%% if %%} or {%% for %%}");
    flush_text(g);
    buf_add_z(&g->c, "}\n");
}

/* Between views stand blanks and comments of both kinds. */
static bool skip_between_views(struct gen *g)
{
    for (;;) {
        skip_space(g);
        if (looking_at(g, "{#")) {
            skip_template_comment(g);
        } else if (looking_at(g, "<!--")) {
            size_t end = str_find(g->src, S("-->"), g->at);
            if (end == SIZE_MAX)
                fail(g, "a comment without its end");
            g->at = end + 3;
        } else {
            return g->at < g->src.len;
        }
    }
}

void read_file(struct gen *g)
{
    while (skip_between_views(g))
        read_view(g);
}
