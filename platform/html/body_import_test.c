#include "unit/test.h"
#include "html/body_gen.h"
#include "html/body_import.h"
#include "html/body_inside.h"

#include <gumbo.h>

/* --- a tree as one short line: what the tables below compare ---------------------------------------------------------
 */

static void sketch(struct buf *b, const struct body_node *n);

static void sketch_text(struct buf *b, const struct body_node *n)
{
    static const char signs[] = "*/_,^";

    for (unsigned i = 0; i < 5; i++)
        if (n->marks & 1u << i)
            buf_add_char(b, signs[i]);
    if (n->marks & MARK_LINK)
        buf_add_format(b, "<%.*s>", STR_ARG(n->href));
    buf_add_format(b, "'%.*s'", STR_ARG(n->text));
}

static void sketch(struct buf *b, const struct body_node *n)
{
    static const char *const names[] = {"doc",   "h",  "p",  "ul",  "ol",    "li",    "quote", "box",
                                        "table", "tr", "td", "fig", "sound", "video", "br",    "note"};

    if (n->kind == BODY_TEXT) {
        sketch_text(b, n);
        return;
    }
    buf_add_z(b, names[n->kind]);
    if (n->kind == BODY_HEADING)
        buf_add_int(b, n->level);
    if (n->kind == BODY_NUMBERS && n->start != 1)
        buf_add_int(b, n->start);
    if (n->align != ALIGN_START)
        buf_add_char(b, n->align == ALIGN_CENTER ? '=' : '>');
    if (n->header)
        buf_add_char(b, '!');
    if (n->colspan > 1 || n->rowspan > 1)
        buf_add_format(b, "%dx%d", n->colspan, n->rowspan);
    if (n->media.len > 0)
        buf_add(b, str_sub(n->media, 0, 9));
    if (n->kind == BODY_BREAK)
        return;
    buf_add_char(b, '(');
    for (const struct body_node *c = n->first; c != NULL; c = c->next) {
        if (c != n->first)
            buf_add_char(b, ' ');
        sketch(b, c);
    }
    buf_add_char(b, ')');
}

static struct str sketch_of(const struct body_node *doc)
{
    struct buf b = buf_in(t);

    sketch(&b, doc);
    return buf_str(&b);
}

static const struct {
    const char *html, *tree;
} cases[] = {
    {"", "doc(p())"},
    {"text", "doc(p('text'))"},
    {"<p> a \n b </p><p>&nbsp;</p><p></p>", "doc(p('a b'))"},
    {"<div>a<div>b</div>c <i>d</i> </div>e", "doc(p('a') p('b') p('c ' /'d') p('e'))"},
    {"<h1>A</h1><h2><div>B</div></h2><h3>C</h3><h6>D</h6>", "doc(h2('A') h2('B') h3('C') h4('D'))"},
    {"<p align=center>a</p><p style='text-align: right'>b</p>", "doc(p=('a') p>('b'))"},
    {"<p>a<br>b<br><br></p>", "doc(p('a' br 'b'))"},
    {"<p><b>a</b><strong>b</strong> <u><em>c</em></u><sub>d</sub><sup>e</sup></p>",
     "doc(p(*'ab' ' ' /_'c' ,'d' ^'e'))"},
    {"<p><span style='font-weight:700'>a</span><span style=\"font-style:italic;x:y\">b</span></p>",
     "doc(p(*'a' /'b'))"},
    {"<b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:400'>a</span></p></b>",
     "doc(p('a'))"},
    {"<a href='https://a.vn/?a=1&amp;b'>x <b>y</b></a><a href='javascript:z'>z</a>",
     "doc(p(<https://a.vn/?a=1&b>'x ' *<https://a.vn/?a=1&b>'y' 'z'))"},
    {"<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul><ol start=3><li>e</ol>",
     "doc(ul(li(p('a') ul(li(p('b')))) li(p('c') p('d'))) ol3(li(p('e'))))"},
    {"<ul><li>a</li><ul><li>b</li></ul>c</ul>", "doc(ul(li(p('a') ul(li(p('b'))) p('c'))))"},
    {"<ul><li><h2>a</h2><li><table><tr><td>b</table></ul>", "doc(ul(li(p('a')) li(p() table(tr(td(p('b')))))))"},
    {"<li>a<li>b", "doc(p('a') p('b'))"},
    {"<dl><dt>a<dd>b</dl>", "doc(p(*'a') p('b'))"},
    {"<blockquote><h2>a</h2><p>b</p><img src=x><p>c</p></blockquote>",
     "doc(quote(p('a') p('b')) figpending:0() quote(p('c')))"},
    {"<aside><p>a</p><aside>b</aside></aside>", "doc(box(p('a') p('b')))"},
    {"<table><caption>k</caption><thead><tr><td colspan=2>a<tbody><tr><th>b<td rowspan=9>c</table>",
     "doc(p('k') table(tr(td!2x1(p('a'))) tr(td!(p('b')) td(p('c')))))"},
    {"<table><tr><td>a<table><tr><td>b<td>c</table>d<td></table>",
     "doc(table(tr(td(p('a') p('b') p('c') p('d')) td(p()))))"},
    {"<table><tr></tr><tr><td>a</table>", "doc(table(tr(td(p('a')))))"},
    {"<table><tr><td rowspan=2>a<tr></tr></table>", "doc(table(tr(td1x2(p('a'))) tr()))"},
    {"<p>a <img src='data:image/png;base64,AA' alt=k> b</p>", "doc(p('a') figpending:0() p('b'))"},
    {"<figure><img src=x><figcaption><p>k</p><p>l</p></figcaption></figure>", "doc(figpending:0('k' br 'l'))"},
    {"<script>a</script><style>b</style><iframe "
     "src=x>c</iframe><object>d</object><title>e</title>f<o:p>g</o:p><blink>h</blink>",
     "doc(p('fgh'))"},
    {"<!--[if gte mso 9]><xml>a</xml><![endif]-->b<![if !x]>c<![endif]>", "doc(p('bc'))"},
    {"<pre>a\n  b</pre>", "doc(p('a' br '  b'))"},
    {"<p>tie\xcc\x82\xcc\x81ng</p>", "doc(p('tiếng'))"},
    {"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
     "style='mso-list:Ignore'>·<span>&nbsp; "
     "</span></span><![endif]>a<o:p></o:p></p><p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o "
     "</span>b</p>"
     "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>· </span>c</p><p>d</p>",
     "doc(ul(li(p('a') ul(li(p('b')))) li(p('c'))) p('d'))"},
    {"<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>a</p><p style='mso-list:l0 level1 "
     "lfo1'><span "
     "style='mso-list:Ignore'>3. </span>b</p><p style='mso-list:l1 level1 lfo1'><span style='mso-list:Ignore'>a) "
     "</span>c</p>",
     "doc(ol2(li(p('a')) li(p('b'))) p('a) c'))"},
    {"<p>a<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'>[1]</a> b</p><div "
     "style='mso-element:footnote-list'><div "
     "style='mso-element:footnote' id=ftn1><p><a style='mso-footnote-id:ftn1' href='#_ftnref1'>[1]</a> xem "
     "<b>k</b></p></div></div>",
     "doc(p('a' note('xem ' *'k') ' b'))"},
};

TEST(html_becomes_the_tree_that_a_reader_saw)
{
    for (size_t i = 0; i < countof(cases); i++) {
        struct body_import_report r;
        struct body_node *doc;
        assert_ok(body_of_html(t, str_of(cases[i].html), &r, &doc));
        assert_str(sketch_of(doc), str_of(cases[i].tree));
    }
}

TEST(what_was_left_out_is_in_the_report)
{
    struct body_import_report r;
    struct body_node *doc;

    assert_ok(
        body_of_html(t, S("a<script></script><embed><img src=' a.png ' alt=x><a href='ftp://x'>y</a>"), &r, &doc));
    assert_int_equal(r.dropped, 2);
    assert_int_equal(r.links_dropped, 1);
    assert_int_equal(r.image_count, 1);
    assert_text(r.images[0].src, "a.png");
    assert_text(r.images[0].alt, "x");
}

static bool store_first(void *context, const struct body_import_image *image, struct str *hash)
{
    (void)context;
    if (!str_equal(image->src, S("a")))
        return false;
    *hash = S("0123456789012345678901234567890123456789012345678901234567890123");
    return true;
}

TEST(pending_pictures_get_their_stored_file_or_leave_their_caption)
{
    struct body_import_report r;
    struct body_node *doc, *again;

    assert_ok(
        body_of_html(t, S("<img src=a><figure><img src=b><figcaption>k</figcaption></figure><img src=c>"), &r, &doc));
    assert_err(body_of_json(t, body_to_json(t, doc), &again), E_INVALID);
    body_import_resolve(t, doc, &r, store_first, NULL);
    assert_text(sketch_of(doc), "doc(fig012345678() p('k'))");
    assert_ok(body_of_json(t, body_to_json(t, doc), &again));
}

static struct str repeated(const char *open, int n, const char *close)
{
    struct buf b = buf_in(t);

    for (int i = 0; i < n; i++)
        buf_add_z(&b, open);
    buf_add_z(&b, "text");
    for (int i = 0; i < n; i++)
        buf_add_z(&b, close);
    return buf_str(&b);
}

TEST(depth_and_size_are_refused_before_they_cost_time)
{
    struct body_import_report r;
    struct body_node *doc;

    assert_err(body_of_html(t, repeated("<div>", 20000, "</div>"), &r, &doc), E_TOO_LARGE);
    assert_err(body_of_html(t, repeated("<div><table></div></table>", 20000, ""), &r, &doc), E_TOO_LARGE);
    assert_err(body_of_html(t, repeated("text", 1 + BODY_IMPORT_MAX_BYTES / 4, ""), &r, &doc), E_TOO_LARGE);
    assert_ok(body_of_html(t, repeated("<p>a<br>", 20000, ""), &r, &doc));
    assert_ok(body_of_html(t, repeated("<div>", 300, "</div>"), &r, &doc));
    assert_text(sketch_of(doc), "doc(p('text'))");
    assert_ok(body_of_html(t, repeated("<blockquote><ul><li>", 100, ""), &r, &doc));
    assert_ok(body_of_json(t, body_to_json(t, doc), &doc));
}

/* --- nothing is lost -------------------------------------------------------------------------------------------------
 */

static void letters_of(struct buf *b, struct str s)
{
    s = body_clean_text(t, s);
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        if (!body_is_space(str_next_code(s, &at)))
            buf_add(b, str_sub(s, from, at - from));
    }
}

static struct str letters_of_tree(const struct body_node *doc)
{
    struct buf b = buf_in(t);

    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n))
        if (n->kind == BODY_TEXT)
            letters_of(&b, n->text);
    return buf_str(&b);
}

static void letters_of_html(struct buf *b, const GumboNode *n)
{
    if (n->type == GUMBO_NODE_TEXT)
        letters_of(b, str_of(n->v.text.text));
    if (n->type != GUMBO_NODE_ELEMENT || n->v.element.tag == GUMBO_TAG_HEAD || n->v.element.tag == GUMBO_TAG_SCRIPT)
        return;
    for (unsigned i = 0; i < n->v.element.children.length; i++)
        letters_of_html(b, n->v.element.children.data[i]);
}

/* A page of tags and words at random, most of them out of place. */
static struct str random_page(uint64_t seed)
{
    static const char *const parts[] = {
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i style='font-weight:bold'>",
        "</i>",
        "<ul>",
        "</ul>",
        "<ol start=4>",
        "</ol>",
        "<li>",
        "</li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td colspan=2>",
        "<th rowspan=3>",
        "</td>",
        "</tr>",
        "<blockquote>",
        "</blockquote>",
        "<aside>",
        "</aside>",
        "<h2>",
        "</h2>",
        "<img src=x>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "<br>",
        "<a href='/x'>",
        "</a>",
        "<pre>",
        "</pre>",
        "<sup>",
        "</sup>",
        "<caption>",
        "<hr>",
        "một ",
        "hai",
        " ba ",
        "bốn",
        "\n",
        "&nbsp;",
        "&lt;x&gt;",
    };
    uint64_t state = seed * 0x9e3779b97f4a7c15u + 1;
    struct buf b = buf_in(t);

    for (int i = 0; i < 80; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        buf_add_z(&b, parts[(state >> 33) % countof(parts)]);
        if (i % 3 == 0)
            buf_add_format(&b, "w%d ", i);
    }
    return buf_str(&b);
}

static int compare_bytes(const void *a, const void *b)
{
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* Lifting and captions may change the order, so letters are compared as a bag. */
static struct str bag(struct str s)
{
    struct str copy = str_copy(t, s);

    qsort((char *)copy.ptr, copy.len, 1, compare_bytes);
    return copy;
}

TEST(no_letter_of_any_page_is_lost_and_the_tree_is_always_valid)
{
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct body_import_report r;
        struct body_node *doc, *again;
        struct str page = random_page(seed);
        struct buf letters = buf_in(t);
        GumboOutput *parsed = gumbo_parse_with_options(&kGumboDefaultOptions, page.ptr, page.len);
        letters_of_html(&letters, parsed->root);
        gumbo_destroy_output(&kGumboDefaultOptions, parsed);
        assert_ok(body_of_html(t, page, &r, &doc));
        assert_str(bag(letters_of_tree(doc)), bag(buf_str(&letters)));
        body_import_resolve(t, doc, &r, NULL, NULL);
        if (body_of_json(t, body_to_json(t, doc), &again) != OK)
            fail_msg("not valid: %.*s\n%.*s", STR_ARG(page), STR_ARG(body_to_json(t, doc)));
        assert_str(bag(letters_of_tree(again)), bag(buf_str(&letters)));
    }
}

TEST(tidying_a_tidy_tree_changes_nothing)
{
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct body_node *doc = body_generate(t, seed);
        struct str letters = letters_of_tree(doc);
        body_tidy(t, doc);
        struct str once = body_to_json(t, doc);
        assert_str(letters_of_tree(doc), letters);
        body_tidy(t, doc);
        assert_str(body_to_json(t, doc), once);
        assert_ok(body_of_json(t, once, &doc));
    }
}
