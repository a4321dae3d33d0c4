#include "app/command.h"
#include "operation/backup.h"
#include "text/number.h"
#include "site/site.h"

static const struct command_option options[] = {
    OPTION_DATA,
    OPTION_DATABASE,
    {"--to", "DIR", MSG_cli_option_to, "BANTIN_BACKUP"},
    {0},
};

/* For the health lights of the administration. */
static enum err remember(struct tx *tx, struct str path)
{
    TRY(q_setting_set(tx, S("last_backup_at"), str_format(tx->arena, "%lld", (long long)tx->now)));
    return q_setting_set(tx, S("last_backup_path"), path);
}

static int backup(struct command_run *run)
{
    const char *folder, *to = command_value(run, "--to");
    struct backup_result made;
    struct database *database;

    if (to == NULL)
        return command_usage(run, MSG_cli_missing_option, "--to");
    if (command_data_folder(run, &folder) != OK || command_open_database(run, folder, SCHEMA_MUST_FIT, &database) != OK)
        return EXIT_FAILED;
    enum err e = backup_make(database, run->arena, str_format(run->arena, "%s/media", folder).ptr, to, &made);
    if (e == OK && WRITE(database, run->arena, NULL, remember(tx, made.path)) != OK)
        command_say(run, 0, msg(run->lang, MSG_cli_backup_unrecorded));
    if (e != OK)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_backup_failed, ARG("error", err_name(e))));
    printf("%.*s\n", STR_ARG(made.path));
    return command_say(run, EXIT_DONE,
                       T(run->arena, run->lang, MSG_cli_backup_done, ARG("files", made.files), ARG("size", text_file_size(run->arena, (uint64_t)made.bytes))));
}

const struct command backup_command = {
    .name = "backup", .operands = "", .summary = MSG_cli_backup, .help = MSG_cli_backup_help, .options = options,
    .run = backup,
};
