#include "text/text.h"
#include "text/letters.h"

/* The bytes of a key, lowest first, so that what is shorter or earlier in the dictionary comes first:
 * the end of a name's part, the tones that close a syllable, numbers, letters, other scripts. */
enum { KEY_PART = 0x01, KEY_TONE = 0x02, KEY_NUMBER = 0x10, KEY_LETTER = 0x20, KEY_OTHER = 0xf0 };

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* A number by value: how many digits, then the digits, without leading zeros. */
static size_t key_number(struct buf *b, const struct letter_run *run, size_t i)
{
    while (i + 1 < run->n && run->code[i] == '0' && is_digit(run->code[i + 1]))
        i++;
    size_t from = i;
    while (i < run->n && is_digit(run->code[i]))
        i++;
    letter_add(b, KEY_NUMBER);
    letter_add(b, (uint32_t)(i - from));
    for (size_t k = from; k < i; k++)
        letter_add(b, run->code[k]);
    return i;
}

static void key_letter(struct buf *b, uint32_t c)
{
    const struct letter *l = letter_of(c);

    if (l != NULL && l->weight != 0) {
        letter_add(b, KEY_LETTER + l->weight);
        return;
    }
    char other[] = {(char)KEY_OTHER, (char)(c >> 16), (char)(c >> 8), (char)c};
    buf_add(b, (struct str){other, sizeof other});
}

static size_t key_syllable(struct buf *b, const struct letter_run *run, size_t i)
{
    char tones[TOKEN_CODES];
    size_t n = 0;

    for (; i < run->n && !is_digit(run->code[i]); i++) {
        const struct letter *l = letter_of(run->code[i]);
        key_letter(b, run->code[i]);
        if (l != NULL && l->tone != TONE_NONE)
            tones[n++] = (char)(KEY_TONE + l->tone);
    }
    if (n == 0)
        tones[n++] = KEY_TONE;
    buf_add(b, (struct str){tones, n});
    return i;
}

static void key_add(struct buf *b, struct str s)
{
    struct letter_run run;

    for (size_t at = 0; letter_run_next(s, &at, &run);)
        for (size_t i = 0; i < run.n;)
            i = is_digit(run.code[i]) ? key_number(b, &run, i) : key_syllable(b, &run, i);
}

struct str text_sort_key(struct arena *a, struct str s)
{
    struct buf b = buf_in(a);

    buf_reserve(&b, s.len + 8);
    key_add(&b, s);
    return buf_str(&b);
}

struct str text_name_sort_key(struct arena *a, struct str family, struct str middle, struct str given)
{
    struct buf b = buf_in(a);

    key_add(&b, given);
    buf_add_char(&b, KEY_PART);
    key_add(&b, family);
    buf_add_char(&b, KEY_PART);
    key_add(&b, middle);
    return buf_str(&b);
}
