/* The pictures, the sound and the video of the demo: medium: file; width; height; milliseconds. A picture's sizes lie
 * beside it in a folder of its name, made by tools/demo_sizes.sh: nobody waits for them, and no converter is needed. */
#include "demo/demo_parts.h"
#include "base/files.h"
#include "media/media_kind.h"
#include "media/media_store.h"

#define SIZES "480,960,1600"

enum { MEDIUM_MAX = 1024 * 1024 };

static enum err number_of(struct str s, int64_t *n)
{
    *n = 0;
    return s.len == 0 ? OK : str_to_int(s, n);
}

/* media/name/ of media/name.jpeg */
static const char *sizes_of(struct arena *a, const char *path)
{
    return str_format(a, "%.*s", (int)(strrchr(path, '.') - path), path).ptr;
}

static enum err store_one(struct arena *a, const char *folder, struct str value, struct demo_medium *m)
{
    struct str p[4], bytes;

    demo_parts(value, p, 4);
    const char *path = str_format(a, "%s/media/%.*s", demo_folder(), STR_ARG(p[0])).ptr;
    TRY(file_read(a, path, MEDIUM_MAX, &bytes));
    enum media_kind kind = media_kind_of_bytes(bytes);
    bool is_picture = media_is_picture(kind);
    *m = (struct demo_medium){
        .name = p[0],
        .kind = is_picture ? S("picture") : media_is_sound(kind) ? S("sound") : S("video"),
        .mime = str_of(media_kind_type(kind)),
        .renditions = is_picture ? S(SIZES) : S(""),
        .bytes = (int64_t)bytes.len,
    };
    TRY(number_of(p[1], &m->width));
    TRY(number_of(p[2], &m->height));
    TRY(number_of(p[3], &m->duration_ms));
    return media_store_add(a, folder, path, is_picture ? sizes_of(a, path) : NULL, &m->hash);
}

enum err demo_store_media(struct arena *a, const char *media_folder, const struct demo_file *organisation,
                          struct demo_medium **media, size_t *count)
{
    struct demo_medium *list = NEW_ARRAY(a, struct demo_medium, organisation->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < organisation->count; i++) {
        if (!str_equal(organisation->lines[i].key, S("medium")))
            continue;
        enum err e = store_one(a, media_folder, organisation->lines[i].value, &list[n]);
        if (e != OK)
            return demo_unknown("medium", organisation->lines[i].value, e);
        n++;
    }
    *media = list;
    *count = n;
    return OK;
}
