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

/* The report as it is kept beside the original, [{"kind", "n", "sample"}], and back; what is not known is left out. */
struct str import_report_to_json(struct arena *a, const struct import_note *notes, size_t count);
size_t import_report_of_json(struct arena *a, struct str json, struct import_note **notes);
/* The kept report as sentences; the count. */
size_t import_report_sentences(struct arena *a, enum lang lang, struct str json, struct str **sentences);
#endif
