#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "jobs/sandbox_parts.h"

/* Rights newer than the kernel headers of Debian 12. */
#define FS_TRUNCATE (1ULL << 14)

#define READ ((uint64_t)(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR))
#define RUN  (READ | LANDLOCK_ACCESS_FS_EXECUTE)
/* What a rule for a single file may hold. */
#define OF_A_FILE                                                                                                      \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)

static uint64_t all_rights(int version)
{
    uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

    if (version >= 2)
        rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rights |= FS_TRUNCATE;
    return rights;
}

static int landlock_version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static void close_fd(void *fd)
{
    close((int)(intptr_t)fd);
}

/* A path that is not there needs no rule. */
static enum err allow(int rules, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return errno == ENOENT ? OK : E_IO;
    if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        rights &= OF_A_FILE;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    long done = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return done == 0 ? OK : E_IO;
}

static enum err allow_all(struct arena *a, int rules, const struct sandbox_job *job, const char *work, int version)
{
    static const char *const programs[] = {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64"};
    static const char *const data[] = {
        "/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/etc/libreoffice", "/var/cache/fontconfig",
        "/dev/zero",  "/dev/urandom",     "/dev/random"};
    uint64_t write = all_rights(version) & ~(uint64_t)(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                                       LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM |
                                                       LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO);

    for (size_t i = 0; i < countof(programs); i++)
        TRY(allow(rules, programs[i], RUN));
    for (size_t i = 0; i < countof(data); i++)
        TRY(allow(rules, data[i], READ));
    TRY(allow(rules, "/dev/null", READ | LANDLOCK_ACCESS_FS_WRITE_FILE));
    TRY(allow(rules, job->argv[0], LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE));
    TRY(allow(rules, str_z(a, str_format(a, "%s/in", work)), READ));
    TRY(allow(rules, str_z(a, str_format(a, "%s/out", work)), write));
    return allow(rules, str_z(a, str_format(a, "%s/tmp", work)), write);
}

enum err sandbox_landlock_prepare(struct arena *a, const struct sandbox_job *job, struct sandbox_child *child)
{
    int version = landlock_version();
    struct landlock_ruleset_attr attr = {.handled_access_fs = all_rights(version)};

    if (version < 1)
        return E_UNSUPPORTED;
    child->rules_fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (child->rules_fd < 0)
        return E_UNSUPPORTED;
    arena_defer(a, close_fd, (void *)(intptr_t)child->rules_fd);
    TRY(allow_all(a, child->rules_fd, job, child->work, version));

    /* Opened here: as nobody the child may not be able to walk to it. */
    child->program_fd = open(job->argv[0], O_PATH | O_CLOEXEC);
    if (child->program_fd < 0)
        return E_UNSUPPORTED;
    arena_defer(a, close_fd, (void *)(intptr_t)child->program_fd);
    child->envp = sandbox_environment(a, child->work);
    child->argv = sandbox_arguments(a, job, child->work, NULL, 0);
    return OK;
}

static int become_nobody(void)
{
    if (geteuid() != 0)
        return 0;
    if (setgroups(0, NULL) != 0 || setresgid(SANDBOX_UID, SANDBOX_UID, SANDBOX_UID) != 0)
        return -1;
    return setresuid(SANDBOX_UID, SANDBOX_UID, SANDBOX_UID);
}

/* A signal may go to its own threads (abort, raise) and to nobody else: without a process namespace this is what
 * keeps the child's hands off the server. */
static int forbid_foreign_signals(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = countof(code), .filter = code};

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

NO_RETURN void sandbox_landlock_exec(const struct sandbox_child *child)
{
    static const char empty[] = "";

    if (chdir(child->work) != 0 || become_nobody() != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_landlock_restrict_self, child->rules_fd, 0) != 0 || forbid_foreign_signals() != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &child->filter) != 0)
        _exit(126);
    syscall(SYS_execveat, child->program_fd, empty, child->argv, child->envp, AT_EMPTY_PATH);
    _exit(127);
}
