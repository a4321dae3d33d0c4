/* The book as epubcheck sees it. Java is slow: this runs in the long suite only. */
#include <unistd.h>
#include "base/files.h"
#include "press/press.h"
#include "press/sample_issue.h"
#include "unit/test.h"

static void check(const struct press_issue *issue)
{
    struct press_report report;
    char folder[64];

    if (!file_exists("/usr/share/java/epubcheck.jar"))
        SKIP("epubcheck is not installed");
    snprintf(folder, sizeof folder, "epubcheck-test.%d", (int)getpid());
    sample_pictures(t, folder);
    assert_ok(press_epub(t, issue, str_z(t, str_format(t, "%s/book.epub", folder)), &report));
    struct str command =
        str_format(t, "java -Xmx128m -jar /usr/share/java/epubcheck.jar --failonwarnings -q %s/book.epub", folder);
    int code = system(str_z(t, command));
    IGNORE(folder_remove(folder)); /* nothing is lost when it stays */
    assert_int_equal(code, 0);
}

TEST(a_full_issue_is_a_valid_book)
{
    struct press_issue *issue = sample_issue(t, 3, 4, 500);

    issue->mark = S("CHƯA DUYỆT");
    check(issue);
}

TEST(an_issue_with_a_cover_picture_is_a_valid_book)
{
    struct press_issue *issue = sample_issue(t, 1, 1, 100);

    issue->cover = S("jpeg9");
    check(issue);
}

TEST(an_empty_issue_is_a_valid_book)
{
    check(sample_issue(t, 0, 0, 0));
}

TEST(names_with_signs_of_markup_make_a_valid_book)
{
    struct press_issue *issue = sample_issue(t, 1, 1, 50);

    issue->publication = S("Tin & bài <mới> \"đầy đủ\"");
    issue->organisation = S("Hội <A> & 'B'");
    issue->motto = issue->title = STR_NONE;
    check(issue);
}
