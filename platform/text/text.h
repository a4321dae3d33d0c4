/* Vietnamese text: the one place that composes, cleans, folds, sorts and cases it. Pure functions without state, safe
 * from any thread. Results live in the arena given, or are the argument itself where nothing had to change. Broken
 * bytes become U+FFFD. Beside this header: text/name.h, text/date.h, text/number.h, text/legacy.h. */
#ifndef BANTIN_TEXT_H
#define BANTIN_TEXT_H

#include "base/base.h"

/* Storage is NFC: fonts lack the combining marks. */
struct str text_nfc(struct arena *a, struct str s);
bool text_is_nfc(struct str s);

/* What text_clean changed, by kind; numbers are added to those already there, so that one report sums a document. */
struct text_report {
    size_t composed;    /* letters put together from a letter and its marks */
    size_t zero_width;  /* zero-width characters, byte order marks, soft hyphens, marks of direction: dropped */
    size_t odd_spaces;  /* no-break and other odd spaces, tabs: made plain spaces */
    size_t bullets;     /* odd bullets, made TEXT_BULLET */
    size_t spaces;      /* repeated spaces dropped */
    size_t controls;    /* control characters dropped */
    size_t lookalikes;  /* the Icelandic ð, the African ɖ, made đ */
    size_t broken;      /* bytes that were not UTF-8, now U+FFFD */
};

/* A list item begins with this after text_clean. */
#define TEXT_BULLET "\u2022 "

/* For text that arrives: NFC, nothing invisible, plain single spaces, lines ended by \n only. An odd bullet (U+0640,
 * Wingdings in the private area, …) at the beginning of a line becomes TEXT_BULLET. Both ends keep their space: s may
 * be a part of a paragraph. Old encodings first (text/legacy.h): there U+00AD is a letter. */
struct str text_clean(struct arena *a, struct str s, struct text_report *r);
size_t text_report_total(const struct text_report *r);

/* True where the line is a list item by TEXT_BULLET; *rest is the line without it. */
bool text_is_item(struct str line, struct str *rest);

struct str text_lower(struct arena *a, struct str s);
struct str text_upper(struct arena *a, struct str s);

/* The search form: lower case, no tone and vowel marks, đ as d. "Đại hội" gives "dai hoi". */
struct str text_fold(struct arena *a, struct str s);

/* For addresses: "Chọn chủ đề sinh hoạt" gives "chon-chu-de-sinh-hoat", at most TEXT_SLUG_MAX bytes, cut after a whole
 * syllable. Empty where s has no Latin letter and no digit. */
#define TEXT_SLUG_MAX 80
struct str text_slug(struct arena *a, struct str s);

/* A key whose order by memcmp is the dictionary's, syllable by syllable: ba con < bà chủ < bà con < bả < bá chủ.
 * Numbers go by value and before letters; case, punctuation and the place of the tone make no difference. */
struct str text_sort_key(struct arena *a, struct str s);

/* People go by given name, then family, then middle. */
struct str text_name_sort_key(struct arena *a, struct str family, struct str middle, struct str given);

/* Lower-case NFC with each syllable's tone moved to its end, as a combining mark: equal for hòa and hoà. For
 * comparing, never for showing. */
struct str text_tone_key(struct arena *a, struct str s);

/* Where a text puts the tone of open oa, oe, uy: on the first vowel (hòa, thủy) or on the second (hoà, thuỷ). */
enum text_tone_place { TONE_ON_FIRST, TONE_ON_SECOND };
struct text_tone_use {
    size_t count[2];    /* how often, by enum text_tone_place */
    struct str example[2];  /* the first syllable of each kind, pointing into the text */
};
struct text_tone_use text_tone_use(struct str s);
bool text_tone_is_mixed(struct str s);
/* The same text in one house style; only ever on somebody's wish. */
struct str text_tone_set_place(struct arena *a, struct str s, enum text_tone_place place);

/* Calls fn for each run of letters and digits: the exact form (as text_tone_key) and the folded one, both valid during
 * the call only and cut after TEXT_TOKEN_MAX bytes, and where the run stands in s. Stops when fn gives something other
 * than 0, and returns it. Allocates nothing, so that a database may call it. */
#define TEXT_TOKEN_MAX 255
typedef int text_token_fn(void *arg, struct str exact, struct str folded, size_t start, size_t end);
int text_tokens(struct str s, text_token_fn *fn, void *arg);

/* True for what can be a Vietnamese syllable: a known beginning, a known rhyme, a tone that the rhyme can carry. */
bool text_syllable_is_valid(struct str syllable);
#endif
