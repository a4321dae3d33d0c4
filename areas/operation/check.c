#include "operation/check.h"
#include "article/article.h"
#include "media/media_store.h"
#include "operation/operation_sql.h"

static void found(struct check_report *r, struct arena *a, enum check_kind kind, int64_t id, struct str hash)
{
    if (r->count == r->cap) {
        size_t cap = r->cap != 0 ? 2 * r->cap : 16;
        r->findings = arena_grow(a, r->findings, r->cap * sizeof *r->findings, cap * sizeof *r->findings);
        r->cap = cap;
    }
    r->findings[r->count++] = (struct check_finding){kind, id, str_copy(a, hash)};
    if (kind != CHECK_FILE_ORPHAN)
        r->faults++;
}

/* --- revisions ------------------------------------------------------------------------------------------------------ */

struct checking {
    struct check_report *report;
    struct arena *arena;   /* of the report */
    struct arena *one;     /* of one revision, emptied for the next */
    const struct q_check_revision_units_rows *units;
    size_t unit;           /* the next of them, in the order of revisions */
};

static size_t units_of(struct checking *c, struct revision_id id, struct unit_id **units)
{
    size_t from = c->unit, n = 0;

    while (c->unit < c->units->count && c->units->rows[c->unit].revision_id.v <= id.v)
        c->unit++;
    *units = NEW_ARRAY(c->one, struct unit_id, c->unit - from + 1);
    for (size_t i = from; i < c->unit; i++)
        if (c->units->rows[i].revision_id.v == id.v)
            (*units)[n++] = c->units->rows[i].unit_id;
    return n;
}

static enum err check_revision(void *ctx, const struct q_check_revisions *r)
{
    struct checking *c = ctx;
    struct unit_id *units;
    struct body_node *doc;

    arena_reset(c->one);
    size_t n = units_of(c, r->id, &units);
    struct article_draft draft = {
        .title = r->title, .kicker = r->kicker, .standfirst = r->standfirst, .authors = r->authors, .body = r->body,
        .section = r->section_id, .topic = r->topic_id, .genre = r->genre_id, .unit = r->unit_id,
        .visibility = r->visibility, .units = units, .unit_count = n,
    };
    c->report->revisions++;
    if (!str_equal(article_hash(c->one, &draft), r->hash) || body_of_json(c->one, r->body, &doc) != OK)
        found(c->report, c->arena, CHECK_REVISION, r->id.v, r->hash);
    return OK;
}

static enum err check_revisions(struct db *db, struct arena *a, struct check_report *report)
{
    struct q_check_revision_units_rows units;

    TRY(q_check_revision_units(db, &units));
    struct checking c = {.report = report, .arena = a, .one = arena_new(0), .units = &units};
    enum err e = q_check_revisions(db, check_revision, &c);
    arena_free(c.one);
    return e;
}

/* --- articles, issues, files ---------------------------------------------------------------------------------------- */

static enum err check_rows(struct db *db, struct arena *a, struct check_report *report)
{
    struct q_check_heads_rows heads;
    struct q_check_published_issues_rows issues;
    struct q_check_counts counts;

    TRY(q_check_heads(db, &heads));
    for (size_t i = 0; i < heads.count; i++)
        found(report, a, CHECK_ARTICLE, heads.rows[i].id.v, STR_NONE);
    TRY(q_check_published_issues(db, &issues));
    for (size_t i = 0; i < issues.count; i++)
        found(report, a, CHECK_ISSUE, issues.rows[i].id.v, STR_NONE);
    TRY(q_check_counts(db, &counts));
    report->articles = counts.articles;
    report->issues = counts.issues;
    return OK;
}

static void add_files(struct check_report *r, struct arena *a, enum check_kind kind, const struct str *hashes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        found(r, a, kind, 0, hashes[i]);
}

static enum err check_files(struct db *db, struct arena *a, const char *folder, struct check_report *report)
{
    struct q_check_media_rows media;
    struct media_check files;

    TRY(q_check_media(db, &media));
    struct str *known = NEW_ARRAY(a, struct str, media.count + 1);
    for (size_t i = 0; i < media.count; i++)
        known[i] = media.rows[i].hash;
    TRY(media_store_check(a, folder, known, media.count, &files));
    report->files = (int64_t)files.count;
    add_files(report, a, CHECK_FILE_CORRUPT, files.corrupt, files.corrupt_count);
    add_files(report, a, CHECK_FILE_MISSING, files.missing, files.missing_count);
    add_files(report, a, CHECK_FILE_ORPHAN, files.orphans, files.orphan_count);
    return OK;
}

enum err check_all(struct database *database, struct arena *a, const char *media_folder, struct check_report *report)
{
    struct db *db;

    *report = (struct check_report){0};
    enum err e = database_check(database);
    if (e == E_CORRUPT)
        found(report, a, CHECK_DATABASE, 0, STR_NONE);
    else if (e != OK)
        return e;
    TRY(db_reader(database, a, &db));
    TRY(check_revisions(db, a, report));
    TRY(check_rows(db, a, report));
    return media_folder != NULL ? check_files(db, a, media_folder, report) : OK;
}
