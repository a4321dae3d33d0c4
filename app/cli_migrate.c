#include "app/command.h"
#include "db/migrate.h"

static const struct command_option options[] = {OPTION_DATA, OPTION_DATABASE, {0}};

static int migrate(struct command_run *run)
{
    const char *folder;
    struct database *database;

    if (command_data_folder(run, &folder) != OK ||
        command_open_database(run, folder, SCHEMA_MAY_MIGRATE, &database) != OK)
        return EXIT_FAILED;
    return command_say(run, EXIT_DONE, msg(run->lang, MSG_cli_schema_current));
}

const struct command migrate_command = {
    .name = "migrate", .operands = "", .summary = MSG_cli_migrate, .help = MSG_cli_migrate_help, .options = options,
    .run = migrate,
};
