#include "html/body_import_inside.h"
#include "base/clock.h"

/* --- depth, before anything is parsed ------------------------------------------------------------------------------
 */

/* Names of open elements, as far as their end tag must be written. The parser's time grows with the square of the
 * depth, so a page that nests further than any text does is not given to it. */
struct tags {
    struct str open[BODY_IMPORT_MAX_DEPTH];
    size_t depth;
};

static bool name_is_one_of(struct str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_nocase(name, str_of(names[i])))
            return true;
    return false;
}

/* Void elements, and those the next one of their kind ends. */
static bool nests(struct str name)
{
    static const char *const flat[] = {"br",    "img",    "hr",    "input",  "meta",    "link",  "col",
                                       "area",  "base",   "wbr",   "p",      "li",      "td",    "th",
                                       "tr",    "dt",     "dd",    "option", "tbody",   "thead", "tfoot",
                                       "embed", "source", "track", "param",  "colgroup"};

    return !name_is_one_of(name, flat, countof(flat));
}

static bool holds_raw_text(struct str name)
{
    static const char *const raw[] = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"};

    return name_is_one_of(name, raw, countof(raw));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct str tag_name(struct str html, size_t at)
{
    size_t end = at;

    while (end < html.len && strchr(" \t\r\n\f/>", html.ptr[end]) == NULL)
        end++;
    return str_sub(html, at, end - at);
}

/* Past the '>' of a tag; quotes may hold one. */
static size_t tag_end(struct str html, size_t at)
{
    char quote = 0;

    for (; at < html.len; at++) {
        char c = html.ptr[at];
        if (quote != 0)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && html.ptr[at - 1] == '=')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return at;
}

static void tags_close(struct tags *tags, struct str name)
{
    for (size_t i = tags->depth; i > 0; i--)
        if (str_equal_nocase(tags->open[i - 1], name)) {
            tags->depth = i - 1;
            return;
        }
}

static size_t raw_text_end(struct str html, size_t at, struct str name)
{
    for (; (at = str_find(html, S("</"), at)) != SIZE_MAX; at += 2)
        if (str_equal_nocase(str_sub(html, at + 2, name.len), name))
            return at;
    return html.len;
}

static size_t comment_end(struct str html, size_t at)
{
    size_t end =
        str_starts(str_skip(html, at), S("<!--")) ? str_find(html, S("-->"), at + 2) : str_find_char(html, '>', at);

    return end == SIZE_MAX ? html.len : end + 1;
}

static enum err check_depth(struct str html)
{
    struct tags tags = {.depth = 0};

    for (size_t at = 0; (at = str_find_char(html, '<', at)) != SIZE_MAX;) {
        char c = at + 1 < html.len ? html.ptr[at + 1] : ' ';
        if (c == '!' || c == '?') {
            at = comment_end(html, at);
        } else if (c == '/') {
            tags_close(&tags, tag_name(html, at + 2));
            at = tag_end(html, at + 2);
        } else if (is_letter(c)) {
            struct str name = tag_name(html, at + 1);
            at = tag_end(html, at + 1);
            if (holds_raw_text(name)) {
                at = raw_text_end(html, at, name);
            } else if (nests(name)) {
                if (tags.depth == countof(tags.open))
                    return E_TOO_LARGE;
                tags.open[tags.depth++] = name;
            }
        } else {
            at++;
        }
    }
    return OK;
}

/* --- parsing within a budget -----------------------------------------------------------------------------------------
 */

enum { CLOCK_EVERY = 1024 };

struct budget {
    struct arena *arena;
    int64_t deadline;
    unsigned calls;
    jmp_buf *over;
};

static void *parser_alloc(void *userdata, size_t size)
{
    struct budget *budget = userdata;

    if (++budget->calls % CLOCK_EVERY == 0 && clock_monotonic_ms() > budget->deadline)
        longjmp(*budget->over, 1);
    return arena_alloc(budget->arena, size);
}

static void parser_free(void *userdata, void *ptr)
{
    (void)userdata;
    (void)ptr;
}

/* Tags that cross each other deepen the tree behind check_depth's back. */
static bool is_deeper(const GumboNode *root, int most)
{
    const GumboNode *n = root;
    int depth = 0;

    while (n != NULL) {
        bool element = n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
        if (element && n->v.element.children.length > 0) {
            n = n->v.element.children.data[0];
            if (++depth > most)
                return true;
            continue;
        }
        while (n != root && n->index_within_parent + 1 >= n->parent->v.element.children.length) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->parent->v.element.children.data[n->index_within_parent + 1];
    }
    return false;
}

enum err import_parse(struct arena *scratch, struct str html, GumboNode **root)
{
    jmp_buf over;
    struct budget budget = {scratch, clock_monotonic_ms() + BODY_IMPORT_MAX_MS, 0, &over};
    GumboOptions options = kGumboDefaultOptions;

    if (html.len > BODY_IMPORT_MAX_BYTES)
        return E_TOO_LARGE;
    TRY(check_depth(html));
    if (ARENA_GUARD(scratch, &over)) {
        arena_set_guard(scratch, NULL);
        return E_TOO_LARGE;
    }
    options.allocator = parser_alloc;
    options.deallocator = parser_free;
    options.userdata = &budget;
    options.max_errors = 0;
    GumboNode *parsed = gumbo_parse_with_options(&options, html.ptr != NULL ? html.ptr : "", html.len)->root;
    arena_set_guard(scratch, NULL);
    if (is_deeper(parsed, BODY_IMPORT_MAX_DEPTH + 64))
        return E_TOO_LARGE;
    *root = parsed;
    return OK;
}
