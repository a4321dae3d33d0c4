#include "html/body_import_inside.h"
#include "html/body_inside.h"

/* --- reading elements ------------------------------------------------------------------------------------------------
 */

struct str import_attr(const GumboNode *node, const char *name)
{
    const GumboAttribute *attr = gumbo_get_attribute(&node->v.element.attributes, name);

    return attr != NULL ? str_of(attr->value) : STR_NONE;
}

struct str import_style(const GumboNode *node, struct str property)
{
    struct str rest = import_attr(node, "style"), one, name;

    while (rest.len > 0) {
        rest = str_cut(rest, ';', &one);
        struct str value = str_cut(one, ':', &name);
        if (str_equal_nocase(str_trim(name), property))
            return str_trim(value);
    }
    return STR_NONE;
}

static int import_number(const GumboNode *node, const char *name, int least, int most, int otherwise)
{
    int64_t n;

    if (str_to_int(str_trim(import_attr(node, name)), &n) != OK)
        return otherwise;
    return n < least ? least : n > most ? most : (int)n;
}

struct body_node *import_add(struct importer *im, struct body_node *parent, enum body_kind kind)
{
    im->nodes++;
    return body_add(parent, body_new(im->arena, kind));
}

/* --- text ------------------------------------------------------------------------------------------------------------
 */

static struct body_node *open_line(struct importer *im)
{
    if (im->now.line != NULL)
        return im->now.line;
    im->now.line = import_add(im, im->now.at, im->now.level > 0 ? BODY_HEADING : BODY_PARAGRAPH);
    im->now.line->level = im->now.level > 0 ? im->now.level : 2;
    im->now.line->align = im->now.align;
    return im->now.line;
}

static void add_text(struct importer *im, struct str text)
{
    struct body_node *line = open_line(im), *last = line->last;

    body_add_text(im->arena, line, text, im->now.marks, im->now.href);
    im->nodes += line->last != last;
}

/* Whether a blank here would be the line's first, or a second one in a row. */
static bool after_blank(const struct importer *im)
{
    const struct body_node *last = im->now.line != NULL ? im->now.line->last : NULL;

    if (last == NULL || last->kind == BODY_BREAK)
        return true;
    return last->kind == BODY_TEXT && last->text.ptr[last->text.len - 1] == ' ';
}

static void import_text(struct importer *im, struct str text)
{
    struct buf b = buf_in(im->arena);
    bool blank = after_blank(im);

    buf_reserve(&b, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        bool space = strchr(" \t\n\r\f", text.ptr[i]) != NULL && text.ptr[i] != '\0';
        if (!space || !blank)
            buf_add_char(&b, space ? ' ' : text.ptr[i]);
        blank = space;
    }
    if (b.len > 0)
        add_text(im, buf_str(&b));
}

static void import_break(struct importer *im)
{
    if (im->now.line != NULL)
        import_add(im, im->now.line, BODY_BREAK);
}

static void import_pre(struct importer *im, struct str text)
{
    struct str line;

    while (text.len > 0) {
        bool more = str_find_char(text, '\n', 0) != SIZE_MAX;
        text = str_cut(text, '\n', &line);
        if (line.len > 0)
            add_text(im, str_copy(im->arena, line)); /* the parser's memory goes */
        if (more)
            import_break(im);
    }
}

/* --- marks -----------------------------------------------------------------------------------------------------------
 */

static unsigned tag_marks(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
        return MARK_BOLD;
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_DFN:
        return MARK_ITALIC;
    case GUMBO_TAG_U:
    case GUMBO_TAG_INS:
        return MARK_UNDERLINE;
    case GUMBO_TAG_SUB:
        return MARK_SUB;
    case GUMBO_TAG_SUP:
        return MARK_SUPER;
    default:
        return 0;
    }
}

static void set_mark(unsigned *marks, unsigned mark, bool on)
{
    *marks = on ? *marks | mark : *marks & ~mark;
}

/* A style overrules its tag: Google Docs wraps its paste in <b style="font-weight:normal">. */
static void style_marks(const GumboNode *node, unsigned *marks)
{
    struct str weight = import_style(node, S("font-weight")), slope = import_style(node, S("font-style"));
    struct str line = import_style(node, S("text-decoration")), raise = import_style(node, S("vertical-align"));
    int64_t n = 0;

    if (line.len == 0)
        line = import_style(node, S("text-decoration-line"));
    if (weight.len > 0)
        set_mark(marks, MARK_BOLD, (str_to_int(weight, &n) == OK && n >= 600) || str_starts(weight, S("bold")));
    if (slope.len > 0)
        set_mark(marks, MARK_ITALIC, str_equal(slope, S("italic")) || str_equal(slope, S("oblique")));
    if (str_contains(line, S("underline")) && !(*marks & MARK_LINK))
        *marks |= MARK_UNDERLINE;
    if (str_equal(raise, S("super")))
        *marks |= MARK_SUPER;
    if (str_equal(raise, S("sub")))
        *marks |= MARK_SUB;
}

static void link_mark(struct importer *im, const GumboNode *node)
{
    struct str href = str_trim(import_attr(node, "href"));

    if (href.len == 0)
        return;
    if (!body_href_is_allowed(href)) {
        im->report->links_dropped++;
        return;
    }
    im->now.marks = (im->now.marks | MARK_LINK) & ~(unsigned)MARK_UNDERLINE;
    im->now.href = str_copy(im->arena, href);
}

/* --- pictures --------------------------------------------------------------------------------------------------------
 */

static void import_image(struct importer *im, const GumboNode *node)
{
    struct body_import_report *r = im->report;
    struct str src = str_trim(import_attr(node, "src"));

    if (src.len == 0)
        return;
    if (r->image_count == im->image_cap) {
        size_t cap = im->image_cap == 0 ? 16 : im->image_cap * 2, size = sizeof *r->images;
        r->images = arena_grow(im->arena, r->images, im->image_cap * size, cap * size);
        im->image_cap = cap;
    }
    struct body_import_image *image = &r->images[r->image_count];
    *image = (struct body_import_image){str_copy(im->arena, src), str_copy(im->arena, import_attr(node, "alt"))};
    im->now.line = NULL;
    struct body_node *figure = import_add(im, im->now.at, BODY_FIGURE);
    figure->media = str_format(im->arena, "pending:%zu", r->image_count++);
    figure->alt = image->alt;
}

static void import_caption(struct importer *im, const GumboNode *node)
{
    struct body_node *last = im->now.at->last;

    if (last != NULL && last->kind == BODY_FIGURE)
        im->now.at = last;
    import_children(im, node);
}

/* --- blocks ----------------------------------------------------------------------------------------------------------
 */

enum element { INLINE, BLOCK, CONTAINER, DROPPED, SKIPPED, IMAGE, BREAK };

static enum element element_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_CANVAS:
        return DROPPED;
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_COLGROUP:
        return SKIPPED;
    case GUMBO_TAG_IMG:
        return IMAGE;
    case GUMBO_TAG_BR:
        return BREAK;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return CONTAINER;
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_TEXTAREA:
        return BLOCK;
    default:
        return INLINE;
    }
}

static enum body_kind container_kind(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_UL:
        return BODY_BULLETS;
    case GUMBO_TAG_OL:
        return BODY_NUMBERS;
    case GUMBO_TAG_LI:
        return BODY_ITEM;
    case GUMBO_TAG_BLOCKQUOTE:
        return BODY_QUOTE;
    case GUMBO_TAG_ASIDE:
        return BODY_BOX;
    case GUMBO_TAG_TABLE:
        return BODY_TABLE;
    case GUMBO_TAG_TR:
        return BODY_ROW;
    default:
        return BODY_CELL;
    }
}

static void set_cell(struct body_node *cell, const GumboNode *node)
{
    const GumboNode *group = node->parent->parent;

    cell->colspan = import_number(node, "colspan", 1, BODY_MAX_SPAN, 1);
    cell->rowspan = import_number(node, "rowspan", 1, BODY_MAX_SPAN, 1);
    cell->header = node->v.element.tag == GUMBO_TAG_TH ||
                   (group->type == GUMBO_NODE_ELEMENT && group->v.element.tag == GUMBO_TAG_THEAD);
}

static void import_node(struct importer *im, const GumboNode *node);

/* A table's caption stands before the table. */
static void import_table_caption(struct importer *im, const GumboNode *table)
{
    for (unsigned i = 0; i < table->v.element.children.length; i++) {
        const GumboNode *child = table->v.element.children.data[i];
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_CAPTION)
            import_children(im, child);
    }
    im->now.line = NULL;
}

static void import_container(struct importer *im, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;

    if (tag == GUMBO_TAG_TABLE)
        import_table_caption(im, node);
    im->now.at = import_add(im, im->now.at, container_kind(tag));
    if (tag == GUMBO_TAG_OL)
        im->now.at->start = import_number(node, "start", 0, BODY_MAX_START, 1);
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
        set_cell(im->now.at, node);
    if (tag != GUMBO_TAG_TR && tag != GUMBO_TAG_TABLE)
        im->now.level = 0;
    import_children(im, node);
}

static void set_align(struct importer *im, const GumboNode *node)
{
    struct str align = import_style(node, S("text-align"));

    if (align.len == 0)
        align = import_attr(node, "align");
    if (align.len == 0 && node->v.element.tag != GUMBO_TAG_CENTER)
        return;
    im->now.align = str_equal_nocase(align, S("center")) || align.len == 0 ? ALIGN_CENTER
                    : str_equal_nocase(align, S("right"))                  ? ALIGN_END
                                                                           : ALIGN_START;
}

static void import_block(struct importer *im, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;

    if (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6)
        im->now.level = tag <= GUMBO_TAG_H2 ? 2 : tag == GUMBO_TAG_H3 ? 3 : 4;
    if (tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA)
        im->now.pre = true;
    if (tag == GUMBO_TAG_DT)
        im->now.marks |= MARK_BOLD;
    if (tag == GUMBO_TAG_FIGCAPTION)
        import_caption(im, node);
    else if (tag != GUMBO_TAG_CAPTION)
        import_children(im, node);
}

/* A block ends the line before it and leaves none open. */
static void import_apart(struct importer *im, const GumboNode *node, enum element element)
{
    struct import_state before = im->now;

    before.line = im->now.line = NULL;
    if (import_is_used_note(im, node))
        return;
    set_align(im, node);
    style_marks(node, &im->now.marks);
    if (element == CONTAINER) {
        import_container(im, node);
    } else {
        if (node->v.element.tag == GUMBO_TAG_P && import_word_item(im, node))
            im->now.level = 0;
        import_block(im, node);
    }
    im->now = before;
}

/* The open line goes on through inline elements. */
static void import_inline(struct importer *im, const GumboNode *node)
{
    struct import_state before = im->now;
    bool link = node->v.element.tag == GUMBO_TAG_A;

    if (link && im->note_count > 0 && import_note_link(im, node))
        return;
    im->now.marks |= tag_marks(node->v.element.tag);
    style_marks(node, &im->now.marks);
    if (link)
        link_mark(im, node);
    import_children(im, node);
    im->now.marks = before.marks;
    im->now.href = before.href;
}

static void import_element(struct importer *im, const GumboNode *node)
{
    enum element element = element_of(node->v.element.tag);

    if (node == im->skip || element == SKIPPED)
        return;
    if (element == DROPPED)
        im->report->dropped++;
    else if (element == IMAGE)
        import_image(im, node);
    else if (element == BREAK)
        import_break(im);
    else if (element == INLINE)
        import_inline(im, node);
    else
        import_apart(im, node, element);
}

static void import_node(struct importer *im, const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
        import_element(im, node);
        break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        if (im->now.pre)
            import_pre(im, str_of(node->v.text.text));
        else
            import_text(im, str_of(node->v.text.text));
        break;
    default:
        break;
    }
}

void import_children(struct importer *im, const GumboNode *node)
{
    const GumboVector *children = &node->v.element.children;

    for (unsigned i = 0; i < children->length && im->nodes <= BODY_MAX_NODES; i++)
        import_node(im, children->data[i]);
}

/* --- the whole -------------------------------------------------------------------------------------------------------
 */

enum { SCRATCH = 256 * 1024 * 1024 };

static void free_scratch(void *holder)
{
    struct arena **scratch = holder;

    arena_free(*scratch);
    *scratch = NULL;
}

static enum err import_into(struct arena *a, struct arena *scratch, struct str html, struct body_import_report *report,
                            struct body_node **doc)
{
    struct importer im = {.arena = a, .report = report};
    struct body_node *made = body_new(a, BODY_DOC);
    GumboNode *root = NULL;

    TRY(import_parse(scratch, html, &root));
    im.now.at = made;
    import_find_notes(&im, root);
    import_node(&im, root);
    if (im.nodes > BODY_MAX_NODES)
        return E_TOO_LARGE;
    body_tidy(a, made);
    *doc = made;
    return OK;
}

/* The parser's tree goes at once, and with the arena when an allocation over the cap ends the import. */
enum err body_of_html(struct arena *a, struct str html, struct body_import_report *report, struct body_node **doc)
{
    struct body_import_report found = {0};
    struct arena **scratch = NEW(a, struct arena *);

    *scratch = arena_new(SCRATCH);
    arena_defer(a, free_scratch, scratch);
    enum err e = import_into(a, *scratch, html, &found, doc);
    free_scratch(scratch);
    if (e == OK)
        *report = found;
    return e;
}

void body_import_resolve(struct arena *a, struct body_node *doc, const struct body_import_report *report,
                         bool (*store)(void *context, const struct body_import_image *image, struct str *hash),
                         void *context)
{
    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n)) {
        struct body_node *figure = (struct body_node *)n;
        struct str hash = STR_NONE;
        int64_t i;
        if (n->kind != BODY_FIGURE || !str_starts(n->media, S("pending:")))
            continue;
        if (str_to_int(str_skip(n->media, 8), &i) != OK || i < 0 || (size_t)i >= report->image_count)
            figure->media = STR_NONE;
        else
            figure->media = store != NULL && store(context, &report->images[i], &hash) ? str_copy(a, hash) : STR_NONE;
    }
    body_tidy(a, doc);
}
