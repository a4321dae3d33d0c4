/* What the files of the sandbox share; nobody else includes it. */
#ifndef BANTIN_SANDBOX_PARTS_H
#define BANTIN_SANDBOX_PARTS_H

#include <linux/filter.h>
#include "jobs/sandbox.h"

enum { SANDBOX_UID = 65534, SANDBOX_MAX_TASKS = 96, SANDBOX_MAX_FILES = 4000 };

/* A child about to start: everything that needs allocation or privileges was done before the fork. */
struct sandbox_child {
    const char *work; /* the folder, absolute */
    char **argv, **envp;
    int filter_fd;            /* the seccomp program, for bubblewrap */
    struct sock_fprog filter; /* the same, for our own use */
    int rules_fd;             /* the Landlock rules */
    int program_fd;
    int stdout_fd, stderr_fd;
    size_t memory_bytes, output_bytes;
    int cpu_seconds;
};

/* The folder with in/, out/ and tmp/, inputs copied; removed with the arena. */
enum err sandbox_work_make(struct arena *a, const struct sandbox_job *job, const char **work);
/* Whether out/ and tmp/ together are over the limit in bytes or in files. */
bool sandbox_work_is_over(const char *work, size_t limit);
/* Leaves only plain files and folders in out/, so that no link leads the caller elsewhere. */
void sandbox_work_sweep(const char *work);

/* The system calls that no converter needs. */
enum err sandbox_filter_make(struct arena *a, bool processes, struct sandbox_child *child);

enum err sandbox_bubblewrap_prepare(struct arena *a, const struct sandbox_job *job, struct sandbox_child *child);
NO_RETURN void sandbox_bubblewrap_exec(const struct sandbox_child *child);
enum err sandbox_landlock_prepare(struct arena *a, const struct sandbox_job *job, struct sandbox_child *child);
NO_RETURN void sandbox_landlock_exec(const struct sandbox_child *child);

/* The job's arguments with "{work}" replaced, copied after the first `n` of the list. */
char **sandbox_arguments(struct arena *a, const struct sandbox_job *job, const char *work, const char *const *before,
                         size_t n);
char **sandbox_environment(struct arena *a, const char *work);
#endif
