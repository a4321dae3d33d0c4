#include "html/body.h"
#include "html/body_inside.h"

#include <uninorm.h>

bool body_is_space(uint32_t code)
{
    return code == ' ' || (code >= 9 && code <= 13) || code == 0x85 || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f || code == 0x205f ||
           code == 0x3000;
}

/* --- text as a tree holds it ------------------------------------------------------------------------------------ */

static bool is_dropped(uint32_t code)
{
    return (code < ' ' && !(code >= 9 && code <= 13)) || code == 0x7f || (code & 0xfffe) == 0xfffe;
}

/* Code points that stand in NFC whatever is beside them: Latin with Vietnamese, general punctuation, the đồng sign. */
static bool is_surely_nfc(uint32_t code)
{
    return code < 0x300 || (code >= 0x1e00 && code <= 0x1eff) || (code >= 0x2010 && code <= 0x2027) || code == 0x20ab;
}

enum { TEXT_CLEAN, TEXT_TO_NORMALISE, TEXT_TO_CLEAN };

static int text_check(struct str s)
{
    int found = TEXT_CLEAN;

    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c >= ' ' && c < 0x7f) {
            at++;
            continue;
        }
        uint32_t code = str_next_code(s, &at);
        if (code < ' ' || code == 0xfffd || is_dropped(code))
            return TEXT_TO_CLEAN;
        if (!is_surely_nfc(code))
            found = TEXT_TO_NORMALISE;
    }
    return found;
}

static struct str without_controls(struct arena *a, struct str s)
{
    struct buf b = buf_in(a);

    buf_reserve(&b, s.len);
    for (size_t at = 0; at < s.len;) {
        uint32_t code = str_next_code(s, &at);
        if (code < ' ' && body_is_space(code))
            buf_add_char(&b, ' ');
        else if (!is_dropped(code))
            buf_add_code(&b, code);
    }
    return buf_str(&b);
}

/* A text that libunistring cannot take (no memory) stays as it was. */
static struct str normalised(struct arena *a, struct str s)
{
    size_t len = 0;
    uint8_t *nfc = u8_normalize(UNINORM_NFC, (const uint8_t *)s.ptr, s.len, NULL, &len);

    if (nfc == NULL)
        return s;
    struct str out = str_copy(a, (struct str){(const char *)nfc, len});
    free(nfc);
    return out;
}

struct str body_clean_text(struct arena *a, struct str s)
{
    int found = text_check(s);

    if (found == TEXT_CLEAN)
        return s;
    if (found == TEXT_TO_CLEAN)
        s = without_controls(a, s);
    return normalised(a, s);
}

/* --- plain lines -------------------------------------------------------------------------------------------------- */

static void add_inline(struct buf *b, const struct body_node *parent);

static void add_note(struct buf *b, const struct body_node *note)
{
    if (b->len > 0 && b->ptr[b->len - 1] != ' ')
        buf_add_char(b, ' ');
    buf_add_char(b, '[');
    add_inline(b, note);
    buf_add_char(b, ']');
}

static void add_inline(struct buf *b, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        if (n->kind == BODY_TEXT)
            buf_add(b, n->text);
        else if (n->kind == BODY_BREAK)
            buf_add_char(b, ' ');
        else
            add_note(b, n);
    }
}

static void end_line(struct buf *b)
{
    if (b->len > 0 && b->ptr[b->len - 1] != '\n')
        buf_add_char(b, '\n');
}

/* A cell's blocks stand on one line. */
static void add_cell(struct buf *b, const struct body_node *cell)
{
    bool first = true;

    for (const struct body_node *n = body_walk(cell, cell); n != NULL; n = body_walk(cell, n)) {
        if (!body_holds_inline(n->kind) || n->kind == BODY_NOTE)
            continue;
        if (!first)
            buf_add_char(b, ' ');
        add_inline(b, n);
        first = false;
    }
}

static void add_row(struct buf *b, const struct body_node *row)
{
    for (const struct body_node *cell = row->first; cell != NULL; cell = cell->next) {
        if (cell != row->first)
            buf_add_char(b, '\t');
        add_cell(b, cell);
    }
    end_line(b);
}

static void add_block(struct buf *b, const struct body_node *n);

static void add_children(struct buf *b, const struct body_node *n)
{
    for (const struct body_node *child = n->first; child != NULL; child = child->next)
        add_block(b, child);
}

static void add_list(struct buf *b, const struct body_node *list)
{
    int number = list->start;

    for (const struct body_node *item = list->first; item != NULL; item = item->next) {
        if (list->kind == BODY_NUMBERS)
            buf_add_format(b, "%d.\t", number++);
        else
            buf_add(b, S("•\t"));
        add_children(b, item);
        end_line(b);
    }
}

static void add_block(struct buf *b, const struct body_node *n)
{
    if (n->kind == BODY_BULLETS || n->kind == BODY_NUMBERS) {
        add_list(b, n);
    } else if (n->kind == BODY_ROW) {
        add_row(b, n);
    } else if (body_holds_inline(n->kind)) {
        add_inline(b, n);
        if (n->credit.len > 0)
            buf_add_format(b, "\t%.*s", STR_ARG(n->credit));
        end_line(b);
    } else {
        add_children(b, n);
    }
}

struct str body_to_text(struct arena *a, const struct body_node *doc)
{
    struct buf b = buf_in(a);

    add_block(&b, doc);
    return buf_str(&b);
}

static size_t count_text(struct str s, bool *in_word)
{
    size_t words = 0;

    for (size_t at = 0; at < s.len;) {
        bool space = body_is_space(str_next_code(s, &at));
        words += !space && !*in_word;
        *in_word = !space;
    }
    return words;
}

/* A word may go on across texts of different marks; it ends with its block, a break, or a note. */
size_t body_count_words(const struct body_node *doc)
{
    bool in_word = false;
    size_t words = 0;

    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n)) {
        if (n->kind != BODY_TEXT) {
            in_word = false;
            continue;
        }
        words += count_text(n->text, &in_word);
        if (n->next == NULL)
            in_word = false;
    }
    return words;
}
