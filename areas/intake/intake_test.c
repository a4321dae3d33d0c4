/* Files to drafts, in a temporary media folder: what comes in, what is kept, who may. */
#include "intake/intake.h"
#include <unistd.h>
#include "access/access.h"
#include "article/authors.h"
#include "base/files.h"
#include "db/test_database.h"
#include "import/import_messages.h"
#include "import/made_docx.h"
#include "intake/intake_problem.h"
#include "media/media_store.h"
#include "publication/publication.h"

#define LONG_TEXT "Sáng nay chi bộ họp bàn việc làm đường, ai cũng góp một ngày công cho đoạn qua suối."

static struct database *database;
static struct publication_id publication;
static char folder[64];

static void remove_folder(void *path)
{
    IGNORE(folder_remove(path)); /* it is in /tmp */
}

static void set_up(void)
{
    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    access_start();
    database = test_database();
    snprintf(folder, sizeof folder, "/tmp/bantin-intake-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena_defer(t, remove_folder, folder);
    assert_ok(WRITE(database, t, &the_program_itself, publication_ensure(tx, S("thu"), S("Thử"), &publication)));
}

static struct principal contributor = {.roles = ROLE_ANYONE | ROLE_MEMBER | ROLE_CONTRIBUTOR};
static struct principal reader = {.roles = ROLE_ANYONE | ROLE_MEMBER | ROLE_READER};

static struct intake_result take_with(const struct intake_order *order, const char *path, const char *name)
{
    struct intake_options options = {.media = folder, .nobody_to_ask = true};
    struct intake_result result;
    struct intake_id id;
    struct str hash;
    int64_t bytes;

    assert_ok(intake_store(t, folder, path, &hash, &bytes));
    assert_ok(WRITE(database, t, &the_program_itself, intake_add(tx, order, hash, str_of(name), bytes, &id)));
    assert_ok(intake_read(database, t, &the_program_itself, &options, id, &result));
    return result;
}

static struct intake_result take(const char *path, const char *name)
{
    struct intake_order order = {.publication = publication};

    return take_with(&order, path, name);
}

static struct article_draft draft_of(struct article_id id)
{
    struct db *db = test_reader(database);
    struct q_article_for_rules article;
    struct article_draft draft;

    assert_ok(q_article_for_rules(db, id, &article));
    assert_ok(article_draft_of(db, article.head_id, &draft));
    return draft;
}

static struct body_node *tree_of(struct article_id id)
{
    struct body_node *doc;

    assert_ok(body_of_json(t, draft_of(id).body, &doc));
    return doc;
}

static const char *made_text(const char *title)
{
    return made_docx(
        t,
        str_format(t, "%.*s%.*s%.*s", STR_ARG(made_paragraph(t, "<w:jc w:val=\"center\"/>", "<w:b/>", title)),
                   STR_ARG(made_paragraph(t, "", "", LONG_TEXT)), STR_ARG(made_paragraph(t, "", "", LONG_TEXT))),
        S(""));
}

/* --- what comes in -------------------------------------------------------------------------------------------------
 */

TEST(every_query_of_imports_is_understood)
{
    set_up();
    test_every_query(test_reader(database), intake_queries);
}

TEST(a_word_file_becomes_a_draft_with_its_original)
{
    struct q_article_originals_rows originals;
    const char *path, *file;
    struct str kept, sent;

    set_up();
    file = made_text("LÀM ĐƯỜNG VỀ BẢN");
    struct intake_result result = take(file, "lam-duong.docx");
    assert_text(result.state, "done");
    assert_text(draft_of(result.article).title, "LÀM ĐƯỜNG VỀ BẢN");
    assert_ok(q_article_originals(test_reader(database), result.article, &originals));
    assert_int_equal(originals.count, 1);
    assert_text(originals.rows[0].file_name, "lam-duong.docx");
    assert_ok(media_store_find(t, folder, originals.rows[0].hash, "original", &path));
    assert_ok(file_read(t, path, 1 << 20, &kept));
    assert_ok(file_read(t, file, 1 << 20, &sent));
    assert_str(kept, sent);
}

TEST(a_title_and_an_author_that_are_given_stand_and_the_found_title_stays_in_the_text)
{
    struct author author = {S("Lò Văn Dũng"), S("Bí thư"), S("Chi bộ 3")};

    set_up();
    struct intake_order order = {
        .publication = publication, .title = S("Tên khác"), .authors = authors_to_json(t, &author, 1)};
    struct intake_result result = take_with(&order, made_text("LÀM ĐƯỜNG VỀ BẢN"), "a.docx");
    struct article_draft draft = draft_of(result.article);
    assert_text(draft.title, "Tên khác");
    assert_text(authors_names(t, draft.authors), "Lò Văn Dũng");
    assert_true(str_contains(body_to_text(t, tree_of(result.article)), S("LÀM ĐƯỜNG VỀ BẢN")));
}

TEST(without_a_plain_title_the_name_of_the_file_is_it_and_must_be_confirmed)
{
    set_up();
    struct intake_result result = take(made_file(t, "x.txt", S(LONG_TEXT "\n\n" LONG_TEXT "\n")), "bai-cua_ban.txt");
    assert_text(result.state, "title");
    assert_text(draft_of(result.article).title, "bai cua ban");
    assert_ok(WRITE(database, t, &the_program_itself, intake_title(tx, (struct intake_id){1}, S("Tên thật"))));
    assert_text(draft_of(result.article).title, "Tên thật");
    assert_err(WRITE(database, t, &the_program_itself, intake_title(tx, (struct intake_id){1}, S("Lần nữa"))),
               E_CONFLICT);
    assert_text(draft_of(result.article).title, "Tên thật");
}

TEST(the_title_of_an_article_that_was_sent_on_is_left_alone)
{
    struct q_article_for_rules article;
    struct q_intake_one row;

    set_up();
    struct intake_result result = take(made_file(t, "x.txt", S(LONG_TEXT "\n\n" LONG_TEXT "\n")), "bai-cua-ban.txt");
    assert_ok(q_article_for_rules(test_reader(database), result.article, &article));
    assert_ok(WRITE(database, t, &the_program_itself, article_send(tx, result.article, article.head_id)));
    assert_ok(WRITE(database, t, &the_program_itself, intake_title(tx, (struct intake_id){1}, S("Tên khác"))));
    assert_text(draft_of(result.article).title, "bai cua ban");
    assert_ok(q_intake_one(test_reader(database), (struct intake_id){1}, &row));
    assert_text(row.state, "done");
}

TEST(what_was_read_is_not_read_again)
{
    struct intake_options options = {.media = folder};
    struct intake_result again;

    set_up();
    struct intake_result result = take(made_text("LÀM ĐƯỜNG VỀ BẢN"), "a.docx");
    assert_ok(intake_read(database, t, &the_program_itself, &options, (struct intake_id){1}, &again));
    assert_int_equal(again.article.v, result.article.v);
    assert_text(again.title, "LÀM ĐƯỜNG VỀ BẢN");
}

#define DRAWING                                                                                                        \
    "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9525\" cy=\"9525\"/><wp:docPr id=\"1\" name=\"x\" "               \
    "descr=\"ảnh\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"     \
    "<pic:pic><pic:blipFill><a:blip r:embed=\"rImg\"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"           \
    "</wp:inline></w:drawing></w:r></w:p>"

TEST(a_picture_that_cannot_be_shown_is_counted_and_its_article_comes_in)
{
    set_up();
    struct str body = str_format(t, "%s%.*s", DRAWING, STR_ARG(made_paragraph(t, "", "", LONG_TEXT)));
    struct intake_result result =
        take(made_docx_with_picture(t, body, "image1.png", S("\x89PNG\r\n\x1a\n broken")), "anh.docx");
    assert_true(result.article.v > 0);
    assert_int_equal(result.note_count, 1);
    assert_int_equal(result.notes[0].kind, IMPORT_PICTURES_SKIPPED);
    for (const struct body_node *doc = tree_of(result.article), *n = doc; n != NULL; n = body_walk(doc, n))
        assert_true(n->kind != BODY_FIGURE);
}

/* --- what does not -------------------------------------------------------------------------------------------------
 */

static void assert_kept(const char *path, const char *name, const char *problem)
{
    struct intake_result result = take(path, name);
    struct q_intake_list_rows list;
    const char *stored;
    struct q_intake_one row;

    assert_text(result.state, "problem");
    assert_str(result.problem, str_of(problem));
    assert_true(msg(LANG_VI, intake_problem_message(result.problem)).len > 10);
    assert_ok(q_intake_list(test_reader(database), (struct person_id){0}, (struct intake_id){INT64_MAX}, 1, &list));
    assert_str(list.rows[0].file_name, str_of(name));
    assert_ok(q_intake_one(test_reader(database), list.rows[0].id, &row));
    assert_ok(media_store_find(t, folder, row.hash, "original", &stored));
}

static struct str with_password(void)
{
    struct buf b = buf_in(t);

    buf_add(&b, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
    for (int i = 0; i < 1000; i++)
        buf_add_char(&b, 'x');
    for (const char *c = "EncryptedPackage"; *c != '\0'; c++) {
        buf_add_char(&b, *c);
        buf_add_char(&b, '\0');
    }
    return buf_str(&b);
}

static const char *bomb(void)
{
    size_t n = (size_t)60 << 20;
    char *blanks = arena_alloc(t, n);
    memset(blanks, ' ', n);
    struct made_entry entries[] = {{"[Content_Types].xml", S("<Types/>")},
                                   {"_rels/.rels", S("<Relationships/>")},
                                   {"word/document.xml", {blanks, n}}};

    return made_zip(t, "bomb.docx", entries, countof(entries));
}

TEST(what_cannot_be_read_is_kept_with_its_reason_and_the_rest_comes_in)
{
    struct str whole;

    set_up();
    assert_kept(made_file(t, "e.docx", S("")), "rong.docx", "empty");
    assert_kept(made_file(t, "p.docx", with_password()), "mat-khau.docx", "encrypted");
    assert_kept(bomb(), "bom.docx", "bomb");
    assert_ok(file_read(t, made_text("X"), 1 << 20, &whole));
    assert_kept(made_file(t, "c.docx", str_sub(whole, 0, whole.len / 2)), "cut.docx", "broken");
    assert_kept(made_file(t, "a.png", S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")), "anh.png", "medium");
    assert_text(take(made_text("LÀM ĐƯỜNG VỀ BẢN"), "a.docx").state, "done");
}

TEST(a_file_over_the_limit_says_so_and_is_kept)
{
    const char *path;

    set_up();
    path = made_file(t, "large.docx", S("PK\x03\x04word/document.xml"));
    assert_int_equal(truncate(path, (off_t)INTAKE_MAX_BYTES + 1), 0);
    assert_kept(path, "lon.docx", "too_large");
}

TEST(a_problem_is_tried_again_but_a_draft_is_not)
{
    set_up();
    take(made_file(t, "e.docx", S("")), "rong.docx");
    take(made_text("LÀM ĐƯỜNG VỀ BẢN"), "a.docx");
    assert_ok(WRITE(database, t, &the_program_itself, intake_again(tx, (struct intake_id){1})));
    assert_err(WRITE(database, t, &the_program_itself, intake_again(tx, (struct intake_id){2})), E_INVALID);
    assert_err(WRITE(database, t, &the_program_itself, intake_put_away(tx, (struct intake_id){1})), E_INVALID);
    assert_ok(WRITE(database, t, &the_program_itself, intake_put_away(tx, (struct intake_id){2})));
}

/* --- who may -------------------------------------------------------------------------------------------------------
 */

TEST(a_contributor_imports_for_themselves_and_a_reader_does_not)
{
    struct intake_order order;
    struct intake_id id;

    set_up();
    order = (struct intake_order){.publication = publication};
    assert_err(WRITE(database, t, &reader, intake_add(tx, &order, S("h"), S("a.txt"), 1, &id)), E_DENIED);
    assert_ok(WRITE(database, t, &contributor, intake_add(tx, &order, S("h"), S("a.txt"), 1, &id)));
    assert_err(WRITE(database, t, &contributor, intake_put_away(tx, id)), E_DENIED);
    assert_false(intake_may_see(&contributor, (struct person_id){7}));
}

TEST(a_section_of_another_publication_is_refused)
{
    struct publication_id other;
    struct q_intake_sections_rows sections;
    struct intake_id id;

    set_up();
    assert_ok(WRITE(database, t, &the_program_itself, publication_ensure(tx, S("khac"), S("Khác"), &other)));
    assert_ok(q_intake_sections(test_reader(database), &sections));
    struct intake_order order = {.publication = other, .section = sections.rows[0].id};
    assert_err(WRITE(database, t, &the_program_itself, intake_add(tx, &order, S("h"), S("a.txt"), 1, &id)), E_INVALID);
}

TEST(a_report_is_kept_and_read_back_as_sentences)
{
    struct import_note notes[] = {{IMPORT_TEXT_BOXES, 43, STR_NONE}, {IMPORT_OLD_FONT, 2, S("Đảng")}};
    struct str *sentences;

    struct str json = import_report_to_json(t, notes, countof(notes));
    assert_int_equal(import_report_sentences(t, LANG_VI, json, &sentences), 2);
    assert_text(sentences[0], "Đã đưa 43 khung chữ vào bài thành đoạn văn");
    assert_text(sentences[1], "Đã chuyển 2 đoạn chữ phông cũ sang Unicode: “Đảng”");
    assert_int_equal(import_report_sentences(t, LANG_VI, S("[{\"kind\":\"unheard-of\"}]"), &sentences), 0);
    assert_int_equal(import_report_sentences(t, LANG_VI, S("broken"), &sentences), 0);
}
