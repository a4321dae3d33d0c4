#include "web/http_client.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

int client_connect(uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("connect");
        abort();
    }
    return fd;
}

void client_send(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        bytes = str_skip(bytes, (size_t)n);
    }
}

enum { ANSWER_MS = 10000 };

static bool wait_readable(int fd, int ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, ms) > 0;
}

struct str client_read_all(struct arena *a, int fd, int quiet_ms)
{
    struct buf b = buf_in(a);
    char piece[16384];
    ssize_t n;

    while (wait_readable(fd, quiet_ms) && (n = recv(fd, piece, sizeof piece, 0)) > 0)
        buf_add(&b, (struct str){piece, (size_t)n});
    return buf_str(&b);
}

struct str client_read_one(struct arena *a, int fd, bool without_body)
{
    struct buf b = buf_in(a);
    size_t wanted = SIZE_MAX;
    char c;

    while (b.len < wanted && wait_readable(fd, 5000) && recv(fd, &c, 1, 0) == 1) {
        buf_add_char(&b, c);
        if (wanted == SIZE_MAX && str_ends(buf_str(&b), S("\r\n\r\n"))) {
            int64_t len = 0;
            struct str header = answer_header(buf_str(&b), "Content-Length");
            if (header.ptr != NULL && str_to_int(header, &len) != OK)
                len = 0;
            wanted = b.len + (without_body ? 0 : (size_t)len);
        }
    }
    return buf_str(&b);
}

bool client_is_closed(int fd, int ms)
{
    int64_t until = clock_monotonic_ms() + ms;
    char piece[4096];

    while (clock_monotonic_ms() < until) {
        if (!wait_readable(fd, (int)(until - clock_monotonic_ms())))
            return false;
        if (recv(fd, piece, sizeof piece, 0) <= 0)
            return true;
    }
    return false;
}

struct str client_talk(struct arena *a, uint16_t port, struct str bytes)
{
    int fd = client_connect(port);

    client_send(fd, bytes);
    wait_readable(fd, ANSWER_MS); /* a busy machine may take its time for the first byte */
    struct str answer = client_read_all(a, fd, 400);
    close(fd);
    return answer;
}

struct str client_get(struct arena *a, uint16_t port, const char *path, const char *headers)
{
    return client_talk(a, port,
                       str_format(a, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", path, headers));
}

struct str client_post(struct arena *a, uint16_t port, const char *path, const char *type, struct str body)
{
    struct buf b = buf_in(a);

    buf_add_format(&b,
                   "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n"
                   "Content-Length: %zu\r\n\r\n",
                   path, type, body.len);
    buf_add(&b, body);
    return client_talk(a, port, buf_str(&b));
}

int answer_status(struct str answer)
{
    int64_t status;

    if (!str_starts(answer, S("HTTP/1.")) || str_to_int(str_sub(answer, 9, 3), &status) != OK)
        return 0;
    return (int)status;
}

size_t answer_count(struct str answers)
{
    size_t n = 0;

    for (size_t at = str_find(answers, S("HTTP/1.1 "), 0); at != SIZE_MAX; at = str_find(answers, S("HTTP/1.1 "), at + 1))
        n++;
    return n;
}

struct str answer_header(struct str answer, const char *name)
{
    size_t end = str_find(answer, S("\r\n\r\n"), 0);
    struct str rest = end != SIZE_MAX ? str_sub(answer, 0, end) : answer, line, key;

    while (rest.ptr != NULL) {
        rest = str_cut(rest, '\n', &line);
        struct str value = str_cut(line, ':', &key);
        if (value.ptr != NULL && str_equal_nocase(key, str_of(name)))
            return str_trim(value);
    }
    return STR_NONE;
}

struct str answer_body(struct str answer)
{
    size_t end = str_find(answer, S("\r\n\r\n"), 0);

    return end != SIZE_MAX ? str_skip(answer, end + 4) : STR_NONE;
}
