#include "unit/test.h"
#include "text/text.h"

static void assert_ascending(const char *const *words, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        struct str low = text_sort_key(t, str_of(words[i])), high = text_sort_key(t, str_of(words[i + 1]));
        if (str_compare(low, high) >= 0)
            print_error("\"%s\" does not come before \"%s\"\n", words[i], words[i + 1]);
        assert_true(str_compare(low, high) < 0);
    }
}

TEST(the_dictionary_compares_syllable_by_syllable)
{
    static const char *const words[] = {"ba con", "bà chủ", "bà con", "bả", "bá chủ"};

    assert_ascending(words, countof(words));
}

TEST(the_alphabet_is_the_vietnamese_one)
{
    static const char *const words[] = {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m",
                                        "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z", "ж"};

    assert_ascending(words, countof(words));
}

TEST(tones_go_none_grave_hook_tilde_acute_dot)
{
    static const char *const words[] = {"ma", "mà", "mả", "mã", "má", "mạ", "mab", "mac", "mai", "mại", "mam"};

    assert_ascending(words, countof(words));
}

TEST(numbers_go_by_value_and_before_letters)
{
    static const char *const words[] = {"", "9", "010", "99", "Số 9", "Số 9a", "Số 10", "Số 10 phụ", "Số a"};

    assert_ascending(words, countof(words));
}

TEST(case_punctuation_and_place_of_the_tone_do_not_matter)
{
    assert_str(text_sort_key(t, S("HÒA - Bình")), text_sort_key(t, S("hoà bình")));
    assert_str(text_sort_key(t, S("“Đảng”")), text_sort_key(t, S("đa\u0309ng")));
}

TEST(people_are_sorted_by_given_family_middle)
{
    static const struct {
        const char *family, *middle, *given;
    } people[] = {
        {"Trần", "Văn", "An"},   {"Lê", "", "Ân"},        {"Đỗ", "Thị", "Bình"},    {"Nguyễn", "", "Bình"},
        {"Nguyễn", "An", "Bình"}, {"Nguyễn", "Văn", "Bình"}, {"Phạm", "Văn", "Đức"}, {"An", "An", "Yên"},
    };
    struct str last = S("");

    for (size_t i = 0; i < countof(people); i++) {
        struct str key =
            text_name_sort_key(t, str_of(people[i].family), str_of(people[i].middle), str_of(people[i].given));
        assert_true(str_compare(last, key) < 0);
        last = key;
    }
}
