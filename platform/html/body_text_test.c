#include "unit/test.h"
#include "html/body.h"
#include "html/body_gen.h"
#include "html/body_inside.h"

static struct body_node *add(struct body_node *parent, enum body_kind kind, const char *text)
{
    struct body_node *n = body_add(parent, body_new(t, kind));

    if (text != NULL)
        body_add_text(t, n, str_of(text), 0, STR_NONE);
    return n;
}

/* A cell or an item with one paragraph. */
static struct body_node *add_with(struct body_node *parent, enum body_kind kind, const char *text)
{
    struct body_node *n = add(parent, kind, NULL);

    add(n, BODY_PARAGRAPH, text);
    return n;
}

static struct str media(int n)
{
    return str_format(t, "%064x", n);
}

static struct body_node *sample(void)
{
    struct body_node *doc = body_new(t, BODY_DOC);

    add(doc, BODY_HEADING, "Kết quả quý I");
    struct body_node *p = add(doc, BODY_PARAGRAPH, "Ba chi bộ");
    add(p, BODY_NOTE, "theo báo cáo");
    body_add_text(t, p, S(" đã họp."), MARK_BOLD, STR_NONE);
    body_add(p, body_new(t, BODY_BREAK));
    body_add_text(t, p, S("Hết."), 0, STR_NONE);
    struct body_node *list = add(doc, BODY_NUMBERS, NULL);
    list->start = 3;
    struct body_node *item = add_with(list, BODY_ITEM, "một");
    add_with(add(item, BODY_BULLETS, NULL), BODY_ITEM, "nhỏ");
    add_with(list, BODY_ITEM, "hai");
    struct body_node *row = add(add(doc, BODY_TABLE, NULL), BODY_ROW, NULL);
    add(add_with(row, BODY_CELL, "Tên"), BODY_PARAGRAPH, "gọi");
    add_with(row, BODY_CELL, "Số");
    struct body_node *figure = add(doc, BODY_FIGURE, "Lễ chào cờ");
    figure->media = media(2);
    figure->credit = S("Ảnh: An");
    add(doc, BODY_SOUND, NULL)->media = media(1);
    add(doc, BODY_FIGURE, NULL)->media = media(2);
    return doc;
}

TEST(plain_text_has_one_line_a_block_with_tabs_after_list_marks_and_between_cells)
{
    assert_text(body_to_text(t, sample()), "Kết quả quý I\n"
                                           "Ba chi bộ [theo báo cáo] đã họp. Hết.\n"
                                           "3.\tmột\n"
                                           "•\tnhỏ\n"
                                           "4.\thai\n"
                                           "Tên gọi\tSố\n"
                                           "Lễ chào cờ\tẢnh: An\n");
}

TEST(words_are_syllables_and_go_on_across_marks)
{
    struct body_node *doc = body_new(t, BODY_DOC), *p = add(doc, BODY_PARAGRAPH, "  nghị qu");

    body_add_text(t, p, S("yết\xc2\xa0số"), MARK_BOLD, STR_NONE);
    add(doc, BODY_PARAGRAPH, "5");
    assert_int_equal(body_count_words(doc), 4);
    assert_int_equal(body_count_words(sample()), 4 + 3 + 3 + 2 + 1 + 1 + 1 + 1 + 2 + 1 + 3);
}

TEST(media_are_named_once_in_order_of_appearance)
{
    struct str *hashes;

    assert_int_equal(body_media(t, sample(), &hashes), 2);
    assert_str(hashes[0], media(2));
    assert_str(hashes[1], media(1));
    assert_int_equal(body_media(t, body_new(t, BODY_DOC), &hashes), 0);
}

static size_t count_nodes(const struct body_node *n)
{
    size_t count = 1;

    for (const struct body_node *child = n->first; child != NULL; child = child->next)
        count += count_nodes(child);
    return count;
}

TEST(a_walk_visits_every_node_of_its_root_and_no_other)
{
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct body_node *doc = body_generate(t, seed);
        for (const struct body_node *root = doc; root != NULL; root = body_walk(doc, root)) {
            size_t count = 0;
            for (const struct body_node *n = root; n != NULL; n = body_walk(root, n))
                count++;
            assert_int_equal(count, count_nodes(root));
        }
    }
}

TEST(text_added_in_pieces_is_one_node)
{
    struct body_node *p = body_new(t, BODY_PARAGRAPH);

    for (int i = 0; i < 100000; i++)
        body_add_text(t, p, S("ab"), 0, STR_NONE);
    assert_ptr_equal(p->first, p->last);
    assert_int_equal(p->first->text.len, 200000);
}

TEST(text_is_cleaned_of_controls_and_composed)
{
    assert_text(body_clean_text(t, S("a\tb\x01"
                                     "c\r\n")),
                "a bc  ");
    assert_text(body_clean_text(t, S("tie\xcc\x82\xcc\x81ng")), "tiếng");
    assert_text(body_clean_text(t, S("\xff"
                                     "a")),
                "\xef\xbf\xbd"
                "a");
}
