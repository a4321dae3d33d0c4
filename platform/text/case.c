#include "text/text.h"
#include "text/letters.h"

static struct str mapped(struct arena *a, struct str s, uint32_t (*map)(uint32_t))
{
    struct buf b = buf_in(a);

    buf_reserve(&b, s.len + 4);
    for (size_t at = 0; at < s.len;)
        letter_add(&b, map(letter_next(s, &at)));
    return buf_str(&b);
}

struct str text_lower(struct arena *a, struct str s)
{
    return mapped(a, text_nfc(a, s), letter_lower);
}

struct str text_upper(struct arena *a, struct str s)
{
    return mapped(a, text_nfc(a, s), letter_upper);
}
