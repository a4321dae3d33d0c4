#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include "jobs/sandbox_parts.h"

/* Refused with EPERM. Some do not exist on every kernel or processor; libseccomp then leaves them out. */
static const char *const refused[] = {
    /* other processes */
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "kcmp",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "kill",
    "tkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "setsid",
    "setpgid",
    "setpriority",
    "sched_setaffinity",
    "sched_setscheduler",
    "sched_setattr",
    "sched_setparam",
    "ioprio_set",
    "migrate_pages",
    "move_pages",
    "shmget",
    "shmat",
    "shmctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "semget",
    "semop",
    "semtimedop",
    "semctl",
    "mq_open",
    "mq_unlink",
    /* the system */
    "mount",
    "umount",
    "umount2",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "pivot_root",
    "chroot",
    "setns",
    "unshare",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "add_key",
    "request_key",
    "keyctl",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
    "quotactl",
    "quotactl_fd",
    "syslog",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "iopl",
    "ioperm",
    "modify_ldt",
    "personality",
    "vhangup",
    "lookup_dcookie",
    "open_by_handle_at",
    "name_to_handle_at",
    "fanotify_init",
    "inotify_init",
    "inotify_init1",
    /* names and rights of files, which Landlock does not cover */
    "chmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "lchown",
    "fchown",
    "fchownat",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "removexattr",
    "lremovexattr",
    "fremovexattr",
    "mknod",
    "mknodat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
};

/* Refused besides to a program that is to be alone. */
static const char *const alone[] = {"fork",   "vfork",   "connect", "bind",    "listen",
                                    "accept", "accept4", "sendto",  "sendmsg", "sendmmsg"};

static int refuse(scmp_filter_ctx filter, const char *const *names, size_t n)
{
    int failed = 0;

    for (size_t i = 0; i < n; i++) {
        int call = seccomp_syscall_resolve_name(names[i]);
        if (call != __NR_SCMP_ERROR)
            failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
    }
    return failed;
}

/* Threads, but no processes, and nobody to talk to. */
static int refuse_processes(scmp_filter_ctx filter)
{
    int failed = refuse(filter, alone, countof(alone));

    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 0);
    return failed | seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                     SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
}

/* Processes, but in this sandbox's world: no other name spaces, no sockets but local ones. */
static int hold_processes(scmp_filter_ctx filter)
{
    static const unsigned long worlds[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                                           CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP};
    int failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));

    for (size_t i = 0; i < countof(worlds); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                   SCMP_A0(SCMP_CMP_MASKED_EQ, worlds[i], worlds[i]));
    return failed;
}

static int add_rules(scmp_filter_ctx filter, bool processes)
{
    int failed = refuse(filter, refused, countof(refused));

    failed |= processes ? hold_processes(filter) : refuse_processes(filter);
    /* What a filter cannot look into is answered "no such call", and libc takes clone. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    /* Its own limits it may lower; the server's it may not touch. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_NE, 0));
    /* Pushing keystrokes into a terminal. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
                               SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, 0x5412 /* TIOCSTI */));
    return failed;
}

static void close_fd(void *fd)
{
    close((int)(intptr_t)fd);
}

enum err sandbox_filter_make(struct arena *a, bool processes, struct sandbox_child *child)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    int fd = memfd_create("filter", MFD_CLOEXEC);

    if (fd >= 0)
        arena_defer(a, close_fd, (void *)(intptr_t)fd);
    bool made = filter != NULL && fd >= 0 && add_rules(filter, processes) == 0 && seccomp_export_bpf(filter, fd) == 0;
    if (filter != NULL)
        seccomp_release(filter);
    if (!made)
        return E_UNSUPPORTED;
    off_t size = lseek(fd, 0, SEEK_END);
    struct sock_filter *code = arena_alloc(a, (size_t)size);
    if (size <= 0 || pread(fd, code, (size_t)size, 0) != size || lseek(fd, 0, SEEK_SET) != 0)
        return E_IO;
    child->filter = (struct sock_fprog){.len = (unsigned short)((size_t)size / sizeof *code), .filter = code};
    child->filter_fd = fd;
    return OK;
}
