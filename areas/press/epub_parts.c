#include "press/epub.h"
#include "base/digest.h"
#include "html/body_html.h"
#include "press/compose.h"

/* --- pieces of markup --------------------------------------------------------------------------------------------- */

static void raw(struct html_out *o, const char *markup)
{
    buf_add_z(&o->buf, markup);
}

static void element(struct html_out *o, const char *open, struct str text, const char *close)
{
    if (str_is_empty(text))
        return;
    raw(o, open);
    html_text(o, text);
    raw(o, close);
}

static struct html_out begin_page(struct epub *e, struct str title, const char *type)
{
    struct html_out o = html_out_in(e->a, LANG_VI);

    raw(&o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
            "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"");
    html_attr(&o, e->issue->lang);
    raw(&o, "\" xml:lang=\"");
    html_attr(&o, e->issue->lang);
    raw(&o, "\">\n<head><title>");
    html_text(&o, title);
    raw(&o,
        "</title><link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/></head>\n<body><section epub:type=\"");
    raw(&o, type);
    raw(&o, "\">\n");
    element(&o, "<p class=\"mark\">", e->issue->mark, "</p>\n");
    return o;
}

static struct str end_page(struct html_out *o)
{
    raw(o, "</section></body>\n</html>\n");
    return html_done(o).s;
}

static struct str joined(struct epub *e, struct str one, struct str two)
{
    if (str_is_empty(one) || str_is_empty(two))
        return str_is_empty(one) ? two : one;
    return str_format(e->a, "%.*s · %.*s", STR_ARG(one), STR_ARG(two));
}

/* --- the text of an item ------------------------------------------------------------------------------------------ */

static bool find_media(void *context, struct str hash, struct body_html_media *media)
{
    const struct epub_picture *p = epub_find_picture(context, hash);

    if (p == NULL)
        return false;
    *media = (struct body_html_media){.url = p->name, .width = p->picture.width, .height = p->picture.height};
    return true;
}

/* The book holds no sound and no video: what it is, its caption, and where on the site it can be heard or seen. */
static struct body_node *recording(struct epub *e, const struct body_node *n)
{
    struct str label = n->kind == BODY_SOUND ? e->issue->words.sound : e->issue->words.video;
    struct str address = str_format(e->a, "%.*s%.*s", STR_ARG(e->issue->base_url), STR_ARG(e->permalink));
    struct body_node *line = body_new(e->a, BODY_PARAGRAPH);

    body_add_text(e->a, line, str_format(e->a, "%.*s ", STR_ARG(label)), MARK_BOLD, STR_NONE);
    for (const struct body_node *child = n->first; child != NULL; child = child->next) {
        struct body_node *copy = NEW(e->a, struct body_node);
        *copy = *child;
        copy->next = copy->parent = NULL;
        body_add(line, copy);
    }
    if (str_is_empty(e->permalink))
        return line;
    body_add(line, body_new(e->a, BODY_BREAK));
    body_add_text(e->a, line, address, MARK_LINK, address);
    return line;
}

/* A path of the site leads nowhere inside a book: links become whole addresses. */
static struct body_node *with_whole_links(struct epub *e, const struct body_node *n)
{
    if (n->kind == BODY_SOUND || n->kind == BODY_VIDEO)
        return recording(e, n);
    struct body_node *copy = NEW(e->a, struct body_node);
    *copy = *n;
    copy->first = copy->last = copy->next = copy->parent = NULL;
    if (n->kind == BODY_TEXT && str_starts(n->href, S("/")))
        copy->href = str_format(e->a, "%.*s%.*s", STR_ARG(e->issue->base_url), STR_ARG(n->href));
    for (const struct body_node *child = n->first; child != NULL; child = child->next)
        body_add(copy, with_whole_links(e, child));
    return copy;
}

static void add_body(struct epub *e, struct html_out *o, const struct body_node *doc)
{
    const struct press_words *w = &e->issue->words;
    struct body_html_options options = {.xhtml = true,
                                        .media = find_media,
                                        .context = e,
                                        .notes_title = w->notes,
                                        .note_word = w->note,
                                        .back_word = w->back,
                                        .table_word = w->table};

    if (doc != NULL)
        body_to_html(o, with_whole_links(e, doc), &options);
}

static void add_questions(struct epub *e, struct html_out *o, const struct press_item *item)
{
    if (item->n_questions == 0)
        return;
    element(o, "<aside class=\"questions\"><h2>", e->issue->words.questions, "</h2>");
    raw(o, "<ol>");
    for (size_t i = 0; i < item->n_questions; i++)
        element(o, "<li>", item->questions[i], "</li>");
    raw(o, "</ol></aside>\n");
}

static void add_title(struct epub *e, struct html_out *o, const struct press_item *item)
{
    bool linked = str_starts(item->permalink, S("/")) && !str_is_empty(item->title);

    if (linked) {
        raw(o, "<h1><a href=\"");
        html_url(o, str_format(e->a, "%.*s%.*s", STR_ARG(e->issue->base_url), STR_ARG(item->permalink)));
        element(o, "\">", item->title, "</a></h1>");
        return;
    }
    element(o, "<h1>", item->title, "</h1>");
}

struct str epub_item(struct epub *e, const struct press_section *section, const struct press_item *item,
                     bool opens_section)
{
    struct html_out o = begin_page(e, item->title, "chapter");

    if (opens_section)
        element(&o, "<p class=\"section\">", section->name, "</p>\n");
    raw(&o, "<header>");
    element(&o, "<p class=\"kicker\">",
            joined(e, item->read_aloud ? e->issue->words.read_aloud : STR_NONE, item->kicker), "</p>");
    add_title(e, &o, item);
    element(&o, "<p class=\"standfirst\">", item->standfirst, "</p>");
    element(&o, "<p class=\"byline\">", joined(e, item->authors, item->unit), "</p>");
    raw(&o, "</header>\n");
    e->permalink = item->permalink;
    add_body(e, &o, item->body);
    add_questions(e, &o, item);
    return end_page(&o);
}

struct str epub_editorial(struct epub *e)
{
    struct html_out o = begin_page(e, e->issue->editorial_title, "foreword");

    element(&o, "<h1>", e->issue->editorial_title, "</h1>\n");
    add_body(e, &o, e->issue->editorial);
    return end_page(&o);
}

/* --- cover, contents, colophon ------------------------------------------------------------------------------------ */

struct str epub_cover(struct epub *e)
{
    struct html_out o = begin_page(e, e->issue->publication, "cover");
    struct str name = e->cover_picture != NULL ? e->cover_picture->name : e->drawn_cover ? S("cover.png") : STR_NONE;

    if (!str_is_empty(name)) {
        raw(&o, "<p class=\"cover\"><img src=\"");
        html_attr(&o, name);
        raw(&o, "\" alt=\"");
        html_attr(&o, joined(e, e->issue->publication, e->issue->label));
        raw(&o, "\"/></p>\n");
    }
    if (!e->drawn_cover) {
        element(&o, "<h1>", e->issue->publication, "</h1>");
        element(&o, "<p>", joined(e, e->issue->label, e->issue->date_text), "</p>");
    }
    return end_page(&o);
}

static void nav_link(struct epub *e, struct html_out *o, const char *href, struct str title)
{
    raw(o, "<li><a href=\"");
    raw(o, href);
    raw(o, "\">");
    html_text(o, str_is_empty(title) ? e->issue->publication : title);
    raw(o, "</a></li>");
}

static void nav_section(struct epub *e, struct html_out *o, const struct press_section *section, int *n)
{
    bool named = !str_is_empty(section->name);

    if (section->n_items == 0)
        return;
    if (named) {
        element(o, "<li><span>", section->name, "</span>");
        raw(o, "<ol>");
    }
    for (size_t k = 0; k < section->n_items; k++) {
        struct str href = str_format(e->a, "item-%d.xhtml", ++*n);
        nav_link(e, o, str_z(e->a, href), section->items[k].title);
    }
    raw(o, named ? "</ol></li>\n" : "\n");
}

struct str epub_nav(struct epub *e)
{
    struct html_out o = begin_page(e, e->issue->words.contents, "frontmatter");
    int n = 0;

    raw(&o, "<nav epub:type=\"toc\" id=\"toc\">");
    element(&o, "<h1>", e->issue->words.contents, "</h1>");
    raw(&o, "<ol>\n");
    if (e->issue->editorial != NULL)
        nav_link(e, &o, "editorial.xhtml", e->issue->editorial_title);
    for (size_t i = 0; i < e->issue->n_sections; i++)
        nav_section(e, &o, &e->issue->sections[i], &n);
    nav_link(e, &o, "colophon.xhtml", e->issue->words.imprint);
    raw(&o, "</ol></nav>\n<nav epub:type=\"landmarks\" hidden=\"hidden\"><ol>"
            "<li><a epub:type=\"cover\" href=\"cover.xhtml\">");
    html_text(&o, e->issue->words.cover);
    raw(&o, "</a></li><li><a epub:type=\"toc\" href=\"nav.xhtml\">");
    html_text(&o, e->issue->words.contents);
    raw(&o, "</a></li></ol></nav>\n");
    return end_page(&o);
}

struct str epub_colophon(struct epub *e)
{
    const struct press_issue *issue = e->issue;
    struct html_out o = begin_page(e, issue->words.imprint, "colophon");

    element(&o, "<h1>", issue->words.imprint, "</h1>\n");
    element(&o, "<p>", joined(e, issue->publication, joined(e, issue->label, issue->date_text)), "</p>\n");
    element(&o, "<p>", issue->organisation, "</p>\n");
    for (size_t i = 0; i < issue->n_imprint; i++)
        element(&o, "<p>",
                str_format(e->a, "%.*s: %.*s", STR_ARG(issue->imprint[i].label), STR_ARG(issue->imprint[i].text)),
                "</p>\n");
    element(&o, "<p class=\"hash\">", str_format(e->a, "%.*s: %.*s", STR_ARG(issue->words.hash), STR_ARG(issue->hash)),
            "</p>\n");
    return end_page(&o);
}

struct str epub_style(struct epub *e)
{
    struct str accent = e->issue->accent.len == 7 ? e->issue->accent : S("#9b1c21");

    return str_format(
        e->a,
        "body { line-height: 1.5; margin: 0 4%%; }\n"
        "h1, h2, h3, h4 { line-height: 1.25; text-align: left; hyphens: none; page-break-after: avoid; }\n"
        "p { margin: 0 0 0.6em 0; }\n"
        ".cover { margin: 0; text-align: center; }\n.cover img { max-width: 100%%; max-height: 96vh; }\n"
        ".mark { color: %.*s; font-weight: bold; text-align: center; font-size: 0.8em; }\n"
        ".section { color: %.*s; font-weight: bold; border-top: 2px solid %.*s; padding-top: 0.3em; }\n"
        ".kicker { color: %.*s; font-weight: bold; font-size: 0.85em; margin-bottom: 0.2em; }\n"
        "h1 a { color: inherit; text-decoration: none; }\n.standfirst { font-size: 1.05em; opacity: 0.8; }\n.byline { "
        "font-weight: bold; font-size: 0.85em; }\n"
        ".questions, aside.box, .box { border-left: 3px solid %.*s; padding: 0.2em 0 0.2em 1em; margin: 1.2em 0; }\n"
        "figure { margin: 1.2em 0; page-break-inside: avoid; }\nfigure img { max-width: 100%%; height: auto; }\n"
        "figcaption, .notes, .hash { font-size: 0.85em; }\n.hash { word-break: break-all; }\n"
        "blockquote { margin: 1em 0 1em 1em; font-style: italic; }\n"
        "table { border-collapse: collapse; margin: 1em 0; font-size: 0.85em; }\n"
        "td, th { border: 1px solid #999; padding: 0.3em 0.5em; vertical-align: top; text-align: left; }\n"
        "td p, th p { margin: 0; }\nnav ol { list-style: none; padding-left: 0; }\nnav ol ol { margin-bottom: 1em; }\n"
        "nav span { color: %.*s; font-weight: bold; }\nnav li { margin: 0.4em 0; }\n",
        STR_ARG(accent), STR_ARG(accent), STR_ARG(accent), STR_ARG(accent), STR_ARG(accent), STR_ARG(accent));
}

/* --- the package -------------------------------------------------------------------------------------------------- */

struct str epub_container(struct epub *e)
{
    (void)e;
    return S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
             "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>"
             "</rootfiles></container>\n");
}

/* The same for every making of one issue, so that a reader's program replaces the older book. */
static struct str identifier(struct epub *e)
{
    const struct press_issue *issue = e->issue;
    struct str d = digest_of(e->a, str_format(e->a, "%.*s\n%.*s\n%d\n%d", STR_ARG(issue->base_url),
                                              STR_ARG(issue->publication), issue->year, issue->number));

    return str_format(e->a, "urn:uuid:%.8s-%.4s-5%.3s-a%.3s-%.12s", d.ptr, d.ptr + 8, d.ptr + 12, d.ptr + 15,
                      d.ptr + 18);
}

static struct str date_in(struct epub *e, const char *format)
{
    char text[40];
    struct tm tm;
    time_t date = (time_t)e->issue->date;

    gmtime_r(&date, &tm);
    strftime(text, sizeof text, format, &tm);
    return str_copy(e->a, str_of(text));
}

static void add_metadata(struct epub *e, struct html_out *o)
{
    const struct press_issue *issue = e->issue;

    raw(o, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    element(o, "<dc:identifier id=\"id\">", identifier(e), "</dc:identifier>\n");
    element(o, "<dc:identifier>", str_format(e->a, "urn:sha256:%.*s", STR_ARG(issue->hash)), "</dc:identifier>\n");
    element(o, "<dc:title>", joined(e, issue->publication, issue->label), "</dc:title>\n");
    element(o, "<dc:language>", issue->lang, "</dc:language>\n");
    element(o, "<dc:publisher>", issue->organisation, "</dc:publisher>\n");
    element(o, "<dc:description>", joined(e, issue->title, issue->mark), "</dc:description>\n");
    element(o, "<dc:date>", date_in(e, "%Y-%m-%d"), "</dc:date>\n");
    element(o, "<meta property=\"dcterms:modified\">", date_in(e, "%Y-%m-%dT%H:%M:%SZ"), "</meta>\n");
    element(o, "<meta property=\"belongs-to-collection\" id=\"series\">", issue->publication, "</meta>\n");
    raw(o, "<meta refines=\"#series\" property=\"collection-type\">series</meta>\n"
           "<meta refines=\"#series\" property=\"group-position\">");
    html_int(o, issue->number);
    raw(o, "</meta>\n</metadata>\n");
}

static void manifest_page(struct html_out *o, const char *id)
{
    buf_add_format(&o->buf, "<item id=\"%s\" href=\"%s.xhtml\" media-type=\"application/xhtml+xml\"/>\n", id, id);
}

static void add_manifest(struct epub *e, struct html_out *o, int n_items)
{
    raw(o, "<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n"
           "<item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n");
    manifest_page(o, "cover");
    if (e->drawn_cover)
        raw(o, "<item id=\"cover-image\" href=\"cover.png\" media-type=\"image/png\" properties=\"cover-image\"/>\n");
    if (e->issue->editorial != NULL)
        manifest_page(o, "editorial");
    for (int i = 1; i <= n_items; i++)
        manifest_page(o, str_z(e->a, str_format(e->a, "item-%d", i)));
    manifest_page(o, "colophon");
    for (size_t i = 0; i < e->n_pictures; i++) {
        const struct epub_picture *p = &e->pictures[i];
        if (!str_is_empty(p->name))
            buf_add_format(
                &o->buf, "<item id=\"m%zu\" href=\"%.*s\" media-type=\"%.*s\"%s/>\n", i + 1, STR_ARG(p->name),
                STR_ARG(p->picture.mime),
                e->cover_picture != NULL && str_equal(p->hash, e->issue->cover) ? " properties=\"cover-image\"" : "");
    }
    raw(o, "</manifest>\n");
}

static void add_spine(struct epub *e, struct html_out *o, int n_items)
{
    raw(o, "<spine>\n<itemref idref=\"cover\"/>\n<itemref idref=\"nav\"/>\n");
    if (e->issue->editorial != NULL)
        raw(o, "<itemref idref=\"editorial\"/>\n");
    for (int i = 1; i <= n_items; i++)
        buf_add_format(&o->buf, "<itemref idref=\"item-%d\"/>\n", i);
    raw(o, "<itemref idref=\"colophon\"/>\n</spine>\n");
}

struct str epub_package(struct epub *e)
{
    struct html_out o = html_out_in(e->a, LANG_VI);
    int n_items = 0;

    for (size_t i = 0; i < e->issue->n_sections; i++)
        n_items += (int)e->issue->sections[i].n_items;
    raw(&o,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
        "unique-identifier=\"id\" xml:lang=\"");
    html_attr(&o, e->issue->lang);
    raw(&o, "\">\n");
    add_metadata(e, &o);
    add_manifest(e, &o, n_items);
    add_spine(e, &o, n_items);
    raw(&o, "</package>\n");
    return html_done(&o).s;
}

/* --- pictures ----------------------------------------------------------------------------------------------------- */

static void warn(struct epub *e, enum press_warning_kind kind, struct str hash)
{
    report_warn(e->a, e->report, &e->warnings_cap, kind, e->item, hash);
}

static void find_new(struct epub *e, struct epub_picture *p)
{
    const struct press_media *media = &e->issue->media;

    if (media->find == NULL || media->find(media->context, e->a, p->hash, &p->picture) != OK)
        return warn(e, PRESS_PICTURE_MISSING, p->hash);
    if (!picture_is_whole(&p->picture))
        return warn(e, PRESS_PICTURE_BROKEN, p->hash);
    p->name =
        str_format(e->a, "media/%zu.%s", e->n_pictures, str_equal(p->picture.mime, S("image/png")) ? "png" : "jpg");
}

struct epub_picture *epub_find_picture(struct epub *e, struct str hash)
{
    for (size_t i = 0; i < e->n_pictures; i++)
        if (str_equal(e->pictures[i].hash, hash))
            return str_is_empty(e->pictures[i].name) ? NULL : &e->pictures[i];
    if (e->n_pictures == e->cap_pictures) {
        size_t cap = e->cap_pictures * 2 + 16;
        e->pictures = arena_grow(e->a, e->pictures, sizeof *e->pictures * e->cap_pictures, sizeof *e->pictures * cap);
        e->cap_pictures = cap;
    }
    struct epub_picture *p = &e->pictures[e->n_pictures++];
    *p = (struct epub_picture){.hash = hash};
    find_new(e, p);
    return str_is_empty(p->name) ? NULL : p;
}
