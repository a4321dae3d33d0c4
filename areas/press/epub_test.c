/* The book and the text to be read aloud. */
#include <unistd.h>
#include <zip.h>
#include "base/files.h"
#include "press/press.h"
#include "press/sample_issue.h"
#include "unit/test.h"

static const char *work_path(const char *name)
{
    return str_z(t, str_format(t, "epub-test.%d/%s", (int)getpid(), name));
}

static void remove_work(void)
{
    char name[64];

    snprintf(name, sizeof name, "epub-test.%d", (int)getpid());
    IGNORE(folder_remove(name)); /* nothing is lost when it stays */
}

static const char *book_of(const struct press_issue *issue, const char *name)
{
    static bool registered = false;
    struct press_report report;

    if (!registered)
        atexit(remove_work);
    registered = true;
    assert_ok(press_epub(t, issue, work_path(name), &report));
    return work_path(name);
}

static struct str part_of(const char *book, const char *name)
{
    zip_t *zip = zip_open(book, ZIP_RDONLY, NULL);
    zip_stat_t about;

    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &about), 0);
    char *bytes = arena_alloc(t, about.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, bytes, about.size), about.size);
    zip_fclose(file);
    zip_close(zip);
    return (struct str){bytes, about.size};
}

TEST(the_type_stands_first_and_is_not_compressed)
{
    struct str file;

    sample_pictures(t, work_path("pictures"));
    assert_ok(file_read(t, book_of(sample_issue(t, 2, 2, 300), "first.epub"), 1 << 24, &file));
    assert_text(str_sub(file, 30, 28), "mimetypeapplication/epub+zip");
}

TEST(the_same_issue_gives_the_same_book)
{
    struct str one, two;

    sample_pictures(t, work_path("pictures"));
    assert_ok(file_read(t, book_of(sample_issue(t, 2, 2, 300), "one.epub"), 1 << 24, &one));
    assert_ok(setenv("TZ", "Asia/Ho_Chi_Minh", 1) == 0 ? OK : E_IO);
    tzset();
    assert_ok(file_read(t, book_of(sample_issue(t, 2, 2, 300), "two.epub"), 1 << 24, &two));
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
}

TEST(the_book_carries_number_hash_and_mark)
{
    struct press_issue *issue = sample_issue(t, 1, 1, 100);

    sample_pictures(t, work_path("pictures"));
    issue->mark = S("ĐÃ THAY THẾ");
    const char *book = book_of(issue, "marked.epub");
    struct str package = part_of(book, "EPUB/package.opf");
    assert_true(str_contains(package, issue->hash));
    assert_true(str_contains(package, S("Số 4/2026")));
    assert_true(str_contains(part_of(book, "EPUB/colophon.xhtml"), issue->hash));
    assert_true(str_contains(part_of(book, "EPUB/item-1.xhtml"), S("ĐÃ THAY THẾ")));
}

TEST(links_of_the_site_lead_to_the_site)
{
    sample_pictures(t, work_path("pictures"));
    struct str part = part_of(book_of(sample_issue(t, 1, 1, 300), "links.epub"), "EPUB/item-1.xhtml");
    assert_true(str_contains(part, S("href=\"https://lang.example.vn/bai/bai-truoc\"")));
}

TEST(a_picture_that_is_not_one_is_left_out_and_told)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct press_report report;

    sample_pictures(t, work_path("pictures"));
    assert_ok(file_write(work_path("pictures/sample.jpg"), S("not a picture")));
    sample_figure(t, doc, S("jpeg1"));
    assert_ok(press_epub(t, sample_issue_of(t, doc), work_path("broken.epub"), &report));
    assert_int_equal(report.n_warnings, 1);
    assert_int_equal(report.warnings[0].kind, PRESS_PICTURE_BROKEN);
    assert_ok(press_pdf(t, sample_issue_of(t, doc), PRESS_A4, work_path("broken.pdf"), &report));
    assert_int_equal(report.n_warnings, 1);
}

TEST(a_recording_is_a_line_with_the_address_of_its_item)
{
    struct body_node *doc = body_new(t, BODY_DOC);
    struct body_node *sound = body_add(doc, body_new(t, BODY_SOUND));
    struct press_issue *issue = sample_issue_of(t, doc);
    struct press_report report;

    sample_pictures(t, work_path("pictures"));
    sound->media = S("sound1");
    body_add_text(t, sound, S("Bài hát của thôn"), 0, STR_NONE);
    ((struct press_item *)issue->sections[0].items)->permalink = S("/bai/bai-hat");
    assert_ok(press_epub(t, issue, work_path("sound.epub"), &report));
    assert_int_equal(report.n_warnings, 0);
    struct str page = part_of(work_path("sound.epub"), "EPUB/item-1.xhtml");
    assert_true(str_contains(page, S("Bài hát của thôn")));
    assert_true(str_contains(page, S("lang.example.vn/bai/bai-hat\"")));
    assert_false(str_contains(page, S("<audio")));
}

TEST(the_text_to_read_has_header_contents_items_and_questions_in_order)
{
    struct str text = press_text(t, sample_issue(t, 2, 2, 300));
    const char *const parts[] = {
        "Bản tin Làng Mới\nSố 4/2026",   "Trong số này\n1. Bài thứ 1",   "Cùng bạn đọc",
        "Chuyên mục 1\n\n1. Bài thứ 1",  "(Chú thích: Số liệu",          "hàng1cột1; hàng1cột2",
        "Câu hỏi thảo luận\n1. Thôn ta", "Chuyên mục 2\n\n3. Bài thứ 1", "Mã nội dung: 5feceb66"};
    size_t at = 0;

    assert_true(str_is_utf8(text));
    for (size_t i = 0; i < countof(parts); i++) {
        at = str_find(text, str_of(parts[i]), at);
        if (at == SIZE_MAX)
            fail_msg("\"%s\" is missing", parts[i]);
    }
}
