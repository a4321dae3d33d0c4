#include "operation/backup.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/log.h"
#include "media/media_store.h"
#include "text/date.h"
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MANIFEST_MAX = 256 * 1024 * 1024, PIECE = 256 * 1024, FORMAT = 1 };

/* --- copying one file ----------------------------------------------------------------------------------------------- */

static enum err err_of_write(void)
{
    return errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO;
}

static enum err copy_bytes(int from, int to)
{
    static _Thread_local char piece[PIECE];
    ssize_t got;

    while ((got = read(from, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return E_IO;
        for (ssize_t done = 0, put; done < got; done += put)
            if ((put = write(to, piece + done, (size_t)(got - done))) < 0)
                return err_of_write();
    }
    return fsync(to) == 0 ? OK : err_of_write();
}

static enum err copy_file(const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    enum err e = in < 0 ? E_NOT_FOUND : out < 0 ? err_of_write() : copy_bytes(in, out);

    if (in >= 0)
        close(in);
    if (out >= 0 && close(out) != 0 && e == OK)
        e = err_of_write();
    return e;
}

/* --- copying a folder ----------------------------------------------------------------------------------------------- */

struct copying {
    struct arena *arena;
    const char *root;    /* of the copy */
    json_t *files;       /* of the manifest; NULL while restoring */
    int64_t count, bytes;
};

static enum err sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return E_IO;
    int rc = fsync(fd);
    close(fd);
    return rc == 0 ? OK : E_IO;
}

static enum err note_file(struct copying *c, const char *path)
{
    struct stat st;
    struct str hash;

    TRY(digest_of_file(c->arena, path, &hash)); /* of the copy, read back */
    if (stat(path, &st) != 0)
        return E_IO;
    c->count++;
    c->bytes += st.st_size;
    if (c->files == NULL)
        return OK;
    json_array_append_new(c->files,
                          json_pack("{s:s, s:s, s:I}", "path", path + strlen(c->root) + 1, "sha256",
                                    str_z(c->arena, hash), "bytes", (json_int_t)st.st_size));
    return OK;
}

static enum err copy_folder(struct copying *c, const char *from, const char *to);

static enum err copy_entry(struct copying *c, const char *from, const char *to)
{
    struct stat st;

    if (lstat(from, &st) != 0)
        return E_NOT_FOUND;
    if (S_ISDIR(st.st_mode))
        return copy_folder(c, from, to);
    if (!S_ISREG(st.st_mode))
        return OK; /* nothing else belongs there */
    TRY(copy_file(from, to));
    return note_file(c, to);
}

static bool is_temporary(const char *name)
{
    return name[0] == '.';
}

static enum err copy_folder(struct copying *c, const char *from, const char *to)
{
    enum err e = folder_make(to);
    DIR *folder = e == OK ? opendir(from) : NULL;

    if (e == OK && folder == NULL)
        return E_IO;
    for (struct dirent *entry; e == OK && (entry = readdir(folder)) != NULL;) {
        if (is_temporary(entry->d_name))
            continue;
        e = copy_entry(c, str_format(c->arena, "%s/%s", from, entry->d_name).ptr,
                       str_format(c->arena, "%s/%s", to, entry->d_name).ptr);
    }
    if (folder != NULL)
        closedir(folder);
    return e == OK ? sync_folder(to) : e;
}

/* --- PostgreSQL's own tools ----------------------------------------------------------------------------------------- */

static enum err run_tool(const char *const argv[])
{
    pid_t child;
    int status;

    if (posix_spawnp(&child, argv[0], NULL, NULL, (char **)(uintptr_t)argv, environ) != 0)
        return E_UNSUPPORTED;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return E_IO;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return E_UNSUPPORTED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OK : E_IO;
}

static enum err dump_database(struct database *database, struct copying *c)
{
    struct str path = str_format(c->arena, "%s/%s", c->root, database_is_postgres(database) ? "bantin.dump" : "bantin.db");

    if (database_is_postgres(database))
        TRY(run_tool((const char *[]){"pg_dump", "--format=custom", "--no-owner", "--file", path.ptr,
                                      database_url(database), NULL}));
    else
        TRY(database_backup(database, path.ptr));
    return note_file(c, path.ptr);
}

/* --- making ---------------------------------------------------------------------------------------------------------- */

static struct str folder_name(struct arena *a)
{
    struct text_moment m = text_moment_of(clock_now());

    return str_format(a, "bantin-%04d%02d%02d-%02d%02d%02d", m.date.year, m.date.month, m.date.day, m.hour, m.minute,
                      m.second);
}

static enum err write_manifest(struct copying *c)
{
    json_t *manifest = json_pack("{s:i, s:I, s:O}", "format", FORMAT, "made_at", (json_int_t)clock_now(), "files", c->files);
    char *text = json_dumps(manifest, JSON_INDENT(1) | JSON_SORT_KEYS);

    json_decref(manifest);
    if (text == NULL)
        abort();
    enum err e = file_write(str_format(c->arena, "%s/manifest.json", c->root).ptr, str_of(text));
    free(text);
    return e;
}

static enum err fill(struct database *database, const char *media_folder, struct copying *c)
{
    TRY(folder_make(c->root));
    TRY(dump_database(database, c));
    if (file_exists(media_folder))
        TRY(copy_folder(c, media_folder, str_format(c->arena, "%s/media", c->root).ptr));
    TRY(write_manifest(c));
    return sync_folder(c->root);
}

enum err backup_make(struct database *database, struct arena *a, const char *media_folder, const char *to,
                     struct backup_result *result)
{
    struct str name = folder_name(a);
    struct str final = str_format(a, "%s/%.*s", to, STR_ARG(name));
    struct str temporary = str_format(a, "%s/.%.*s", to, STR_ARG(name));
    struct copying c = {.arena = a, .root = temporary.ptr, .files = json_array()};

    enum err e = folder_make(to);
    if (e == OK && file_exists(final.ptr))
        e = E_CONFLICT;
    if (e == OK)
        e = fill(database, media_folder, &c);
    json_decref(c.files);
    if (e == OK && rename(temporary.ptr, final.ptr) != 0)
        e = E_IO;
    if (e == OK)
        e = sync_folder(to);
    if (e != OK) {
        IGNORE(folder_remove(temporary.ptr)); /* what is left of it is no backup */
        return e;
    }
    *result = (struct backup_result){final, c.count, c.bytes};
    return OK;
}

/* --- verifying and restoring ----------------------------------------------------------------------------------------- */

/* A path in a manifest stays inside the backup. */
static bool path_is_inside(struct str path)
{
    return path.len > 0 && path.ptr[0] != '/' && !str_contains(path, S(".."));
}

static enum err verify_file(struct arena *a, const char *backup, const json_t *file, struct str *problem)
{
    const char *path = json_string_value(json_object_get(file, "path"));
    const char *expected = json_string_value(json_object_get(file, "sha256"));
    struct str hash;

    if (path == NULL || expected == NULL || !path_is_inside(str_of(path))) {
        *problem = S("manifest.json");
        return E_CORRUPT;
    }
    enum err e = digest_of_file(a, str_format(a, "%s/%s", backup, path).ptr, &hash);
    if (e == OK && str_equal(hash, str_of(expected)))
        return OK;
    *problem = str_copy(a, str_of(path));
    return e == OK || e == E_NOT_FOUND ? E_CORRUPT : e;
}

static enum err verify_files(struct arena *a, const char *backup, const json_t *manifest, struct str *problem)
{
    const json_t *files = json_object_get(manifest, "files"), *file;
    size_t i;

    if (json_integer_value(json_object_get(manifest, "format")) != FORMAT || json_array_size(files) == 0) {
        *problem = S("manifest.json");
        return E_CORRUPT;
    }
    json_array_foreach(files, i, file)
        TRY(verify_file(a, backup, file, problem));
    return OK;
}

enum err backup_verify(struct arena *a, const char *backup, struct str *problem)
{
    struct str text;

    *problem = S("manifest.json");
    enum err e = file_read(a, str_format(a, "%s/manifest.json", backup).ptr, MANIFEST_MAX, &text);
    if (e != OK)
        return e == E_NOT_FOUND ? E_CORRUPT : e;
    json_t *manifest = json_loadb(text.ptr, text.len, 0, NULL);
    e = manifest != NULL ? verify_files(a, backup, manifest, problem) : E_CORRUPT;
    json_decref(manifest);
    return e;
}

static enum err restore_database(struct arena *a, const char *backup, const char *data, const char *url)
{
    struct str dump = str_format(a, "%s/bantin.dump", backup);

    if (url != NULL)
        return file_exists(dump.ptr) ? run_tool((const char *[]){"pg_restore", "--no-owner", "--exit-on-error",
                                                                 "--single-transaction", "--dbname", url, dump.ptr, NULL})
                                     : E_UNSUPPORTED;
    struct str from = str_format(a, "%s/bantin.db", backup), to = str_format(a, "%s/bantin.db", data);
    if (!file_exists(from.ptr))
        return E_UNSUPPORTED;
    struct str temporary = str_format(a, "%s/.bantin.db.restoring", data);
    unlink(temporary.ptr);
    TRY(copy_file(from.ptr, temporary.ptr));
    return rename(temporary.ptr, to.ptr) == 0 ? sync_folder(data) : E_IO;
}

enum err backup_restore(struct arena *a, const char *backup, const char *data, const char *database_url,
                        struct str *problem)
{
    struct copying c = {.arena = a, .root = data};
    struct str media = str_format(a, "%s/media", backup), to = str_format(a, "%s/media", data);

    TRY(backup_verify(a, backup, problem));
    TRY(folder_make(data));
    if (database_url == NULL && file_exists(str_format(a, "%s/bantin.db", data).ptr))
        return E_CONFLICT;
    if (file_exists(media.ptr)) {
        TRY(folder_remove(to.ptr));
        TRY(copy_folder(&c, media.ptr, to.ptr));
    }
    return restore_database(a, backup, data, database_url); /* last: with it the installation is there */
}
