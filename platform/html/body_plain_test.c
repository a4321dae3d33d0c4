#include "unit/test.h"
#include "html/body_gen.h"
#include "html/body_plain.h"

static const struct body_plain_words words = {.table = {"bảng", 6},
                                              .figure = {"ảnh", 5},
                                              .sound = {"âm thanh", 9},
                                              .video = {"video", 5},
                                              .box = {"khung", 5},
                                              .block = {"đoạn", 7},
                                              .note = {"chú thích", 12}};

static struct str json_of_plain(struct str text, const struct body_node *base)
{
    struct body_node *doc, *again;

    assert_ok(body_of_plain(t, text, base, &words, &doc));
    struct str json = body_to_json(t, doc);
    assert_ok(body_of_json(t, json, &again));
    return json;
}

TEST(an_unchanged_plain_text_gives_the_same_tree)
{
    size_t tokens = 0, blocks = 0;

    for (uint64_t seed = 0; seed < 400; seed++) {
        struct body_node *doc = body_generate(t, seed);
        struct str text = body_to_plain(t, doc, &words);
        assert_str(json_of_plain(text, doc), body_to_json(t, doc));
        assert_str(json_of_plain(str_replace(t, text, S("\n"), S("\r\n")), doc), body_to_json(t, doc));
        for (const struct body_node *n = doc->first; n != NULL; n = n->next)
            blocks++;
        for (size_t at = 0; (at = str_find(text, S("{{đoạn"), at)) != SIZE_MAX; at++)
            tokens++;
    }
    fprintf(stderr, "of %zu blocks, %zu could not be held\n", blocks, tokens);
}

/* The text that stands for a tree read from plain text is that text again. */
static const char *const texts[] = {
    "",
    "Một đoạn\n",
    "Một\nhai dòng\n\nĐoạn sau\n",
    "## Mục\n\n### Mục con\n\n#### Nhỏ\n",
    "- a\n- b\n  - c\n  - d\n- e\n",
    "3. a\n4. b\n\n- c\n  1. d\n",
    "- a\n  dòng hai\n- b\n",
    "> một\n> hai\n>\n> ba\n",
    "**đậm** _nghiêng_ ++gạch++ H~~2~~O m^^2^^\n",
    "**đậm _cả hai_** x\n",
    "[bài **trước**](/bai/x-1) và [b](https://a.vn/x_(y\\))\n",
    "\\# a\n\\- b\n1\\. c\n\\> d\n",
    "a\\*b\\_c\\[d\\]e\\\\f \\{\\{bảng 1}}\n",
};

TEST(plain_text_is_read_as_it_is_written)
{
    for (size_t i = 0; i < countof(texts); i++) {
        struct body_node *doc;
        assert_ok(body_of_plain(t, str_of(texts[i]), NULL, &words, &doc));
        assert_str(body_to_plain(t, doc, &words), str_of(texts[i]));
    }
}

/* What people type: read as they mean it. */
static const struct {
    const char *typed, *normal;
} typed[] = {
    {"a_b_c và 2*3*4", "a\\_b\\_c và 2\\*3\\*4\n"},
    {"Danh sách:\n- a\n- b\nxong?", "Danh sách:\n\n- a\n- b\n  xong?\n"},
    {"# Mục\nđoạn", "## Mục\n\nđoạn\n"},
    {"**chưa đóng", "\\*\\*chưa đóng\n"},
    {"[x](javascript:y)", "\\[x\\](javascript:y)\n"},
    {"[a] [b](/c)", "\\[a\\] [b](/c)\n"},
    {"****", "\\*\\*\\*\\*\n"},
    {"      - a", "- a\n"},
    {"{{bảng 1}}", "\\{\\{bảng 1}}\n"},
};

TEST(what_is_no_markup_stays_text)
{
    for (size_t i = 0; i < countof(typed); i++) {
        struct body_node *doc;
        assert_ok(body_of_plain(t, str_of(typed[i].typed), NULL, &words, &doc));
        assert_str(body_to_plain(t, doc, &words), str_of(typed[i].normal));
    }
}

#define HASH     "\"1111111111111111111111111111111111111111111111111111111111111111\""
#define TEXT(s)  "{\"text\":\"" s "\",\"type\":\"text\"}"
#define PARA(in) "{\"content\":[" in "],\"type\":\"paragraph\"}"
#define FIGURE   "{\"attrs\":{\"media\":" HASH "},\"content\":[" TEXT("Lễ") "],\"type\":\"figure\"}"
#define NOTE     "{\"content\":[" TEXT("n") "],\"type\":\"note\"}"
#define DOC(in)  "{\"content\":[" in "],\"type\":\"doc\"}"

TEST(tokens_are_moved_deleted_and_used_once)
{
    struct body_node *base;

    assert_ok(body_of_json(t, S(DOC(PARA(TEXT("a") "," NOTE) "," FIGURE)), &base));
    assert_text(body_to_plain(t, base, &words), "a{{chú thích 1}}\n\n{{ảnh 1: Lễ}}\n");
    assert_text(json_of_plain(S("{{ảnh 1}}\n\nb{{chú thích 1}}c"), base),
                DOC(FIGURE "," PARA(TEXT("b") "," NOTE "," TEXT("c"))));
    assert_text(json_of_plain(S("a"), base), DOC(PARA(TEXT("a"))));
    assert_text(json_of_plain(S("{{ảnh 1: x}}\n\n{{ảnh 1}}\n\n{{ảnh 2}}"), base),
                DOC(FIGURE "," PARA(TEXT("{{ảnh 1}}")) "," PARA(TEXT("{{ảnh 2}}"))));
    assert_text(json_of_plain(S("x {{ảnh 1}}"), base), DOC(PARA(TEXT("x {{ảnh 1}}"))));
}

TEST(hostile_plain_text_is_read_in_time)
{
    static const char *const parts[] = {"[", "[](", "**", "_a", "{{", "\\", "- ", "> ", "\n\n", "a\n"};

    for (size_t i = 0; i < countof(parts); i++) {
        struct arena *a = arena_new(0);
        struct buf b = buf_in(a);
        struct body_node *doc;
        for (int k = 0; k < 100000; k++)
            buf_add_z(&b, parts[i]);
        IGNORE(body_of_plain(a, buf_str(&b), NULL, &words, &doc)); /* taken or too large: either will do */
        arena_free(a);
    }
}
