#include "app/command.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "db/migrate.h"

static size_t option_index(const struct command_run *run, const char *name)
{
    size_t i = 0;

    for (const struct command_option *o = run->command->options; o->name != NULL; o++, i++)
        if (strcmp(o->name, name) == 0)
            return i;
    abort();
}

const char *command_value(const struct command_run *run, const char *name)
{
    return run->values[option_index(run, name)];
}

bool command_has(const struct command_run *run, const char *name)
{
    return command_value(run, name) != NULL;
}

int command_say(const struct command_run *run, int status, struct str sentence)
{
    (void)run;
    fprintf(stderr, "bantin: %.*s\n", STR_ARG(sentence));
    return status;
}

int command_usage(const struct command_run *run, enum msg what, const char *word)
{
    fprintf(stderr, "bantin %s: %.*s: %s\n", run->command->name, STR_ARG(msg(run->lang, what)), word);
    fprintf(stderr, "bantin %s --help\n", run->command->name);
    return EXIT_USAGE;
}

enum err command_data_folder(const struct command_run *run, const char **folder)
{
    const char *named = command_value(run, "--data");
    const char *path = named != NULL ? named : "./var";
    enum err e = folder_make(path);

    if (e != OK) {
        command_say(run, 0, T(run->arena, run->lang, MSG_cli_folder_failed, ARG("path", path), ARG("error", err_name(e))));
        return e;
    }
    *folder = path;
    return OK;
}

/* --- the database -------------------------------------------------------------------------------------------------- */

/* A copy beside the database before anything in it is changed; PostgreSQL's is made by its own tools. */
static enum err back_up_first(const struct command_run *run, const char *folder, struct database *database)
{
    if (database_is_postgres(database))
        return OK;
    struct str path = str_format(run->arena, "%s/before-migration-%lld.db", folder, (long long)clock_now());
    TRY(database_backup(database, path.ptr));
    command_say(run, 0, T(run->arena, run->lang, MSG_cli_backed_up, ARG("path", path)));
    return OK;
}

static enum err bring_up(const struct command_run *run, const char *folder, enum schema_state state,
                         struct database *database)
{
    int applied = 0;

    if (state != SCHEMA_EMPTY)
        TRY(back_up_first(run, folder, database));
    TRY(migrate_up(database, migrations, &applied));
    log_event(LOG_INFO, "schema.migrated", "applied=%d", applied);
    return OK;
}

static enum err fit_schema(const struct command_run *run, const char *folder, enum command_schema schema,
                           struct database *database)
{
    enum schema_state state;

    TRY(migrate_status(database, migrations, &state));
    if (state == SCHEMA_CURRENT)
        return OK;
    if (state == SCHEMA_EMPTY || (state == SCHEMA_OLDER && schema == SCHEMA_MAY_MIGRATE))
        return bring_up(run, folder, state, database);
    command_say(run, 0, msg(run->lang, state == SCHEMA_OLDER   ? MSG_cli_schema_older
                                       : state == SCHEMA_NEWER ? MSG_cli_schema_newer
                                                               : MSG_cli_schema_changed));
    return E_CONFLICT;
}

static void close_database(void *database)
{
    database_close(database);
}

enum err command_open_database(const struct command_run *run, const char *folder, enum command_schema schema,
                               struct database **database)
{
    const char *url = command_value(run, "--database");
    struct database *opened;

    if (url == NULL)
        url = str_format(run->arena, "%s/bantin.db", folder).ptr;
    enum err e = database_open(url, &(struct database_options){.readers = 8}, &opened);
    if (e != OK) {
        command_say(run, 0, T(run->arena, run->lang, MSG_cli_database_failed, ARG("url", url)));
        return e;
    }
    e = fit_schema(run, folder, schema, opened);
    if (e != OK) {
        database_close(opened);
        if (e != E_CONFLICT)
            command_say(run, 0, T(run->arena, run->lang, MSG_cli_migration_failed, ARG("error", err_name(e))));
        return e;
    }
    arena_defer(run->arena, close_database, opened);
    *database = opened;
    return OK;
}
