#include "unit/test.h"
#include "text/text.h"

TEST(both_places_of_the_tone_compare_equal)
{
    assert_str(text_tone_key(t, S("Hòa thủy, KHỎE")), text_tone_key(t, S("hoà thuỷ, khoẻ")));
    assert_text(text_tone_key(t, S("Hòa!")), "hoa\u0300!");
    assert_false(str_equal(text_tone_key(t, S("hòa")), text_tone_key(t, S("hóa"))));
    assert_false(str_equal(text_tone_key(t, S("hòa")), text_tone_key(t, S("hoa"))));
    assert_text(text_tone_key(t, S("đoàn")), "đoan\u0300");
}

TEST(mixed_places_of_the_tone_are_seen)
{
    struct text_tone_use use = text_tone_use(S("Hòa bình, khỏe mạnh và hoà thuận; quý, quỹ, đoàn, của, hoa"));

    assert_int_equal(use.count[TONE_ON_FIRST], 2);
    assert_int_equal(use.count[TONE_ON_SECOND], 1);
    assert_text(use.example[TONE_ON_FIRST], "Hòa");
    assert_text(use.example[TONE_ON_SECOND], "hoà");
    assert_true(text_tone_is_mixed(S("thủy và thuỷ")));
    assert_true(text_tone_is_mixed(S("thu\u0309y và thuy\u0309")));
    assert_false(text_tone_is_mixed(S("thủy và hòa, quý, toàn")));
    assert_false(text_tone_is_mixed(S("")));
}

TEST(a_house_style_moves_only_the_tones_that_have_a_choice)
{
    assert_text(text_tone_set_place(t, S("Hòa THỦY khỏe quý đoàn của, hoà."), TONE_ON_SECOND), "Hoà THUỶ khoẻ quý đoàn của, hoà.");
    assert_text(text_tone_set_place(t, S("Hoà THUỶ khoẻ Uỷ quý đoàn của, hòa."), TONE_ON_FIRST), "Hòa THỦY khỏe Ủy quý đoàn của, hòa.");
}

TEST(possible_syllables_are_told_from_impossible_ones)
{
    static const char *const valid[] = {"vào", "Đảng", "nghiêng", "quốc", "quý", "quyết", "gì", "giếng", "giữ", "khuỷu", "hòa", "hoà",
                                        "yêu", "ưu", "ở", "y", "kỹ", "khuya", "xoong", "huỳnh", "thuở", "NGHỊ", "e\u0323"};
    static const char *const invalid[] = {"cCơ", "vaoo", "tt", "q", "kà", "cế", "ngế", "ghà", "hàt", "hoc", "đảngg", "áé", "",
                                          "a b", "a1", "nghiêngs", "жа"};

    for (size_t i = 0; i < countof(valid); i++)
        if (!text_syllable_is_valid(str_of(valid[i])))
            fail_msg("%s is a syllable", valid[i]);
    for (size_t i = 0; i < countof(invalid); i++)
        if (text_syllable_is_valid(str_of(invalid[i])))
            fail_msg("%s is not a syllable", invalid[i]);
}
