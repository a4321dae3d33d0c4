#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/files.h"
#include "jobs/sandbox_parts.h"

static const char bwrap[] = "/usr/bin/bwrap";

struct words {
    const char *list[160];
    size_t n;
};

static void add(struct words *w, const char *word)
{
    if (w->n < countof(w->list))
        w->list[w->n++] = word;
}

static void add_three(struct words *w, const char *option, const char *from, const char *to)
{
    add(w, option);
    add(w, from);
    add(w, to);
}

/* The system's programs as they are here: /lib is a folder on one machine and a link to usr/lib on the next. */
static void add_system(struct arena *a, struct words *w)
{
    static const char *const roots[] = {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"};
    static const char *const open_folders[] = {"/etc", "/var", "/var/cache", "/job"};
    static const char *const also[] = {"/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/etc/libreoffice",
                                       "/var/cache/fontconfig"};

    /* What bubblewrap makes by itself is closed to others, and the converter may be nobody. */
    for (size_t i = 0; i < countof(open_folders); i++) {
        add(w, "--perms");
        add_three(w, "0755", "--dir", open_folders[i]);
    }
    add_three(w, "--ro-bind", "/usr", "/usr");
    for (size_t i = 0; i < countof(roots); i++) {
        char to[256];
        ssize_t n = readlink(roots[i], to, sizeof to - 1);

        if (n > 0)
            add_three(w, "--symlink", str_z(a, (struct str){to, (size_t)n}), roots[i]);
        else if (file_exists(roots[i]))
            add_three(w, "--ro-bind", roots[i], roots[i]);
    }
    for (size_t i = 0; i < countof(also); i++)
        add_three(w, "--ro-bind-try", also[i], also[i]);
}

/* Nobody on this machine, and a name: LibreOffice ends at once where its user has none. */
static enum err add_account(struct arena *a, struct words *w, const char *work)
{
    const char *path = str_z(a, str_format(a, "%s/account", work));

    TRY(file_write(path, S("job:x:65534:65534::/job/tmp:/usr/sbin/nologin\n")));
    if (chmod(path, 0444) != 0)
        return E_IO;
    add_three(w, "--ro-bind", path, "/etc/passwd");
    return OK;
}

static enum err add_work(struct arena *a, struct words *w, const char *work)
{
    static const char *const parts[] = {"in", "out", "tmp"};

    TRY(add_account(a, w, work));
    for (size_t i = 0; i < countof(parts); i++)
        add_three(w, i == 0 ? "--ro-bind" : "--bind", str_z(a, str_format(a, "%s/%s", work, parts[i])),
                  str_z(a, str_format(a, "/job/%s", parts[i])));
    add(w, "--chdir");
    add(w, "/job");
    return OK;
}

/* As root we keep the right to become nobody, which the converter then is; else a user namespace holds it. */
static void add_identity(struct words *w)
{
    static const char *const root[] = {"--unshare-ipc",        "--unshare-pid", "--unshare-net", "--unshare-uts",
                                       "--unshare-cgroup-try", "--cap-drop",    "ALL",           "--cap-add",
                                       "CAP_SETUID",           "--cap-add",     "CAP_SETGID"};
    static const char *const user[] = {"--unshare-all", "--unshare-user", "--uid",      "65534",
                                       "--gid",         "65534",          "--cap-drop", "ALL"};

    if (geteuid() == 0)
        for (size_t i = 0; i < countof(root); i++)
            add(w, root[i]);
    else
        for (size_t i = 0; i < countof(user); i++)
            add(w, user[i]);
}

static void add_command(struct arena *a, struct words *w)
{
    static const char *const become[] = {"/usr/bin/setpriv",
                                         "--reuid=65534",
                                         "--regid=65534",
                                         "--clear-groups",
                                         "--inh-caps=-all",
                                         "--no-new-privs",
                                         "--"};

    add(w, "--");
    add(w, "/usr/bin/prlimit");
    add(w, str_z(a, str_format(a, "--nproc=%d:%d", SANDBOX_MAX_TASKS, SANDBOX_MAX_TASKS)));
    if (geteuid() == 0)
        for (size_t i = 0; i < countof(become); i++)
            add(w, become[i]);
}

enum err sandbox_bubblewrap_prepare(struct arena *a, const struct sandbox_job *job, struct sandbox_child *child)
{
    static const char *const first[] = {bwrap,           "--die-with-parent",
                                        "--new-session", "--clearenv",
                                        "--hostname",    "job",
                                        "--proc",        "/proc",
                                        "--dev",         "/dev",
                                        "--perms",       "1777",
                                        "--size",        "1048576",
                                        "--tmpfs",       "/tmp",
                                        "--seccomp",     "3"};
    struct words w = {.n = 0};

    if (!file_exists(bwrap) || !file_exists("/usr/bin/prlimit") || !file_exists("/usr/bin/setpriv"))
        return E_UNSUPPORTED;
    for (size_t i = 0; i < countof(first); i++)
        add(&w, first[i]);
    add_identity(&w);
    add_system(a, &w);
    TRY(add_work(a, &w, child->work));
    bool is_own = strncmp(job->argv[0], "/usr/", 5) != 0;
    if (is_own)
        add_three(&w, "--ro-bind", job->argv[0], "/job/program");
    /* Both are memory, which has no limit of its own. */
    add(&w, "--remount-ro");
    add_three(&w, "/dev", "--remount-ro", "/");
    child->envp = sandbox_environment(a, "/job");
    for (char **e = child->envp; *e != NULL; e++) {
        struct str name, value = str_cut(str_of(*e), '=', &name);
        add_three(&w, "--setenv", str_z(a, name), str_z(a, value));
    }
    add_command(a, &w);
    if (w.n == countof(w.list))
        return E_TOO_LARGE;
    child->argv = sandbox_arguments(a, job, "/job", w.list, w.n);
    if (is_own)
        child->argv[w.n] = str_z(a, S("/job/program"));
    return OK;
}

NO_RETURN void sandbox_bubblewrap_exec(const struct sandbox_child *child)
{
    /* dup2 onto itself would leave it to be closed by the exec. */
    if (dup2(child->filter_fd, 3) == 3 && fcntl(3, F_SETFD, 0) == 0 && close_range(4, ~0U, 0) == 0)
        execve(bwrap, child->argv, child->envp);
    _exit(127);
}
