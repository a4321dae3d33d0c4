#include "unit/test.h"
#include "text/text.h"

TEST(what_arrives_is_cleaned_and_counted_by_kind)
{
    static const struct {
        const char *from, *to;
        struct text_report report;
    } cases[] = {
        {"Chi bộ", "Chi bộ", {0}},
        {"ê\u0300 tài", "ề tài", {.composed = 1}},
        {"\ufeffĐảng\u200b bộ\u00ad", "Đảng bộ", {.zero_width = 3}},
        {"Điều\u00a05", "Điều 5", {.odd_spaces = 1}},
        {"Điều\u00a0 5", "Điều 5", {.odd_spaces = 1, .spaces = 1}},
        {"a   b", "a b", {.spaces = 2}},
        {" đầu và cuối ", " đầu và cuối ", {0}},
        {"\u0640 Một\n\uf0b7Hai\n  \uf0a7  Ba", "• Một\n• Hai\n• Ba", {.bullets = 3, .spaces = 3}},
        {"•Một\n• Hai", "• Một\n• Hai", {0}},
        {"▪ Một, ▪ hai", "• Một, ▪ hai", {.bullets = 1}},
        {"Mở đầu: \uf0b7 một", "Mở đầu: • một", {.bullets = 1}},
        {"một\r\nhai\rba\u2028bốn\x0bnăm", "một\nhai\nba\nbốn\nnăm", {0}},
        {"một  \n  hai", "một\nhai", {.spaces = 4}},
        {"a\x01" "b\xc2\x85", "ab\n", {.controls = 1}},
        {"Ðảng ðoàn Ɖoàn", "Đảng đoàn Đoàn", {.lookalikes = 3}},
        {"a\xff", "a\ufffd", {.broken = 1}},
        {"e\u200b\u0301", "é", {.zero_width = 1}},
        {"", "", {0}},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct text_report r = {0};
        assert_str(text_clean(t, str_of(cases[i].from), &r), str_of(cases[i].to));
        if (memcmp(&r, &cases[i].report, sizeof r) != 0)
            print_error("case %zu: composed %zu zero %zu odd %zu bullets %zu spaces %zu controls %zu look %zu broken %zu\n", i,
                        r.composed, r.zero_width, r.odd_spaces, r.bullets, r.spaces, r.controls, r.lookalikes, r.broken);
        assert_memory_equal(&r, &cases[i].report, sizeof r);
    }
}

TEST(clean_text_stays_as_it_is)
{
    struct text_report r = {0};
    struct str once = text_clean(t, S(" \u0640\u00a0 e\u0302\u0323 \u200b x \n \t\uf0b7 y"), &r);

    assert_true(text_report_total(&r) > 0);
    r = (struct text_report){0};
    assert_str(text_clean(t, once, &r), once);
    assert_int_equal(text_report_total(&r), 0);
}

TEST(a_report_sums_a_document)
{
    struct text_report r = {0};

    text_clean(t, S("a\u00a0b"), &r);
    text_clean(t, S("c\u00a0d"), &r);
    assert_int_equal(r.odd_spaces, 2);
    assert_int_equal(text_report_total(&r), 2);
}

TEST(a_line_with_the_marker_is_a_list_item)
{
    struct str rest = S("?");

    assert_true(text_is_item(S("• Một việc"), &rest));
    assert_text(rest, "Một việc");
    assert_false(text_is_item(S("Một việc •"), &rest));
    assert_text(rest, "Một việc");
}
