#include "edition/edition.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"
#include "jobs/jobs.h"
#include "media/media_store.h"
#include <sys/stat.h>

const struct edition_kind edition_kinds[EDITION_FORMATS] = {
    [EDITION_PDF_A4] = {"pdf-a4", "application/pdf", ".pdf"},
    [EDITION_PDF_A5] = {"pdf-a5", "application/pdf", "-a5.pdf"},
    [EDITION_EPUB] = {"epub", "application/epub+zip", ".epub"},
    [EDITION_TEXT] = {"text", "text/plain; charset=utf-8", ".txt"},
};

enum edition_format edition_format_named(struct str name)
{
    enum edition_format f = 0;

    while (f < EDITION_FORMATS && !str_equal(name, str_of(edition_kinds[f].name)))
        f++;
    return f;
}

static void log_warnings(const struct press_issue *issue, const struct press_report *report)
{
    static const char *const kinds[] = {
        [PRESS_PICTURE_MISSING] = "picture-missing",
        [PRESS_PICTURE_BROKEN] = "picture-broken",
        [PRESS_LETTER_MISSING] = "letter-missing",
    };

    for (size_t i = 0; i < report->n_warnings; i++)
        log_event(LOG_WARN, "press.warning", "issue=%d/%d kind=%s item=%d subject=%.*s", issue->number, issue->year,
                  kinds[report->warnings[i].kind], report->warnings[i].item, STR_ARG(report->warnings[i].subject));
}

enum err edition_write(struct arena *a, const struct press_issue *issue, enum edition_format format, const char *path,
                       struct press_report *report)
{
    struct press_report made = {0};

    switch (format) {
    case EDITION_PDF_A4:
        TRY(press_pdf(a, issue, PRESS_A4, path, &made));
        break;
    case EDITION_PDF_A5:
        TRY(press_pdf(a, issue, PRESS_A5, path, &made));
        break;
    case EDITION_EPUB:
        TRY(press_epub(a, issue, path, &made));
        break;
    case EDITION_TEXT:
        TRY(file_write(path, press_text(a, issue)));
        break;
    default:
        return E_UNSUPPORTED;
    }
    *report = made;
    return OK;
}

/* --- making and recording all of them ------------------------------------------------------------------------------ */

struct made_file {
    struct str hash;
    int64_t bytes;
    struct press_report report;
};

struct made_set {
    struct edition_issue issue;
    struct made_file files[EDITION_FORMATS];
};

static enum err make_file(struct arena *a, const struct edition_place *place, const char *temp, enum edition_format format,
                          struct made_set *set)
{
    const char *path = str_format(a, "%s/edition%s", temp, edition_kinds[format].ending).ptr;
    struct made_file *file = &set->files[format];
    struct stat info;

    TRY(edition_write(a, &set->issue.press, format, path, &file->report));
    if (stat(path, &info) != 0)
        return E_IO;
    file->bytes = info.st_size;
    log_warnings(&set->issue.press, &file->report);
    return media_store_add(a, place->media, path, NULL, &file->hash);
}

/* The members' edition is made only where it differs from everybody's. */
static enum err make_sets(struct db *db, const struct edition_place *place, const char *temp, struct issue_id id,
                          struct made_set sets[EDITION_AUDIENCES])
{
    for (int audience = FOR_EVERYBODY; audience < EDITION_AUDIENCES; audience++) {
        struct made_set *set = &sets[audience];
        TRY(edition_load(db, place, id, audience, &set->issue));
        if (audience == FOR_MEMBERS && !set->issue.is_narrow) {
            *set = sets[FOR_EVERYBODY];
            continue;
        }
        for (enum edition_format f = 0; f < EDITION_FORMATS; f++)
            TRY(make_file(db->arena, place, temp, f, set));
    }
    return OK;
}

static enum err record_pages(struct tx *tx, struct edition_id edition, const struct made_set *set,
                             const struct press_report *report)
{
    for (size_t i = 0; i < report->n_items && i < set->issue.count; i++)
        if (report->items[i].first > 0)
            TRY(q_edition_page_add(tx, edition, set->issue.articles[i], report->items[i].first));
    return OK;
}

static enum err record_one(struct tx *tx, struct issue_id id, enum edition_format format, int audience,
                           const struct made_set *set)
{
    const struct made_file *file = &set->files[format];
    struct str name = str_of(edition_kinds[format].name);
    struct q_edition_current current;
    struct edition_id edition;

    enum err e = q_edition_current(tx->db, id, name, audience, &current);
    if (e == OK && str_equal(current.file_hash, file->hash))
        return OK;
    if (e != OK && e != E_NOT_FOUND)
        return e;
    TRY(q_edition_supersede(tx, id, name, audience, tx->now));
    TRY(q_edition_add(tx, id, name, audience, set->issue.press.hash, file->hash, file->bytes, file->report.pages, tx->now,
                      &edition));
    return record_pages(tx, edition, set, &file->report);
}

static enum err record(struct tx *tx, struct issue_id id, const struct made_set sets[EDITION_AUDIENCES])
{
    for (int audience = FOR_EVERYBODY; audience < EDITION_AUDIENCES; audience++)
        for (enum edition_format f = 0; f < EDITION_FORMATS; f++)
            TRY(record_one(tx, id, f, audience, &sets[audience]));
    return q_editions_hold_back(tx, id, tx->now); /* what was withdrawn while they were made */
}

static enum err make_in(struct database *database, struct db *db, const struct edition_place *place, const char *temp,
                        struct issue_id id)
{
    struct made_set sets[EDITION_AUDIENCES] = {0};
    int64_t start = clock_monotonic_ms();

    TRY(make_sets(db, place, temp, id, sets));
    TRY(WRITE(database, db->arena, &the_program_itself, record(tx, id, sets)));
    log_event(LOG_INFO, "issue.editions", "issue=%lld items=%zu ms=%lld", (long long)id.v,
              sets[FOR_MEMBERS].issue.count, (long long)(clock_monotonic_ms() - start));
    return OK;
}

enum err edition_make_all(struct database *database, struct arena *a, const struct edition_place *place, const char *temp,
                          struct issue_id id)
{
    const char *folder = str_format(a, "%s/editions-%.*s", temp, STR_ARG(random_token(a))).ptr;
    struct q_issue_whole issue;
    struct db *db;

    TRY(db_reader(database, a, &db));
    enum err e = q_issue_whole(db, id, &issue);
    if (e == E_NOT_FOUND || (e == OK && !str_equal(issue.state, S("published"))))
        return OK; /* withdrawn meanwhile */
    TRY(e);
    TRY(folder_make(folder));
    e = make_in(database, db, place, folder, id);
    IGNORE(folder_remove(folder)); /* what stays of it goes at the next start */
    return e;
}

/* --- the job ------------------------------------------------------------------------------------------------------- */

struct edition_place edition_place_of(struct site *site, struct arena *a)
{
    struct site_settings settings = site_settings(site, a);

    return (struct edition_place){
        .media = site_folders(site)->media,
        .base_url = str_z(a, site_base_url(site)),
        .accent = settings.accent,
        .lang = LANG_VI, /* the publication's, not the reader's */
    };
}

static enum err make_editions(struct job_context *job)
{
    struct site *site = job->user;
    int64_t id;

    TRY(str_to_int(job->payload, &id));
    struct edition_place place = edition_place_of(site, job->arena);
    TRY(edition_make_all(job->database, job->arena, &place, site_folders(site)->temp, (struct issue_id){id}));
    site_drop_pages();
    return OK;
}

void edition_start(void)
{
    job_kind("issue.editions", make_editions);
}
