/* Follows the HTML between the directives: which element, which attribute, which kind of value an expression stands
 * in; refuses what would make escaping unsafe or the page unsound. */
#include "tmplgen.h"

static bool one_of(struct str name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_equal_nocase(name, str_of(*list)))
            return true;
    return false;
}

static bool is_void(struct str tag)
{
    static const char *const list[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                       "input", "link", "meta", "source", "track", "wbr", NULL};

    return one_of(tag, list);
}

static bool is_url_attribute(struct str attr)
{
    static const char *const list[] = {"href", "src",  "action", "formaction", "poster",     "srcset",
                                       "cite", "data", "ping",   "manifest",   "xlink:href", NULL};

    return one_of(attr, list);
}

/* Elements whose white space is shown. */
static bool keeps_space(const struct markup *m)
{
    static const char *const list[] = {"pre", "textarea", NULL};

    for (int i = 0; i < m->depth; i++)
        if (one_of(m->open[i].name, list))
            return true;
    return false;
}

static bool inside(const struct markup *m, const char *tag)
{
    for (int i = 0; i < m->depth; i++)
        if (str_equal_nocase(m->open[i].name, str_of(tag)))
            return true;
    return false;
}

struct element *markup_open_form(struct gen *g)
{
    for (int i = g->m.depth; i-- > 0;)
        if (str_equal_nocase(g->m.open[i].name, S("form")))
            return &g->m.open[i];
    return NULL;
}

/* --- what a directive needs to know ------------------------------------------------------------------------------- */

static bool only_text_inside(const struct markup *m)
{
    static const char *const list[] = {"title", "textarea", "option", NULL};

    return m->depth > 0 && one_of(m->open[m->depth - 1].name, list);
}

/* Elements whose address is code or changes every other address. */
static bool runs_code(struct str tag)
{
    static const char *const list[] = {"script", "iframe", "object", "embed", "base", NULL};

    return one_of(tag, list);
}

const char *markup_writer(struct gen *g)
{
    struct markup *m = &g->m;
    bool at_start = m->url_start;

    m->space = false;
    m->url_start = false;
    if (m->place == IN_TAG)
        fail(g, "an expression stands in text or in a quoted value, not in a tag's or attribute's name");
    if (m->place == IN_TEXT)
        return only_text_inside(m) ? "HTML_ATTR" : "HTML_TEXT";
    if (m->is_url && at_start && runs_code(m->tag))
        fail(g, "the address of a <%.*s> begins with a fixed path", STR_ARG(m->tag));
    m->scheme_open = m->is_url && (at_start || m->scheme_open);
    if (m->is_url)
        return at_start ? "HTML_URL" : "HTML_URL_PART";
    return "HTML_ATTR";
}

void markup_need_text(struct gen *g, const char *what)
{
    if (g->m.place != IN_TEXT || only_text_inside(&g->m))
        fail(g, "{%% %s %%} stands between elements only", what);
    g->m.space = false;
}

/* --- branches ------------------------------------------------------------------------------------------------------
 */

static void begin_branch(struct gen *g, const struct fork *f)
{
    g->m = f->before;
    g->m.floor = g->m.depth;
    g->m.branch = ++g->serial;
}

/* What is true behind several branches: only what is true behind each; but what one of them has said is said. */
static void merge(struct fork *f, const struct markup *m)
{
    if (!f->one_ended) {
        f->after = *m;
        f->one_ended = true;
        return;
    }
    f->after.space &= m->space;
    f->after.url_start &= m->url_start;
    f->after.scheme_open |= m->scheme_open;
    f->after.has_alt |= m->has_alt;
    f->after.has_src |= m->has_src;
    for (int i = 0; i < m->depth; i++) {
        f->after.open[i].has_csrf |= m->open[i].has_csrf;
        f->after.open[i].posts |= m->open[i].posts;
    }
}

static void end_branch(struct gen *g, struct fork *f)
{
    struct markup *m = &g->m;

    if (m->depth > f->before.depth)
        fail_at(g, m->open[m->depth - 1].line, "<%.*s> is not closed in the branch that opens it",
                STR_ARG(m->open[m->depth - 1].name));
    if (m->place != f->before.place)
        fail(g, "this branch ends inside a tag or value that it did not begin in");
    merge(f, m);
}

void markup_fork(struct gen *g, struct fork *f)
{
    *f = (struct fork){.before = g->m};
    begin_branch(g, f);
}

void markup_next(struct gen *g, struct fork *f)
{
    end_branch(g, f);
    begin_branch(g, f);
}

void markup_join(struct gen *g, struct fork *f, bool may_skip)
{
    end_branch(g, f);
    if (may_skip)
        merge(f, &f->before);
    g->m = f->after;
    g->m.floor = f->before.floor;
    g->m.branch = f->before.branch;
}

/* --- white space -------------------------------------------------------------------------------------------------- */

/* A run of white space becomes one line end or one blank. */
static void take_space(struct gen *g)
{
    size_t from = g->at;

    skip_space(g);
    struct str run = str_sub(g->src, from, g->at - from);
    if (g->m.place == IN_TEXT && keeps_space(&g->m)) {
        add_static(g, run);
        return;
    }
    if (!g->m.space)
        add_static(g, g->m.place == IN_TEXT && str_find_char(run, '\n', 0) != SIZE_MAX ? S("\n") : S(" "));
    g->m.space = true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void copy(struct gen *g, size_t n)
{
    add_static(g, str_sub(g->src, g->at, n));
    g->at += n;
    g->m.space = false;
}

/* --- text -----------------------------------------------------------------------------------------------------------
 */

static struct str read_tag_name(struct gen *g)
{
    size_t from = g->at;

    while (g->at < g->src.len && (is_name_char(g->src.ptr[g->at]) || strchr("-:", g->src.ptr[g->at]) != NULL))
        g->at++;
    return str_sub(g->src, from, g->at - from);
}

static void skip_comment(struct gen *g)
{
    size_t end = str_find(g->src, S("-->"), g->at);

    if (end == SIZE_MAX)
        fail(g, "a comment without its end");
    struct str inner = str_sub(g->src, g->at, end - g->at);
    if (str_contains(inner, S("{{")) || str_contains(inner, S("{%")))
        fail(g, "no expression in an HTML comment; {# … #} leaves out a part of the template");
    g->at = end + 3;
}

static void close_element(struct gen *g)
{
    struct markup *m = &g->m;

    g->at += 2;
    struct str name = read_tag_name(g);
    if (m->depth == 0)
        fail(g, "</%.*s> closes nothing", STR_ARG(name));
    struct element *top = &m->open[m->depth - 1];
    if (!str_equal(top->name, name))
        fail(g, "</%.*s> stands where <%.*s> of line %d is open", STR_ARG(name), STR_ARG(top->name), top->line);
    if (m->depth <= m->floor)
        fail(g, "</%.*s> closes an element that was opened outside of this branch", STR_ARG(name));
    if (top->posts && !top->has_csrf)
        fail_at(g, top->line, "a form that posts needs {%% csrf %%}");
    expect(g, ">");
    add_static(g, str_format(g->arena, "</%.*s>", STR_ARG(name)));
    m->depth--;
    m->space = false;
}

static void open_tag(struct gen *g)
{
    struct markup *m = &g->m;

    m->tag_line = line_at(g, g->at);
    g->at++;
    m->tag = read_tag_name(g);
    if (m->tag.len == 0 || is_name_char(m->tag.ptr[0]) == false)
        fail(g, "'<' in text is written &lt;");
    if (looking_at(g, "{{"))
        fail(g, "no expression in a tag's name");
    if (str_equal_nocase(m->tag, S("style")))
        fail(g, "no <style>: rules stand in assets/");
    if (str_equal_nocase(m->tag, S("form")) && inside(m, "form"))
        fail(g, "a form inside a form");
    if (m->depth == MAX_DEPTH)
        fail(g, "elements are nested too deep");
    add_static(g, str_format(g->arena, "<%.*s", STR_ARG(m->tag)));
    m->place = IN_TAG;
    m->tag_branch = m->branch;
    m->has_alt = m->has_src = m->space = false;
    /* Pushed at once, so that attributes can note what they say about it; a void element is dropped at its '>'. */
    m->open[m->depth++] = (struct element){.name = m->tag, .line = m->tag_line};
}

static void step_text(struct gen *g)
{
    char c = g->src.ptr[g->at];

    if (is_space(c))
        return take_space(g);
    if (looking_at(g, "<!--"))
        return skip_comment(g);
    if (looking_at(g, "</"))
        return close_element(g);
    if (looking_at(g, "<!")) {
        size_t end = str_find_char(g->src, '>', g->at);
        if (end == SIZE_MAX)
            fail(g, "a declaration without its end");
        return copy(g, end + 1 - g->at);
    }
    if (c == '<')
        return open_tag(g);
    copy(g, 1);
}

/* --- inside a tag ---------------------------------------------------------------------------------------------------
 */

static void finish_tag(struct gen *g)
{
    struct markup *m = &g->m;
    bool closes_itself = take(g, "/>");

    if (!closes_itself)
        g->at++;
    if (m->tag_branch != m->branch)
        fail(g, "a tag ends in the branch in which it begins");
    if (str_equal_nocase(m->tag, S("img")) && !m->has_alt)
        fail_at(g, m->tag_line, "<img> needs alt (empty for decoration)");
    if (closes_itself && !is_void(m->tag) && !inside(m, "svg") && !inside(m, "math"))
        fail(g, "<%.*s/> does not close itself in HTML", STR_ARG(m->tag));
    if (m->space) /* the blank before '>' */
        g->text.len -= g->text.len > 0 && g->text.ptr[g->text.len - 1] == ' ';
    add_static(g, closes_itself ? S("/>") : S(">"));
    m->place = IN_TEXT;
    m->space = false;
    if (closes_itself || is_void(m->tag)) {
        m->depth--;
        return;
    }
    if (str_equal_nocase(m->tag, S("script"))) {
        skip_space(g);
        if (!m->has_src || !looking_at(g, "</script>"))
            fail_at(g, m->tag_line, "no inline script: <script src=…></script>, with the code in assets/");
    }
    /* A browser drops the first line end in these; one of ours keeps that of the text. */
    if ((str_equal_nocase(m->tag, S("textarea")) || str_equal_nocase(m->tag, S("pre"))) && !looking_at(g, "\n"))
        add_static(g, S("\n"));
}

static void note_attribute(struct gen *g, struct str attr)
{
    struct markup *m = &g->m;
    struct element *element = &m->open[m->depth - 1];

    if (str_equal_nocase(attr, S("style")))
        fail(g, "no style=: rules stand in assets/");
    if (attr.len > 2 && str_equal_nocase(str_sub(attr, 0, 2), S("on")))
        fail(g, "no %.*s=: handlers stand in assets/", STR_ARG(attr));
    if (str_equal_nocase(attr, S("srcdoc")) || str_equal_nocase(attr, S("http-equiv")))
        fail(g, "no %.*s=", STR_ARG(attr));
    m->has_alt |= str_equal_nocase(attr, S("alt"));
    m->has_src |= str_equal_nocase(attr, S("src"));
    if (str_equal_nocase(m->tag, S("form")) && str_equal_nocase(attr, S("method"))) {
        struct str rest = str_skip(g->src, g->at);
        element->posts = !str_equal_nocase(str_sub(rest, 0, 5), S("=\"get"));
    }
}

static void refuse_script_url(struct gen *g)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:"};
    struct str rest = str_skip(g->src, g->at);

    for (size_t i = 0; i < countof(schemes); i++)
        if (str_equal_nocase(str_sub(rest, 0, strlen(schemes[i])), str_of(schemes[i])))
            fail(g, "no %s address", schemes[i]);
}

static void unquoted_value(struct gen *g)
{
    size_t from = g->at;

    while (g->at < g->src.len && !is_space(g->src.ptr[g->at]) && g->src.ptr[g->at] != '>') {
        if (looking_at(g, "{{") || looking_at(g, "{%"))
            fail(g, "an attribute with an expression is quoted");
        if (strchr("\"'=<`", g->src.ptr[g->at]) != NULL)
            fail(g, "this value needs quotes");
        g->at++;
    }
    if (g->at == from)
        fail(g, "an attribute's value is missing");
    add_static(g, str_sub(g->src, from, g->at - from));
}

static void read_attribute(struct gen *g)
{
    struct markup *m = &g->m;

    m->attr = read_tag_name(g);
    if (m->attr.len == 0)
        fail(g, "an attribute expected");
    if (!m->space)
        fail(g, "a blank stands before an attribute");
    if (looking_at(g, "{"))
        fail(g, "no expression in an attribute's name");
    note_attribute(g, m->attr);
    add_static(g, m->attr);
    m->space = false;
    if (!looking_at(g, "="))
        return;
    copy(g, 1);
    m->is_url = is_url_attribute(m->attr);
    m->url_start = true;
    m->scheme_open = false;
    if (m->is_url && (looking_at(g, "\"") || looking_at(g, "'"))) {
        g->at++;
        refuse_script_url(g);
        g->at--;
    }
    if (!looking_at(g, "\"") && !looking_at(g, "'")) {
        if (m->is_url)
            refuse_script_url(g);
        unquoted_value(g);
        return;
    }
    m->quote = g->src.ptr[g->at];
    m->place = IN_VALUE;
    m->value_branch = m->branch;
    copy(g, 1);
}

static void step_tag(struct gen *g)
{
    if (is_space(g->src.ptr[g->at]))
        take_space(g);
    else if (looking_at(g, ">") || looking_at(g, "/>"))
        finish_tag(g);
    else
        read_attribute(g);
}

static void step_value(struct gen *g)
{
    struct markup *m = &g->m;
    char c = g->src.ptr[g->at];

    if (c == m->quote) {
        if (m->value_branch != m->branch)
            fail(g, "a value ends in the branch in which it begins");
        copy(g, 1);
        m->place = IN_TAG;
        m->quote = 0;
        return;
    }
    if (c == '<')
        fail(g, "'<' in a value is written &lt;");
    if (c == ':' && m->is_url && m->scheme_open)
        fail(g, "':' would make the expression before it the scheme of an address");
    m->scheme_open &= strchr("/?#,", c) == NULL;
    /* srcset="A 1x, B 2x": an address starts after each comma. */
    bool after_comma = str_equal_nocase(m->attr, S("srcset")) && (c == ',' || (is_space(c) && m->url_start));
    m->url_start = after_comma || (m->url_start && is_space(c));
    copy(g, 1);
}

void markup_step(struct gen *g)
{
    switch (g->m.place) {
    case IN_TEXT:
        return step_text(g);
    case IN_TAG:
        return step_tag(g);
    case IN_VALUE:
        return step_value(g);
    }
}
