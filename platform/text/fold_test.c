#include "unit/test.h"
#include "text/text.h"

TEST(search_without_marks_finds_text_with_marks)
{
    assert_text(text_fold(t, S("Đại hội ĐẢNG BỘ")), "dai hoi dang bo");
    assert_text(text_fold(t, S("ế ộ ổ ấ ẵ")), "e o o a a");
    assert_text(text_fold(t, S("plain ascii 12")), "plain ascii 12");
    assert_text(text_fold(t, S("Plain ASCII")), "plain ascii");
    assert_text(text_fold(t, S("Curaçao Göteborg Łódź Москва")), "curacao goteborg lodz москва");
}

TEST(the_fold_is_the_same_for_composed_and_decomposed)
{
    assert_str(text_fold(t, S("й が 각")), text_fold(t, S("и\u0306 か\u3099 \u1100\u1161\u11a8")));
}

TEST(addresses_are_made_of_plain_words)
{
    assert_text(text_slug(t, S("Chọn chủ đề sinh hoạt")), "chon-chu-de-sinh-hoat");
    assert_text(text_slug(t, S("  “Học tập” & làm theo: số 05-CT/TW!  ")), "hoc-tap-lam-theo-so-05-ct-tw");
    assert_text(text_slug(t, S("日本語")), "");
    assert_text(text_slug(t, S("")), "");
}

TEST(long_addresses_are_cut_after_a_whole_syllable)
{
    struct str title = S("Nâng cao chất lượng sinh hoạt chi bộ, đổi mới phương thức lãnh đạo của Đảng trong tình hình mới hiện nay");

    assert_text(text_slug(t, title), "nang-cao-chat-luong-sinh-hoat-chi-bo-doi-moi-phuong-thuc-lanh-dao-cua-dang-trong");
    assert_int_equal(text_slug(t, title).len, 80);
    assert_int_equal(text_slug(t, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")).len,
                     TEXT_SLUG_MAX);
}

static int list(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    buf_add_format(arg, "%.*s/%.*s/%zu-%zu ", STR_ARG(exact), STR_ARG(folded), start, end);
    return 0;
}

static struct str tokens(struct str s)
{
    struct buf b = buf_in(t);

    assert_int_equal(text_tokens(s, list, &b), 0);
    return str_trim(buf_str(&b));
}

TEST(tokens_give_the_exact_and_the_folded_form)
{
    assert_text(tokens(S("Đại hội, lần 12!")), "đai\u0323/dai/0-6 hôi\u0323/hoi/7-12 lân\u0300/lan/14-19 12/12/20-22");
    assert_text(tokens(S("hòa")), "hoa\u0300/hoa/0-4");
    assert_text(tokens(S("hoà")), "hoa\u0300/hoa/0-4");
    assert_text(tokens(S("ho\u0300a")), "hoa\u0300/hoa/0-5");
    assert_text(tokens(S("HOA")), "hoa/hoa/0-3");
    assert_text(tokens(S(" ,. ")), "");
    assert_text(tokens(S("")), "");
}

static int stop_at_second(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    size_t *seen = arg;

    (void)exact, (void)folded, (void)start, (void)end;
    return ++*seen == 2 ? 7 : 0;
}

TEST(a_token_callback_can_stop_the_reading)
{
    size_t seen = 0;

    assert_int_equal(text_tokens(S("một hai ba bốn"), stop_at_second, &seen), 7);
    assert_int_equal(seen, 2);
}

static int measure(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    size_t *longest = arg;

    assert_true(str_is_utf8(exact) && str_is_utf8(folded) && start < end);
    if (exact.len > *longest)
        *longest = exact.len;
    return 0;
}

TEST(a_token_without_end_is_cut)
{
    struct buf b = buf_in(t);
    size_t longest = 0;

    for (int i = 0; i < 5000; i++)
        buf_add(&b, S("ệ\u0323"));
    assert_int_equal(text_tokens(buf_str(&b), measure, &longest), 0);
    assert_true(longest > 0 && longest <= TEXT_TOKEN_MAX);
}
