#include "db/engine.h"
#include "db/db_sqlite_fts.h"
#include "base/log.h"
#include "base/files.h"
#include <sqlite3.h>
#include <unistd.h>

/* Statements kept prepared on each connection. A server that stays under 40 MB cannot keep hundreds on each of five. */
enum { CACHED = 96, BUSY_MS = 5000, BACKUP_PAGES = 256 };

struct statement {
    const struct query_info *query;
    sqlite3_stmt *stmt;
    uint64_t used;
    bool running;
};

struct sqlite_connection {
    struct connection base;
    sqlite3 *db;
    uint64_t ticks;
    struct statement cache[CACHED];
};

static struct sqlite_connection *of(struct connection *c)
{
    return (struct sqlite_connection *)c;
}

static enum err err_of(sqlite3 *db, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID)
            return E_CONFLICT;
        return E_INVALID;
    case SQLITE_MISMATCH:
        return E_INVALID;
    case SQLITE_FULL:
        return E_FULL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return E_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return E_CORRUPT;
    case SQLITE_TOOBIG:
        return E_TOO_LARGE;
    case SQLITE_IOERR:
        return sqlite3_system_errno(db) == ENOSPC ? E_FULL : E_IO;
    default:
        return E_IO;
    }
}

/* A taken key or a refused value is the caller's daily bread; the rest is for the operator. SQLite's own message names
 * tables and columns, never values, except of what could not be parsed. */
static enum err failed(struct connection *c, const char *query, int rc)
{
    enum err e = err_of(of(c)->db, rc);

    if (e != E_CONFLICT && e != E_INVALID)
        log_event(LOG_ERROR, "db.failed", "query=%s code=%d error=\"%s\"", query, rc, sqlite3_errmsg(of(c)->db));
    if (c->writes && c->failed == OK)
        c->failed = e;
    return e;
}

static enum err simple(struct connection *c, const char *name, const char *sql)
{
    int rc = sqlite3_exec(of(c)->db, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? OK : failed(c, name, rc);
}

static void sqlite_close(struct connection *c)
{
    for (size_t i = 0; i < CACHED; i++)
        sqlite3_finalize(of(c)->cache[i].stmt);
    sqlite3_close_v2(of(c)->db);
    free(c);
}

static enum err configure(struct connection *c)
{
    sqlite3 *db = of(c)->db;

    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    TRY(sqlite_register_tokenizer(db));
    /* As PostgreSQL has it. */
    TRY(simple(c, "open", "pragma case_sensitive_like = 1"));
    /* Small caches and no mapping: the system's page cache serves all connections at once and is not ours to count. */
    if (!c->writes)
        return simple(c, "open", "pragma query_only = 1; pragma cache_size = -1024; pragma mmap_size = 0;");
    return simple(c, "open",
                  "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = 1;"
                  "pragma cache_size = -2048; pragma mmap_size = 0; pragma journal_size_limit = 16777216;");
}

static enum err sqlite_open(struct database *database, bool writes, struct connection **out)
{
    struct sqlite_connection *c = calloc(1, sizeof *c);
    int flags = writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;

    if (c == NULL)
        abort();
    c->base.database = database;
    c->base.writes = writes;
    int rc = sqlite3_open_v2(database->url, &c->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    enum err e = rc == SQLITE_OK ? configure(&c->base) : failed(&c->base, "open", rc);
    if (e != OK) {
        sqlite_close(&c->base);
        return e;
    }
    *out = &c->base;
    return OK;
}

static enum err sqlite_begin(struct connection *c)
{
    return simple(c, "begin", "begin immediate");
}

static enum err sqlite_commit(struct connection *c)
{
    return simple(c, "commit", "commit");
}

static void sqlite_settle(struct connection *c)
{
    for (size_t i = 0; i < CACHED; i++) {
        struct statement *s = &of(c)->cache[i];
        if (!s->running)
            continue;
        sqlite3_reset(s->stmt);
        sqlite3_clear_bindings(s->stmt);
        s->running = false;
    }
}

static void sqlite_rollback(struct connection *c)
{
    sqlite_settle(c);
    /* A full disk may have ended the transaction already. */
    if (!sqlite3_get_autocommit(of(c)->db) && sqlite3_exec(of(c)->db, "rollback", NULL, NULL, NULL) != SQLITE_OK)
        c->lost = true;
}

static struct statement *oldest(struct sqlite_connection *c)
{
    struct statement *found = NULL;

    for (size_t i = 0; i < CACHED; i++) {
        struct statement *s = &c->cache[i];
        if (!s->running && (found == NULL || s->used < found->used))
            found = s;
    }
    return found;
}

/* A query that is still running further up (in the callback of :each) gets a second statement of its own. */
static enum err prepare(struct connection *base, const struct query_info *query, struct statement **out)
{
    struct sqlite_connection *c = of(base);
    struct statement *s = NULL;

    for (size_t i = 0; i < CACHED && s == NULL; i++)
        if (c->cache[i].query == query && !c->cache[i].running)
            s = &c->cache[i];
    if (s == NULL) {
        s = oldest(c);
        if (s == NULL)
            return E_BUSY;
        sqlite3_finalize(s->stmt);
        *s = (struct statement){0};
        int rc = sqlite3_prepare_v3(c->db, query->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL);
        if (rc != SQLITE_OK)
            return failed(base, query->name, rc);
        if ((size_t)sqlite3_column_count(s->stmt) != query->column_count) {
            log_event(LOG_ERROR, "db.schema_changed", "query=%s", query->name);
            return E_CORRUPT;
        }
        s->query = query;
    }
    s->used = ++c->ticks;
    *out = s;
    return OK;
}

static int bind(sqlite3_stmt *stmt, int i, const struct query_value *v)
{
    static const char nothing[] = "";

    switch (v->type) {
    case QUERY_INT:
        return sqlite3_bind_int64(stmt, i, v->n);
    case QUERY_ID:
        return v->n == 0 ? sqlite3_bind_null(stmt, i) : sqlite3_bind_int64(stmt, i, v->n);
    case QUERY_TEXT:
        return v->s.ptr == NULL
                   ? sqlite3_bind_null(stmt, i)
                   : sqlite3_bind_text64(stmt, i, v->s.len ? v->s.ptr : nothing, v->s.len, SQLITE_STATIC, SQLITE_UTF8);
    case QUERY_BLOB:
        return v->s.ptr == NULL ? sqlite3_bind_null(stmt, i)
                                : sqlite3_bind_blob64(stmt, i, v->s.len ? v->s.ptr : nothing, v->s.len, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static int bind_all(sqlite3_stmt *stmt, const struct query_info *query, const struct query_value *values)
{
    int most = sqlite3_bind_parameter_count(stmt); /* the last may be of the other engine's text alone */

    for (int i = 0; i < (int)query->parameter_count && i < most; i++) {
        int rc = bind(stmt, i + 1, &values[i]);
        if (rc != SQLITE_OK)
            return rc;
    }
    return SQLITE_OK;
}

static void read_columns(sqlite3_stmt *stmt, const struct query_info *query, struct query_value *columns)
{
    for (int i = 0; i < (int)query->column_count; i++) {
        struct query_value *v = &columns[i];
        *v = (struct query_value){.type = query->columns[i].type};
        if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
            continue;
        if (v->type == QUERY_INT || v->type == QUERY_ID) {
            v->n = sqlite3_column_int64(stmt, i);
            continue;
        }
        const void *p =
            v->type == QUERY_TEXT ? (const void *)sqlite3_column_text(stmt, i) : sqlite3_column_blob(stmt, i);
        v->s = (struct str){p != NULL ? p : "", (size_t)sqlite3_column_bytes(stmt, i)};
    }
}

static enum err step_all(struct connection *c, struct statement *s, row_reader *read, void *ctx)
{
    struct query_value columns[QUERY_MOST_VALUES];
    int rc;

    while ((rc = sqlite3_step(s->stmt)) == SQLITE_ROW) {
        if (read == NULL)
            continue;
        read_columns(s->stmt, s->query, columns);
        enum err e = read(ctx, columns);
        if (e != OK)
            return e;
    }
    return rc == SQLITE_DONE ? OK : failed(c, s->query->name, rc);
}

static enum err sqlite_run(struct connection *c, const struct query_info *query, const struct query_value *values,
                           row_reader *read, void *ctx, int64_t *changed)
{
    struct statement *s;

    TRY(prepare(c, query, &s));
    s->running = true;
    int rc = bind_all(s->stmt, query, values);
    enum err e = rc == SQLITE_OK ? step_all(c, s, read, ctx) : failed(c, query->name, rc);
    if (changed != NULL)
        *changed = sqlite3_changes64(of(c)->db);
    sqlite3_reset(s->stmt);
    sqlite3_clear_bindings(s->stmt);
    s->running = false;
    return e;
}

static enum err sqlite_check(struct connection *c, const struct query_info *query)
{
    char *explain = sqlite3_mprintf("explain query plan %s", query->sqlite);
    sqlite3_stmt *stmt;
    struct statement *s;

    int rc = sqlite3_prepare_v2(of(c)->db, explain, -1, &stmt, NULL);
    sqlite3_free(explain);
    if (rc != SQLITE_OK)
        return failed(c, query->name, rc);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        ;
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? prepare(c, query, &s) : failed(c, query->name, rc);
}

static enum err sqlite_script(struct connection *c, const char *name, const char *sql)
{
    int rc = sqlite3_exec(of(c)->db, sql, NULL, NULL, NULL);

    if (rc == SQLITE_OK)
        return OK;
    log_event(LOG_ERROR, "db.script_failed", "script=%s error=\"%s\"", name, sqlite3_errmsg(of(c)->db));
    return failed(c, name, rc);
}

static enum err sqlite_migration_begin(struct connection *c)
{
    TRY(simple(c, "migrate", "pragma foreign_keys = 0"));
    return sqlite_begin(c);
}

/* Gives E_CORRUPT when the pragma reports anything but `good`. */
static enum err expect(struct connection *c, const char *sql, const char *good)
{
    sqlite3_stmt *stmt;
    enum err e = OK;

    int rc = sqlite3_prepare_v2(of(c)->db, sql, -1, &stmt, NULL);
    if (rc != SQLITE_OK)
        return failed(c, "check", rc);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *said = (const char *)sqlite3_column_text(stmt, 0);
        if (good != NULL && said != NULL && strcmp(said, good) == 0)
            continue;
        log_event(LOG_ERROR, "db.damaged", "check=\"%s\" found=\"%s\"", sql, said != NULL ? said : "");
        e = E_CORRUPT;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE || e != OK ? e : failed(c, "check", rc);
}

static enum err sqlite_migration_end(struct connection *c)
{
    enum err e = expect(c, "pragma foreign_key_check", NULL);

    if (e == OK)
        e = sqlite_commit(c);
    if (e != OK)
        sqlite_rollback(c);
    enum err on = simple(c, "migrate", "pragma foreign_keys = 1");
    return e != OK ? e : on;
}

static enum err sqlite_check_all(struct connection *c)
{
    TRY(expect(c, "pragma integrity_check", "ok"));
    return expect(c, "pragma foreign_key_check", NULL);
}

/* In steps from a reader's snapshot: the copy is of one moment, and writers go on meanwhile. */
static enum err copy_pages(struct connection *c, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", of(c)->db, "main");
    int rc;

    if (backup == NULL)
        return failed(c, "backup", sqlite3_errcode(to));
    while ((rc = sqlite3_backup_step(backup, BACKUP_PAGES)) == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
        if (rc != SQLITE_OK)
            sqlite3_sleep(10);
    int finish = sqlite3_backup_finish(backup);
    if (rc != SQLITE_DONE || finish != SQLITE_OK)
        return failed(c, "backup", finish != SQLITE_OK ? finish : rc);
    return OK;
}

static enum err sqlite_backup(struct connection *c, const char *path)
{
    sqlite3 *to;

    if (file_exists(path))
        return E_CONFLICT;
    if (sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
        log_event(LOG_ERROR, "db.backup_failed", "error=\"%s\"", sqlite3_errmsg(to));
        sqlite3_close(to);
        return E_IO;
    }
    /* One snapshot for all steps: without it each writer would make the copy start again. */
    enum err e = simple(c, "backup", "begin; select 1 from sqlite_schema limit 1");
    if (e == OK)
        e = copy_pages(c, to);
    if (!sqlite3_get_autocommit(of(c)->db) && sqlite3_exec(of(c)->db, "rollback", NULL, NULL, NULL) != SQLITE_OK)
        c->lost = true;
    /* The copy says WAL in its header; as one closed file it needs no journal beside it. */
    if (e == OK && sqlite3_exec(to, "pragma journal_mode = delete", NULL, NULL, NULL) != SQLITE_OK)
        e = err_of(to, sqlite3_extended_errcode(to));
    sqlite3_close(to);
    if (e != OK)
        unlink(path);
    return e;
}

const struct engine sqlite_engine = {
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .settle = sqlite_settle,
    .run = sqlite_run,
    .check = sqlite_check,
    .script = sqlite_script,
    .migration_begin = sqlite_migration_begin,
    .migration_end = sqlite_migration_end,
    .backup = sqlite_backup,
    .check_all = sqlite_check_all,
};
