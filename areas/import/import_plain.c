#include "base/files.h"
#include "import/import_parts.h"

enum { MAX_TEXT = 16 << 20 };

/* UTF-16 by its byte order mark, as Windows' Notepad saves "Unicode". */
static struct str of_utf16(struct arena *a, struct str bytes, bool is_big)
{
    struct buf b = buf_in(a);
    uint32_t high = 0;

    for (size_t i = 2; i + 1 < bytes.len; i += 2) {
        unsigned char x = (unsigned char)bytes.ptr[i], y = (unsigned char)bytes.ptr[i + 1];
        uint32_t unit = is_big ? (uint32_t)x << 8 | y : (uint32_t)y << 8 | x;
        if (unit >= 0xd800 && unit < 0xdc00) {
            high = unit;
            continue;
        }
        if (unit >= 0xdc00 && unit < 0xe000)
            unit = high != 0 ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : 0xfffd;
        high = 0;
        buf_add_code(&b, unit);
    }
    return buf_str(&b);
}

/* \r\n and \r are line ends, a form feed a page's. */
static struct str with_plain_ends(struct arena *a, struct str text)
{
    struct buf b = buf_in(a);

    buf_reserve(&b, text.len);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        buf_add_char(&b, c == '\r' || c == '\f' ? '\n' : c);
    }
    return buf_str(&b);
}

static struct str decode(struct import *im, struct str bytes)
{
    if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff")))
        return of_utf16(im->arena, bytes, (unsigned char)bytes.ptr[0] == 0xfe);
    return bytes;
}

enum err import_plain(struct import *im, const char *path)
{
    struct str bytes;
    enum err e = file_read(im->arena, path, MAX_TEXT, &bytes);

    if (e == E_TOO_LARGE) {
        im->result->problem = IMPORT_TOO_LARGE;
        return OK;
    }
    TRY(e);
    struct str text = with_plain_ends(im->arena, decode(im, bytes));
    /* Indents say where a paragraph begins: cleaning, which takes them, comes after. */
    im->result->doc = import_join_lines(im, text);
    return OK;
}
