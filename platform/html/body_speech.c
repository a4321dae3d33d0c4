#include "html/body_speech.h"
#include "html/body_inside.h"

struct speech {
    struct buf *buf;
    const struct body_speech_words *words;
    int tables;
};

/* --- lines -----------------------------------------------------------------------------------------------------------
 */

static void say_inline(struct speech *s, struct buf *b, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        if (n->kind == BODY_TEXT) {
            buf_add(b, n->text);
        } else if (n->kind == BODY_BREAK) {
            buf_add_z(b, ", ");
        } else if (s->words->notes) {
            buf_add_z(b, " (");
            say_inline(s, b, n);
            buf_add_z(b, ")");
        }
    }
}

static bool is_ended(struct str line)
{
    static const char *const ends[] = {".", "!", "?", ":", ";", "…", ".\"", ".”", "!”", "?”", ".)"};

    for (size_t i = 0; i < countof(ends); i++)
        if (str_ends(line, str_of(ends[i])))
            return true;
    return false;
}

/* A reader pauses at the end of every line. */
static void say_line(struct speech *s, struct str line)
{
    line = str_trim(line);
    if (line.len == 0)
        return;
    buf_add(s->buf, line);
    buf_add_z(s->buf, is_ended(line) ? "\n" : ".\n");
}

static struct str line_of(struct speech *s, const struct body_node *n)
{
    struct buf b = buf_in(s->buf->arena);

    say_inline(s, &b, n);
    return str_trim(buf_str(&b));
}

static void say_medium(struct speech *s, const struct body_node *n, struct str word)
{
    struct str caption = line_of(s, n);

    if (caption.len == 0)
        caption = n->alt;
    if (caption.len > 0)
        say_line(s, str_format(s->buf->arena, "%.*s: %.*s", STR_ARG(word), STR_ARG(caption)));
}

/* --- tables ----------------------------------------------------------------------------------------------------------
 */

static struct str cell_line(struct speech *s, const struct body_node *cell)
{
    struct buf b = buf_in(s->buf->arena);

    for (const struct body_node *n = cell; n != NULL; n = body_walk(cell, n)) {
        if (!body_holds_inline(n->kind) || n->kind == BODY_NOTE)
            continue;
        struct str line = line_of(s, n);
        if (b.len > 0 && line.len > 0)
            buf_add_z(&b, ", ");
        buf_add(&b, line);
    }
    return buf_str(&b);
}

/* The head of the cell's column, where the first row is all headers and no cell spans several columns. */
static const struct body_node *head_of(const struct body_node *table, const struct body_node *cell)
{
    const struct body_node *head = table->first->first;

    if (cell->parent == table->first)
        return NULL;
    for (const struct body_node *n = head; n != NULL; n = n->next)
        if (!n->header || n->colspan > 1 || n->rowspan > 1)
            return NULL;
    for (const struct body_node *n = cell->parent->first; n != cell && head != NULL; n = n->next)
        head = n->colspan > 1 ? NULL : head->next;
    return head;
}

/* A cell reached by a span from above would shift its row against the heads. */
static bool has_row_spans(const struct body_node *table)
{
    for (const struct body_node *n = table; n != NULL; n = body_walk(table, n))
        if (n->kind == BODY_CELL && n->rowspan > 1)
            return true;
    return false;
}

static void say_row(struct speech *s, const struct body_node *table, const struct body_node *row, bool heads)
{
    struct buf b = buf_in(s->buf->arena);

    for (const struct body_node *cell = row->first; cell != NULL; cell = cell->next) {
        struct str text = cell_line(s, cell);
        const struct body_node *head = heads ? head_of(table, cell) : NULL;
        if (text.len == 0)
            continue;
        if (b.len > 0)
            buf_add_z(&b, "; ");
        if (head != NULL)
            buf_add_format(&b, "%.*s: ", STR_ARG(cell_line(s, head)));
        buf_add(&b, text);
    }
    buf_add(s->buf, b.len > 0 ? buf_str(&b) : S("–"));
    buf_add_z(s->buf, ".\n");
}

static void say_table(struct speech *s, const struct body_node *table)
{
    bool heads = !has_row_spans(table);
    int number = 0;

    buf_add_format(s->buf, "%.*s %d.\n", STR_ARG(s->words->table), ++s->tables);
    for (const struct body_node *row = table->first; row != NULL; row = row->next) {
        if (row->first == NULL)
            continue;
        buf_add_format(s->buf, "%.*s %d: ", STR_ARG(s->words->row), ++number);
        say_row(s, table, row, heads);
    }
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

static void say_block(struct speech *s, const struct body_node *n);

static void say_blocks(struct speech *s, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next)
        say_block(s, n);
}

static void say_list(struct speech *s, const struct body_node *list)
{
    int number = list->start;

    for (const struct body_node *item = list->first; item != NULL; item = item->next) {
        if (list->kind == BODY_NUMBERS)
            buf_add_format(s->buf, "%d. ", number++);
        say_blocks(s, item);
    }
}

static void say_block(struct speech *s, const struct body_node *n)
{
    switch (n->kind) {
    case BODY_HEADING:
    case BODY_PARAGRAPH:
        say_line(s, line_of(s, n));
        break;
    case BODY_BULLETS:
    case BODY_NUMBERS:
        say_list(s, n);
        break;
    case BODY_TABLE:
        say_table(s, n);
        break;
    case BODY_FIGURE:
        say_medium(s, n, s->words->figure);
        break;
    case BODY_SOUND:
        say_medium(s, n, s->words->sound);
        break;
    case BODY_VIDEO:
        say_medium(s, n, s->words->video);
        break;
    default:
        say_blocks(s, n);
    }
}

struct str body_to_speech(struct arena *a, const struct body_node *doc, const struct body_speech_words *words)
{
    struct buf b = buf_in(a);
    struct speech s = {.buf = &b, .words = words};

    say_block(&s, doc);
    return buf_str(&b);
}
