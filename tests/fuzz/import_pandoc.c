/* Whatever comes as pandoc's tree: what is taken becomes a valid article. */
#include "import/import_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct import_result result = {0};
    struct import_options options = {0};
    struct import im = {.arena = a, .options = &options, .file_name = S("a.docx"), .result = &result};
    struct body_node *doc;

    if (import_read_pandoc(&im, (struct str){(const char *)data, size}, &result.doc) == OK) {
        import_finish(&im);
        if (result.problem == IMPORT_FINE && body_of_json(a, body_to_json(a, result.doc), &doc) != OK)
            abort();
    }
    arena_free(a);
    return 0;
}
