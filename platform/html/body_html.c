#include "html/body_html.h"
#include "html/body_inside.h"

struct page {
    struct html_out *out;
    struct buf *buf;
    const struct body_html_options *options;
    const struct body_node **notes; /* in the order of their references */
    size_t note_count, note_cap;
    int anchors, tables;
};

/* --- anchors ---------------------------------------------------------------------------------------------------------
 */

/* Whether blocks of this kind are numbered. What stands in a cell or a note belongs to its table or line. */
static bool has_anchor(const struct body_node *n)
{
    if (n->kind != BODY_TABLE && (!body_holds_inline(n->kind) || n->kind == BODY_NOTE))
        return false;
    for (n = n->parent; n != NULL; n = n->parent)
        if (n->kind == BODY_CELL)
            return false;
    return true;
}

int body_anchor(const struct body_node *doc, const struct body_node *block)
{
    int anchor = 0;

    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n)) {
        anchor += has_anchor(n);
        if (n == block)
            return has_anchor(n) ? anchor : 0;
    }
    return 0;
}

const struct body_node *body_of_anchor(const struct body_node *doc, int anchor)
{
    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n))
        if (has_anchor(n) && --anchor == 0)
            return n;
    return NULL;
}

/* --- pieces ----------------------------------------------------------------------------------------------------------
 */

static void raw(struct page *p, const char *markup)
{
    buf_add_z(p->buf, markup);
}

static void attr(struct page *p, const char *name, struct str value)
{
    buf_add_format(p->buf, " %s=\"", name);
    html_attr(p->out, value);
    buf_add_char(p->buf, '"');
}

static void attr_url(struct page *p, const char *name, struct str url)
{
    buf_add_format(p->buf, " %s=\"", name);
    html_url(p->out, url);
    buf_add_char(p->buf, '"');
}

static void attr_int(struct page *p, const char *name, int value)
{
    buf_add_format(p->buf, " %s=\"%d\"", name, value);
}

/* A word and a number, for those who hear the page. */
static void attr_label(struct page *p, struct str word, int number)
{
    raw(p, " aria-label=\"");
    html_attr(p->out, word);
    buf_add_format(p->buf, " %d\"", number);
}

static void attr_id(struct page *p, char letter, int number)
{
    raw(p, " id=\"");
    html_attr(p->out, p->options->id_prefix);
    buf_add_format(p->buf, "%c%d\"", letter, number);
}

static void attr_to(struct page *p, char letter, int number)
{
    raw(p, " href=\"#");
    html_attr(p->out, p->options->id_prefix);
    buf_add_format(p->buf, "%c%d\"", letter, number);
}

static void attr_anchor(struct page *p, const struct body_node *n)
{
    if (has_anchor(n))
        attr_id(p, 'd', ++p->anchors);
}

static void close_void(struct page *p)
{
    raw(p, p->options->xhtml ? "/>" : ">");
}

/* --- lines -----------------------------------------------------------------------------------------------------------
 */

static const char *const mark_tags[] = {"strong", "em", "u", "sub", "sup"};

static void write_marked(struct page *p, const struct body_node *n)
{
    for (size_t i = 0; i < countof(mark_tags); i++)
        if (n->marks & 1u << i)
            buf_add_format(p->buf, "<%s>", mark_tags[i]);
    html_text(p->out, n->text);
    for (size_t i = countof(mark_tags); i > 0; i--)
        if (n->marks & 1u << (i - 1))
            buf_add_format(p->buf, "</%s>", mark_tags[i - 1]);
}

static bool same_link(const struct body_node *a, const struct body_node *b)
{
    return b != NULL && b->kind == BODY_TEXT && (b->marks & MARK_LINK) && str_equal(a->href, b->href);
}

/* One link over all the texts that share it, whatever their other marks; gives the last of them. */
static const struct body_node *write_link(struct page *p, const struct body_node *n)
{
    raw(p, "<a");
    attr_url(p, "href", n->href);
    raw(p, ">");
    write_marked(p, n);
    for (; same_link(n, n->next); n = n->next)
        write_marked(p, n->next);
    raw(p, "</a>");
    return n;
}

static void write_note(struct page *p, const struct body_node *note)
{
    int number;

    if (p->note_count == p->note_cap) {
        size_t cap = p->note_cap == 0 ? 16 : p->note_cap * 2, size = sizeof(*p->notes);
        p->notes = arena_grow(p->buf->arena, p->notes, p->note_cap * size, cap * size);
        p->note_cap = cap;
    }
    p->notes[p->note_count++] = note;
    number = (int)p->note_count;
    raw(p, "<sup class=\"note\"><a");
    attr_id(p, 'r', number);
    attr_to(p, 'n', number);
    raw(p, p->options->xhtml ? " epub:type=\"noteref\" role=\"doc-noteref\"" : " role=\"doc-noteref\"");
    attr_label(p, p->options->note_word, number);
    buf_add_format(p->buf, ">%d</a></sup>", number);
}

static void write_inline(struct page *p, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        if (n->kind == BODY_NOTE) {
            write_note(p, n);
        } else if (n->kind == BODY_BREAK) {
            raw(p, "<br");
            close_void(p);
        } else if (n->marks & MARK_LINK) {
            n = write_link(p, n);
        } else {
            write_marked(p, n);
        }
    }
}

/* --- media -----------------------------------------------------------------------------------------------------------
 */

static void write_sizes(struct page *p, const struct body_html_media *m)
{
    raw(p, " srcset=\"");
    for (size_t i = 0; i < m->size_count; i++) {
        raw(p, i > 0 ? ", " : "");
        html_url(p->out, m->sizes[i].url);
        buf_add_format(p->buf, " %dw", m->sizes[i].width);
    }
    raw(p, "\"");
    if (p->options->sizes.len > 0)
        attr(p, "sizes", p->options->sizes);
}

static void write_size(struct page *p, const struct body_html_media *m)
{
    if (m->width <= 0 || m->height <= 0)
        return;
    attr_int(p, "width", m->width);
    attr_int(p, "height", m->height);
}

static void write_image(struct page *p, const struct body_node *n, const struct body_html_media *m)
{
    raw(p, "<img");
    attr_url(p, "src", m->url);
    if (m->size_count > 0 && !p->options->xhtml)
        write_sizes(p, m);
    write_size(p, m);
    if (!p->options->xhtml)
        raw(p, " loading=\"lazy\" decoding=\"async\"");
    attr(p, "alt", n->alt);
    close_void(p);
}

static void write_player(struct page *p, const char *tag, const struct body_html_media *m)
{
    buf_add_format(p->buf, "<%s%s preload=\"none\"", tag, p->options->xhtml ? " controls=\"controls\"" : " controls");
    attr_url(p, "src", m->url);
    if (strcmp(tag, "video") == 0)
        write_size(p, m);
    if (m->poster.len > 0)
        attr_url(p, "poster", m->poster);
    buf_add_format(p->buf, "></%s>", tag);
}

static void write_caption(struct page *p, const struct body_node *n)
{
    if (n->first == NULL && n->credit.len == 0)
        return;
    raw(p, "<figcaption>");
    write_inline(p, n);
    if (n->credit.len > 0) {
        raw(p, n->first != NULL ? " <span class=\"credit\">" : "<span class=\"credit\">");
        html_text(p->out, n->credit);
        raw(p, "</span>");
    }
    raw(p, "</figcaption>");
}

/* A picture that is not to be had leaves its description. */
static void write_media(struct page *p, const struct body_node *n)
{
    struct body_html_media media = {0};
    bool found = p->options->media != NULL && p->options->media(p->options->context, n->media, &media);

    raw(p, "<figure");
    attr_anchor(p, n);
    raw(p, n->kind == BODY_FIGURE ? ">" : n->kind == BODY_SOUND ? " class=\"sound\">" : " class=\"video\">");
    if (found && n->kind == BODY_FIGURE)
        write_image(p, n, &media);
    else if (found)
        write_player(p, n->kind == BODY_SOUND ? "audio" : "video", &media);
    else if (n->alt.len > 0) {
        raw(p, "<p class=\"missing\">");
        html_text(p->out, n->alt);
        raw(p, "</p>");
    }
    write_caption(p, n);
    raw(p, "</figure>\n");
}

/* --- tables ----------------------------------------------------------------------------------------------------------
 */

static void write_blocks(struct page *p, const struct body_node *parent);

static bool is_plain_paragraph(const struct body_node *n)
{
    return n->kind == BODY_PARAGRAPH && n->align == ALIGN_START;
}

static void write_cell(struct page *p, const struct body_node *cell, bool in_head)
{
    const char *tag = cell->header ? "th" : "td";

    buf_add_format(p->buf, "<%s", tag);
    if (cell->header)
        attr(p, "scope", !in_head ? S("row") : cell->colspan > 1 ? S("colgroup") : S("col"));
    if (cell->colspan > 1)
        attr_int(p, "colspan", cell->colspan);
    if (cell->rowspan > 1)
        attr_int(p, "rowspan", cell->rowspan);
    raw(p, ">");
    if (cell->first != NULL && cell->first->next == NULL && is_plain_paragraph(cell->first))
        write_inline(p, cell->first);
    else
        write_blocks(p, cell);
    buf_add_format(p->buf, "</%s>", tag);
}

/* The rows of the head: the first, when all its cells are headers, and those its cells reach down to. A table that
 * would be nothing but head has none. */
static int head_rows(const struct body_node *table)
{
    int head = 0, rows = 0;

    for (const struct body_node *cell = table->first->first; cell != NULL; cell = cell->next) {
        if (!cell->header)
            return 0;
        head = cell->rowspan > head ? cell->rowspan : head;
    }
    for (const struct body_node *row = table->first; row != NULL; row = row->next)
        rows++;
    return head < rows ? head : 0;
}

static void write_table(struct page *p, const struct body_node *table)
{
    int head = table->first != NULL ? head_rows(table) : 0, at = 0;

    raw(p, "<div class=\"table\" tabindex=\"0\" role=\"region\"");
    attr_label(p, p->options->table_word, ++p->tables);
    raw(p, "><table");
    attr_anchor(p, table);
    raw(p, head > 0 ? ">\n<thead>" : ">\n<tbody>");
    for (const struct body_node *row = table->first; row != NULL; row = row->next, at++) {
        if (at == head && head > 0)
            raw(p, "</thead>\n<tbody>");
        raw(p, "<tr>");
        for (const struct body_node *cell = row->first; cell != NULL; cell = cell->next)
            write_cell(p, cell, at < head);
        raw(p, "</tr>\n");
    }
    raw(p, "</tbody></table></div>\n");
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

static void write_heading(struct page *p, const struct body_node *n)
{
    int level = n->level - 2 + (p->options->first_heading > 0 ? p->options->first_heading : 2);

    level = level > 6 ? 6 : level;
    buf_add_format(p->buf, "<h%d", level);
    attr_anchor(p, n);
    raw(p, ">");
    write_inline(p, n);
    buf_add_format(p->buf, "</h%d>\n", level);
}

static void write_paragraph(struct page *p, const struct body_node *n)
{
    raw(p, "<p");
    attr_anchor(p, n);
    if (n->align != ALIGN_START)
        attr(p, "class", n->align == ALIGN_CENTER ? S("center") : S("right"));
    raw(p, ">");
    write_inline(p, n);
    raw(p, "</p>\n");
}

static void write_block(struct page *p, const struct body_node *n);

/* The first paragraph of an item is the item's own line and gives it its anchor. */
static void write_item(struct page *p, const struct body_node *item)
{
    const struct body_node *n = item->first;

    raw(p, "<li");
    if (n != NULL && is_plain_paragraph(n)) {
        attr_anchor(p, n);
        raw(p, ">");
        write_inline(p, n);
        n = n->next;
    } else {
        raw(p, ">");
    }
    for (; n != NULL; n = n->next)
        write_block(p, n);
    raw(p, "</li>\n");
}

static void write_list(struct page *p, const struct body_node *list)
{
    const char *tag = list->kind == BODY_BULLETS ? "ul" : "ol";

    buf_add_format(p->buf, "<%s", tag);
    if (list->kind == BODY_NUMBERS && list->start != 1)
        attr_int(p, "start", list->start);
    raw(p, ">\n");
    for (const struct body_node *item = list->first; item != NULL; item = item->next)
        write_item(p, item);
    buf_add_format(p->buf, "</%s>\n", tag);
}

static void write_block(struct page *p, const struct body_node *n)
{
    switch (n->kind) {
    case BODY_HEADING:
        write_heading(p, n);
        break;
    case BODY_PARAGRAPH:
        write_paragraph(p, n);
        break;
    case BODY_BULLETS:
    case BODY_NUMBERS:
        write_list(p, n);
        break;
    case BODY_TABLE:
        write_table(p, n);
        break;
    case BODY_FIGURE:
    case BODY_SOUND:
    case BODY_VIDEO:
        write_media(p, n);
        break;
    case BODY_QUOTE:
        raw(p, "<blockquote>\n");
        write_blocks(p, n);
        raw(p, "</blockquote>\n");
        break;
    case BODY_BOX:
        raw(p, "<aside class=\"box\">\n");
        write_blocks(p, n);
        raw(p, "</aside>\n");
        break;
    default:
        write_blocks(p, n);
    }
}

static void write_blocks(struct page *p, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next)
        write_block(p, n);
}

/* --- the notes at the end --------------------------------------------------------------------------------------------
 */

static void write_back_link(struct page *p, int number, const char *text)
{
    raw(p, "<a");
    attr_to(p, 'r', number);
    raw(p, " role=\"doc-backlink\"");
    attr_label(p, p->options->back_word, number);
    buf_add_format(p->buf, ">%s</a>", text);
}

/* Reading systems show an aside of this type beside its reference. */
static void write_epub_note(struct page *p, int number)
{
    raw(p, "<aside");
    attr_id(p, 'n', number);
    raw(p, " epub:type=\"footnote\" role=\"doc-footnote\"><p>");
    write_back_link(p, number, str_z(p->buf->arena, str_format(p->buf->arena, "%d.", number)));
    raw(p, " ");
    write_inline(p, p->notes[number - 1]);
    raw(p, "</p></aside>\n");
}

static void write_web_note(struct page *p, int number)
{
    raw(p, "<li");
    attr_id(p, 'n', number);
    raw(p, ">");
    write_inline(p, p->notes[number - 1]);
    raw(p, " ");
    write_back_link(p, number, "↩");
    raw(p, "</li>\n");
}

static void write_notes(struct page *p)
{
    if (p->note_count == 0)
        return;
    raw(p, "<section class=\"notes\"");
    raw(p, p->options->xhtml ? " epub:type=\"footnotes\"" : " role=\"doc-endnotes\"");
    attr(p, "aria-label", p->options->notes_title);
    raw(p, ">\n");
    raw(p, p->options->xhtml ? "" : "<ol>\n");
    for (int number = 1; number <= (int)p->note_count; number++) {
        if (p->options->xhtml)
            write_epub_note(p, number);
        else
            write_web_note(p, number);
    }
    raw(p, p->options->xhtml ? "</section>\n" : "</ol>\n</section>\n");
}

void body_to_html(struct html_out *out, const struct body_node *doc, const struct body_html_options *options)
{
    struct page p = {.out = out, .buf = &out->buf, .options = options};

    write_blocks(&p, doc);
    write_notes(&p);
}
