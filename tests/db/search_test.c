/* The full text tokenizer that is handed in from outside; SQLite only. */
#include "db/test_database.h"
#include "db/sample_sql.h"

extern const struct migration test_migrations[];

/* Cuts at spaces; the folded form leaves out what is not ASCII. */
static void cut(struct str text, tokenizer_each *each, void *ctx)
{
    size_t at = 0;

    while (at < text.len) {
        size_t end = str_find_char(text, ' ', at), n = 0;
        char folded[64];
        end = end == SIZE_MAX ? text.len : end;
        for (size_t i = at; i < end && n < sizeof folded; i++)
            if ((unsigned char)text.ptr[i] < 0x80)
                folded[n++] = text.ptr[i];
        each(ctx, str_sub(text, at, end - at), (struct str){folded, n}, at, end);
        at = end + 1;
    }
}

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
    database_set_tokenizer(cut);
    struct database *database = test_database_with(test_migrations);

    assert_ok(WRITE(database, t, NULL, index_words(tx, S("hội nghị cán bộ"))));
    assert_ok(WRITE(database, t, NULL, index_words(tx, S("cn"))));
    assert_int_equal(found(database, S("\"cán\"")), 1);
    assert_int_equal(found(database, S("\"cn\"")), 2);
    assert_int_equal(found(database, S("\"ngh cán b\"")), 1);
    assert_int_equal(found(database, S("\"cán nghị\"")), 0);
    database_set_tokenizer(NULL);
}
