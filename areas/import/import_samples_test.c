#include "unit/test.h"

#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "import/import.h"
#include "import/sample_words.h"

static struct import_result import(const char *name)
{
    struct import_options options = {0};
    struct import_result result;

    assert_ok(import_file(t, &options, sample_path(name), str_of(name), &result));
    if (result.problem != IMPORT_FINE)
        print_error("%s: %s\n", name, import_problem_name(result.problem));
    assert_int_equal(result.problem, IMPORT_FINE);
    return result;
}

static size_t noted(const struct import_result *result, enum import_note_kind kind)
{
    for (size_t i = 0; i < result->note_count; i++)
        if (result->notes[i].kind == kind)
            return result->notes[i].count;
    return 0;
}

static size_t count_kind(const struct body_node *doc, enum body_kind kind)
{
    size_t n = 0;

    for (const struct body_node *node = doc; node != NULL; node = body_walk(doc, node))
        n += node->kind == kind;
    return n;
}

/* --- words ------------------------------------------------------------------------------------------------------- */

static struct str words_of_import(const struct import_result *result)
{
    struct buf b = buf_in(t);

    buf_add(&b, result->title_is_sure ? result->title : S(""));
    for (size_t i = 0; i < result->author_count; i++) {
        buf_add_char(&b, ' ');
        buf_add(&b, result->authors[i].title);
        buf_add_char(&b, ' ');
        buf_add(&b, result->authors[i].name);
        buf_add_char(&b, ' ');
        buf_add(&b, result->authors[i].role);
    }
    buf_add_char(&b, ' ');
    buf_add(&b, result->standfirst);
    buf_add_char(&b, ' ');
    for (const struct body_node *n = result->doc; n != NULL; n = body_walk(result->doc, n))
        buf_add(&b, n->kind == BODY_TEXT                                 ? n->text
                    : n->kind == BODY_BREAK || n->kind == BODY_PARAGRAPH ? S(" ")
                                                                         : S(""));
    return sample_words(buf_str(&b));
}

static void assert_loses_no_word(const char *name)
{
    struct import_result result = import(name);

    sample_assert_words(words_of_import(&result), sample_words(sample_text_of_docx(sample_path(name))), name);
}

TEST(the_first_document_loses_no_word)
{
    assert_loses_no_word("d0-trung-tam-chuyen-de.docx");
}
TEST(the_second_document_loses_no_word)
{
    assert_loses_no_word("d1-chi-bo-van-phong.docx");
}
TEST(the_third_document_loses_no_word)
{
    assert_loses_no_word("d2-ban-tin-sinh-hoat-chi-bo.docx");
}
TEST(the_fourth_document_loses_no_word)
{
    assert_loses_no_word("d3-chuyen-trang-xay-dung-dang.docx");
}
TEST(the_fifth_document_loses_no_word)
{
    assert_loses_no_word("d4-sinh-hoat-chuyen-de.docx");
}

static void assert_plain_loses_no_word(const char *name)
{
    struct import_result result = import(name);
    struct str text;

    assert_ok(file_read(t, sample_path(name), 1 << 20, &text));
    sample_assert_words(words_of_import(&result), sample_words(text), name);
}

TEST(plain_text_loses_no_word)
{
    static const char *const names[] = {"d0-trung-tam-chuyen-de.txt", "d1-chi-bo-van-phong.txt",
                                        "d2-ban-tin-sinh-hoat-chi-bo.txt", "d3-chuyen-trang-xay-dung-dang.txt",
                                        "d4-sinh-hoat-chuyen-de.txt"};

    for (size_t i = 0; i < countof(names); i++)
        assert_plain_loses_no_word(names[i]);
}

TEST(an_annex_with_numbered_parts_loses_no_word)
{
    assert_loses_no_word("nd30-2020-phu-luc-2-viet-hoa.docx");
}

/* All that was read, one line a block: for comparing two documents letter by letter. */
static struct str all_of(const struct import_result *result)
{
    struct buf b = buf_in(t);

    buf_add(&b, result->title);
    for (size_t i = 0; i < result->author_count; i++)
        buf_add(&b, result->authors[i].name);
    buf_add(&b, body_to_text(t, result->doc));
    /* The old encoding has no typographic quotation marks: whoever typed this lost them before we did. */
    struct str text = str_replace(t, str_replace(t, buf_str(&b), S("“"), S("\"")), S("”"), S("\""));
    return str_replace(t, text, S("…"), S("..."));
}

TEST(an_old_font_arrives_letter_for_letter)
{
    struct import_result old = import("legacy-tcvn3.docx"), fresh = import("d4-sinh-hoat-chuyen-de.docx");

    assert_true(noted(&old, IMPORT_OLD_FONT) > 0);
    sample_assert_words(all_of(&old), all_of(&fresh), "legacy-tcvn3.docx");
}

TEST(an_annex_keeps_its_48_tables)
{
    struct import_result result = import("nd30-2020-phu-luc-3-mau.docx");

    assert_int_equal(count_kind(result.doc, BODY_TABLE), 48);
}

TEST(text_boxes_are_lifted_and_counted)
{
    struct import_result result = import("nd30-2020-phu-luc-1-the-thuc.docx");

    /* The file holds 86: each of 43 boxes twice, for new and for old programs. */
    assert_int_equal(noted(&result, IMPORT_TEXT_BOXES), 43);
    assert_int_equal(noted(&result, IMPORT_TEXT_BOX_COPIES), 43);
    assert_true(str_contains(body_to_text(t, result.doc), S("20 - 25 mm")));
}
