/* Whatever JSON comes in: what is taken has a canonical form that is a fixed point, and every reader of trees bears it.
 */
#include "html/body_diff.h"
#include "html/body_html.h"
#include "html/body_speech.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct arena *a, struct body_node *doc)
{
    static const struct body_html_options options = {.xhtml = true};
    static const struct body_speech_words words = {.notes = true};
    struct html_out out = html_out_in(a, LANG_VI);
    struct body_diff_row *rows;
    struct str *hashes;

    body_to_html(&out, doc, &options);
    if (!str_is_utf8(html_done(&out).s) || !str_is_utf8(body_to_text(a, doc)) ||
        !str_is_utf8(body_to_speech(a, doc, &words)))
        abort();
    body_media(a, doc, &hashes);
    body_count_words(doc);
    for (size_t i = body_diff(a, doc, doc, &rows); i > 0; i--)
        if (rows[i - 1].kind != DIFF_SAME)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct body_node *doc, *again;

    if (body_of_json(a, (struct str){(const char *)data, size}, &doc) == OK) {
        struct str json = body_to_json(a, doc);
        if (body_of_json(a, json, &again) != OK || !str_equal(body_to_json(a, again), json))
            abort();
        read_all(a, again);
        body_tidy(a, again);
        if (body_of_json(a, body_to_json(a, again), &doc) != OK)
            abort();
    }
    arena_free(a);
    return 0;
}
