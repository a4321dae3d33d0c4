#include "base/files.h"
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err err_of_errno(void)
{
    switch (errno) {
    case ENOENT:
        return E_NOT_FOUND;
    case EACCES:
    case EPERM:
        return E_DENIED;
    case ENOSPC:
    case EDQUOT:
        return E_FULL;
    default:
        return E_IO;
    }
}

static enum err read_all(struct arena *a, int fd, size_t limit, struct str *content)
{
    struct stat st;
    size_t len = 0;

    if (fstat(fd, &st) != 0)
        return err_of_errno();
    if (!S_ISREG(st.st_mode))
        return E_UNSUPPORTED;
    if ((uint64_t)st.st_size > limit)
        return E_TOO_LARGE;
    char *p = arena_alloc(a, (size_t)st.st_size + 1);
    while (len < (size_t)st.st_size) {
        ssize_t got = read(fd, p + len, (size_t)st.st_size - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_of_errno();
        if (got == 0)
            break;
        len += (size_t)got;
    }
    *content = (struct str){p, len};
    return OK;
}

enum err file_read(struct arena *a, const char *path, size_t limit, struct str *content)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_of_errno();
    enum err e = read_all(a, fd, limit, content);
    close(fd);
    return e;
}

static enum err write_all(int fd, struct str content)
{
    while (content.len > 0) {
        ssize_t put = write(fd, content.ptr, content.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_of_errno();
        content = str_skip(content, (size_t)put);
    }
    return fsync(fd) == 0 ? OK : err_of_errno();
}

static enum err sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int n = slash == NULL ? snprintf(folder, sizeof folder, ".")
                          : snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);

    if (n < 0 || (size_t)n >= sizeof folder)
        return E_TOO_LARGE;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_of_errno();
    enum err e = fsync(fd) == 0 ? OK : err_of_errno();
    close(fd);
    return e;
}

enum err file_write(const char *path, struct str content)
{
    char temporary[PATH_MAX];
    int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);

    if (n < 0 || (size_t)n >= sizeof temporary)
        return E_TOO_LARGE;
    int fd = mkstemp(temporary);
    if (fd < 0)
        return err_of_errno();
    enum err e = write_all(fd, content);
    close(fd);
    if (e == OK && rename(temporary, path) != 0)
        e = err_of_errno();
    if (e != OK) {
        unlink(temporary);
        return e;
    }
    return sync_folder_of(path);
}

enum err folder_make(const char *path)
{
    char part[PATH_MAX];
    size_t len = strlen(path);

    if (len == 0 || len >= sizeof part)
        return E_INVALID;
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        char was = part[i];
        part[i] = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return err_of_errno();
        part[i] = was;
    }
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return E_IO;
    return OK;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

enum err folder_remove(const char *path)
{
    if (!file_exists(path))
        return OK;
    return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 ? OK : E_IO;
}

bool file_exists(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}
