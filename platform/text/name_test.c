#include "unit/test.h"
#include "text/name.h"

TEST(full_names_are_split_by_the_last_word)
{
    static const struct {
        const char *full, *title, *family, *middle, *given;
    } cases[] = {
        {"Nguyễn Thị Minh Khai", "", "Nguyễn", "Thị Minh", "Khai"},
        {"Lê Duẩn", "", "Lê", "", "Duẩn"},
        {"Hoa", "", "", "", "Hoa"},
        {"", "", "", "", ""},
        {"  Trần   Văn\u00a0An ", "", "Trần", "Văn", "An"},
        {"đ/c Nguyễn Văn A", "đ/c", "Nguyễn", "Văn", "A"},
        {"Đồng chí Lê Thị Bé", "Đồng chí", "Lê", "Thị", "Bé"},
        {"ĐỒNG CHÍ LÊ BÉ", "ĐỒNG CHÍ", "LÊ", "", "BÉ"},
        {"Ông Hoàng Nam", "Ông", "Hoàng", "", "Nam"},
        {"PGS, TS. Đỗ Văn B", "PGS, TS", "Đỗ", "Văn", "B"},
        {"Đồng chí Ông", "Đồng chí", "", "", "Ông"},
        {"Bà", "", "", "", "Bà"},
        {"Bành Văn Trân", "", "Bành", "Văn", "Trân"},
        {"Tôn Thất Thuyết", "", "Tôn Thất", "", "Thuyết"},
        {"Tôn Đức Thắng", "", "Tôn", "Đức", "Thắng"},
        {"Nguye\u0302\u0303n An", "", "Nguyễn", "", "An"},
    };

    for (size_t i = 0; i < countof(cases); i++) {
        struct text_name n = text_name_split(t, str_of(cases[i].full));
        assert_str(n.title, str_of(cases[i].title));
        assert_str(n.family, str_of(cases[i].family));
        assert_str(n.middle, str_of(cases[i].middle));
        assert_str(n.given, str_of(cases[i].given));
    }
}
