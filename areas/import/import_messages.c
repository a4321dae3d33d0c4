#include "import/import_messages.h"

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
