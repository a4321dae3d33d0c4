#include "import/import_messages.h"
#include <jansson.h>

enum msg import_problem_message(enum import_problem problem)
{
    static const enum msg messages[] = {
        [IMPORT_FINE] = MSG_NONE,
        [IMPORT_BROKEN] = MSG_import_problem_broken,
        [IMPORT_EMPTY] = MSG_import_problem_empty,
        [IMPORT_ENCRYPTED] = MSG_import_problem_encrypted,
        [IMPORT_TOO_LARGE] = MSG_import_problem_too_large,
        [IMPORT_BOMB] = MSG_import_problem_bomb,
        [IMPORT_TIME_OUT] = MSG_import_problem_time_out,
        [IMPORT_UNKNOWN_KIND] = MSG_import_problem_unknown_kind,
        [IMPORT_NO_CONVERTER] = MSG_import_problem_no_converter,
        [IMPORT_NO_SANDBOX] = MSG_import_problem_no_sandbox,
    };

    return messages[problem];
}

enum msg import_note_message(enum import_note_kind kind)
{
    static const enum msg messages[IMPORT_NOTE_KINDS] = {
        [IMPORT_OLD_FONT] = MSG_import_report_old_font,
        [IMPORT_TEXT_BOXES] = MSG_import_report_text_boxes,
        [IMPORT_TEXT_BOX_COPIES] = MSG_import_report_text_box_copies,
        [IMPORT_LETTERS_COMPOSED] = MSG_import_report_letters_composed,
        [IMPORT_INVISIBLE] = MSG_import_report_invisible,
        [IMPORT_SPACES] = MSG_import_report_spaces,
        [IMPORT_BULLETS] = MSG_import_report_bullets,
        [IMPORT_SYMBOLS] = MSG_import_report_symbols,
        [IMPORT_LOOKALIKES] = MSG_import_report_lookalikes,
        [IMPORT_BROKEN_BYTES] = MSG_import_report_broken_bytes,
        [IMPORT_LINES_JOINED] = MSG_import_report_lines_joined,
        [IMPORT_HEADINGS] = MSG_import_report_headings,
        [IMPORT_PICTURES_SKIPPED] = MSG_import_report_pictures_skipped,
        [IMPORT_SOUNDS_SKIPPED] = MSG_import_report_sounds_skipped,
        [IMPORT_CODE_GUESSED] = MSG_import_report_code_guessed,
        [IMPORT_SCRIPTS_DROPPED] = MSG_import_report_scripts_dropped,
    };

    return messages[kind];
}

struct str import_note_text(struct arena *a, enum lang lang, const struct import_note *note)
{
    struct str text = T(a, lang, import_note_message(note->kind), ARG("n", (int64_t)note->count));

    if (note->sample.len == 0)
        return text;
    return T(a, lang, MSG_import_report_sample, ARG("text", text), ARG("sample", note->sample));
}

/* --- the kept report ---------------------------------------------------------------------------------------------- */

struct str import_report_to_json(struct arena *a, const struct import_note *notes, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "kind", json_string(import_note_name(notes[i].kind)));
        json_object_set_new(one, "n", json_integer((json_int_t)notes[i].count));
        if (notes[i].sample.len > 0)
            json_object_set_new(one, "sample", json_stringn(notes[i].sample.ptr, notes[i].sample.len));
        json_array_append_new(list, one);
    }
    char *text = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(list);
    if (text == NULL)
        abort();
    struct str json = str_copy(a, str_of(text));
    free(text);
    return json;
}

static bool kind_named(const char *name, enum import_note_kind *kind)
{
    for (int i = 0; name != NULL && i < IMPORT_NOTE_KINDS; i++)
        if (strcmp(name, import_note_name((enum import_note_kind)i)) == 0) {
            *kind = (enum import_note_kind)i;
            return true;
        }
    return false;
}

size_t import_report_of_json(struct arena *a, struct str json, struct import_note **notes)
{
    json_t *list = json_loadb(json.ptr != NULL ? json.ptr : "", json.len, 0, NULL), *one;
    struct import_note *found = NEW_ARRAY(a, struct import_note, IMPORT_NOTE_KINDS);
    size_t i, n = 0;

    json_array_foreach(list, i, one) {
        json_t *sample = json_object_get(one, "sample");
        if (n == IMPORT_NOTE_KINDS || !kind_named(json_string_value(json_object_get(one, "kind")), &found[n].kind))
            continue;
        found[n].count = (size_t)json_integer_value(json_object_get(one, "n"));
        if (json_is_string(sample))
            found[n].sample = str_copy(a, (struct str){json_string_value(sample), json_string_length(sample)});
        n++;
    }
    json_decref(list);
    *notes = found;
    return n;
}

size_t import_report_sentences(struct arena *a, enum lang lang, struct str json, struct str **sentences)
{
    struct import_note *notes;
    size_t n = import_report_of_json(a, json, &notes);

    *sentences = NEW_ARRAY(a, struct str, n + 1);
    for (size_t i = 0; i < n; i++)
        (*sentences)[i] = import_note_text(a, lang, &notes[i]);
    return n;
}
