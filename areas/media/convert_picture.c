#include "media/convert_picture.h"

#include <vips/vips.h>
#include "base/files.h"
#include "media/media_kind.h"

enum {
    MAX_PIXELS = 60 * 1000 * 1000,
    MAX_SIDE = 30000,
    PRINT_WIDTH = 2400,
    WEBP_QUALITY = 80,
    JPEG_QUALITY = 82,
    PRINT_QUALITY = 90,
};

static const int widths[] = {480, 960, 1600};

static json_t *refused(const char *problem)
{
    return json_pack("{s:s}", "problem", problem);
}

/* Only these readers: libvips could open far more than anybody sends us. */
static bool is_taken(enum media_kind kind)
{
    return kind == MEDIA_JPEG || kind == MEDIA_PNG || kind == MEDIA_GIF || kind == MEDIA_WEBP || kind == MEDIA_TIFF ||
           kind == MEDIA_AVIF || kind == MEDIA_HEIC;
}

/* Shrunk while it is read, upright, in sRGB. NULL where it cannot be read. */
static VipsImage *load(const char *in, int width)
{
    VipsImage *image = NULL;

    if (vips_thumbnail(in, &image, width, "height", MAX_SIDE, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                       "fail_on", VIPS_FAIL_ON_ERROR, NULL) != 0)
        return NULL;
    return image;
}

/* Everything that a camera or a program wrote beside the points: place, time, owner, a smaller picture from before it
 * was cropped. Taken away here, as "strip" leaves it in WebP. */
static void forget(VipsImage *image)
{
    static const char *const kept[] = {"width",   "height",  "bands", "format", "coding",  "interpretation",
                                       "xoffset", "yoffset", "xres",  "yres",   "filename"};
    gchar **fields = vips_image_get_fields(image);

    for (size_t i = 0; fields[i] != NULL; i++) {
        bool is_kept = false;
        for (size_t k = 0; k < countof(kept); k++)
            is_kept |= strcmp(fields[i], kept[k]) == 0;
        if (!is_kept)
            vips_image_remove(image, fields[i]);
    }
    g_strfreev(fields);
}

/* All its points in memory, and nothing else of it. */
static VipsImage *load_bare(const char *in, int width)
{
    VipsImage *lazy = load(in, width), *image = NULL, *bare = NULL;

    if (lazy == NULL)
        return NULL;
    image = vips_image_copy_memory(lazy);
    g_object_unref(lazy);
    if (image == NULL)
        return NULL;
    if (vips_copy(image, &bare, NULL) != 0)
        bare = NULL;
    g_object_unref(image);
    if (bare != NULL)
        forget(bare);
    return bare;
}

/* JPEG knows no transparency: on white, as on paper. */
static VipsImage *on_white(VipsImage *image)
{
    double white[] = {255, 255, 255};
    VipsArrayDouble *background = vips_array_double_new(white, 3);
    VipsImage *flat = NULL;

    int failed = vips_image_hasalpha(image) ? vips_flatten(image, &flat, "background", background, NULL)
                                            : vips_copy(image, &flat, NULL);
    vips_area_unref(VIPS_AREA(background));
    return failed == 0 ? flat : NULL;
}

static void note(json_t *files, const char *name, VipsImage *image)
{
    json_array_append_new(files, json_pack("{s:s, s:i, s:i}", "name", name, "width", vips_image_get_width(image),
                                           "height", vips_image_get_height(image)));
}

static bool save_jpeg(struct arena *a, VipsImage *image, const char *out, const char *name, int quality, json_t *files)
{
    VipsImage *flat = on_white(image);

    if (flat == NULL)
        return false;
    bool saved = vips_jpegsave(flat, str_z(a, str_format(a, "%s/%s", out, name)), "Q", quality, "strip", TRUE,
                               "optimize_coding", TRUE, "interlace", FALSE, NULL) == 0;
    g_object_unref(flat);
    if (saved)
        note(files, name, image);
    return saved;
}

/* libvips 8.14 writes an Exif part into every WebP, "strip" or not. A RIFF file is a list of parts: all but those of
 * metadata are copied, and the head's flags for them cleared. */
static struct str bare_webp(struct arena *a, struct str webp)
{
    enum { FLAGS_AT = 20, FLAG_EXIF = 8, FLAG_XMP = 4 };
    struct buf b = buf_in(a);

    buf_add(&b, str_sub(webp, 0, 12));
    for (size_t at = 12; at + 8 <= webp.len;) {
        const unsigned char *p = (const unsigned char *)webp.ptr + at;
        size_t n = 8 + (((size_t)p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24) + 1) / 2 * 2;
        struct str part = str_sub(webp, at, n);
        if (!str_starts(part, S("EXIF")) && !str_starts(part, S("XMP ")))
            buf_add(&b, part);
        at += n;
    }
    for (int i = 0; i < 4; i++)
        b.ptr[4 + i] = (char)((b.len - 8) >> (8 * i));
    if (str_equal(str_sub(webp, 12, 4), S("VP8X")) && b.len > FLAGS_AT)
        b.ptr[FLAGS_AT] = (char)(b.ptr[FLAGS_AT] & ~(FLAG_EXIF | FLAG_XMP));
    return buf_str(&b);
}

static bool save_webp(struct arena *a, VipsImage *image, const char *path)
{
    void *bytes = NULL;
    size_t n = 0;

    if (vips_webpsave_buffer(image, &bytes, &n, "Q", WEBP_QUALITY, "strip", TRUE, "effort", 3, NULL) != 0)
        return false;
    struct str bare = bare_webp(a, (struct str){bytes, n});
    g_free(bytes);
    return file_write(path, bare) == OK;
}

static bool save_web(struct arena *a, const char *in, const char *out, int width, json_t *files)
{
    VipsImage *image = load_bare(in, width);
    const char *webp = str_z(a, str_format(a, "w%d.webp", width)), *jpeg = str_z(a, str_format(a, "w%d.jpeg", width));

    if (image == NULL)
        return false;
    bool saved = save_webp(a, image, str_z(a, str_format(a, "%s/%s", out, webp)));
    if (saved)
        note(files, webp, image);
    saved = saved && save_jpeg(a, image, out, jpeg, JPEG_QUALITY, files);
    g_object_unref(image);
    return saved;
}

/* A drawing keeps its sharp edges: PNG beside the JPEG. */
static bool save_print(struct arena *a, const char *in, const char *out, enum media_kind kind, json_t *files)
{
    VipsImage *image = load_bare(in, PRINT_WIDTH);

    if (image == NULL)
        return false;
    bool saved = save_jpeg(a, image, out, "print.jpeg", PRINT_QUALITY, files);
    if (saved && (kind == MEDIA_PNG || kind == MEDIA_GIF)) {
        saved = vips_pngsave(image, str_z(a, str_format(a, "%s/print.png", out)), "strip", TRUE, "compression", 6,
                             NULL) == 0;
        if (saved)
            note(files, "print.png", image);
    }
    g_object_unref(image);
    return saved;
}

/* Only the head is read: a bomb is told by what it says it is. */
static const char *measure(const char *in, int *width, int *height)
{
    VipsImage *head = vips_image_new_from_file(in, NULL);

    if (head == NULL)
        return "broken";
    int64_t w = vips_image_get_width(head), h = vips_image_get_height(head);
    bool is_turned = vips_image_get_orientation_swap(head) != 0;
    g_object_unref(head);
    if (w <= 0 || h <= 0)
        return "broken";
    if (w > MAX_SIDE || h > MAX_SIDE || w * h > MAX_PIXELS)
        return "too_large";
    *width = (int)(is_turned ? h : w);
    *height = (int)(is_turned ? w : h);
    return NULL;
}

json_t *convert_picture(struct arena *a, const char *in, const char *out)
{
    enum media_kind kind;
    int width, height;

    if (media_kind_of_file(in, &kind) != OK || !is_taken(kind))
        return refused("unknown");
    if (VIPS_INIT("bantin-convert") != 0)
        return refused("broken");
    vips_cache_set_max(0);
    const char *problem = measure(in, &width, &height);
    if (problem != NULL)
        return refused(problem);
    json_t *files = json_array();
    bool saved = save_print(a, in, out, kind, files);
    for (size_t i = 0; saved && i < countof(widths); i++)
        if (i == 0 || width > widths[i - 1])
            saved = save_web(a, in, out, widths[i], files);
    json_t *report = saved ? json_pack("{s:s, s:i, s:i, s:O}", "kind", media_kind_name(kind), "width", width, "height",
                                       height, "files", files)
                           : refused("broken");
    json_decref(files);
    return report;
}
