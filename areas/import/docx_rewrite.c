#include "import/docx_prepass.h"

/* A list of nodes in document order. */
struct nodes {
    struct arena *arena;
    xmlNode **list;
    size_t n, cap;
};

static void nodes_add(struct nodes *nodes, xmlNode *node)
{
    if (nodes->n == nodes->cap) {
        size_t cap = nodes->cap == 0 ? 64 : nodes->cap * 2;
        nodes->list =
            arena_grow(nodes->arena, nodes->list, nodes->cap * sizeof *nodes->list, cap * sizeof *nodes->list);
        nodes->cap = cap;
    }
    nodes->list[nodes->n++] = node;
}

/* Any namespace: drawings have many. */
static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* The next node of the subtree in document order. */
static xmlNode *walk(xmlNode *root, xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        return node->children;
    while (node != root && node->next == NULL)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static xmlNode *find_named(xmlNode *root, const char *name)
{
    for (xmlNode *node = root; node != NULL; node = walk(root, node))
        if (node != root && is_named(node, name))
            return node;
    return NULL;
}

static struct nodes collect(struct arena *a, xmlNode *root, const char *name)
{
    struct nodes nodes = {.arena = a};

    for (xmlNode *node = root; node != NULL; node = walk(root, node))
        if (is_named(node, name))
            nodes_add(&nodes, node);
    return nodes;
}

static void drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

/* --- the two forms of a drawing ---------------------------------------------------------------------------------- */

static bool has_content(xmlNode *branch)
{
    return find_named(branch, "txbxContent") != NULL || find_named(branch, "blip") != NULL ||
           find_named(branch, "imagedata") != NULL || find_named(branch, "t") != NULL;
}

static size_t count_boxes(xmlNode *root)
{
    size_t n = 0;

    for (xmlNode *node = root; node != NULL; node = walk(root, node))
        n += is_named(node, "txbxContent");
    return n;
}

/* mc:AlternateContent says one thing twice, for new and old programs: the first form that holds something stays. */
static void choose_form(xmlNode *alternate, struct docx_report *report)
{
    xmlNode *kept = NULL;

    for (xmlNode *branch = alternate->children; branch != NULL; branch = branch->next) {
        if (branch->type != XML_ELEMENT_NODE)
            continue;
        if (kept == NULL && has_content(branch))
            kept = branch;
        else
            report->text_box_copies += count_boxes(branch);
    }
    while (kept != NULL && kept->children != NULL) {
        xmlNode *child = kept->children;
        xmlUnlinkNode(child);
        xmlAddPrevSibling(alternate, child);
    }
    drop(alternate);
}

/* --- text boxes -------------------------------------------------------------------------------------------------- */

static xmlNode *ancestor(xmlNode *node, const char *name)
{
    for (node = node->parent; node != NULL; node = node->parent)
        if (node->type == XML_ELEMENT_NODE && docx_is(node, name))
            return node;
    return NULL;
}

/* The box's paragraphs go behind the paragraph to which it is anchored. */
static void lift(xmlNode *box, struct docx_report *report)
{
    xmlNode *anchor = ancestor(box, "p");

    if (anchor == NULL)
        return;
    report->text_boxes++;
    while (box->last != NULL) {
        xmlNode *child = box->last;
        xmlUnlinkNode(child);
        if (child->type == XML_ELEMENT_NODE)
            xmlAddNextSibling(anchor, child);
        else
            xmlFreeNode(child);
    }
}

static void lift_all(struct arena *a, xmlNode *root, struct docx_report *report)
{
    struct nodes alternates = collect(a, root, "AlternateContent");

    /* Backwards: what is nested is settled before what holds it. */
    for (size_t i = alternates.n; i > 0; i--)
        choose_form(alternates.list[i - 1], report);
    struct nodes boxes = collect(a, root, "txbxContent");
    for (size_t i = boxes.n; i > 0; i--)
        lift(boxes.list[i - 1], report);
}

/* Lines and frames without a picture would arrive as pictures without a file. */
static void drop_empty_drawings(struct arena *a, xmlNode *root)
{
    static const char *const names[] = {"drawing", "pict"};

    for (size_t i = 0; i < countof(names); i++) {
        struct nodes drawings = collect(a, root, names[i]);
        for (size_t k = drawings.n; k > 0; k--)
            if (find_named(drawings.list[k - 1], "blip") == NULL &&
                find_named(drawings.list[k - 1], "imagedata") == NULL)
                drop(drawings.list[k - 1]);
    }
}

/* --- paragraphs -------------------------------------------------------------------------------------------------- */

/* Pictures of letters: Word keeps them as a font's name and a place in it. Symbol is left to pandoc. */
static void spell_symbol(xmlNode *symbol, struct docx_report *report)
{
    struct str font = docx_attribute(symbol, "font");
    unsigned code =
        (unsigned)strtoul(docx_attribute(symbol, "char").ptr != NULL ? docx_attribute(symbol, "char").ptr : "0", NULL,
                          16) &
        0xff;
    const char *text = "\u2022"; /* nearly all of them are bullets */

    if (str_equal(font, S("Symbol")))
        return;
    if (code == 0xfc || code == 0xfe)
        text = "\u2713";
    else if (code == 0xe0 || code == 0xe8 || code == 0xf0)
        text = "\u2192";
    else if (code == 0x20 || code == 0)
        text = " ";
    xmlNode *fresh = xmlNewNode(symbol->ns, BAD_CAST "t");
    xmlAddChild(fresh, xmlNewDocText(symbol->doc, BAD_CAST text));
    xmlReplaceNode(symbol, fresh);
    xmlFreeNode(symbol);
    report->symbols++;
}

static xmlNode *properties_of(xmlNode *paragraph)
{
    xmlNode *properties = docx_child(paragraph, "pPr");

    if (properties != NULL)
        return properties;
    properties = xmlNewNode(paragraph->ns, BAD_CAST "pPr");
    if (paragraph->children != NULL)
        xmlAddPrevSibling(paragraph->children, properties);
    else
        xmlAddChild(paragraph, properties);
    return properties;
}

/* pandoc tells us a paragraph's style and not its alignment: we say the one by the other. It takes an indented
 * paragraph for a quotation, which in Vietnamese papers is nearly always plain text. */
static void settle_paragraph(const struct docx_styles *styles, xmlNode *paragraph)
{
    struct str align = docx_alignment(styles, paragraph);
    xmlNode *properties = docx_child(paragraph, "pPr"), *indent = docx_child(properties, "ind");

    if (docx_child(properties, "numPr") != NULL)
        return;
    if (indent != NULL)
        drop(indent);
    xmlNode *style = docx_child(properties, "pStyle");
    if (align.len == 0 || (style != NULL && !docx_style_is_plain(styles, docx_attribute(style, "val"))))
        return;
    properties = properties_of(paragraph);
    if (style == NULL) {
        style = xmlNewNode(paragraph->ns, BAD_CAST "pStyle");
        if (properties->children != NULL)
            xmlAddPrevSibling(properties->children, style);
        else
            xmlAddChild(properties, style);
    }
    while (style->properties != NULL)
        xmlRemoveProp(style->properties);
    xmlNewNsProp(style, paragraph->ns, BAD_CAST "val",
                 BAD_CAST(str_equal(align, S("center")) ? "bantin-center" : "bantin-right"));
}

static void ensure_child(xmlNode *node, xmlNode *after, const char *name)
{
    if (docx_child(node, name) != NULL)
        return;
    xmlNode *child = xmlNewNode(node->ns, BAD_CAST name);
    if (after != NULL)
        xmlAddNextSibling(after, child);
    else if (node->children != NULL)
        xmlAddPrevSibling(node->children, child);
    else
        xmlAddChild(node, child);
}

static size_t columns_of(xmlNode *row)
{
    size_t n = 0;

    for (xmlNode *cell = row->children; cell != NULL; cell = cell->next) {
        if (!docx_is(cell, "tc"))
            continue;
        struct str span = docx_attribute(docx_child(docx_child(cell, "tcPr"), "gridSpan"), "val");
        int64_t columns = 1;
        if (span.ptr == NULL || str_to_int(span, &columns) != OK || columns < 1 || columns > 200)
            columns = 1;
        n += (size_t)columns;
    }
    return n;
}

/* pandoc drops what stands outside the columns that a table announces, all of it where it announces none; some
 * programs leave the list out. */
static void settle_table(xmlNode *table)
{
    size_t most = 0, announced = 0;

    ensure_child(table, NULL, "tblPr");
    ensure_child(table, docx_child(table, "tblPr"), "tblGrid");
    xmlNode *grid = docx_child(table, "tblGrid");
    for (xmlNode *row = table->children; row != NULL; row = row->next) {
        size_t n = docx_is(row, "tr") ? columns_of(row) : 0;
        most = n > most ? n : most;
    }
    for (xmlNode *column = grid->children; column != NULL; column = column->next)
        announced += docx_is(column, "gridCol");
    for (; announced < most && announced < 1000; announced++) {
        xmlNode *column = xmlNewChild(grid, table->ns, BAD_CAST "gridCol", NULL);
        xmlNewNsProp(column, table->ns, BAD_CAST "w", BAD_CAST "1000");
    }
}

void docx_rewrite(struct arena *a, xmlDoc *part, const struct docx_styles *styles, struct docx_report *report)
{
    xmlNode *root = xmlDocGetRootElement(part);

    lift_all(a, root, report);
    drop_empty_drawings(a, root);
    /* Fonts before alignment: that takes the style's name away, and with it the style's font. */
    struct nodes paragraphs = collect(a, root, "p");
    for (size_t i = 0; i < paragraphs.n; i++)
        if (docx_is(paragraphs.list[i], "p"))
            docx_convert_fonts(a, paragraphs.list[i], styles, report);
    struct nodes tables = collect(a, root, "tbl");
    for (size_t i = 0; i < tables.n; i++)
        if (docx_is(tables.list[i], "tbl"))
            settle_table(tables.list[i]);
    struct nodes symbols = collect(a, root, "sym");
    for (size_t i = 0; i < symbols.n; i++)
        if (docx_is(symbols.list[i], "sym"))
            spell_symbol(symbols.list[i], report);
    for (size_t i = 0; i < paragraphs.n; i++)
        if (docx_is(paragraphs.list[i], "p"))
            settle_paragraph(styles, paragraphs.list[i]);
}
