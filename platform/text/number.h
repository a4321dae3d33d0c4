/* Numbers as Vietnam writes them: 1.234.567,89. Decimals are whole numbers with a place for the comma, never floating.
 * Text lives in the arena. */
#ifndef BANTIN_TEXT_NUMBER_H
#define BANTIN_TEXT_NUMBER_H

#include "base/base.h"

enum { TEXT_DECIMALS_MAX = 9 };

struct str text_number(struct arena *a, int64_t n);                        /* 1.234.567 */
/* `n` counted in the last of `decimals` places: 123456789 with 2 is 1.234.567,89. */
struct str text_decimal(struct arena *a, int64_t n, unsigned decimals);

/* The other way. Points part thousands or are left out; more than `decimals` places, or a point elsewhere, is E_INVALID. */
enum err text_decimal_parse(struct str s, unsigned decimals, int64_t *n);

struct str text_file_size(struct arena *a, uint64_t bytes);                /* 812 B, 1,5 KB, 20 MB */
#endif
