#include "import/import.h"

#include <sys/stat.h>
#include "base/files.h"
#include "base/log.h"
#include "import/import_parts.h"
#include "media/media_kind.h"
#include "media/media_store.h"
#include "media/media_take.h"
#include "text/legacy.h"

enum { MAX_FILE = 100 << 20 };

void import_count(struct import *im, enum import_note_kind kind, size_t n, struct str sample)
{
    im->counts[kind] += n;
    if (im->samples[kind].len == 0 && sample.len > 0)
        im->samples[kind] = str_copy(im->arena, str_sub(sample, 0, 200));
}

/* --- running a converter ----------------------------------------------------------------------------------------- */

static enum import_problem problem_of_end(const struct sandbox_result *ran)
{
    enum { GHC_HEAP_FULL = 251 };

    switch (ran->end) {
    case SANDBOX_TIME:
        return IMPORT_TIME_OUT;
    case SANDBOX_OUTPUT:
        return IMPORT_BOMB;
    case SANDBOX_CRASHED:
        return IMPORT_BROKEN;
    case SANDBOX_EXITED:
        break;
    }
    if (ran->exit_code == GHC_HEAP_FULL)
        return IMPORT_TOO_LARGE;
    return ran->exit_code == 0 ? IMPORT_FINE : IMPORT_BROKEN;
}

enum err import_run(struct import *im, const struct sandbox_job *job, struct sandbox_result *ran)
{
    enum err e = sandbox_run(im->arena, job, ran);

    if (e == E_UNSUPPORTED) {
        im->result->problem = sandbox_kind() == SANDBOX_NONE ? IMPORT_NO_SANDBOX : IMPORT_NO_CONVERTER;
        return OK;
    }
    if (e != OK)
        return e;
    im->result->problem = problem_of_end(ran);
    if (im->result->problem != IMPORT_FINE)
        log_event(LOG_INFO, "import.converter", "problem=%s exit=%d says=%.*s",
                  import_problem_name(im->result->problem), ran->exit_code,
                  STR_ARG(log_quote(im->arena, str_sub(ran->complaint, 0, 300))));
    return OK;
}

/* --- pictures ---------------------------------------------------------------------------------------------------- */

static bool is_known(const struct import_result *result, struct str hash)
{
    for (size_t i = 0; i < result->media_count; i++)
        if (str_equal(result->media[i].hash, hash))
            return true;
    return false;
}

bool import_medium(struct import *im, struct str name, struct str *hash)
{
    struct import_result *result = im->result;
    enum media_kind kind;

    if (str_starts(name, S("out/")))
        name = str_skip(name, 4);
    if (im->media_folder == NULL || str_contains(name, S("..")) || str_starts(name, S("/")))
        return false;
    const char *path = str_z(im->arena, str_format(im->arena, "%s/%.*s", im->media_folder, STR_ARG(name)));
    if (media_kind_of_file(path, &kind) != OK || !media_is_picture(kind) ||
        media_hash_file(im->arena, path, hash) != OK)
        return false;
    if (is_known(result, *hash))
        return true;
    if ((result->media_count & (result->media_count + 1)) == 0) { /* 0, 1, 3, 7 …: full */
        size_t n = result->media_count;
        result->media =
            arena_grow(im->arena, result->media, n * sizeof *result->media, (2 * n + 1) * sizeof *result->media);
    }
    size_t slash = SIZE_MAX;
    for (size_t i = 0; i < name.len; i++)
        slash = name.ptr[i] == '/' ? i : slash;
    result->media[result->media_count++] =
        (struct import_medium){*hash, path, str_copy(im->arena, slash == SIZE_MAX ? name : str_skip(name, slash + 1))};
    return true;
}

/* --- old encodings whose font was lost --------------------------------------------------------------------------- */

/* Text of an old font whose name the file no longer has: taken for what it is only where nothing else makes words of
 * it. */
static void convert_lost_fonts(struct import *im, struct body_node *doc)
{
    struct legacy_guess guess = legacy_guess(body_to_text(im->arena, doc));

    if (im->counts[IMPORT_OLD_FONT] > 0 || guess.encoding == LEGACY_NONE || guess.percent < LEGACY_SURE)
        return;
    for (struct body_node *n = doc; n != NULL; n = (struct body_node *)body_walk(doc, n))
        if (n->kind == BODY_TEXT) {
            n->text = legacy_to_unicode(im->arena, guess.encoding, n->text);
            import_count(im, IMPORT_OLD_FONT, 1, n->text);
        }
}

/* --- cleaning ---------------------------------------------------------------------------------------------------- */

void import_clean_tree(struct import *im, struct body_node *doc)
{
    for (struct body_node *n = doc; n != NULL; n = (struct body_node *)body_walk(doc, n)) {
        if (n->kind == BODY_TEXT)
            n->text = text_clean(im->arena, n->text, &im->text);
        else if (n->kind == BODY_FIGURE)
            n->alt = text_clean(im->arena, n->alt, &im->text);
    }
}

static bool is_drawn_line(struct arena *a, const struct body_node *block)
{
    struct str text = block->kind == BODY_PARAGRAPH ? import_text_of(a, block) : S("");

    for (size_t i = 0; i < text.len; i++)
        if (strchr("_-= ", text.ptr[i]) == NULL)
            return false;
    return text.len >= 3;
}

/* Lines drawn with signs under a heading are no text. */
static void drop_drawn_lines(struct arena *a, struct body_node *parent)
{
    struct body_node *before = NULL;

    for (struct body_node *n = parent->first, *next; n != NULL; n = next) {
        next = n->next;
        if (is_drawn_line(a, n)) {
            import_unlink_after(before, n);
            continue;
        }
        before = n;
        if (n->kind != BODY_PARAGRAPH && n->kind != BODY_HEADING)
            drop_drawn_lines(a, n);
    }
}

static void count_text_report(struct import *im)
{
    import_count(im, IMPORT_LETTERS_COMPOSED, im->text.composed, STR_NONE);
    import_count(im, IMPORT_INVISIBLE, im->text.zero_width + im->text.controls, STR_NONE);
    import_count(im, IMPORT_SPACES, im->text.odd_spaces + im->text.spaces, STR_NONE);
    import_count(im, IMPORT_LOOKALIKES, im->text.lookalikes, STR_NONE);
    import_count(im, IMPORT_BROKEN_BYTES, im->text.broken, STR_NONE);
}

static void write_notes(struct import *im)
{
    struct import_result *result = im->result;

    result->notes = NEW_ARRAY(im->arena, struct import_note, IMPORT_NOTE_KINDS);
    for (int kind = 0; kind < IMPORT_NOTE_KINDS; kind++)
        if (im->counts[kind] > 0)
            result->notes[result->note_count++] =
                (struct import_note){(enum import_note_kind)kind, im->counts[kind], im->samples[kind]};
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

struct str import_title_of_name(struct arena *a, struct str name)
{
    size_t start = 0, end = name.len;

    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '/' || name.ptr[i] == '\\')
            start = i + 1, end = name.len;
        else if (name.ptr[i] == '.' && i > start)
            end = i;
    }
    struct buf b = buf_in(a);
    for (size_t i = start; i < end; i++)
        buf_add_char(&b, name.ptr[i] == '_' || name.ptr[i] == '-' ? ' ' : name.ptr[i]);
    struct text_report ignored = {0};
    return str_trim(text_clean(a, buf_str(&b), &ignored));
}

static enum err convert(struct import *im, const char *path)
{
    switch (im->result->kind) {
    case IMPORT_DOCX:
        return import_word(im, path);
    case IMPORT_DOC:
    case IMPORT_RTF:
    case IMPORT_ODT:
        return import_office(im, path);
    case IMPORT_HTML:
        return import_page(im, path);
    case IMPORT_TEXT:
        return import_plain(im, path);
    default:
        break;
    }
    im->result->problem = IMPORT_UNKNOWN_KIND;
    return OK;
}

static bool is_without_content(struct arena *a, const struct import_result *result)
{
    return str_trim(body_to_text(a, result->doc)).len == 0 && result->media_count == 0;
}

/* Before any other work is done on it. */
static bool is_over(const struct body_node *doc)
{
    size_t nodes = 0, bytes = 0;

    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n)) {
        bytes += n->text.len;
        if (++nodes > BODY_MAX_NODES || bytes > BODY_MAX_BYTES)
            return true;
    }
    return false;
}

void import_finish(struct import *im)
{
    struct import_result *result = im->result;

    if (is_over(result->doc)) {
        result->problem = IMPORT_TOO_LARGE;
        return;
    }
    convert_lost_fonts(im, result->doc);
    import_clean_tree(im, result->doc);
    drop_drawn_lines(im->arena, result->doc);
    body_tidy(im->arena, result->doc);
    if (is_without_content(im->arena, result)) {
        result->problem = IMPORT_EMPTY;
        return;
    }
    import_find_head(im, result->doc);
    import_find_structure(im, result->doc);
    body_tidy(im->arena, result->doc);
    if (body_to_json(im->arena, result->doc).len > BODY_MAX_BYTES) {
        result->problem = IMPORT_TOO_LARGE;
        return;
    }
    if (result->title.len == 0)
        result->title = import_title_of_name(im->arena, im->file_name);
    count_text_report(im);
    write_notes(im);
}

enum err import_file(struct arena *a, const struct import_options *options, const char *path, struct str file_name,
                     struct import_result *result)
{
    struct import_result got = {0};
    struct import im = {.arena = a, .options = options, .file_name = file_name, .result = &got};
    size_t limit = options->max_bytes > 0 ? options->max_bytes : MAX_FILE;
    bool is_encrypted;
    struct stat st;

    if (stat(path, &st) != 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    im.helper = options->helper != NULL ? options->helper : media_find_helper(a);
    TRY(import_kind_of_file(a, path, &got.kind, &is_encrypted));
    if (st.st_size == 0)
        got.problem = IMPORT_EMPTY;
    else if ((size_t)st.st_size > limit)
        got.problem = IMPORT_TOO_LARGE;
    else if (is_encrypted)
        got.problem = IMPORT_ENCRYPTED;
    else
        TRY(convert(&im, path));
    if (got.problem == IMPORT_FINE)
        import_finish(&im);
    if (got.problem != IMPORT_FINE)
        got.doc = NULL;
    *result = got;
    return OK;
}
