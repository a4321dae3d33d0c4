/* Old Vietnamese encodings to Unicode. Word keeps their bytes as code points U+0080–00FF, or as what Windows-1252
 * makes of 0x80–0x9F; both are taken. What is no such byte passes through: a text may be part Unicode. Pure functions;
 * results live in the arena. Convert before text_clean, which drops U+00AD, a letter in TCVN3. */
#ifndef BANTIN_TEXT_LEGACY_H
#define BANTIN_TEXT_LEGACY_H

#include "base/base.h"

enum legacy {
    LEGACY_NONE,            /* Unicode already */
    LEGACY_TCVN3,           /* ABC; fonts .VnTime, .VnArial, … */
    LEGACY_TCVN3_CAPITALS,  /* fonts .VnTimeH, …: every letter is drawn as a capital */
    LEGACY_VNI,             /* VNI-Windows; fonts VNI-Times, … */
    LEGACY_VISCII,          /* fonts VI Times, … */
};

enum legacy legacy_of_font(struct str font);

struct str legacy_to_unicode(struct arena *a, enum legacy from, struct str s);
/* The same for a plain file of one byte per character. */
struct str legacy_bytes_to_unicode(struct arena *a, enum legacy from, struct str bytes);

/* By the share of words that are Vietnamese syllables when read so. Below LEGACY_SURE a person should confirm. */
struct legacy_guess {
    enum legacy encoding;
    int percent;
};
enum { LEGACY_SURE = 90 };
struct legacy_guess legacy_guess(struct str s);
#endif
