/* The fields of forms as {% field … %} prints them: label, help, input, and the message beside it. When a form comes
 * back (out->form is set) every field shows what was typed, not what is stored. Nothing is kept; all structs belong to
 * the caller. */
#ifndef BANTIN_FIELDS_H
#define BANTIN_FIELDS_H

#include "html/html.h"

/* One field as it was submitted; a choice of several has an entry for each. */
struct form_entry {
    struct str name, value;
    struct str error; /* in the reader's language; empty: nothing is wrong */
};

struct form_state {
    const struct form_entry *rows;
    size_t count;
};

/* The field's first entry, or NULL. */
const struct form_entry *form_entry_find(const struct form_state *form, struct str name);

struct choice {
    struct str value, label;
};

struct choices {
    const struct choice *rows;
    size_t count;
    struct str chosen; /* the value now stored; none: nothing chosen yet */
};

enum field_kind {
    FIELD_TEXT,
    FIELD_EMAIL,
    FIELD_TEL,
    FIELD_URL,
    FIELD_SEARCH,
    FIELD_NUMBER,
    FIELD_DATE,     /* value: 2026-03-25 */
    FIELD_DATETIME, /* value: 2026-03-25T14:05 */
    FIELD_PASSWORD,
    FIELD_FILE,
    FIELD_HIDDEN,
    FIELD_TEXTAREA,
    FIELD_SELECT,
    FIELD_RADIO,
    FIELD_CHECKBOX, /* submitted as "1" */
};

struct field {
    enum field_kind kind;
    struct str name;
    enum msg label, help;
    struct str value;
    const struct choices *choices;
    bool checked;
    bool required, multiple, autofocus, readonly;
    int64_t max;  /* characters; of a number its greatest value; 0: none */
    int64_t min;  /* of a number its least value; of a text the fewest characters */
    int64_t rows; /* of a textarea */
    struct str accept, autocomplete;
};

void html_field(struct html_out *out, const struct field *f);

/* The hidden token of {% csrf %}. */
void html_csrf(struct html_out *out);
#endif
