#include "db/engine.h"
#include "base/log.h"
#include <libpq-fe.h>
#include <endian.h>

enum { CACHED = 200, OPEN_RESULTS = 16, FETCH = 200, MIGRATION_LOCK = 7236482 };

/* Types by their numbers in pg_type, which never change. */
enum { PG_BOOL = 16, PG_BYTEA = 17, PG_NAME = 19, PG_INT8 = 20, PG_INT2 = 21, PG_INT4 = 23, PG_TEXT = 25 };
enum { PG_VARCHAR = 1043, PG_NUMERIC = 1700 };

struct statement {
    const struct query_info *query;
    char name[16];
    uint64_t used;
};

struct postgres_connection {
    struct connection base;
    PGconn *pg;
    uint64_t ticks;
    unsigned named; /* statements and cursors so far */
    struct statement cache[CACHED];
    PGresult *open[OPEN_RESULTS]; /* being read, the innermost last; freed by settle after a jump */
    int open_count;
};

static struct postgres_connection *of(struct connection *c)
{
    return (struct postgres_connection *)c;
}

static enum err err_of_state(struct str state)
{
    if (str_equal(state, S("23505")) || str_equal(state, S("23P01")))
        return E_CONFLICT;
    if (str_starts(state, S("23")) || str_starts(state, S("22")))
        return E_INVALID;
    if (str_equal(state, S("53100")))
        return E_FULL;
    if (str_starts(state, S("40")) || str_starts(state, S("53")) || str_equal(state, S("55P03")) ||
        str_equal(state, S("57014")))
        return E_BUSY;
    if (str_equal(state, S("XX001")) || str_equal(state, S("XX002")))
        return E_CORRUPT;
    return E_IO;
}

/* Only the primary message is logged: the detail line of a broken key holds its value. */
static enum err failed(struct connection *c, const char *query, const PGresult *result)
{
    const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    struct str state = str_of(code);
    enum err e = err_of_state(state);

    if (PQstatus(of(c)->pg) != CONNECTION_OK)
        c->lost = true;
    if (str_equal(state, S("40001")) || str_equal(state, S("40P01")))
        c->retry = true;
    else if (e != E_CONFLICT && e != E_INVALID)
        log_event(LOG_ERROR, "db.failed", "query=%s state=%s error=\"%s\"", query, code != NULL ? code : "",
                  message != NULL ? message : PQerrorMessage(of(c)->pg));
    if (c->writes && c->failed == OK)
        c->failed = e;
    return e;
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static enum err simple(struct connection *c, const char *name, const char *sql)
{
    PGresult *result = PQexec(of(c)->pg, sql);
    enum err e = is_good(result) ? OK : failed(c, name, result);

    PQclear(result);
    return e;
}

static void postgres_close(struct connection *c)
{
    for (int i = 0; i < of(c)->open_count; i++)
        PQclear(of(c)->open[i]);
    PQfinish(of(c)->pg);
    free(c);
}

static void ignore_notice(void *arg, const char *message)
{
    (void)arg, (void)message;
}

static enum err configure(struct connection *c)
{
    PQsetNoticeProcessor(of(c)->pg, ignore_notice, NULL);
    return simple(c, "open",
                  c->writes ? "set client_encoding = 'UTF8'; set lock_timeout = '5s'"
                            : "set client_encoding = 'UTF8'; set default_transaction_read_only = on");
}

static enum err postgres_open(struct database *database, bool writes, struct connection **out)
{
    struct postgres_connection *c = calloc(1, sizeof *c);
    enum err e = OK;

    if (c == NULL)
        abort();
    c->base.database = database;
    c->base.writes = writes;
    c->pg = PQconnectdb(database->url);
    if (PQstatus(c->pg) != CONNECTION_OK) {
        log_event(LOG_ERROR, "db.failed", "query=open error=\"%s\"", PQerrorMessage(c->pg));
        e = E_IO;
    } else {
        e = configure(&c->base);
    }
    if (e != OK) {
        postgres_close(&c->base);
        return e;
    }
    *out = &c->base;
    return OK;
}

static bool in_transaction(struct connection *c)
{
    return PQtransactionStatus(of(c)->pg) != PQTRANS_IDLE;
}

/* The server was restarted since this connection was last used: nothing is lost yet, so connect again. */
static enum err reconnect(struct connection *c)
{
    PQreset(of(c)->pg);
    if (PQstatus(of(c)->pg) != CONNECTION_OK)
        return E_IO;
    memset(of(c)->cache, 0, sizeof of(c)->cache);
    c->lost = false;
    c->failed = OK;
    return configure(c);
}

static enum err begin_as(struct connection *c, const char *sql)
{
    enum err e = simple(c, "begin", sql);

    if (e == OK || !c->lost)
        return e;
    TRY(reconnect(c));
    return simple(c, "begin", sql);
}

static enum err postgres_begin(struct connection *c)
{
    return begin_as(c, "begin isolation level serializable");
}

/* A transaction with a failed statement is rolled back by COMMIT without an error. */
static enum err postgres_commit(struct connection *c)
{
    PGresult *result = PQexec(of(c)->pg, "commit");
    enum err e = is_good(result) ? OK : failed(c, "commit", result);

    if (e == OK && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        e = E_IO;
    PQclear(result);
    return e;
}

static void postgres_rollback(struct connection *c)
{
    if (PQtransactionStatus(of(c)->pg) == PQTRANS_ACTIVE || PQstatus(of(c)->pg) != CONNECTION_OK) {
        c->lost = true;
        return;
    }
    if (!in_transaction(c))
        return;
    PGresult *result = PQexec(of(c)->pg, "rollback");
    if (!is_good(result))
        c->lost = true;
    PQclear(result);
}

static void postgres_settle(struct connection *c)
{
    while (of(c)->open_count > 0)
        PQclear(of(c)->open[--of(c)->open_count]);
    if (!c->writes && in_transaction(c))
        postgres_rollback(c);
}

struct bound {
    int count;
    Oid types[QUERY_MOST_VALUES];
    const char *values[QUERY_MOST_VALUES];
    int lengths[QUERY_MOST_VALUES], formats[QUERY_MOST_VALUES];
    uint64_t numbers[QUERY_MOST_VALUES]; /* in network order */
};

static void bind_types(const struct query_info *query, struct bound *b)
{
    static const Oid types[] = {
        [QUERY_INT] = PG_INT8, [QUERY_ID] = PG_INT8, [QUERY_TEXT] = PG_TEXT, [QUERY_BLOB] = PG_BYTEA};

    b->count = (int)query->parameter_count;
    for (int i = 0; i < b->count; i++) {
        b->types[i] = types[query->parameters[i]];
        b->values[i] = NULL;
        b->lengths[i] = 0;
        b->formats[i] = 1;
    }
}

static enum err bind_values(const struct query_info *query, const struct query_value *values, struct bound *b)
{
    bind_types(query, b);
    for (int i = 0; i < b->count; i++) {
        const struct query_value *v = &values[i];
        if (v->type == QUERY_INT || (v->type == QUERY_ID && v->n != 0)) {
            b->numbers[i] = htobe64((uint64_t)v->n);
            b->values[i] = (const char *)&b->numbers[i];
            b->lengths[i] = sizeof b->numbers[i];
        } else if (v->type != QUERY_ID && v->s.ptr != NULL) {
            if (v->s.len > INT_MAX)
                return E_TOO_LARGE;
            b->values[i] = v->s.ptr;
            b->lengths[i] = (int)v->s.len;
        }
    }
    return OK;
}

static struct statement *oldest(struct connection *c)
{
    struct statement *found = &of(c)->cache[0];

    for (int i = 1; i < CACHED; i++)
        if (of(c)->cache[i].used < found->used)
            found = &of(c)->cache[i];
    return found;
}

static enum err forget(struct connection *c, struct statement *s)
{
    char sql[64];

    if (s->query == NULL)
        return OK;
    snprintf(sql, sizeof sql, "deallocate %s", s->name);
    s->query = NULL;
    return simple(c, "deallocate", sql);
}

static enum err prepare(struct connection *c, const struct query_info *query, struct statement **out)
{
    struct statement *s = NULL;
    struct bound b;

    for (int i = 0; i < CACHED && s == NULL; i++)
        if (of(c)->cache[i].query == query)
            s = &of(c)->cache[i];
    if (s == NULL) {
        s = oldest(c);
        TRY(forget(c, s));
        snprintf(s->name, sizeof s->name, "q%u", ++of(c)->named);
        bind_types(query, &b);
        PGresult *result = PQprepare(of(c)->pg, s->name, query->postgres, b.count, b.types);
        enum err e = is_good(result) ? OK : failed(c, query->name, result);
        PQclear(result);
        if (e != OK)
            return e;
        s->query = query;
    }
    s->used = ++of(c)->ticks;
    *out = s;
    return OK;
}

static int16_t int16_at(const char *p)
{
    uint16_t n;

    memcpy(&n, p, sizeof n);
    return (int16_t)be16toh(n);
}

/* The whole part of a numeric, which sum(bigint) gives: digits to the base of 10,000, the first worth 10000^weight. */
static int64_t whole_part(const char *p)
{
    int16_t digits = int16_at(p), weight = int16_at(p + 2);
    bool negative = (uint16_t)int16_at(p + 4) == 0x4000;
    int64_t n = 0;

    for (int16_t i = 0; i <= weight; i++)
        if (__builtin_mul_overflow(n, 10000, &n) ||
            __builtin_add_overflow(n, i < digits ? int16_at(p + 8 + 2 * i) : 0, &n))
            return negative ? INT64_MIN : INT64_MAX;
    return negative ? -n : n;
}

static int64_t int_of(Oid type, const char *p, int len)
{
    uint64_t eight;
    uint32_t four;

    if (type == PG_NUMERIC)
        return len >= 8 ? whole_part(p) : 0;
    switch (len) {
    case 8:
        memcpy(&eight, p, sizeof eight);
        return (int64_t)be64toh(eight);
    case 4:
        memcpy(&four, p, sizeof four);
        return (int32_t)be32toh(four);
    case 2:
        return int16_at(p);
    default:
        return p[0];
    }
}

static bool is_number(Oid type)
{
    return type == PG_INT8 || type == PG_INT4 || type == PG_INT2 || type == PG_BOOL || type == PG_NUMERIC;
}

static bool fits(Oid type, enum query_type wanted)
{
    if (wanted == QUERY_BLOB)
        return type == PG_BYTEA;
    if (wanted == QUERY_TEXT)
        return type == PG_TEXT || type == PG_VARCHAR || type == PG_NAME;
    return is_number(type);
}

static enum err check_types(const struct query_info *query, const PGresult *result)
{
    for (int i = 0; i < (int)query->column_count; i++) {
        if (i < PQnfields(result) && fits(PQftype(result, i), query->columns[i].type))
            continue;
        log_event(LOG_ERROR, "db.column_type", "query=%s column=%s type=%u", query->name, query->columns[i].name,
                  i < PQnfields(result) ? PQftype(result, i) : 0);
        return E_INVALID;
    }
    return OK;
}

static void read_columns(const PGresult *result, int row, const struct query_info *query, struct query_value *columns)
{
    for (int i = 0; i < (int)query->column_count; i++) {
        struct query_value *v = &columns[i];
        *v = (struct query_value){.type = query->columns[i].type};
        if (PQgetisnull(result, row, i))
            continue;
        const char *p = PQgetvalue(result, row, i);
        int len = PQgetlength(result, row, i);
        if (v->type == QUERY_INT || v->type == QUERY_ID)
            v->n = int_of(PQftype(result, i), p, len);
        else
            v->s = (struct str){p, (size_t)len};
    }
}

/* Shows the rows of a result that is kept in the connection, so that a jump does not lose it. */
static enum err show_rows(struct connection *c, const struct query_info *query, PGresult *result, row_reader *read,
                          void *ctx)
{
    struct query_value columns[QUERY_MOST_VALUES];
    enum err e = check_types(query, result);

    if (e == OK && of(c)->open_count == OPEN_RESULTS)
        e = E_BUSY;
    if (e != OK) {
        PQclear(result);
        return e;
    }
    of(c)->open[of(c)->open_count++] = result;
    for (int row = 0; row < PQntuples(result) && e == OK; row++) {
        read_columns(result, row, query, columns);
        e = read(ctx, columns);
    }
    of(c)->open_count--;
    PQclear(result);
    return e;
}

static enum err run_whole(struct connection *c, const struct query_info *query, const struct bound *b, row_reader *read,
                          void *ctx, int64_t *changed)
{
    struct statement *s;

    TRY(prepare(c, query, &s));
    PGresult *result = PQexecPrepared(of(c)->pg, s->name, b->count, b->values, b->lengths, b->formats, 1);
    if (!is_good(result)) {
        enum err e = failed(c, query->name, result);
        PQclear(result);
        return e;
    }
    if (changed != NULL)
        *changed = strtoll(PQcmdTuples(result), NULL, 10);
    if (read != NULL)
        return show_rows(c, query, result, read, ctx);
    PQclear(result);
    return OK;
}

static enum err declare_cursor(struct connection *c, const struct query_info *query, const struct bound *b,
                               unsigned number)
{
    struct arena *a = arena_new(0);
    const char *sql = str_format(a, "declare c%u no scroll cursor for %s", number, query->postgres).ptr;
    PGresult *result = PQexecParams(of(c)->pg, sql, b->count, b->types, b->values, b->lengths, b->formats, 1);
    enum err e = is_good(result) ? OK : failed(c, query->name, result);

    PQclear(result);
    arena_free(a);
    return e;
}

static enum err fetch_all(struct connection *c, const struct query_info *query, unsigned number, row_reader *read,
                          void *ctx)
{
    char sql[64];
    int rows;

    snprintf(sql, sizeof sql, "fetch %d from c%u", FETCH, number);
    do {
        PGresult *result = PQexecParams(of(c)->pg, sql, 0, NULL, NULL, NULL, NULL, 1);
        if (!is_good(result)) {
            enum err e = failed(c, query->name, result);
            PQclear(result);
            return e;
        }
        rows = PQntuples(result);
        TRY(show_rows(c, query, result, read, ctx));
    } while (rows == FETCH);
    return OK;
}

/* :each, in portions, so that an export does not hold a whole table. A cursor lives in a transaction. */
static enum err run_in_portions(struct connection *c, const struct query_info *query, const struct bound *b,
                                row_reader *read, void *ctx)
{
    unsigned number = ++of(c)->named;
    bool own = !in_transaction(c);
    char sql[64];

    if (own)
        TRY(begin_as(c, "begin"));
    enum err e = declare_cursor(c, query, b, number);
    if (e == OK)
        e = fetch_all(c, query, number, read, ctx);
    if (own) {
        postgres_rollback(c); /* nothing was written */
        return e;
    }
    snprintf(sql, sizeof sql, "close c%u", number);
    enum err closed =
        c->failed == OK && PQtransactionStatus(of(c)->pg) == PQTRANS_INTRANS ? simple(c, "close", sql) : OK;
    return e != OK ? e : closed;
}

static enum err postgres_run(struct connection *c, const struct query_info *query, const struct query_value *values,
                             row_reader *read, void *ctx, int64_t *changed)
{
    struct bound b;

    TRY(bind_values(query, values, &b));
    if (query->kind == QUERY_EACH)
        return run_in_portions(c, query, &b, read, ctx);
    enum err e = run_whole(c, query, &b, read, ctx, changed);
    if (!c->lost || c->writes || of(c)->open_count > 0)
        return e;
    TRY(reconnect(c));
    return run_whole(c, query, &b, read, ctx, changed);
}

static enum err explain(struct connection *c, const struct query_info *query)
{
    struct arena *a = arena_new(0);
    struct bound b;

    bind_types(query, &b);
    PGresult *result = PQexecParams(of(c)->pg, str_format(a, "explain %s", query->postgres).ptr, b.count, b.types,
                                    b.values, b.lengths, b.formats, 0);
    enum err e = is_good(result) ? OK : failed(c, query->name, result);
    PQclear(result);
    arena_free(a);
    return e;
}

static enum err postgres_check(struct connection *c, const struct query_info *query)
{
    struct statement *s;

    TRY(explain(c, query));
    TRY(prepare(c, query, &s));
    PGresult *result = PQdescribePrepared(of(c)->pg, s->name);
    enum err e = is_good(result) ? check_types(query, result) : failed(c, query->name, result);
    PQclear(result);
    return e;
}

static enum err postgres_script(struct connection *c, const char *name, const char *sql)
{
    PGresult *result = PQexec(of(c)->pg, sql);
    enum err e = OK;

    if (!is_good(result)) {
        const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        log_event(LOG_ERROR, "db.script_failed", "script=%s error=\"%s\"", name, message != NULL ? message : "");
        e = failed(c, name, result);
    }
    PQclear(result);
    return e;
}

/* One at a time; read committed, so that who waited for the lock sees what was done meanwhile. */
static enum err postgres_migration_begin(struct connection *c)
{
    char sql[64];

    TRY(begin_as(c, "begin isolation level read committed"));
    snprintf(sql, sizeof sql, "select pg_advisory_xact_lock(%d)", MIGRATION_LOCK);
    return simple(c, "migrate", sql);
}

/* A migration may have inserted rows with their ids; the counters must not give those again. */
static const char move_counters[] =
    "do $$ declare r record; begin "
    "for r in select a.attrelid::regclass as t, a.attname as c, "
    "pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) as s "
    "from pg_attribute a join pg_class k on k.oid = a.attrelid "
    "where a.attidentity <> '' and not a.attisdropped and k.relkind = 'r' "
    "and k.relnamespace = current_schema()::regnamespace loop "
    "execute format('select setval(%L, (select coalesce(max(%I), 0) + 1 from %s), false)', r.s, r.c, r.t); "
    "end loop; end $$";

static enum err postgres_migration_end(struct connection *c)
{
    enum err e = postgres_script(c, "move_counters", move_counters);

    if (e == OK)
        e = postgres_commit(c);
    if (e != OK)
        postgres_rollback(c);
    return e;
}

static enum err postgres_backup(struct connection *c, const char *path)
{
    (void)c, (void)path;
    return E_UNSUPPORTED; /* pg_dump knows how */
}

static enum err postgres_check_all(struct connection *c)
{
    return simple(c, "check", "select 1");
}

const struct engine postgres_engine = {
    .is_postgres = true,
    .open = postgres_open,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .settle = postgres_settle,
    .run = postgres_run,
    .check = postgres_check,
    .script = postgres_script,
    .migration_begin = postgres_migration_begin,
    .migration_end = postgres_migration_end,
    .backup = postgres_backup,
    .check_all = postgres_check_all,
};
