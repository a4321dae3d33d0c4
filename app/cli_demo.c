#include "app/command.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "site/site.h"

enum { ARTICLES_MAX = 1000000 };

static const struct command_option options[] = {OPTION_DATA, OPTION_DATABASE,
                                                {"--articles", "N", MSG_demo_option_articles, NULL}, {0}};

static enum err media_folder_of(struct command_run *run, struct database *database, const char *folder,
                                const char **media)
{
    struct site *site;

    TRY(site_open(database, folder, &site));
    *media = str_z(run->arena, str_of(site_folders(site)->media));
    site_close(site);
    return OK;
}

static void say_filled(struct command_run *run, const struct demo_counts *n)
{
    command_say(run, EXIT_DONE,
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

/* With --articles a demo that is there already is added to. */
static enum err fill_if_empty(struct command_run *run, struct database *database, const char *folder, bool may_be_there)
{
    const char *media;
    struct demo_counts made;
    bool empty, is_demo;
    struct db *db;

    TRY(db_reader(database, run->arena, &db));
    TRY(demo_is_empty(db, &empty, &is_demo));
    if (!empty && is_demo && may_be_there)
        return OK;
    TRY(media_folder_of(run, database, folder, &media));
    TRY(demo_fill(database, run->arena, media, &made));
    say_filled(run, &made);
    return OK;
}

static enum err generate(struct command_run *run, struct database *database, int64_t n)
{
    int64_t start = clock_monotonic_ms();

    if (n == 0)
        return OK;
    TRY(demo_generate(database, run->arena, n));
    command_say(run, EXIT_DONE, T(run->arena, run->lang, MSG_demo_generated, ARG("n", n),
                                  ARG("seconds", (clock_monotonic_ms() - start + 999) / 1000)));
    return OK;
}

static int fill_demo(struct command_run *run)
{
    const char *folder, *wanted = command_value(run, "--articles");
    struct database *database;
    int64_t n = 0;

    if (wanted != NULL && (str_to_int(str_of(wanted), &n) != OK || n < 1 || n > ARTICLES_MAX))
        return command_usage(run, MSG_demo_articles_invalid, wanted);
    if (command_data_folder(run, &folder) != OK ||
        command_open_database(run, folder, SCHEMA_MUST_FIT, &database) != OK)
        return EXIT_FAILED;
    enum err e = fill_if_empty(run, database, folder, wanted != NULL);
    if (e == OK)
        e = generate(run, database, n);
    return e == OK ? EXIT_DONE : say_failed(run, e, folder);
}

const struct command demo_command = {
    .name = "demo", .operands = "", .summary = MSG_cli_demo, .help = MSG_cli_demo_help, .options = options,
    .run = fill_demo,
};
