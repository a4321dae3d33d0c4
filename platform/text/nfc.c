#include "text/text.h"
#include "text/letters.h"
#include <uninorm.h>

/* The blocks in which every code point is its own NFC, whatever its neighbours: Latin, Vietnamese, punctuation. */
static bool is_plain(uint32_t c)
{
    return c < 0x300 || (c >= 0x1e00 && c < 0x1f00) || (c >= 0x2010 && c < 0x2070);
}

/* True where the quick look is enough: nothing broken, only plain code points. */
static bool is_plain_nfc(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        if ((unsigned char)s.ptr[at] < 0x80) {
            at++;
            continue;
        }
        if (!is_plain(str_next_code(s, &at)))
            return false;
    }
    return true;
}

static struct str repaired(struct arena *a, struct str s)
{
    struct buf b = buf_in(a);

    for (size_t at = 0; at < s.len;)
        letter_add(&b, letter_next(s, &at));
    return buf_str(&b);
}

struct str text_nfc(struct arena *a, struct str s)
{
    if (is_plain_nfc(s))
        return s;
    if (!str_is_utf8(s))
        s = repaired(a, s);
    /* NFC is at most three times as long; the library allocates only where this is not enough. */
    size_t n = 3 * s.len + 16;
    uint8_t *room = arena_alloc(a, n);
    uint8_t *out = u8_normalize(UNINORM_NFC, (const uint8_t *)s.ptr, s.len, room, &n);
    if (out == NULL)
        return s;
    struct str result = {(const char *)out, n};
    if (out != room) {
        result = str_copy(a, result);
        free(out);
    }
    return result;
}

bool text_is_nfc(struct str s)
{
    if (is_plain_nfc(s))
        return true;
    if (!str_is_utf8(s))
        return false;
    size_t n = 0;
    uint8_t *out = u8_normalize(UNINORM_NFC, (const uint8_t *)s.ptr, s.len, NULL, &n);
    bool same = out != NULL && n == s.len && memcmp(out, s.ptr, n) == 0;
    free(out);
    return same;
}
