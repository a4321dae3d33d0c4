#include "text/text.h"
#include "text/letters.h"

struct key {
    struct buf out;
    struct str from;
    size_t done;        /* bytes of `from` already in the key */
};

static int add_token(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    struct key *key = arg;

    (void)folded;
    buf_add(&key->out, str_sub(key->from, key->done, start - key->done));
    buf_add(&key->out, exact);
    key->done = end;
    return 0;
}

struct str text_tone_key(struct arena *a, struct str s)
{
    s = text_nfc(a, s);
    struct key key = {.out = buf_in(a), .from = s};
    buf_reserve(&key.out, s.len + 16);
    int stopped = text_tokens(s, add_token, &key);
    (void)stopped; /* add_token never stops */
    buf_add(&key.out, str_skip(s, key.done));
    return buf_str(&key.out);
}

/* The run's last two letters where the tone may stand on either of them: open oa, oe, uy, but not quy. */
static bool has_choice(const struct letter_run *run, uint32_t *first, uint32_t *second)
{
    if (run->n < 2 || run->is_cut)
        return false;
    const struct letter *l1 = letter_of(run->code[run->n - 2]), *l2 = letter_of(run->code[run->n - 1]);
    if (l1 == NULL || l2 == NULL)
        return false;
    *first = l1->bare;
    *second = l2->bare;
    if (*first == 'o')
        return *second == 'a' || *second == 'e';
    return *first == 'u' && *second == 'y' && (run->n < 3 || run->code[run->n - 3] != 'q');
}

/* The tone and its place; false for a run without choice or without exactly one tone. */
static bool choice_of(const struct letter_run *run, enum tone *tone, enum text_tone_place *place)
{
    uint32_t first, second;

    if (!has_choice(run, &first, &second))
        return false;
    for (size_t i = 0; i + 2 < run->n; i++)
        if (letter_of(run->code[i]) == NULL || letter_of(run->code[i])->tone != TONE_NONE)
            return false;
    enum tone t1 = letter_of(run->code[run->n - 2])->tone, t2 = letter_of(run->code[run->n - 1])->tone;
    if ((t1 == TONE_NONE) == (t2 == TONE_NONE))
        return false;
    *tone = t1 != TONE_NONE ? t1 : t2;
    *place = t1 != TONE_NONE ? TONE_ON_FIRST : TONE_ON_SECOND;
    return true;
}

struct text_tone_use text_tone_use(struct str s)
{
    struct text_tone_use use = {0};
    enum text_tone_place place;
    struct letter_run run;
    enum tone tone;

    for (size_t at = 0; letter_run_next(s, &at, &run);)
        if (choice_of(&run, &tone, &place) && use.count[place]++ == 0)
            use.example[place] = str_sub(s, run.start, run.end - run.start);
    return use;
}

bool text_tone_is_mixed(struct str s)
{
    struct text_tone_use use = text_tone_use(s);

    return use.count[TONE_ON_FIRST] != 0 && use.count[TONE_ON_SECOND] != 0;
}

/* `c` in lower case, drawn like the letter it replaces. */
static uint32_t like(uint32_t c, uint32_t replaced)
{
    return letter_lower(replaced) == replaced ? c : letter_upper(c);
}

/* Writes the last two letters of s anew, the tone on the other one. */
static void add_moved(struct buf *b, struct str syllable, enum tone tone, enum text_tone_place place)
{
    size_t at = 0, last = 0, before = 0;

    while (at < syllable.len) {
        before = last;
        last = at;
        letter_next(syllable, &at);
    }
    size_t i = before, k = last;
    uint32_t first = letter_next(syllable, &i), second = letter_next(syllable, &k);
    uint32_t bare1 = letter_of(first)->bare, bare2 = letter_of(second)->bare;
    buf_add(b, str_sub(syllable, 0, before));
    letter_add(b, like(place == TONE_ON_FIRST ? letter_with_tone(bare1, tone) : bare1, first));
    letter_add(b, like(place == TONE_ON_SECOND ? letter_with_tone(bare2, tone) : bare2, second));
}

struct str text_tone_set_place(struct arena *a, struct str s, enum text_tone_place wanted)
{
    struct buf b = buf_in(a);
    enum text_tone_place place;
    struct letter_run run;
    enum tone tone;
    size_t done = 0;

    s = text_nfc(a, s);
    for (size_t at = 0; letter_run_next(s, &at, &run);) {
        if (!choice_of(&run, &tone, &place) || place == wanted)
            continue;
        buf_add(&b, str_sub(s, done, run.start - done));
        add_moved(&b, str_sub(s, run.start, run.end - run.start), tone, wanted);
        done = run.end;
    }
    buf_add(&b, str_skip(s, done));
    return buf_str(&b);
}
