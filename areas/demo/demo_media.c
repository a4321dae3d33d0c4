/* The pictures, the sound and the video of the demo: medium: file; width; height; milliseconds. */
#include "demo/demo_parts.h"
#include "base/files.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "media/media_kind.h"
#include "media/media_store.h"
#include "media/media_take.h"
#include "site/site.h"

enum { MEDIUM_MAX = 1024 * 1024 };

static enum err number_of(struct str s, int64_t *n)
{
    *n = 0;
    return s.len == 0 ? OK : str_to_int(s, n);
}

static enum err store_one(struct arena *a, const char *folder, struct str value, struct demo_medium *m)
{
    struct str p[4], bytes;

    demo_parts(value, p, 4);
    const char *path = str_format(a, "%s/media/%.*s", demo_folder(), STR_ARG(p[0])).ptr;
    TRY(file_read(a, path, MEDIUM_MAX, &bytes));
    enum media_kind kind = media_kind_of_bytes(bytes);
    *m = (struct demo_medium){
        .name = p[0],
        .kind = media_is_picture(kind) ? S("picture") : media_is_sound(kind) ? S("sound") : S("video"),
        .mime = str_of(media_kind_type(kind)),
        .renditions = S(""),
        .bytes = (int64_t)bytes.len,
    };
    TRY(number_of(p[1], &m->width));
    TRY(number_of(p[2], &m->height));
    TRY(number_of(p[3], &m->duration_ms));
    return media_store_add(a, folder, path, NULL, &m->hash);
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

/* --- the sizes, made once the program serves ------------------------------------------------------------------------ */

static bool is_width(struct str name, struct str *width)
{
    *width = str_sub(name, 1, name.len > 6 ? name.len - 6 : 0);
    return str_starts(name, S("w")) && str_ends(name, S(".webp"));
}

/* "480,960,1600" */
static struct str widths_of(struct arena *a, const struct media_taken *taken)
{
    struct buf b = buf_in(a);
    struct str width;

    for (size_t i = 0; i < taken->rendition_count; i++) {
        if (!is_width(taken->renditions[i].name, &width))
            continue;
        if (b.len > 0)
            buf_add_char(&b, ',');
        buf_add(&b, width);
    }
    return buf_str(&b);
}

/* A machine that cannot convert shows the originals, which are small. */
static enum err make_sizes(struct job_context *job)
{
    const char *folder = site_folders(job->user)->media, *path;
    struct media_taken taken;
    const struct principal *program = &the_program_itself;

    enum err e = media_store_find(job->arena, folder, job->payload, "original", &path);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(media_take(job->arena, &(struct media_options){.store = folder}, path, &taken));
    if (taken.problem != MEDIA_FINE) {
        log_event(LOG_WARN, "demo.picture", "problem=%s", media_problem_name(taken.problem));
        return OK;
    }
    struct str widths = widths_of(job->arena, &taken);
    return WRITE(job->database, job->arena, program, q_demo_media_set_sizes(tx, taken.hash, widths));
}

void demo_start(void)
{
    job_kind(DEMO_PICTURE_JOB, make_sizes);
}
