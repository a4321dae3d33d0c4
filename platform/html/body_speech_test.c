#include "unit/test.h"
#include "html/body_gen.h"
#include "html/body_import.h"
#include "html/body_speech.h"

static struct body_speech_words words = {
    .figure = {"Ảnh", 5}, .sound = {"Âm thanh", 9}, .video = {"Video", 5}, .table = {"Bảng", 6}, .row = {"Hàng", 5}};

static const struct {
    const char *html, *said;
} cases[] = {
    {"<h2>Tin</h2><p>Một câu.</p><p>Hỏi?</p><p>a<br>b</p>", "Tin.\nMột câu.\nHỏi?\na, b.\n"},
    {"<ol start=2><li>một<ul><li>x</ul><li>hai</ol>", "2. một.\nx.\n3. hai.\n"},
    {"<table><tr><th>Tên<th>Số<tr><td>An<td>5<tr><td>Bình<td></table>",
     "Bảng 1.\nHàng 1: Tên; Số.\nHàng 2: Tên: An; Số: 5.\nHàng 3: Tên: Bình.\n"},
    {"<table><tr><th>Tên<th>Số<tr><td rowspan=2>An<td>5<tr><td>6</table>",
     "Bảng 1.\nHàng 1: Tên; Số.\nHàng 2: An; 5.\nHàng 3: 6.\n"},
    {"<figure><img src=x alt=y><figcaption>Lễ chào cờ</figcaption></figure><img src=x alt='Cờ'>",
     "Ảnh: Lễ chào cờ.\nẢnh: Cờ.\n"},
};

TEST(a_text_to_be_read_aloud_says_numbers_rows_and_captions)
{
    for (size_t i = 0; i < countof(cases); i++) {
        struct body_import_report r;
        struct body_node *doc;
        assert_ok(body_of_html(t, str_of(cases[i].html), &r, &doc));
        assert_str(body_to_speech(t, doc, &words), str_of(cases[i].said));
    }
}

TEST(notes_are_read_in_brackets_or_left_out)
{
    struct body_node *doc = body_new(t, BODY_DOC), *p = body_add(doc, body_new(t, BODY_PARAGRAPH));
    struct body_speech_words with = words;

    body_add_text(t, p, S("Theo nghị quyết"), 0, STR_NONE);
    body_add_text(t, body_add(p, body_new(t, BODY_NOTE)), S("số 5"), 0, STR_NONE);
    assert_text(body_to_speech(t, doc, &words), "Theo nghị quyết.\n");
    with.notes = true;
    assert_text(body_to_speech(t, doc, &with), "Theo nghị quyết (số 5).\n");
}
