/* The article as text to be read aloud, by a voice or by a person at a microphone: one line a block, each ended so that
 * a reader pauses, tables row by row. Words come from the caller. Any thread. */
#ifndef BANTIN_BODY_SPEECH_H
#define BANTIN_BODY_SPEECH_H

#include "html/body.h"

struct body_speech_words {
    struct str figure, sound, video; /* "Ảnh", "Âm thanh", "Video": said before a caption */
    struct str table, row;           /* "Bảng", "Hàng": said before their numbers */
    bool notes;                      /* notes are read in brackets at their place; otherwise left out */
};

struct str body_to_speech(struct arena *a, const struct body_node *doc, const struct body_speech_words *words);
#endif
