#include "html/body_plain_inside.h"
#include "html/body_inside.h"

struct writer {
    struct arena *arena;
    const struct body_plain_words *words;
    struct plain_tokens *tokens;
    int counts[BODY_TEXT + 1]; /* tokens so far of each kind; BODY_DOC counts blocks of no kind of their own */
    struct buf *buf;
};

/* --- tokens ----------------------------------------------------------------------------------------------------------
 */

static struct str token_word(const struct body_plain_words *words, enum body_kind kind)
{
    switch (kind) {
    case BODY_TABLE:
        return words->table;
    case BODY_FIGURE:
        return words->figure;
    case BODY_SOUND:
        return words->sound;
    case BODY_VIDEO:
        return words->video;
    case BODY_BOX:
        return words->box;
    case BODY_NOTE:
        return words->note;
    default:
        return words->block;
    }
}

static enum body_kind counted_as(enum body_kind kind)
{
    unsigned own = BODY_MEDIA | BODY_BIT(BODY_TABLE) | BODY_BIT(BODY_BOX) | BODY_BIT(BODY_NOTE);

    return own & BODY_BIT(kind) ? kind : BODY_DOC;
}

static struct str new_token(struct writer *w, const struct body_node *n)
{
    struct plain_tokens *tokens = w->tokens;
    enum body_kind kind = counted_as(n->kind);
    struct str word = token_word(w->words, kind);
    struct str name = str_format(w->arena, "%.*s %d", STR_ARG(word), ++w->counts[kind]);

    if (tokens->count == tokens->cap) {
        size_t cap = tokens->cap == 0 ? 16 : tokens->cap * 2, size = sizeof *tokens->list;
        tokens->list = arena_grow(w->arena, tokens->list, tokens->cap * size, cap * size);
        tokens->cap = cap;
    }
    tokens->list[tokens->count++] = (struct plain_token){.name = name, .node = n};
    return name;
}

/* The first words of what the token stands for, to know it by. */
static void add_hint(struct buf *b, struct arena *a, const struct body_node *n)
{
    enum { HINT = 60 };
    struct str text = str_trim(body_to_text(a, n));
    size_t at = 0;

    if (text.len == 0)
        return;
    buf_add_z(b, ": ");
    while (at < text.len && at < HINT) {
        size_t from = at;
        uint32_t code = str_next_code(text, &at);
        if (code < ' ')
            buf_add_char(b, ' ');
        else if (code != '{' && code != '}')
            buf_add(b, str_sub(text, from, at - from));
    }
    if (at < text.len)
        buf_add_z(b, "…");
}

static void add_token(struct writer *w, const struct body_node *n)
{
    struct str name = new_token(w, n);

    buf_add_format(w->buf, "{{%.*s", STR_ARG(name));
    if (n->kind != BODY_NOTE)
        add_hint(w->buf, w->arena, n);
    buf_add_z(w->buf, "}}");
}

/* --- lines -----------------------------------------------------------------------------------------------------------
 */

static const char *const signs[] = {"**", "_", "++", "~~", "^^"};

/* Signs that could be read as markup, wherever they stand. A plus counts only beside another or at an end of the text.
 */
static bool needs_escape(struct str s, size_t i)
{
    bool at_end = i == 0 || i + 1 == s.len;

    switch (s.ptr[i]) {
    case '\\':
    case '*':
    case '_':
    case '[':
    case ']':
    case '^':
    case '~':
        return true;
    case '+':
    case '{':
        return at_end || s.ptr[i - 1] == s.ptr[i] || s.ptr[i + 1] == s.ptr[i];
    default:
        return false;
    }
}

static void add_escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (needs_escape(s, i))
            buf_add_char(b, '\\');
        buf_add_char(b, s.ptr[i]);
    }
}

static void add_signs(struct buf *b, unsigned marks)
{
    for (size_t i = 0; i < countof(signs); i++)
        if (marks & 1u << i)
            buf_add_z(b, signs[i]);
}

static void close_signs(struct buf *b, unsigned marks)
{
    for (size_t i = countof(signs); i > 0; i--)
        if (marks & 1u << (i - 1))
            buf_add_z(b, signs[i - 1]);
}

static void end_link(struct buf *b, struct str href)
{
    buf_add_z(b, "](");
    for (size_t i = 0; i < href.len; i++) {
        if (href.ptr[i] == ')')
            buf_add_char(b, '\\');
        buf_add_char(b, href.ptr[i]);
    }
    buf_add_char(b, ')');
}

/* Signs switch a mark on and off, so texts with marks in common need none between them. */
static void add_inline(struct writer *w, const struct body_node *parent, const char *indent)
{
    unsigned on = 0;
    struct str link = STR_NONE;

    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        unsigned marks = n->kind == BODY_TEXT ? n->marks & (MARK_LINK - 1) : 0;
        struct str href = n->kind == BODY_TEXT && (n->marks & MARK_LINK) ? n->href : STR_NONE;
        bool same_link = str_equal(link, href);
        close_signs(w->buf, same_link ? on & ~marks : on);
        if (!same_link && link.len > 0)
            end_link(w->buf, link);
        if (!same_link && href.len > 0)
            buf_add_char(w->buf, '[');
        add_signs(w->buf, same_link ? marks & ~on : marks);
        on = marks;
        link = href;
        if (n->kind == BODY_TEXT)
            add_escaped(w->buf, body_clean_text(w->arena, n->text));
        else if (n->kind == BODY_BREAK)
            buf_add_format(w->buf, "\n%s", indent);
        else
            add_token(w, n);
    }
    close_signs(w->buf, on);
    if (link.len > 0)
        end_link(w->buf, link);
}

/* A sign that would open a block at the start of a line gets a \ before it. */
static struct str escape_starts(struct arena *a, struct str lines)
{
    struct buf b = buf_in(a);
    struct str line;
    bool first = true;

    while (lines.ptr != NULL) {
        lines = str_cut(lines, '\n', &line);
        size_t digits = 0;
        if (!first)
            buf_add_char(&b, '\n');
        first = false;
        while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
            digits++;
        bool number = digits > 0 && digits < line.len && line.ptr[digits] == '.';
        buf_add(&b, str_sub(line, 0, number ? digits : 0));
        if (number || (line.len > 0 && strchr("#->", line.ptr[0]) != NULL))
            buf_add_char(&b, '\\');
        buf_add(&b, str_skip(line, number ? digits : 0));
    }
    return buf_str(&b);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

/* Adds a line whose further lines stand behind `indent`. */
static void add_line(struct writer *w, const struct body_node *n, const char *indent)
{
    struct buf *outer = w->buf, line = buf_in(w->arena);

    w->buf = &line;
    add_inline(w, n, "");
    w->buf = outer;
    struct str escaped = escape_starts(w->arena, buf_str(&line));
    struct str behind = str_format(w->arena, "\n%s", indent);
    buf_add(outer, str_replace(w->arena, escaped, S("\n"), behind));
}

static void add_list(struct writer *w, const struct body_node *list, int level)
{
    struct str indent = str_format(w->arena, "%*s", 2 * level, "");
    int number = list->start;

    for (const struct body_node *item = list->first; item != NULL; item = item->next) {
        if (item != list->first)
            buf_add_char(w->buf, '\n');
        buf_add(w->buf, indent);
        if (list->kind == BODY_NUMBERS)
            buf_add_format(w->buf, "%d. ", number++);
        else
            buf_add_z(w->buf, "- ");
        add_line(w, item->first, str_z(w->arena, str_format(w->arena, "%.*s  ", STR_ARG(indent))));
        for (const struct body_node *n = item->first->next; n != NULL; n = n->next) {
            buf_add_char(w->buf, '\n');
            if (n->kind == BODY_BULLETS || n->kind == BODY_NUMBERS)
                add_list(w, n, level + 1);
        }
    }
}

static void add_quote(struct writer *w, const struct body_node *quote)
{
    for (const struct body_node *n = quote->first; n != NULL; n = n->next) {
        if (n != quote->first)
            buf_add_z(w->buf, "\n>\n");
        buf_add_z(w->buf, "> ");
        add_line(w, n, "> ");
    }
}

static bool can_hold(const struct body_node *n)
{
    unsigned kinds = BODY_BIT(BODY_HEADING) | BODY_BIT(BODY_PARAGRAPH) | BODY_BIT(BODY_BULLETS) |
                     BODY_BIT(BODY_NUMBERS) | BODY_BIT(BODY_QUOTE);

    return (kinds & BODY_BIT(n->kind)) != 0;
}

static void add_block(struct writer *w, const struct body_node *n)
{
    if (n->kind == BODY_HEADING) {
        buf_add_format(w->buf, "%.*s ", n->level, "####");
        add_line(w, n, "");
    } else if (n->kind == BODY_PARAGRAPH) {
        add_line(w, n, "");
    } else if (n->kind == BODY_QUOTE) {
        add_quote(w, n);
    } else {
        add_list(w, n, 0);
    }
}

/* Whether the text reads back as this one block and nothing else. */
static bool comes_back(struct writer *w, struct str text, const struct body_node *block)
{
    struct body_node *doc = body_new(w->arena, BODY_DOC);
    size_t nodes = 0;

    plain_read(w->arena, text, w->tokens, doc, &nodes);
    for (size_t i = 0; i < w->tokens->count; i++)
        w->tokens->list[i].used = false;
    return doc->first != NULL && doc->first == doc->last &&
           str_equal(body_to_json(w->arena, doc->first), body_to_json(w->arena, block));
}

static void add_top_block(struct writer *w, const struct body_node *n)
{
    struct buf *outer = w->buf, text = buf_in(w->arena);
    struct writer before = *w;
    size_t tokens = w->tokens->count;

    if (can_hold(n)) {
        w->buf = &text;
        add_block(w, n);
        w->buf = outer;
        if (comes_back(w, buf_str(&text), n)) {
            buf_add(outer, buf_str(&text));
            return;
        }
        *w = before; /* its notes go with it */
        w->tokens->count = tokens;
    }
    add_token(w, n);
}

static bool is_empty(const struct body_node *doc)
{
    const struct body_node *n = doc->first;

    return n == NULL || (n == doc->last && n->kind == BODY_PARAGRAPH && n->first == NULL && n->align == ALIGN_START);
}

struct str plain_write(struct arena *a, const struct body_node *doc, const struct body_plain_words *words,
                       struct plain_tokens *tokens)
{
    struct buf b = buf_in(a);
    struct writer w = {.arena = a, .words = words, .tokens = tokens, .buf = &b};

    for (const struct body_node *n = is_empty(doc) ? NULL : doc->first; n != NULL; n = n->next) {
        add_top_block(&w, n);
        buf_add_z(&b, n->next != NULL ? "\n\n" : "\n");
    }
    return buf_str(&b);
}

struct str body_to_plain(struct arena *a, const struct body_node *doc, const struct body_plain_words *words)
{
    struct plain_tokens tokens = {0};

    return plain_write(a, doc, words, &tokens);
}
