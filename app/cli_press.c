#include "app/command.h"
#include "article/article.h"
#include "article/authors.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "edition/edition.h"
#include "import/import.h"
#include "import/import_messages.h"
#include "media/media_kind.h"
#include "media/media_take.h"
#include "publication/publication.h"
#include "text/date.h"
#include "text/text.h"
#include <unistd.h>

static const struct command_option options[] = {
    {"--publication", "CODE", MSG_press_option_publication, NULL},
    {"--issue", "N/YEAR", MSG_press_option_issue, NULL},
    {"--out", "DIR", MSG_press_option_out, NULL},
    {"--name", "NAME", MSG_press_option_name, NULL},
    {"--title", "TITLE", MSG_press_option_title, NULL},
    {"--author", "AUTHOR", MSG_press_option_author, NULL},
    {"--section", "SECTION", MSG_press_option_section, NULL},
    {"--order", "N,N…", MSG_press_option_order, NULL},
    {"--data", "DIR", MSG_press_option_data, "BANTIN_DATA"},
    OPTION_DATABASE,
    {"--url", "URL", MSG_cli_option_url, "BANTIN_URL"},
    {0},
};

/* One file on its way to an article. */
struct incoming {
    const char *path;
    struct str name;
    struct import_result result;
    struct media_taken *media;
    struct article_draft draft;
};

struct press_run {
    struct command_run *run;
    const char *folder; /* of the installation, or a temporary one */
    const char *temporary;
    const char *media;
    struct database *database;
    struct str code;
    int64_t number, year;
    struct incoming *files;
    size_t count;
    struct publication_id publication;
    struct section_id section;
    struct issue_id issue;
};

#define DO(p, call) WRITE((p)->database, (p)->run->arena, &the_program_itself, call)

static int failed(const struct press_run *p, enum err e)
{
    struct command_run *run = p->run;

    return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_press_failed, ARG("error", err_name(e))));
}

static void warn(const struct press_run *p, const struct incoming *file, struct str sentence)
{
    command_say(p->run, 0, str_format(p->run->arena, "%.*s: %.*s", STR_ARG(file->name), STR_ARG(sentence)));
}

/* --- the words of the line ----------------------------------------------------------------------------------------- */

static bool read_issue(struct press_run *p, struct str word)
{
    struct str head, rest = str_cut(word, '/', &head);

    return str_to_int(head, &p->number) == OK && str_to_int(rest, &p->year) == OK && p->number > 0 &&
           p->number <= ISSUE_NUMBER_MAX && p->year >= ISSUE_YEAR_LEAST && p->year <= ISSUE_YEAR_MOST;
}

static struct str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash != NULL ? slash + 1 : path);
}

/* "3,1,2": each file once. Without it they stand as they were named. */
static bool read_order(struct press_run *p, struct str word)
{
    struct command_run *run = p->run;
    bool *taken = NEW_ARRAY(run->arena, bool, p->count + 1);
    struct str head;
    int64_t n;

    for (size_t i = 0; i < p->count; i++) {
        n = (int64_t)i + 1;
        if (word.ptr != NULL) {
            word = str_cut(word, ',', &head);
            if (str_to_int(str_trim(head), &n) != OK || n < 1 || n > (int64_t)p->count || taken[n - 1])
                return false;
            taken[n - 1] = true;
            if (i + 1 < p->count && word.ptr == NULL)
                return false;
        }
        p->files[i].path = run->operands[n - 1];
        p->files[i].name = file_name(run->operands[n - 1]);
    }
    return word.len == 0;
}

static int read_line(struct press_run *p)
{
    static const char *const needed[] = {"--publication", "--issue", "--out"};
    struct command_run *run = p->run;

    for (size_t i = 0; i < countof(needed); i++)
        if (!command_has(run, needed[i]))
            return command_usage(run, MSG_cli_missing_option, needed[i]);
    p->code = str_of(command_value(run, "--publication"));
    if (!publication_code_is_valid(p->code))
        return command_usage(run, MSG_press_code_invalid, command_value(run, "--publication"));
    if (!read_issue(p, str_of(command_value(run, "--issue"))))
        return command_usage(run, MSG_press_issue_invalid, command_value(run, "--issue"));
    if (run->operand_count == 0)
        return command_usage(run, MSG_press_no_files, run->command->operands);
    if (command_has(run, "--title") && run->operand_count > 1)
        return command_usage(run, MSG_press_title_of_one, "--title");
    p->count = run->operand_count;
    p->files = NEW_ARRAY(run->arena, struct incoming, p->count);
    if (!read_order(p, str_of(command_value(run, "--order"))))
        return command_usage(run, MSG_press_order_invalid, command_value(run, "--order"));
    return EXIT_DONE;
}

/* --- where it is made ---------------------------------------------------------------------------------------------- */

static int open_place(struct press_run *p)
{
    struct command_run *run = p->run;
    char *template = str_z(run->arena, S("/tmp/bantin-press-XXXXXX"));

    if (command_has(run, "--data")) {
        if (command_data_folder(run, &p->folder) != OK)
            return EXIT_FAILED;
    } else {
        p->folder = p->temporary = mkdtemp(template);
        if (p->folder == NULL)
            return failed(p, E_IO);
    }
    p->media = str_format(run->arena, "%s/media", p->folder).ptr;
    enum err e = folder_make(p->media);
    if (e == OK && !file_exists(command_value(run, "--out")))
        e = folder_make(command_value(run, "--out"));
    if (e != OK)
        return failed(p, e);
    return command_open_database(run, p->folder, SCHEMA_MUST_FIT, &p->database) == OK ? EXIT_DONE : EXIT_FAILED;
}

/* The database closes with the run. */
static void close_place(struct press_run *p)
{
    if (p->temporary != NULL)
        IGNORE(folder_remove(p->temporary)); /* the system empties /tmp */
}

/* --- one file becomes a draft -------------------------------------------------------------------------------------- */

static struct str title_of(const struct press_run *p, const struct incoming *file)
{
    struct command_run *run = p->run;
    struct str stem = file->name, title = file->result.title;
    const char *dot = memrchr(stem.ptr, '.', stem.len);

    if (command_has(run, "--title"))
        return text_nfc(run->arena, str_of(command_value(run, "--title")));
    if (title.len > 0 && file->result.title_is_sure)
        return title;
    if (title.len == 0)
        title = text_nfc(run->arena, dot != NULL && dot > stem.ptr ? str_range(stem.ptr, dot) : stem);
    warn(p, file, T(run->arena, run->lang, MSG_press_title_guessed, ARG("title", title)));
    return title;
}

static struct str authors_of(const struct press_run *p, const struct incoming *file)
{
    struct arena *a = p->run->arena;
    const struct import_result *r = &file->result;
    struct author *authors = NEW_ARRAY(a, struct author, r->author_count + 1);
    size_t n = r->author_count;

    if (command_has(p->run, "--author")) {
        n = authors_of_lines(a, str_of(command_value(p->run, "--author")), &authors);
        return authors_to_json(a, authors, n);
    }
    for (size_t i = 0; i < n; i++) {
        const struct import_author *from = &r->authors[i];
        authors[i] = (struct author){
            .name = from->title.len > 0
                        ? str_format(a, "%.*s %.*s", STR_ARG(from->title), STR_ARG(from->name))
                        : from->name,
            .role = from->role, .unit = S(""),
        };
    }
    return authors_to_json(a, authors, n);
}

static enum err take_media(const struct press_run *p, struct incoming *file)
{
    struct media_options how = {.store = p->media};

    file->media = NEW_ARRAY(p->run->arena, struct media_taken, file->result.media_count + 1);
    for (size_t i = 0; i < file->result.media_count; i++) {
        TRY(media_take(p->run->arena, &how, file->result.media[i].path, &file->media[i]));
        if (file->media[i].problem != MEDIA_FINE)
            warn(p, file, T(p->run->arena, p->run->lang, MSG_press_picture_refused, ARG("name", file->result.media[i].name)));
    }
    return OK;
}

/* False where the file was refused; the reason has been said. */
static bool read_file(struct press_run *p, struct incoming *file, enum err *e)
{
    struct command_run *run = p->run;

    *e = import_file(run->arena, &(struct import_options){0}, file->path, file->name, &file->result);
    if (*e != OK) {
        warn(p, file, T(run->arena, run->lang, MSG_press_unreadable, ARG("error", err_name(*e))));
        *e = OK;
        return false;
    }
    if (file->result.problem != IMPORT_FINE) {
        warn(p, file, msg(run->lang, import_problem_message(file->result.problem)));
        return false;
    }
    for (size_t i = 0; i < file->result.note_count; i++)
        warn(p, file, import_note_text(run->arena, run->lang, &file->result.notes[i]));
    *e = take_media(p, file);
    if (*e != OK)
        return false;
    file->draft = (struct article_draft){
        .title = title_of(p, file), .kicker = S(""),
        .standfirst = file->result.standfirst.len > 0 ? file->result.standfirst : S(""),
        .authors = authors_of(p, file), .body = body_to_json(run->arena, file->result.doc), .visibility = S("public"),
        .note = str_format(run->arena, "import:%.*s", STR_ARG(file->name)),
    };
    return true;
}

static int read_files(struct press_run *p)
{
    int status = EXIT_DONE;
    enum err e;

    for (size_t i = 0; i < p->count; i++)
        if (!read_file(p, &p->files[i], &e)) {
            if (e != OK)
                return failed(p, e);
            status = EXIT_FAILED;
        }
    return status;
}

/* --- the issue ----------------------------------------------------------------------------------------------------- */

static enum err keep_media(struct tx *tx, const struct incoming *file)
{
    for (size_t i = 0; i < file->result.media_count; i++) {
        const struct media_taken *m = &file->media[i];
        if (m->problem == MEDIA_FINE && media_is_picture(m->kind))
            TRY(q_issue_cover_add(tx, m->hash, str_of(media_kind_type(m->kind)), file->result.media[i].name,
                                  (int64_t)m->bytes, m->width, m->height, issue_picture_widths(tx->arena, m),
                                  tx->who->person, tx->now));
    }
    return OK;
}

/* The section of that name, made where it is missing; none: no section. */
static enum err find_section(struct tx *tx, struct publication_id publication, struct str name, struct section_id *id)
{
    struct q_section_list_rows all;

    *id = (struct section_id){0};
    if (name.len == 0)
        return OK;
    TRY(q_section_list(tx->db, publication, &all));
    for (size_t i = 0; i < all.count; i++)
        if (str_equal(text_fold(tx->arena, all.rows[i].name), text_fold(tx->arena, name))) {
            *id = all.rows[i].id;
            return OK;
        }
    return section_add(tx, publication, name, 0, 0, id);
}

/* A monthly's issue bears the first of its month; any other today. */
static struct str date_of(const struct press_run *p)
{
    struct text_date today = text_moment_of(clock_now()).date;

    if (p->number <= 12)
        return str_format(p->run->arena, "%04lld-%02lld-01", (long long)p->year, (long long)p->number);
    return str_format(p->run->arena, "%04d-%02d-%02d", today.year, today.month, today.day);
}

static enum err make_issue(struct tx *tx, struct press_run *p)
{
    struct q_publication_one publication;

    TRY(q_publication_one(tx->db, p->publication, &publication));
    struct issue_front front = {
        .year = p->year, .number = p->number, .title = S(""), .date = date_of(p), .cover = S(""), .editorial = S(""),
        .licence = publication.licence, .editor_name = publication.editor_name, .printer = publication.printer,
        .print_run = publication.print_run,
    };
    return issue_create(tx, p->publication, &front, &p->issue);
}

static enum err keep_all(struct tx *tx, struct press_run *p)
{
    struct article_id *articles = NEW_ARRAY(tx->arena, struct article_id, p->count);
    const char *name = command_value(p->run, "--name"), *section = command_value(p->run, "--section");

    TRY(publication_ensure(tx, p->code, name != NULL ? text_nfc(tx->arena, str_of(name)) : p->code, &p->publication));
    TRY(find_section(tx, p->publication, section != NULL ? text_nfc(tx->arena, str_of(section)) : S(""), &p->section));
    TRY(make_issue(tx, p));
    for (size_t i = 0; i < p->count; i++) {
        struct article_draft draft = p->files[i].draft;
        draft.section = p->section;
        TRY(keep_media(tx, &p->files[i]));
        TRY(article_create(tx, p->publication, &draft, &articles[i]));
    }
    return issue_add_articles(tx, p->issue, ISSUE_AS_IT_IS, articles, p->count, p->section);
}

/* Asked before the work, so that nobody waits for a refusal. */
static int check_is_new(struct press_run *p)
{
    struct command_run *run = p->run;
    struct q_publication_by_code publication;
    struct q_issue_by_number issue;
    struct db *db;

    enum err e = db_reader(p->database, run->arena, &db);
    if (e == OK)
        e = q_publication_by_code(db, p->code, &publication);
    if (e == OK)
        e = q_issue_by_number(db, publication.id, p->year, p->number, &issue);
    if (e == OK)
        return command_say(run, EXIT_FAILED, T(run->arena, run->lang, MSG_press_issue_exists, ARG("number", p->number),
                                               ARG("year", p->year)));
    return e == E_NOT_FOUND ? EXIT_DONE : failed(p, e);
}

/* --- out ----------------------------------------------------------------------------------------------------------- */

static enum err write_editions(struct press_run *p)
{
    struct command_run *run = p->run;
    const char *url = command_value(run, "--url");
    struct edition_place place = {.media = p->media, .base_url = url != NULL ? url : "", .lang = LANG_VI};
    struct edition_issue issue;
    struct press_report report;
    struct db *db;
    int64_t start = clock_monotonic_ms();

    TRY(db_reader(p->database, run->arena, &db));
    TRY(edition_load(db, &place, p->issue, FOR_EVERYBODY, &issue));
    for (enum edition_format f = 0; f < EDITION_FORMATS; f++) {
        struct str path = str_format(run->arena, "%s/%.*s-so-%lld-%lld%s", command_value(run, "--out"), STR_ARG(p->code),
                                     (long long)p->number, (long long)p->year, edition_kinds[f].ending);
        TRY(edition_write(run->arena, &issue.press, f, path.ptr, &report));
        printf("%.*s\n", STR_ARG(path));
    }
    log_event(LOG_DEBUG, "press.composed", "ms=%lld", (long long)(clock_monotonic_ms() - start));
    return OK;
}

static int press_all(struct press_run *p)
{
    int status = open_place(p);

    if (status == EXIT_DONE)
        status = check_is_new(p);
    if (status == EXIT_DONE)
        status = read_files(p);
    if (status != EXIT_DONE)
        return status;
    enum err e = DO(p, keep_all(tx, p));
    if (e == OK)
        e = write_editions(p);
    return e == OK ? EXIT_DONE : failed(p, e);
}

static int press(struct command_run *run)
{
    struct press_run p = {.run = run};
    int status = read_line(&p);

    if (status != EXIT_DONE)
        return status;
    if (getenv("BANTIN_LOG") == NULL)
        log_set_level(LOG_WARN); /* what it does stands on standard output */
    status = press_all(&p);
    close_place(&p);
    return status;
}

const struct command press_command = {
    .name = "press", .operands = "FILE…", .summary = MSG_press_summary, .help = MSG_press_help, .options = options, .run = press,
};
