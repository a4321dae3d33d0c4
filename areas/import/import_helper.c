#include "import/import_helper.h"

#include <sodium.h>
#include "base/files.h"
#include "html/body_import.h"
#include "import/docx_prepass.h"
#include "media/media_kind.h"

json_t *import_help_word(struct arena *a, const char *in, const char *out)
{
    struct docx_report report = {0};
    const char *problem = docx_prepass(a, in, out, &report);

    if (problem != NULL)
        return json_pack("{s:s}", "problem", problem);
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:s%}", "text_boxes", (json_int_t)report.text_boxes,
                     "text_box_copies", (json_int_t)report.text_box_copies, "old_font",
                     (json_int_t)report.old_font_runs, "symbols", (json_int_t)report.symbols, "pictures_skipped",
                     (json_int_t)report.pictures_skipped, "sounds_skipped", (json_int_t)report.sounds_skipped,
                     "old_font_sample", report.old_font_sample.ptr != NULL ? report.old_font_sample.ptr : "",
                     (int)report.old_font_sample.len);
}

/* --- web pages --------------------------------------------------------------------------------------------------- */

struct page_pictures {
    struct arena *arena;
    const char *out;
    size_t kept, skipped;
};

/* Pictures that are in the page itself, as data; from elsewhere nothing is fetched. */
static bool keep_picture(void *context, const struct body_import_image *image, struct str *hash)
{
    struct page_pictures *pictures = context;
    struct arena *a = pictures->arena;
    unsigned char sum[crypto_hash_sha256_BYTES];
    size_t comma = str_find_char(image->src, ',', 0), n = 0;

    pictures->skipped++;
    if (!str_starts(image->src, S("data:image/")) || comma == SIZE_MAX ||
        !str_contains(str_sub(image->src, 0, comma), S(";base64")))
        return false;
    struct str coded = str_skip(image->src, comma + 1);
    char *bytes = arena_alloc(a, coded.len / 4 * 3 + 4);
    if (sodium_base642bin((unsigned char *)bytes, coded.len / 4 * 3 + 4, coded.ptr, coded.len, " \r\n\t=", &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0)
        return false;
    if (!media_is_picture(media_kind_of_bytes((struct str){bytes, n})))
        return false;
    crypto_hash_sha256(sum, (unsigned char *)bytes, n);
    struct str name = str_hex(a, sum, sizeof sum);
    if (file_write(str_z(a, str_format(a, "%s/%.*s", pictures->out, STR_ARG(name))), (struct str){bytes, n}) != OK)
        return false;
    pictures->skipped--;
    pictures->kept++;
    *hash = name;
    return true;
}

json_t *import_help_page(struct arena *a, const char *in, const char *out)
{
    struct body_import_report report;
    struct page_pictures pictures = {.arena = a, .out = out};
    struct body_node *doc;
    struct str html;

    enum err e = file_read(a, in, BODY_IMPORT_MAX_BYTES, &html);
    if (e == OK)
        e = body_of_html(a, html, &report, &doc);
    if (e != OK)
        return json_pack("{s:s}", "problem", e == E_TOO_LARGE ? "too_large" : "broken");
    body_import_resolve(a, doc, &report, keep_picture, &pictures);
    if (file_write(str_z(a, str_format(a, "%s/tree.json", out)), body_to_json(a, doc)) != OK)
        return json_pack("{s:s}", "problem", "too_large");
    return json_pack("{s:I, s:I}", "pictures_skipped", (json_int_t)pictures.skipped, "scripts_dropped",
                     (json_int_t)report.dropped);
}
