/* Word files made up by tests, with nothing in them but what the test says. */
#ifndef BANTIN_MADE_DOCX_H
#define BANTIN_MADE_DOCX_H

#include "base/base.h"

/* A file in a new temporary folder that goes with the arena; the path. */
const char *made_file(struct arena *a, const char *name, struct str content);

struct made_entry {
    const char *name;
    struct str content;
};

/* A zip archive of these. */
const char *made_zip(struct arena *a, const char *name, const struct made_entry *entries, size_t n);

/* A Word file whose document has this inside <w:body>; `styles` are <w:style> elements, or empty. */
const char *made_docx(struct arena *a, struct str body, struct str styles);

/* The same with a picture in the package, which the body names as "rImg". */
const char *made_docx_with_picture(struct arena *a, struct str body, const char *name, struct str picture);

/* <w:p> with properties and one run of text. */
struct str made_paragraph(struct arena *a, const char *properties, const char *run_properties, const char *text);

/* Head and foot of document.xml around the body. */
struct str made_document(struct arena *a, struct str body);
#endif
