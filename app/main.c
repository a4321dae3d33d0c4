/* bantin: one program, one command a file. */
#include "app/command.h"
#include "base/log.h"
#include <getopt.h>
#include <locale.h>

static const struct command *const commands[] = {
    &serve_command,
    &demo_command,
    &migrate_command,
    &press_command,
    &user_command,
    &import_command,
    &backup_command,
    &restore_command,
    &check_command,
};

static enum lang lang_of_environment(void)
{
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < countof(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return str_starts(str_of(value), S("en")) ? LANG_EN : LANG_VI;
    }
    return LANG_VI;
}

/* --- help ---------------------------------------------------------------------------------------------------------- */

static void print_line(const char *left, struct str right)
{
    printf("  %-26s %.*s\n", left, STR_ARG(right));
}

static int help_of_program(enum lang lang)
{
    printf("%.*s\n\n", STR_ARG(msg(lang, MSG_cli_about)));
    for (size_t i = 0; i < countof(commands); i++)
        print_line(commands[i]->name, msg(lang, commands[i]->summary));
    printf("\n%.*s\n", STR_ARG(msg(lang, MSG_cli_about_help)));
    return EXIT_DONE;
}

static int help_of_command(const struct command *c, enum lang lang)
{
    char left[64];

    printf("bantin %s [--…] %s\n\n%.*s\n\n", c->name, c->operands, STR_ARG(msg(lang, c->help)));
    for (const struct command_option *o = c->options; o->name != NULL; o++) {
        struct str help = msg(lang, o->help);
        snprintf(left, sizeof left, "%s%s%s", o->name, o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
        print_line(left, help);
        if (o->env != NULL)
            printf("  %-26s (%s)\n", "", o->env);
    }
    print_line("--help", msg(lang, MSG_cli_option_help));
    return EXIT_DONE;
}

/* --- reading the line ---------------------------------------------------------------------------------------------- */

enum { OPTION_HELP = 1000, OPTIONS_MAX = 24 };

static size_t long_options(const struct command *c, struct option options[OPTIONS_MAX + 2])
{
    size_t n = 0;

    for (const struct command_option *o = c->options; o->name != NULL; o++, n++)
        options[n] = (struct option){o->name + 2, o->value != NULL ? required_argument : no_argument, NULL, (int)n + 1};
    options[n++] = (struct option){"help", no_argument, NULL, OPTION_HELP};
    options[n] = (struct option){0};
    return n - 1;
}

static void take_environment(struct command_run *run)
{
    size_t i = 0;

    for (const struct command_option *o = run->command->options; o->name != NULL; o++, i++)
        if (run->values[i] == NULL && o->env != NULL && getenv(o->env) != NULL && getenv(o->env)[0] != '\0')
            run->values[i] = getenv(o->env);
}

static int run_command(const struct command *c, int argc, char **argv, enum lang lang)
{
    struct command_run run = {.command = c, .arena = arena_new(0), .lang = lang};
    struct option options[OPTIONS_MAX + 2];
    int found, status;

    long_options(c, options);
    opterr = 0;
    while ((found = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        if (found == OPTION_HELP || found == 'h')
            return help_of_command(c, lang);
        if (found == '?')
            return command_usage(&run, MSG_cli_unknown_option, argv[optind - 1]);
        run.values[found - 1] = optarg != NULL ? optarg : "";
    }
    take_environment(&run);
    run.operands = (const char **)(argv + optind);
    run.operand_count = (size_t)(argc - optind);
    status = c->run(&run);
    arena_free(run.arena);
    return status;
}

int main(int argc, char **argv)
{
    enum lang lang = lang_of_environment();

    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help_of_program(lang);
    if (strcmp(argv[1], "--version") == 0)
        return printf("bantin %s\n", BANTIN_VERSION) > 0 ? EXIT_DONE : EXIT_FAILED;
    log_set_level_named(getenv("BANTIN_LOG"));
    rooms_start();
    for (size_t i = 0; i < countof(commands); i++)
        if (strcmp(argv[1], commands[i]->name) == 0)
            return run_command(commands[i], argc - 1, argv + 1, lang);
    fprintf(stderr, "bantin: %.*s: %s\n", STR_ARG(msg(lang, MSG_cli_unknown_command)), argv[1]);
    return EXIT_USAGE;
}
