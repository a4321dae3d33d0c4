#include "jobs/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "jobs/sandbox_parts.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* its shadow memory is terabytes of address space: no limit can be set on that */
#else
#define SANITIZED 0
#endif

enum { COMPLAINT_BYTES = 4096, LOOK_MS = 50, GRACE_MS = 2000 };

/* --- what the child gets -------------------------------------------------------------------------------------- */

char **sandbox_arguments(struct arena *a, const struct sandbox_job *job, const char *work, const char *const *before,
                         size_t n)
{
    size_t count = 0;

    while (job->argv[count] != NULL)
        count++;
    char **argv = NEW_ARRAY(a, char *, n + count + 1);
    for (size_t i = 0; i < n; i++)
        argv[i] = str_z(a, str_of(before[i]));
    for (size_t i = 0; i < count; i++)
        argv[n + i] = str_z(a, str_replace(a, str_of(job->argv[i]), S("{work}"), str_of(work)));
    return argv;
}

char **sandbox_environment(struct arena *a, const char *work)
{
    char **envp = NEW_ARRAY(a, char *, 8);

    envp[0] = str_z(a, S("PATH=/usr/bin:/bin"));
    envp[1] = str_z(a, S("LC_ALL=C.UTF-8"));
    envp[2] = str_z(a, str_format(a, "HOME=%s/tmp", work));
    envp[3] = str_z(a, str_format(a, "TMPDIR=%s/tmp", work));
    envp[4] = str_z(a, S("VIPS_CONCURRENCY=2"));
    if (SANITIZED)
        envp[5] = str_z(a, S("ASAN_OPTIONS=detect_leaks=0"));
    return envp;
}

static void limit(int what, rlim_t most)
{
    struct rlimit both = {most, most};

    if (setrlimit((__rlimit_resource_t)what, &both) != 0)
        _exit(126);
}

/* After the fork and before the exec: only calls that are safe there. */
NO_RETURN static void child_start(const struct sandbox_child *child, enum sandbox_kind kind)
{
    sigset_t none;

    for (int i = 1; i < 32; i++)
        if (i != SIGKILL && i != SIGSTOP)
            signal(i, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || dup2(null, 0) != 0 || dup2(child->stdout_fd, 1) != 1 || dup2(child->stderr_fd, 2) != 2)
        _exit(126);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 256);
    limit(RLIMIT_CPU, (rlim_t)child->cpu_seconds);
    limit(RLIMIT_FSIZE, child->output_bytes);
    if (child->memory_bytes > 0 && !SANITIZED)
        limit(RLIMIT_AS, child->memory_bytes);
    umask(0077);
    if (kind == SANDBOX_BUBBLEWRAP)
        sandbox_bubblewrap_exec(child);
    sandbox_landlock_exec(child);
}

/* --- watching it ---------------------------------------------------------------------------------------------- */

struct watch {
    pid_t pid;
    int pid_fd, out_fd, err_fd;
    struct buf out, err;
    size_t out_limit;
    bool over;
};

static void kill_all(struct watch *w)
{
    /* bubblewrap's first process takes its whole namespace with it; without it the group is all there can be. */
    kill(-w->pid, SIGKILL);
    kill(w->pid, SIGKILL);
}

/* Reads what is there; closes at the end. */
static void read_some(struct watch *w, int *fd, struct buf *to, bool is_output)
{
    char block[65536];
    ssize_t n = read(*fd, block, sizeof block);

    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        close(*fd);
        *fd = -1;
        return;
    }
    if (is_output && to->len + (size_t)n > w->out_limit) {
        w->over = true;
        return;
    }
    if (!is_output && to->len + (size_t)n > 16 * COMPLAINT_BYTES)
        to->len = 0; /* only the end is of interest, and a flood must not fill the arena */
    buf_add(to, (struct str){block, (size_t)n});
}

/* One look at the pipes; true when the child is dead and both are closed. */
static bool look(struct watch *w, int ms)
{
    struct pollfd fds[3] = {{w->out_fd, POLLIN, 0}, {w->err_fd, POLLIN, 0}, {w->pid_fd, POLLIN, 0}};

    if (poll(fds, 3, ms) <= 0)
        return false;
    if (fds[0].revents != 0)
        read_some(w, &w->out_fd, &w->out, true);
    if (fds[1].revents != 0)
        read_some(w, &w->err_fd, &w->err, false);
    if (fds[2].revents != 0 && w->out_fd >= 0 && w->err_fd >= 0 && fds[0].revents == 0 && fds[1].revents == 0)
        return true; /* dead, and whoever still holds the pipes says nothing */
    return fds[2].revents != 0 && w->out_fd < 0 && w->err_fd < 0;
}

static enum sandbox_end watch_child(struct watch *w, const struct sandbox_job *job, const char *work)
{
    int64_t end = clock_monotonic_ms() + job->wall_ms, next_look = clock_monotonic_ms() + LOOK_MS;

    while (!look(w, LOOK_MS)) {
        int64_t now = clock_monotonic_ms();

        if (w->over)
            return kill_all(w), SANDBOX_OUTPUT;
        if (now >= end)
            return kill_all(w), SANDBOX_TIME;
        if (now < next_look)
            continue;
        next_look = now + LOOK_MS;
        if (sandbox_work_is_over(work, job->output_bytes))
            return kill_all(w), SANDBOX_OUTPUT;
    }
    return SANDBOX_EXITED;
}

/* Waits until all that held our pipes is gone, so that nobody writes into the folder any more. */
static int reap(struct watch *w)
{
    int64_t end = clock_monotonic_ms() + GRACE_MS;
    int status = 0;

    while ((w->out_fd >= 0 || w->err_fd >= 0) && clock_monotonic_ms() < end) {
        w->over = false;
        w->out_limit = w->out.len > w->out_limit ? w->out.len : w->out_limit;
        if (look(w, LOOK_MS))
            break;
        if (w->over)
            w->out.len = 0;
    }
    if (w->out_fd >= 0)
        close(w->out_fd);
    if (w->err_fd >= 0)
        close(w->err_fd);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(w->pid_fd);
    kill(-w->pid, SIGKILL);
    return status;
}

/* bubblewrap passes its child's death by signal on as 128 + signal. */
static void judge(int status, struct sandbox_result *result)
{
    int signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    result->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (result->exit_code > 128 && result->exit_code < 128 + 32)
        signal_number = result->exit_code - 128;
    if (signal_number == SIGXCPU)
        result->end = SANDBOX_TIME;
    else if (signal_number == SIGXFSZ)
        result->end = SANDBOX_OUTPUT;
    else if (signal_number != 0)
        result->end = SANDBOX_CRASHED;
}

/* --- running --------------------------------------------------------------------------------------------------- */

static enum err start(struct sandbox_child *child, enum sandbox_kind kind, struct watch *w)
{
    int out[2], err[2];

    if (pipe2(out, O_CLOEXEC) != 0)
        return E_IO;
    if (pipe2(err, O_CLOEXEC) != 0) {
        close(out[0]);
        close(out[1]);
        return E_IO;
    }
    child->stdout_fd = out[1];
    child->stderr_fd = err[1];
    w->pid = fork();
    if (w->pid == 0)
        child_start(child, kind);
    close(out[1]);
    close(err[1]);
    w->out_fd = out[0];
    w->err_fd = err[0];
    w->pid_fd = w->pid > 0 ? pidfd_open(w->pid, 0) : -1;
    if (w->pid_fd >= 0)
        return OK;
    if (w->pid > 0) {
        kill(w->pid, SIGKILL);
        waitpid(w->pid, NULL, 0);
    }
    close(out[0]);
    close(err[0]);
    return E_IO;
}

static enum err run_in(struct arena *a, const struct sandbox_job *job, enum sandbox_kind kind,
                       struct sandbox_result *result)
{
    struct sandbox_child child = {
        .memory_bytes = job->memory_bytes, .output_bytes = job->output_bytes, .cpu_seconds = job->wall_ms / 500 + 2};
    struct watch w = {.out = buf_in(a), .err = buf_in(a), .out_limit = job->stdout_bytes};
    struct sandbox_result got = {0};

    if (!file_exists(job->argv[0]) || (job->processes && kind != SANDBOX_BUBBLEWRAP))
        return E_UNSUPPORTED;
    TRY(sandbox_work_make(a, job, &child.work));
    TRY(sandbox_filter_make(a, job->processes, &child));
    if (kind == SANDBOX_BUBBLEWRAP)
        TRY(sandbox_bubblewrap_prepare(a, job, &child));
    else
        TRY(sandbox_landlock_prepare(a, job, &child));
    TRY(start(&child, kind, &w));
    got.end = watch_child(&w, job, child.work);
    int status = reap(&w);
    if (got.end == SANDBOX_EXITED)
        judge(status, &got);
    if (got.end == SANDBOX_EXITED && sandbox_work_is_over(child.work, job->output_bytes))
        got.end = SANDBOX_OUTPUT;
    sandbox_work_sweep(child.work);
    got.output = buf_str(&w.out);
    struct str complaint = buf_str(&w.err);
    got.complaint = str_skip(complaint, complaint.len > COMPLAINT_BYTES ? complaint.len - COMPLAINT_BYTES : 0);
    got.out = str_z(a, str_format(a, "%s/out", child.work));
    *result = got;
    return OK;
}

static _Atomic int chosen = -1;
static pthread_mutex_t choosing = PTHREAD_MUTEX_INITIALIZER;

static bool works(enum sandbox_kind kind)
{
    static const char *const argv[] = {"/usr/bin/true", NULL};
    struct sandbox_job job = {.argv = argv, .wall_ms = 10000, .output_bytes = 4096, .stdout_bytes = 4096};
    struct arena *a = arena_new(0);
    struct sandbox_result result;

    bool fine = run_in(a, &job, kind, &result) == OK && result.end == SANDBOX_EXITED && result.exit_code == 0;
    arena_free(a);
    return fine;
}

enum sandbox_kind sandbox_kind(void)
{
    pthread_mutex_lock(&choosing);
    if (chosen < 0) {
        chosen = works(SANDBOX_BUBBLEWRAP) ? SANDBOX_BUBBLEWRAP
                 : works(SANDBOX_LANDLOCK) ? SANDBOX_LANDLOCK
                                           : SANDBOX_NONE;
        log_event(chosen == SANDBOX_NONE ? LOG_WARN : LOG_INFO, "sandbox.kind", "kind=%s", sandbox_kind_name(chosen));
    }
    enum sandbox_kind kind = chosen;
    pthread_mutex_unlock(&choosing);
    return kind;
}

const char *sandbox_kind_name(enum sandbox_kind kind)
{
    static const char *const names[] = {"none", "landlock", "bubblewrap"};

    return names[kind];
}

void sandbox_force(enum sandbox_kind kind)
{
    chosen = kind;
}

enum err sandbox_run(struct arena *a, const struct sandbox_job *job, struct sandbox_result *result)
{
    enum sandbox_kind kind = sandbox_kind();

    if (kind == SANDBOX_NONE)
        return E_UNSUPPORTED;
    return run_in(a, job, kind, result);
}
