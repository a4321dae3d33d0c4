/* SHA-256, as the program names everything that must not change: revisions, media, issues, editions. */
#ifndef BANTIN_DIGEST_H
#define BANTIN_DIGEST_H

#include "base/base.h"

/* 64 lower-case hexadecimal digits. */
struct str digest_of(struct arena *a, struct str bytes);

/* Of a file, read in pieces. */
enum err digest_of_file(struct arena *a, const char *path, struct str *hex);

/* True for 64 lower-case hexadecimal digits. */
bool digest_is_valid(struct str hex);

/* Equal without telling how far, for secrets. */
bool digest_equal(struct str a, struct str b);
#endif
