#include "html/body_gen.h"
#include "html/body_inside.h"

struct gen {
    struct arena *arena;
    uint64_t state;
    int nodes;
};

static unsigned roll(struct gen *g, unsigned n)
{
    g->state ^= g->state << 13;
    g->state ^= g->state >> 7;
    g->state ^= g->state << 17;
    return (unsigned)(g->state >> 33) % n;
}

/* Words of every kind that has made trouble: composed and decomposed, and the signs of the plain form. */
static struct str some_text(struct gen *g)
{
    static const char *const words[] = {
        "chi bộ",
        "nghị quyết",
        "Đảng",
        "ti\xe1\xba\xbfng",
        "tie\xcc\x82\xcc\x81ng",
        "a\xcc\xa3\xcc\x82",
        "2026",
        "họp",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        "{{",
        "}}",
        "\\",
        "#",
        "## ",
        "- ",
        "1. ",
        "> ",
        " ",
        "  ",
        "\"",
        "<b>",
        "&amp;",
        "{{bảng 1}}",
        "\xc2\xa0",
        "^",
        "~",
        "…",
        "e",
        "\xcc\x81",
        "(http://a.vn)",
    };
    struct buf b = buf_in(g->arena);

    for (unsigned n = 1 + roll(g, 4); n > 0; n--) {
        buf_add_z(&b, words[roll(g, 4) ? roll(g, 8) : roll(g, countof(words))]);
        if (roll(g, 3))
            buf_add_char(&b, ' ');
    }
    return buf_str(&b);
}

static struct str some_media(struct gen *g)
{
    return str_format(g->arena, "%064x", roll(g, 5));
}

static void fill_inline(struct gen *g, struct body_node *parent)
{
    static const char *const links[] = {"https://a.vn/x_(y)?a=1&b=2", "/bai/thu-1", "#d3", "mailto:a@b.vn"};

    for (unsigned n = roll(g, 5); n > 0; n--) {
        unsigned which = roll(g, 12);
        if (which == 0) {
            body_add(parent, body_new(g->arena, BODY_BREAK));
        } else if (which == 1 && body_allows(parent, BODY_NOTE)) {
            fill_inline(g, body_add(parent, body_new(g->arena, BODY_NOTE)));
        } else {
            unsigned marks = roll(g, 2) ? 0 : roll(g, 4) ? roll(g, 4) : roll(g, 64);
            body_add_text(g->arena, parent, some_text(g), marks, str_of(links[roll(g, countof(links))]));
        }
    }
}

static void fill(struct gen *g, struct body_node *n, int depth);

static void set_attrs(struct gen *g, struct body_node *n)
{
    if (n->kind == BODY_HEADING)
        n->level = 2 + (int)roll(g, 3);
    if (n->kind == BODY_PARAGRAPH && roll(g, 4) == 0)
        n->align = (enum body_align)roll(g, 3);
    if (n->kind == BODY_NUMBERS && roll(g, 3) == 0)
        n->start = (int)roll(g, 12);
    if (n->kind == BODY_CELL) {
        n->header = roll(g, 3) == 0;
        n->colspan = roll(g, 5) ? 1 : 2;
        n->rowspan = roll(g, 5) ? 1 : 3;
    }
    if (BODY_MEDIA & BODY_BIT(n->kind)) {
        n->media = some_media(g);
        n->credit = roll(g, 2) ? some_text(g) : STR_NONE;
    }
    if (n->kind == BODY_FIGURE && roll(g, 2))
        n->alt = some_text(g);
}

static enum body_kind some_child(struct gen *g, const struct body_node *parent, int depth)
{
    for (int tries = 0; tries < 20; tries++) {
        enum body_kind kind = (enum body_kind)roll(g, BODY_BREAK);
        if (body_allows(parent, kind) && (depth < 7 || body_holds_inline(kind)))
            return kind;
    }
    return body_allows(parent, BODY_ITEM)   ? BODY_ITEM
           : body_allows(parent, BODY_ROW)  ? BODY_ROW
           : body_allows(parent, BODY_CELL) ? BODY_CELL
                                            : BODY_PARAGRAPH;
}

static void fill(struct gen *g, struct body_node *n, int depth)
{
    unsigned children = 1 + roll(g, depth == 0 ? 8 : 3);

    set_attrs(g, n);
    if (body_holds_inline(n->kind)) {
        fill_inline(g, n);
        return;
    }
    if (n->kind == BODY_ITEM)
        fill(g, body_add(n, body_new(g->arena, BODY_PARAGRAPH)), depth + 1);
    for (; children > 0 && g->nodes > 0; children--, g->nodes--) {
        enum body_kind kind = some_child(g, n, depth);
        fill(g, body_add(n, body_new(g->arena, kind)), depth + 1);
    }
    if (n->first == NULL && body_needs_content(n->kind))
        fill(g, body_add(n, body_new(g->arena, some_child(g, n, 99))), depth + 1);
}

struct body_node *body_generate(struct arena *a, uint64_t seed)
{
    struct gen g = {.arena = a, .state = seed * 0x9e3779b97f4a7c15u + 88172645463325252u, .nodes = 60};
    struct body_node *doc = body_new(a, BODY_DOC);

    fill(&g, doc, 0);
    return doc;
}
