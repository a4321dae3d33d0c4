#include "unit/test.h"
#include "html/body_gen.h"
#include "html/body_html.h"
#include "html/body_import.h"

#include <gumbo.h>

#define H1 "1111111111111111111111111111111111111111111111111111111111111111"

static bool find_media(void *context, struct str hash, struct body_html_media *m)
{
    static const struct body_html_size sizes[] = {{{"/m/1-400.webp", 13}, 400}, {{"/m/1-800.webp", 13}, 800}};

    (void)context;
    if (!str_starts(hash, S("1")))
        return false;
    *m = (struct body_html_media){.url = S("/m/1?a&b"), .width = 800, .height = 600, .sizes = sizes, .size_count = 2};
    return true;
}

static const struct body_html_options web = {.media = find_media,
                                             .notes_title = {"Notes", 5},
                                             .note_word = {"Note", 4},
                                             .back_word = {"Back", 4},
                                             .table_word = {"Table", 5}};

static struct body_node *read_tree(const char *blocks)
{
    struct body_node *doc;

    assert_ok(body_of_json(t, str_format(t, "{\"type\":\"doc\",\"content\":[%s]}", blocks), &doc));
    return doc;
}

static struct str render(const struct body_node *doc, const struct body_html_options *options)
{
    struct html_out out = html_out_in(t, LANG_VI);

    body_to_html(&out, doc, options);
    return html_done(&out).s;
}

#define TEXT(s)    "{\"type\":\"text\",\"text\":\"" s "\"}"
#define PARA(in)   "{\"type\":\"paragraph\",\"content\":[" in "]}"
#define ITEM(in)   "{\"type\":\"list_item\",\"content\":[" in "]}"
#define CELL(a, s) "{\"type\":\"table_cell\",\"attrs\":{" a "},\"content\":[" PARA(TEXT(s)) "]}"
#define ROW(in)    "{\"type\":\"table_row\",\"content\":[" in "]}"
#define TABLE(in)  "{\"type\":\"table\",\"content\":[" in "]}"
#define LINK       "{\"type\":\"link\",\"attrs\":{\"href\":\"https://a.vn/?a=1&b=2\"}}"
#define WRAP       "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table id=\"d1\">\n"

static const struct {
    const char *json, *html;
} cases[] = {
    {PARA(TEXT("a<b>&\\\"")), "<p id=\"d1\">a&lt;b&gt;&amp;\"</p>\n"},
    {"{\"type\":\"paragraph\",\"attrs\":{\"align\":\"center\"}}", "<p id=\"d1\" class=\"center\"></p>\n"},
    {"{\"type\":\"heading\",\"attrs\":{\"level\":3},\"content\":[" TEXT("a") "]}", "<h3 id=\"d1\">a</h3>\n"},
    {PARA("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"bold\"}," LINK
          "]},{\"type\":\"text\",\"text\":\"b\",\"marks\":[" LINK "]}"),
     "<p id=\"d1\"><a href=\"https://a.vn/?a=1&amp;b=2\"><strong>a</strong>b</a></p>\n"},
    {"{\"type\":\"ordered_list\",\"attrs\":{\"start\":3},\"content\":[" ITEM(PARA(TEXT("a")) "," PARA(TEXT("b"))) "]}",
     "<ol start=\"3\">\n<li id=\"d1\">a<p id=\"d2\">b</p>\n</li>\n</ol>\n"},
    {"{\"type\":\"quote\",\"content\":[" PARA(TEXT("a")) "]},{\"type\":\"box\",\"content\":[" PARA(TEXT("b")) "]}",
     "<blockquote>\n<p id=\"d1\">a</p>\n</blockquote>\n<aside class=\"box\">\n<p id=\"d2\">b</p>\n</aside>\n"},
    {TABLE(ROW(CELL("\"header\":true", "a") "," CELL("\"header\":true,\"colspan\":2", "b")) "," ROW(
         CELL("\"header\":true", "c") "," CELL("", "d") "," CELL("\"rowspan\":2", "e"))),
     WRAP "<thead><tr><th scope=\"col\">a</th><th scope=\"colgroup\" colspan=\"2\">b</th></tr>\n</thead>\n<tbody>"
          "<tr><th scope=\"row\">c</th><td>d</td><td rowspan=\"2\">e</td></tr>\n</tbody></table></div>\n"},
    {TABLE(ROW(CELL("\"header\":true", "a"))),
     WRAP "<tbody><tr><th scope=\"row\">a</th></tr>\n</tbody></table></div>\n"},
    {"{\"type\":\"figure\",\"attrs\":{\"media\":\"" H1
     "\",\"alt\":\"x\\\"\",\"credit\":\"N\"},\"content\":[" TEXT("k") "]}",
     "<figure id=\"d1\"><img src=\"/m/1?a&amp;b\" srcset=\"/m/1-400.webp 400w, /m/1-800.webp 800w\" width=\"800\" "
     "height=\"600\""
     " loading=\"lazy\" decoding=\"async\" alt=\"x&#34;\"><figcaption>k <span "
     "class=\"credit\">N</span></figcaption></figure>\n"},
    {"{\"type\":\"sound\",\"attrs\":{\"media\":\"" H1 "\"}}",
     "<figure id=\"d1\" class=\"sound\"><audio controls preload=\"none\" src=\"/m/1?a&amp;b\"></audio></figure>\n"},
    {PARA(TEXT("a") ",{\"type\":\"note\",\"content\":[" TEXT("n") "]},{\"type\":\"hard_break\"}"),
     "<p id=\"d1\">a<sup class=\"note\"><a id=\"r1\" href=\"#n1\" role=\"doc-noteref\" aria-label=\"Note "
     "1\">1</a></sup><br></p>\n"
     "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n<li id=\"n1\">n <a href=\"#r1\" "
     "role=\"doc-backlink\""
     " aria-label=\"Back 1\">↩</a></li>\n</ol>\n</section>\n"},
};

TEST(the_tree_becomes_meaningful_html)
{
    for (size_t i = 0; i < countof(cases); i++)
        assert_str(render(read_tree(cases[i].json), &web), str_of(cases[i].html));
}

TEST(xhtml_is_closed_and_names_its_notes)
{
    struct body_html_options epub = web;
    struct body_node *doc =
        read_tree(PARA(TEXT("a") ",{\"type\":\"note\",\"content\":[" TEXT("n") "]},{\"type\":\"hard_break\"}"));

    epub.xhtml = true;
    epub.id_prefix = S("b7-");
    assert_text(
        render(doc, &epub),
        "<p id=\"b7-d1\">a<sup class=\"note\"><a id=\"b7-r1\" href=\"#b7-n1\" epub:type=\"noteref\" "
        "role=\"doc-noteref\""
        " aria-label=\"Note 1\">1</a></sup><br/></p>\n<section class=\"notes\" epub:type=\"footnotes\" "
        "aria-label=\"Notes\">\n"
        "<aside id=\"b7-n1\" epub:type=\"footnote\" role=\"doc-footnote\"><p><a href=\"#b7-r1\" role=\"doc-backlink\""
        " aria-label=\"Back 1\">1.</a> n</p></aside>\n</section>\n");
}

TEST(headings_take_the_level_their_page_gives_them)
{
    struct body_html_options deep = web;

    deep.first_heading = 5;
    assert_text(render(read_tree("{\"type\":\"heading\",\"attrs\":{\"level\":4}}"), &deep), "<h6 id=\"d1\"></h6>\n");
}

TEST(anchors_count_the_blocks_that_html_numbers)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct body_node *doc = body_generate(t, seed);
        struct str html = render(doc, &web);
        int last = 0;
        for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n)) {
            int anchor = body_anchor(doc, n);
            if (anchor == 0)
                continue;
            assert_int_equal(anchor, ++last);
            assert_ptr_equal(body_of_anchor(doc, anchor), n);
        }
        assert_true(last == 0 || str_contains(html, str_format(t, " id=\"d%d\"", last)));
        assert_false(str_contains(html, str_format(t, " id=\"d%d\"", last + 1)));
    }
}

/* What a browser would make of the page holds the same letters: nothing was taken for markup. */
TEST(any_tree_survives_the_way_through_html_and_back)
{
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct body_import_report r;
        struct body_node *doc = body_generate(t, seed), *back;
        struct body_html_options plain = {.notes_title = S(""), .media = find_media};
        assert_ok(body_of_html(t, render(doc, &plain), &r, &back));
        assert_true(body_count_words(back) >= body_count_words(doc));
    }
}
