#include "html/body_import_inside.h"

/* --- lists -----------------------------------------------------------------------------------------------------------
 */

static const GumboNode *find_list_mark(const GumboNode *node)
{
    if (node->type != GUMBO_NODE_ELEMENT)
        return NULL;
    if (str_equal_nocase(import_style(node, S("mso-list")), S("ignore")))
        return node;
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *found = find_list_mark(node->v.element.children.data[i]);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void collect_text(struct buf *b, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT)
        buf_add_z(b, node->v.text.text);
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        collect_text(b, node->v.element.children.data[i]);
}

/* "3." is a number; a sign, or a letter that a symbol font shows as one, is a bullet. "a)" or "IV." would look
 * otherwise in our list and stays text. */
static bool read_list_mark(struct str mark, bool *numbered, int *number)
{
    static const char *const bullets[] = {"·",           "•", "-", "–", "—", "+", "*", "o", "§", "Ø", "ü",
                                          "v",           "q", "à", "▪", "◦", "■", "□", "●", "○", "→", "\xef\x82\xb7",
                                          "\xef\x82\xa7"};
    int64_t n;

    for (size_t i = 0; i < countof(bullets); i++)
        if (str_equal(mark, str_of(bullets[i]))) {
            *numbered = false;
            return true;
        }
    if (!str_ends(mark, S(".")) || str_to_int(str_sub(mark, 0, mark.len - 1), &n) != OK || n < 0 || n > 9999)
        return false;
    *numbered = true;
    *number = (int)n;
    return true;
}

static int list_level(struct str style)
{
    size_t at = str_find(style, S("level"), 0);
    int level = at != SIZE_MAX && at + 5 < style.len ? style.ptr[at + 5] - '0' : 1;

    return level < 1 ? 1 : level > 9 ? 9 : level;
}

static bool goes_on(const struct body_node *list, bool numbered, int number)
{
    int next = list->start;

    for (const struct body_node *item = list->first; item != NULL; item = item->next)
        next++;
    return list->kind == (numbered ? BODY_NUMBERS : BODY_BULLETS) && (!numbered || next == number);
}

static struct body_node *list_at_end(const struct body_node *parent)
{
    struct body_node *last = parent->last;

    return last != NULL && (last->kind == BODY_BULLETS || last->kind == BODY_NUMBERS) ? last : NULL;
}

/* The place for a list of this level: below the last items of the lists that are open, as deep as they go. */
static struct body_node *list_parent(struct importer *im, int level)
{
    struct body_node *parent = im->now.at, *list = list_at_end(parent);

    if (list == NULL || list != im->word_list)
        return parent;
    for (; level > 1 && list != NULL && list->last != NULL; level--) {
        parent = list->last;
        list = list_at_end(parent);
    }
    return parent;
}

bool import_word_item(struct importer *im, const GumboNode *p)
{
    struct str style = import_style(p, S("mso-list"));
    const GumboNode *mark = style.len > 0 ? find_list_mark(p) : NULL;
    struct buf b = buf_in(im->arena);
    bool numbered;
    int number = 1;

    if (mark == NULL)
        return false;
    collect_text(&b, mark);
    if (!read_list_mark(str_trim(str_replace(im->arena, buf_str(&b), S("\xc2\xa0"), S(" "))), &numbered, &number))
        return false;
    struct body_node *parent = list_parent(im, list_level(style)), *list = list_at_end(parent);
    if (list == NULL || (parent == im->now.at && list != im->word_list) || !goes_on(list, numbered, number)) {
        list = import_add(im, parent, numbered ? BODY_NUMBERS : BODY_BULLETS);
        list->start = number;
        if (parent == im->now.at)
            im->word_list = list;
    }
    im->now.at = import_add(im, list, BODY_ITEM);
    im->skip = mark;
    return true;
}

/* --- foot notes ------------------------------------------------------------------------------------------------------
 */

static struct str note_id(const GumboNode *node)
{
    struct str id = import_attr(node, "id"), element = import_style(node, S("mso-element"));
    bool word = str_equal(element, S("footnote")) || str_equal(element, S("endnote"));
    bool libre = str_starts(id, S("sdfootnote")) && !str_ends(id, S("sym")) && !str_ends(id, S("anc"));

    return word || libre ? id : STR_NONE;
}

static void remember_note(struct importer *im, struct str id, const GumboNode *node)
{
    if (im->note_count == im->note_cap) {
        size_t cap = im->note_cap == 0 ? 16 : im->note_cap * 2, size = sizeof *im->notes;
        im->notes = arena_grow(im->arena, im->notes, im->note_cap * size, cap * size);
        im->note_cap = cap;
    }
    im->notes[im->note_count++] = (struct import_note){.id = id, .node = node};
}

void import_find_notes(struct importer *im, const GumboNode *node)
{
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    struct str id = note_id(node);
    if (id.len > 0)
        remember_note(im, id, node);
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        import_find_notes(im, node->v.element.children.data[i]);
}

bool import_is_used_note(const struct importer *im, const GumboNode *node)
{
    for (size_t i = 0; i < im->note_count; i++)
        if (im->notes[i].node == node)
            return im->notes[i].used;
    return false;
}

/* "ftn1" of Word's style, "sdfootnote1" of LibreOffice's "#sdfootnote1sym" and "#sdfootnote1anc". */
static struct str note_of_link(const GumboNode *a, bool *back)
{
    struct str id = import_style(a, S("mso-footnote-id")), href = import_attr(a, "href");

    if (id.len == 0)
        id = import_style(a, S("mso-endnote-id"));
    *back = str_ends(href, S("anc")) || str_contains(href, S("ref"));
    if (id.len == 0 && str_starts(href, S("#sdfootnote")) && (*back || str_ends(href, S("sym"))))
        id = str_sub(href, 1, href.len - 4);
    return id;
}

static void set_note(struct importer *im, struct import_note *note)
{
    struct import_state before = im->now;

    if (im->now.line == NULL)
        im->now.line = import_add(im, im->now.at, BODY_PARAGRAPH);
    before.line = im->now.line;
    note->used = true;
    im->now = (struct import_state){.at = import_add(im, im->now.line, BODY_NOTE)};
    import_children(im, note->node);
    im->now = before;
}

static bool stands_in(const GumboNode *node, const GumboNode *outer)
{
    for (; node != NULL && node->type == GUMBO_NODE_ELEMENT; node = node->parent)
        if (node == outer)
            return true;
    return false;
}

bool import_note_link(struct importer *im, const GumboNode *a)
{
    bool back;
    struct str id = note_of_link(a, &back);

    for (size_t i = 0; id.len > 0 && i < im->note_count; i++) {
        struct import_note *note = &im->notes[i];
        if (!str_equal(note->id, id))
            continue;
        if (stands_in(a, note->node))
            return back && note->used;
        if (note->used || back)
            return false;
        set_note(im, note);
        return true;
    }
    return false;
}
