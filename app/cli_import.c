#include "app/command.h"
#include "article/authors.h"
#include "auth/session.h"
#include "base/clock.h"
#include "import/import_messages.h"
#include "intake/intake.h"
#include "intake/intake_problem.h"
#include "person/person.h"
#include "publication/publication.h"
#include "site/site.h"
#include "text/text.h"

static const struct command_option options[] = {
    {"--publication", "P", MSG_intake_option_publication, NULL},
    {"--section", "S", MSG_intake_option_section, NULL},
    {"--title", "T", MSG_intake_option_title, NULL},
    {"--author", "A", MSG_intake_option_author, NULL},
    {"--as", "LOGIN", MSG_intake_option_as, NULL},
    OPTION_DATA,
    OPTION_DATABASE,
    {0},
};

/* One run: where the files go, and as whom. */
struct importing {
    struct command_run *run;
    struct database *database;
    struct db *db;
    struct intake_order order;
    struct intake_options how;
    const struct principal *who;
};

static int failed(struct command_run *run, enum err e)
{
    return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_intake_cli_failed, ARG("error", err_name(e))));
}

/* --- what the words of the line mean -------------------------------------------------------------------------------
 */

static int find_publication(struct importing *im)
{
    struct command_run *run = im->run;
    struct str code = str_of(command_value(run, "--publication"));
    struct q_publication_by_code found;

    enum err e = q_publication_by_code(im->db, code, &found);
    if (e == E_NOT_FOUND || (e == OK && found.archived_at != 0))
        return command_say(run, EXIT_FAILED,
                           T(run->arena, run->lang, MSG_intake_cli_no_publication, ARG("publication", code)));
    im->order.publication = found.id;
    return e == OK ? EXIT_DONE : failed(run, e);
}

static int find_section(struct importing *im)
{
    struct command_run *run = im->run;
    struct str words = text_nfc(run->arena, str_trim(str_of(command_value(run, "--section"))));
    struct q_intake_section found;

    if (words.len == 0)
        return EXIT_DONE;
    enum err e = q_intake_section(im->db, im->order.publication, words, &found);
    if (e == E_NOT_FOUND)
        return command_say(run, EXIT_FAILED,
                           T(run->arena, run->lang, MSG_intake_cli_no_section, ARG("section", words)));
    im->order.section = found.id;
    return e == OK ? EXIT_DONE : failed(run, e);
}

static int find_person(struct importing *im)
{
    struct command_run *run = im->run;
    struct str login = str_of(command_value(run, "--as"));
    struct q_person_by_login found;

    im->who = &the_program_itself;
    if (login.len == 0)
        return EXIT_DONE;
    enum err e = q_person_by_login(im->db, text_lower(run->arena, text_nfc(run->arena, login)), &found);
    if (e == E_NOT_FOUND || (e == OK && found.disabled_at != 0))
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_cli_user_unknown, ARG("login", login)));
    if (e == OK)
        e = principal_of_person(im->db, found.id, clock_now(), &im->who);
    return e == OK ? EXIT_DONE : failed(run, e);
}

static void take_words(struct importing *im)
{
    struct arena *a = im->run->arena;
    struct author *authors;
    size_t n = authors_of_lines(a, str_of(command_value(im->run, "--author")), &authors);

    im->order.title = text_nfc(a, str_trim(str_of(command_value(im->run, "--title"))));
    im->order.authors = n > 0 ? authors_to_json(a, authors, n) : STR_NONE;
}

/* --- one file ------------------------------------------------------------------------------------------------------
 */

static struct str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash != NULL ? slash + 1 : path);
}

static int say_done(struct importing *im, struct arena *a, const char *path, const struct intake_result *result)
{
    enum lang lang = im->run->lang;
    struct buf b = buf_in(a);

    buf_add(&b, T(a, lang, MSG_intake_cli_done, ARG("article", result->article.v), ARG("title", result->title),
                  ARG("file", path)));
    for (size_t i = 0; i < result->note_count; i++) {
        buf_add_z(&b, i == 0 ? ": " : "; ");
        buf_add(&b, import_note_text(a, lang, &result->notes[i]));
    }
    printf("%.*s\n", STR_ARG(buf_str(&b)));
    fflush(stdout);
    if (str_equal(result->state, S("title")))
        command_say(im->run, 0, T(a, lang, MSG_intake_cli_title, ARG("file", path), ARG("title", result->title)));
    return EXIT_DONE;
}

static int say_problem(struct importing *im, struct arena *a, const char *path, struct str reason)
{
    return command_say(im->run, EXIT_FAILED, str_format(a, "%s: %.*s", path, STR_ARG(reason)));
}

static int import_one(struct importing *im, struct arena *a, const char *path)
{
    enum lang lang = im->run->lang;
    struct intake_result result;
    struct intake_id id;
    struct str hash;
    int64_t bytes;

    enum err e = intake_store(a, im->how.media, path, &hash, &bytes);
    if (e == E_NOT_FOUND)
        return say_problem(im, a, path, msg(lang, MSG_intake_cli_no_file));
    if (e == OK)
        e = WRITE(im->database, a, im->who,
                  intake_add(tx, &im->order, hash, text_nfc(tx->arena, name_of(path)), bytes, &id));
    if (e == OK)
        e = intake_read(im->database, a, im->who, &im->how, id, &result);
    if (e == E_DENIED)
        return say_problem(im, a, path, msg(lang, MSG_intake_problem_denied));
    if (e != OK)
        return say_problem(im, a, path, T(a, lang, MSG_intake_cli_failed, ARG("error", err_name(e))));
    if (result.article.v == 0)
        return say_problem(im, a, path, msg(lang, intake_problem_message(result.problem)));
    return say_done(im, a, path, &result);
}

static int import_all(struct importing *im)
{
    struct command_run *run = im->run;
    int status = EXIT_DONE;

    for (size_t i = 0; i < run->operand_count; i++) {
        struct arena *a = arena_new(0);
        if (import_one(im, a, run->operands[i]) != EXIT_DONE)
            status = EXIT_FAILED;
        arena_free(a);
    }
    return status;
}

/* --- the run -------------------------------------------------------------------------------------------------------
 */

static int prepare(struct importing *im)
{
    int status = find_publication(im);

    if (status == EXIT_DONE)
        status = find_section(im);
    if (status == EXIT_DONE)
        status = find_person(im);
    take_words(im);
    return status;
}

static enum err open_all(struct importing *im, struct arena *reading, struct site **site)
{
    const char *folder;

    TRY(command_data_folder(im->run, &folder));
    TRY(command_open_database(im->run, folder, SCHEMA_MUST_FIT, &im->database));
    TRY(site_open(im->database, folder, site));
    im->how.media = str_z(im->run->arena, str_of(site_folders(*site)->media));
    return db_reader(im->database, reading, &im->db);
}

static int import(struct command_run *run)
{
    struct importing im = {.run = run, .how = {.nobody_to_ask = true}};
    struct arena *reading = arena_new(0);
    struct site *site = NULL;
    int status = EXIT_FAILED;

    if (run->operand_count == 0 || !command_has(run, "--publication")) {
        arena_free(reading);
        return command_usage(run, MSG_intake_cli_missing, run->operand_count == 0 ? "FILE" : "--publication");
    }
    if (open_all(&im, reading, &site) == OK)
        status = prepare(&im);
    if (status == EXIT_DONE)
        status = import_all(&im);
    arena_free(reading);
    if (site != NULL)
        site_close(site);
    return status;
}

const struct command import_command = {
    .name = "import",
    .operands = "FILE…",
    .summary = MSG_intake_cli,
    .help = MSG_intake_cli_help,
    .options = options,
    .run = import,
};
