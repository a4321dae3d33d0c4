#include <iconv.h>
#include "base/files.h"
#include "import/import_parts.h"
#include "text/legacy.h"

enum { MAX_TEXT = 2 * BODY_MAX_BYTES };

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

/* Each byte as the code point of its number, for the guess. */
static struct str as_codes(struct arena *a, struct str bytes)
{
    struct buf b = buf_in(a);

    buf_reserve(&b, 2 * bytes.len);
    for (size_t i = 0; i < bytes.len; i++)
        buf_add_code(&b, (unsigned char)bytes.ptr[i]);
    return buf_str(&b);
}

/* Windows' own Vietnamese: a letter and its tone apart. STR_NONE where it is something else. */
static struct str of_cp1258(struct arena *a, struct str bytes)
{
    iconv_t with = iconv_open("UTF-8", "CP1258");
    size_t room = bytes.len * 4 + 16, left = bytes.len;
    char *in = (char *)bytes.ptr, *start = arena_alloc(a, room), *out = start;

    if (with == (iconv_t)-1)
        return STR_NONE;
    size_t failed = iconv(with, &in, &left, &out, &room);
    if (failed != (size_t)-1)
        failed = iconv(with, NULL, NULL, &out, &room);
    iconv_close(with);
    return failed == (size_t)-1 ? STR_NONE : text_nfc(a, str_range(start, out));
}

/* By the share of real syllables that each reading gives; what nothing explains comes as it is, with a warning. */
static struct str guess(struct import *im, struct str bytes)
{
    static const char *const names[] = {"UTF-8", "TCVN3", "TCVN3", "VNI", "VISCII"};
    struct arena *a = im->arena;
    struct legacy_guess old = legacy_guess(as_codes(a, bytes));
    struct str windows = of_cp1258(a, bytes);
    struct legacy_guess other = windows.ptr != NULL ? legacy_guess(windows) : (struct legacy_guess){LEGACY_NONE, 0};

    if (other.encoding == LEGACY_NONE && (other.percent > old.percent || old.encoding == LEGACY_NONE)) {
        import_count(im, IMPORT_CODE_GUESSED, 1, S("CP1258"));
        return windows;
    }
    import_count(im, IMPORT_CODE_GUESSED, 1, str_of(names[old.encoding]));
    if (old.encoding == LEGACY_NONE)
        return as_codes(a, bytes);
    struct str text = legacy_bytes_to_unicode(a, old.encoding, bytes);
    import_count(im, IMPORT_OLD_FONT, 1, str_trim(str_sub(text, 0, 120)));
    return text;
}

static struct str decode(struct import *im, struct str bytes)
{
    if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff")))
        return of_utf16(im->arena, bytes, (unsigned char)bytes.ptr[0] == 0xfe);
    if (str_is_utf8(bytes))
        return bytes;
    return guess(im, bytes);
}

struct body_node *import_read_plain(struct import *im, struct str bytes)
{
    /* Indents say where a paragraph begins: cleaning, which takes them, comes after. */
    return import_join_lines(im, with_plain_ends(im->arena, decode(im, bytes)));
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
    im->result->doc = import_read_plain(im, bytes);
    return OK;
}
