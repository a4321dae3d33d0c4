#include "media/media_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "base/random.h"

static enum err err_of_errno(void)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return E_FULL;
    return errno == ENOENT ? E_NOT_FOUND : E_IO;
}

/* --- hash -------------------------------------------------------------------------------------------------------- */

enum err media_hash_file(struct arena *a, const char *path, struct str *hash)
{
    crypto_hash_sha256_state state;
    unsigned char sum[crypto_hash_sha256_BYTES], block[65536];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t n;

    if (fd < 0)
        return err_of_errno();
    crypto_hash_sha256_init(&state);
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        crypto_hash_sha256_update(&state, block, (size_t)n);
    }
    close(fd);
    if (n < 0)
        return E_IO;
    crypto_hash_sha256_final(&state, sum);
    *hash = str_hex(a, sum, sizeof sum);
    return OK;
}

bool media_hash_is_valid(struct str hash)
{
    if (hash.len != MEDIA_HASH_LETTERS)
        return false;
    for (size_t i = 0; i < hash.len; i++)
        if (!(hash.ptr[i] >= '0' && hash.ptr[i] <= '9') && !(hash.ptr[i] >= 'a' && hash.ptr[i] <= 'f'))
            return false;
    return true;
}

/* --- adding ------------------------------------------------------------------------------------------------------ */

static const char *path_of(struct arena *a, const char *folder, struct str hash)
{
    return str_z(a, str_format(a, "%s/%.2s/%.*s", folder, hash.ptr, (int)hash.len - 2, hash.ptr + 2));
}

static enum err sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return err_of_errno();
    int done = fsync(fd);
    close(fd);
    return done == 0 ? OK : E_IO;
}

static enum err copy_and_sync(int from, int to)
{
    unsigned char block[65536];
    ssize_t n;

    while ((n = read(from, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return E_IO;
        for (ssize_t done = 0; done < n;) {
            ssize_t m = write(to, block + done, (size_t)(n - done));
            if (m < 0 && errno != EINTR)
                return err_of_errno();
            done += m > 0 ? m : 0;
        }
    }
    return fsync(to) == 0 ? OK : err_of_errno();
}

static enum err copy_file(const char *from_path, const char *to_path)
{
    int from = open(from_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (from < 0)
        return err_of_errno();
    int to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0) {
        enum err e = err_of_errno();
        close(from);
        return e;
    }
    enum err e = copy_and_sync(from, to);
    close(from);
    if (close(to) != 0 && e == OK)
        e = err_of_errno();
    return e;
}

static bool is_plain_name(const char *name)
{
    if (name[0] == '.' || name[0] == '\0' || strcmp(name, "original") == 0)
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '.' || *c == '-' || *c == '_'))
            return false;
    return true;
}

/* Every rendition that is not there yet, each under a temporary name first. */
static enum err add_renditions(struct arena *a, const char *renditions, const char *to)
{
    DIR *dir = renditions != NULL ? opendir(renditions) : NULL;
    enum err e = OK;

    if (dir == NULL)
        return renditions == NULL ? OK : err_of_errno();
    for (struct dirent *entry; e == OK && (entry = readdir(dir)) != NULL;) {
        const char *from = str_z(a, str_format(a, "%s/%s", renditions, entry->d_name));
        const char *path = str_z(a, str_format(a, "%s/%s", to, entry->d_name));
        struct stat st;
        if (!is_plain_name(entry->d_name) || lstat(from, &st) != 0 || !S_ISREG(st.st_mode) || file_exists(path))
            continue;
        struct str token = random_token(a);
        const char *temporary = str_z(a, str_format(a, "%s/.new-%.*s", to, STR_ARG(token)));
        e = copy_file(from, temporary);
        if (e == OK && rename(temporary, path) != 0)
            e = err_of_errno();
        if (e != OK)
            unlink(temporary);
    }
    closedir(dir);
    return e != OK ? e : sync_folder(to);
}

/* The medium is made whole in a folder of a temporary name, which then gets the right one. */
static enum err add_new(struct arena *a, const char *folder, const char *original, const char *renditions,
                        const char *path)
{
    const char *parent = str_z(a, str_range(path, strrchr(path, '/')));
    struct str token = random_token(a);
    const char *temporary = str_z(a, str_format(a, "%s/.new-%.*s", folder, STR_ARG(token)));

    TRY(folder_make(parent));
    TRY(folder_make(temporary));
    enum err e = copy_file(original, str_z(a, str_format(a, "%s/original", temporary)));
    if (e == OK)
        e = add_renditions(a, renditions, temporary);
    if (e == OK)
        e = sync_folder(temporary);
    if (e == OK && rename(temporary, path) != 0 && errno != EEXIST && errno != ENOTEMPTY)
        e = err_of_errno();
    if (file_exists(temporary))
        IGNORE(folder_remove(temporary)); /* somebody was first, or it failed: what is left is only a copy */
    TRY(e);
    TRY(sync_folder(parent));
    return sync_folder(folder);
}

enum err media_store_add(struct arena *a, const char *folder, const char *original, const char *renditions,
                         struct str *hash)
{
    struct str got, stored;

    TRY(media_hash_file(a, original, &got));
    const char *path = path_of(a, folder, got);
    if (file_exists(path)) {
        TRY(add_renditions(a, renditions, path));
        *hash = got;
        return OK;
    }
    TRY(folder_make(folder));
    TRY(add_new(a, folder, original, renditions, path));
    /* Read back: a disk that lies is found now and not in ten years. */
    TRY(media_hash_file(a, str_z(a, str_format(a, "%s/original", path)), &stored));
    if (!str_equal(stored, got))
        return E_CORRUPT;
    *hash = got;
    return OK;
}

enum err media_store_find(struct arena *a, const char *folder, struct str hash, const char *part, const char **path)
{
    if (!media_hash_is_valid(hash) || (strcmp(part, "original") != 0 && !is_plain_name(part)))
        return E_NOT_FOUND;
    const char *found = str_z(a, str_format(a, "%s/%s", path_of(a, folder, hash), part));
    if (!file_exists(found))
        return E_NOT_FOUND;
    *path = found;
    return OK;
}

enum err media_store_remove(struct arena *a, const char *folder, struct str hash)
{
    if (!media_hash_is_valid(hash))
        return E_INVALID;
    /* Out of the way in one step, so that a crash leaves it whole or gone. */
    struct str token = random_token(a);
    const char *away = str_z(a, str_format(a, "%s/.old-%.*s", folder, STR_ARG(token)));
    if (rename(path_of(a, folder, hash), away) != 0)
        return errno == ENOENT ? OK : err_of_errno();
    return folder_remove(away);
}

/* --- checking ---------------------------------------------------------------------------------------------------- */

struct hashes {
    struct arena *arena;
    struct str *list;
    size_t n, cap;
};

static void hashes_add(struct hashes *hashes, struct str hash)
{
    if (hashes->n == hashes->cap) {
        size_t cap = hashes->cap == 0 ? 64 : hashes->cap * 2;
        hashes->list =
            arena_grow(hashes->arena, hashes->list, hashes->cap * sizeof *hashes->list, cap * sizeof *hashes->list);
        hashes->cap = cap;
    }
    hashes->list[hashes->n++] = hash;
}

static int by_bytes(const void *x, const void *y)
{
    return str_compare(*(const struct str *)x, *(const struct str *)y);
}

static bool is_in(const struct str *sorted, size_t n, struct str hash)
{
    return n > 0 && bsearch(&hash, sorted, n, sizeof *sorted, by_bytes) != NULL;
}

/* What a crash left half made; an hour is more than anybody takes to make one. */
static bool is_left_over(const char *name, const char *path)
{
    struct stat st;

    return (strncmp(name, ".new-", 5) == 0 || strncmp(name, ".old-", 5) == 0) && stat(path, &st) == 0 &&
           st.st_mtime < clock_now() - 3600;
}

/* All media of the store; left-overs are removed on the way. */
static enum err list_stored(struct arena *a, const char *folder, struct hashes *stored)
{
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return errno == ENOENT ? OK : err_of_errno();
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        const char *path = str_z(a, str_format(a, "%s/%s", folder, entry->d_name));
        if (is_left_over(entry->d_name, path))
            IGNORE(folder_remove(path)); /* next time then */
        if (strlen(entry->d_name) != 2 || entry->d_name[0] == '.')
            continue;
        DIR *inner = opendir(path);
        for (struct dirent *one; inner != NULL && (one = readdir(inner)) != NULL;) {
            struct str hash = str_format(a, "%s%s", entry->d_name, one->d_name);
            if (media_hash_is_valid(hash))
                hashes_add(stored, hash);
        }
        if (inner != NULL)
            closedir(inner);
    }
    closedir(dir);
    if (stored->n > 0)
        qsort(stored->list, stored->n, sizeof *stored->list, by_bytes);
    return OK;
}

enum err media_store_check(struct arena *a, const char *folder, const struct str *known, size_t known_count,
                           struct media_check *check)
{
    struct hashes stored = {.arena = a}, corrupt = {.arena = a}, missing = {.arena = a}, orphans = {.arena = a};
    struct str *sorted = NEW_ARRAY(a, struct str, known_count + 1);
    struct media_check got = {0};

    TRY(list_stored(a, folder, &stored));
    for (size_t i = 0; i < known_count; i++)
        sorted[i] = known[i];
    qsort(sorted, known_count, sizeof *sorted, by_bytes);
    for (size_t i = 0; i < stored.n; i++) {
        const char *path = str_z(a, str_format(a, "%s/original", path_of(a, folder, stored.list[i])));
        struct str hash;
        struct stat st;
        if (media_hash_file(a, path, &hash) != OK || !str_equal(hash, stored.list[i]))
            hashes_add(&corrupt, stored.list[i]);
        if (!is_in(sorted, known_count, stored.list[i]))
            hashes_add(&orphans, stored.list[i]);
        got.count++;
        got.bytes += stat(path, &st) == 0 ? (size_t)st.st_size : 0;
    }
    for (size_t i = 0; i < known_count; i++)
        if ((i == 0 || !str_equal(sorted[i], sorted[i - 1])) && !is_in(stored.list, stored.n, sorted[i]))
            hashes_add(&missing, sorted[i]);
    got.corrupt = corrupt.list, got.corrupt_count = corrupt.n;
    got.missing = missing.list, got.missing_count = missing.n;
    got.orphans = orphans.list, got.orphan_count = orphans.n;
    *check = got;
    return OK;
}
