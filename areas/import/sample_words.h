/* For tests on real documents: where they are, and their words by other means than the importer's. In the test's arena.
 */
#ifndef BANTIN_SAMPLE_WORDS_H
#define BANTIN_SAMPLE_WORDS_H

#include "base/base.h"

/* BANTIN_SAMPLES, else beside the checkout; the test is skipped where they are not. */
const char *sample_path(const char *name);
/* Letters and digits only, small, in NFC: what no repair may lose. */
struct str sample_words(struct str text);
struct str sample_text_of_docx(const char *path);
void sample_assert_words(struct str got, struct str expected, const char *name);
#endif
