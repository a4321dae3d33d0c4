#include "app/command.h"
#include "operation/check.h"

static const struct command_option options[] = {
    OPTION_DATA,
    OPTION_DATABASE,
    {"--no-files", NULL, MSG_cli_option_no_files, NULL},
    {0},
};

static enum msg sentence_of(enum check_kind kind)
{
    switch (kind) {
    case CHECK_DATABASE:
        return MSG_check_database;
    case CHECK_REVISION:
        return MSG_check_revision;
    case CHECK_ARTICLE:
        return MSG_check_article;
    case CHECK_ISSUE:
        return MSG_check_issue;
    case CHECK_FILE_CORRUPT:
        return MSG_check_file_corrupt;
    case CHECK_FILE_MISSING:
        return MSG_check_file_missing;
    default:
        return MSG_check_file_orphan;
    }
}

static void print_findings(struct command_run *run, const struct check_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct check_finding *f = &report->findings[i];
        struct str what = f->hash.len > 0 ? f->hash : str_format(run->arena, "%lld", (long long)f->id);
        struct str sentence = msg(run->lang, sentence_of(f->kind));
        printf("%.*s: %.*s\n", STR_ARG(sentence), STR_ARG(what));
    }
}

static int check(struct command_run *run)
{
    struct check_report report;
    struct database *database;
    const char *folder;

    if (command_data_folder(run, &folder) != OK || command_open_database(run, folder, SCHEMA_MUST_FIT, &database) != OK)
        return EXIT_FAILED;
    const char *media = command_has(run, "--no-files") ? NULL : str_format(run->arena, "%s/media", folder).ptr;
    enum err e = check_all(database, run->arena, media, &report);
    if (e == OK)
        print_findings(run, &report);
    if (e != OK)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_check_failed, ARG("error", err_name(e))));
    struct str sum = T(run->arena, run->lang, MSG_check_sum, ARG("articles", report.articles),
                       ARG("revisions", report.revisions), ARG("issues", report.issues), ARG("files", report.files),
                       ARG("faults", (int64_t)report.faults));
    printf("%.*s\n", STR_ARG(sum));
    return report.faults == 0 ? EXIT_DONE : EXIT_FAILED;
}

const struct command check_command = {
    .name = "check", .operands = "", .summary = MSG_cli_check, .help = MSG_cli_check_help, .options = options, .run = check,
};
