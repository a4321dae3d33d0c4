/* The commands of the program: `bantin NAME [options] [files]`. One file each, cli_NAME.c or serve.c; the table is in
 * main.c. A command gives the program's exit status: 0 done, 1 it could not be done (said on standard error), 2 the
 * words were wrong. */
#ifndef BANTIN_COMMAND_H
#define BANTIN_COMMAND_H

#include "base/base.h"
#include "db/db.h"
#include "html/msg.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* An option of a command, declared once: for parsing, for --help. */
struct command_option {
    const char *name;      /* "--port" */
    const char *value;     /* the word that stands for its value in --help, "N"; NULL: it takes none */
    enum msg help;
    const char *env;       /* read from here where it is not given; or NULL */
};

struct command_run;

struct command {
    const char *name;
    const char *operands;  /* "FILE…", or "" */
    enum msg summary, help;
    const struct command_option *options; /* ended by {0} */
    int (*run)(struct command_run *run);
};

/* One run of a command. */
struct command_run {
    const struct command *command;
    struct arena *arena;
    enum lang lang;
    const char *values[24];   /* of its options, in the order of declaration; "" for one without a value */
    const char **operands;
    size_t operand_count;
};

extern const struct command serve_command, demo_command, migrate_command, user_command, check_command, backup_command,
    restore_command, import_command, press_command;

/* The value of a declared option, from the line or from its variable; NULL where it was not given. */
const char *command_value(const struct command_run *run, const char *name);
bool command_has(const struct command_run *run, const char *name);

/* Says something on standard error, "bantin: …", and gives `status` back. */
int command_say(const struct command_run *run, int status, struct str sentence);
int command_usage(const struct command_run *run, enum msg what, const char *word);

/* --- what most commands need -------------------------------------------------------------------------------------- */

#define OPTION_DATA     {"--data", "DIR", MSG_cli_option_data, "BANTIN_DATA"}
#define OPTION_DATABASE {"--database", "URL", MSG_cli_option_database, "BANTIN_DATABASE"}

/* The data folder ("./var" where none is named), made when it is missing. */
enum err command_data_folder(const struct command_run *run, const char **folder);

enum command_schema { SCHEMA_MUST_FIT, SCHEMA_MAY_MIGRATE };

/* Opens the installation's database: --database, else DATA/bantin.db. A schema older than the program is migrated after
 * a backup (SCHEMA_MAY_MIGRATE) or refused, a newer one always refused; what is wrong has been said when it fails. It is
 * closed when the run's arena is freed, after everything that was lent from it there. */
enum err command_open_database(const struct command_run *run, const char *folder, enum command_schema schema,
                               struct database **database);

/* Gives every room its table and hooks; before any database is opened. */
void rooms_start(void);
#endif
