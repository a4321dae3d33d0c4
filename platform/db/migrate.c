#include "db/migrate.h"
#include "db/engine.h"
#include "base/clock.h"
#include "base/log.h"

#define TABLE                                                                                                          \
    "create table if not exists schema_migration (name text primary key, hash text not null, applied_at bigint not "   \
    "null)"

static const struct query_column recorded_columns[] = {{"name", QUERY_TEXT, 0}, {"hash", QUERY_TEXT, 0}};
static const struct query_info recorded_query = {
    .name = "schema_migration_list",
    .kind = QUERY_MANY,
    .sqlite = "select name, hash from schema_migration order by name",
    .postgres = "select name, hash from schema_migration order by name collate \"C\"",
    .columns = recorded_columns,
    .column_count = countof(recorded_columns),
};

static const enum query_type record_parameters[] = {QUERY_TEXT, QUERY_TEXT, QUERY_INT};
static const struct query_info record_query = {
    .name = "schema_migration_add",
    .kind = QUERY_EXEC,
    .writes = true,
    .sqlite = "insert into schema_migration (name, hash, applied_at) values (?1, ?2, ?3)",
    .postgres = "insert into schema_migration (name, hash, applied_at) values ($1::text, $2::text, $3::bigint)",
    .parameters = record_parameters,
    .parameter_count = countof(record_parameters),
};

static const struct query_column exists_columns[] = {{"n", QUERY_INT, 0}};
static const struct query_info exists_query = {
    .name = "schema_migration_exists",
    .kind = QUERY_ONE,
    .sqlite = "select count(*) from sqlite_schema where type = 'table' and name = 'schema_migration'",
    .postgres = "select count(*) from pg_tables where tablename = 'schema_migration' and schemaname = current_schema()",
    .columns = exists_columns,
    .column_count = countof(exists_columns),
};

const char *schema_state_name(enum schema_state state)
{
    static const char *const names[] = {"empty", "current", "older", "newer", "changed"};

    return names[state];
}

/* Walks the recorded names beside the known list: both are in order, so the first difference tells. */
struct comparing {
    const struct migration *next;
    enum schema_state state;
};

static enum err compare(void *ctx, const struct query_value *columns)
{
    struct comparing *cmp = ctx;
    struct str name = columns[0].s, hash = columns[1].s;

    if (cmp->state != SCHEMA_CURRENT)
        return OK;
    if (cmp->next->name == NULL || str_compare(str_of(cmp->next->name), name) > 0)
        cmp->state = SCHEMA_NEWER;
    else if (!str_equal(str_of(cmp->next->name), name) || !str_equal(str_of(cmp->next->hash), hash))
        cmp->state = SCHEMA_CHANGED;
    else
        cmp->next++;
    if (cmp->state != SCHEMA_CURRENT)
        log_event(LOG_ERROR, "db.schema", "state=%s migration=%.*s", schema_state_name(cmp->state), STR_ARG(name));
    return OK;
}

static enum err read_count(void *ctx, const struct query_value *columns)
{
    int64_t *n = ctx;

    *n = columns[0].n;
    return OK;
}

static enum err status_on(struct connection *c, const struct migration *list, struct comparing *cmp)
{
    int64_t exists = 0;

    *cmp = (struct comparing){list, SCHEMA_CURRENT};
    TRY(connection_run(c, &exists_query, NULL, read_count, &exists, NULL));
    if (exists != 0)
        TRY(connection_run(c, &recorded_query, NULL, compare, cmp, NULL));
    if (cmp->state == SCHEMA_CURRENT && cmp->next->name != NULL)
        cmp->state = SCHEMA_OLDER;
    return OK;
}

enum err migrate_status(struct database *database, const struct migration *list, enum schema_state *state)
{
    struct db *db;
    struct comparing cmp;
    struct arena *own = arena_new(0); /* so that the connection goes back at once */

    enum err e = db_reader(database, own, &db);
    if (e == OK)
        e = status_on(db->connection, list, &cmp);
    arena_free(own);
    if (e == OK)
        *state = cmp.state == SCHEMA_OLDER && cmp.next == list ? SCHEMA_EMPTY : cmp.state;
    return e;
}

static enum err apply(struct connection *c, const struct migration *m)
{
    const char *sql = database_is_postgres(c->database) ? m->postgres : m->sqlite;
    struct query_value values[] = {query_text(str_of(m->name)), query_text(str_of(m->hash)), query_int(clock_now())};

    TRY(c->database->engine->script(c, m->name, sql));
    return connection_run(c, &record_query, values, NULL, NULL, NULL);
}

/* The first that is missing, in a transaction of its own; *more says whether there was one. */
static enum err apply_next(struct connection *c, const struct migration *list, bool *more)
{
    const struct engine *engine = c->database->engine;
    struct comparing cmp;

    *more = false;
    TRY(engine->migration_begin(c));
    enum err e = engine->script(c, "schema_migration", TABLE);
    if (e == OK)
        e = status_on(c, list, &cmp);
    if (e == OK && (cmp.state == SCHEMA_NEWER || cmp.state == SCHEMA_CHANGED))
        e = E_CORRUPT;
    if (e == OK && cmp.state == SCHEMA_OLDER) {
        *more = true;
        log_event(LOG_INFO, "db.migrate", "migration=%s", cmp.next->name);
        e = apply(c, cmp.next);
    }
    if (e == OK)
        return engine->migration_end(c);
    engine->rollback(c);
    c->failed = OK;
    return e;
}

enum err migrate_up(struct database *database, const struct migration *list, int *applied)
{
    struct connection *c;
    bool more = true;
    int n = 0;

    TRY(connection_lend(database, true, &c));
    enum err e = apply_next(c, list, &more);
    for (; e == OK && more; n++)
        e = apply_next(c, list, &more);
    c->lost = true; /* the next writer starts with the new schema and its own settings */
    connection_give_back(c);
    if (e == OK && applied != NULL)
        *applied = n;
    return e;
}
