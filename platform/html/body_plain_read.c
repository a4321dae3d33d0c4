#include "html/body_plain_inside.h"
#include "html/body_inside.h"

struct reader {
    struct arena *arena;
    struct plain_tokens *tokens;
    size_t *nodes;
};

static struct body_node *add(struct reader *r, struct body_node *parent, enum body_kind kind)
{
    ++*r->nodes;
    return body_add(parent, body_new(r->arena, kind));
}

static void clone_into(struct reader *r, struct body_node *parent, const struct body_node *n)
{
    struct body_node *copy = NEW(r->arena, struct body_node);

    *copy = *n;
    copy->first = copy->last = NULL;
    copy->text_cap = 0;
    body_add(parent, copy);
    ++*r->nodes;
    for (const struct body_node *c = n->first; c != NULL; c = c->next)
        clone_into(r, copy, c);
}

struct plain_token *plain_find_token(struct plain_tokens *tokens, struct str s, size_t *len)
{
    size_t end = str_find(str_sub(s, 0, 400), S("}}"), 0), colon;

    if (!str_starts(s, S("{{")) || end == SIZE_MAX)
        return NULL;
    struct str name = str_sub(s, 2, end - 2);
    colon = str_find_char(name, ':', 0);
    if (colon != SIZE_MAX)
        name = str_sub(name, 0, colon);
    name = str_trim(name);
    for (size_t i = 0; i < tokens->count; i++)
        if (!tokens->list[i].used && str_equal(tokens->list[i].name, name)) {
            *len = end + 2;
            return &tokens->list[i];
        }
    return NULL;
}

/* --- lines -----------------------------------------------------------------------------------------------------------
 */

enum sign { SIGN_BOLD, SIGN_ITALIC, SIGN_UNDERLINE, SIGN_SUB, SIGN_SUPER, SIGN_BRACKET, SIGN_PAREN, SIGNS };
static const char *const signs[SIGNS] = {"**", "_", "++", "~~", "^^", "]", ")"};

struct scan {
    struct str s;
    size_t at;
    size_t found[SIGNS]; /* the next place of each sign, as far as it was looked for: no stretch is searched twice */
    struct buf text;     /* read, and not yet in the tree */
    unsigned marks;
    struct str href;
    size_t link_end, link_after; /* where the open link's text ends, and where its address does */
};

static bool is_word_byte(struct str s, size_t i)
{
    unsigned char c = i < s.len ? (unsigned char)s.ptr[i] : ' ';

    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool sign_at(struct str s, size_t at, enum sign sign)
{
    return str_starts(str_skip(s, at), str_of(signs[sign]));
}

/* An underscore within a word, as in a file's name, is a letter of it. */
static bool may_close(struct str s, size_t at, enum sign sign)
{
    return sign_at(s, at, sign) && (sign != SIGN_ITALIC || !is_word_byte(s, at + 1));
}

static size_t find_sign(struct scan *c, enum sign sign, size_t from)
{
    size_t at = c->found[sign];

    if (at != SIZE_MAX && at < from)
        for (at = from; at < c->s.len && !may_close(c->s, at, sign); at++)
            at += c->s.ptr[at] == '\\';
    return c->found[sign] = at < c->s.len ? at : SIZE_MAX;
}

static void flush(struct reader *r, struct scan *c, struct body_node *parent)
{
    struct body_node *last = parent->last;

    if (c->text.len == 0)
        return;
    body_add_text(r->arena, parent, body_clean_text(r->arena, buf_str(&c->text)), c->marks, c->href);
    *r->nodes += parent->last != last;
    c->text = buf_in(r->arena);
}

static void read_address(struct reader *r, struct str s, struct str *href)
{
    struct buf b = buf_in(r->arena);

    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '\\' || i + 1 == s.len || s.ptr[i + 1] != ')')
            buf_add_char(&b, s.ptr[i]);
    *href = buf_str(&b);
}

static bool open_link(struct reader *r, struct scan *c, struct body_node *parent)
{
    size_t close, end;
    struct str href;

    if (c->link_end != 0 || (close = find_sign(c, SIGN_BRACKET, c->at + 1)) == SIZE_MAX || close == c->at + 1)
        return false;
    if (!str_starts(str_skip(c->s, close), S("](")) || (end = find_sign(c, SIGN_PAREN, close + 2)) == SIZE_MAX)
        return false;
    if (end - close > BODY_MAX_HREF * 2)
        return false;
    read_address(r, str_sub(c->s, close + 2, end - close - 2), &href);
    if (!body_href_is_allowed(href))
        return false;
    flush(r, c, parent);
    c->marks |= MARK_LINK;
    c->href = href;
    c->link_end = close;
    c->link_after = end + 1;
    c->at++;
    return true;
}

static void end_link(struct reader *r, struct scan *c, struct body_node *parent)
{
    flush(r, c, parent);
    c->marks &= ~(unsigned)MARK_LINK;
    c->at = c->link_after;
    c->link_end = 0;
}

/* A sign that is not closed later is text, as is one doubled with nothing in it. */
static bool may_open(struct scan *c, enum sign sign)
{
    size_t after = c->at + strlen(signs[sign]);

    if (after >= c->s.len || c->s.ptr[after] == signs[sign][0])
        return false;
    if (sign == SIGN_ITALIC && c->at > 0 && is_word_byte(c->s, c->at - 1))
        return false;
    return find_sign(c, sign, after) != SIZE_MAX;
}

static bool read_sign(struct reader *r, struct scan *c, struct body_node *parent)
{
    for (enum sign sign = SIGN_BOLD; sign <= SIGN_SUPER; sign++) {
        unsigned mark = 1u << sign;
        if (!sign_at(c->s, c->at, sign))
            continue;
        if (c->marks & mark ? !may_close(c->s, c->at, sign) : !may_open(c, sign))
            return false;
        flush(r, c, parent);
        c->marks ^= mark;
        c->at += strlen(signs[sign]);
        return true;
    }
    return false;
}

static bool read_note(struct reader *r, struct scan *c, struct body_node *parent)
{
    size_t len;
    struct plain_token *token = plain_find_token(r->tokens, str_skip(c->s, c->at), &len);

    if (token == NULL || token->node->kind != BODY_NOTE)
        return false;
    flush(r, c, parent);
    token->used = true;
    clone_into(r, parent, token->node);
    c->at += len;
    return true;
}

static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7f && !is_word_byte((struct str){&c, 1}, 0);
}

static void read_inline(struct reader *r, struct body_node *parent, struct str s)
{
    struct scan c = {.s = s, .text = buf_in(r->arena)};

    while (c.at < s.len && *r->nodes <= BODY_MAX_NODES) {
        char sign = s.ptr[c.at];
        if (sign == '\\' && c.at + 1 < s.len && is_punctuation(s.ptr[c.at + 1])) {
            buf_add_char(&c.text, s.ptr[c.at + 1]);
            c.at += 2;
        } else if (sign == '\n') {
            flush(r, &c, parent);
            add(r, parent, BODY_BREAK);
            c.at++;
        } else if (c.link_end != 0 && c.at == c.link_end) {
            end_link(r, &c, parent);
        } else if (!(sign == '[' && open_link(r, &c, parent)) && !(sign == '{' && read_note(r, &c, parent)) &&
                   !read_sign(r, &c, parent)) {
            buf_add_char(&c.text, sign);
            c.at++;
        }
    }
    flush(r, &c, parent);
    for (struct body_node *n = parent->first; n != NULL; n = n->next)
        n->text = body_clean_text(r->arena, n->text);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

/* How a line begins. */
struct start {
    enum body_kind kind; /* BODY_HEADING, BODY_BULLETS, BODY_NUMBERS, BODY_QUOTE; else BODY_PARAGRAPH */
    int number;          /* the level, or the item's number */
    int indent;
    struct str rest;
};

static int count_char(struct str s, char c)
{
    int n = 0;

    while ((size_t)n < s.len && s.ptr[n] == c)
        n++;
    return n;
}

static struct start start_of(struct str line)
{
    struct start start = {.kind = BODY_PARAGRAPH, .indent = count_char(line, ' '), .rest = line};
    struct str s = str_skip(line, (size_t)start.indent);
    int hashes = count_char(s, '#');
    size_t digits = 0;
    int64_t number;

    while (digits < s.len && s.ptr[digits] >= '0' && s.ptr[digits] <= '9')
        digits++;
    if (start.indent == 0 && hashes > 0 && str_starts(str_skip(s, (size_t)hashes), S(" ")))
        return (struct start){BODY_HEADING,
                              hashes < 2   ? 2
                              : hashes > 4 ? 4
                                           : hashes,
                              0, str_skip(s, (size_t)hashes + 1)};
    if (start.indent == 0 && (str_starts(s, S("> ")) || str_equal(s, S(">"))))
        return (struct start){BODY_QUOTE, 0, 0, str_skip(s, 2)};
    if (str_starts(s, S("- ")))
        return (struct start){BODY_BULLETS, 0, start.indent, str_skip(s, 2)};
    if (digits > 0 && str_starts(str_skip(s, digits), S(". ")) && str_to_int(str_sub(s, 0, digits), &number) == OK &&
        number <= BODY_MAX_START)
        return (struct start){BODY_NUMBERS, (int)number, start.indent, str_skip(s, digits + 2)};
    return start;
}

/* Lines are taken from the text one by one; what starts a block of its own ends the one before. */
struct lines {
    struct str rest;
};

static bool peek(const struct lines *lines, struct str *line)
{
    if (lines->rest.ptr == NULL)
        return false;
    str_cut(lines->rest, '\n', line);
    if (str_ends(*line, S("\r")))
        line->len--;
    return true;
}

static void take(struct lines *lines)
{
    struct str line;

    lines->rest = str_cut(lines->rest, '\n', &line);
}

static bool is_blank_line(struct str line)
{
    return str_trim(line).len == 0;
}

/* The further lines of a paragraph or item. */
static void take_breaks(struct lines *lines, struct buf *text, int indent)
{
    struct str line;

    while (peek(lines, &line) && !is_blank_line(line) && start_of(line).kind == BODY_PARAGRAPH) {
        int spaces = count_char(line, ' ');
        buf_add_char(text, '\n');
        buf_add(text, str_skip(line, (size_t)(spaces < indent ? spaces : indent)));
        take(lines);
    }
}

static bool read_token_line(struct reader *r, struct lines *lines, struct body_node *doc, struct str line)
{
    size_t len;
    struct plain_token *token = plain_find_token(r->tokens, str_trim(line), &len);

    if (token == NULL || token->node->kind == BODY_NOTE || len != str_trim(line).len)
        return false;
    token->used = true;
    clone_into(r, doc, token->node);
    take(lines);
    return true;
}

static void read_paragraph(struct reader *r, struct lines *lines, struct body_node *doc, struct str line)
{
    struct buf text = buf_in(r->arena);

    buf_add(&text, line);
    take(lines);
    take_breaks(lines, &text, 0);
    read_inline(r, add(r, doc, BODY_PARAGRAPH), buf_str(&text));
}

static void read_heading(struct reader *r, struct lines *lines, struct body_node *doc, struct start start)
{
    struct body_node *heading = add(r, doc, BODY_HEADING);

    heading->level = start.number;
    take(lines);
    read_inline(r, heading, start.rest);
}

static void read_quote(struct reader *r, struct lines *lines, struct body_node *doc)
{
    struct body_node *quote = add(r, doc, BODY_QUOTE);
    struct buf text = buf_in(r->arena);
    struct str line;
    bool open = false;

    while (peek(lines, &line) && start_of(line).kind == BODY_QUOTE) {
        struct str rest = start_of(line).rest;
        take(lines);
        if (is_blank_line(rest)) {
            if (open)
                read_inline(r, add(r, quote, BODY_PARAGRAPH), buf_str(&text));
            open = false;
            continue;
        }
        if (!open)
            text = buf_in(r->arena);
        else
            buf_add_char(&text, '\n');
        open = true;
        buf_add(&text, rest);
    }
    if (open || quote->first == NULL)
        read_inline(r, add(r, quote, BODY_PARAGRAPH), open ? buf_str(&text) : S(""));
}

enum { LIST_LEVELS = 8 };

/* The list that an item of this level and kind goes into: the open one, or a new one in the last item above it. */
static struct body_node *list_for(struct reader *r, struct body_node *doc, struct body_node **open, int *level,
                                  struct start start)
{
    while (*level > 0 && (open[*level - 1] == NULL || open[*level - 1]->last == NULL))
        --*level;
    if (open[*level] != NULL && open[*level]->kind == start.kind)
        return open[*level];
    struct body_node *list = add(r, *level == 0 ? doc : open[*level - 1]->last, start.kind);
    list->start = start.kind == BODY_NUMBERS ? start.number : 1;
    return open[*level] = list;
}

static void read_list(struct reader *r, struct lines *lines, struct body_node *doc)
{
    struct body_node *open[LIST_LEVELS] = {0};
    struct str line;
    int depth = -1; /* levels that are open */

    while (peek(lines, &line) && *r->nodes <= BODY_MAX_NODES) {
        struct start start = start_of(line);
        struct buf text = buf_in(r->arena);
        int level = start.indent / 2;
        if (start.kind != BODY_BULLETS && start.kind != BODY_NUMBERS)
            return;
        level = level > depth + 1 ? depth + 1 : level;
        level = level >= LIST_LEVELS ? LIST_LEVELS - 1 : level;
        for (int i = level + 1; i < LIST_LEVELS; i++)
            open[i] = NULL;
        struct body_node *list = list_for(r, doc, open, &level, start);
        depth = level;
        buf_add(&text, start.rest);
        take(lines);
        take_breaks(lines, &text, 2 * level + 2);
        read_inline(r, add(r, add(r, list, BODY_ITEM), BODY_PARAGRAPH), buf_str(&text));
    }
}

void plain_read(struct arena *a, struct str text, struct plain_tokens *tokens, struct body_node *doc, size_t *nodes)
{
    struct reader r = {.arena = a, .tokens = tokens, .nodes = nodes};
    struct lines lines = {.rest = text};
    struct str line;

    while (peek(&lines, &line) && *nodes <= BODY_MAX_NODES) {
        struct start start = start_of(line);
        if (is_blank_line(line))
            take(&lines);
        else if (start.kind == BODY_HEADING)
            read_heading(&r, &lines, doc, start);
        else if (start.kind == BODY_QUOTE)
            read_quote(&r, &lines, doc);
        else if (start.kind != BODY_PARAGRAPH)
            read_list(&r, &lines, doc);
        else if (!read_token_line(&r, &lines, doc, line))
            read_paragraph(&r, &lines, doc, line);
    }
}

enum err body_of_plain(struct arena *a, struct str text, const struct body_node *base,
                       const struct body_plain_words *words, struct body_node **doc)
{
    struct plain_tokens tokens = {0};
    struct body_node *made = body_new(a, BODY_DOC);
    size_t nodes = 1;

    if (text.len > BODY_MAX_BYTES)
        return E_TOO_LARGE;
    if (base != NULL)
        plain_write(a, base, words, &tokens);
    plain_read(a, text, &tokens, made, &nodes);
    if (nodes > BODY_MAX_NODES)
        return E_TOO_LARGE;
    if (made->first == NULL)
        body_add(made, body_new(a, BODY_PARAGRAPH));
    *doc = made;
    return OK;
}
