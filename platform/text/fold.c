#include "text/text.h"
#include "text/letters.h"

static bool is_folded(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'))
            return false;
    return true;
}

struct str text_fold(struct arena *a, struct str s)
{
    if (is_folded(s))
        return s;
    s = text_nfc(a, s);
    struct buf b = buf_in(a);
    buf_reserve(&b, s.len + 4);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = letter_fold(letter_next(s, &at));
        if (c != 0)
            letter_add(&b, c);
    }
    return buf_str(&b);
}

/* Only ASCII goes into an address; the apostrophe and letters of other scripts part words like a space. */
static size_t slug_word(struct str folded, size_t *at, struct str *word)
{
    size_t i = *at;

    while (i < folded.len && !((folded.ptr[i] >= 'a' && folded.ptr[i] <= 'z') || (folded.ptr[i] >= '0' && folded.ptr[i] <= '9')))
        i++;
    size_t from = i;
    while (i < folded.len && ((folded.ptr[i] >= 'a' && folded.ptr[i] <= 'z') || (folded.ptr[i] >= '0' && folded.ptr[i] <= '9')))
        i++;
    *at = i;
    *word = str_sub(folded, from, i - from);
    return word->len;
}

struct str text_slug(struct arena *a, struct str s)
{
    struct str folded = text_fold(a, s), word;
    struct buf b = buf_in(a);

    for (size_t at = 0; slug_word(folded, &at, &word) != 0;) {
        if (b.len == 0) {
            buf_add(&b, str_sub(word, 0, TEXT_SLUG_MAX));
            continue;
        }
        if (b.len + 1 + word.len > TEXT_SLUG_MAX)
            break;
        buf_add_char(&b, '-');
        buf_add(&b, word);
    }
    return buf_str(&b);
}
