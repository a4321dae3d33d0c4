#include "unit/test.h"
#include "text/legacy.h"
#include "text/text.h"

extern const char *const text_test_lower, *const text_test_upper;

/* The same letters in the same order, as typed with .VnTime and with VNI-Times. */
static const char tcvn3_lower[] =
    "\xb5\xb6\xb7\xb8\xb9\xa8\xbb\xbc\xbd\xbe\xc6\xa9\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xaa\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc"
    "\xdd\xde\xdf\xe1\xe2\xe3\xe4\xab\xe5\xe6\xe7\xe8\xe9\xac\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xad\xf5\xf6\xf7\xf8\xf9\xfa"
    "\xfb\xfc\xfd\xfe\xae";
static const char *const vni_lower = "aøaûaõaùaïaêaèaúaüaéaëaâaàaåaãaáaäeøeûeõeùeïeâeàeåeãeáeäìæóíòoøoûoõoùoïoâoàoåoãoáoäôôøôûôõôùôï"
                                     "uøuûuõuùuïööøöûöõöùöïyøyûyõyùîñ";
static const char *const vni_upper = "AØAÛAÕAÙAÏAÊAÈAÚAÜAÉAËAÂAÀAÅAÃAÁAÄEØEÛEÕEÙEÏEÂEÀEÅEÃEÁEÄÌÆÓÍÒOØOÛOÕOÙOÏOÂOÀOÅOÃOÁOÄÔÔØÔÛÔÕÔÙÔÏ"
                                     "UØUÛUÕUÙUÏÖÖØÖÛÖÕÖÙÖÏYØYÛYÕYÙÎÑ";

TEST(every_letter_comes_out_of_tcvn3)
{
    assert_str(legacy_bytes_to_unicode(t, LEGACY_TCVN3, (struct str){tcvn3_lower, sizeof tcvn3_lower - 1}), str_of(text_test_lower));
    assert_str(legacy_bytes_to_unicode(t, LEGACY_TCVN3_CAPITALS, (struct str){tcvn3_lower, sizeof tcvn3_lower - 1}), str_of(text_test_upper));
}

TEST(every_letter_comes_out_of_vni)
{
    assert_str(legacy_to_unicode(t, LEGACY_VNI, str_of(vni_lower)), str_of(text_test_lower));
    assert_str(legacy_to_unicode(t, LEGACY_VNI, str_of(vni_upper)), str_of(text_test_upper));
}

TEST(sentences_come_out_of_the_old_encodings)
{
    static const struct {
        enum legacy from;
        const char *old, *text;
    } cases[] = {
        {LEGACY_TCVN3, "Thùc hiÖn sù ph©n c«ng", "Thực hiện sự phân công"},
        {LEGACY_TCVN3_CAPITALS, "®¶ng bé tØnh", "ĐẢNG BỘ TỈNH"},
        {LEGACY_TCVN3, "M\xc2\x97T S\u00ff B\xc2\x80I H\xc2\x96" "C", "MỘT SỐ BÀI HỌC"},
        {LEGACY_TCVN3, "M—T S\u00ff B€I H–C", "MỘT SỐ BÀI HỌC"},
        {LEGACY_TCVN3, "“H–C” – 2020–2025", "“HỌC” – 2020–2025"},
        {LEGACY_TCVN3, "“§¶ng” vµ “NAM”…", "“Đảng” và “NAM”…"},
        {LEGACY_TCVN3, "TR\x12" "C CH\x11" "C", "TRỰC CHỨC"},
        {LEGACY_TCVN3, "Đảng bộ c¬ quan", "Đảng bộ cơ quan"},
        {LEGACY_VNI, "Ñònh nghóa, nguyeân taéc cô baûn", "Định nghĩa, nguyên tắc cơ bản"},
        {LEGACY_VNI, "Ngöôøi ñöôïc ÑIEÄN BIEÂN, BAÉC NINH", "Người được ĐIỆN BIÊN, BẮC NINH"},
        {LEGACY_VNI, "“Hoøa” – hoïc", "“Hòa” – học"},
        {LEGACY_VISCII, "Ti\u00aang Vi\u00aet", "Tiếng Việt"},
        {LEGACY_NONE, "e\u0323\u0302", "ệ"},
    };

    for (size_t i = 0; i < countof(cases); i++)
        assert_str(legacy_to_unicode(t, cases[i].from, str_of(cases[i].old)), str_of(cases[i].text));
}

TEST(the_font_tells_the_encoding)
{
    assert_int_equal(legacy_of_font(S(".VnTime")), LEGACY_TCVN3);
    assert_int_equal(legacy_of_font(S(".VnArial NarrowH")), LEGACY_TCVN3_CAPITALS);
    assert_int_equal(legacy_of_font(S("VNI-Times")), LEGACY_VNI);
    assert_int_equal(legacy_of_font(S("Times New Roman")), LEGACY_NONE);
    assert_int_equal(legacy_of_font(S("")), LEGACY_NONE);
}

TEST(the_letters_tell_the_encoding_where_there_are_enough)
{
    struct legacy_guess g = legacy_guess(S("Thùc hiÖn sù ph©n c«ng cña §¶ng ñy c¬ quan, thay mÆt Chi bé tr×nh bµy tham luËn"));
    assert_int_equal(g.encoding, LEGACY_TCVN3);
    assert_true(g.percent >= LEGACY_SURE);
    g = legacy_guess(S("Khaùi nieäm vaø nhieäm vuï cuûa luaät; ñoái töôïng ñieàu chænh, nguyeân taéc cô baûn"));
    assert_int_equal(g.encoding, LEGACY_VNI);
    assert_true(g.percent >= LEGACY_SURE);
    g = legacy_guess(S("Thực hiện sự phân công của Đảng ủy cơ quan, thay mặt Chi bộ trình bày tham luận"));
    assert_int_equal(g.encoding, LEGACY_NONE);
    assert_true(g.percent >= LEGACY_SURE);
    assert_int_equal(legacy_guess(S("plain")).encoding, LEGACY_NONE);
    assert_true(legacy_guess(S("c«ng")).percent < LEGACY_SURE);
}
