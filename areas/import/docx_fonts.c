#include "import/docx_prepass.h"
#include "text/legacy.h"

/* A text of a run, and the old encoding of its font. */
struct piece {
    xmlNode *node;
    enum legacy from;
    struct str text;
};

static struct str text_of(xmlNode *t)
{
    return t->children != NULL && t->children->type == XML_TEXT_NODE && t->children->next == NULL
               ? str_of((const char *)t->children->content)
               : STR_NONE;
}

/* Control characters come back for the old encodings, to which they are letters; elsewhere they are dropped. */
static struct str unhide(struct arena *a, enum legacy from, struct str text)
{
    struct buf b = buf_in(a);

    if (!str_contains(text, S("\xee\xb8"))) /* how DOCX_HIDDEN begins in UTF-8 */
        return text;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next_code(text, &at);
        if (c < DOCX_HIDDEN || c >= DOCX_HIDDEN + 32)
            buf_add_code(&b, c);
        else if (from != LEGACY_NONE)
            buf_add_code(&b, c - DOCX_HIDDEN);
    }
    return buf_str(&b);
}

static void set_text(struct arena *a, xmlNode *t, struct str text)
{
    while (t->children != NULL) {
        xmlNode *child = t->children;
        xmlUnlinkNode(child);
        xmlFreeNode(child);
    }
    xmlAddChild(t, xmlNewDocText(t->doc, BAD_CAST str_z(a, text)));
    xmlNodeSetSpacePreserve(t, 1);
}

static void add_piece(struct arena *a, struct piece **pieces, size_t *n, struct piece piece)
{
    if ((*n & (*n + 1)) == 0) /* 0, 1, 3, 7 …: full */
        *pieces = arena_grow(a, *pieces, *n * sizeof **pieces, (2 * *n + 1) * sizeof **pieces);
    (*pieces)[(*n)++] = piece;
}

/* The texts of the paragraph's own runs, not of paragraphs inside it. */
static void collect_pieces(struct arena *a, xmlNode *node, xmlNode *paragraph, const struct docx_styles *styles,
                           struct piece **pieces, size_t *n)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || docx_is(child, "p") || docx_is(child, "pPr"))
            continue;
        if (!docx_is(child, "r")) {
            collect_pieces(a, child, paragraph, styles, pieces, n);
            continue;
        }
        enum legacy from = legacy_of_font(docx_font_of_run(styles, child, paragraph));
        for (xmlNode *t = child->children; t != NULL; t = t->next)
            if (docx_is(t, "t"))
                add_piece(a, pieces, n, (struct piece){t, from, unhide(a, from, text_of(t))});
    }
}

/* A letter may be several characters, and Word cuts runs where it likes: true when the first character of `next`
 * changes the letter at the end of `text`. */
static bool is_cut_letter(struct arena *a, enum legacy from, struct str text, struct str next, size_t *length)
{
    size_t start = text.len;

    *length = 0;
    if (text.len == 0 || next.len == 0)
        return false;
    str_next_code(next, length);
    do
        start--;
    while (start > 0 && ((unsigned char)text.ptr[start] & 0xc0) == 0x80);
    struct str last = str_skip(text, start), first = str_sub(next, 0, *length);
    struct str whole = legacy_to_unicode(a, from, str_format(a, "%.*s%.*s", STR_ARG(last), STR_ARG(first)));
    struct str left = legacy_to_unicode(a, from, last), right = legacy_to_unicode(a, from, first);
    return !str_equal(whole, str_format(a, "%.*s%.*s", STR_ARG(left), STR_ARG(right)));
}

static void mend_cuts(struct arena *a, struct piece *pieces, size_t n)
{
    size_t length;

    for (size_t i = 0; i + 1 < n; i++)
        while (pieces[i].from != LEGACY_NONE && pieces[i].from == pieces[i + 1].from &&
               is_cut_letter(a, pieces[i].from, pieces[i].text, pieces[i + 1].text, &length)) {
            pieces[i].text = str_format(a, "%.*s%.*s", STR_ARG(pieces[i].text), (int)length, pieces[i + 1].text.ptr);
            pieces[i + 1].text = str_skip(pieces[i + 1].text, length);
        }
}

void docx_convert_fonts(struct arena *a, xmlNode *paragraph, const struct docx_styles *styles,
                        struct docx_report *report)
{
    struct piece *pieces = NULL;
    size_t n = 0;

    collect_pieces(a, paragraph, paragraph, styles, &pieces, &n);
    mend_cuts(a, pieces, n);
    for (size_t i = 0; i < n; i++) {
        if (pieces[i].from == LEGACY_NONE && str_equal(pieces[i].text, text_of(pieces[i].node)))
            continue;
        struct str fresh = legacy_to_unicode(a, pieces[i].from, pieces[i].text);
        if (!str_equal(fresh, text_of(pieces[i].node))) {
            report->old_font_runs++;
            if (report->old_font_sample.len < 30)
                report->old_font_sample = str_sub(fresh, 0, 120);
        }
        set_text(a, pieces[i].node, fresh);
    }
}
