/* Text that grows in an arena. The str it gives is valid until the next addition; str_copy keeps it longer, and
 * nothing needs to be freed. */
#ifndef BANTIN_BUF_H
#define BANTIN_BUF_H

#include "base/str.h"

struct buf {
    struct arena *arena;
    char *ptr;
    size_t len, cap;
};

struct buf buf_in(struct arena *a);
struct str buf_str(const struct buf *b);
void buf_add(struct buf *b, struct str s);
void buf_add_z(struct buf *b, const char *z);
void buf_add_char(struct buf *b, char c);
void buf_add_code(struct buf *b, uint32_t code_point);     /* as UTF-8 */
void buf_add_int(struct buf *b, int64_t n);
void buf_add_format(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_add_formatv(struct buf *b, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
void buf_reserve(struct buf *b, size_t more);
#endif
