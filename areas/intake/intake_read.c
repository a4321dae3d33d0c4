/* One file read and written down as a draft. */
#include "article/article_media.h"
#include "article/authors.h"
#include "auth/audit.h"
#include "base/clock.h"
#include "base/log.h"
#include "import/import_messages.h"
#include "intake/intake.h"
#include "media/media_store.h"
#include "text/text.h"

enum { READING_MEMORY = 384 * 1024 * 1024 };

/* One reading. Its arena is its own: a file that needs too much memory ends alone. */
struct reading {
    struct database *database;
    struct arena *arena;
    const struct principal *who;
    const struct intake_options *options;
    struct q_intake_one row;
    struct import_result got;
    struct media_taken *taken;
    struct str *taken_names;
    size_t taken_count;
    size_t pictures_lost;
    struct article_draft draft;
    struct str report;
    struct intake_result result;
};

/* --- pictures ------------------------------------------------------------------------------------------------------
 */

/* A picture that could not be taken: its caption stays as a paragraph. */
static void drop_figures(struct reading *r, struct str hash)
{
    for (struct body_node *n = r->got.doc; n != NULL; n = (struct body_node *)body_walk(r->got.doc, n))
        if (n->kind == BODY_FIGURE && str_equal(n->media, hash)) {
            n->kind = BODY_PARAGRAPH;
            n->media = n->alt = n->credit = STR_NONE;
            r->pictures_lost++;
        }
}

static enum err take_media(struct reading *r)
{
    struct media_options options = {.store = r->options->media, .helper = r->options->helper};
    size_t n = r->got.media_count;

    r->taken = NEW_ARRAY(r->arena, struct media_taken, n + 1);
    r->taken_names = NEW_ARRAY(r->arena, struct str, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct media_taken *taken = &r->taken[r->taken_count];
        TRY(media_take(r->arena, &options, r->got.media[i].path, taken));
        if (taken->problem != MEDIA_FINE) {
            drop_figures(r, r->got.media[i].hash);
            continue;
        }
        r->taken_names[r->taken_count++] = r->got.media[i].name;
    }
    if (r->pictures_lost > 0)
        body_tidy(r->arena, r->got.doc);
    return OK;
}

/* --- the draft -----------------------------------------------------------------------------------------------------
 */

static struct str joined(struct arena *a, struct str first, struct str second)
{
    if (first.len == 0)
        return second;
    return str_format(a, "%.*s %.*s", STR_ARG(first), STR_ARG(second));
}

static struct str authors_of(struct reading *r)
{
    struct author *authors = NEW_ARRAY(r->arena, struct author, r->got.author_count + 1);
    struct author *given;
    size_t n = 0;

    if (authors_of_json(r->arena, r->row.authors, &given) > 0)
        return r->row.authors;
    for (size_t i = 0; i < r->got.author_count && n < AUTHORS_MAX; i++)
        authors[n++] = (struct author){.name = joined(r->arena, r->got.authors[i].title, r->got.authors[i].name),
                                       .role = r->got.authors[i].role};
    return authors_to_json(r->arena, authors, n);
}

/* Text that found no place in the fields goes back to the top of the article: no word is lost. */
static void put_back(struct reading *r, enum body_kind kind, struct str text)
{
    struct body_node *block = body_new(r->arena, kind), *doc = r->got.doc;

    body_add_text(r->arena, block, text, 0, STR_NONE);
    block->parent = doc;
    block->next = doc->first;
    doc->first = block;
    if (doc->last == NULL)
        doc->last = block;
}

static size_t letters_of(struct str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len; n++)
        str_next_code(s, &at);
    return n;
}

static struct str cut_to(struct str s, size_t letters)
{
    size_t at = 0;

    for (size_t n = 0; at < s.len && n < letters; n++)
        str_next_code(s, &at);
    return str_sub(s, 0, at);
}

static struct str title_of(struct reading *r)
{
    struct str found = r->got.title;

    if (r->row.title.len > 0 && r->got.title_is_sure && !str_equal(found, r->row.title))
        put_back(r, BODY_HEADING, found);
    if (r->row.title.len > 0)
        return r->row.title;
    if (!r->got.title_is_sure && r->options->nobody_to_ask)
        found = import_title_of_name(r->arena, r->row.file_name);
    if (letters_of(found) <= ARTICLE_TITLE_MAX)
        return found;
    if (r->got.title_is_sure)
        put_back(r, BODY_PARAGRAPH, found);
    return cut_to(found, ARTICLE_TITLE_MAX);
}

static struct str standfirst_of(struct reading *r)
{
    struct str found = r->got.standfirst;

    if (letters_of(found) <= ARTICLE_STANDFIRST_MAX)
        return found.len > 0 ? found : S("");
    put_back(r, BODY_PARAGRAPH, found);
    return S("");
}

static void write_draft(struct reading *r)
{
    struct str standfirst = standfirst_of(r), title = title_of(r);

    r->draft = (struct article_draft){
        .title = title,
        .kicker = S(""),
        .standfirst = standfirst,
        .authors = authors_of(r),
        .body = body_to_json(r->arena, r->got.doc),
        .section = r->row.section_id,
        .visibility = S("public"),
        .note = cut_to(str_format(r->arena, "import: %.*s", STR_ARG(r->row.file_name)), ARTICLE_NOTE_MAX),
    };
}

static void write_report(struct reading *r)
{
    struct import_note *notes = NEW_ARRAY(r->arena, struct import_note, r->got.note_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < r->got.note_count; i++) {
        notes[n] = r->got.notes[i];
        if (notes[n].kind == IMPORT_PICTURES_SKIPPED) {
            notes[n].count += r->pictures_lost;
            r->pictures_lost = 0;
        }
        n++;
    }
    if (r->pictures_lost > 0)
        notes[n++] = (struct import_note){.kind = IMPORT_PICTURES_SKIPPED, .count = r->pictures_lost};
    r->result.notes = notes;
    r->result.note_count = n;
    r->report = import_report_to_json(r->arena, notes, n);
}

/* --- writing it down -----------------------------------------------------------------------------------------------
 */

static enum err keep(struct tx *tx, struct reading *r)
{
    struct article_original_id original;
    struct article_id article;

    for (size_t i = 0; i < r->taken_count; i++)
        TRY(article_media_add(tx, &r->taken[i], r->taken_names[i]));
    TRY(article_create(tx, r->row.publication_id, &r->draft, &article));
    TRY(q_article_original_add(tx, article, r->row.hash, r->row.file_name, r->row.bytes, r->report, tx->who->person,
                               tx->now, &original));
    TRY(q_intake_set_state(tx, r->row.id, r->result.state, S(""), article, tx->now));
    TRY(audit(tx, "article.imported", "article", article.v, r->row.file_name));
    r->result.article = article;
    return OK;
}

static enum err set_problem(struct reading *r, struct str problem)
{
    r->result.state = S("problem");
    r->result.problem = problem;
    return WRITE(r->database, r->arena, &the_program_itself,
                 q_intake_set_state(tx, r->row.id, S("problem"), problem, (struct article_id){0}, tx->now));
}

static bool is_medium(enum import_kind kind)
{
    return kind == IMPORT_PICTURE || kind == IMPORT_SOUND || kind == IMPORT_VIDEO;
}

static enum err convert(struct reading *r)
{
    struct import_options options = {
        .helper = r->options->helper,
        .max_bytes = r->options->max_bytes > 0 ? r->options->max_bytes : INTAKE_MAX_BYTES,
    };
    const char *path;

    TRY(media_store_find(r->arena, r->options->media, r->row.hash, "original", &path));
    TRY(import_file(r->arena, &options, path, r->row.file_name, &r->got));
    if (r->got.problem != IMPORT_FINE)
        return OK;
    return take_media(r);
}

static enum err read_and_keep(struct reading *r)
{
    TRY(WRITE(r->database, r->arena, &the_program_itself,
              q_intake_set_state(tx, r->row.id, S("reading"), S(""), (struct article_id){0}, tx->now)));
    TRY(convert(r));
    if (r->got.problem != IMPORT_FINE) {
        bool say_medium = r->got.problem == IMPORT_UNKNOWN_KIND && is_medium(r->got.kind);
        return set_problem(r, say_medium ? S("medium") : str_of(import_problem_name(r->got.problem)));
    }
    write_draft(r);
    write_report(r);
    bool is_sure = r->row.title.len > 0 || r->got.title_is_sure;
    r->result.state = is_sure ? S("done") : S("title");
    r->result.title = r->draft.title;
    return WRITE(r->database, r->arena, r->who, keep(tx, r));
}

static enum err read_guarded(struct reading *r)
{
    jmp_buf jump;

    if (ARENA_GUARD(r->arena, &jump))
        return E_TOO_LARGE;
    return read_and_keep(r);
}

static struct intake_result copied(struct arena *a, const struct intake_result *from)
{
    struct intake_result to = *from;

    to.title = str_copy(a, from->title);
    to.notes = NEW_ARRAY(a, struct import_note, from->note_count + 1);
    for (size_t i = 0; i < from->note_count; i++) {
        to.notes[i] = from->notes[i];
        to.notes[i].sample = str_copy(a, from->notes[i].sample);
    }
    return to;
}

/* In an arena of its own that ends before the failure is written down: what it had begun to write is undone. */
static enum err read_apart(struct reading *r, struct arena *a)
{
    r->arena = arena_new(READING_MEMORY);
    enum err e = read_guarded(r);
    if (e == OK)
        r->result = copied(a, &r->result);
    arena_free(r->arena);
    r->arena = a;
    return e;
}

static enum err result_of_row(struct db *db, const struct q_intake_one *row, struct intake_result *result)
{
    struct q_article_for_rules article;

    TRY(q_article_for_rules(db, row->article_id, &article));
    *result = (struct intake_result){.state = row->state, .article = row->article_id, .title = article.title};
    return OK;
}

static enum err row_of(struct database *database, struct arena *a, struct intake_id id, struct q_intake_one *row,
                       struct intake_result *result)
{
    struct arena *reading = arena_new(0);
    struct db *db;

    enum err e = db_reader(database, reading, &db);
    if (e == OK)
        e = q_intake_one(db, id, row);
    if (e == OK && row->article_id.v != 0)
        e = result_of_row(db, row, result);
    if (e == OK) {
        row->hash = str_copy(a, row->hash);
        row->file_name = str_copy(a, row->file_name);
        row->title = str_copy(a, row->title);
        row->authors = str_copy(a, row->authors);
        *result = copied(a, result);
    }
    arena_free(reading);
    return e;
}

enum err intake_read(struct database *database, struct arena *a, const struct principal *who,
                     const struct intake_options *options, struct intake_id id, struct intake_result *result)
{
    struct reading r = {.database = database, .arena = a, .who = who, .options = options};

    TRY(row_of(database, a, id, &r.row, &r.result));
    if (r.row.article_id.v == 0) {
        enum err e = read_apart(&r, a);
        if (e != OK) {
            log_event(LOG_WARN, "intake.failed", "intake=%lld error=%s", (long long)id.v, err_name(e));
            TRY(set_problem(&r, e == E_TOO_LARGE ? S("too_large") : e == E_DENIED ? S("denied") : S("machine")));
        }
    }
    *result = r.result;
    return OK;
}
