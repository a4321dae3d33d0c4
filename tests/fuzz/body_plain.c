/* Whatever plain text comes in gives a valid tree, with the tokens of a base; written out and read again it is the
 * same. */
#include "html/body_plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char base_json[] =
    "{\"content\":[{\"content\":[{\"text\":\"a\",\"type\":\"text\"},{\"content\":[{\"text\":\"n\",\"type\":\"text\"}],"
    "\"type\":\"note\"}],\"type\":\"paragraph\"},{\"content\":[{\"content\":[{\"content\":[{\"type\":\"paragraph\"}],"
    "\"type\":\"table_cell\"}],\"type\":\"table_row\"}],\"type\":\"table\"}],\"type\":\"doc\"}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct body_plain_words words = {.table = {"bảng", 6},
                                                  .figure = {"ảnh", 5},
                                                  .sound = {"âm", 3},
                                                  .video = {"video", 5},
                                                  .box = {"khung", 5},
                                                  .block = {"đoạn", 7},
                                                  .note = {"chú thích", 12}};
    struct arena *a = arena_new(0);
    struct body_node *base, *doc, *checked, *again;

    if (body_of_json(a, str_of(base_json), &base) != OK)
        abort();
    if (body_of_plain(a, (struct str){(const char *)data, size}, base, &words, &doc) == OK) {
        struct str json = body_to_json(a, doc);
        if (body_of_json(a, json, &checked) != OK)
            abort();
        if (body_of_plain(a, body_to_plain(a, checked, &words), checked, &words, &again) != OK ||
            !str_equal(body_to_json(a, again), body_to_json(a, checked)))
            abort();
    }
    arena_free(a);
    return 0;
}
