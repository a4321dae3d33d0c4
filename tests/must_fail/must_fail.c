/* Runs a command on every file of a folder that must make it fail, and for the reason written in the file's first
 * line, "expect: message".
 *
 *   must_fail NAME FOLDER SUFFIX COMMAND…
 *
 * In the command @FILE@ is the file, @BASE@ the file without its suffix, @TMP@ a folder that is removed afterwards. */
#include "base/base.h"
#include "base/files.h"
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static struct str fill_in(struct arena *a, struct str arg, struct str file, struct str base, struct str tmp)
{
    arg = str_replace(a, arg, S("@FILE@"), file);
    arg = str_replace(a, arg, S("@BASE@"), base);
    return str_replace(a, arg, S("@TMP@"), tmp);
}

/* Runs it with both outputs into the file `log`; gives the exit status, or -1. */
static int run(char **argv, const char *log)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    int failed = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

static struct str expected_of(struct arena *a, const char *file)
{
    struct str content, line;

    if (file_read(a, file, 1 << 20, &content) != OK)
        return STR_NONE;
    str_cut(content, '\n', &line);
    size_t at = str_find(line, S("expect: "), 0);
    if (at == SIZE_MAX)
        return STR_NONE;
    line = str_skip(line, at + 8);
    return str_trim(str_sub(line, 0, str_find(line, S("-->"), 0) == SIZE_MAX ? line.len : str_find(line, S("-->"), 0)));
}

static bool fails_as_expected(struct arena *a, struct str file, struct str base, struct str tmp, int argc, char **argv)
{
    char **command = NEW_ARRAY(a, char *, (size_t)argc + 1);
    char *log = str_z(a, str_format(a, "%.*s/log", STR_ARG(tmp)));
    struct str expected = expected_of(a, str_z(a, file)), said = STR_NONE;

    for (int i = 0; i < argc; i++)
        command[i] = str_z(a, fill_in(a, str_of(argv[i]), file, base, tmp));
    int status = run(command, log);
    IGNORE(file_read(a, log, 1 << 20, &said)); /* no log: nothing was said */
    if (status > 0 && expected.len > 0 && str_contains(said, expected))
        return true;
    fprintf(stderr, "%.*s: exit %d, expected \"%.*s\", said:\n%.*s\n", STR_ARG(file), status, STR_ARG(expected),
            STR_ARG(said));
    return false;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    char tmp[] = "/tmp/must_fail_XXXXXX";
    int passed = 0, failed = 0;

    if (argc < 5 || mkdtemp(tmp) == NULL)
        return 2;
    DIR *folder = opendir(argv[2]);
    if (folder == NULL)
        return 2;
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        struct str file = str_format(a, "%s/%s", argv[2], e->d_name), suffix = str_of(argv[3]);
        if (!str_ends(file, suffix))
            continue;
        bool good =
            fails_as_expected(a, file, str_sub(file, 0, file.len - suffix.len), str_of(tmp), argc - 4, argv + 4);
        passed += good;
        failed += !good;
    }
    closedir(folder);
    IGNORE(folder_remove(tmp)); /* only a temporary folder */
    printf("%s: %d passed, %d failed, 0 skipped\n", argv[1], passed, failed);
    arena_free(a);
    return failed != 0 || passed == 0;
}
