/* The sentences for what import says by enum: a screen or the command line shows them in its language. */
#ifndef BANTIN_IMPORT_MESSAGES_H
#define BANTIN_IMPORT_MESSAGES_H

#include "html/msg.h"
#include "import/import.h"

/* MSG_NONE for IMPORT_FINE. */
enum msg import_problem_message(enum import_problem problem);
/* With the argument {n}. */
enum msg import_note_message(enum import_note_kind kind);
/* One line of the report: the count in its sentence, and the sample where there is one. */
struct str import_note_text(struct arena *a, enum lang lang, const struct import_note *note);
#endif
