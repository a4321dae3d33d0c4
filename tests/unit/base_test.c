#include "unit/test.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/random.h"
#include <unistd.h>

TEST(an_arena_over_its_cap_lands_at_its_guard)
{
    struct arena *a = arena_new(10000);
    jmp_buf jump;
    volatile bool landed = false;

    if (ARENA_GUARD(a, &jump))
        landed = true;
    else
        for (int i = 0; i < 1000; i++)
            arena_alloc(a, 100);
    assert_true(landed);
    assert_true(arena_used(a) <= 10000);
    arena_free(a);
}

static void note(void *arg)
{
    struct buf *b = arg;

    buf_add_char(b, (char)('0' + b->len));
}

TEST(deferred_calls_run_when_the_arena_is_freed)
{
    struct arena *a = arena_new(0);
    struct buf b = buf_in(t);

    arena_defer(a, note, &b);
    arena_defer(a, note, &b);
    assert_text(buf_str(&b), "");
    arena_free(a);
    assert_text(buf_str(&b), "01");
}

TEST(a_grown_block_keeps_its_bytes)
{
    char *p = arena_grow(t, NULL, 0, 10);

    memcpy(p, "0123456789", 10);
    arena_alloc(t, 1);
    char *q = arena_grow(t, p, 10, 100000);
    assert_memory_equal(q, "0123456789", 10);
    assert_int_equal(q[99999], 0);
}

TEST(numbers_are_read_whole_or_not_at_all)
{
    int64_t n = 7;

    assert_ok(str_to_int(S("-9223372036854775808"), &n));
    assert_true(n == INT64_MIN);
    assert_err(str_to_int(S("9223372036854775808"), &n), E_INVALID);
    assert_err(str_to_int(S("12a"), &n), E_INVALID);
    assert_err(str_to_int(S(""), &n), E_INVALID);
    assert_err(str_to_int(S("-"), &n), E_INVALID);
    assert_true(n == INT64_MIN);
}

TEST(cutting_replacing_and_joining)
{
    struct str head, rest = str_cut(S("a=b=c"), '=', &head);

    assert_text(head, "a");
    assert_text(rest, "b=c");
    assert_text(str_replace(t, S("aXbXc"), S("X"), S("--")), "a--b--c");
    assert_text(str_join(t, (struct str[]){S("a"), S("b")}, 2, S(", ")), "a, b");
    assert_text(str_trim(S(" \t đ \n")), "đ");
    assert_text(str_format(t, "%d-%s", 5, "x"), "5-x");
}

TEST(broken_utf8_is_told_from_good)
{
    assert_true(str_is_utf8(S("Đảng bộ 🙂")));
    assert_false(str_is_utf8(S("\xc0\x80")));
    assert_false(str_is_utf8(S("\xed\xa0\x80")));
    assert_false(str_is_utf8(S("\xe1\xbb")));
    size_t at = 0;
    assert_int_equal(str_next_code(S("ề"), &at), 0x1ec1);
    assert_int_equal(at, 3);
}

TEST(a_file_is_written_whole_and_read_back)
{
    char folder[] = "/tmp/bantin-base-XXXXXX";
    struct str got;

    assert_non_null(mkdtemp(folder));
    struct str path = str_format(t, "%s/x", folder);
    assert_ok(file_write(path.ptr, S("một")));
    assert_ok(file_write(path.ptr, S("hai")));
    assert_ok(file_read(t, path.ptr, 100, &got));
    assert_text(got, "hai");
    assert_err(file_read(t, path.ptr, 2, &got), E_TOO_LARGE);
    assert_ok(folder_remove(folder));
    assert_err(file_read(t, path.ptr, 100, &got), E_NOT_FOUND);
}

TEST(tokens_differ)
{
    struct str a = random_token(t), b = random_token(t);

    assert_int_equal(a.len, 43);
    assert_false(str_equal(a, b));
}

TEST(a_digest_is_the_known_one)
{
    assert_text(digest_of(t, S("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_true(digest_is_valid(digest_of(t, S(""))));
    assert_false(digest_is_valid(S("BA7816")));
}
