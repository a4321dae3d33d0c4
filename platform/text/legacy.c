#include "text/legacy.h"
#include "text/letters.h"
#include "text/text.h"

/* Bytes 0x80–0xFF. */
static const uint16_t tcvn3[] = u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
                                u"àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";
static const uint16_t viscii[] = u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡ"
                                 u"ưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
_Static_assert(countof(tcvn3) == 129 && countof(viscii) == 129, "a letter for each of 128 bytes");

/* Windows-1252 at 0x80–0x9F; 0: not assigned. */
static const uint16_t windows[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                     0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                     0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* The byte behind a code point, -1 where it is none. */
static int byte_of(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (int i = 0; i < 32; i++)
        if (windows[i] == c)
            return 0x80 + i;
    return -1;
}

/* TCVN3 and VISCII keep some capitals among the control characters. */
static uint32_t control_of(enum legacy from, int byte)
{
    static const uint16_t low_tcvn3[] = {0, 0xda, 0x1ee4, 0, 0x1eea, 0x1eec, 0x1eee};
    static const uint16_t high_tcvn3[] = {0x1ee8, 0x1ef0, 0x1ef2, 0x1ef6, 0x1ef8, 0xdd, 0x1ef4}; /* from 0x11 */

    if (from == LEGACY_TCVN3 && byte < 7)
        return low_tcvn3[byte];
    if (from == LEGACY_TCVN3 && byte >= 0x11 && byte <= 0x17)
        return high_tcvn3[byte - 0x11];
    if (from != LEGACY_VISCII)
        return 0;
    switch (byte) {
    case 0x02: return 0x1eb2;
    case 0x05: return 0x1eb4;
    case 0x06: return 0x1eaa;
    case 0x14: return 0x1ef6;
    case 0x19: return 0x1ef8;
    case 0x1e: return 0x1ef4;
    default: return 0;
    }
}

/* Dashes, quotes and the like: the fonts of Windows drew them at bytes where the standard has rare capitals. */
static bool is_drawn_sign(uint32_t c)
{
    return c == 0x2026 || c == 0x2022 || c == 0x2122 || (c >= 0x2013 && c <= 0x203a);
}

struct code {
    uint32_t source, letter;
    bool in_doubt;          /* a sign of punctuation, or a capital */
};

static struct code decode_one(enum legacy from, uint32_t c)
{
    const uint16_t *high = from == LEGACY_VISCII ? viscii : tcvn3;
    int byte = byte_of(c);

    if (byte >= 0x80)
        return (struct code){c, high[byte - 0x80], is_drawn_sign(c)};
    if (byte > 0 && byte < 0x20 && control_of(from, byte) != 0)
        return (struct code){c, control_of(from, byte), false};
    return (struct code){c, c, false};
}

static bool is_capital(uint32_t c)
{
    return letter_is_word(c) && letter_lower(c) != c;
}

static bool is_capital_syllable(const struct code *codes, size_t from, size_t to)
{
    char room[8 * 4];
    size_t len = 0;
    bool has_certain = false; /* a dash alone is no Ọ */

    if (from >= to || to - from > 8)
        return false;
    for (size_t i = from; i < to; i++) {
        if (!is_capital(codes[i].letter))
            return false;
        has_certain = has_certain || !codes[i].in_doubt;
        len += letter_put(room + len, codes[i].letter);
    }
    return has_certain && text_syllable_is_valid((struct str){room, len});
}

/* In the word codes[from..to) signs in doubt are letters where that makes a syllable in capitals; at its ends they may
 * be quotation marks around it. */
static void settle_word(struct code *codes, size_t from, size_t to)
{
    size_t first = from, last = to;

    for (int tries = 0; tries < 4; tries++) {
        first = from + (tries & 1 && codes[from].in_doubt);
        last = to - (tries & 2 && codes[to - 1].in_doubt);
        if (is_capital_syllable(codes, first, last))
            break;
        first = last = to;
    }
    for (size_t i = from; i < to; i++)
        if (codes[i].in_doubt && (i < first || i >= last))
            codes[i].letter = codes[i].source;
}

static void settle_doubts(struct code *codes, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t from = i;
        bool in_doubt = false;
        for (; i < n && letter_is_word(codes[i].letter); i++)
            in_doubt = in_doubt || codes[i].in_doubt;
        if (in_doubt)
            settle_word(codes, from, i);
        if (i == from)
            i++;
    }
}

static struct str from_table(struct arena *a, enum legacy from, struct str s)
{
    struct code *codes = NEW_ARRAY(a, struct code, s.len + 1);
    struct buf b = buf_in(a);
    size_t n = 0;

    for (size_t at = 0; at < s.len;)
        codes[n++] = decode_one(from, letter_next(s, &at));
    settle_doubts(codes, n);
    buf_reserve(&b, s.len + 4);
    for (size_t i = 0; i < n; i++)
        letter_add(&b, codes[i].letter);
    return text_nfc(a, buf_str(&b));
}

/* VNI writes a letter and then its marks as one more byte; ơ, ư, đ, and i and y with some tones are bytes of their own.
 * A mark's case follows the typist, not the letter. */
struct vni_mark {
    uint16_t byte, shape, tone;
};
static const struct vni_mark vni_marks[] = {
    {0xf9, 0, 0x301},     {0xf8, 0, 0x300},     {0xfb, 0, 0x309},     {0xf5, 0, 0x303},     {0xef, 0, 0x323},
    {0xe2, 0x302, 0},     {0xe1, 0x302, 0x301}, {0xe0, 0x302, 0x300}, {0xe5, 0x302, 0x309}, {0xe3, 0x302, 0x303},
    {0xe4, 0x302, 0x323}, {0xea, 0x306, 0},     {0xe9, 0x306, 0x301}, {0xe8, 0x306, 0x300}, {0xfa, 0x306, 0x309},
    {0xfc, 0x306, 0x303}, {0xeb, 0x306, 0x323},
};
static const uint16_t vni_letters[][2] = {{0xf4, 0x1a1}, {0xf6, 0x1b0}, {0xf1, 0x111}, {0xed, 0xed},  {0xec, 0xec},
                                          {0xe6, 0x1ec9}, {0xf3, 0x129}, {0xf2, 0x1ecb}, {0xee, 0x1ef5}};

static bool can_carry(uint32_t base, const struct vni_mark *mark)
{
    switch (base) {
    case 'a':
        return true;
    case 'e':
    case 'o':
        return mark->shape != 0x306;
    case 'u':
    case 'y':
    case 0xf4: /* ơ */
    case 0xf6: /* ư */
        return mark->shape == 0;
    default:
        return false;
    }
}

static const struct vni_mark *vni_mark_after(uint32_t base, uint32_t c)
{
    for (size_t i = 0; i < countof(vni_marks); i++)
        if (vni_marks[i].byte == letter_lower(c) && can_carry(letter_lower(base), &vni_marks[i]))
            return &vni_marks[i];
    return NULL;
}

static uint32_t vni_letter(uint32_t c)
{
    int byte = byte_of(c);

    for (size_t i = 0; i < countof(vni_letters); i++)
        if (vni_letters[i][0] == letter_lower(c))
            return letter_lower(c) == c ? vni_letters[i][1] : letter_upper(vni_letters[i][1]);
    return byte >= 0x80 && byte < 0xa0 && windows[byte - 0x80] != 0 ? windows[byte - 0x80] : c;
}

static struct str from_vni(struct arena *a, struct str s)
{
    struct buf b = buf_in(a);

    buf_reserve(&b, s.len + 4);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = letter_next(s, &at);
        letter_add(&b, vni_letter(c));
        if (at >= s.len)
            break;
        size_t next = at;
        const struct vni_mark *mark = vni_mark_after(c, letter_next(s, &next));
        if (mark == NULL)
            continue;
        if (mark->shape != 0)
            letter_add(&b, mark->shape);
        if (mark->tone != 0)
            letter_add(&b, mark->tone);
        at = next;
    }
    return text_nfc(a, buf_str(&b));
}

struct str legacy_to_unicode(struct arena *a, enum legacy from, struct str s)
{
    switch (from) {
    case LEGACY_TCVN3:
    case LEGACY_VISCII:
        return from_table(a, from, s);
    case LEGACY_TCVN3_CAPITALS:
        return text_upper(a, from_table(a, LEGACY_TCVN3, s));
    case LEGACY_VNI:
        return from_vni(a, s);
    case LEGACY_NONE:
        break;
    }
    return text_nfc(a, s);
}

struct str legacy_bytes_to_unicode(struct arena *a, enum legacy from, struct str bytes)
{
    struct buf b = buf_in(a);

    if (from == LEGACY_NONE)
        return text_nfc(a, bytes);
    buf_reserve(&b, 2 * bytes.len + 4);
    for (size_t i = 0; i < bytes.len; i++) {
        uint32_t c = (unsigned char)bytes.ptr[i];
        /* As Word has it: what Windows draws there. The letter is found again where there is one. */
        letter_add(&b, c >= 0x80 && c < 0xa0 && windows[c - 0x80] != 0 ? windows[c - 0x80] : c);
    }
    return legacy_to_unicode(a, from, buf_str(&b));
}

enum legacy legacy_of_font(struct str font)
{
    font = str_trim(font);
    if (font.len > 4 && str_equal_nocase(str_sub(font, 0, 4), S("VNI-")))
        return LEGACY_VNI;
    if (font.len > 4 && str_equal_nocase(str_sub(font, 0, 4), S("VNI ")))
        return LEGACY_VNI;
    if (str_starts(font, S("VI ")))
        return LEGACY_VISCII;
    if (font.len > 3 && str_equal_nocase(str_sub(font, 0, 3), S(".Vn")))
        return str_ends(font, S("H")) ? LEGACY_TCVN3_CAPITALS : LEGACY_TCVN3;
    return LEGACY_NONE;
}

/* Of the words with a letter beyond ASCII, how many are syllables, in percent. */
static int share_of_syllables(struct str s, size_t *words)
{
    struct letter_run run;
    size_t good = 0;

    *words = 0;
    for (size_t at = 0; letter_run_next(s, &at, &run);) {
        struct str word = str_sub(s, run.start, run.end - run.start);
        bool beyond = false;
        for (size_t i = 0; i < word.len; i++)
            beyond = beyond || (unsigned char)word.ptr[i] >= 0x80;
        *words += beyond;
        good += beyond && text_syllable_is_valid(word);
    }
    return *words == 0 ? 0 : (int)(100 * good / *words);
}

struct legacy_guess legacy_guess(struct str s)
{
    static const enum legacy candidates[] = {LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI, LEGACY_VISCII};
    enum { ENOUGH_BYTES = 20000, FEW_WORDS = 5, PERCENT_OF_FEW = 60 };
    struct arena *a = arena_new(0);
    struct legacy_guess best = {LEGACY_NONE, 0};
    size_t words, most = 0;

    s = str_sub(s, 0, ENOUGH_BYTES);
    for (size_t i = 0; i < countof(candidates); i++) {
        int percent = share_of_syllables(legacy_to_unicode(a, candidates[i], s), &words);
        if (words > most)
            most = words;
        if (percent > best.percent)
            best = (struct legacy_guess){candidates[i], percent};
    }
    if (most == 0)
        best.percent = 100; /* plain ASCII: nothing to convert */
    else if (most < FEW_WORDS && best.percent > PERCENT_OF_FEW)
        best.percent = PERCENT_OF_FEW;
    arena_free(a);
    return best;
}
