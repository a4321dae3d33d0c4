#include "http/compress.h"
#include <brotli/encode.h>
#include <zlib.h>

bool compress_is_worth(struct str type, size_t len)
{
    static const struct str kinds[] = {S("text/"),
                                       S("application/json"),
                                       S("application/javascript"),
                                       S("application/xml"),
                                       S("application/atom+xml"),
                                       S("application/rss+xml"),
                                       S("application/manifest+json"),
                                       S("image/svg+xml")};

    if (len <= 1024 || str_starts(type, S("text/event-stream")))
        return false;
    for (size_t i = 0; i < countof(kinds); i++)
        if (str_starts(type, kinds[i]))
            return true;
    return false;
}

struct str compress_gzip(struct str text, int level)
{
    z_stream z = {0};

    if (text.len > UINT_MAX || deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return STR_NONE;
    uLong bound = deflateBound(&z, (uLong)text.len);
    char *out = malloc(bound);
    if (out == NULL)
        abort();
    z.next_in = (z_const Bytef *)(uintptr_t)text.ptr;
    z.avail_in = (uInt)text.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)bound;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < text.len;
    size_t len = z.total_out;
    deflateEnd(&z);
    if (done)
        return (struct str){out, len};
    free(out);
    return STR_NONE;
}

struct str compress_brotli(struct str text, int quality)
{
    size_t len = BrotliEncoderMaxCompressedSize(text.len);
    char *out = len != 0 ? malloc(len) : NULL;

    if (out != NULL &&
        BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.len, (const uint8_t *)text.ptr,
                              &len, (uint8_t *)out) == BROTLI_TRUE &&
        len < text.len)
        return (struct str){out, len};
    free(out);
    return STR_NONE;
}
