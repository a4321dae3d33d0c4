/* SQL as a row of tokens, enough to rewrite it without a grammar. Used by the generators only. */
#ifndef BANTIN_SQL_TEXT_H
#define BANTIN_SQL_TEXT_H

#include "base/base.h"

enum sql_kind { SQL_SPACE, SQL_COMMENT, SQL_STRING, SQL_QUOTED, SQL_WORD, SQL_NUMBER, SQL_PARAMETER, SQL_SIGN };

struct sql_token {
    enum sql_kind kind;
    struct str text; /* of a parameter without its colon */
    size_t at;
};

/* The token at *at, moving past it; false at the end. */
bool sql_next(struct str sql, size_t *at, struct sql_token *token);
/* The next one that is neither space nor comment. */
bool sql_next_solid(struct str sql, size_t *at, struct sql_token *token);
bool sql_is_word(const struct sql_token *token, const char *word);

enum sql_engine { FOR_SQLITE, FOR_POSTGRES };

/* Blanks the lines that are not for `engine`: a line `-- sqlite:` or `-- postgres:` begins a part for one engine,
 * `-- both:` ends it. Offsets and line numbers stay. */
struct str sql_part(struct arena *a, struct str sql, enum sql_engine engine);

int sql_line(struct str text, size_t at);

/* Ends the generator: "file:line: message". Line 0: the whole file. */
NO_RETURN void sql_fail(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Appends `text` as one C string literal a line. */
void sql_add_literal(struct buf *out, struct str text, const char *indent);
#endif
