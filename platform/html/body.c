#include "html/body.h"
#include "html/body_inside.h"

/* --- the table of the closed set ------------------------------------------------------------------------------- */

static const struct rule {
    const char *name;
    unsigned content; /* kinds directly inside */
    unsigned forbids; /* kinds nowhere inside */
    bool needs_content;
} rules[] = {
    [BODY_DOC] = {"doc", BODY_BLOCKS, 0, true},
    [BODY_HEADING] = {"heading", BODY_INLINE, 0, false},
    [BODY_PARAGRAPH] = {"paragraph", BODY_INLINE, 0, false},
    [BODY_BULLETS] = {"bullet_list", BODY_BIT(BODY_ITEM), 0, true},
    [BODY_NUMBERS] = {"ordered_list", BODY_BIT(BODY_ITEM), 0, true},
    [BODY_ITEM] = {"list_item", BODY_BLOCKS, BODY_BIT(BODY_SOUND) | BODY_BIT(BODY_VIDEO), true},
    [BODY_QUOTE] = {"quote", BODY_BIT(BODY_PARAGRAPH) | BODY_BIT(BODY_BULLETS) | BODY_BIT(BODY_NUMBERS), 0, true},
    [BODY_BOX] = {"box", BODY_BLOCKS, BODY_BIT(BODY_BOX), true},
    [BODY_TABLE] = {"table", BODY_BIT(BODY_ROW), 0, true},
    [BODY_ROW] = {"table_row", BODY_BIT(BODY_CELL), 0, false},
    [BODY_CELL] = {"table_cell", BODY_BLOCKS,
                   BODY_BIT(BODY_TABLE) | BODY_BIT(BODY_BOX) | BODY_BIT(BODY_SOUND) | BODY_BIT(BODY_VIDEO), true},
    [BODY_FIGURE] = {"figure", BODY_INLINE, 0, false},
    [BODY_SOUND] = {"sound", BODY_INLINE, 0, false},
    [BODY_VIDEO] = {"video", BODY_INLINE, 0, false},
    [BODY_BREAK] = {"hard_break", 0, 0, false},
    [BODY_NOTE] = {"note", BODY_INLINE, BODY_BIT(BODY_NOTE), false},
    [BODY_TEXT] = {"text", 0, 0, false},
};

const char *body_kind_name(enum body_kind kind)
{
    return rules[kind].name;
}

int body_kind_of(struct str name)
{
    for (size_t i = 0; i < countof(rules); i++)
        if (str_equal(name, str_of(rules[i].name)))
            return (int)i;
    return -1;
}

const char *body_mark_name(unsigned index)
{
    static const char *const names[] = {"bold", "italic", "underline", "subscript", "superscript", "link"};

    return index < countof(names) ? names[index] : NULL;
}

bool body_is_block(enum body_kind kind)
{
    return (BODY_BLOCKS & BODY_BIT(kind)) != 0;
}

unsigned body_content(enum body_kind kind)
{
    return rules[kind].content;
}

unsigned body_forbids(enum body_kind kind)
{
    return rules[kind].forbids;
}

bool body_holds_inline(enum body_kind kind)
{
    return rules[kind].content == BODY_INLINE;
}

bool body_needs_content(enum body_kind kind)
{
    return rules[kind].needs_content;
}

bool body_allows(const struct body_node *parent, enum body_kind kind)
{
    if (!(rules[parent->kind].content & BODY_BIT(kind)))
        return false;
    for (const struct body_node *n = parent; n != NULL; n = n->parent)
        if (rules[n->kind].forbids & BODY_BIT(kind))
            return false;
    return true;
}

/* --- building -------------------------------------------------------------------------------------------------- */

struct body_node *body_new(struct arena *a, enum body_kind kind)
{
    struct body_node *n = NEW(a, struct body_node);

    n->kind = kind;
    n->level = 2;
    n->start = n->colspan = n->rowspan = 1;
    return n;
}

struct body_node *body_add(struct body_node *parent, struct body_node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}

/* Grows by doubling: an import adds a long paragraph in thousands of pieces. */
static void text_append(struct arena *a, struct body_node *n, struct str more)
{
    size_t len = n->text.len + more.len;

    if (len > n->text_cap) {
        size_t cap = len < 64 ? 128 : len * 2;
        char *to = arena_alloc(a, cap);
        memcpy(to, n->text.ptr, n->text.len);
        n->text.ptr = to;
        n->text_cap = cap;
    }
    memcpy((char *)n->text.ptr + n->text.len, more.ptr, more.len);
    n->text.len = len;
}

void body_add_text(struct arena *a, struct body_node *parent, struct str text, unsigned marks, struct str href)
{
    struct body_node *last = parent->last;

    if (text.len == 0)
        return;
    if (!(marks & MARK_LINK))
        href = STR_NONE;
    if (last != NULL && last->kind == BODY_TEXT && last->marks == marks && str_equal(last->href, href)) {
        text_append(a, last, text);
        return;
    }
    struct body_node *n = body_add(parent, body_new(a, BODY_TEXT));
    n->text = text;
    n->marks = marks;
    n->href = href;
}

/* --- reading --------------------------------------------------------------------------------------------------- */

const struct body_node *body_walk(const struct body_node *root, const struct body_node *n)
{
    if (n->first != NULL)
        return n->first;
    while (n != root && n->next == NULL)
        n = n->parent;
    return n == root ? NULL : n->next;
}

static int compare_hashes(const void *a, const void *b)
{
    return str_compare(**(struct str *const *)a, **(struct str *const *)b);
}

/* Marks repeats by sorting pointers, so that an album of thousands stays quick and the order of appearance is kept. */
static size_t drop_repeats(struct arena *a, struct str *all, size_t n)
{
    struct str **sorted = NEW_ARRAY(a, struct str *, n);
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        sorted[i] = &all[i];
    qsort(sorted, n, sizeof *sorted, compare_hashes);
    for (size_t i = 0; i < n;) {
        struct str *first = sorted[i];
        size_t end = i;
        for (; end < n && str_equal(*sorted[end], *sorted[i]); end++)
            first = sorted[end] < first ? sorted[end] : first;
        for (size_t k = i; k < end; k++) {
            struct str *repeat = sorted[k];
            sorted[k] = repeat == first ? repeat : NULL;
        }
        i = end;
    }
    bool *keep = NEW_ARRAY(a, bool, n);
    for (size_t i = 0; i < n; i++)
        if (sorted[i] != NULL)
            keep[sorted[i] - all] = true;
    for (size_t i = 0; i < n; i++)
        if (keep[i])
            all[kept++] = all[i];
    return kept;
}

size_t body_media(struct arena *a, const struct body_node *doc, struct str **hashes)
{
    const struct body_node *n;
    size_t count = 0;

    for (n = doc; n != NULL; n = body_walk(doc, n))
        count += (BODY_MEDIA & BODY_BIT(n->kind)) && n->media.len > 0;
    *hashes = NEW_ARRAY(a, struct str, count);
    if (count == 0)
        return 0;
    count = 0;
    for (n = doc; n != NULL; n = body_walk(doc, n))
        if ((BODY_MEDIA & BODY_BIT(n->kind)) && n->media.len > 0)
            (*hashes)[count++] = n->media;
    return drop_repeats(a, *hashes, count);
}

bool body_media_is_hash(struct str media)
{
    if (media.len != 64)
        return false;
    for (size_t i = 0; i < media.len; i++)
        if (!((media.ptr[i] >= '0' && media.ptr[i] <= '9') || (media.ptr[i] >= 'a' && media.ptr[i] <= 'f')))
            return false;
    return true;
}

/* Browsers drop control characters and read \ as /, so "/\host" and "/<tab>/host" would leave this site. */
static bool href_is_clean(struct str href)
{
    if (href.len == 0 || href.len > BODY_MAX_HREF || !str_is_utf8(href))
        return false;
    for (size_t i = 0; i < href.len; i++) {
        unsigned char c = (unsigned char)href.ptr[i];
        if (c <= ' ' || c == 0x7f || c == '\\' || c == '"' || c == '<' || c == '>')
            return false;
    }
    return true;
}

static bool starts_nocase(struct str s, struct str prefix)
{
    return s.len > prefix.len && str_equal_nocase(str_sub(s, 0, prefix.len), prefix);
}

bool body_href_is_allowed(struct str href)
{
    if (!href_is_clean(href))
        return false;
    if (href.ptr[0] == '#')
        return true;
    if (href.ptr[0] == '/')
        return !str_starts(href, S("//"));
    return starts_nocase(href, S("https://")) || starts_nocase(href, S("http://")) || starts_nocase(href, S("mailto:"));
}
