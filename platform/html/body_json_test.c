#include "unit/test.h"
#include "html/body.h"
#include "html/body_gen.h"

#define H64        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define P(inlines) "{\"content\":[{\"content\":[" inlines "],\"type\":\"paragraph\"}],\"type\":\"doc\"}"
#define D(blocks)  "{\"content\":[" blocks "],\"type\":\"doc\"}"

static const struct {
    const char *in, *canonical;
} valid[] = {
    {"{\"type\":\"doc\",\"content\":[{\"type\":\"paragraph\"}]}", D("{\"type\":\"paragraph\"}")},
    {D("{\"type\":\"paragraph\",\"content\":[],\"attrs\":{\"align\":null}}"), D("{\"type\":\"paragraph\"}")},
    {D("{\"type\":\"paragraph\",\"attrs\":{\"align\":\"left\"}}"), D("{\"type\":\"paragraph\"}")},
    {D("{\"type\":\"paragraph\",\"attrs\":{\"align\":\"right\"}}"),
     D("{\"attrs\":{\"align\":\"right\"},\"type\":\"paragraph\"}")},
    {D("{\"type\":\"heading\",\"attrs\":{\"level\":3}}"), D("{\"attrs\":{\"level\":3},\"type\":\"heading\"}")},
    {P("{\"type\":\"text\",\"text\":\"a\\tb\\u0001\\n\"}"), P("{\"text\":\"a b \",\"type\":\"text\"}")},
    {P("{\"type\":\"text\",\"text\":\"\\u0001\"}"), D("{\"type\":\"paragraph\"}")},
    {P("{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"\\u0323\\u0302\"}"),
     P("{\"text\":\"ậ\",\"type\":\"text\"}")},
    {P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"italic\"},{\"type\":\"bold\",\"attrs\":{}}]}"),
     P("{\"marks\":[{\"type\":\"bold\"},{\"type\":\"italic\"}],\"text\":\"a\",\"type\":\"text\"}")},
    {P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"link\",\"attrs\":{\"href\":\"/bai/a-1\"}}]}"),
     P("{\"marks\":[{\"attrs\":{\"href\":\"/bai/a-1\"},\"type\":\"link\"}],\"text\":\"a\",\"type\":\"text\"}")},
    {P("{\"type\":\"hard_break\",\"marks\":[{\"type\":\"bold\"}]}"), P("{\"type\":\"hard_break\"}")},
    {P("{\"type\":\"note\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}"),
     P("{\"content\":[{\"text\":\"x\",\"type\":\"text\"}],\"type\":\"note\"}")},
    {D("{\"type\":\"figure\",\"attrs\":{\"media\":\"" H64 "\",\"alt\":\"\",\"credit\":\"N\"}}"),
     D("{\"attrs\":{\"credit\":\"N\",\"media\":\"" H64 "\"},\"type\":\"figure\"}")},
    {D("{\"type\":\"ordered_list\",\"attrs\":{\"start\":1},\"content\":[{\"type\":\"list_item\",\"content\":[{\"type\":"
       "\"paragraph\"}]}]}"),
     D("{\"content\":[{\"content\":[{\"type\":\"paragraph\"}],\"type\":\"list_item\"}],\"type\":\"ordered_list\"}")},
    {D("{\"type\":\"table\",\"content\":[{\"type\":\"table_row\",\"content\":[{\"type\":\"table_cell\",\"attrs\":{"
       "\"colspan\":2,"
       "\"rowspan\":1,\"header\":true},\"content\":[{\"type\":\"paragraph\"}]}]},{\"type\":\"table_row\"}]}"),
     D("{\"content\":[{\"content\":[{\"attrs\":{\"colspan\":2,\"header\":true},\"content\":[{\"type\":\"paragraph\"}],"
       "\"type\":\"table_cell\"}],\"type\":\"table_row\"},{\"type\":\"table_row\"}],\"type\":\"table\"}")},
};

TEST(what_belongs_to_the_closed_set_comes_out_canonical)
{
    for (size_t i = 0; i < countof(valid); i++) {
        struct body_node *doc;
        assert_ok(body_of_json(t, str_of(valid[i].in), &doc));
        assert_str(body_to_json(t, doc), str_of(valid[i].canonical));
    }
}

#define LINK(href)                                                                                                     \
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"link\",\"attrs\":{\"href\":\"" href "\"}}]}")
#define BOX(in)  "{\"type\":\"box\",\"content\":[" in "]}"
#define ITEM(in) "{\"type\":\"bullet_list\",\"content\":[{\"type\":\"list_item\",\"content\":[" in "]}]}"
#define CELL(in)                                                                                                       \
    "{\"type\":\"table\",\"content\":[{\"type\":\"table_row\",\"content\":[{\"type\":\"table_cell\",\"content\":[" in  \
    "]}]}]}"
#define SOUND "{\"type\":\"sound\",\"attrs\":{\"media\":\"" H64 "\"}}"
#define PARA  "{\"type\":\"paragraph\"}"

static const char *const invalid[] = {
    "",
    "null",
    "[]",
    "{",
    "{}",
    "{\"type\":\"doc\"}",
    "{\"type\":\"doc\",\"content\":[]}",
    "{\"type\":\"doc\",\"content\":{}}",
    "{\"type\":\"paragraph\"}",
    D("null"),
    D("{}"),
    D("{\"type\":1}"),
    D("{\"type\":\"script\"}"),
    D("{\"type\":\"doc\"}"),
    D("{\"type\":\"text\",\"text\":\"a\"}"),
    D("{\"type\":\"list_item\"}"),
    D(PARA) "x",
    D("{\"type\":\"paragraph\",\"x\":1}"),
    D("{\"type\":\"paragraph\",\"type\":\"paragraph\"}"),
    D("{\"type\":\"paragraph\",\"text\":\"a\"}"),
    D("{\"type\":\"paragraph\",\"attrs\":[]}"),
    D("{\"type\":\"paragraph\",\"attrs\":{\"style\":\"x\"}}"),
    D("{\"type\":\"paragraph\",\"attrs\":{\"align\":\"justify\"}}"),
    D("{\"type\":\"paragraph\",\"marks\":[]}"),
    D("{\"type\":\"heading\"}"),
    D("{\"type\":\"heading\",\"attrs\":{\"level\":1}}"),
    D("{\"type\":\"heading\",\"attrs\":{\"level\":null}}"),
    D("{\"type\":\"heading\",\"attrs\":{\"level\":\"2\"}}"),
    D("{\"type\":\"heading\",\"attrs\":{\"level\":2.0}}"),
    P("{\"type\":\"text\"}"),
    P("{\"type\":\"text\",\"text\":\"\"}"),
    P("{\"type\":\"text\",\"text\":1}"),
    P(PARA),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"code\"}]}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":{}}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"bold\"},{\"type\":\"bold\"}]}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"bold\",\"x\":1}]}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[1]}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"marks\":[{\"type\":\"link\"}]}"),
    P("{\"type\":\"text\",\"text\":\"a\",\"content\":[]}"),
    P("{\"type\":\"note\",\"content\":[{\"type\":\"note\"}]}"),
    P("{\"type\":\"text\",\"text\":\"\\ud800\"}"),
    P("{\"type\":\"text\",\"text\":\"\xff\"}"),
    LINK("javascript:alert(1)"),
    LINK("JaVaScRiPt:x"),
    LINK("data:text/html,x"),
    LINK("//evil.example"),
    LINK("/\\\\evil.example"),
    LINK("/\\t/evil.example"),
    LINK(" https://a.vn"),
    LINK(""),
    LINK("bai/1"),
    LINK("https://"),
    LINK("ftp://a.vn"),
    LINK("https://a.vn/\\\"x"),
    D(BOX("")),
    D(BOX(BOX(PARA))),
    D(BOX(ITEM(PARA "," BOX(PARA)))),
    D(ITEM("")),
    D(ITEM("{\"type\":\"heading\",\"attrs\":{\"level\":2}}")),
    D(ITEM(PARA "," SOUND)),
    D(ITEM(PARA "," BOX(SOUND))),
    D(CELL("")),
    D(CELL(CELL(PARA))),
    D(CELL(BOX(PARA))),
    D(CELL(SOUND)),
    D(CELL(ITEM(PARA "," CELL(PARA)))),
    D("{\"type\":\"quote\",\"content\":[{\"type\":\"heading\",\"attrs\":{\"level\":2}}]}"),
    D("{\"type\":\"figure\"}"),
    D("{\"type\":\"figure\",\"attrs\":{\"media\":\"abc\"}}"),
    D("{\"type\":\"sound\",\"attrs\":{\"media\":\"" H64 "\",\"alt\":\"x\"}}"),
    D("{\"type\":\"figure\",\"attrs\":{\"media\":\"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\"}"
      "}"),
    D("{\"type\":\"ordered_list\",\"attrs\":{\"start\":-1},\"content\":[{\"type\":\"list_item\",\"content\":[" PARA
      "]}]}"),
};

TEST(anything_else_is_refused_and_the_output_is_untouched)
{
    for (size_t i = 0; i < countof(invalid); i++) {
        struct body_node *doc = NULL;
        if (body_of_json(t, str_of(invalid[i]), &doc) != E_INVALID || doc != NULL)
            fail_msg("taken: %s", invalid[i]);
    }
}

static struct str nested(struct str open, struct str inner, struct str close, int n)
{
    struct buf b = buf_in(t);

    for (int i = 0; i < n; i++)
        buf_add(&b, open);
    buf_add(&b, inner);
    for (int i = 0; i < n; i++)
        buf_add(&b, close);
    return buf_str(&b);
}

TEST(a_tree_over_its_limits_is_too_large_before_it_is_built)
{
    struct body_node *doc;
    struct str list =
        S("{\"type\":\"bullet_list\",\"content\":[{\"type\":\"list_item\",\"content\":[{\"type\":\"paragraph\"},");
    struct str deep = nested(list, S(PARA), S("]}]}"), 12);

    assert_err(body_of_json(t, str_format(t, D("%.*s"), STR_ARG(deep)), &doc), E_TOO_LARGE);
    assert_err(body_of_json(t, nested(S("["), STR_NONE, S("]"), 1000000), &doc), E_TOO_LARGE);
    assert_err(body_of_json(t, nested(S("[],"), STR_NONE, S(""), 1000000), &doc), E_TOO_LARGE);
    assert_err(body_of_json(t, nested(S("  "), STR_NONE, S("   "), 1000000), &doc), E_TOO_LARGE);
}

TEST(canonical_json_is_a_fixed_point_for_any_tree)
{
    for (uint64_t seed = 0; seed < 400; seed++) {
        struct arena *a = arena_new(0);
        struct body_node *doc, *again;
        struct str made = body_to_json(a, body_generate(a, seed));
        assert_ok(body_of_json(a, made, &doc));
        struct str once = body_to_json(a, doc);
        assert_str(once, made);
        assert_ok(body_of_json(a, once, &again));
        assert_str(body_to_json(a, again), once);
        arena_free(a);
    }
}

TEST(an_arena_over_its_cap_frees_the_parsed_json)
{
    struct arena *small = arena_new(4096);
    struct body_node *doc;
    jmp_buf jump;
    volatile bool over = false;

    if (ARENA_GUARD(small, &jump))
        over = true;
    else
        IGNORE(body_of_json(small, body_to_json(t, body_generate(t, 7)), &doc)); /* it jumps */
    assert_true(over);
    arena_free(small);
}
