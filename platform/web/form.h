/* Declared forms: a handler names each field with its rule, then asks whether all held. A field that was not declared
 * is refused (E_INVALID); what was typed and what is wrong stands in rq->form for the page that is shown again. */
#ifndef BANTIN_FORM_H
#define BANTIN_FORM_H

#include "web/request.h"

enum { FORM_OPTIONAL = 0, FORM_REQUIRED = 1 };

/* One line of text: NFC, trimmed, no line breaks, at most `max` characters. */
struct str form_line(struct request *rq, const char *name, size_t max, int required);
/* Many lines. */
struct str form_text(struct request *rq, const char *name, size_t max, int required);
/* As it was typed: passwords. */
struct str form_secret(struct request *rq, const char *name, size_t max, int required);
int64_t form_int(struct request *rq, const char *name, int64_t least, int64_t most, int required);
bool form_checked(struct request *rq, const char *name);
/* One of the words, else an error; NULL-terminated list. */
struct str form_choice(struct request *rq, const char *name, const char *const *words, int required);
/* A day as YYYY-MM-DD or d/m/y; gives YYYY-MM-DD. */
struct str form_date(struct request *rq, const char *name, int required);
/* A day, as date fields give it ("2026-03-25"): the UTC second in which it begins in Vietnam; 0: none. */
int64_t form_day(struct request *rq, const char *name, int required);
/* A row's number from a select; 0: none chosen. */
int64_t form_id(struct request *rq, const char *name, int required);
/* Several fields of one name; the count, values in *ids. */
size_t form_ids(struct request *rq, const char *name, int64_t **ids);
/* Declares a field that is read elsewhere. */
void form_known(struct request *rq, const char *name);

/* Puts a message beside a field. */
void form_error(struct request *rq, const char *name, enum msg message);
/* True when every field held and nothing undeclared came; to be asked once, after all are declared. */
bool form_ok(struct request *rq);
#endif
