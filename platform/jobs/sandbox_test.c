#include "unit/test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/files.h"
#include "jobs/sandbox.h"

/* Every test runs in both kinds that this machine has. */
static const enum sandbox_kind kinds[] = {SANDBOX_BUBBLEWRAP, SANDBOX_LANDLOCK};

static struct sandbox_result run_hostile(enum sandbox_kind kind, const char *what, const char *with, int wall_ms)
{
    const char *argv[] = {getenv("SANDBOX_HOSTILE"), what, with, NULL};
    struct sandbox_job job = {.argv = argv,
                              .wall_ms = wall_ms,
                              .memory_bytes = (size_t)128 << 20,
                              .output_bytes = (size_t)4 << 20,
                              .stdout_bytes = 1 << 20};
    struct sandbox_result result = {0};

    sandbox_force(kind);
    assert_ok(sandbox_run(t, &job, &result));
    return result;
}

static void assert_held(const char *what, const char *with)
{
    if (getenv("SANDBOX_HOSTILE") == NULL)
        SKIP("SANDBOX_HOSTILE names no program");
    for (size_t i = 0; i < countof(kinds); i++) {
        struct sandbox_result result = run_hostile(kinds[i], what, with, 8000);
        if (result.end != SANDBOX_EXITED || !str_equal(str_trim(result.output), S("held")))
            print_error("%s: end %d, exit %d, said %.*s; %.*s\n", sandbox_kind_name(kinds[i]), result.end,
                        result.exit_code, STR_ARG(result.output), STR_ARG(result.complaint));
        assert_text(str_trim(result.output), "held");
    }
}

static void assert_ends(const char *what, enum sandbox_end end)
{
    if (getenv("SANDBOX_HOSTILE") == NULL)
        SKIP("SANDBOX_HOSTILE names no program");
    for (size_t i = 0; i < countof(kinds); i++) {
        int64_t start = clock_monotonic_ms();
        struct sandbox_result result = run_hostile(kinds[i], what, NULL, 700);
        assert_int_equal(result.end, end);
        assert_true(clock_monotonic_ms() - start < 4000);
    }
}

TEST(a_sandbox_is_found_by_trying)
{
    sandbox_force(-1);
    enum sandbox_kind kind = sandbox_kind();
    if (kind == SANDBOX_NONE)
        SKIP("this machine has no sandbox");
    assert_true(kind == SANDBOX_BUBBLEWRAP || kind == SANDBOX_LANDLOCK);
}

TEST(without_a_sandbox_nothing_runs)
{
    static const char *const argv[] = {"/usr/bin/true", NULL};
    struct sandbox_job job = {.argv = argv, .wall_ms = 1000, .output_bytes = 4096};
    struct sandbox_result result;

    sandbox_force(SANDBOX_NONE);
    assert_err(sandbox_run(t, &job, &result), E_UNSUPPORTED);
}

TEST(a_missing_program_is_refused)
{
    static const char *const argv[] = {"/usr/bin/no-such-converter", NULL};
    struct sandbox_job job = {.argv = argv, .wall_ms = 1000, .output_bytes = 4096};
    struct sandbox_result result;

    sandbox_force(SANDBOX_BUBBLEWRAP);
    assert_err(sandbox_run(t, &job, &result), E_UNSUPPORTED);
}

TEST(a_job_reads_its_input_and_leaves_its_output)
{
    static const char *const argv[] = {"/usr/bin/cp", "in/a.txt", "{work}/out/b.txt", NULL};
    const char *input = str_z(t, str_format(t, "/tmp/bantin-sandbox-test-%d", (int)getpid()));
    struct sandbox_file in = {input, "a.txt"};
    struct sandbox_job job = {
        .argv = argv, .in = &in, .in_count = 1, .wall_ms = 5000, .output_bytes = 1 << 20, .stdout_bytes = 1 << 16};

    assert_ok(file_write(input, S("Chi bộ")));
    for (size_t i = 0; i < countof(kinds); i++) {
        struct sandbox_result result;
        struct str content;

        sandbox_force(kinds[i]);
        assert_ok(sandbox_run(t, &job, &result));
        assert_int_equal(result.exit_code, 0);
        assert_ok(file_read(t, str_z(t, str_format(t, "%s/b.txt", result.out)), 100, &content));
        assert_text(content, "Chi bộ");
    }
    unlink(input);
}

TEST(the_folder_goes_with_the_arena)
{
    static const char *const argv[] = {"/usr/bin/true", NULL};
    struct sandbox_job job = {.argv = argv, .wall_ms = 5000, .output_bytes = 4096, .stdout_bytes = 10};
    struct sandbox_result result;
    struct arena *own = arena_new(0);

    sandbox_force(SANDBOX_LANDLOCK);
    assert_ok(sandbox_run(own, &job, &result));
    const char *out = str_z(t, str_of(result.out));
    assert_true(file_exists(out));
    arena_free(own);
    assert_false(file_exists(out));
}

TEST(a_child_cannot_fork)
{
    assert_held("fork", NULL);
}
TEST(a_child_cannot_open_a_socket)
{
    assert_held("socket", NULL);
}
TEST(a_child_cannot_read_the_accounts)
{
    assert_held("read", "/etc/passwd");
}
TEST(a_child_cannot_read_the_logs)
{
    assert_held("read", "/var/log");
}
TEST(a_child_cannot_read_homes)
{
    assert_held("read", "/root");
}
TEST(a_child_cannot_write_outside_its_folder)
{
    assert_held("change", "/usr/bantin-outside");
}
TEST(a_child_cannot_fill_the_memory_with_files)
{
    assert_held("change", "/dev/shm/file");
}
TEST(a_child_cannot_write_at_the_root)
{
    assert_held("change", "/file");
}
TEST(a_child_cannot_change_its_input_folder)
{
    assert_held("change", "in/other");
}

/* The limit of addresses is left off under the sanitizers, which need terabytes; ./test runs these in the release build
 * too. */
static void skip_under_sanitizers(void)
{
#ifdef __SANITIZE_ADDRESS__
    SKIP("the sanitizers take the addresses that the limit measures");
#endif
}

TEST(a_child_cannot_take_more_memory)
{
    skip_under_sanitizers();
    assert_held("memory", NULL);
}

TEST(a_child_cannot_write_a_gigabyte)
{
    assert_held("write", "out/big");
}
TEST(a_child_cannot_make_links_out_of_its_folder)
{
    assert_held("link", NULL);
}
TEST(a_child_is_never_root)
{
    assert_held("root", NULL);
}
TEST(a_deaf_sleeper_is_killed_in_time)
{
    assert_ends("sleep", SANDBOX_TIME);
}
TEST(a_busy_loop_is_killed_in_time)
{
    assert_ends("spin", SANDBOX_TIME);
}
TEST(many_small_files_are_too_much)
{
    assert_ends("write-many", SANDBOX_OUTPUT);
}
TEST(endless_chatter_is_too_much)
{
    assert_ends("chatter", SANDBOX_OUTPUT);
}
TEST(a_crash_is_told_from_an_exit)
{
    assert_ends("crash", SANDBOX_CRASHED);
}

/* The bomb's processes hold our pipes: that the call returns in time says that all are dead. */
TEST(a_fork_bomb_ends_at_its_limit_and_leaves_nobody)
{
    const char *argv[] = {getenv("SANDBOX_HOSTILE"), "bomb", NULL};
    struct sandbox_job job = {
        .argv = argv, .wall_ms = 5000, .output_bytes = 1 << 20, .stdout_bytes = 1 << 16, .processes = true};
    struct sandbox_result result;
    int64_t start = clock_monotonic_ms();

    if (argv[0] == NULL)
        SKIP("SANDBOX_HOSTILE names no program");
    sandbox_force(SANDBOX_BUBBLEWRAP);
    assert_ok(sandbox_run(t, &job, &result));
    assert_true(str_starts(result.output, S("held")));
    assert_true(clock_monotonic_ms() - start < 4000);
    sandbox_force(SANDBOX_LANDLOCK);
    assert_err(sandbox_run(t, &job, &result), E_UNSUPPORTED);
}

TEST(a_child_cannot_signal_the_server)
{
    assert_held("signal", str_z(t, str_format(t, "%d", (int)getpid())));
}

TEST(a_child_cannot_start_threads_without_end)
{
    skip_under_sanitizers();
    assert_held("threads", NULL);
}
