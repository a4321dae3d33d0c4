/* Several at once: threads, processes that die, a backup beside a busy writer. */
#include "db/test_database.h"
#include "db/sample_sql.h"
#include "base/clock.h"
#include "base/log.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct migration test_migrations[];

static enum err set_to_zero(struct tx *tx)
{
    struct q_tally_next row;

    TRY(q_tally_next(tx, S("đếm"), &row));
    return q_tally_set(tx, S("đếm"), 0);
}

/* Reads and writes back: two at once must not both add to the same number. */
static enum err add_one(struct tx *tx)
{
    struct q_tally_get row;

    TRY(q_tally_get(tx->db, S("đếm"), &row));
    return q_tally_set(tx, S("đếm"), row.n + 1);
}

enum { THREADS = 3, TIMES = 40 };

static void *add_many(void *database)
{
    struct arena *a = arena_new(0);
    long done = 0;

    for (int i = 0; i < TIMES; i++) {
        enum err e = E_BUSY;
        while (e == E_BUSY) /* a person would try again too */
            e = WRITE(database, a, NULL, add_one(tx));
        done += e == OK;
    }
    arena_free(a);
    return (void *)done;
}

TEST(writers_at_once_lose_nothing)
{
    struct database *database = test_database_with(test_migrations);
    pthread_t threads[THREADS];
    struct q_tally_get row;
    long total = 0;

    assert_ok(WRITE(database, t, NULL, set_to_zero(tx)));
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, add_many, database), 0);
    for (int i = 0; i < THREADS; i++) {
        void *done;
        pthread_join(threads[i], &done);
        total += (long)done;
    }
    assert_int_equal(total, THREADS * TIMES);
    assert_ok(q_tally_get(test_reader(database), S("đếm"), &row));
    assert_int_equal(row.n, THREADS * TIMES);
}

struct meeting {
    struct database *database;
    _Atomic int attempts, inside;
};

/* The first attempts of both read before either writes: on PostgreSQL one of them must be repeated. */
static enum err meet(struct tx *tx, struct meeting *meeting)
{
    struct q_tally_get row;

    atomic_fetch_add(&meeting->attempts, 1);
    TRY(q_tally_get(tx->db, S("đếm"), &row));
    atomic_fetch_add(&meeting->inside, 1);
    for (int64_t until = clock_monotonic_ms() + 300; atomic_load(&meeting->inside) < 2;)
        if (clock_monotonic_ms() > until)
            break; /* SQLite: the other waits outside */
    return q_tally_set(tx, S("đếm"), row.n + 1);
}

static void *come_to_meeting(void *arg)
{
    struct meeting *meeting = arg;
    struct arena *a = arena_new(0);
    enum err e = WRITE(meeting->database, a, NULL, meet(tx, meeting));

    arena_free(a);
    return (void *)(intptr_t)e;
}

TEST(a_write_that_raced_is_repeated)
{
    struct meeting meeting = {.database = test_database_with(test_migrations)};
    struct q_tally_get row;
    pthread_t other;
    void *result;

    assert_ok(WRITE(meeting.database, t, NULL, set_to_zero(tx)));
    assert_int_equal(pthread_create(&other, NULL, come_to_meeting, &meeting), 0);
    assert_int_equal((intptr_t)come_to_meeting(&meeting), OK);
    pthread_join(other, &result);
    assert_int_equal((intptr_t)result, OK);
    assert_ok(q_tally_get(test_reader(meeting.database), S("đếm"), &row));
    assert_int_equal(row.n, 2);
    assert_int_equal(meeting.attempts, test_on_postgres() ? 3 : 2);
}

static enum err add_numbered(struct tx *tx, int64_t n)
{
    struct note_id id;

    return q_note_add(tx, (struct author_id){1}, S("bài"), STR_NONE, STR_NONE, 0, n, &id);
}

/* Writes as fast as it can and says each time that it was told OK, until it is killed. */
static void write_until_killed(const char *url, int pipe_to)
{
    struct arena *a = arena_new(0);
    struct database *database;

    if (database_open(url, NULL, &database) != OK)
        _exit(1);
    for (int64_t n = 1;; n++) {
        if (WRITE(database, a, NULL, add_numbered(tx, n)) != OK)
            _exit(1);
        if (write(pipe_to, &n, sizeof n) != sizeof n)
            _exit(1);
    }
}

/* How many rows a killed writer had been told are kept. */
static int64_t kill_writer_after(const char *url, int ms)
{
    int ends[2];
    int64_t n, last = 0;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        write_until_killed(url, ends[1]);
    close(ends[1]);
    /* From its first row on; before that it is still opening. */
    assert_int_equal(read(ends[0], &last, sizeof last), sizeof last);
    usleep((useconds_t)ms * 1000);
    kill(child, SIGKILL);
    while (read(ends[0], &n, sizeof n) == sizeof n)
        last = n;
    close(ends[0]);
    waitpid(child, NULL, 0);
    return last;
}

TEST(what_was_acknowledged_outlives_a_kill)
{
    struct database *database = test_database_with(test_migrations);
    int64_t told = 0, begun = 0;

    for (int i = 0; i < 10; i++) {
        struct q_note_count count;
        told += kill_writer_after(database_url(database), 7 * i);
        begun++; /* the last of each may be kept without having been told */
        struct arena *a = arena_new(0);
        struct db *db;
        assert_ok(db_reader(database, a, &db));
        assert_ok(q_note_count(db, &count));
        assert_true(count.total >= told);
        assert_true(count.total <= told + begun);
        arena_free(a);
    }
    assert_ok(database_check(database));
}

struct busy {
    struct database *database;
    _Atomic bool stop;
    _Atomic int64_t written;
};

static void *keep_writing(void *arg)
{
    struct busy *busy = arg;

    for (int64_t n = 1; !atomic_load(&busy->stop); n++) {
        struct arena *a = arena_new(0);
        if (WRITE(busy->database, a, NULL, add_numbered(tx, n)) == OK)
            atomic_store(&busy->written, n);
        arena_free(a);
    }
    return NULL;
}

static enum err add_thousands(struct tx *tx)
{
    struct note_id id;

    for (int i = 0; i < 5000; i++)
        TRY(q_note_add(tx, (struct author_id){1}, S("bài"), S("một đoạn văn khá dài để tập tin có nhiều trang"),
                       STR_NONE, 0, 0, &id));
    return OK;
}

TEST(a_backup_beside_a_busy_writer_is_whole)
{
    struct busy busy = {.database = test_database_with(test_migrations)};
    const char *path = str_z(t, str_format(t, "%s.backup", database_url(busy.database)));
    struct q_note_count count;
    struct database *copy;
    pthread_t writer;

    if (test_on_postgres()) {
        assert_err(database_backup(busy.database, path), E_UNSUPPORTED);
        return;
    }
    assert_ok(WRITE(busy.database, t, NULL, add_thousands(tx)));
    assert_int_equal(pthread_create(&writer, NULL, keep_writing, &busy), 0);
    while (atomic_load(&busy.written) == 0)
        usleep(1000);
    int64_t before = atomic_load(&busy.written);
    enum err e = database_backup(busy.database, path);
    int64_t after = atomic_load(&busy.written) + 1;
    atomic_store(&busy.stop, true);
    pthread_join(writer, NULL);
    assert_ok(e);
    assert_err(database_backup(busy.database, path), E_CONFLICT);

    assert_ok(database_open(path, NULL, &copy));
    assert_ok(database_check(copy));
    struct arena *a = arena_new(0);
    struct db *db;
    assert_ok(db_reader(copy, a, &db));
    assert_ok(q_note_count(db, &count));
    arena_free(a);
    database_close(copy);
    assert_in_range(count.total, 5000 + before, 5000 + after);
}

TEST(a_restarted_server_is_found_again)
{
    if (!test_on_postgres())
        SKIP("PostgreSQL's own");
    struct database *database = test_database_with(test_migrations);
    struct q_note_count count;
    const char *cut = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()";
    struct arena *a = arena_new(0);
    struct db *db;

    assert_ok(WRITE(database, t, NULL, add_numbered(tx, 1)));
    assert_ok(db_reader(database, a, &db));
    assert_ok(q_note_count(db, &count));
    arena_free(a);
    log_set_level(LOG_ERROR + 1);
    assert_int_equal(system(str_z(t, str_format(t, "psql -qXAtc \"%s\" '%s' >/dev/null", cut, database_url(database)))),
                     0);
    assert_ok(WRITE(database, t, NULL, add_numbered(tx, 2)));
    assert_ok(q_note_count(test_reader(database), &count));
    log_set_level(LOG_INFO);
    assert_int_equal(count.total, 2);
}

static enum err dawdle(void *ctx, const struct q_note_each *row)
{
    (void)ctx, (void)row;
    usleep(250 * 1000);
    return OK;
}

TEST(a_slow_query_is_logged_by_its_name)
{
    struct database *database = test_database_with(test_migrations);
    char *said = NULL;
    size_t len = 0;
    FILE *log = open_memstream(&said, &len);

    assert_ok(WRITE(database, t, NULL, add_numbered(tx, 1)));
    log_set_file(log);
    assert_ok(q_note_each(test_reader(database), dawdle, NULL));
    log_set_file(NULL);
    fclose(log);
    assert_non_null(strstr(said, "event=db.slow query=note_each ms="));
    free(said);
}

TEST(a_file_that_is_no_database_is_not_opened)
{
    struct database *database;
    const char *path = test_on_postgres() ? "postgresql:///nowhere?host=/nonexistent" : "/dev/null/nowhere";

    log_set_level(LOG_ERROR + 1);
    assert_err(database_open(path, NULL, &database), E_IO);
    log_set_level(LOG_INFO);
}
