/* Whatever comes in, what text_clean gives is UTF-8 in NFC and stays as it is; keys and tokens stand within the text. */
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int check_token(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    const struct str *s = arg;

    if (start >= end || end > s->len || !str_is_utf8(exact) || !str_is_utf8(folded))
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct str s = {(const char *)data, size};
    struct text_report r = {0};
    struct str clean = text_clean(a, s, &r);

    if (!text_is_nfc(clean) || !str_equal(text_clean(a, clean, &r), clean))
        abort();
    text_sort_key(a, s);
    text_slug(a, s);
    text_tone_key(a, s);
    text_tone_set_place(a, s, TONE_ON_SECOND);
    text_tone_is_mixed(s);
    text_syllable_is_valid(s);
    if (!str_is_utf8(text_fold(a, s)) || !str_is_utf8(text_upper(a, s)) || text_tokens(s, check_token, &s) != 0)
        abort();
    arena_free(a);
    return 0;
}
