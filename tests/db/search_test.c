/* Full text search with the text room's words, handed in from outside; SQLite only. */
#include "db/test_database.h"
#include "db/sample_sql.h"
#include "text/text.h"

extern const struct migration test_migrations[];

static enum err index_words(struct tx *tx, struct str words)
{
    struct note_id id;

    TRY(q_note_add(tx, (struct author_id){1}, words, words, STR_NONE, 0, 0, &id));
    return q_note_text_add(tx, id, words);
}

static size_t found(struct database *database, struct str words)
{
    struct q_note_text_find_rows rows;

    assert_ok(q_note_text_find(test_reader(database), words, &rows));
    return rows.count;
}

TEST(a_document_is_found_by_its_words_with_marks_and_without)
{
    if (test_on_postgres())
        SKIP("SQLite's own");
    database_set_tokenizer(text_tokens);
    struct database *database = test_database_with(test_migrations);

    assert_ok(WRITE(database, t, NULL, index_words(tx, S("Hội nghị cán bộ, Hoà Bình"))));
    assert_ok(WRITE(database, t, NULL, index_words(tx, S("can"))));
    assert_int_equal(found(database, S("\"CÁN BỘ\"")), 1);
    assert_int_equal(found(database, S("\"can\"")), 2);
    assert_int_equal(found(database, S("\"nghi cán bo\"")), 1);
    assert_int_equal(found(database, S("\"hòa bình\"")), 1);
    assert_int_equal(found(database, S("\"cán nghị\"")), 0);
    database_set_tokenizer(NULL);
}
