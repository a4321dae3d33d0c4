#include "unit/test.h"

#include <fcntl.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "import/import.h"
#include "import/made_docx.h"
#include "jobs/sandbox.h"

/* Files that want to break the importer: each gets its answer, soon, and in bounded memory (the sandbox holds that). */

static const char *problem_of(const char *path, const char *name)
{
    struct import_options options = {0};
    struct import_result result;
    int64_t start = clock_monotonic_ms();

    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    assert_ok(import_file(t, &options, path, str_of(name), &result));
    int64_t took = clock_monotonic_ms() - start;
    if (took > 2000)
        print_error("%s took %d ms\n", name, (int)took);
    assert_true(took < 4000); /* 2 s on a quiet machine */
    assert_true((result.problem == IMPORT_FINE) == (result.doc != NULL));
    return import_problem_name(result.problem);
}

static const char *problem_of_bytes(struct str bytes, const char *name)
{
    return problem_of(made_file(t, name, bytes), name);
}

static struct str repeat(const char *text, size_t n)
{
    struct buf b = buf_in(t);

    for (size_t i = 0; i < n; i++)
        buf_add_z(&b, text);
    return buf_str(&b);
}

TEST(an_empty_file_is_called_empty)
{
    assert_string_equal(problem_of_bytes(S(""), "a.docx"), "empty");
    assert_string_equal(problem_of_bytes(S("  \n\n \n"), "a.txt"), "empty");
    assert_string_equal(problem_of(made_docx(t, S("<w:p/>"), S("")), "a.docx"), "empty");
}

TEST(a_word_file_cut_short_is_broken)
{
    struct str body = repeat("<w:p><w:r><w:t>Một đoạn.</w:t></w:r></w:p>", 50), whole;

    assert_ok(file_read(t, made_docx(t, body, S("")), 1 << 20, &whole));
    for (size_t part = 1; part < 5; part++)
        assert_string_equal(problem_of_bytes(str_sub(whole, 0, whole.len * part / 5), "cut.docx"), "broken");
}

TEST(a_word_file_with_a_flipped_bit_is_broken_or_fine_but_answers)
{
    struct str body = repeat("<w:p><w:r><w:t>Một đoạn văn bản thử.</w:t></w:r></w:p>", 50), whole;

    assert_ok(file_read(t, made_docx(t, body, S("")), 1 << 20, &whole));
    for (size_t i = 0; i < 12; i++) {
        char *bytes = str_z(t, whole);
        bytes[(i * 997 + 40) % whole.len] ^= 0x10;
        assert_non_null(problem_of_bytes((struct str){bytes, whole.len}, "flip.docx"));
    }
}

TEST(a_zip_that_is_no_word_file_is_an_unknown_kind)
{
    struct made_entry entries[] = {{"readme.txt", S("hello")}};

    assert_string_equal(problem_of(made_zip(t, "a.zip", entries, 1), "a.docx"), "unknown_kind");
}

TEST(what_claims_to_be_word_and_is_a_program_is_an_unknown_kind)
{
    assert_string_equal(problem_of_bytes(S("MZ\x90\0\x03\0\0\0"), "a.docx"), "unknown_kind");
    assert_string_equal(problem_of_bytes(S("%PDF-1.7\n"), "a.docx"), "unknown_kind");
}

TEST(a_file_with_a_password_is_called_so)
{
    struct buf b = buf_in(t);

    buf_add(&b, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    buf_add(&b, repeat("x", 1000));
    for (const char *c = "EncryptedPackage"; *c != '\0'; c++) {
        buf_add_char(&b, *c);
        buf_add_char(&b, '\0');
    }
    buf_add(&b, repeat("x", 1000));
    assert_string_equal(problem_of_bytes(buf_str(&b), "secret.docx"), "encrypted");
}

TEST(a_file_of_200_megabytes_is_too_large)
{
    const char *path = made_file(t, "large.docx", S("PK\x03\x04word/document.xml"));

    assert_int_equal(truncate(path, (off_t)200 << 20), 0);
    assert_string_equal(problem_of(path, "large.docx"), "too_large");
}

TEST(a_zip_bomb_is_refused_unopened)
{
    size_t n = (size_t)60 << 20;
    char *blanks = arena_alloc(t, n);
    memset(blanks, ' ', n);
    struct made_entry entries[] = {{"[Content_Types].xml", S("<Types/>")},
                                   {"_rels/.rels", S("<Relationships/>")},
                                   {"word/document.xml", {blanks, n}}};

    assert_string_equal(problem_of(made_zip(t, "bomb.docx", entries, countof(entries)), "bomb.docx"), "bomb");
}

TEST(a_bomb_of_many_entries_is_refused)
{
    struct made_entry *entries = NEW_ARRAY(t, struct made_entry, 5000);

    for (size_t i = 0; i < 5000; i++)
        entries[i] = (struct made_entry){str_z(t, str_format(t, "word/%zu.xml", i)), S("x")};
    assert_string_equal(problem_of(made_zip(t, "many.docx", entries, 5000), "many.docx"), "bomb");
}

static const char *docx_with(struct str document)
{
    struct made_entry entries[] = {
        {"[Content_Types].xml", S("<Types/>")},
        {"_rels/.rels",
         S("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
           "Id=\"r\" "
           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
           "Target=\"word/document.xml\"/></Relationships>")},
        {"word/document.xml", document}};

    return made_zip(t, "made.docx", entries, countof(entries));
}

TEST(a_billion_laughs_are_not_read)
{
    struct str laughs =
        S("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b "
          "\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
          "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><w>&d;</w>");

    assert_string_equal(problem_of(docx_with(laughs), "laughs.docx"), "broken");
}

TEST(an_entity_from_outside_is_not_fetched)
{
    struct str thief = S("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w>&x;</w>");

    assert_string_equal(problem_of(docx_with(thief), "thief.docx"), "broken");
}

TEST(twenty_thousand_nested_tables_are_refused)
{
    struct buf b = buf_in(t);

    buf_add(&b, repeat("<w:tbl><w:tr><w:tc>", 20000));
    buf_add(&b, repeat("</w:tc></w:tr></w:tbl>", 20000));
    assert_string_equal(problem_of(docx_with(made_document(t, buf_str(&b))), "deep.docx"), "broken");
}

TEST(twenty_thousand_nested_boxes_of_a_page_are_refused_or_flattened)
{
    struct buf b = buf_in(t);

    buf_add(&b, S("<!DOCTYPE html><p>Chữ"));
    buf_add(&b, repeat("<div>", 20000));
    assert_non_null(problem_of_bytes(buf_str(&b), "deep.html"));
}

TEST(a_path_out_of_the_archive_is_refused)
{
    struct made_entry entries[] = {
        {"[Content_Types].xml", S("<Types/>")},
        {"_rels/.rels",
         S("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
           "Id=\"r\" "
           "Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>")},
        {"word/document.xml", made_document(t, S("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>"))},
        {"../../outside.xml", S("x")}};

    assert_string_equal(problem_of(made_zip(t, "slip.docx", entries, countof(entries)), "slip.docx"), "broken");
}

TEST(without_a_sandbox_word_is_refused_and_plain_text_is_not)
{
    const char *word = made_docx(t, S("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>"), S(""));
    enum sandbox_kind kind = sandbox_kind();

    sandbox_force(SANDBOX_NONE);
    assert_string_equal(problem_of(word, "a.docx"), "no_sandbox");
    assert_string_equal(problem_of_bytes(S("Chữ thường.\n"), "a.txt"), "fine");
    sandbox_force(kind);
}

TEST(landlock_alone_is_enough_for_word)
{
    const char *word = made_docx(t, S("<w:p><w:r><w:t>Chữ trong hộp cát.</w:t></w:r></w:p>"), S(""));
    enum sandbox_kind kind = sandbox_kind();

    sandbox_force(SANDBOX_LANDLOCK);
    assert_string_equal(problem_of(word, "a.docx"), "fine");
    sandbox_force(kind);
}

TEST(many_lines_of_any_sort_answer_in_time)
{
    static const char *const lines[] = {"AB\n", "- a\n", "___\n\n", "1. A\n", "a\n", "chữ nối chữ nối\n"};

    for (size_t i = 0; i < countof(lines); i++) {
        assert_non_null(problem_of_bytes(repeat(lines[i], 60000), "many.txt"));
        assert_non_null(problem_of_bytes(repeat(lines[i], 400000), "more.txt"));
    }
}

TEST(noise_never_crashes)
{
    uint32_t seed = 1;

    for (int round = 0; round < 200; round++) {
        char bytes[600];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
        assert_non_null(problem_of_bytes((struct str){bytes, 1 + seed % sizeof bytes}, "noise.txt"));
    }
}
