/* The light marks of data/demo/articles as the article's tree. */
#include "demo/demo_file.h"
#include "base/log.h"

struct writing {
    struct arena *a;
    struct str *lines;
    size_t count, at;
    demo_media_named *named;
    void *context;
};

/* --- inside a paragraph -------------------------------------------------------------------------------------------- */

static void add_inline(struct arena *a, struct body_node *parent, struct str text, unsigned marks);

static bool take_mark(struct str rest, unsigned *marks, size_t *length)
{
    static const struct {
        const char *sign;
        unsigned mark;
    } signs[] = {{"**", MARK_BOLD}, {"__", MARK_UNDERLINE}, {"*", MARK_ITALIC}, {"^", MARK_SUPER}, {"~", MARK_SUB}};

    for (size_t i = 0; i < countof(signs); i++) {
        if (!str_starts(rest, str_of(signs[i].sign)))
            continue;
        *marks ^= signs[i].mark;
        *length = strlen(signs[i].sign);
        return true;
    }
    return false;
}

/* [words](address) */
static bool take_link(struct arena *a, struct body_node *parent, struct str rest, unsigned marks, size_t *length)
{
    size_t middle = str_find(rest, S("]("), 0), end = middle == SIZE_MAX ? SIZE_MAX : str_find_char(rest, ')', middle);

    if (!str_starts(rest, S("[")) || end == SIZE_MAX)
        return false;
    body_add_text(a, parent, str_sub(rest, 1, middle - 1), marks | MARK_LINK, str_sub(rest, middle + 2, end - middle - 2));
    *length = end + 1;
    return true;
}

/* ((a note)) */
static bool take_note(struct arena *a, struct body_node *parent, struct str rest, size_t *length)
{
    size_t end = str_find(rest, S("))"), 0);

    if (!str_starts(rest, S("((")) || end == SIZE_MAX)
        return false;
    struct body_node *note = body_add(parent, body_new(a, BODY_NOTE));
    add_inline(a, note, str_sub(rest, 2, end - 2), 0);
    *length = end + 2;
    return true;
}

static void add_inline(struct arena *a, struct body_node *parent, struct str text, unsigned marks)
{
    size_t from = 0, at = 0, length;

    while (at < text.len) {
        struct str rest = str_skip(text, at);
        bool is_sign = strchr("*_^~[(\\", rest.ptr[0]) != NULL;
        unsigned before = marks;
        if (is_sign && at > from) {
            body_add_text(a, parent, str_sub(text, from, at - from), marks, STR_NONE);
            from = at;
        }
        length = 1;
        if (is_sign && rest.ptr[0] == '\\')
            body_add(parent, body_new(a, BODY_BREAK));
        else if (!is_sign || (!take_mark(rest, &marks, &length) && !take_link(a, parent, rest, before, &length) &&
                              !take_note(a, parent, rest, &length))) {
            at++;
            continue;
        }
        at += length;
        from = at;
    }
    if (at > from)
        body_add_text(a, parent, str_sub(text, from, at - from), marks, STR_NONE);
}

/* --- blocks -------------------------------------------------------------------------------------------------------- */

static enum err add_block(struct writing *w, struct body_node *parent);

static struct str current(const struct writing *w)
{
    return w->at < w->count ? w->lines[w->at] : STR_NONE;
}

static void add_paragraph(struct writing *w, struct body_node *parent, struct str text)
{
    add_inline(w->a, body_add(parent, body_new(w->a, BODY_PARAGRAPH)), str_trim(text), 0);
}

static bool is_numbered(struct str line, struct str *rest)
{
    size_t digits = 0;

    while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
        digits++;
    *rest = str_skip(line, digits + 2);
    return digits > 0 && digits < 3 && str_starts(str_skip(line, digits), S(". "));
}

static bool is_bulleted(struct str line, struct str *rest)
{
    *rest = str_skip(line, 2);
    return str_starts(line, S("- "));
}

static void add_list(struct writing *w, struct body_node *parent, enum body_kind kind,
                     bool (*is_item)(struct str, struct str *))
{
    struct body_node *list = body_add(parent, body_new(w->a, kind));
    struct str rest;

    for (; is_item(current(w), &rest); w->at++)
        add_paragraph(w, body_add(list, body_new(w->a, BODY_ITEM)), rest);
}

static void add_quote(struct writing *w, struct body_node *parent)
{
    struct body_node *quote = body_add(parent, body_new(w->a, BODY_QUOTE));

    for (; str_starts(current(w), S("> ")); w->at++)
        add_paragraph(w, quote, str_skip(current(w), 2));
}

/* |! head | {c2} two columns wide | {r2} two rows high | */
static void add_cell(struct writing *w, struct body_node *row, struct str text)
{
    struct body_node *cell = body_add(row, body_new(w->a, BODY_CELL));

    text = str_trim(text);
    if (str_starts(text, S("!"))) {
        cell->header = true;
        text = str_trim(str_skip(text, 1));
    }
    while (text.len > 3 && text.ptr[0] == '{' && text.ptr[3] == '}') {
        *(text.ptr[1] == 'c' ? &cell->colspan : &cell->rowspan) = text.ptr[2] - '0';
        text = str_trim(str_skip(text, 4));
    }
    add_paragraph(w, cell, text);
}

static void add_table(struct writing *w, struct body_node *parent)
{
    struct body_node *table = body_add(parent, body_new(w->a, BODY_TABLE));

    for (; str_starts(current(w), S("|")); w->at++) {
        struct body_node *row = body_add(table, body_new(w->a, BODY_ROW));
        struct str cell, rest = str_skip(current(w), 1);
        while (rest.len > 0) {
            rest = str_cut(rest, '|', &cell);
            add_cell(w, row, cell);
        }
    }
}

/* ::: the box's title, blocks, and ::: alone */
static enum err add_box(struct writing *w, struct body_node *parent)
{
    struct body_node *box = body_add(parent, body_new(w->a, BODY_BOX));
    struct str title = str_trim(str_skip(current(w), 3));

    if (title.len > 0) {
        struct body_node *heading = body_add(box, body_new(w->a, BODY_HEADING));
        heading->level = 3;
        add_inline(w->a, heading, title, 0);
    }
    for (w->at++; w->at < w->count && !str_equal(current(w), S(":::"));)
        TRY(add_block(w, box));
    w->at++;
    return OK;
}

/* @picture file; caption; credit; alternative text */
static enum err add_medium(struct writing *w, struct body_node *parent)
{
    static const struct {
        const char *word;
        enum body_kind kind;
    } words[] = {{"@picture ", BODY_FIGURE}, {"@sound ", BODY_SOUND}, {"@video ", BODY_VIDEO}};
    struct str line = current(w), parts[4];

    for (size_t i = 0; i < countof(words); i++) {
        if (!str_starts(line, str_of(words[i].word)))
            continue;
        struct body_node *n = body_new(w->a, words[i].kind);
        demo_parts(str_skip(line, strlen(words[i].word)), parts, 4);
        TRY(w->named(w->context, parts[0], &n->media));
        add_inline(w->a, n, parts[1], 0);
        n->credit = parts[2];
        if (words[i].kind == BODY_FIGURE)
            n->alt = parts[3];
        body_add(parent, n);
        w->at++;
        return OK;
    }
    log_event(LOG_ERROR, "demo.line", "text=%.*s", STR_ARG(line));
    return E_INVALID;
}

static bool begins_block(struct str line)
{
    struct str rest;

    return line.len == 0 || strchr("#>|@:", line.ptr[0]) != NULL || is_bulleted(line, &rest) || is_numbered(line, &rest);
}

static void add_lines_as_paragraph(struct writing *w, struct body_node *parent)
{
    struct buf text = {.arena = w->a};

    do {
        if (text.len > 0)
            buf_add(&text, S(" "));
        buf_add(&text, current(w));
        w->at++;
    } while (w->at < w->count && !begins_block(current(w)));
    add_paragraph(w, parent, buf_str(&text));
}

static void add_heading(struct writing *w, struct body_node *parent)
{
    struct str line = current(w);
    struct body_node *heading = body_add(parent, body_new(w->a, BODY_HEADING));

    heading->level = 0;
    while (str_starts(line, S("#"))) {
        heading->level++;
        line = str_skip(line, 1);
    }
    add_inline(w->a, heading, str_trim(line), 0);
    w->at++;
}

static enum err add_block(struct writing *w, struct body_node *parent)
{
    struct str line = current(w), rest;

    if (line.len == 0)
        w->at++;
    else if (line.ptr[0] == '@')
        return add_medium(w, parent);
    else if (str_starts(line, S(":::")))
        return add_box(w, parent);
    else if (line.ptr[0] == '#')
        add_heading(w, parent);
    else if (str_starts(line, S("> ")))
        add_quote(w, parent);
    else if (line.ptr[0] == '|')
        add_table(w, parent);
    else if (is_bulleted(line, &rest))
        add_list(w, parent, BODY_BULLETS, is_bulleted);
    else if (is_numbered(line, &rest))
        add_list(w, parent, BODY_NUMBERS, is_numbered);
    else
        add_lines_as_paragraph(w, parent);
    return OK;
}

enum err demo_body(struct arena *a, struct str text, demo_media_named *named, void *context, struct body_node **doc)
{
    struct writing w = {.a = a, .named = named, .context = context};
    struct body_node *made = body_new(a, BODY_DOC);
    size_t most = 1;

    for (size_t i = 0; i < text.len; i++)
        most += text.ptr[i] == '\n';
    w.lines = NEW_ARRAY(a, struct str, most);
    while (text.len > 0) {
        struct str line;
        text = str_cut(text, '\n', &line);
        w.lines[w.count++] = str_trim(line);
    }
    while (w.at < w.count)
        TRY(add_block(&w, made));
    *doc = made;
    return OK;
}
