#include "media/media_take.h"

#include <jansson.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/files.h"
#include "jobs/sandbox.h"
#include "media/media_store.h"

enum { PICTURE_MS = 30000, PROBE_MS = 10000 };

static const size_t MAX_PICTURE = (size_t)64 << 20, MAX_OTHER = (size_t)2 << 30, MAX_PROBED = (size_t)512 << 20,
                    PICTURE_MEMORY = (size_t)1536 << 20, PROBE_MEMORY = (size_t)1 << 30;

const char *media_find_helper(struct arena *a)
{
    const char *named = getenv("BANTIN_CONVERT");
    char path[PATH_MAX];

    if (named != NULL)
        return named;
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0)
        return "/usr/bin/bantin-convert";
    path[n] = '\0';
    return str_z(a, str_format(a, "%.*s/bantin-convert", (int)(strrchr(path, '/') - path), path));
}

static enum media_problem problem_of_end(enum err e, const struct sandbox_result *ran)
{
    if (e == E_UNSUPPORTED)
        return sandbox_kind() == SANDBOX_NONE ? MEDIA_NO_SANDBOX : MEDIA_NO_CONVERTER;
    if (ran->end == SANDBOX_TIME)
        return MEDIA_TIME_OUT;
    if (ran->end == SANDBOX_OUTPUT)
        return MEDIA_TOO_LARGE;
    return ran->end == SANDBOX_EXITED && ran->exit_code == 0 ? MEDIA_FINE : MEDIA_BROKEN;
}

/* --- pictures ---------------------------------------------------------------------------------------------------- */

static enum media_problem problem_of_name(const char *name)
{
    if (strcmp(name, "too_large") == 0)
        return MEDIA_TOO_LARGE;
    return strcmp(name, "unknown") == 0 ? MEDIA_NOT_TAKEN : MEDIA_BROKEN;
}

/* What the helper says about its work is checked against the files that are there. */
static void read_report(struct arena *a, struct str json, const char *out, struct media_taken *taken)
{
    json_error_t error;
    json_t *root = json_loadb(json.ptr, json.len, 0, &error), *file;
    const char *problem = json_string_value(json_object_get(root, "problem"));
    size_t i;

    taken->problem = root == NULL ? MEDIA_BROKEN : problem != NULL ? problem_of_name(problem) : MEDIA_FINE;
    taken->width = (int)json_integer_value(json_object_get(root, "width"));
    taken->height = (int)json_integer_value(json_object_get(root, "height"));
    json_array_foreach(json_object_get(root, "files"), i, file)
    {
        const char *name = json_string_value(json_object_get(file, "name"));
        enum media_kind kind;
        if (name == NULL || strchr(name, '/') != NULL || taken->rendition_count == MEDIA_MAX_RENDITIONS)
            continue;
        if (media_kind_of_file(str_z(a, str_format(a, "%s/%s", out, name)), &kind) != OK || !media_is_picture(kind)) {
            taken->problem = MEDIA_BROKEN;
            continue;
        }
        taken->renditions[taken->rendition_count++] =
            (struct media_rendition){str_copy(a, str_of(name)), (int)json_integer_value(json_object_get(file, "width")),
                                     (int)json_integer_value(json_object_get(file, "height"))};
    }
    if (taken->problem == MEDIA_FINE && (taken->rendition_count == 0 || taken->width <= 0 || taken->height <= 0))
        taken->problem = MEDIA_BROKEN;
    json_decref(root);
}

static enum err take_picture(struct arena *a, const char *helper, const char *path, struct media_taken *taken,
                             const char **out)
{
    const char *argv[] = {helper, "picture", "in/picture", "out", NULL};
    struct sandbox_file in = {path, "picture"};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = PICTURE_MS,
                              .memory_bytes = PICTURE_MEMORY,
                              .output_bytes = (size_t)64 << 20,
                              .stdout_bytes = 1 << 16};
    struct sandbox_result ran = {0};

    enum err e = sandbox_run(a, &job, &ran);
    if (e != OK && e != E_UNSUPPORTED)
        return e;
    taken->problem = problem_of_end(e, &ran);
    if (taken->problem == MEDIA_FINE)
        read_report(a, ran.output, ran.out, taken);
    *out = ran.out;
    return OK;
}

/* --- sound and video --------------------------------------------------------------------------------------------- */

/* By ffprobe where it is installed; nothing depends on it but what is shown beside the player. */
static enum err probe_duration(struct arena *a, const char *path, struct media_taken *taken)
{
    static const char *const argv[] = {"/usr/bin/ffprobe",
                                       "-v",
                                       "error",
                                       "-show_entries",
                                       "format=duration",
                                       "-of",
                                       "default=nokey=1:noprint_wrappers=1",
                                       "in/medium",
                                       NULL};
    struct sandbox_file in = {path, "medium"};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = PROBE_MS,
                              .memory_bytes = PROBE_MEMORY,
                              .output_bytes = 1 << 20,
                              .stdout_bytes = 1 << 16};
    struct sandbox_result ran = {0};

    if (taken->bytes > MAX_PROBED)
        return OK;
    enum err e = sandbox_run(a, &job, &ran);
    if (e == E_UNSUPPORTED)
        return OK;
    TRY(e);
    if (ran.end == SANDBOX_TIME)
        return OK;
    if (ran.end != SANDBOX_EXITED || ran.exit_code != 0) {
        taken->problem = MEDIA_BROKEN;
        return OK;
    }
    double seconds = strtod(str_z(a, str_trim(ran.output)), NULL);
    if (seconds > 0 && seconds < 1e7)
        taken->duration_ms = (int64_t)(seconds * 1000);
    return OK;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

enum err media_take(struct arena *a, const struct media_options *options, const char *path, struct media_taken *taken)
{
    struct media_taken got = {0};
    const char *renditions = NULL;
    struct stat st;

    if (stat(path, &st) != 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    got.bytes = (size_t)st.st_size;
    TRY(media_kind_of_file(path, &got.kind));
    size_t limit = options->max_bytes > 0 ? options->max_bytes : media_is_picture(got.kind) ? MAX_PICTURE : MAX_OTHER;
    if (st.st_size == 0)
        got.problem = MEDIA_EMPTY;
    else if (got.kind == MEDIA_UNKNOWN)
        got.problem = MEDIA_NOT_TAKEN;
    else if (got.bytes > limit)
        got.problem = MEDIA_TOO_LARGE;
    else if (media_is_picture(got.kind))
        TRY(take_picture(a, options->helper != NULL ? options->helper : media_find_helper(a), path, &got, &renditions));
    else
        TRY(probe_duration(a, path, &got));
    if (got.problem == MEDIA_FINE)
        TRY(media_store_add(a, options->store, path, renditions, &got.hash));
    *taken = got;
    return OK;
}

const char *media_problem_name(enum media_problem problem)
{
    static const char *const names[] = {"fine",      "empty",    "not_taken",    "broken",
                                        "too_large", "time_out", "no_converter", "no_sandbox"};

    return names[problem];
}
