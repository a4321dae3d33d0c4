/* The parts of import that run in the helper binary, in the sandbox. Each gives the report that the helper prints. */
#ifndef BANTIN_IMPORT_HELPER_H
#define BANTIN_IMPORT_HELPER_H

#include <jansson.h>
#include "base/base.h"

/* A Word file made ready for pandoc; `out` is the new file. */
json_t *import_help_word(struct arena *a, const char *in, const char *out);
/* A web page as a tree: `out` is a folder, which gets tree.json and the pictures that were in the page. */
json_t *import_help_page(struct arena *a, const char *in, const char *out);
#endif
