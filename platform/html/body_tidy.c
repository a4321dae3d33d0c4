#include "html/body.h"
#include "html/body_inside.h"

/* The tree is built anew. A place is a node of the old tree on the way down and what stands for it in the new one,
 * which comes into being when the first content arrives: so empty blocks vanish, and a place that was closed to lift
 * something out of it goes on in a second node behind what was lifted. */
struct place {
    struct arena *arena;
    struct place *up;
    struct body_node like;                              /* attributes of what is made here */
    struct body_node *node;                             /* NULL: not made yet, or closed */
    struct body_node *after_table_first, **after_table; /* on a table: what could not stay in its cells */
    bool single; /* must not be made a second time: further text goes into a paragraph */
};

static void put(struct place *p, const struct body_node *n);

static int place_depth(const struct place *p)
{
    int depth = 0;

    for (; p != NULL; p = p->up)
        depth++;
    return depth;
}

static struct place place_in(struct place *up, const struct body_node *like)
{
    return (struct place){.arena = up->arena, .up = up, .like = *like};
}

static struct place place_of_kind(struct place *up, enum body_kind kind)
{
    return place_in(up, body_new(up->arena, kind));
}

static bool place_allows(const struct place *p, enum body_kind kind)
{
    if (!(body_content(p->like.kind) & BODY_BIT(kind)))
        return false;
    for (; p != NULL; p = p->up)
        if (body_forbids(p->like.kind) & BODY_BIT(kind))
            return false;
    return true;
}

/* --- attributes ----------------------------------------------------------------------------------------------------
 */

static int clipped(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static struct body_node *new_like(struct arena *a, const struct body_node *like)
{
    struct body_node *n = body_new(a, like->kind);

    n->level = clipped(like->level, 2, 4);
    n->start = clipped(like->start, 0, BODY_MAX_START);
    n->align = like->align <= ALIGN_END ? like->align : ALIGN_START;
    n->header = like->header;
    n->colspan = clipped(like->colspan, 1, BODY_MAX_SPAN);
    n->rowspan = clipped(like->rowspan, 1, BODY_MAX_SPAN);
    n->media = like->media;
    n->alt = body_clean_text(a, like->alt);
    n->credit = body_clean_text(a, like->credit);
    return n;
}

/* --- making places -------------------------------------------------------------------------------------------------
 */

static struct body_node *make(struct place *p)
{
    if (p->node != NULL)
        return p->node;
    struct body_node *parent = make(p->up);
    if (parent->kind == BODY_ITEM && parent->first == NULL && p->like.kind != BODY_PARAGRAPH)
        body_add(parent, body_new(p->arena, BODY_PARAGRAPH)); /* an item opens with one */
    p->node = body_add(parent, new_like(p->arena, &p->like));
    if (p->like.kind == BODY_NUMBERS)
        p->like.start = p->node->start;
    return p->node;
}

static int count_children(const struct body_node *n)
{
    int count = 0;

    for (n = n->first; n != NULL; n = n->next)
        count++;
    return count;
}

/* What comes later in p goes into a new node; a numbered list counts on. */
static void close_place(struct place *p)
{
    if (p->node == NULL)
        return;
    if (p->like.kind == BODY_NUMBERS)
        p->like.start = clipped(p->like.start + count_children(p->node), 0, BODY_MAX_START);
    if (p->single)
        p->like = *body_new(p->arena, BODY_PARAGRAPH);
    p->node = NULL;
}

/* --- lines of text ---------------------------------------------------------------------------------------------------
 */

static bool is_blank(struct str s)
{
    for (size_t at = 0; at < s.len;)
        if (!body_is_space(str_next_code(s, &at)))
            return false;
    return true;
}

static void put_text(struct place *line, const struct body_node *n)
{
    unsigned marks = n->marks & (2 * MARK_LINK - 1);
    struct str text = body_clean_text(line->arena, n->text);

    if ((marks & MARK_LINK) && !body_href_is_allowed(n->href))
        marks &= ~(unsigned)MARK_LINK;
    if (line->node == NULL || line->node->first == NULL) {
        if (is_blank(text))
            return;
        while (text.ptr[0] == ' ')
            text = str_skip(text, 1);
    }
    body_add_text(line->arena, make(line), text, marks, n->href);
}

static void put_break(struct place *line)
{
    if (line->node != NULL && line->node->first != NULL)
        body_add(line->node, body_new(line->arena, BODY_BREAK));
}

static void put_break_once(struct place *line)
{
    if (line->node != NULL && line->node->last != NULL && line->node->last->kind != BODY_BREAK)
        put_break(line);
}

/* Drops the blanks and breaks a line ends with. */
static void trim_line(struct arena *a, struct body_node *line)
{
    struct body_node *keep = NULL;

    for (struct body_node *n = line->first; n != NULL; n = n->next) {
        if (n->kind == BODY_TEXT)
            n->text = body_clean_text(a, n->text);
        if (n->kind == BODY_NOTE || (n->kind == BODY_TEXT && !is_blank(n->text)))
            keep = n;
    }
    line->last = keep;
    if (keep == NULL)
        line->first = NULL;
    else
        keep->next = NULL;
    while (keep != NULL && keep->kind == BODY_TEXT && keep->text.ptr[keep->text.len - 1] == ' ')
        keep->text.len--;
}

static void put_line_content(struct place *line, const struct body_node *n);

static void put_note(struct place *line, const struct body_node *n)
{
    if (!place_allows(line, BODY_NOTE)) { /* a note in a note */
        put_line_content(line, n);
        return;
    }
    struct place note = place_of_kind(line, BODY_NOTE);
    put_line_content(&note, n);
    if (note.node != NULL)
        trim_line(line->arena, note.node);
}

/* Content of a line that cannot be left: blocks in it are told apart by breaks. */
static void put_line_content(struct place *line, const struct body_node *n)
{
    for (const struct body_node *c = n->first; c != NULL; c = c->next) {
        if (c->kind == BODY_TEXT) {
            put_text(line, c);
        } else if (c->kind == BODY_NOTE) {
            put_note(line, c);
        } else {
            put_break_once(line);
            put_line_content(line, c);
            put_break_once(line);
        }
    }
}

static void put_inline(struct place *line, const struct body_node *n)
{
    if (n->kind == BODY_TEXT)
        put_text(line, n);
    else if (n->kind == BODY_BREAK)
        put_break(line);
    else
        put_note(line, n);
}

/* A heading, a paragraph, a medium with its caption. Blocks inside are lifted out behind what stands before them. */
static void put_line(struct place *up, const struct body_node *n)
{
    struct place line = place_in(up, n);
    bool medium = (BODY_MEDIA & BODY_BIT(n->kind)) != 0;

    if (medium) {
        make(&line);
        line.single = true;
    }
    for (const struct body_node *c = n->first; c != NULL; c = c->next) {
        if (BODY_INLINE & BODY_BIT(c->kind)) {
            put_inline(&line, c);
        } else if (medium && line.single && body_holds_inline(c->kind) && !(BODY_MEDIA & BODY_BIT(c->kind))) {
            put_break_once(&line);
            put_line_content(&line, c);
            put_break_once(&line);
        } else {
            if (line.node != NULL)
                trim_line(up->arena, line.node);
            close_place(&line);
            put(up, c);
        }
    }
    if (line.node != NULL)
        trim_line(up->arena, line.node);
}

/* --- tables ----------------------------------------------------------------------------------------------------------
 */

/* Drops rows without cells that no span from above fills, and cuts spans at the end of the table. */
static void fix_rows(struct body_node *table)
{
    struct body_node *row = table->first, *next;
    int filled = 0, left = 0; /* rows still covered from above; rows below */

    table->first = table->last = NULL;
    for (; row != NULL; row = next) {
        next = row->next;
        if (row->first != NULL || filled > 0)
            body_add(table, row);
        filled = filled > 0 ? filled - 1 : 0;
        for (struct body_node *cell = row->first; cell != NULL; cell = cell->next)
            filled = cell->rowspan - 1 > filled ? cell->rowspan - 1 : filled;
    }
    left = count_children(table);
    for (row = table->first; row != NULL; row = row->next, left--)
        for (struct body_node *cell = row->first; cell != NULL; cell = cell->next)
            cell->rowspan = clipped(cell->rowspan, 1, left);
}

static void put_children(struct place *p, const struct body_node *n);

static void drop_table(struct body_node *table)
{
    struct body_node *parent = table->parent, **link = &parent->first;

    parent->last = NULL;
    for (; *link != table; link = &(*link)->next)
        parent->last = *link;
    *link = NULL;
}

static void put_table(struct place *up, const struct body_node *n)
{
    struct place table = place_in(up, n);
    struct body_node *lifted;

    table.after_table = &table.after_table_first;
    put_children(&table, n);
    if (table.node != NULL)
        fix_rows(table.node);
    if (table.node != NULL && table.node->first == NULL)
        drop_table(table.node);
    while ((lifted = table.after_table_first) != NULL) {
        table.after_table_first = lifted->next;
        lifted->next = NULL;
        put(up, lifted);
    }
}

/* Rows and cells keep their place when they are empty. */
static void put_cell(struct place *row, const struct body_node *n)
{
    struct place cell = place_in(row, n);

    make(&cell);
    put_children(&cell, n);
    if (cell.node->first == NULL)
        body_add(cell.node, body_new(row->arena, BODY_PARAGRAPH));
}

static void put_loose_cell(struct place *row, const struct body_node *n)
{
    struct place cell = place_of_kind(row, BODY_CELL);

    make(&cell);
    put(&cell, n);
    if (cell.node->first == NULL)
        body_add(cell.node, body_new(row->arena, BODY_PARAGRAPH));
}

static void put_in_row(struct place *row, const struct body_node *n)
{
    if (n->kind == BODY_CELL)
        put_cell(row, n);
    else if (n->kind != BODY_TEXT || !is_blank(n->text))
        put_loose_cell(row, n);
}

static void put_in_table(struct place *table, const struct body_node *n)
{
    if (n->kind == BODY_TEXT && is_blank(n->text))
        return;
    struct place row = place_of_kind(table, BODY_ROW);
    make(&row);
    if (n->kind == BODY_ROW)
        put_children(&row, n);
    else
        put_in_row(&row, n);
}

/* --- lists -----------------------------------------------------------------------------------------------------------
 */

/* What stands loose in a list belongs to the item before it. */
static void put_in_list(struct place *list, const struct body_node *n)
{
    struct place item = place_of_kind(list, BODY_ITEM);

    if (n->kind == BODY_ITEM) {
        put_children(&item, n);
        return;
    }
    if (list->node != NULL && list->node->last != NULL)
        item.node = list->node->last;
    put(&item, n);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

/* Places n in the nearest place above that takes it, closing what is between; out of a table it waits for the end. */
static void lift(struct place *from, const struct body_node *n)
{
    struct place *up = from, *table = NULL;

    for (; !place_allows(up, n->kind) && up->up != NULL; up = up->up)
        if (up->like.kind == BODY_TABLE)
            table = up;
    if (table != NULL) {
        struct body_node *copy = NEW(from->arena, struct body_node);
        *copy = *n;
        copy->next = NULL;
        *table->after_table = copy;
        table->after_table = &copy->next;
        return;
    }
    for (struct place *p = from; p != up; p = p->up)
        close_place(p);
    put(up, n);
}

static bool is_too_deep(const struct place *p)
{
    enum { BELOW_A_BLOCK = 5 }; /* a table's row, cell, paragraph, note, text */

    return place_depth(p) + 1 + BELOW_A_BLOCK > BODY_MAX_DEPTH;
}

static void put_block(struct place *p, const struct body_node *n)
{
    bool medium = (BODY_MEDIA & BODY_BIT(n->kind)) != 0;

    if (medium && !body_media_is_hash(n->media) && !str_starts(n->media, S("pending:"))) {
        struct body_node *caption = body_new(p->arena, BODY_PARAGRAPH);
        caption->first = n->first;
        caption->last = n->last;
        put_line(p, caption);
    } else if (place_allows(p, n->kind) && body_holds_inline(n->kind)) {
        if (n->kind != BODY_HEADING || p->like.kind != BODY_ITEM || (p->node != NULL && p->node->first != NULL)) {
            put_line(p, n);
            return;
        }
        struct body_node *first = body_new(p->arena, BODY_PARAGRAPH); /* an item opens with a paragraph */
        first->first = n->first;
        put_line(p, first);
    } else if (n->kind == BODY_HEADING) {
        struct body_node *line = body_new(p->arena, BODY_PARAGRAPH);
        line->first = n->first;
        put_line(p, line);
    } else if (medium) {
        lift(p, n);
    } else if (n->kind == BODY_TABLE && p->like.kind == BODY_QUOTE && !is_too_deep(p)) {
        lift(p, n);
    } else if (!place_allows(p, n->kind) || is_too_deep(p)) {
        put_children(p, n);
    } else if (n->kind == BODY_TABLE) {
        put_table(p, n);
    } else {
        struct place block = place_in(p, n);
        put_children(&block, n);
    }
}

static void put(struct place *p, const struct body_node *n)
{
    if (p->like.kind == BODY_BULLETS || p->like.kind == BODY_NUMBERS)
        put_in_list(p, n);
    else if (p->like.kind == BODY_TABLE)
        put_in_table(p, n);
    else if (p->like.kind == BODY_ROW)
        put_in_row(p, n);
    else if (body_is_block(n->kind))
        put_block(p, n);
    else if (BODY_INLINE & BODY_BIT(n->kind)) {
        struct place line = place_of_kind(p, BODY_PARAGRAPH);
        put_inline(&line, n);
        if (line.node != NULL)
            trim_line(p->arena, line.node);
    } else {
        put_children(p, n);
    }
}

/* Loose inline content side by side makes one paragraph. */
static void put_children(struct place *p, const struct body_node *n)
{
    bool takes_lines = place_allows(p, BODY_PARAGRAPH);

    for (const struct body_node *c = n->first; c != NULL;) {
        if (!takes_lines || !(BODY_INLINE & BODY_BIT(c->kind))) {
            put(p, c);
            c = c->next;
            continue;
        }
        struct place line = place_of_kind(p, BODY_PARAGRAPH);
        for (; c != NULL && (BODY_INLINE & BODY_BIT(c->kind)); c = c->next)
            put_inline(&line, c);
        if (line.node != NULL)
            trim_line(p->arena, line.node);
    }
}

void body_tidy(struct arena *a, struct body_node *doc)
{
    struct body_node old = *doc;
    struct place root = {.arena = a, .like = {.kind = BODY_DOC}, .node = doc};

    doc->first = doc->last = NULL;
    put_children(&root, &old);
    if (doc->first == NULL)
        body_add(doc, body_new(a, BODY_PARAGRAPH));
}
