#include "unit/test.h"

#include "base/files.h"
#include "import/import.h"
#include "import/made_docx.h"
#include "jobs/sandbox.h"

/* LibreOffice takes seconds to start: these run in the long group. */
static struct import_result import(const char *name, struct str content)
{
    struct import_options options = {0};
    struct import_result result;

    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    if (!file_exists("/usr/lib/libreoffice/program/soffice.bin") || sandbox_kind() != SANDBOX_BUBBLEWRAP)
        SKIP("LibreOffice or bubblewrap is not installed");
    assert_ok(import_file(t, &options, made_file(t, name, content), str_of(name), &result));
    return result;
}

TEST(rich_text_comes_in_by_libreoffice)
{
    struct import_result result =
        import("a.rtf", S("{\\rtf1\\ansi\\uc1{\\fonttbl{\\f0 Times New Roman;}}{\\pard\\qc\\b Tin m\\u7915?ng\\par}"
                          "{\\pard Vi\\u7879?t Nam \\u273?\\u7845?t n\\u432?\\u7899?c ta \\u417?i, m\\u234?nh m\\u244?ng "
                          "bi\\u7875?n l\\u250?a.\\par}}"));

    assert_string_equal(import_problem_name(result.problem), "fine");
    assert_text(result.title, "Tin mừng");
    assert_true(str_contains(body_to_json(t, result.doc), S("Việt Nam đất nước ta ơi, mênh mông biển lúa.")));
}

TEST(rich_text_that_is_none_is_answered)
{
    assert_non_null(import_problem_name(import("a.rtf", S("{\\rtf1 {{{{{{{{ \\bin99999999 x")).problem));
}
