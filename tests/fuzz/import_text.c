/* Whatever comes as plain text: lines are joined, and the article is valid. */
#include "import/import_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct import_result result = {0};
    struct import_options options = {0};
    struct import im = {.arena = a, .options = &options, .file_name = S("a.txt"), .result = &result};
    struct body_node *doc;

    result.doc = import_read_plain(&im, (struct str){(const char *)data, size});
    import_finish(&im);
    if (result.problem == IMPORT_FINE && body_of_json(a, body_to_json(a, result.doc), &doc) != OK)
        abort();
    arena_free(a);
    return 0;
}
