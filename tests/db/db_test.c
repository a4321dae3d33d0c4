#include "db/test_database.h"
#include "db/sample_sql.h"
#include "db/query.h"
#include "base/clock.h"
#include "base/log.h"
#include <string.h>

extern const struct migration test_migrations[];

static struct database *sample(void)
{
    return test_database_with(test_migrations);
}

/* What the areas' rules will look like. */
static enum err note_write(struct tx *tx, const char *title, struct note_id *id)
{
    return q_note_add(tx, (struct author_id){1}, str_of(title), STR_NONE, STR_NONE, 1, tx->now, id);
}

static struct note_id note_make(struct database *database, const char *title)
{
    struct note_id id = {0};

    assert_ok(WRITE(database, t, NULL, note_write(tx, title, &id)));
    assert_true(id.v > 0);
    return id;
}

static int64_t notes(struct database *database)
{
    struct q_note_count count;

    assert_ok(q_note_count(test_reader(database), &count));
    return count.total;
}

static enum err add_all_types(struct tx *tx, struct note_id *full, struct note_id *bare)
{
    TRY(q_note_add(tx, (struct author_id){2}, S("Tiếng Việt 'có' \"dấu\" \\ và 😀"), S(""),
                   (struct str){"\0\xff\x01", 3}, 1, INT64_MAX, full));
    return q_note_add(tx, (struct author_id){0}, S("trống"), STR_NONE, STR_NONE, 0, INT64_MIN, bare);
}

TEST(every_type_comes_back_as_it_went_in)
{
    struct database *database = sample();
    struct note_id full, bare;
    struct q_note_get note;

    assert_ok(WRITE(database, t, NULL, add_all_types(tx, &full, &bare)));
    assert_ok(q_note_get(test_reader(database), full, &note));
    assert_int_equal(note.id.v, full.v);
    assert_int_equal(note.author_id.v, 2);
    assert_text(note.title, "Tiếng Việt 'có' \"dấu\" \\ và 😀");
    assert_non_null(note.body.ptr);
    assert_int_equal(note.body.len, 0);
    assert_true(str_equal(note.picture, (struct str){"\0\xff\x01", 3}));
    assert_int_equal(note.shown, 1);
    assert_true(note.written_at == INT64_MAX);

    assert_ok(q_note_get(test_reader(database), bare, &note));
    assert_int_equal(note.author_id.v, 0);
    assert_null(note.body.ptr);
    assert_null(note.picture.ptr);
    assert_true(note.written_at == INT64_MIN);
}

TEST(a_missing_row_is_not_found_and_leaves_the_row_alone)
{
    struct q_note_get note = {.shown = 77};

    assert_err(q_note_get(test_reader(sample()), (struct note_id){99}, &note), E_NOT_FOUND);
    assert_int_equal(note.shown, 77);
}

TEST(many_rows_come_in_order_with_their_joins)
{
    struct database *database = sample();
    struct q_note_list_rows rows;

    for (int i = 0; i < 20; i++)
        note_make(database, "bài");
    note_make(database, "bài cuối");
    assert_ok(q_note_list(test_reader(database), (struct author_id){1}, &rows));
    assert_int_equal(rows.count, 21);
    assert_text(rows.rows[0].title, "bài cuối");
    assert_int_equal(rows.rows[0].letters, 8);
    assert_text(rows.rows[20].name, "Nguyễn Văn A");
    assert_int_equal(rows.rows[20].by_id.v, 1);
    assert_ok(q_note_list(test_reader(database), (struct author_id){0}, &rows));
    assert_int_equal(rows.count, 21);
    assert_ok(q_note_list(test_reader(database), (struct author_id){2}, &rows));
    assert_int_equal(rows.count, 0);
}

struct seeing {
    struct db *db;
    int seen, inner;
};

static enum err see_inner(void *ctx, const struct q_note_each *row)
{
    int *n = ctx;

    (*n)++;
    return row->id.v > 0 ? OK : E_INVALID;
}

static enum err see(void *ctx, const struct q_note_each *row)
{
    struct seeing *s = ctx;

    assert_text(row->title, "bài");
    s->seen++;
    TRY(q_note_each(s->db, see_inner, &s->inner));
    return s->seen == 3 ? E_TOO_LARGE : OK;
}

TEST(rows_can_be_seen_one_by_one_with_queries_inside)
{
    struct database *database = sample();
    struct seeing s = {.db = test_reader(database)};

    for (int i = 0; i < 5; i++)
        note_make(database, "bài");
    assert_err(q_note_each(s.db, see, &s), E_TOO_LARGE);
    assert_int_equal(s.seen, 3);
    assert_int_equal(s.inner, 15);
    assert_int_equal(s.db->queries, 4);
}

static enum err fail_after_adding(struct tx *tx, enum err e)
{
    struct note_id id;

    TRY(note_write(tx, "sẽ bị bỏ", &id));
    return e;
}

TEST(a_write_that_does_not_give_ok_is_undone)
{
    struct database *database = sample();

    assert_err(WRITE(database, t, NULL, fail_after_adding(tx, E_DENIED)), E_DENIED);
    assert_int_equal(notes(database), 0);
    note_make(database, "sau đó");
    assert_int_equal(notes(database), 1);
}

static enum err add_until_the_cap(struct tx *tx)
{
    struct note_id id;

    TRY(note_write(tx, "sẽ bị bỏ", &id));
    for (;;)
        arena_alloc(tx->arena, 1000);
}

TEST(a_jump_out_of_a_write_undoes_it)
{
    struct database *database = sample();
    struct arena *a = arena_new(50000);
    jmp_buf jump;

    if (!ARENA_GUARD(a, &jump)) {
        IGNORE(WRITE(database, a, NULL, add_until_the_cap(tx))); /* it jumps */
        fail();
    }
    arena_free(a);
    assert_int_equal(notes(database), 0);
    note_make(database, "sau đó");
    assert_int_equal(notes(database), 1);
}

static enum err jump_while_reading(void *ctx, const struct q_note_each *row)
{
    (void)row;
    for (int i = 0; i < 1000; i++)
        arena_alloc(ctx, 1000);
    return OK;
}

TEST(a_jump_out_of_reading_leaves_the_connection_usable)
{
    struct database *database = sample();
    jmp_buf jump;

    note_make(database, "bài");
    for (int i = 0; i < 10; i++) {
        struct arena *a = arena_new(50000);
        struct db *db;
        assert_ok(db_reader(database, a, &db));
        if (!ARENA_GUARD(a, &jump)) {
            IGNORE(q_note_each(db, jump_while_reading, a)); /* it jumps */
            fail();
        }
        arena_free(a);
    }
    assert_int_equal(notes(database), 1);
}

static enum err add_author(struct tx *tx, struct str name)
{
    struct author_id id;

    return q_author_add(tx, name, &id);
}

static enum err add_note(struct tx *tx, int64_t author, struct str title, int64_t shown)
{
    struct note_id id;

    return q_note_add(tx, (struct author_id){author}, title, STR_NONE, STR_NONE, shown, 0, &id);
}

static enum err add_author_once(struct tx *tx, struct str name)
{
    struct author_id id;

    return q_author_once(tx, name, &id);
}

TEST(broken_rules_of_the_schema_are_told_apart)
{
    struct database *database = sample();
    char zeros[3] = {0};

    assert_ok(WRITE(database, t, NULL, add_author(tx, S("Trần B"))));
    assert_err(WRITE(database, t, NULL, add_author(tx, S("Trần B"))), E_CONFLICT);
    assert_err(WRITE(database, t, NULL, add_author_once(tx, S("Trần B"))), E_CONFLICT);
    assert_err(WRITE(database, t, NULL, add_author(tx, STR_NONE)), E_INVALID);
    assert_err(WRITE(database, t, NULL, add_author(tx, (struct str){zeros, 3})), E_INVALID);
    assert_err(WRITE(database, t, NULL, add_author(tx, S("\xff\xfe"))), E_INVALID);
    assert_err(WRITE(database, t, NULL, add_note(tx, 77, S("không có tác giả"), 0)), E_INVALID);
    assert_err(WRITE(database, t, NULL, add_note(tx, 1, S("hiện"), 2)), E_INVALID);
    assert_int_equal(notes(database), 0);
}

static enum err swallow(struct tx *tx)
{
    TRY(add_note(tx, 1, S("một"), 0));
    IGNORE(add_author(tx, S("Nguyễn Văn A"))); /* the test: an ignored failure */
    return OK;
}

TEST(a_failed_statement_cannot_be_ignored)
{
    struct database *database = sample();

    assert_err(WRITE(database, t, NULL, swallow(tx)), E_CONFLICT);
    assert_int_equal(notes(database), 0);
}

static enum err rename_note(struct tx *tx, struct note_id id, struct str to, struct str was)
{
    return q_note_rename(tx, id, to, was);
}

TEST(changing_what_somebody_changed_is_a_conflict)
{
    struct database *database = sample();
    struct note_id id = note_make(database, "bản một");
    int64_t hidden = 0;

    assert_ok(WRITE(database, t, NULL, rename_note(tx, id, S("bản hai"), S("bản một"))));
    assert_err(WRITE(database, t, NULL, rename_note(tx, id, S("bản ba"), S("bản một"))), E_CONFLICT);
    assert_ok(WRITE(database, t, NULL, q_note_hide_all(tx, &hidden)));
    assert_int_equal(hidden, 1);
    assert_ok(WRITE(database, t, NULL, q_note_delete(tx, id)));
    assert_int_equal(notes(database), 0);
}

static enum err count_up(struct tx *tx, struct q_tally_next *row)
{
    return q_tally_next(tx, S("số"), row);
}

TEST(a_writing_query_can_give_a_row)
{
    struct database *database = sample();
    struct q_tally_next row;

    for (int i = 1; i <= 3; i++) {
        assert_ok(WRITE(database, t, NULL, count_up(tx, &row)));
        assert_int_equal(row.n, i);
        assert_text(row.name, "số");
    }
}

static enum err write_inside(struct tx *tx, struct database *database)
{
    struct tx *outer = tx;
    struct write *inner = write_start(database, outer->arena, NULL);

    assert_null(write_next(inner));
    return write_result(inner);
}

TEST(a_write_inside_a_write_is_refused)
{
    struct database *database = sample();

    log_set_file(fopen("/dev/null", "w"));
    assert_err(WRITE(database, t, NULL, write_inside(tx, database)), E_BUSY);
    log_set_file(NULL);
}

static void told(void *arg)
{
    ++*(int *)arg;
}

static enum err tell(struct tx *tx, int *times, enum err e)
{
    tx_after_commit(tx, told, times);
    return e;
}

TEST(the_outside_is_told_only_of_what_was_kept)
{
    struct database *database = sample();
    int times = 0;

    assert_err(WRITE(database, t, NULL, tell(tx, &times, E_INVALID)), E_INVALID);
    assert_int_equal(times, 0);
    assert_ok(WRITE(database, t, NULL, tell(tx, &times, OK)));
    assert_int_equal(times, 1);
}

TEST(a_reader_cannot_write)
{
    struct database *database = sample();
    struct tx tx = {.db = test_reader(database), .arena = t};
    FILE *log = fopen("/dev/null", "w");

    log_set_file(log);
    assert_err(q_note_delete(&tx, (struct note_id){1}), E_IO);
    log_set_file(NULL);
    fclose(log);
    note_make(database, "vẫn ghi được");
    assert_int_equal(notes(database), 1);
}

static enum err index_words(struct tx *tx, struct note_id id, struct str words)
{
    return q_note_text_add(tx, id, words);
}

TEST(each_engine_has_its_own_search)
{
    struct database *database = sample();
    struct note_id id = note_make(database, "bài");
    struct q_note_text_find_rows rows;

    assert_ok(WRITE(database, t, NULL, index_words(tx, id, S("hội nghị cán bộ"))));
    assert_ok(q_note_text_find(test_reader(database), S("cán"), &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].note_id.v, id.v);
}

TEST(both_engines_take_every_sample_query)
{
    test_every_query(test_reader(sample()), sample_queries);
}
