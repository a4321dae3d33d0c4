/* Reads multipart/form-data as it arrives, in pieces of any size, without keeping it: parts go to a sink. Written here
 * because libmicrohttpd's own reader wants names quoted its way and loses empty parts. One thread; lives in the arena. */
#ifndef BANTIN_HTTP_MULTIPART_H
#define BANTIN_HTTP_MULTIPART_H

#include "base/base.h"

struct multipart_part {
    struct str name, file_name, type;    /* file_name is none for a plain field; all valid until `end` */
};

/* Anything but OK ends the reading and is what multipart_push returns. */
struct multipart_sink {
    void *to;
    enum err (*begin)(void *to, const struct multipart_part *part);
    enum err (*data)(void *to, const char *data, size_t n);
    enum err (*end)(void *to);
};

struct multipart;

/* NULL for a boundary that is not one (empty, over 70 bytes, control bytes). */
struct multipart *multipart_new(struct arena *a, struct str boundary, const struct multipart_sink *sink);
/* E_INVALID: not multipart/form-data; E_TOO_LARGE: headers of one part over 4 KB. */
enum err multipart_push(struct multipart *m, const char *data, size_t n);
/* E_INVALID where the closing boundary has not come. */
enum err multipart_finish(const struct multipart *m);
#endif
