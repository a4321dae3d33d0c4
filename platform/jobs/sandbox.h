/* Running a converter on a stranger's file: a child process that can read the system's programs, its input and nothing
 * else, can write one folder, has no network, cannot start processes, and is gone after its time.
 *
 * bubblewrap where it works; else Landlock and seccomp; else the job is refused with E_UNSUPPORTED: never open. Where
 * the server is root the child is `nobody`. The child works in a folder of its own: its inputs are `in/NAME`, what it
 * writes to `out/` is there for the caller afterwards, `tmp/` is its home; an argument may hold "{work}" for that
 * folder's absolute path. The folder belongs to the arena and is removed with it. Any thread; the call blocks. */
#ifndef BANTIN_SANDBOX_H
#define BANTIN_SANDBOX_H

#include "base/base.h"

enum sandbox_kind { SANDBOX_NONE, SANDBOX_LANDLOCK, SANDBOX_BUBBLEWRAP };

enum sandbox_end {
    SANDBOX_EXITED,  /* by itself, with `exit_code` */
    SANDBOX_CRASHED, /* by a signal of its own making: out of memory, a fault */
    SANDBOX_TIME,    /* killed: wall clock or processor time */
    SANDBOX_OUTPUT,  /* killed: wrote more than it may */
};

struct sandbox_file {
    const char *path; /* outside */
    const char *name; /* in/NAME inside: one plain component */
};

struct sandbox_job {
    const char *const *argv; /* ends with NULL; argv[0] absolute */
    const struct sandbox_file *in;
    size_t in_count;
    int wall_ms;
    size_t memory_bytes; /* address space of the process; 0: no limit */
    size_t output_bytes; /* of all files in out/ and tmp/ together */
    size_t stdout_bytes; /* more ends the job as SANDBOX_OUTPUT */
    bool processes;      /* may start some, and talk to them by local sockets: only bubblewrap can hold that */
};

struct sandbox_result {
    enum sandbox_end end;
    int exit_code;
    struct str output;    /* standard output */
    struct str complaint; /* the last 4 KB of standard error, for the log */
    const char *out;      /* path of out/: only plain files and folders are left in it */
};

/* E_UNSUPPORTED: no sandbox on this machine, or the program is not installed; E_FULL, E_IO: the folder could not be
 * made. How the child ended is not an error of this call. */
enum err sandbox_run(struct arena *a, const struct sandbox_job *job, struct sandbox_result *result);

/* Which one is in use, found out by running one (once). For /healthz and the administrator's page. */
enum sandbox_kind sandbox_kind(void);
const char *sandbox_kind_name(enum sandbox_kind kind);

/* For tests: use this kind from now on. */
void sandbox_force(enum sandbox_kind kind);
#endif
