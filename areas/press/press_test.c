/* Whole editions: what a reader's program finds in the file. */
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "html/body_gen.h"
#include "press/press.h"
#include "press/sample_issue.h"
#include "unit/test.h"

static const char *work_path(const char *name)
{
    return str_z(t, str_format(t, "press-test.%d/%s", (int)getpid(), name));
}

static void remove_work(void)
{
    char name[64];

    snprintf(name, sizeof name, "press-test.%d", (int)getpid());
    IGNORE(folder_remove(name)); /* nothing is lost when it stays */
}

static void prepare(void)
{
    static bool registered = false;

    sample_pictures(t, work_path("pictures"));
    if (!registered)
        atexit(remove_work);
    registered = true;
}

/* What a command prints; skipped where the tool is missing. */
static struct str output_of(const char *tool, struct str command)
{
    struct buf b = buf_in(t);
    char part[4096];
    size_t n;

    if (system(str_z(t, str_format(t, "command -v %s >/dev/null", tool))) != 0)
        SKIP(tool);
    FILE *pipe = popen(str_z(t, command), "r");
    assert_non_null(pipe);
    while ((n = fread(part, 1, sizeof part, pipe)) > 0)
        buf_add(&b, (struct str){part, n});
    pclose(pipe);
    return buf_str(&b);
}

static struct press_report pdf_of(const struct press_issue *issue, enum press_format format, const char *path)
{
    struct press_report report = {0};

    assert_ok(press_pdf(t, issue, format, path, &report));
    return report;
}

static struct str text_of(const char *pdf)
{
    return output_of("pdftotext", str_format(t, "pdftotext -enc UTF-8 %s -", pdf));
}

TEST(the_same_issue_gives_the_same_bytes)
{
    struct str one, two;

    prepare();
    for (int i = 0; i < 2; i++)
        pdf_of(sample_issue(t, 2, 3, 300), PRESS_A4, work_path(i == 0 ? "one.pdf" : "two.pdf"));
    assert_ok(file_read(t, work_path("one.pdf"), 1 << 26, &one));
    assert_ok(file_read(t, work_path("two.pdf"), 1 << 26, &two));
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
}

TEST(every_font_is_inside_the_file)
{
    prepare();
    pdf_of(sample_issue(t, 2, 3, 300), PRESS_A4, work_path("fonts.pdf"));
    struct str fonts = output_of("pdffonts", str_format(t, "pdffonts %s | tail -n +3 | awk '{print $(NF-4)}' | sort -u",
                                                        work_path("fonts.pdf")));
    assert_text(fonts, "yes\n");
}

/* The words of the text in order, whatever stands between them. */
static void assert_words_in_order(struct str page, struct str words)
{
    size_t at = 0;

    while (words.len > 0) {
        struct str word;
        words = str_cut(words, ' ', &word);
        size_t found = str_find(page, word, at);
        if (found == SIZE_MAX)
            fail_msg("\"%.*s\" is missing", STR_ARG(word));
        at = found + word.len;
    }
}

TEST(every_word_stands_on_the_pages_in_order)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct str prose = sample_prose(t, 7, 2500);

    prepare();
    for (int i = 0; i < 5; i++)
        sample_paragraph(t, doc, str_sub(prose, 0, prose.len));
    for (int format = 0; format < 2; format++) {
        pdf_of(sample_issue_of(t, doc), (enum press_format)format, work_path("words.pdf"));
        struct str page =
            output_of("pdftotext", str_format(t, "pdftotext -raw -enc UTF-8 %s - | grep -v 'Bản tin Làng Mới ·'",
                                              work_path("words.pdf")));
        assert_words_in_order(page, prose);
    }
}

TEST(contents_name_the_pages_that_items_start_on)
{
    struct press_report report;

    prepare();
    report = pdf_of(sample_issue(t, 2, 3, 500), PRESS_A4, work_path("contents.pdf"));
    assert_int_equal(report.n_items, 6);
    for (size_t i = 0; i < report.n_items; i++) {
        struct str title = str_format(t, "Bài thứ %zu của mục %zu", i % 3 + 1, i / 3 + 1);
        struct str page = output_of("pdftotext", str_format(t, "pdftotext -f %d -l %d %s -", report.items[i].first,
                                                            report.items[i].first, work_path("contents.pdf")));
        assert_true(str_contains(page, title));
        assert_true(report.items[i].first > 2 && report.items[i].last >= report.items[i].first);
    }
}

TEST(number_hash_and_mark_are_in_the_file)
{
    struct press_issue *issue = sample_issue(t, 1, 1, 200);
    struct press_report report;

    prepare();
    issue->mark = S("CHƯA DUYỆT");
    report = pdf_of(issue, PRESS_A5, work_path("marked.pdf"));
    struct str info = output_of("pdfinfo", str_format(t, "pdfinfo %s", work_path("marked.pdf")));
    assert_true(str_contains(info, issue->hash));
    assert_true(str_contains(info, S("Số 4/2026")));
    assert_true(str_contains(info, S("Tagged:          yes")));
    assert_true(str_contains(text_of(work_path("marked.pdf")), S("5feceb66ffc8")));
    for (int page = 1; page <= report.pages; page++) {
        struct str text =
            output_of("pdftotext", str_format(t, "pdftotext -f %d -l %d %s -", page, page, work_path("marked.pdf")));
        assert_true(str_contains(text, S("CHƯA DUYỆT")));
    }
}

TEST(a_missing_picture_leaves_a_frame_and_a_warning)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct press_report report;

    prepare();
    sample_figure(t, doc, S("none"));
    report = pdf_of(sample_issue_of(t, doc), PRESS_A4, work_path("missing.pdf"));
    assert_int_equal(report.n_warnings, 1);
    assert_int_equal(report.warnings[0].kind, PRESS_PICTURE_MISSING);
    assert_text(report.warnings[0].subject, "none");
    assert_true(str_contains(text_of(work_path("missing.pdf")), S("Thiếu ảnh")));
}

TEST(an_empty_issue_has_a_cover_and_a_contents_page)
{
    prepare();
    struct press_report report = pdf_of(sample_issue(t, 0, 0, 0), PRESS_A4, work_path("empty.pdf"));
    assert_true(report.pages >= 2);
}

TEST(a_word_longer_than_the_page_is_broken)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct buf b = buf_in(t);

    prepare();
    for (int i = 0; i < 3000; i++)
        buf_add_z(&b, "đ");
    sample_paragraph(t, doc, buf_str(&b));
    pdf_of(sample_issue_of(t, doc), PRESS_A4, work_path("long.pdf"));
}

TEST(a_table_of_5000_rows_repeats_its_header_on_every_page)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct press_report report;
    int64_t began = clock_monotonic_ms();

    prepare();
    sample_table(t, doc, 5000, 4);
    report = pdf_of(sample_issue_of(t, doc), PRESS_A4, work_path("table.pdf"));
    assert_true(clock_monotonic_ms() - began < 20000);
    struct str text = text_of(work_path("table.pdf"));
    size_t at = 0, headers = 0;
    for (; (at = str_find(text, S("Cột1"), at)) != SIZE_MAX; at++)
        headers++;
    assert_true((int)headers >= report.pages - 4);
    assert_true(str_contains(text, S("hàng4999cột4")));
}

TEST(a_cell_wider_than_the_page_stays_on_it)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct body_node *table;

    prepare();
    table = sample_table(t, doc, 3, 2);
    body_add_text(t, table->first->next->first->first, sample_prose(t, 3, 3000), 0, STR_NONE);
    table->first->next->first->colspan = 300;
    assert_true(pdf_of(sample_issue_of(t, doc), PRESS_A5, work_path("cell.pdf")).pages > 4);
}

static struct str repeated(const char *z, int n)
{
    struct buf b = buf_in(t);

    for (int i = 0; i < n; i++)
        buf_add_z(&b, z);
    return buf_str(&b);
}

TEST(names_of_any_length_and_signs_can_be_printed)
{
    struct press_issue *issue = sample_issue(t, 2, 2, 60);
    struct press_item *item = (struct press_item *)&issue->sections[0].items[0];
    struct press_section *section = (struct press_section *)&issue->sections[1];

    prepare();
    issue->publication = repeated("Tin dài ", 200);
    issue->organisation = issue->motto = repeated("Hội 'A' \\ (B) <c> ", 60);
    issue->accent = S("red");
    issue->lang = S("vi)/X (y");
    item->title = repeated("Nghiêng", 500);
    item->standfirst = repeated("một hai ba ", 800);
    item->authors = item->unit = repeated("Ơ", 300);
    section->name = STR_NONE;
    ((struct press_item *)section->items)->title = STR_NONE;
    for (int format = 0; format < 2; format++)
        assert_true(pdf_of(issue, (enum press_format)format, work_path("names.pdf")).pages > 3);
    assert_true(str_contains(output_of("pdfinfo", str_format(t, "pdfinfo %s 2>&1", work_path("names.pdf"))),
                             S("Tagged:          yes")));
}

TEST(letters_that_no_face_has_are_named)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct press_report report;

    prepare();
    sample_paragraph(t, doc, S("Tên cũ viết là \U00013000 và \U00013001."));
    report = pdf_of(sample_issue_of(t, doc), PRESS_A4, work_path("letters.pdf"));
    assert_int_equal(report.n_warnings, 1);
    assert_int_equal(report.warnings[0].kind, PRESS_LETTER_MISSING);
    assert_text(report.warnings[0].subject, "\U00013000\U00013001");
    assert_int_equal(report.warnings[0].item, 0);
}

TEST(a_recording_is_a_line_with_the_address_of_its_item)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct body_node *sound = body_add(doc, body_new(t, BODY_SOUND));
    struct press_issue *issue = sample_issue_of(t, doc);

    prepare();
    sound->media = S("sound1");
    body_add_text(t, sound, S("Bài hát của thôn"), 0, STR_NONE);
    ((struct press_item *)issue->sections[0].items)->permalink = S("/bai/bai-hat");
    pdf_of(issue, PRESS_A4, work_path("sound.pdf"));
    struct str text = text_of(work_path("sound.pdf"));
    assert_true(str_contains(text, S("Nghe: Bài hát của thôn")));
    assert_true(str_contains(text, S("lang.example.vn/bai/bai-hat")));
}

TEST(a_link_with_quotes_stays_one_link)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct body_node *paragraph = body_add(doc, body_new(t, BODY_PARAGRAPH));

    prepare();
    body_add_text(t, paragraph, S("nguồn"), MARK_LINK, S("https://example.vn/?a='b'&c=\\d (e)"));
    pdf_of(sample_issue_of(t, doc), PRESS_A4, work_path("link.pdf"));
}

TEST(a_figure_higher_than_the_page_is_made_smaller)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct press_issue *issue;

    prepare();
    for (int i = 0; i < 12; i++)
        sample_figure(t, doc, S("png-high"));
    issue = sample_issue_of(t, doc);
    assert_true(pdf_of(issue, PRESS_A4, work_path("high.pdf")).pages >= 4);
}

TEST(any_tree_can_be_printed)
{
    prepare();
    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct press_issue *issue = sample_issue_of(t, body_generate(t, seed));
        pdf_of(issue, seed % 2 ? PRESS_A4 : PRESS_A5, work_path("any.pdf"));
        assert_true(press_text(t, issue).len > 0);
    }
}

TEST(the_file_names_its_language)
{
    struct str file;

    prepare();
    pdf_of(sample_issue(t, 1, 1, 50), PRESS_A4, work_path("lang.pdf"));
    assert_ok(file_read(t, work_path("lang.pdf"), 1 << 26, &file));
    assert_true(str_contains(file, S("/Lang (vi)")));
    struct str told = output_of("pdfinfo", str_format(t, "pdfinfo %s 2>&1", work_path("lang.pdf")));
    assert_false(str_contains(told, S("rror")));
}

TEST(a_folder_that_is_not_there_is_an_error)
{
    struct press_report report;

    prepare();
    assert_err(press_pdf(t, sample_issue(t, 1, 1, 50), PRESS_A4, work_path("no/such/folder.pdf"), &report), E_IO);
}
