/* The operator's log: one line an entry on standard error, `key=value` pairs (logfmt) after the time, the level and a fixed event name. No personal data
 * and no record of who read what: a person appears by number, and only in what they changed. Any thread. */
#ifndef BANTIN_LOG_H
#define BANTIN_LOG_H

#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* log_event(LOG_WARN, "mail.refused", "host=%s code=%d", host, code): `event` is a fixed name to search for, the rest
 * are its pairs. Values with spaces are for the caller to quote (log_quote). */
void log_event(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);
struct str log_quote(struct arena *a, struct str value);

void log_set_level(enum log_level least);
/* By its word, "debug" … "error"; NULL or another word changes nothing. */
void log_set_level_named(const char *word);
/* For tests: lines go to `file` instead of standard error; NULL gives it back. */
void log_set_file(FILE *file);
#endif
