/* A program that does what a converter taken over by a hostile file would do; the sandbox's tests run it. Prints
 * "held" when it was held back, "FREE" when it was not. */
#include "base/base.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int say(bool held)
{
    puts(held ? "held" : "FREE");
    fflush(stdout);
    return 0;
}

static int do_fork(void)
{
    for (int i = 0; i < 64; i++)
        if (fork() >= 0)
            return say(false);
    return say(true);
}

/* Where processes are allowed: as many as there may be, each going on by itself. */
static int do_bomb(void)
{
    int n = 0;

    for (; n < 5000; n++) {
        pid_t pid = fork();
        if (pid < 0)
            break;
        if (pid == 0) {
            setsid();
            pause();
        }
    }
    return say(n < 200);
}

static void *wait_long(void *nothing)
{
    pause();
    return nothing;
}

static int do_threads(void)
{
    pthread_t thread;
    int n = 0;

    while (n < 2000 && pthread_create(&thread, NULL, wait_long, NULL) == 0)
        n++;
    return say(n < 2000);
}

/* Deaf to every signal that can be ignored. */
NO_RETURN static int do_sleep(void)
{
    for (int i = 1; i < 32; i++)
        signal(i, SIG_IGN);
    for (;;)
        sleep(100);
}

NO_RETURN static int do_spin(void)
{
    for (volatile unsigned i = 0;; i++)
        ;
}

static int do_write(const char *path, size_t total)
{
    static char block[1 << 16];
    int fd = open(path, O_WRONLY | O_CREAT, 0600);

    memset(block, 'x', sizeof block);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t done = 0; done < total; done += sizeof block)
        if (write(fd, block, sizeof block) < 0)
            return say(true);
    return say(false);
}

/* Under the limit of each file, over that of all. */
static int do_write_many(void)
{
    static char block[1 << 16];

    memset(block, 'x', sizeof block);
    for (int i = 0; i < 100000; i++) {
        char name[64];
        snprintf(name, sizeof name, "out/%d", i);
        int fd = open(name, O_WRONLY | O_CREAT, 0600);
        if (fd < 0 || write(fd, block, sizeof block) < 0)
            break;
        close(fd);
        usleep(100);
    }
    return say(false);
}

static int do_socket(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0);

    return say(local < 0 && (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0));
}

static int do_read(const char *path)
{
    char bytes[65536];
    int fd = open(path, O_RDONLY);
    ssize_t n = fd < 0 ? 0 : read(fd, bytes, sizeof bytes);

    /* The sandbox has an account of its own to show; the machine's begin with root. */
    return say(fd < 0 || (strcmp(path, "/etc/passwd") == 0 && n > 0 && memmem(bytes, (size_t)n, "root", 4) == NULL));
}

static int do_change(const char *path)
{
    return say(chmod(path, 0777) != 0 && open(path, O_WRONLY | O_CREAT, 0600) < 0 && unlink(path) != 0 &&
               truncate(path, 0) != 0);
}

static int do_memory(void)
{
    /* Volatile: clang would leave out memory that nobody looks at. */
    for (int i = 0; i < 4096; i++) {
        char *volatile block = malloc(1 << 20);
        if (block == NULL)
            return say(true);
        memset(block, i, 1 << 20);
    }
    return say(false);
}

static int do_signal(pid_t pid)
{
    struct rlimit zero = {0, 0};

    return say(kill(pid, 0) != 0 && prlimit(pid, RLIMIT_NOFILE, &zero, NULL) != 0);
}

static int do_link(void)
{
    mkdir("out/folder", 0700);
    bool made = symlink("/etc/passwd", "out/folder/link") == 0 || mkfifo("out/pipe", 0600) == 0;
    return say(!made);
}

NO_RETURN static int do_chatter(void)
{
    for (;;)
        puts("chatter chatter chatter chatter chatter chatter chatter chatter chatter chatter chatter chatter");
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "", *with = argc > 2 ? argv[2] : "";
    struct {
        const char *name;
        int (*run)(void);
    } plain[] = {{"fork", do_fork}, {"threads", do_threads}, {"sleep", do_sleep},
                 {"spin", do_spin}, {"socket", do_socket},   {"memory", do_memory},
                 {"link", do_link}, {"chatter", do_chatter}, {"write-many", do_write_many},
                 {"bomb", do_bomb}};

    for (size_t i = 0; i < countof(plain); i++)
        if (strcmp(what, plain[i].name) == 0)
            return plain[i].run();
    if (strcmp(what, "write") == 0)
        return do_write(with, (size_t)1 << 30);
    if (strcmp(what, "read") == 0)
        return do_read(with);
    if (strcmp(what, "change") == 0)
        return do_change(with);
    if (strcmp(what, "signal") == 0)
        return do_signal(atoi(with));
    if (strcmp(what, "root") == 0)
        return say(getuid() != 0 && geteuid() != 0);
    if (strcmp(what, "crash") == 0)
        abort();
    return 3;
}
