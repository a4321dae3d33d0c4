#include "db/engine.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"

enum { WAIT_SECONDS = 10, ATTEMPTS = 12, SLOW_MS = 200 };

static bool is_postgres_url(const char *url)
{
    struct str s = str_of(url);

    return str_starts(s, S("postgresql://")) || str_starts(s, S("postgres://"));
}

enum err database_open(const char *url, const struct database_options *options, struct database **out)
{
    struct database *d = calloc(1, sizeof *d);
    struct connection *c;
    pthread_condattr_t monotonic;

    if (d == NULL || (d->url = strdup(url)) == NULL)
        abort();
    d->engine = is_postgres_url(url) ? &postgres_engine : &sqlite_engine;
    d->readers.most = options != NULL && options->readers > 0 ? options->readers : 4;
    d->writers.most = options != NULL && options->writers > 0 ? options->writers : 4;
    if (!database_is_postgres(d))
        d->writers.most = 1;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->given_back, &monotonic);

    /* The writer comes first: it makes the file and its journal. */
    enum err e = connection_lend(d, true, &c);
    if (e != OK) {
        database_close(d);
        return e;
    }
    connection_give_back(c);
    *out = d;
    return OK;
}

static void pool_close(struct database *d, struct pool *pool)
{
    while (pool->idle != NULL) {
        struct connection *c = pool->idle;
        pool->idle = c->next_idle;
        d->engine->close(c);
    }
}

void database_close(struct database *d)
{
    if (d == NULL)
        return;
    pool_close(d, &d->readers);
    pool_close(d, &d->writers); /* last, so that SQLite folds its journal into the file */
    pthread_cond_destroy(&d->given_back);
    pthread_mutex_destroy(&d->lock);
    free(d->url);
    free(d);
}

bool database_is_postgres(const struct database *d)
{
    return d->engine->is_postgres;
}

const char *database_url(const struct database *d)
{
    return d->url;
}

/* Waits, under the lock, until a connection is idle or one more may be opened. */
static bool pool_wait(struct database *d, struct pool *pool)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += WAIT_SECONDS;
    while (pool->idle == NULL && pool->open >= pool->most)
        if (pthread_cond_timedwait(&d->given_back, &d->lock, &until) == ETIMEDOUT)
            return pool->idle != NULL || pool->open < pool->most;
    return true;
}

static enum err pool_open(struct database *d, struct pool *pool, bool writes, struct connection **out)
{
    enum err e = d->engine->open(d, writes, out);

    if (e == OK)
        return OK;
    pthread_mutex_lock(&d->lock);
    pool->open--;
    pthread_cond_signal(&d->given_back);
    pthread_mutex_unlock(&d->lock);
    return e;
}

static _Thread_local struct database *writing; /* the database this thread has a transaction on */

enum err connection_lend(struct database *d, bool writes, struct connection **out)
{
    struct pool *pool = writes ? &d->writers : &d->readers;
    struct connection *c = NULL;

    pthread_mutex_lock(&d->lock);
    if (!pool_wait(d, pool)) {
        pthread_mutex_unlock(&d->lock);
        log_event(LOG_ERROR, "db.no_connection", "pool=%s most=%d", writes ? "writers" : "readers", pool->most);
        return E_BUSY;
    }
    if (pool->idle != NULL) {
        c = pool->idle;
        pool->idle = c->next_idle;
    } else {
        pool->open++;
    }
    pthread_mutex_unlock(&d->lock);
    if (c == NULL)
        TRY(pool_open(d, pool, writes, &c));
    c->failed = OK;
    c->retry = false;
    *out = c;
    return OK;
}

void connection_give_back(struct connection *c)
{
    struct database *d = c->database;
    struct pool *pool = c->writes ? &d->writers : &d->readers;
    bool lost = c->lost;

    if (lost)
        d->engine->close(c);
    else
        d->engine->settle(c);
    pthread_mutex_lock(&d->lock);
    if (lost) {
        pool->open--;
    } else {
        c->next_idle = pool->idle;
        pool->idle = c;
    }
    pthread_cond_broadcast(&d->given_back);
    pthread_mutex_unlock(&d->lock);
}

enum err connection_run(struct connection *c, const struct query_info *query, const struct query_value *values,
                        row_reader *read, void *ctx, int64_t *changed)
{
    int64_t start = clock_monotonic_ms();

    if (c->failed != OK)
        return c->failed;
    enum err e = c->database->engine->run(c, query, values, read, ctx, changed);
    int64_t took = clock_monotonic_ms() - start;
    if (took > SLOW_MS)
        log_event(LOG_WARN, "db.slow", "query=%s ms=%lld", query->name, (long long)took);
    return e;
}

static void reader_give_back(void *arg)
{
    struct db *db = arg;

    if (db->connection != NULL)
        connection_give_back(db->connection);
    db->connection = NULL;
}

enum err db_reader(struct database *database, struct arena *arena, struct db **out)
{
    struct db *db = NEW(arena, struct db);

    db->arena = arena;
    arena_defer(arena, reader_give_back, db);
    TRY(connection_lend(database, false, &db->connection));
    *out = db;
    return OK;
}

struct hook {
    struct hook *next;
    void (*fn)(void *arg);
    void *arg;
};

struct write {
    struct tx tx;
    struct db db;
    struct database *database;
    struct hook *first_hook, **last_hook;
    enum err result;
    int attempts;
    bool finished;
};

static void write_close(struct write *w, enum err result)
{
    if (w->db.connection != NULL) {
        connection_give_back(w->db.connection);
        writing = NULL;
    }
    w->db.connection = NULL;
    w->finished = true;
    w->result = result;
}

/* The arena is freed and the transaction still open: something jumped out of it. */
static void write_abandon(void *arg)
{
    struct write *w = arg;

    if (w->finished || w->db.connection == NULL)
        return;
    w->database->engine->settle(w->db.connection);
    w->database->engine->rollback(w->db.connection);
    write_close(w, E_IO);
}

struct write *write_start(struct database *database, struct arena *arena, const struct principal *who)
{
    struct write *w = NEW(arena, struct write);

    w->database = database;
    w->db.arena = arena;
    w->tx = (struct tx){.db = &w->db, .arena = arena, .who = who};
    arena_defer(arena, write_abandon, w);
    return w;
}

static enum err write_begin(struct write *w)
{
    if (w->db.connection == NULL) {
        if (writing == w->database) {
            log_event(LOG_ERROR, "db.write_in_write", "refused=1");
            return E_BUSY;
        }
        TRY(connection_lend(w->database, true, &w->db.connection));
        writing = w->database;
    }
    w->db.connection->failed = OK;
    w->db.connection->retry = false;
    return w->database->engine->begin(w->db.connection);
}

struct tx *write_next(struct write *w)
{
    if (w->finished)
        return NULL;
    enum err e = write_begin(w);
    if (e != OK) {
        write_close(w, e);
        return NULL;
    }
    w->attempts++;
    w->first_hook = NULL;
    w->last_hook = &w->first_hook;
    w->tx.now = clock_now();
    return &w->tx;
}

/* Two that raced must not meet again at once. */
static void pause_before_retry(int attempt)
{
    unsigned char dice;

    random_bytes(&dice, 1);
    nanosleep(&(struct timespec){.tv_nsec = 1000L * 1000 * (1 + dice % (4 * attempt))}, NULL);
}

void write_attempted(struct write *w, enum err result)
{
    struct connection *c = w->db.connection;
    const struct engine *engine = w->database->engine;

    if (result == OK)
        result = c->failed;
    if (result == OK)
        result = engine->commit(c);
    if (result != OK) {
        bool again = c->retry && w->attempts < ATTEMPTS;
        engine->rollback(c);
        if (again && !c->lost) {
            pause_before_retry(w->attempts);
            return;
        }
        write_close(w, result);
        return;
    }
    write_close(w, OK);
    for (struct hook *hook = w->first_hook; hook != NULL; hook = hook->next)
        hook->fn(hook->arg);
}

enum err write_result(const struct write *w)
{
    return w->result;
}

bool tx_on_postgres(const struct tx *tx)
{
    return database_is_postgres(tx->db->connection->database);
}

void tx_after_commit(struct tx *tx, void (*fn)(void *arg), void *arg)
{
    struct write *w = (struct write *)((char *)tx - offsetof(struct write, tx));
    struct hook *hook = NEW(tx->arena, struct hook);

    *hook = (struct hook){.fn = fn, .arg = arg};
    *w->last_hook = hook;
    w->last_hook = &hook->next;
}

enum err database_backup(struct database *database, const char *path)
{
    struct connection *c;

    TRY(connection_lend(database, false, &c));
    enum err e = database->engine->backup(c, path);
    connection_give_back(c);
    return e;
}

enum err database_check(struct database *database)
{
    struct connection *c;

    TRY(connection_lend(database, false, &c));
    enum err e = database->engine->check_all(c);
    connection_give_back(c);
    return e;
}
