/* The first byte chooses the encoding; whatever follows, what comes out is UTF-8 in NFC. */
#include "text/legacy.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);

    if (size > 0) {
        enum legacy from = (enum legacy)(data[0] % (LEGACY_VISCII + 1));
        struct str s = {(const char *)data + 1, size - 1};
        if (!text_is_nfc(legacy_to_unicode(a, from, s)) || !text_is_nfc(legacy_bytes_to_unicode(a, from, s)))
            abort();
        if (legacy_guess(s).percent > 100 || (int)legacy_of_font(s) < 0)
            abort();
    }
    arena_free(a);
    return 0;
}
