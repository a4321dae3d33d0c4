#include "text/letters.h"
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

/* The twelve vowels with their six tones: none, huyền, hỏi, ngã, sắc, nặng. */
static const uint16_t vowels[12][2][TONE_COUNT] = {
    {u"aàảãáạ", u"AÀẢÃÁẠ"}, {u"ăằẳẵắặ", u"ĂẰẲẴẮẶ"}, {u"âầẩẫấậ", u"ÂẦẨẪẤẬ"}, {u"eèẻẽéẹ", u"EÈẺẼÉẸ"},
    {u"êềểễếệ", u"ÊỀỂỄẾỆ"}, {u"iìỉĩíị", u"IÌỈĨÍỊ"}, {u"oòỏõóọ", u"OÒỎÕÓỌ"}, {u"ôồổỗốộ", u"ÔỒỔỖỐỘ"},
    {u"ơờởỡớợ", u"ƠỜỞỠỚỢ"}, {u"uùủũúụ", u"UÙỦŨÚỤ"}, {u"ưừửữứự", u"ƯỪỬỮỨỰ"}, {u"yỳỷỹýỵ", u"YỲỶỸÝỴ"},
};

/* The alphabet, with f, j, w, z where foreign words need them. */
static const uint16_t alphabet[] = u"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const uint16_t letters_tone_mark[TONE_COUNT] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};

struct letter letters_index[LETTERS_LOW + LETTERS_HIGH_END - LETTERS_HIGH];

static struct letter *slot(uint32_t c)
{
    return &letters_index[c < LETTERS_LOW ? c : c - LETTERS_HIGH + LETTERS_LOW];
}

/* The letter without its marks, following the decomposition down to the base. */
static uint32_t base_of(uint32_t c)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int n;

    while ((n = uc_canonical_decomposition(c, parts)) > 1) {
        for (int i = 1; i < n; i++)
            if (!letter_is_mark(parts[i]))
                return c;
        c = parts[0];
    }
    switch (c) {
    case 0x111: /* đ */
    case 0xf0:  /* ð */
        return 'd';
    case 0xf8: /* ø */
        return 'o';
    case 0x142: /* ł */
        return 'l';
    case 0x131: /* ı */
        return 'i';
    default:
        return c;
    }
}

static void fill_foreign(uint32_t c)
{
    uint32_t lower = uc_tolower(c), upper = uc_toupper(c);

    *slot(c) = (struct letter){
        .lower = (uint16_t)(lower < 0x10000 ? lower : c),
        .upper = (uint16_t)(upper < 0x10000 ? upper : c),
        .bare = (uint16_t)lower,
        .fold = (uint16_t)base_of(lower),
        .is_word = uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N),
    };
}

static void fill_vowel(const uint16_t forms[2][TONE_COUNT])
{
    for (int tone = 0; tone < TONE_COUNT; tone++) {
        struct letter vowel = {
            .lower = forms[0][tone],
            .upper = forms[1][tone],
            .bare = forms[0][0],
            .fold = (uint16_t)base_of(forms[0][0]),
            .tone = (uint8_t)tone,
            .is_word = true,
        };
        *slot(vowel.lower) = *slot(vowel.upper) = vowel;
    }
}

static uint8_t weight_of(uint32_t c)
{
    for (size_t i = 0; alphabet[i] != 0; i++)
        if (alphabet[i] == c)
            return (uint8_t)(i + 1);
    return 0;
}

__attribute__((constructor)) static void fill_index(void)
{
    for (uint32_t c = 0; c < LETTERS_LOW; c++)
        fill_foreign(c);
    for (uint32_t c = LETTERS_HIGH; c < LETTERS_HIGH_END; c++)
        fill_foreign(c);
    for (size_t i = 0; i < countof(vowels); i++)
        fill_vowel(vowels[i]);
    for (size_t i = 0; i < countof(letters_index); i++) {
        struct letter *l = &letters_index[i];
        l->weight = weight_of(l->bare) != 0 ? weight_of(l->bare) : weight_of(l->fold);
    }
}

uint32_t letter_with_tone(uint32_t bare, enum tone tone)
{
    for (size_t i = 0; i < countof(vowels); i++)
        if (vowels[i][0][0] == bare)
            return vowels[i][0][tone];
    return bare;
}

uint32_t letter_lower(uint32_t c)
{
    const struct letter *l = letter_of(c);

    return l != NULL ? l->lower : uc_tolower(c);
}

uint32_t letter_upper(uint32_t c)
{
    const struct letter *l = letter_of(c);

    return l != NULL ? l->upper : uc_toupper(c);
}

bool letter_is_mark(uint32_t c)
{
    return c >= 0x300 && c < 0x370;
}

bool letter_is_word(uint32_t c)
{
    const struct letter *l = letter_of(c);

    if (l != NULL)
        return l->is_word;
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

uint32_t letter_fold(uint32_t c)
{
    const struct letter *l = letter_of(c);

    if (l != NULL)
        return l->fold;
    return letter_is_mark(c) ? 0 : base_of(uc_tolower(c));
}

size_t letter_put(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    to[0] = (char)(0xf0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3f));
    to[2] = (char)(0x80 | (c >> 6 & 0x3f));
    to[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

static bool is_any_mark(uint32_t c)
{
    return c >= 0x300 && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M);
}

/* Puts the run's marks on its letters. */
static void run_compose(struct letter_run *run)
{
    uint32_t composed[4 * TOKEN_CODES];
    size_t n = countof(composed);
    uint32_t *out = u32_normalize(UNINORM_NFC, run->code, run->n, composed, &n);

    if (out == NULL)
        return;
    run->n = n < TOKEN_CODES ? n : TOKEN_CODES;
    memcpy(run->code, out, run->n * sizeof *out);
    if (out != composed)
        free(out);
}

/* Moves *at behind the next letter or digit, which is *c; gives where it stands, s.len where there is none. */
static size_t run_find(struct str s, size_t *at, uint32_t *c)
{
    while (*at < s.len) {
        size_t from = *at;
        *c = letter_next(s, at);
        if (letter_is_word(*c))
            return from;
    }
    return s.len;
}

static void run_add(struct letter_run *run, uint32_t c)
{
    if (run->n < TOKEN_CODES)
        run->code[run->n++] = letter_lower(c);
    else
        run->is_cut = true;
}

bool letter_run_next(struct str s, size_t *at, struct letter_run *run)
{
    bool has_mark = false;
    uint32_t c = 0;

    run->n = 0;
    run->is_cut = false;
    run->start = run_find(s, at, &c);
    if (run->start == s.len)
        return false;
    run_add(run, c);
    for (size_t next = *at; next < s.len; *at = next) {
        c = letter_next(s, &next);
        bool mark = is_any_mark(c);
        if (!mark && !letter_is_word(c))
            break;
        has_mark = has_mark || mark;
        run_add(run, c);
    }
    run->end = *at;
    if (has_mark)
        run_compose(run);
    return true;
}
