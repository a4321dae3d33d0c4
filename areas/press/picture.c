/* JPEG files go into the PDF as they are; PNG files are decoded. */
#include "press/draw.h"
#include "base/files.h"

enum { PICTURE_BYTES = 64 * 1024 * 1024, STAND_IN = 8 };

/* The size of a JPEG from its frame header; false when it is not one. */
static bool jpeg_size(struct str file, int *width, int *height)
{
    const unsigned char *b = (const unsigned char *)file.ptr;
    size_t at = 2;

    if (file.len < 4 || b[0] != 0xff || b[1] != 0xd8)
        return false;
    while (at + 9 < file.len && b[at] == 0xff) {
        unsigned kind = b[at + 1];
        size_t len = (size_t)b[at + 2] << 8 | b[at + 3];
        if (kind == 0xff) {
            at++;
            continue;
        }
        if (kind >= 0xc0 && kind <= 0xcf && kind != 0xc4 && kind != 0xc8 && kind != 0xcc) {
            *height = b[at + 5] << 8 | b[at + 6];
            *width = b[at + 7] << 8 | b[at + 8];
            return *width > 0 && *height > 0;
        }
        at += 2 + len;
    }
    return false;
}

bool picture_is_whole(const struct press_picture *p)
{
    struct arena *a = arena_new(0);
    struct str file;
    int width, height;
    bool whole = file_read(a, p->path, PICTURE_BYTES, &file) == OK;

    if (whole && str_equal(p->mime, S("image/jpeg")))
        whole = jpeg_size(file, &width, &height);
    else
        whole =
            whole && str_equal(p->mime, S("image/png")) && str_starts(file, S("\x89PNG\r\n\x1a\n")) && file.len > 57;
    arena_free(a);
    return whole;
}

static void name_picture(cairo_surface_t *surface, const char *path)
{
    size_t n = strlen(path);
    char *name = malloc(n);

    if (name == NULL)
        return;
    memcpy(name, path, n);
    /* One name, one object: a picture shown twice is in the file once. */
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_UNIQUE_ID, (unsigned char *)name, n, free, name) !=
        CAIRO_STATUS_SUCCESS)
        free(name);
}

/* Cairo copies the pixels of a surface even where it will write the JPEG instead. A stand-in of a few pixels carries
 * the file just as well: what is drawn is scaled to its place whatever the size of the surface. */
static cairo_surface_t *open_jpeg(struct str file, int *width, int *height)
{
    unsigned char *copy;
    cairo_surface_t *surface;

    if (!jpeg_size(file, width, height) || (copy = malloc(file.len)) == NULL)
        return NULL;
    memcpy(copy, file.ptr, file.len);
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, STAND_IN, STAND_IN);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, copy, file.len, free, copy) == CAIRO_STATUS_SUCCESS)
        return surface;
    free(copy);
    cairo_surface_destroy(surface);
    return NULL;
}

static cairo_surface_t *open_png(const char *path, int *width, int *height)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);

    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        *width = cairo_image_surface_get_width(surface);
        *height = cairo_image_surface_get_height(surface);
        return surface;
    }
    cairo_surface_destroy(surface);
    return NULL;
}

static cairo_surface_t *open_picture(const struct press_picture *p, int *width, int *height)
{
    cairo_surface_t *surface = NULL;
    struct arena *a;
    struct str file;

    if (str_equal(p->mime, S("image/png")))
        return open_png(p->path, width, height);
    a = arena_new(0);
    if (str_equal(p->mime, S("image/jpeg")) && file_read(a, p->path, PICTURE_BYTES, &file) == OK)
        surface = open_jpeg(file, width, height);
    arena_free(a);
    return surface;
}

bool draw_picture(struct drawing *d, const struct press_picture *p, double x, double y, double width, double height,
                  bool crop)
{
    int w, h;
    cairo_surface_t *surface = open_picture(p, &w, &h);

    if (surface == NULL)
        return false;
    name_picture(surface, p->path);
    double sx = width / w, sy = height / h;
    if (crop)
        sx = sy = sx > sy ? sx : sy;
    cairo_save(d->cr);
    cairo_rectangle(d->cr, x, y, width, height);
    cairo_clip(d->cr);
    cairo_translate(d->cr, x + (width - sx * w) / 2, y + (height - sy * h) / 2);
    cairo_scale(d->cr, sx * w / cairo_image_surface_get_width(surface),
                sy * h / cairo_image_surface_get_height(surface));
    cairo_set_source_surface(d->cr, surface, 0, 0);
    cairo_paint(d->cr);
    cairo_restore(d->cr);
    cairo_surface_destroy(surface);
    return true;
}
