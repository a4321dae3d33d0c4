/* The letters behind the text room: what each code point is as lower case, capital, bare letter, tone, and its place
 * in the alphabet. For the room's own files only. The index is filled once before main and only read afterwards. */
#ifndef BANTIN_TEXT_LETTERS_H
#define BANTIN_TEXT_LETTERS_H

#include "base/base.h"

enum tone { TONE_NONE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_ACUTE, TONE_DOT, TONE_COUNT };

struct letter {
    uint16_t lower, upper;  /* code points */
    uint16_t bare;          /* lower case without its tone */
    uint16_t fold;          /* without any mark */
    uint8_t tone;
    uint8_t weight;         /* its place in the alphabet; 0: not a letter of it */
    bool is_word;           /* a letter or a digit */
};

enum { LETTERS_LOW = 0x250, LETTERS_HIGH = 0x1e00, LETTERS_HIGH_END = 0x1f00 };
extern struct letter letters_index[LETTERS_LOW + LETTERS_HIGH_END - LETTERS_HIGH];

/* The letter of a code point, NULL outside the Latin blocks. */
static inline const struct letter *letter_of(uint32_t c)
{
    if (c < LETTERS_LOW)
        return &letters_index[c];
    if (c >= LETTERS_HIGH && c < LETTERS_HIGH_END)
        return &letters_index[c - LETTERS_HIGH + LETTERS_LOW];
    return NULL;
}

/* The combining mark of a tone. */
extern const uint16_t letters_tone_mark[TONE_COUNT];

/* The lower-case letter `bare` with a tone, or `bare` where it cannot carry one. */
uint32_t letter_with_tone(uint32_t bare, enum tone tone);

/* For every code point, inside the index or not. */
uint32_t letter_lower(uint32_t c);
uint32_t letter_upper(uint32_t c);
bool letter_is_word(uint32_t c);
bool letter_is_mark(uint32_t c);        /* a combining mark of the general block */

/* The code point without marks in lower case; 0 where it is only a mark and falls away. */
uint32_t letter_fold(uint32_t c);

/* Writes c as UTF-8 and returns its length, 4 at most. */
size_t letter_put(char *to, uint32_t c);

static inline void letter_add(struct buf *b, uint32_t c)
{
    if (b->cap - b->len < 4)
        buf_reserve(b, 4);
    if (c < 0x80)
        b->ptr[b->len++] = (char)c;
    else
        b->len += letter_put(b->ptr + b->len, c);
}

/* str_next_code with the short way for ASCII. */
static inline uint32_t letter_next(struct str s, size_t *at)
{
    unsigned char c = (unsigned char)s.ptr[*at];

    if (c < 0x80) {
        *at += 1;
        return c;
    }
    return str_next_code(s, at);
}

/* A run of letters and digits in lower-case NFC, cut after TOKEN_CODES code points. */
enum { TOKEN_CODES = 60 };
struct letter_run {
    uint32_t code[TOKEN_CODES];
    size_t n;
    size_t start, end;      /* in the text */
    bool is_cut;
};

/* The next run at or after *at, moving *at behind it; false at the end of the text. */
bool letter_run_next(struct str s, size_t *at, struct letter_run *run);
#endif
