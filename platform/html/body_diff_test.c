#include "unit/test.h"
#include "html/body_diff.h"
#include "html/body_gen.h"
#include "base/clock.h"

static struct body_node *doc_of(const char *blocks)
{
    struct body_node *doc;

    assert_ok(body_of_json(t, str_format(t, "{\"type\":\"doc\",\"content\":[%s]}", blocks), &doc));
    return doc;
}

static void show_side(struct buf *b, const struct body_diff_side *side)
{
    for (const struct body_diff_span *s = side->spans; s != NULL; s = s->next)
        buf_add_format(b, s->changed ? "{%.*s}" : "%.*s", STR_ARG(s->text));
}

/* One line a row: "=~+-", '!' for another form, then both sides, changes in braces. */
static struct str shown(const struct body_node *old, const struct body_node *new)
{
    struct body_diff_row *rows;
    size_t n = body_diff(t, old, new, &rows);
    struct buf b = buf_in(t);

    for (size_t i = 0; i < n; i++) {
        buf_add_char(&b, "=~+-"[rows[i].kind]);
        if (rows[i].form_changed)
            buf_add_char(&b, '!');
        show_side(&b, &rows[i].left);
        buf_add_char(&b, '|');
        show_side(&b, &rows[i].right);
        buf_add_char(&b, '\n');
    }
    return buf_str(&b);
}

#define P(s) "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"" s "\"}]}"
#define B(s)                                                                                                           \
    "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"" s "\",\"marks\":[{\"type\":\"bold\"}]}]}"
#define H(l, s)                                                                                                        \
    "{\"type\":\"heading\",\"attrs\":{\"level\":" l "},\"content\":[{\"type\":\"text\",\"text\":\"" s "\"}]}"
#define FIG(d) "{\"type\":\"figure\",\"attrs\":{\"media\":\"" D8(d) D8(d) D8(d) D8(d) D8(d) D8(d) D8(d) D8(d) "\"}}"
#define D8(d)  d d d d d d d d

static const struct {
    const char *old, *new, *rows;
} cases[] = {
    {P("a b c"), P("a b c"), "=a b c|a b c\n"},
    {P("a b c d"), P("a x c d"), "~a {b }c d|a {x }c d\n"},
    {P("a b c d"), P("a b c d e"), "~a b c d|a b c d {e}\n"},
    {P("một") "," P("hai"), P("một") "," P("xen vào") "," P("hai"), "=một|một\n+|{xen vào}\n=hai|hai\n"},
    {P("một") "," P("hai"), P("hai"), "-{một}|\n=hai|hai\n"},
    {P("a b c d e"), P("x") "," P("a b c d y"), "+|{x}\n~a b c d {e}|a b c d {y}\n"},
    {P("xong"), P("rồi"), "-{xong}|\n+|{rồi}\n"},
    {H("2", "a"), H("3", "a"), "~!a|a\n"},
    {P("a b"), B("a b"), "-{a b}|\n+|{a b}\n"},
    {FIG("1"), FIG("2"), "~!|\n"},
    {FIG("1"), FIG("1"), "=|\n"},
};

TEST(versions_stand_side_by_side_and_differ_by_word)
{
    for (size_t i = 0; i < countof(cases); i++)
        assert_str(shown(doc_of(cases[i].old), doc_of(cases[i].new)), str_of(cases[i].rows));
}

static void add_side(struct buf *b, const struct body_diff_side *side)
{
    for (const struct body_diff_span *s = side->spans; s != NULL; s = s->next)
        buf_add(b, s->text);
}

static struct str whole_side(const struct body_diff_row *rows, size_t n, bool left)
{
    struct buf b = buf_in(t);

    for (size_t i = 0; i < n; i++)
        add_side(&b, left ? &rows[i].left : &rows[i].right);
    return buf_str(&b);
}

TEST(each_side_of_any_two_trees_shows_all_of_its_text)
{
    for (uint64_t seed = 0; seed < 60; seed++) {
        const struct body_node *old = body_generate(t, seed), *new = body_generate(t, seed + 1);
        struct body_diff_row *rows, *same;
        size_t n = body_diff(t, old, new, &rows);
        size_t m = body_diff(t, old, old, &same), k = body_diff(t, new, new, &(struct body_diff_row *){NULL});
        assert_str(whole_side(rows, n, true), whole_side(same, m, true));
        assert_true(n <= m + k);
        for (size_t i = 0; i < m; i++)
            assert_int_equal(same[i].kind, DIFF_SAME);
    }
}

static struct body_node *long_text(int paragraphs, int words, int edit_every, int shift)
{
    struct body_node *doc = body_new(t, BODY_DOC);

    for (int i = 0; i < paragraphs; i++) {
        struct body_node *p = body_add(doc, body_new(t, BODY_PARAGRAPH));
        struct buf b = buf_in(t);
        for (int k = 0; k < words; k++)
            buf_add_format(&b, "w%d ", k % edit_every == edit_every - 1 ? -shift - k : (i * 7919 + k * 104729) % 5000);
        body_add_text(t, p, buf_str(&b), 0, STR_NONE);
    }
    return doc;
}

static int64_t time_of(const struct body_node *old, const struct body_node *new)
{
    struct body_diff_row *rows;
    int64_t start = clock_monotonic_us();

    assert_true(body_diff(t, old, new, &rows) > 0);
    return (clock_monotonic_us() - start) / 1000;
}

/* Far above what it takes (under 50 ms), so that a busy machine does not fail it. */
TEST(long_texts_are_compared_at_once)
{
    assert_true(time_of(long_text(500, 40, 5, 1), long_text(500, 40, 5, 2)) < 1000);
    assert_true(time_of(long_text(500, 40, 2, 1), long_text(499, 40, 2, 9)) < 1000);
    assert_true(time_of(long_text(1, 20000, 9, 1), long_text(1, 20000, 9, 2)) < 1000);
    fprintf(stderr, "20,000 words, every fifth changed: %d ms\n",
            (int)time_of(long_text(500, 40, 5, 1), long_text(500, 40, 5, 2)));
}
