/* What must be refused before anything looks at it, said to a real socket byte by byte (R0.16, T7). */
#include "unit/test.h"
#include "http/http.h"
#include "base/clock.h"
#include "web/http_client.h"
#include <stdatomic.h>
#include <unistd.h>

static atomic_int handled;

static void handle(struct http_request *rq, struct http_response *rs, void *state)
{
    (void)state;
    atomic_fetch_add(&handled, 1);
    if (str_equal(rq->path, S("/lon"))) {
        response_body(rs, "application/octet-stream", (struct str){arena_alloc(rq->arena, 30 << 20), 30 << 20});
        return;
    }
    response_body(rs, "text/plain; charset=utf-8", str_format(rq->arena, "%s %.*s [%.*s]", http_method_name(rq->method),
                                                              STR_ARG(rq->path), STR_ARG(rq->body)));
}

static struct http_server *server_with(struct http_config config)
{
    struct http_server *server;

    config.handle = handle;
    config.workers = 2;
    atomic_store(&handled, 0);
    if (http_server_start(&config, &server) != OK)
        abort();
    return server;
}

static void stop(struct http_server *server)
{
    assert_ok(http_server_stop(server, 3000));
}

struct strict_case {
    const char *what;
    struct str bytes;
    int status;          /* 0: closed without a word */
    int handled;         /* how many requests may reach a handler */
};

#define H "Host: localhost\r\n"
#define NEXT "GET /second HTTP/1.1\r\n" H "\r\n"

static const struct strict_case cases[] = {
    {"a plain GET", S("GET / HTTP/1.1\r\n" H "\r\n"), 200, 1},
    {"a plain POST", S("POST /a HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc"), 200, 1},
    {"a chunked POST", S("POST /a HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), 200, 1},
    {"HTTP/1.0 without a host", S("GET / HTTP/1.0\r\n\r\n"), 200, 1},
    {"no space after the colon", S("GET / HTTP/1.1\r\nHost:localhost\r\nAccept:*/*\r\n\r\n"), 200, 1},
    {"an empty header value", S("GET / HTTP/1.1\r\n" H "Accept:\r\nX-A: \r\n\r\n"), 200, 1},
    {"two requests in one packet", S("GET / HTTP/1.1\r\n" H "\r\n" NEXT), 200, 2},
    {"a POST and the next request in one packet", S("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc" NEXT), 200, 2},
    {"absolute form with our host", S("GET http://localhost/a HTTP/1.1\r\n" H "\r\n"), 200, 1},

    {"both lengths", S("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"both lengths, the other way", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a doubled length", S("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc" NEXT), 400, 0},
    {"two different lengths", S("POST / HTTP/1.1\r\n" H "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" NEXT), 400, 0},
    {"a list of lengths", S("POST / HTTP/1.1\r\n" H "Content-Length: 3, 3\r\n\r\nabc" NEXT), 400, 0},
    {"a signed length", S("POST / HTTP/1.1\r\n" H "Content-Length: +3\r\n\r\nabc" NEXT), 400, 0},
    {"a negative length", S("POST / HTTP/1.1\r\n" H "Content-Length: -3\r\n\r\nabc" NEXT), 400, 0},
    {"a hexadecimal length", S("POST / HTTP/1.1\r\n" H "Content-Length: 0x3\r\n\r\nabc" NEXT), 400, 0},
    {"a length with trailing space", S("POST / HTTP/1.1\r\n" H "Content-Length: 3 \r\n\r\nabc" NEXT), 400, 0},
    {"an empty length", S("POST / HTTP/1.1\r\n" H "Content-Length: \r\n\r\n" NEXT), 400, 0},
    {"a length beyond 64 bits", S("POST / HTTP/1.1\r\n" H "Content-Length: 99999999999999999999999\r\n\r\nabc" NEXT), 413, 0},
    {"a length with a space before the colon", S("POST / HTTP/1.1\r\n" H "Content-Length : 44\r\n\r\n" NEXT), 400, 0},
    {"a coding with a tab before the colon", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding\t: chunked\r\n\r\n" NEXT), 400, 0},
    {"gzip, chunked", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"chunked, identity", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"identity", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: identity\r\nX: y\r\n\r\n" NEXT), 400, 0},
    {"xchunked", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"chunked with a vertical tab", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"chunked twice", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"chunked on HTTP/1.0", S("POST / HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a folded coding", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a folded header", S("GET / HTTP/1.1\r\n" H "X-A: a\r\n b\r\n\r\n" NEXT), 400, 0},
    {"a folded last header", S("GET / HTTP/1.1\r\n" H "X-A: a\r\n\tb\r\nX-B: c\r\n\r\n" NEXT), 400, 0},
    {"a GET with a body", S("GET / HTTP/1.1\r\n" H "Content-Length: 44\r\n\r\n" NEXT), 400, 0},
    {"a GET with a chunked body", S("GET / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a chunk size with a sign", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a chunk size in 0x", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a chunk longer than it says", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n" NEXT), 400, 0},
    {"a chunk size beyond 64 bits", S("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n" NEXT), 413, 0},

    {"lines ended by LF", S("GET / HTTP/1.1\n" "Host: localhost\n\n" NEXT), 400, 0},
    {"one header ended by LF", S("GET / HTTP/1.1\r\n" H "X-A: a\nX-B: b\r\n\r\n" NEXT), 400, 0},
    {"the request line ended by LF", S("GET / HTTP/1.1\n" H "\r\n" NEXT), 400, 0},
    {"the last header ended by LF", S("GET / HTTP/1.1\r\nHost: localhost\n\r\n" NEXT), 400, 0},
    {"the empty line a bare LF", S("GET / HTTP/1.1\r\n" H "\n" NEXT), 400, 0},
    {"a bare CR in a value", S("GET / HTTP/1.1\r\n" H "X-A: a\rX-B: b\r\n\r\n" NEXT), 400, 0},
    {"a NUL in a value", S("GET / HTTP/1.1\r\n" H "X-A: a\0b\r\n\r\n" NEXT), 400, 0},
    {"a NUL in a name", S("GET / HTTP/1.1\r\n" H "X-A\0: a\r\n\r\n" NEXT), 400, 0},
    {"a NUL that cuts a length", S("POST / HTTP/1.1\r\n" H "Content-Length: 3\0000\r\n\r\nabc" NEXT), 400, 0},
    {"a NUL in the path", S("GET /a\0b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a NUL behind the method", S("GET\0 / HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a header without a colon", S("GET / HTTP/1.1\r\n" H "rubbish\r\n\r\n" NEXT), 400, 0},
    {"an empty header name", S("GET / HTTP/1.1\r\n" H ": a\r\n\r\n" NEXT), 400, 0},
    {"a header name with a space", S("GET / HTTP/1.1\r\n" H "X A: a\r\n\r\n" NEXT), 400, 0},
    {"a header before the first", S("GET / HTTP/1.1\r\n X-A: a\r\n" H "\r\n" NEXT), 400, 0},
    {"an escape byte in a value", S("GET / HTTP/1.1\r\n" H "X-A: a\x1b[2J\r\n\r\n" NEXT), 400, 0},
    {"two spaces in the request line", S("GET  / HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a space at its end", S("GET / HTTP/1.1 \r\n" H "\r\n" NEXT), 400, 0},
    {"a tab in the request line", S("GET\t/ HTTP/1.1\r\n" H "\r\n" NEXT), -1, 0},
    {"a space in the path", S("GET /a b HTTP/1.1\r\n" H "\r\n" NEXT), 0, 0},
    {"HTTP/0.9", S("GET /\r\n\r\n"), -1, 0},
    {"HTTP/2 preface", S("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), -1, 0},
    {"HTTP/1.2", S("GET / HTTP/1.2\r\n" H "\r\n"), -1, 0},

    {"no host", S("GET / HTTP/1.1\r\n\r\n" NEXT), 400, 0},
    {"two hosts", S("GET / HTTP/1.1\r\n" H "Host: other\r\n\r\n" NEXT), 400, 0},
    {"the same host twice", S("GET / HTTP/1.1\r\n" H H "\r\n" NEXT), 400, 0},
    {"an empty host", S("GET / HTTP/1.1\r\nHost: \r\n\r\n" NEXT), 400, 0},
    {"a host with a path", S("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n" NEXT), 400, 0},
    {"a host with a user", S("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n" NEXT), 400, 0},
    {"absolute form with another host", S("GET http://evil/a HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"authority form", S("CONNECT localhost:80 HTTP/1.1\r\n" H "\r\n"), 501, 0},
    {"asterisk form", S("OPTIONS * HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"TRACE", S("TRACE / HTTP/1.1\r\n" H "\r\n" NEXT), 501, 0},
    {"an unknown method", S("BREW / HTTP/1.1\r\n" H "\r\n" NEXT), 501, 0},
    {"a method in lower case", S("get / HTTP/1.1\r\n" H "\r\n" NEXT), 501, 0},

    {"an encoded NUL", S("GET /a%00b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"an encoded slash", S("GET /a%2Fb HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"an encoded backslash", S("GET /a%5cb HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a backslash", S("GET /a\\b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"dot dot", S("GET /a/../b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"encoded dot dot", S("GET /a/%2e%2E/b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"dot dot at the end", S("GET /a/.. HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a dot", S("GET /./a HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"two slashes", S("GET //evil.example/a HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a newline in the path", S("GET /a%0d%0aSet-Cookie:x HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"half an escape", S("GET /a%2 HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"not hexadecimal", S("GET /a%zz HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"not UTF-8", S("GET /a%ff HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"an overlong dot", S("GET /%c0%ae%c0%ae/a HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a fragment", S("GET /a#b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"no slash", S("GET a HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a NUL in the query", S("GET /a?q=%00 HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"a query that is not UTF-8", S("GET /a?q=%ff HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
    {"an escape byte in the path", S("GET /a\x1b HTTP/1.1\r\n" H "\r\n" NEXT), 400, 0},
};

static bool case_holds(uint16_t port, const struct strict_case *c)
{
    atomic_store(&handled, 0);
    struct str answer = client_talk(t, port, c->bytes);
    int status = answer_status(answer), seen = atomic_load(&handled);
    bool right_status = c->status == -1 ? status == 0 || status >= 400 : status == c->status;
    /* libmicrohttpd says the head of its own 400 twice when a length is malformed; then it closes. */
    bool right_count = answer_count(answer) == (c->handled > 0 ? (size_t)c->handled : answer_count(answer)) &&
                       (c->handled > 0 || str_find(answer, S(" 200 OK"), 0) == SIZE_MAX);

    if (right_status && right_count && seen == c->handled)
        return true;
    print_error("%s: status %d (not %d), handled %d (not %d)\n%.*s\n", c->what, status, c->status, seen, c->handled,
                STR_ARG(answer));
    return false;
}

TEST(what_two_servers_could_read_differently_is_refused_and_the_connection_closed)
{
    struct http_server *server = server_with((struct http_config){0});
    size_t wrong = 0;

    for (size_t i = 0; i < countof(cases); i++)
        wrong += !case_holds(http_server_port(server), &cases[i]);
    stop(server);
    assert_int_equal(wrong, 0);
}

TEST(a_head_sent_byte_by_byte_is_read_like_one_sent_at_once)
{
    struct http_server *server = server_with((struct http_config){0});
    struct buf b = buf_in(t);

    buf_add_z(&b, "GET /bai HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (int i = 0; i < 40; i++)
        buf_add_format(&b, "X-Header-%d: %0200d\r\n", i, i);
    buf_add_z(&b, "\r\n");
    int fd = client_connect(http_server_port(server));
    for (size_t i = 0; i < b.len; i += 97) {
        client_send(fd, str_sub(buf_str(&b), i, 97));
        usleep(500);
    }
    assert_int_equal(answer_status(client_read_all(t, fd, 1000)), 200);
    close(fd);
    stop(server);
}

static struct str get_with_header_of(size_t n)
{
    struct buf b = buf_in(t);

    buf_add_z(&b, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: ");
    for (size_t i = 0; i < n; i++)
        buf_add_char(&b, 'x');
    buf_add_z(&b, "\r\n\r\n");
    return buf_str(&b);
}

TEST(a_head_may_be_15_KB_and_not_17)
{
    struct http_server *server = server_with((struct http_config){0});
    uint16_t port = http_server_port(server);

    assert_int_equal(answer_status(client_talk(t, port, get_with_header_of(15000))), 200);
    assert_int_equal(answer_status(client_talk(t, port, get_with_header_of(17000))), 431);
    assert_in_range(answer_status(client_talk(t, port, get_with_header_of(200000))), 0, 431);
    assert_int_equal(atomic_load(&handled), 1);
    stop(server);
}

TEST(a_path_over_2_KB_is_refused)
{
    struct http_server *server = server_with((struct http_config){0});
    char path[3000] = "/";

    memset(path + 1, 'a', 2500);
    assert_int_equal(answer_status(client_get(t, http_server_port(server), path, "")), 414);
    stop(server);
}

TEST(a_client_that_drips_its_head_is_cut_at_the_deadline)
{
    struct http_server *server = server_with((struct http_config){.head_ms = 600});
    int fd = client_connect(http_server_port(server));
    int64_t began = clock_monotonic_ms();

    client_send(fd, S("GET / HTTP/1.1\r\nHost: localhost\r\n"));
    while (!client_is_closed(fd, 50) && clock_monotonic_ms() - began < 5000)
        client_send(fd, S("X: y\r\n"));
    assert_in_range(clock_monotonic_ms() - began, 500, 2500);
    close(fd);

    fd = client_connect(http_server_port(server));
    assert_true(client_is_closed(fd, 2000));      /* and one that says nothing */
    close(fd);
    stop(server);
}

TEST(a_second_request_that_drips_is_cut_as_well)
{
    struct http_server *server = server_with((struct http_config){.head_ms = 300, .idle_ms = 1000});
    int fd = client_connect(http_server_port(server));

    client_send(fd, S("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assert_int_equal(answer_status(client_read_one(t, fd, false)), 200);
    int64_t began = clock_monotonic_ms();
    client_send(fd, S("GET / HTTP/1.1\r\n"));
    while (!client_is_closed(fd, 50) && clock_monotonic_ms() - began < 6000)
        client_send(fd, S("X: y\r\n"));
    assert_in_range(clock_monotonic_ms() - began, 1000, 3000);
    close(fd);
    stop(server);
}

TEST(a_client_that_drips_its_body_is_cut_and_one_that_is_only_slow_is_not)
{
    struct http_server *server = server_with((struct http_config){.grace_ms = 500, .min_rate = 100});
    int fd = client_connect(http_server_port(server));
    int64_t began = clock_monotonic_ms();

    client_send(fd, S("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"));
    while (!client_is_closed(fd, 50) && clock_monotonic_ms() - began < 5000)
        client_send(fd, S("a"));
    assert_in_range(clock_monotonic_ms() - began, 400, 2500);
    close(fd);

    fd = client_connect(http_server_port(server));
    client_send(fd, S("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\n"));
    for (int i = 0; i < 20; i++) {
        client_send(fd, S("0123456789"));
        usleep(50000);
    }
    assert_int_equal(answer_status(client_read_one(t, fd, false)), 200);
    close(fd);
    stop(server);
}

TEST(a_client_that_does_not_take_its_answer_is_cut)
{
    struct http_server *server =
        server_with((struct http_config){.grace_ms = 300, .min_rate = 100u << 20, .worker_memory = 64 << 20});
    int fd = client_connect(http_server_port(server));

    client_send(fd, S("GET /lon HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    usleep(1500000);
    assert_true(client_read_all(t, fd, 500).len < 30u << 20);
    assert_true(client_is_closed(fd, 100));
    close(fd);
    stop(server);
}

TEST(an_idle_connection_is_closed)
{
    struct http_server *server = server_with((struct http_config){.idle_ms = 1000});
    int fd = client_connect(http_server_port(server));

    client_send(fd, S("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assert_int_equal(answer_status(client_read_one(t, fd, false)), 200);
    assert_false(client_is_closed(fd, 300));
    assert_true(client_is_closed(fd, 3500));
    close(fd);
    stop(server);
}

TEST(a_cut_body_never_reaches_a_handler)
{
    struct http_server *server = server_with((struct http_config){0});
    int fd = client_connect(http_server_port(server));

    client_send(fd, S("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nonly this"));
    close(fd);
    usleep(200000);
    assert_int_equal(atomic_load(&handled), 0);
    stop(server);
}

TEST(one_address_has_no_more_connections_than_allowed)
{
    struct http_server *server = server_with((struct http_config){.max_per_address = 20});
    int fds[30], open = 0;

    for (size_t i = 0; i < countof(fds); i++)
        fds[i] = client_connect(http_server_port(server));
    usleep(300000);
    for (size_t i = 0; i < countof(fds); i++) {
        client_send(fds[i], S("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        open += answer_status(client_read_all(t, fds[i], 60)) == 200;
        if (i == 0)
            assert_int_equal(open, 1);
    }
    assert_int_equal(open, 20);
    for (size_t i = 0; i < countof(fds); i++)
        close(fds[i]);
    usleep(300000);
    assert_int_equal(answer_status(client_get(t, http_server_port(server), "/", "")), 200);
    stop(server);
}

TEST(behind_the_proxy_the_limit_is_one_of_its_clients)
{
    struct http_server *server = server_with((struct http_config){.max_per_address = 2, .trusted_proxy = "127.0.0.1"});
    int fds[8];

    for (size_t i = 0; i < countof(fds); i++) {
        fds[i] = client_connect(http_server_port(server));
        client_send(fds[i], str_format(t,
                                       "POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 9.9.9.9, 10.0.0.%d\r\n"
                                       "Content-Length: 5\r\n\r\nab",
                                       i < 4 ? 1 : (int)i));
        usleep(20000);
    }
    for (size_t i = 0; i < countof(fds); i++) {
        client_send(fds[i], S("cde"));
        assert_int_equal(answer_status(client_read_one(t, fds[i], false)), i == 2 || i == 3 ? 429 : 200);
        close(fds[i]);
    }
    stop(server);
}
