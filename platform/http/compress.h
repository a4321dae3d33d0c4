/* gzip and brotli of a whole text, into malloc'ed memory. Any thread. */
#ifndef BANTIN_HTTP_COMPRESS_H
#define BANTIN_HTTP_COMPRESS_H

#include "base/base.h"

/* Worth it: text of some kind, and more than 1 KB. */
bool compress_is_worth(struct str type, size_t len);
/* The caller frees *ptr of the result; none where nothing was saved. */
struct str compress_gzip(struct str text, int level);
struct str compress_brotli(struct str text, int quality);
#endif
