#include "article/editor_words.h"

static const enum msg words[] = {
    MSG_editor_body,
    MSG_editor_toolbar,
    MSG_editor_table_tools,
    MSG_editor_block,
    MSG_editor_paragraph,
    MSG_editor_heading2,
    MSG_editor_heading3,
    MSG_editor_heading4,
    MSG_editor_paragraph_center,
    MSG_editor_paragraph_right,
    MSG_editor_bold,
    MSG_editor_bold_short,
    MSG_editor_italic,
    MSG_editor_italic_short,
    MSG_editor_underline,
    MSG_editor_underline_short,
    MSG_editor_superscript,
    MSG_editor_subscript,
    MSG_editor_link,
    MSG_editor_link_address,
    MSG_editor_link_set,
    MSG_editor_link_remove,
    MSG_editor_link_wrong,
    MSG_editor_bullets,
    MSG_editor_numbers,
    MSG_editor_quote,
    MSG_editor_box,
    MSG_editor_upload,
    MSG_editor_table,
    MSG_editor_note,
    MSG_editor_remove_note,
    MSG_editor_done,
    MSG_editor_undo,
    MSG_editor_redo,
    MSG_editor_clear,
    MSG_editor_find,
    MSG_editor_find_previous,
    MSG_editor_find_next,
    MSG_editor_find_count,
    MSG_editor_find_none,
    MSG_editor_keys,
    MSG_editor_full,
    MSG_editor_full_leave,
    MSG_editor_close,
    MSG_editor_deeper,
    MSG_editor_higher,
    MSG_editor_hard_break,
    MSG_editor_save_now,
    MSG_editor_to_toolbar,
    MSG_editor_leave_text,
    MSG_editor_row_above,
    MSG_editor_row_below,
    MSG_editor_column_left,
    MSG_editor_column_right,
    MSG_editor_row_remove,
    MSG_editor_column_remove,
    MSG_editor_cells_merge,
    MSG_editor_cell_split,
    MSG_editor_header_toggle,
    MSG_editor_table_remove,
    MSG_editor_caption,
    MSG_editor_credit,
    MSG_editor_alt,
    MSG_editor_sound,
    MSG_editor_video,
    MSG_editor_remove_figure,
    MSG_editor_remove_sound,
    MSG_editor_remove_video,
    MSG_editor_uploading,
    MSG_editor_upload_failed,
    MSG_editor_retry,
    MSG_editor_drop,
    MSG_editor_file_refused,
    MSG_editor_pictures_missing,
    MSG_editor_words,
    MSG_editor_read_only,
    MSG_editor_saved_idle,
    MSG_editor_unsaved,
    MSG_editor_saving,
    MSG_editor_saved,
    MSG_editor_offline,
    MSG_editor_offline_not_kept,
    MSG_editor_server_trouble,
    MSG_editor_signed_out,
    MSG_editor_sign_in,
    MSG_editor_refused,
    MSG_editor_conflict,
    MSG_editor_conflict_what,
    MSG_editor_conflict_mine,
    MSG_editor_conflict_theirs,
    MSG_editor_conflict_unreadable,
    MSG_editor_keep_mine,
    MSG_editor_take_theirs,
    MSG_editor_took_theirs,
    MSG_editor_compare,
    MSG_editor_kept_offer,
    MSG_editor_kept_take,
    MSG_editor_kept_drop,
    MSG_editor_move_up,
    MSG_editor_move_down,
};

static void add_json(struct buf *b, struct str text)
{
    buf_add_char(b, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\')
            buf_add_char(b, '\\');
        buf_add_char(b, text.ptr[i]);
    }
    buf_add_char(b, '"');
}

struct str editor_words(struct arena *a, enum lang lang)
{
    struct buf b = buf_in(a);
    size_t prefix = strlen("editor_");

    for (size_t i = 0; i < countof(words); i++) {
        struct str name = msg_name(words[i]);

        buf_add_char(&b, i == 0 ? '{' : ',');
        add_json(&b, str_sub(name, prefix, name.len - prefix));
        buf_add_char(&b, ':');
        add_json(&b, msg(lang, words[i]));
    }
    buf_add_char(&b, '}');
    return buf_str(&b);
}
