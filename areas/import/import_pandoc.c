#include <jansson.h>
#include "import/import_parts.h"

/* pandoc's tree (API 1.22): every node is {"t": kind, "c": content}. Written by pandoc in the sandbox from a stranger's
 * file: every shape is checked, what is not known contributes its text. */

enum { MAX_DEPTH = 200 };

struct reader {
    struct import *im;
    struct arena *a;
    struct body_node *block; /* the paragraph being filled, NULL between two */
    struct body_node *parent;
    enum body_kind block_kind;
    enum body_align align;
    int depth;
    size_t nodes;
};

struct look {
    unsigned marks;
    struct str href;
};

static void read_blocks(struct reader *r, json_t *blocks, struct body_node *parent);
static void read_inlines(struct reader *r, json_t *inlines, struct look look);

static struct str text_of(json_t *value)
{
    if (!json_is_string(value))
        return STR_NONE;
    return (struct str){json_string_value(value), json_string_length(value)};
}

static struct str kind_of(json_t *node)
{
    return text_of(json_object_get(node, "t"));
}

static bool is(json_t *node, const char *kind)
{
    return str_equal(kind_of(node), str_of(kind));
}

/* --- inline ------------------------------------------------------------------------------------------------------ */

/* The paragraph to add to; a new one where a picture ended the last. */
static struct body_node *open_block(struct reader *r)
{
    if (r->block == NULL) {
        r->block = body_add(r->parent, body_new(r->a, r->block_kind));
        r->block->align = r->align;
    }
    return r->block;
}

static void add_text(struct reader *r, struct str text, struct look look)
{
    body_add_text(r->a, open_block(r), text, look.marks, look.href);
}

static bool is_link_allowed(struct str href)
{
    return str_starts(href, S("http://")) || str_starts(href, S("https://")) || str_starts(href, S("mailto:"));
}

static void read_link(struct reader *r, json_t *c, struct look look)
{
    struct str href = text_of(json_array_get(json_array_get(c, 2), 0));

    if (look.href.len == 0 && is_link_allowed(href)) {
        look.marks |= MARK_LINK;
        look.href = href;
    }
    read_inlines(r, json_array_get(c, 1), look);
}

/* A picture stands between paragraphs: the one around it is closed before and opened again behind. Inside a note or an
 * item's line it goes where body_tidy lifts it. */
static void read_image(struct reader *r, json_t *c)
{
    struct str name = text_of(json_array_get(json_array_get(c, 2), 0)), hash;
    struct buf alt = buf_in(r->a);

    if (!import_medium(r->im, name, &hash)) {
        import_count(r->im, IMPORT_PICTURES_SKIPPED, 1, STR_NONE);
        return;
    }
    size_t i;
    json_t *word;
    json_array_foreach(json_array_get(c, 1), i, word)
    {
        if (is(word, "Str"))
            buf_add(&alt, text_of(json_object_get(word, "c")));
        else
            buf_add_char(&alt, ' ');
    }
    struct body_node *figure = body_new(r->a, BODY_FIGURE);
    figure->media = hash;
    figure->alt = buf_str(&alt);
    body_add(r->parent, figure);
    r->block = NULL;
}

/* A note holds inline text only: its paragraphs are joined by breaks. */
static void read_note(struct reader *r, json_t *blocks, struct look look)
{
    struct body_node *note = body_add(open_block(r), body_new(r->a, BODY_NOTE));
    struct body_node *held = body_new(r->a, BODY_DOC);
    struct reader inner = *r;

    look.marks &= ~(unsigned)MARK_SUPER;
    inner.block = NULL;
    read_blocks(&inner, blocks, held);
    for (const struct body_node *n = held; n != NULL; n = body_walk(held, n)) {
        if ((n->kind == BODY_PARAGRAPH || n->kind == BODY_HEADING) && note->first != NULL)
            body_add(note, body_new(r->a, BODY_BREAK));
        if (n->kind == BODY_TEXT)
            body_add_text(r->a, note, n->text, n->marks, n->href);
        else if (n->kind == BODY_BREAK)
            body_add(note, body_new(r->a, BODY_BREAK));
    }
}

static void read_inline(struct reader *r, json_t *node, struct look look)
{
    static const struct {
        const char *kind;
        unsigned mark;
    } marks[] = {{"Emph", MARK_ITALIC},
                 {"Strong", MARK_BOLD},
                 {"Underline", MARK_UNDERLINE},
                 {"Superscript", MARK_SUPER},
                 {"Subscript", MARK_SUB},
                 {"Strikeout", 0},
                 {"SmallCaps", 0}};
    json_t *c = json_object_get(node, "c");

    for (size_t i = 0; i < countof(marks); i++)
        if (is(node, marks[i].kind)) {
            look.marks |= marks[i].mark;
            return read_inlines(r, c, look);
        }
    if (is(node, "Str"))
        add_text(r, text_of(c), look);
    else if (is(node, "Space") || is(node, "SoftBreak"))
        add_text(r, S(" "), look);
    else if (is(node, "LineBreak"))
        body_add(open_block(r), body_new(r->a, BODY_BREAK));
    else if (is(node, "Quoted")) {
        bool is_single = is(json_array_get(c, 0), "SingleQuote");
        add_text(r, is_single ? S("‘") : S("“"), look);
        read_inlines(r, json_array_get(c, 1), look);
        add_text(r, is_single ? S("’") : S("”"), look);
    } else if (is(node, "Span") || is(node, "Cite"))
        read_inlines(r, json_array_get(c, 1), look);
    else if (is(node, "Link"))
        read_link(r, c, look);
    else if (is(node, "Image"))
        read_image(r, c);
    else if (is(node, "Note"))
        read_note(r, c, look);
    else if (is(node, "Code") || is(node, "Math"))
        add_text(r, text_of(json_array_get(c, 1)), look);
}

static void read_inlines(struct reader *r, json_t *inlines, struct look look)
{
    size_t i;
    json_t *node;

    if (r->depth >= MAX_DEPTH)
        return;
    r->depth++;
    json_array_foreach(inlines, i, node)
    {
        r->nodes++;
        read_inline(r, node, look);
    }
    r->depth--;
}

/* --- blocks ------------------------------------------------------------------------------------------------------ */

static void read_paragraph(struct reader *r, json_t *inlines, enum body_kind kind, int level)
{
    struct look plain = {0, STR_NONE};

    r->block = NULL;
    r->block_kind = BODY_PARAGRAPH;
    if (kind == BODY_HEADING) {
        r->block = body_add(r->parent, body_new(r->a, BODY_HEADING));
        r->block->level = level < 1 ? 2 : level > 3 ? 4 : level + 1;
    }
    read_inlines(r, inlines, plain);
    r->block = NULL;
}

static bool is_empty_item(json_t *blocks)
{
    return json_array_size(blocks) == 0;
}

/* A numbered cell without text is how Word counts the rows of a table: the number is the text. */
static void read_bare_numbers(struct reader *r, json_t *items, int start)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        struct look plain = {0, STR_NONE};
        r->block = NULL;
        r->block_kind = BODY_PARAGRAPH;
        add_text(r, str_format(r->a, "%d.", start + (int)i), plain);
    }
    r->block = NULL;
}

static void read_list(struct reader *r, json_t *items, enum body_kind kind, int start)
{
    size_t i, empty = 0;
    json_t *item;

    json_array_foreach(items, i, item) empty += is_empty_item(item);
    if (kind == BODY_NUMBERS && empty == json_array_size(items))
        return read_bare_numbers(r, items, start);
    struct body_node *list = body_add(r->parent, body_new(r->a, kind));
    if (kind == BODY_NUMBERS)
        list->start = start < 1 ? 1 : start;
    json_array_foreach(items, i, item) read_blocks(r, item, body_add(list, body_new(r->a, BODY_ITEM)));
}

static void read_cell(struct reader *r, json_t *cell, struct body_node *row, bool is_header)
{
    struct body_node *node = body_add(row, body_new(r->a, BODY_CELL));

    node->header = is_header;
    node->rowspan = (int)json_integer_value(json_array_get(cell, 2));
    node->colspan = (int)json_integer_value(json_array_get(cell, 3));
    if (node->rowspan < 1 || node->rowspan > 1000)
        node->rowspan = 1;
    if (node->colspan < 1 || node->colspan > 1000)
        node->colspan = 1;
    read_blocks(r, json_array_get(cell, 4), node);
}

static void read_rows(struct reader *r, json_t *rows, struct body_node *table, bool is_header)
{
    size_t i, k;
    json_t *row, *cell;

    json_array_foreach(rows, i, row)
    {
        struct body_node *node = body_add(table, body_new(r->a, BODY_ROW));
        json_array_foreach(json_array_get(row, 1), k, cell) read_cell(r, cell, node, is_header);
    }
}

static void read_table(struct reader *r, json_t *c)
{
    size_t i;
    json_t *body;
    struct body_node *parent = r->parent;

    read_blocks(r, json_array_get(json_array_get(c, 1), 1), parent); /* the caption */
    struct body_node *table = body_add(parent, body_new(r->a, BODY_TABLE));
    read_rows(r, json_array_get(json_array_get(c, 3), 1), table, true);
    json_array_foreach(json_array_get(c, 4), i, body)
    {
        read_rows(r, json_array_get(body, 2), table, true);
        read_rows(r, json_array_get(body, 3), table, false);
    }
    read_rows(r, json_array_get(json_array_get(c, 5), 1), table, false);
}

/* The pre-pass tells alignment by a style of its own. */
static void read_division(struct reader *r, json_t *c)
{
    json_t *pairs = json_array_get(json_array_get(c, 0), 2), *pair;
    enum body_align before = r->align;
    size_t i;

    json_array_foreach(pairs, i, pair)
    {
        struct str style = text_of(json_array_get(pair, 1));
        if (str_equal(style, S("bantin-center")))
            r->align = ALIGN_CENTER;
        else if (str_equal(style, S("bantin-right")))
            r->align = ALIGN_END;
    }
    read_blocks(r, json_array_get(c, 1), r->parent);
    r->align = before;
}

static void read_block(struct reader *r, json_t *node)
{
    json_t *c = json_object_get(node, "c");
    struct body_node *parent = r->parent;

    if (is(node, "Para") || is(node, "Plain"))
        read_paragraph(r, c, BODY_PARAGRAPH, 0);
    else if (is(node, "Header"))
        read_paragraph(r, json_array_get(c, 2), BODY_HEADING, (int)json_integer_value(json_array_get(c, 0)));
    else if (is(node, "BulletList"))
        read_list(r, c, BODY_BULLETS, 1);
    else if (is(node, "OrderedList"))
        read_list(r, json_array_get(c, 1), BODY_NUMBERS,
                  (int)json_integer_value(json_array_get(json_array_get(c, 0), 0)));
    else if (is(node, "BlockQuote"))
        read_blocks(r, c, body_add(parent, body_new(r->a, BODY_QUOTE)));
    else if (is(node, "Table"))
        read_table(r, c);
    else if (is(node, "Div"))
        read_division(r, c);
    else if (is(node, "LineBlock")) {
        size_t i;
        json_t *line;
        json_array_foreach(c, i, line) read_paragraph(r, line, BODY_PARAGRAPH, 0);
    } else if (is(node, "DefinitionList")) {
        size_t i, k;
        json_t *entry, *definition;
        json_array_foreach(c, i, entry)
        {
            read_paragraph(r, json_array_get(entry, 0), BODY_PARAGRAPH, 0);
            json_array_foreach(json_array_get(entry, 1), k, definition) read_blocks(r, definition, parent);
        }
    } else if (is(node, "CodeBlock")) {
        struct look plain = {0, STR_NONE};
        r->block = NULL;
        r->block_kind = BODY_PARAGRAPH;
        add_text(r, text_of(json_array_get(c, 1)), plain);
    }
    r->parent = parent;
    r->block = NULL;
}

static void read_blocks(struct reader *r, json_t *blocks, struct body_node *parent)
{
    struct body_node *outer = r->parent;
    size_t i;
    json_t *node;

    if (r->depth >= MAX_DEPTH)
        return;
    r->depth++;
    json_array_foreach(blocks, i, node)
    {
        r->nodes++;
        r->parent = parent;
        read_block(r, node);
    }
    r->parent = outer;
    r->depth--;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* Paragraphs in styles like "Title" and "Author" are not in pandoc's text but in its metadata: they come back as the
 * first paragraphs, the title as a heading, and are looked at like everybody else's. */
static void read_meta(struct reader *r, json_t *value, bool is_title)
{
    size_t i;
    json_t *part, *c = json_object_get(value, "c");

    if (is(value, "MetaInlines"))
        read_paragraph(r, c, is_title ? BODY_HEADING : BODY_PARAGRAPH, 1);
    else if (is(value, "MetaBlocks"))
        read_blocks(r, c, r->parent);
    else if (is(value, "MetaList"))
        json_array_foreach(c, i, part) read_meta(r, part, is_title);
}

static void forget(void *root)
{
    json_decref(root);
}

enum err import_read_pandoc(struct import *im, struct str json, struct body_node **doc)
{
    static const char *const first[] = {"title", "subtitle", "author", "date", "abstract"};
    struct reader r = {.im = im, .a = im->arena};
    json_error_t error;
    json_t *root = json_loadb(json.ptr, json.len, 0, &error);

    if (root == NULL || !json_is_array(json_object_get(root, "blocks"))) {
        json_decref(root);
        return E_INVALID;
    }
    arena_defer(im->arena, forget, root); /* the tree's texts point into it */
    struct body_node *read = body_new(im->arena, BODY_DOC);
    r.parent = read;
    for (size_t i = 0; i < countof(first); i++)
        read_meta(&r, json_object_get(json_object_get(root, "meta"), first[i]), i == 0);
    r.align = ALIGN_START;
    read_blocks(&r, json_object_get(root, "blocks"), read);
    if (r.nodes > BODY_MAX_NODES * 2)
        return E_TOO_LARGE;
    *doc = read;
    return OK;
}
