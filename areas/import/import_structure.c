#include "import/import_parts.h"

/* Longer than this no line is taken for a heading; a paragraph longer than the other is running text. */
enum { HEADING_LETTERS = 150, TEXT_LETTERS = 120 };

/* --- the tree ---------------------------------------------------------------------------------------------------- */

struct str import_text_of(struct arena *a, const struct body_node *block)
{
    struct buf b = buf_in(a);

    for (const struct body_node *n = block; n != NULL; n = body_walk(block, n)) {
        if (n->kind == BODY_TEXT)
            buf_add(&b, n->text);
        else if (n->kind == BODY_BREAK)
            buf_add_char(&b, ' ');
    }
    return str_trim(buf_str(&b));
}

void import_unlink(struct body_node *block)
{
    struct body_node *before = NULL;

    for (struct body_node *n = block->parent->first; n != block; n = n->next)
        before = n;
    import_unlink_after(before, block);
}

void import_unlink_after(struct body_node *before, struct body_node *block)
{
    struct body_node *parent = block->parent;

    if (before != NULL)
        before->next = block->next;
    else
        parent->first = block->next;
    if (parent->last == block)
        parent->last = before;
    block->next = NULL;
    block->parent = NULL;
}

void import_insert_after(struct body_node *parent, struct body_node *after, struct body_node *block)
{
    block->parent = parent;
    block->next = after != NULL ? after->next : parent->first;
    if (after != NULL)
        after->next = block;
    else
        parent->first = block;
    if (parent->last == after)
        parent->last = block;
}

/* --- lists ------------------------------------------------------------------------------------------------------- */

static size_t bullet_of(const struct body_node *block)
{
    const struct body_node *text = block->first;

    if (block->kind != BODY_PARAGRAPH || text == NULL || text->kind != BODY_TEXT)
        return 0;
    struct str line = text->text;
    while (line.len > 0 && line.ptr[0] == ' ')
        line = str_skip(line, 1);
    size_t blanks = text->text.len - line.len;
    size_t mark = import_bullet_mark(line);
    return mark > 0 && str_trim(str_skip(line, mark)).len + (text->next != NULL) > 0 ? blanks + mark : 0;
}

static struct body_node *add_item(struct arena *a, struct body_node *list, struct body_node *paragraph)
{
    return body_add(body_add(list, body_new(a, BODY_ITEM)), paragraph);
}

/* The list in the last item of `list` for the marks of the second rank, made where there is none. */
static struct body_node *inner_list(struct arena *a, struct body_node *list)
{
    struct body_node *item = list->last;

    if (item->last->kind == BODY_BULLETS)
        return item->last;
    return body_add(item, body_new(a, BODY_BULLETS));
}

static void make_lists(struct import *im, struct body_node *parent)
{
    struct body_node *list = NULL, *before = NULL;
    char rank = '\0';

    for (struct body_node *block = parent->first, *next; block != NULL; block = next) {
        next = block->next;
        size_t mark = bullet_of(block);
        if (mark == 0) {
            if (block->kind != BODY_PARAGRAPH && block->kind != BODY_HEADING && block->kind != BODY_BULLETS &&
                block->kind != BODY_NUMBERS && block->kind != BODY_FIGURE)
                make_lists(im, block);
            list = NULL;
            before = block;
            continue;
        }
        struct str text = block->first->text;
        char sign = str_trim(text).ptr[0];
        import_unlink_after(before, block);
        block->first->text = str_skip(text, mark);
        if (list == NULL) {
            list = body_new(im->arena, BODY_BULLETS);
            import_insert_after(parent, before, list);
            before = list;
            rank = sign;
        }
        add_item(im->arena, sign == '+' && rank != '+' ? inner_list(im->arena, list) : list, block);
        import_count(im, IMPORT_BULLETS, 1, STR_NONE);
    }
}

/* --- headings ---------------------------------------------------------------------------------------------------- */

enum rank { RANK_NONE, RANK_UPPER, RANK_LOWER };

static bool is_all(const struct body_node *block, unsigned mark)
{
    bool has_text = false;

    for (const struct body_node *n = block->first; n != NULL; n = n->next) {
        if (n->kind != BODY_TEXT || str_trim(n->text).len == 0)
            continue;
        if (!(n->marks & mark))
            return false;
        has_text = true;
    }
    return has_text;
}

static bool is_running_text(struct arena *a, const struct body_node *block)
{
    return (block->kind == BODY_PARAGRAPH && import_letters(import_text_of(a, block)) > TEXT_LETTERS) ||
           block->kind == BODY_BULLETS || block->kind == BODY_NUMBERS;
}

/* Behind a heading stands text; behind a signature there is none. */
static const struct body_node *last_running_text(struct arena *a, const struct body_node *doc)
{
    const struct body_node *last = NULL;

    for (const struct body_node *n = doc->first; n != NULL; n = n->next)
        if (is_running_text(a, n))
            last = n;
    return last;
}

/* A short plain line between the end of a text and the beginning of the next. */
static bool stands_alone(struct arena *a, const struct body_node *before, struct str text, const struct body_node *next)
{
    if (import_letters(text) < 12 || import_letters(text) > 100 || str_contains(text, S(":")) || str_ends(text, S(",")))
        return false;
    if (before == NULL || next->kind != BODY_PARAGRAPH || !import_starts_capital(a, text))
        return false;
    struct str last = import_text_of(a, before), first = import_text_of(a, next);
    return import_ends_sentence(last) && import_letters(first) > TEXT_LETTERS && import_starts_capital(a, first);
}

static enum rank rank_of(struct arena *a, const struct body_node *before, const struct body_node *block)
{
    if (block->kind != BODY_PARAGRAPH || block->next == NULL || block->align == ALIGN_END || bullet_of(block) > 0)
        return RANK_NONE;
    struct str text = import_text_of(a, block);
    size_t letters = import_letters(text);
    if (letters < 3 || letters > HEADING_LETTERS || import_ends_sentence(text) || str_ends(text, S(",")))
        return RANK_NONE;
    for (const struct body_node *n = block->first; n != NULL; n = n->next)
        if (n->kind == BODY_NOTE || n->kind == BODY_BREAK)
            return RANK_NONE;
    enum import_mark mark = import_number_mark(text, NULL);
    enum import_mark next_mark = import_number_mark(import_text_of(a, block->next), NULL);
    bool is_bold = is_all(block, MARK_BOLD);
    if (mark == MARK_LETTER && !is_bold)
        return RANK_NONE;
    if (mark == MARK_ROMAN || (mark == MARK_PART && is_bold) || (import_is_capitals(a, text) && letters > 3))
        return RANK_UPPER;
    if (is_bold || (mark == MARK_ARABIC && next_mark != MARK_ARABIC) || stands_alone(a, before, text, block->next))
        return RANK_LOWER;
    return RANK_NONE;
}

static void make_heading(struct body_node *block, int level)
{
    block->kind = BODY_HEADING;
    block->level = level;
    block->align = ALIGN_START;
    for (struct body_node *n = block->first; n != NULL; n = n->next)
        if (n->kind == BODY_TEXT)
            n->marks &= ~(unsigned)MARK_BOLD;
}

static void make_headings(struct import *im, struct body_node *doc)
{
    const struct body_node *last = last_running_text(im->arena, doc);
    struct body_node *before = NULL;
    bool has_upper = false;

    for (struct body_node *n = doc->first; n != NULL; n = n->next)
        if (n->kind == BODY_HEADING && n->level == 2)
            has_upper = true;
    for (struct body_node *block = doc->first; last != NULL && block != last; before = block, block = block->next) {
        enum rank rank = rank_of(im->arena, before, block);
        if (rank == RANK_NONE)
            continue;
        has_upper |= rank == RANK_UPPER;
        make_heading(block, rank == RANK_UPPER || !has_upper ? 2 : 3);
        import_count(im, IMPORT_HEADINGS, 1, import_text_of(im->arena, block));
    }
}

/* The title went out of the body: what remains begins at the first level of headings, without a gap. */
static void raise_headings(struct body_node *doc)
{
    int least = 4;

    for (struct body_node *n = doc->first; n != NULL; n = n->next)
        if (n->kind == BODY_HEADING && n->level < least)
            least = n->level;
    for (struct body_node *n = doc->first; n != NULL; n = n->next)
        if (n->kind == BODY_HEADING)
            n->level -= least - 2;
}

/* --- captions ---------------------------------------------------------------------------------------------------- */

/* "… Ảnh: Minh Tâm" or "(Ảnh: TL)" at the end of a caption is whose picture it is. */
static void take_credit(struct arena *a, struct body_node *figure)
{
    struct body_node *last = figure->last;

    if (last == NULL || last->kind != BODY_TEXT)
        return;
    size_t at = str_find(last->text, S("Ảnh:"), 0);
    if (at == SIZE_MAX)
        return;
    struct str credit = str_trim(str_skip(last->text, at + sizeof "Ảnh:" - 1)),
               rest = str_trim(str_sub(last->text, 0, at));
    if (str_ends(rest, S("("))) {
        rest = str_trim(str_sub(rest, 0, rest.len - 1));
        if (str_ends(credit, S(")")))
            credit = str_sub(credit, 0, credit.len - 1);
    }
    if (credit.len == 0 || import_letters(credit) > 80)
        return;
    figure->credit = str_copy(a, credit);
    last->text = rest;
    if (rest.len == 0)
        import_unlink(last);
}

/* A short line under a picture, slanted or in the middle, or one that says "Ảnh". */
static bool is_caption(struct arena *a, const struct body_node *block)
{
    if (block == NULL || block->kind != BODY_PARAGRAPH)
        return false;
    struct str text = import_text_of(a, block);
    if (text.len == 0 || import_letters(text) > 250 || import_is_capitals(a, text))
        return false;
    return is_all(block, MARK_ITALIC) || block->align == ALIGN_CENTER || str_starts(text, S("Ảnh")) ||
           str_starts(text, S("Hình ")) || str_contains(text, S("Ảnh:"));
}

static void find_captions(struct arena *a, struct body_node *doc)
{
    for (struct body_node *figure = doc->first; figure != NULL; figure = figure->next) {
        struct body_node *caption = figure->next;
        if (figure->kind != BODY_FIGURE || figure->first != NULL || !is_caption(a, caption))
            continue;
        import_unlink_after(figure, caption);
        for (struct body_node *n = caption->first, *next; n != NULL; n = next) {
            next = n->next;
            n->next = NULL;
            n->marks &= ~(unsigned)MARK_ITALIC;
            body_add(figure, n);
        }
        take_credit(a, figure);
    }
}

void import_find_structure(struct import *im, struct body_node *doc)
{
    find_captions(im->arena, doc);
    make_lists(im, doc);
    make_headings(im, doc);
    raise_headings(doc);
}
