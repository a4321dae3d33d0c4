#include "access/access.h"
#include "access/role_name.h"
#include "account/account.h"
#include "app/command.h"
#include "auth/password.h"
#include "base/clock.h"
#include "org/org.h"
#include "person/person.h"
#include "text/text.h"

enum { PAGE = 200 };

static const struct command_option options[] = {
    OPTION_DATA,
    OPTION_DATABASE,
    {"--role", "ROLE", MSG_cli_option_role, NULL},
    {"--unit", "UNIT", MSG_cli_option_unit, NULL},
    {"--email", "EMAIL", MSG_cli_option_email, NULL},
    {"--password", "PASSWORD", MSG_cli_option_password, "BANTIN_PASSWORD"},
    {"--url", "URL", MSG_cli_option_url, "BANTIN_URL"},
    {0},
};

/* One run: what the words of the line mean. */
struct user_run {
    struct command_run *run;
    struct database *database;
    struct db *db;
    struct str login;
    struct q_person_by_login person;
};

#define DO(u, call) WRITE((u)->database, (u)->run->arena, &the_program_itself, call)

static int fail(struct user_run *u, enum err e)
{
    struct command_run *run = u->run;

    if (e == E_CONFLICT)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_user_taken, ARG("login", u->login)));
    return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_user_failed, ARG("error", err_name(e))));
}

static int done(struct user_run *u, struct str name)
{
    struct command_run *run = u->run;

    printf("%.*s\n", STR_ARG(T(run->arena, run->lang, MSG_cli_user_done, ARG("name", name), ARG("login", u->login))));
    return EXIT_DONE;
}

/* --- passwords ----------------------------------------------------------------------------------------------------- */

static int set_password(struct user_run *u, struct person_id id, struct str name)
{
    struct command_run *run = u->run;
    struct str password = str_of(command_value(run, "--password")), token;
    const char *url = command_value(run, "--url");
    enum err e;

    if (password.len > 0) {
        enum msg fault = password_fault(run->arena, password, u->login);
        if (fault != MSG_NONE)
            return command_say(run, EXIT_FAILED, msg(run->lang, fault));
        struct str hash = password_hash(run->arena, text_nfc(run->arena, password));
        e = DO(u, person_reset_password(tx, id, hash));
        return e != OK ? fail(u, e) : done(u, name);
    }
    e = DO(u, person_invite(tx, id, &token));
    if (e != OK)
        return fail(u, e);
    struct str link = str_format(run->arena, "%s/mat-khau/%.*s", url != NULL ? url : "http://127.0.0.1:8080", STR_ARG(token));
    printf("%.*s\n", STR_ARG(T(run->arena, run->lang, MSG_cli_user_link, ARG("name", name), ARG("link", link))));
    return EXIT_DONE;
}

/* --- roles --------------------------------------------------------------------------------------------------------- */

static enum err find_unit(struct user_run *u, struct unit_id *unit)
{
    struct str wanted = str_of(command_value(u->run, "--unit"));
    struct q_units_named_rows found;
    struct q_unit_roots_rows roots;

    if (wanted.len == 0) {
        TRY(q_unit_roots(u->db, &roots));
        if (roots.count == 0)
            return E_NOT_FOUND;
        *unit = roots.rows[0].id;
        return OK;
    }
    TRY(unit_find(u->db, text_nfc(u->run->arena, wanted), clock_now(), &found));
    if (found.count != 1)
        return E_NOT_FOUND;
    *unit = found.rows[0].id;
    return OK;
}

static int give_role(struct user_run *u, struct person_id id)
{
    struct command_run *run = u->run;
    struct str role = str_of(command_value(run, "--role")), wanted = str_of(command_value(run, "--unit"));
    struct unit_id unit;

    if (role_of_code(role) == 0)
        return command_say(run, EXIT_USAGE, msg(run->lang, MSG_cli_user_role_invalid));
    if (find_unit(u, &unit) != OK)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_user_unit_unknown, ARG("unit", wanted)));
    enum err e = DO(u, person_grant(tx, id, unit, role, 0, 0));
    return e != OK ? fail(u, e) : EXIT_DONE;
}

/* --- the words ----------------------------------------------------------------------------------------------------- */

static int add(struct user_run *u)
{
    struct command_run *run = u->run;
    struct str name = run->operand_count > 2 ? text_nfc(run->arena, str_of(run->operands[2])) : STR_NONE;
    struct person_facts facts = {
        .login = u->login, .full_name = name, .email = str_of(command_value(run, "--email")), .lang = lang_code(run->lang)};
    struct person_id id;

    if (!login_is_valid(u->login))
        return command_say(run, EXIT_USAGE, msg(run->lang, MSG_cli_user_login_invalid));
    if (name.len == 0)
        return command_usage(run, MSG_cli_user_what, "add");
    enum err e = DO(u, person_add(tx, &facts, STR_NONE, &id));
    if (e != OK)
        return fail(u, e);
    int status = command_has(run, "--role") ? give_role(u, id) : EXIT_DONE;
    return status != EXIT_DONE ? status : set_password(u, id, name);
}

static int list(struct user_run *u)
{
    struct q_people_list_rows people;
    struct str fold = text_fold(u->run->arena, u->login);

    for (int64_t disabled = 0; disabled < 2; disabled++) {
        for (int64_t skip = 0; ; skip += PAGE) {
            enum err e = q_people_list(u->db, fold, disabled, PAGE, skip, &people);
            if (e != OK)
                return fail(u, e);
            for (size_t i = 0; i < people.count; i++)
                printf("%.*s\t%.*s%s\n", STR_ARG(people.rows[i].login), STR_ARG(people.rows[i].full_name),
                       disabled ? "\t(-)" : "");
            if (people.count < PAGE)
                break;
        }
    }
    return EXIT_DONE;
}

static int switch_off_or_on(struct user_run *u, bool is_off)
{
    enum err e = is_off ? DO(u, person_disable(tx, u->person.id)) : DO(u, person_enable(tx, u->person.id));

    if (e == E_INVALID)
        return command_say(u->run, EXIT_FAILED, msg(u->run->lang, MSG_cli_user_last_admin));
    return e != OK ? fail(u, e) : done(u, u->person.full_name);
}

static int of_person(struct user_run *u, struct str word)
{
    struct command_run *run = u->run;

    if (q_person_by_login(u->db, u->login, &u->person) != OK)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_user_unknown, ARG("login", u->login)));
    if (str_equal(word, S("password")))
        return set_password(u, u->person.id, u->person.full_name);
    if (str_equal(word, S("role"))) {
        int status = give_role(u, u->person.id);
        return status != EXIT_DONE ? status : done(u, u->person.full_name);
    }
    return switch_off_or_on(u, str_equal(word, S("disable")));
}

static int run_word(struct user_run *u, struct str word)
{
    if (str_equal(word, S("list")))
        return list(u);
    if (str_equal(word, S("add")))
        return add(u);
    return of_person(u, word);
}

static bool is_word(struct str word, size_t operands)
{
    static const char *const words[] = {"add", "password", "role", "disable", "enable"};

    if (str_equal(word, S("list")))
        return operands <= 2;
    for (size_t i = 0; i < countof(words); i++)
        if (str_equal(word, str_of(words[i])))
            return operands == (i == 0 ? 3 : 2);
    return false;
}

static int user(struct command_run *run)
{
    struct user_run u = {.run = run};
    struct str word = run->operand_count > 0 ? str_of(run->operands[0]) : STR_NONE;
    struct arena *reading = arena_new(0);
    const char *folder;
    int status = EXIT_FAILED;

    if (!is_word(word, run->operand_count)) {
        arena_free(reading);
        return command_usage(run, MSG_cli_user_what, word.len > 0 ? run->operands[0] : "user");
    }
    u.login = run->operand_count > 1 ? text_lower(run->arena, text_nfc(run->arena, str_of(run->operands[1]))) : S("");
    if (command_data_folder(run, &folder) == OK && command_open_database(run, folder, SCHEMA_MUST_FIT, &u.database) == OK &&
        db_reader(u.database, reading, &u.db) == OK)
        status = run_word(&u, word);
    arena_free(reading);
    return status;
}

const struct command user_command = {
    .name = "user", .operands = "list|add|password|role|disable|enable …", .summary = MSG_cli_user, .help = MSG_cli_user_help,
    .options = options, .run = user,
};
