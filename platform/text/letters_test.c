#include "unit/test.h"
#include "text/text.h"
#include <uninorm.h>

/* All 146 letters with marks or tones, and plain a e i o u y d beside them in the same order: by lower-case letter. */
const char *const text_test_lower = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ";
const char *const text_test_upper = "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ";
static const char *const folded = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";

static struct str decomposed(struct str s)
{
    size_t n = 0;
    uint8_t *nfd = u8_normalize(UNINORM_NFD, (const uint8_t *)s.ptr, s.len, NULL, &n);
    struct str copy = str_copy(t, (struct str){(const char *)nfd, n});

    free(nfd);
    return copy;
}

TEST(there_are_67_letters_of_each_case)
{
    size_t n = 0;

    for (size_t at = 0; at < strlen(text_test_lower); n++)
        str_next_code(str_of(text_test_lower), &at);
    assert_int_equal(n, 67); /* with the six plain vowels 73: 146 in both cases */
    assert_int_equal(strlen(folded), 67);
}

TEST(every_letter_comes_back_from_its_decomposed_form)
{
    struct str all[] = {str_of(text_test_lower), str_of(text_test_upper)};

    for (size_t i = 0; i < countof(all); i++) {
        assert_true(text_is_nfc(all[i]));
        assert_str(text_nfc(t, all[i]), all[i]);
        for (size_t at = 0, from = 0; at < all[i].len; from = at) {
            uint32_t c = str_next_code(all[i], &at);
            struct str letter = str_sub(all[i], from, at - from), apart = decomposed(letter);
            assert_str(text_nfc(t, apart), letter);
            assert_true(text_is_nfc(apart) == (c == 0x111 || c == 0x110));
        }
    }
}

TEST(marks_in_the_wrong_order_are_put_right)
{
    assert_text(text_nfc(t, S("e\u0323\u0302")), "ệ");
    assert_text(text_nfc(t, S("e\u0302\u0323")), "ệ");
    assert_text(text_nfc(t, S("ê\u0300")), "ề");
    assert_text(text_nfc(t, S("o\u031b\u0323")), "ợ");
    assert_text(text_nfc(t, S("u\u0341")), "ú");
}

TEST(broken_bytes_become_the_replacement_character)
{
    assert_text(text_nfc(t, S("a\xff" "b")), "a\ufffd" "b");
    assert_false(text_is_nfc(S("a\xff" "b")));
    assert_text(text_lower(t, S("\xe1\xbb")), "\ufffd\ufffd");
}

TEST(lower_and_upper_case_know_every_letter)
{
    assert_str(text_upper(t, str_of(text_test_lower)), str_of(text_test_upper));
    assert_str(text_lower(t, str_of(text_test_upper)), str_of(text_test_lower));
    assert_str(text_upper(t, decomposed(str_of(text_test_lower))), str_of(text_test_upper));
    assert_text(text_upper(t, S("az AZ 09 éçñöåþ÷ß")), "AZ AZ 09 ÉÇÑÖÅÞ÷ß");
    assert_text(text_lower(t, S("ÉÇÑÖÅÞ×Ж Đảng")), "éçñöåþ×ж đảng");
    assert_text(text_upper(t, S("nghị quyết số 18-NQ/TW")), "NGHỊ QUYẾT SỐ 18-NQ/TW");
}

TEST(the_fold_of_every_letter_is_its_plain_letter)
{
    assert_str(text_fold(t, str_of(text_test_lower)), str_of(folded));
    assert_str(text_fold(t, str_of(text_test_upper)), str_of(folded));
    assert_str(text_fold(t, decomposed(str_of(text_test_lower))), str_of(folded));
    assert_str(text_fold(t, decomposed(str_of(text_test_upper))), str_of(folded));
}
