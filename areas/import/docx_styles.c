#include "import/docx_prepass.h"

enum { MAX_CHAIN = 24 };

struct style {
    struct str id, based_on, font, align;
    bool has_font, is_paragraph, is_default, is_plain;
    struct style *next;
};

struct docx_styles {
    struct arena *arena;
    struct style *first;
    const struct style *normal; /* the default paragraph style */
    struct str font;            /* of the document's defaults */
};

static const char *const spaces[] = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                     "http://purl.oclc.org/ooxml/wordprocessingml/main"};

bool docx_is(const xmlNode *node, const char *name)
{
    if (node->type != XML_ELEMENT_NODE || node->ns == NULL || strcmp((const char *)node->name, name) != 0)
        return false;
    for (size_t i = 0; i < countof(spaces); i++)
        if (strcmp((const char *)node->ns->href, spaces[i]) == 0)
            return true;
    return false;
}

xmlNode *docx_child(xmlNode *node, const char *name)
{
    if (node == NULL)
        return NULL;
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        if (docx_is(child, name))
            return child;
    return NULL;
}

/* The value stays the document's; attributes of these parts are single text nodes, as entities are refused. */
struct str docx_attribute(xmlNode *node, const char *name)
{
    if (node == NULL)
        return STR_NONE;
    for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0)
            return attribute->children != NULL ? str_of((const char *)attribute->children->content) : S("");
    return STR_NONE;
}

/* The font of run properties: false where they say nothing. A theme's font is a modern one. */
static bool font_of(xmlNode *properties, struct str *font)
{
    xmlNode *fonts = docx_child(properties, "rFonts");
    struct str high = docx_attribute(fonts, "hAnsi");

    if (fonts == NULL)
        return false;
    if (docx_attribute(fonts, "hAnsiTheme").ptr != NULL)
        return *font = S(""), true;
    if (high.ptr == NULL)
        high = docx_attribute(fonts, "ascii");
    if (high.ptr == NULL)
        return false;
    return *font = high, true;
}

static struct str align_of(xmlNode *properties)
{
    return docx_attribute(docx_child(properties, "jc"), "val");
}

/* Styles that mean something to pandoc keep their name; their alignment is of no account. */
static bool says_nothing(struct str name)
{
    static const struct str telling[] = {{"heading", 7},     {"title", 5},    {"subtitle", 8},       {"author", 6},
                                         {"date", 4},        {"abstract", 8}, {"list", 4},           {"quote", 5},
                                         {"block text", 10}, {"caption", 7},  {"intense quote", 13}, {"footnote", 8},
                                         {"source code", 11}};
    char lower[32];
    size_t n = name.len < sizeof lower ? name.len : sizeof lower;

    for (size_t i = 0; i < n; i++)
        lower[i] = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? (char)(name.ptr[i] + 32) : name.ptr[i];
    for (size_t i = 0; i < countof(telling); i++)
        if (str_starts((struct str){lower, n}, telling[i]))
            return false;
    return true;
}

static void read_style(struct docx_styles *styles, xmlNode *node)
{
    struct arena *a = styles->arena;
    struct style *style = NEW(a, struct style);
    struct str font;

    style->id = str_copy(a, docx_attribute(node, "styleId"));
    style->based_on = str_copy(a, docx_attribute(docx_child(node, "basedOn"), "val"));
    style->has_font = font_of(docx_child(node, "rPr"), &font);
    if (style->has_font)
        style->font = str_copy(a, font);
    style->align = str_copy(a, align_of(docx_child(node, "pPr")));
    style->is_paragraph = str_equal(docx_attribute(node, "type"), S("paragraph"));
    style->is_plain = says_nothing(docx_attribute(docx_child(node, "name"), "val"));
    style->next = styles->first;
    styles->first = style;
    struct str is_default = docx_attribute(node, "default");
    if (style->is_paragraph && (str_equal(is_default, S("1")) || str_equal(is_default, S("true"))))
        styles->normal = style;
}

struct docx_styles *docx_styles_read(struct arena *a, xmlDoc *part)
{
    struct docx_styles *styles = NEW(a, struct docx_styles);
    xmlNode *root = part != NULL ? xmlDocGetRootElement(part) : NULL;
    struct str font;

    styles->arena = a;
    if (root == NULL)
        return styles;
    for (xmlNode *node = root->children; node != NULL; node = node->next)
        if (docx_is(node, "style"))
            read_style(styles, node);
    xmlNode *defaults = docx_child(docx_child(docx_child(root, "docDefaults"), "rPrDefault"), "rPr");
    if (font_of(defaults, &font))
        styles->font = str_copy(a, font);
    return styles;
}

static const struct style *find(const struct docx_styles *styles, struct str id)
{
    if (id.ptr == NULL)
        return NULL;
    for (const struct style *style = styles->first; style != NULL; style = style->next)
        if (str_equal(style->id, id))
            return style;
    return NULL;
}

static bool font_of_chain(const struct docx_styles *styles, const struct style *style, struct str *font)
{
    for (int i = 0; style != NULL && i < MAX_CHAIN; i++) {
        if (style->has_font)
            return *font = style->font, true;
        style = find(styles, style->based_on);
    }
    return false;
}

static const struct style *style_of_paragraph(const struct docx_styles *styles, xmlNode *paragraph)
{
    const struct style *style = find(styles, docx_attribute(docx_child(docx_child(paragraph, "pPr"), "pStyle"), "val"));

    return style != NULL ? style : styles->normal;
}

struct str docx_font_of_run(const struct docx_styles *styles, xmlNode *run, xmlNode *paragraph)
{
    xmlNode *properties = docx_child(run, "rPr");
    struct str font = S("");

    if (font_of(properties, &font) ||
        font_of_chain(styles, find(styles, docx_attribute(docx_child(properties, "rStyle"), "val")), &font) ||
        font_of_chain(styles, style_of_paragraph(styles, paragraph), &font))
        return font;
    return styles->font;
}

struct str docx_alignment(const struct docx_styles *styles, xmlNode *paragraph)
{
    struct str align = align_of(docx_child(paragraph, "pPr"));
    const struct style *style = style_of_paragraph(styles, paragraph);

    for (int i = 0; align.ptr == NULL && style != NULL && i < MAX_CHAIN; i++) {
        align = style->align;
        style = find(styles, style->based_on);
    }
    if (str_equal(align, S("center")))
        return S("center");
    return str_equal(align, S("right")) || str_equal(align, S("end")) ? S("right") : S("");
}

bool docx_style_is_plain(const struct docx_styles *styles, struct str id)
{
    const struct style *style = find(styles, id);

    for (int i = 0; style != NULL && i < MAX_CHAIN; i++) {
        if (!style->is_plain)
            return false;
        style = find(styles, style->based_on);
    }
    return true;
}

void docx_styles_add_alignment(xmlDoc *part)
{
    static const char *const names[] = {"bantin-center", "bantin-right"};
    xmlNode *root = xmlDocGetRootElement(part);

    for (size_t i = 0; root != NULL && i < countof(names); i++) {
        xmlNode *style = xmlNewChild(root, root->ns, BAD_CAST "style", NULL);
        xmlNewNsProp(style, root->ns, BAD_CAST "type", BAD_CAST "paragraph");
        xmlNewNsProp(style, root->ns, BAD_CAST "customStyle", BAD_CAST "1");
        xmlNewNsProp(style, root->ns, BAD_CAST "styleId", BAD_CAST names[i]);
        xmlNode *name = xmlNewChild(style, root->ns, BAD_CAST "name", NULL);
        xmlNewNsProp(name, root->ns, BAD_CAST "val", BAD_CAST names[i]);
    }
}
