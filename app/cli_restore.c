#include "app/command.h"
#include "operation/backup.h"

static const struct command_option options[] = {
    OPTION_DATA,
    OPTION_DATABASE,
    {"--verify-only", NULL, MSG_cli_option_verify_only, NULL},
    {0},
};

static int say_failed(struct command_run *run, enum err e, struct str problem)
{
    if (e == E_CORRUPT)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_restore_corrupt, ARG("file", problem)));
    if (e == E_CONFLICT || e == E_UNSUPPORTED)
        return command_say(run, EXIT_FAILED, msg(run->lang, e == E_CONFLICT ? MSG_cli_restore_not_empty
                                                                            : MSG_cli_restore_other_engine));
    return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_restore_failed, ARG("error", err_name(e))));
}

static int restore(struct command_run *run)
{
    struct str problem = S("");
    const char *folder;

    if (run->operand_count != 1)
        return command_usage(run, MSG_cli_missing_operand, run->command->operands);
    if (command_has(run, "--verify-only")) {
        enum err e = backup_verify(run->arena, run->operands[0], &problem);
        return e == OK ? command_say(run, EXIT_DONE, msg(run->lang, MSG_cli_backup_whole)) : say_failed(run, e, problem);
    }
    if (command_data_folder(run, &folder) != OK)
        return EXIT_FAILED;
    enum err e = backup_restore(run->arena, run->operands[0], folder, command_value(run, "--database"), &problem);
    if (e != OK)
        return say_failed(run, e, problem);
    return command_say(run, EXIT_DONE, T(run->arena, run->lang, MSG_cli_restored, ARG("folder", folder)));
}

const struct command restore_command = {
    .name = "restore", .operands = "FOLDER", .summary = MSG_cli_restore, .help = MSG_cli_restore_help, .options = options,
    .run = restore,
};
