#include "access/access.h"
#include "base/clock.h"
#include "base/files.h"
#include "db/test_database.h"
#include "edition/edition.h"
#include "media/media_store.h"
#include "org/org.h"
#include "publication/publication.h"
#include <sodium.h>

static struct database *database;
static struct db *reader;
static struct publication_id publication;
static struct section_id section;
static struct issue_id issue;
static struct unit_id unit;
static const char *folder;

#define DO(call) WRITE(database, t, &the_program_itself, call)

static void remove_folder(void *path)
{
    IGNORE(folder_remove(path));
}

static void start(void)
{
    static const struct issue_front front = {
        .year = 2026, .number = 4, .title = {"Xuân", 5}, .date = {"2026-04-01", 10}, .cover = {"", 0},
        .editorial = {"Lời đầu số.", 18}, .licence = {"số 7", 6}, .editor_name = {"", 0}, .printer = {"", 0},
    };
    struct publication_facts facts = {.code = S("mot"), .name = S("Bản tin")};
    char *made = str_z(t, S("/tmp/bantin-edition-XXXXXX"));

    access_start();
    issue_start();
    assert_true(sodium_init() >= 0);
    folder = mkdtemp(made);
    arena_defer(t, remove_folder, made);
    database = test_database();
    reader = test_reader(database);
    assert_ok(DO(publication_make(tx, &facts, &publication)));
    assert_ok(DO(section_add(tx, publication, S("Tin tức"), 0, 0, &section)));
    assert_ok(DO(issue_create(tx, publication, &front, &issue)));
    assert_ok(DO(unit_add(tx, (struct unit_id){0}, &(struct unit_facts){.name = S("Chi bộ 1"), .kind = S("chi bộ")}, &unit)));
}

static struct article_draft draft_of(const char *title, const char *visibility)
{
    return (struct article_draft){
        .title = str_of(title), .kicker = S(""), .standfirst = S(""), .authors = S("[]"),
        .body = str_format(t, "{\"content\":[{\"content\":[{\"text\":\"Nội dung %s.\",\"type\":\"text\"}],\"type\":\"paragraph\"}],\"type\":\"doc\"}",
                           title),
        .section = section, .visibility = str_of(visibility), .units = &unit,
        .unit_count = strcmp(visibility, "units") == 0 ? 1 : 0, .note = S(""),
    };
}

static struct revision_id head_of(struct article_id id)
{
    struct q_article_for_rules a;

    assert_ok(q_article_for_rules(reader, id, &a));
    return a.head_id;
}

static struct article_id add(const char *title, const char *visibility)
{
    struct article_draft draft = draft_of(title, visibility);
    struct article_id id;

    assert_ok(DO(article_create(tx, publication, &draft, &id)));
    assert_ok(DO(article_send(tx, id, head_of(id))));
    assert_ok(DO(article_approve(tx, id, head_of(id))));
    assert_ok(DO(issue_add_article(tx, issue, ISSUE_AS_IT_IS, id, section)));
    return id;
}

static int64_t base(void)
{
    struct q_issue_whole row;

    assert_ok(q_issue_whole(reader, issue, &row));
    return row.revision;
}

static void publish(void)
{
    assert_ok(DO(issue_send(tx, issue, base())));
    assert_ok(DO(issue_approve(tx, issue, base())));
    assert_ok(DO(issue_publish(tx, issue, base())));
}

static struct edition_place place(void)
{
    return (struct edition_place){.media = folder, .base_url = "https://bantin.example", .lang = LANG_VI};
}

static void make(void)
{
    struct edition_place here = place();

    assert_ok(edition_make_all(database, t, &here, folder, issue));
}

static struct q_edition_current current(enum edition_format format, int audience)
{
    struct q_edition_current row;

    assert_ok(q_edition_current(reader, issue, str_of(edition_kinds[format].name), audience, &row));
    return row;
}

/* The words of a stored edition, as a reader's program sees them. */
static struct str words_of(enum edition_format format, int audience)
{
    static const char *const tools[] = {"pdftotext %s -", "pdftotext %s -", "unzip -p %s", "cat %s"};
    struct q_edition_current row = current(format, audience);
    struct buf b = buf_in(t);
    char piece[4096];
    const char *path;
    size_t n;

    assert_ok(media_store_find(t, folder, row.file_hash, "original", &path));
    FILE *pipe = popen(str_format(t, tools[format], path).ptr, "r");
    while ((n = fread(piece, 1, sizeof piece, pipe)) > 0)
        buf_add(&b, (struct str){piece, n});
    if (pclose(pipe) != 0)
        SKIP("pdftotext or unzip is not installed");
    return buf_str(&b);
}

static size_t edition_count(bool only_current)
{
    struct q_editions_of_rows all;
    size_t n = 0;

    assert_ok(q_editions_of(reader, issue, &all));
    for (size_t i = 0; i < all.count; i++)
        n += !only_current || all.rows[i].superseded_at == 0;
    return n;
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(reader, edition_queries);
}

TEST(what_an_audience_may_not_see_is_nowhere_in_its_editions)
{
    start();
    add("Chimse", "public");
    add("Canhcut", "members");
    add("Dadieu", "units");
    add("Bocau", "public");
    publish();
    make();
    for (enum edition_format f = 0; f < EDITION_FORMATS; f++) {
        struct str everybody = words_of(f, FOR_EVERYBODY), members = words_of(f, FOR_MEMBERS);
        assert_true(str_contains(everybody, S("Chimse")) && str_contains(everybody, S("Bocau")));
        assert_false(str_contains(everybody, S("Canhcut")) || str_contains(everybody, S("Dadieu")));
        assert_true(str_contains(members, S("Canhcut")));
        assert_false(str_contains(members, S("Dadieu")));
        assert_false(str_contains(everybody, S("CHƯA DUYỆT")));
        assert_true(str_contains(everybody, S("4/2026")));
    }
    assert_true(str_contains(words_of(EDITION_TEXT, FOR_EVERYBODY), S("2. Bocau")));
    assert_true(str_contains(words_of(EDITION_TEXT, FOR_MEMBERS), S("3. Bocau")));
    assert_int_equal(edition_count(false), 2 * EDITION_FORMATS);
}

TEST(where_nothing_is_kept_back_both_audiences_have_the_same_files)
{
    start();
    add("Chimse", "public");
    publish();
    make();
    for (enum edition_format f = 0; f < EDITION_FORMATS; f++)
        assert_str(current(f, FOR_MEMBERS).file_hash, current(f, FOR_EVERYBODY).file_hash);
}

TEST(made_again_without_a_change_they_stay_the_same_editions)
{
    start();
    add("Chimse", "public");
    publish();
    make();
    struct q_edition_current before = current(EDITION_PDF_A4, FOR_EVERYBODY);
    make();
    assert_int_equal(current(EDITION_PDF_A4, FOR_EVERYBODY).id.v, before.id.v);
    assert_int_equal(edition_count(false), 2 * EDITION_FORMATS);
}

TEST(an_approved_correction_supersedes_the_editions_and_the_old_files_stay)
{
    struct article_draft draft = draft_of("Daibang", "public");
    struct revision_id saved;
    const char *path;

    start();
    struct article_id id = add("Chimse", "public");
    publish();
    make();
    struct q_edition_current before = current(EDITION_PDF_A4, FOR_EVERYBODY);
    draft.section = section;
    assert_ok(DO(article_correct(tx, id, S("fact"), S("sai tên"), true)));
    assert_ok(DO(article_save(tx, id, head_of(id), &draft, &saved)));
    assert_ok(DO(article_approve(tx, id, saved)));
    make();
    assert_true(current(EDITION_PDF_A4, FOR_EVERYBODY).id.v != before.id.v);
    assert_false(str_equal(current(EDITION_PDF_A4, FOR_EVERYBODY).hash, before.hash));
    assert_true(str_contains(words_of(EDITION_TEXT, FOR_EVERYBODY), S("Daibang")));
    assert_int_equal(edition_count(false), 4 * EDITION_FORMATS);
    assert_int_equal(edition_count(true), 2 * EDITION_FORMATS);
    assert_ok(media_store_find(t, folder, before.file_hash, "original", &path));
}

TEST(a_preview_is_marked_until_the_approval_holds)
{
    struct edition_place here = place();
    struct edition_issue made;

    start();
    here = place();
    add("Chimse", "public");
    add("Dadieu", "units");
    assert_ok(edition_load(reader, &here, issue, FOR_EVERYBODY, &made));
    assert_text(made.press.mark, "CHƯA DUYỆT");
    assert_int_equal(made.count, 1);
    assert_ok(DO(issue_send(tx, issue, base())));
    assert_ok(DO(issue_approve(tx, issue, base())));
    assert_ok(edition_load(reader, &here, issue, FOR_EVERYBODY, &made));
    assert_int_equal(made.press.mark.len, 0);
}
