/* The longest common subsequence of two sequences of hashes, which both lines and words of body_diff go through. */
#ifndef BANTIN_BODY_DIFF_INSIDE_H
#define BANTIN_BODY_DIFF_INSIDE_H

#include "base/base.h"

/* Sets pair[i] to the place in `right` that left[i] is matched with, or -1. Beyond a limit of difference the middle
 * stays unmatched. */
void diff_match(struct arena *a, const uint64_t *left, int n, const uint64_t *right, int m, int *pair);
#endif
