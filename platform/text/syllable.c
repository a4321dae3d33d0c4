#include "text/text.h"
#include "text/letters.h"

static const char *const onsets[] = {
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s",
    "t", "th", "tr", "v", "x",
};

/* Without tone. What begins with ia, iê, uô, ươ, … is one rhyme; i after g is taken as gi + rhyme or g + i… */
static const char *const rhymes[] = {
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay",
    "ăc", "ăm", "ăn", "ăng", "ăp", "ăt",
    "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây",
    "e", "ec", "em", "en", "eng", "eo", "ep", "et",
    "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu",
    "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "o", "oc", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot",
    "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
    "oăc", "oăm", "oăn", "oăng", "oăt", "oe", "oen", "oeo", "oet",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt",
    "ơ", "ơi", "ơm", "ơn", "ơp", "ơt",
    "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut",
    "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uơ",
    "uôc", "uôi", "uôm", "uôn", "uông", "uôt",
    "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyp", "uyt", "uyu",
    "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu",
    "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
    "y", "yêm", "yên", "yêng", "yêt", "yêu",
};

/* After qu, written with y where the rhyme alone has i. */
static const char *const rhymes_after_qu[] = {"ych", "ynh", "yt", "yp", "yu", "yn", "ôc"};

static bool is_listed(const char *const *list, size_t n, struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(str_of(list[i]), s))
            return true;
    return false;
}

/* c, g, ng stand before a, ă, â, o, ô, ơ, u, ư; k, gh, ngh before e, ê, i, y; q before u. */
static bool fits(struct str onset, struct str rhyme)
{
    size_t at = 0;
    uint32_t first = letter_fold(letter_next(rhyme, &at));
    bool front = first == 'e' || first == 'i' || first == 'y';

    if (str_equal(onset, S("k")) || str_equal(onset, S("gh")) || str_equal(onset, S("ngh")))
        return front;
    if (str_equal(onset, S("c")) || str_equal(onset, S("ng")))
        return !front;
    if (str_equal(onset, S("g")))
        return !front || str_starts(rhyme, S("i")); /* gì, gìn, giếng */
    if (str_equal(onset, S("qu")))
        return first != 'u' && (first != 'o' || str_starts(rhyme, S("ơ")) || str_equal(rhyme, S("ôc")));
    return true;
}

/* A rhyme closed by c, ch, p, t carries sắc or nặng only. */
static bool can_carry(struct str rhyme, enum tone tone)
{
    if (str_ends(rhyme, S("c")) || str_ends(rhyme, S("ch")) || str_ends(rhyme, S("p")) || str_ends(rhyme, S("t")))
        return tone == TONE_ACUTE || tone == TONE_DOT;
    return true;
}

/* The syllable without its tone; false where it has two, or letters no syllable is written with. */
static bool without_tone(const struct letter_run *run, struct buf *bare, enum tone *tone)
{
    *tone = TONE_NONE;
    for (size_t i = 0; i < run->n; i++) {
        const struct letter *l = letter_of(run->code[i]);
        if (l == NULL || l->weight == 0 || (l->tone != TONE_NONE && *tone != TONE_NONE))
            return false;
        if (l->tone != TONE_NONE)
            *tone = l->tone;
        bare->len += letter_put(bare->ptr + bare->len, l->bare);
    }
    return true;
}

bool text_syllable_is_valid(struct str s)
{
    char room[64];
    struct buf bare = {.ptr = room, .cap = sizeof room};
    struct letter_run run;
    enum tone tone;
    size_t at = 0;

    if (!letter_run_next(s, &at, &run) || run.start != 0 || run.end != s.len || run.n > 7)
        return false;
    if (!without_tone(&run, &bare, &tone))
        return false;
    for (size_t i = 0; i < countof(onsets); i++) {
        struct str onset = str_of(onsets[i]), whole = buf_str(&bare);
        if (!str_starts(whole, onset))
            continue;
        struct str rhyme = str_skip(whole, onset.len);
        bool known = is_listed(rhymes, countof(rhymes), rhyme) ||
                     (str_equal(onset, S("qu")) && is_listed(rhymes_after_qu, countof(rhymes_after_qu), rhyme));
        if (known && fits(onset, rhyme) && can_carry(rhyme, tone))
            return true;
    }
    return false;
}
