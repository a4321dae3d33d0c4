#include "html_test_render.h"
#include "html_test_views.h"
#include "unit/test.h"

static struct str fixed_ago(struct arena *a, enum lang lang, int64_t when, int64_t now)
{
    return str_format(a, "%s<%lld", lang == LANG_EN ? "ago" : "trước", (long long)(now - when));
}

static struct html_out out_in(enum lang lang)
{
    static const struct html_filters filters = {.ago = fixed_ago};
    struct html_out out = html_out_in(t, lang);

    html_set_filters(&filters);
    out.now = 100;
    out.csrf = S("to\"ken");
    return out;
}

void test_paragraph(struct html_out *out, struct str text, const struct test_row *row)
{
    html_text(out, text);
    html_int(out, row->id.v);
}

static struct str places(struct str a)
{
    struct html_out out = out_in(LANG_VI);
    struct v_test_places v = {
        .a = a, .z = "z&z", .n = -7, .small = 255, .yes = true, .id = {INT64_MIN}, .markup = {S("<hr>")}};

    render_test_places(&out, &v);
    return html_done(&out).s;
}

static void has(struct str page, const char *part)
{
    if (!str_contains(page, str_of(part)))
        print_error("\"%s\" is not in\n%.*s\n", part, STR_ARG(page));
    assert_true(str_contains(page, str_of(part)));
}

static void lacks(struct str page, const char *part)
{
    if (str_contains(page, str_of(part)))
        print_error("\"%s\" is in\n%.*s\n", part, STR_ARG(page));
    assert_false(str_contains(page, str_of(part)));
}

TEST(every_c_type_is_printed_in_text)
{
    has(places(S("a")), "<p>a|z&amp;z|-7|255|1|-9223372036854775808|<hr>|&lt;i&gt;</p>");
}

TEST(text_cannot_leave_its_element)
{
    struct str page = places(S("</p></title></textarea><script>alert(1)</script>&amp;"));

    lacks(page, "<script");
    has(page, "<title>&lt;/p&gt;&lt;/title&gt;");
    has(page, "<textarea>\n&lt;/p&gt;");
    has(page, "&amp;amp;");
}

TEST(text_cannot_leave_its_attribute)
{
    struct str page = places(S("\"' onmouseover=\"alert(1)\" x='"));

    has(page, "title=\"&#34;&#39; onmouseover=&#34;alert(1)&#34; x=&#39;\" lang='&#34;&#39; onmouseover=");
    lacks(str_skip(page, str_find(page, S("<p title"), 0)), "=\"alert");
}

TEST(an_address_of_an_unknown_scheme_becomes_a_hash)
{
    has(places(S("javascript:alert(1)")), "<a href=\"#\">1</a>");
    has(places(S("javascript:alert(1)")), "<img srcset=\"# 1x, # -7x\" alt=\"\">");
}

TEST(an_address_behind_a_branch_is_never_a_scheme)
{
    has(places(S("javascript:alert(1)")), "<a href=\"#javascript%3Aalert%281%29\">3</a>");
}

TEST(a_part_of_an_address_is_percent_encoded)
{
    has(places(S("../a b&c=d?e#f\"'Đ")),
        "<a href=\"/bai/..%2Fa%20b%26c%3Dd%3Fe%23f%22%27%C4%90?q=..%2Fa%20b%26c%3Dd%3Fe%23f%22%27%C4%90#-922");
}

TEST(only_known_schemes_and_paths_of_this_site_are_safe)
{
    static const char *const safe[] = {"",  "/a",        "a/b:c",         "?a=b:c",         "#a:b", "http://a.vn/",
                                       "a", "HTTPS://A", "mailto:a@b.vn", "/bai/mot-bai-1", "./a:b"};
    static const char *const unsafe[] = {"javascript:a",
                                         "JAVASCRIPT:a",
                                         " javascript:a",
                                         "java\tscript:a",
                                         "\x01javascript:a",
                                         "data:text/html,a",
                                         "vbscript:a",
                                         "//evil.vn",
                                         "/\\evil.vn",
                                         "\\\\evil.vn",
                                         "ftp://a",
                                         "a:b",
                                         ":",
                                         "java\nscript:a",
                                         "file:///etc/passwd",
                                         "/a\r\nb"};

    for (size_t i = 0; i < countof(safe); i++)
        if (!html_url_is_safe(str_of(safe[i])))
            fail_msg("%s is refused", safe[i]);
    for (size_t i = 0; i < countof(unsafe); i++)
        if (html_url_is_safe(str_of(unsafe[i])))
            fail_msg("%s is let through", unsafe[i]);
}

TEST(a_safe_address_is_still_escaped)
{
    has(places(S("/tim-kiem?q=a&b='\"<>")), "<a href=\"/tim-kiem?q=a&amp;b=&#39;%22%3C%3E\">1</a>");
}

TEST(control_characters_are_dropped)
{
    struct html_out out = out_in(LANG_VI);

    html_text(&out, ((struct str){"a\0b\x1b[1m\tc\n", 10}));
    assert_text(html_done(&out).s, "ab[1m\tc\n");
}

/* --- flow --------------------------------------------------------------------------------------------------------- */

static const struct test_row rows[] = {{{1}, {"a<", 2}, 90}, {{2}, {"b", 1}, 40, MSG_field_choose}};

static struct str flow(enum lang lang, struct v_test_flow v)
{
    struct html_out out = out_in(lang);

    render_test_flow(&out, &v);
    return html_done(&out).s;
}

TEST(branches_follow_their_conditions)
{
    has(flow(LANG_VI, (struct v_test_flow){0}), "draft\n");
    has(flow(LANG_VI, (struct v_test_flow){.state = TEST_OUT, .n = 1, .first = rows}), "some\n");
    has(flow(LANG_VI, (struct v_test_flow){.state = TEST_OUT}), "none\n");
}

TEST(loops_count_and_have_an_empty_branch)
{
    has(flow(LANG_VI, (struct v_test_flow){0}), "draft\nempty\n");
    has(flow(LANG_VI, (struct v_test_flow){.items = {rows, 2}}), "none\n1:a&lt;, 2:b\n");
    has(flow(LANG_VI, (struct v_test_flow){.n = 2, .first = rows}), "<b>1</b><b class=\"two\">2</b>");
}

TEST(messages_escape_their_arguments_and_know_one_from_many)
{
    struct v_test_flow v = {.items = {rows, 2}};

    has(flow(LANG_EN, v),
        "<q title=\"a&lt;, ago&lt;10\">one item</q>\na&lt;1— Choose —\n<q title=\"b, ago&lt;60\">2 items</q>\nb2");
    has(flow(LANG_VI, v), "<q title=\"a&lt;, trước&lt;10\">1 mục</q>");
}

TEST(messages_in_c_take_named_arguments)
{
    assert_text(T(t, LANG_EN, MSG_by_whom_when, ARG("when", "now"), ARG("who", S("{n}"))), "{n}, now");
    assert_text(T(t, LANG_EN, MSG_list_count, ARG("n", 1)), "one item");
    assert_text(T(t, LANG_EN, MSG_list_count, ARG("n", S("1.234"))), "1.234 items");
    assert_text(T(t, LANG_VI, MSG_by_whom_when, ARG("who", "a")), "a, {when}");
    assert_text(T(t, LANG_VI, MSG_field_required), "(bắt buộc)");
    assert_text(msg_name(MSG_list_count), "list_count");
    assert_int_equal(lang_of_code(S("EN")), LANG_EN);
    assert_int_equal(lang_of_code(S("fr")), LANG_VI);
}

TEST(white_space_shrinks_except_where_it_shows)
{
    struct html_out out = out_in(LANG_VI);

    render_test_space(&out, &(struct v_test_space){S(" x\n y")});
    assert_text(html_done(&out).s, "<ul>\n<li>\na b\n</li>\n<li class=\"x\" id=\"y\"> x\n y</li>\n</ul>\n"
                                   "<pre>\n  kept\n     x\n y</pre>\n");
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static const struct choice choice_rows[] = {{{"1", 1}, {"Tin \"A\"", 7}}, {{"2", 1}, {"Bài", 4}}};

static struct str form(const struct form_state *state)
{
    struct html_out out = out_in(LANG_EN);
    struct v_test_form v = {
        .title = S("\nA\"<b>"), .day = S("2026-03-25"), .open = true, .sections = {choice_rows, 2, S("2")}};

    out.form = state;
    render_test_form(&out, &v);
    return html_done(&out).s;
}

TEST(a_new_form_shows_what_is_stored)
{
    struct str page = form(NULL);

    has(page, "<input type=\"hidden\" name=\"csrf\" value=\"to&#34;ken\">");
    has(page, "<label for=\"f-title\">— Choose — <span class=\"required\">(required)</span></label>");
    has(page, "<input type=\"text\" id=\"f-title\" name=\"title\" required aria-describedby=\"f-title-help\" "
              "maxlength=\"200\" value=\"\nA&#34;&lt;b&gt;\">");
    has(page, "<p class=\"hint\" id=\"f-title-help\">Skip to content</p>");
    has(page, "name=\"body\" rows=\"3\">\n\nA\"&lt;b&gt;</textarea>");
    has(page, "type=\"date\" id=\"f-day\" name=\"day\" value=\"2026-03-25\"");
    has(page, "<option value=\"1\">Tin \"A\"</option>\n<option value=\"2\" selected>Bài</option>");
    has(page, "<input type=\"radio\" name=\"kind\" value=\"2\" checked>");
    has(page, "type=\"checkbox\" id=\"f-open\" name=\"open\" value=\"1\" checked>");
    has(page, "type=\"password\" id=\"f-secret\" name=\"secret\" autocomplete=\"new-password\">");
    has(page, "type=\"file\" id=\"f-picture\" name=\"picture\" accept=\"image/*\">");
    lacks(page, "aria-invalid");
}

TEST(a_form_that_comes_back_shows_what_was_typed_and_what_is_wrong)
{
    static const struct form_entry entries[] = {
        {{"title", 5}, {"<typed>", 7}, {"Too <long>", 10}},
        {{"section", 7}, {"1", 1}, {0}},
        {{"secret", 6}, {"hunter2", 7}, {"Too short", 9}},
    };
    struct str page = form(&(struct form_state){entries, countof(entries)});

    has(page, "value=\"&lt;typed&gt;\"");
    has(page, "aria-invalid=\"true\" aria-describedby=\"f-title-error f-title-help\"");
    has(page, "<div class=\"field bad\">\n<label for=\"f-title\">");
    has(page, "<p class=\"error\" id=\"f-title-error\">Too &lt;long&gt;</p>");
    has(page, "<option value=\"1\" selected>");
    lacks(page, "checked");
    lacks(page, "hunter2");
}
