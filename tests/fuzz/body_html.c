/* Whatever HTML comes in: what is taken is a valid tree, and the page made of it is taken again. */
#include "html/body_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct body_import_report report;
    struct body_node *doc, *again;

    if (body_of_html(a, (struct str){(const char *)data, size}, &report, &doc) == OK) {
        body_import_resolve(a, doc, &report, NULL, NULL);
        struct str json = body_to_json(a, doc);
        if (body_of_json(a, json, &again) != OK || !str_equal(body_to_json(a, again), json))
            abort();
        body_tidy(a, again);
        if (!str_equal(body_to_json(a, again), json))
            abort();
    }
    arena_free(a);
    return 0;
}
