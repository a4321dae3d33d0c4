/* `bantin import`, the program itself, on the real documents, into a data folder of its own: once for all tests here.
 * What is checked is what the database holds afterwards. */
#include <sys/wait.h>
#include <unistd.h>
#include "article/authors.h"
#include "base/files.h"
#include "db/test_database.h"
#include "import/import_messages.h"
#include "import/sample_words.h"
#include "intake/intake.h"

static char folder[64];

static int run(const char *format, ...) PRINTF_LIKE(1, 2);
static int run(const char *format, ...)
{
    struct buf b = buf_in(t);
    va_list args;

    va_start(args, format);
    buf_add_formatv(&b, format, args);
    va_end(args);
    int status = system(str_z(t, buf_str(&b)));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void remove_folder(void)
{
    IGNORE(folder_remove(folder)); /* it is in /tmp */
}

static void close_database(void *database)
{
    database_close(database);
}

/* Imports everything at the first call; a reader of what came of it. */
static struct db *imported(void)
{
    const char *program = getenv("BANTIN_PROGRAM"), *samples = str_z(t, str_of(sample_path("README.md")));
    struct database *database;

    if (program == NULL)
        SKIP("BANTIN_PROGRAM names no program");
    if (folder[0] == '\0') {
        snprintf(folder, sizeof folder, "/tmp/bantin-samples-XXXXXX");
        assert_non_null(mkdtemp(folder));
        atexit(remove_folder);
        assert_int_equal(run("%s demo --data %s >%s/said 2>&1", program, folder, folder), 0);
        assert_int_equal(
            run("S=$(dirname %s); %s import --data %s --publication demo $S/*.docx $S/d?-*.txt >%s/said 2>&1", samples,
                program, folder, folder),
            0);
    }
    assert_ok(database_open(str_z(t, str_format(t, "%s/bantin.db", folder)), NULL, &database));
    arena_defer(t, close_database, database);
    return test_reader(database);
}

/* One imported file. */
struct came {
    struct article_draft draft;
    struct body_node *doc;
    struct import_note *notes;
    size_t note_count;
    bool title_is_sure;
};

static struct came came(const char *name)
{
    struct db *db = imported();
    struct q_article_for_rules article;
    struct q_intake_list_rows list;
    struct came c = {0};

    assert_ok(q_intake_list(db, (struct person_id){0}, (struct intake_id){INT64_MAX}, 100, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (!str_equal(list.rows[i].file_name, str_of(name)))
            continue;
        assert_ok(q_article_for_rules(db, list.rows[i].article_id, &article));
        assert_ok(article_draft_of(db, article.head_id, &c.draft));
        assert_ok(body_of_json(t, c.draft.body, &c.doc));
        c.note_count = import_report_of_json(t, list.rows[i].report, &c.notes);
        c.title_is_sure = str_equal(list.rows[i].state, S("done"));
        return c;
    }
    fail_msg("%s did not come in", name);
    return c;
}

/* In the order in which they stood. */
static struct str words_of(const struct came *c)
{
    struct buf b = buf_in(t);
    struct author *authors;
    size_t n = authors_of_json(t, c->draft.authors, &authors);

    buf_add(&b, c->title_is_sure ? c->draft.title : S(""));
    for (size_t i = 0; i < n; i++)
        buf_add_format(&b, " %.*s %.*s", STR_ARG(authors[i].name), STR_ARG(authors[i].role));
    buf_add_format(&b, " %.*s ", STR_ARG(c->draft.standfirst));
    for (const struct body_node *node = c->doc; node != NULL; node = body_walk(c->doc, node))
        buf_add(&b, node->kind == BODY_TEXT                                    ? node->text
                    : node->kind == BODY_BREAK || node->kind == BODY_PARAGRAPH ? S(" ")
                                                                               : S(""));
    return sample_words(buf_str(&b));
}

static size_t noted(const struct came *c, enum import_note_kind kind)
{
    for (size_t i = 0; i < c->note_count; i++)
        if (c->notes[i].kind == kind)
            return c->notes[i].count;
    return 0;
}

TEST(five_articles_lose_no_word_on_their_way_into_the_newsroom)
{
    static const char *const names[] = {"d0-trung-tam-chuyen-de.docx", "d1-chi-bo-van-phong.docx",
                                        "d2-ban-tin-sinh-hoat-chi-bo.docx", "d3-chuyen-trang-xay-dung-dang.docx",
                                        "d4-sinh-hoat-chuyen-de.docx"};

    for (size_t i = 0; i < countof(names); i++) {
        struct came c = came(names[i]);
        sample_assert_words(words_of(&c), sample_words(sample_text_of_docx(sample_path(names[i]))), names[i]);
    }
}

TEST(their_plain_texts_lose_no_word_either)
{
    static const char *const names[] = {"d0-trung-tam-chuyen-de.txt", "d1-chi-bo-van-phong.txt",
                                        "d2-ban-tin-sinh-hoat-chi-bo.txt", "d3-chuyen-trang-xay-dung-dang.txt",
                                        "d4-sinh-hoat-chuyen-de.txt"};
    struct str text;

    for (size_t i = 0; i < countof(names); i++) {
        struct came c = came(names[i]);
        assert_ok(file_read(t, sample_path(names[i]), 1 << 20, &text));
        sample_assert_words(words_of(&c), sample_words(text), names[i]);
    }
}

TEST(the_annex_keeps_its_48_tables)
{
    struct came c = came("nd30-2020-phu-luc-3-mau.docx");
    size_t tables = 0;

    for (const struct body_node *n = c.doc; n != NULL; n = body_walk(c.doc, n))
        tables += n->kind == BODY_TABLE;
    assert_int_equal(tables, 48);
}

TEST(the_report_beside_the_article_counts_its_text_boxes)
{
    struct came c = came("nd30-2020-phu-luc-1-the-thuc.docx");

    assert_int_equal(noted(&c, IMPORT_TEXT_BOXES), 43);
    assert_int_equal(noted(&c, IMPORT_TEXT_BOX_COPIES), 43);
}

TEST(the_old_font_arrives_as_the_new_one)
{
    struct came old = came("legacy-tcvn3.docx"), fresh = came("d4-sinh-hoat-chuyen-de.docx");

    assert_true(noted(&old, IMPORT_OLD_FONT) > 0);
    sample_assert_words(words_of(&old), words_of(&fresh), "legacy-tcvn3.docx");
}

TEST(an_unknown_publication_makes_nothing)
{
    const char *program = getenv("BANTIN_PROGRAM");
    struct q_intake_list_rows before, after;
    struct db *db = imported();

    assert_ok(q_intake_list(db, (struct person_id){0}, (struct intake_id){INT64_MAX}, 100, &before));
    assert_int_equal(run("%s import --data %s --publication khong-co %s >%s/said 2>&1", program, folder,
                         sample_path("d4-sinh-hoat-chuyen-de.txt"), folder),
                     1);
    assert_ok(q_intake_list(db, (struct person_id){0}, (struct intake_id){INT64_MAX}, 100, &after));
    assert_int_equal(after.count, before.count);
}

TEST(a_file_that_fails_makes_the_status_1_and_the_others_come_in)
{
    const char *program = getenv("BANTIN_PROGRAM");
    struct q_intake_list_rows list;
    struct db *db = imported();

    assert_int_equal(
        run(": >%s/rong.docx; %s import --data %s --publication demo --as congtacvien %s/rong.docx %s >%s/said 2>&1",
            folder, program, folder, folder, sample_path("d4-sinh-hoat-chuyen-de.txt"), folder),
        1);
    assert_ok(q_intake_list(db, (struct person_id){0}, (struct intake_id){INT64_MAX}, 2, &list));
    assert_text(list.rows[1].state, "problem");
    assert_text(list.rows[0].state, "done");
    assert_true(list.rows[0].person_id.v > 0);
    assert_int_equal(run("%s import --data %s --publication demo --as docgia %s >%s/said 2>&1", program, folder,
                         sample_path("d4-sinh-hoat-chuyen-de.txt"), folder),
                     1);
}
