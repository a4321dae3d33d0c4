#include "app/command.h"
#include "demo/demo.h"
#include "site/site.h"

static const struct command_option options[] = {OPTION_DATA, OPTION_DATABASE, {0}};

static enum err media_folder_of(struct command_run *run, struct database *database, const char *folder,
                                const char **media)
{
    struct site *site;

    TRY(site_open(database, folder, &site));
    *media = str_z(run->arena, str_of(site_folders(site)->media));
    site_close(site);
    return OK;
}

static int say_filled(struct command_run *run, const struct demo_counts *n)
{
    return command_say(run, EXIT_DONE,
                       T(run->arena, run->lang, MSG_demo_filled, ARG("articles", n->articles), ARG("issues", n->issues),
                         ARG("people", n->people), ARG("password", DEMO_PASSWORD)));
}

static int say_failed(struct command_run *run, enum err e, const char *folder)
{
    enum msg sentence = e == E_CONFLICT    ? MSG_demo_not_empty
                        : e == E_NOT_FOUND ? MSG_demo_content_missing
                                           : MSG_demo_failed;

    if (sentence == MSG_demo_failed)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_demo_failed, ARG("error", err_name(e))));
    if (sentence == MSG_demo_content_missing)
        return command_say(run, EXIT_FAILED, msg(run->lang, MSG_demo_content_missing));
    return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_demo_not_empty, ARG("path", folder)));
}

static int fill_demo(struct command_run *run)
{
    const char *folder, *media;
    struct database *database;
    struct demo_counts made;

    if (command_data_folder(run, &folder) != OK ||
        command_open_database(run, folder, SCHEMA_MUST_FIT, &database) != OK)
        return EXIT_FAILED;
    enum err e = media_folder_of(run, database, folder, &media);
    if (e == OK)
        e = demo_fill(database, run->arena, media, &made);
    int status = e == OK ? say_filled(run, &made) : say_failed(run, e, folder);
    return status;
}

const struct command demo_command = {
    .name = "demo", .operands = "", .summary = MSG_cli_demo, .help = MSG_cli_demo_help, .options = options,
    .run = fill_demo,
};
