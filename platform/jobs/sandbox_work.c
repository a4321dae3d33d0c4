#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/files.h"
#include "jobs/sandbox_parts.h"

static void remove_work(void *path)
{
    /* A folder that cannot be removed lies in the system's temporary place and does no harm. */
    IGNORE(folder_remove(path));
}

static enum err err_of_errno(void)
{
    if (errno == ENOSPC || errno == EDQUOT)
        return E_FULL;
    return errno == ENOENT ? E_NOT_FOUND : E_IO;
}

static enum err copy_bytes(int from, int to)
{
    char block[65536];

    for (;;) {
        ssize_t n = copy_file_range(from, NULL, to, NULL, 1 << 30, 0);
        if (n == 0)
            break;
        if (n < 0)
            break; /* not between these file systems: by hand, below */
    }
    for (;;) {
        ssize_t n = read(from, block, sizeof block);
        if (n == 0)
            return OK;
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
}

static enum err copy_in(struct arena *a, const char *work, const struct sandbox_file *file)
{
    if (strchr(file->name, '/') != NULL || file->name[0] == '.' || file->name[0] == '\0')
        return E_INVALID;
    int from = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (from < 0)
        return err_of_errno();
    const char *path = str_format(a, "%s/in/%s%c", work, file->name, 0).ptr;
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (to < 0) {
        enum err e = err_of_errno();
        close(from);
        return e;
    }
    enum err e = copy_bytes(from, to);
    close(from);
    if (fchmod(to, 0444) != 0 || close(to) != 0)
        e = e != OK ? e : E_IO;
    return e;
}

static enum err make_folder(struct arena *a, const char *work, const char *name, mode_t mode)
{
    const char *path = str_format(a, "%s/%s%c", work, name, 0).ptr;

    if (mkdir(path, mode) != 0 || chmod(path, mode) != 0)
        return err_of_errno();
    if (geteuid() == 0 && mode == 0700 && chown(path, SANDBOX_UID, SANDBOX_UID) != 0)
        return err_of_errno();
    return OK;
}

enum err sandbox_work_make(struct arena *a, const struct sandbox_job *job, const char **work)
{
    const char *base = getenv("TMPDIR");
    char *path;

    if (base == NULL || base[0] != '/')
        base = "/tmp";
    path = str_z(a, str_format(a, "%s/bantin-job-XXXXXX", base));
    if (mkdtemp(path) == NULL)
        return err_of_errno();
    arena_defer(a, remove_work, path);
    if (geteuid() == 0 && (chmod(path, 0711) != 0))
        return err_of_errno();
    TRY(make_folder(a, path, "in", 0755));
    TRY(make_folder(a, path, "out", 0700));
    TRY(make_folder(a, path, "tmp", 0700));
    for (size_t i = 0; i < job->in_count; i++)
        TRY(copy_in(a, path, &job->in[i]));
    *work = path;
    return OK;
}

struct tally {
    size_t bytes, files;
};

static void tally_folder(int parent, const char *name, struct tally *sum, int depth)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;

    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(folder)) != NULL && sum->files <= SANDBOX_MAX_FILES) {
        struct stat st;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        sum->files++;
        if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(st.st_mode))
            sum->bytes += (size_t)st.st_blocks * 512;
        else if (S_ISDIR(st.st_mode) && depth < 32)
            tally_folder(fd, entry->d_name, sum, depth + 1);
        else if (S_ISDIR(st.st_mode))
            sum->files = SANDBOX_MAX_FILES + 1; /* nested beyond sense: over */
    }
    closedir(folder);
}

bool sandbox_work_is_over(const char *work, size_t limit)
{
    struct tally sum = {0, 0};
    int fd = open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return true;
    tally_folder(fd, "out", &sum, 0);
    tally_folder(fd, "tmp", &sum, 0);
    close(fd);
    return sum.bytes > limit + limit / 8 || sum.files > SANDBOX_MAX_FILES;
}

static void sweep_folder(int parent, const char *name, int depth)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;

    if (folder == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(folder)) != NULL) {
        struct stat st;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < 32)
            sweep_folder(fd, entry->d_name, depth + 1);
        else if (!S_ISREG(st.st_mode) || st.st_nlink > 1)
            unlinkat(fd, entry->d_name, 0);
    }
    closedir(folder);
}

void sandbox_work_sweep(const char *work)
{
    int fd = open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    sweep_folder(fd, "out", 0);
    close(fd);
}
