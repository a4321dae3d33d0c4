#include "http/exchange.h"
#include "http/response.h"
#include "http/stream.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sodium.h>
#include <unistd.h>

/* libmicrohttpd clears a connection's whole pool after each request, so it should be no larger than needed. */
enum { BEAT_MS = 25000, POOL_BEYOND_HEAD = 8 * 1024, TLS_FILE_MAX = 256 * 1024, BACKLOG = 511 };

/* ---- What libmicrohttpd calls, in its threads ---- */

/* The request line has come. What is returned becomes the exchange of the calls that follow. */
static void *on_request_line(void *cls, const char *target, struct MHD_Connection *mhd)
{
    struct http_server *server = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct arena *a = arena_new(0);
    struct exchange *x = NEW(a, struct exchange);

    x->rq.arena = a;
    x->rq.number = atomic_fetch_add(&server->last_number, 1) + 1;
    x->rq.target = target != NULL ? str_copy(a, str_of(target)) : S("");
    x->raw_target = target;
    x->server = server;
    x->connection = info->socket_context;
    x->mhd = mhd;
    x->limits = server->config.limits;
    atomic_fetch_add(&server->exchanges, 1);
    return x;
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode code)
{
    struct exchange *x = *con_cls;
    struct http_server *server = cls;

    (void)mhd;
    (void)code;
    if (x == NULL)
        return;
    *con_cls = NULL;
    if (x->counts_for_client)
        connections_uncount(server->connections, x->client_address);
    if (x->stream != NULL)
        stream_gone(x->stream);
    atomic_store(&x->connection->deadline_ms,
                 clock_monotonic_ms() + server->config.idle_ms + server->config.head_ms);
    if (x->page != NULL)
        page_release(x->page);
    else if (x->reply.response != NULL)
        MHD_destroy_response(x->reply.response);
    arena_free(x->rq.arena);      /* the exchange itself lies in it */
    atomic_fetch_sub(&server->exchanges, 1);
}

/* An answer to the first call makes libmicrohttpd close the connection after it, as a refusal should. */
static enum MHD_Result refuse(struct exchange *x, int status)
{
    if (x->refused_because != NULL)
        log_event(LOG_DEBUG, "http.refused", "request=%llu status=%d reason=\"%s\"", (unsigned long long)x->rq.number,
                  status, x->refused_because);
    struct http_response *rs = response_fail(x->rq.arena, x, status);
    response_header(rs, "Connection", S("close"));
    reply_make(x, rs);
    reply_send(x);
    return x->reply.response != NULL ? MHD_YES : MHD_NO;
}

static bool may_count_client(struct exchange *x)
{
    if (!x->connection->is_proxy)
        return true;
    x->counts_for_client = connections_count(x->server->connections, x->client_address);
    return x->counts_for_client;
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
    const struct http_config *config = &x->server->config;
    int refusal = request_read_head(x, method, version);

    if (refusal != 0)
        return refuse(x, refusal);
    if (!may_count_client(x))
        return refuse(x, 429);
    atomic_store(&x->connection->deadline_ms, INT64_MAX);
    if (!x->has_body && (asset_reply(x) || cache_reply(x)))
        return MHD_YES;
    if (config->body_limit != NULL)
        config->body_limit(&x->rq, &x->limits, config->user);
    if (!x->has_body)
        return MHD_YES;
    intake_begin(x);
    if (x->limits.refused != 0)
        x->refused = x->limits.refused;
    atomic_store(&x->connection->deadline_ms, clock_monotonic_ms() + config->grace_ms);
    /* A body that is too long by much is refused now; a little more is read first, so that the answer is seen. */
    if (x->refused != 0 && (x->content_length == UINT64_MAX || x->content_length > 256 * 1024))
        return refuse(x, x->refused);
    return MHD_YES;
}

static enum MHD_Result answer(struct exchange *x)
{
    if (x->reply.response == NULL && !x->handed_over) {
        if (x->intake != NULL)
            intake_end(x);
        atomic_store(&x->connection->deadline_ms, INT64_MAX);
        x->handed_over = true;
        if (x->refused == 0 && workers_take(x->server->workers, x))
            return MHD_YES;
        reply_make(x, response_fail(x->rq.arena, x, x->refused != 0 ? x->refused : 503));
    }
    reply_send(x);
    return x->reply.response != NULL ? MHD_YES : MHD_NO;
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                                 const char *version, const char *data, size_t *data_len, void **con_cls)
{
    struct exchange *x = *con_cls;

    (void)cls;
    (void)mhd;
    (void)url;
    if (x == NULL)
        return MHD_NO;
    if (!x->head_done) {
        x->head_done = true;
        return on_head(x, method, version);
    }
    if (*data_len > 0) {
        size_t n = *data_len;
        *data_len = 0;
        return intake_take(x, data, n) ? MHD_YES : MHD_NO;
    }
    return answer(x);
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *peer, socklen_t len)
{
    struct http_server *server = cls;
    struct address address = address_of(peer);

    (void)len;
    if (server->has_proxy && address_equal(address, server->proxy))
        return MHD_YES;
    return connections_may(server->connections, address) ? MHD_YES : MHD_NO;
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http_server *server = cls;

    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        connections_remove(server->connections, *socket_context);
        return;
    }
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    int socket = fd->connect_fd;
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct address address = address_of(peer->client_addr);
    bool is_proxy = server->has_proxy && address_equal(address, server->proxy);

    *socket_context = connections_add(server->connections, socket, peer->client_addr, is_proxy,
                                      clock_monotonic_ms() + server->config.head_ms);
}

static size_t leave_encoded(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

static void on_library_log(void *cls, const char *format, va_list args)
{
    char line[256];

    (void)cls;
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\r\n")] = 0;
    log_event(LOG_DEBUG, "http.library", "text=\"%s\"", line);
}

/* ---- Start ---- */

static void set_defaults(struct http_config *c)
{
#define DEFAULT(field, value)                                                                                          \
    if (c->field == 0)                                                                                                 \
    c->field = (value)
    DEFAULT(address, "127.0.0.1");
    DEFAULT(loops, 1);
    DEFAULT(workers, 4);
    DEFAULT(max_connections, 2000);
    DEFAULT(max_per_address, 64);
    DEFAULT(max_waiting, 512);
    DEFAULT(max_streams, 1000);
    DEFAULT(head_ms, 10000);
    DEFAULT(idle_ms, 15000);
    DEFAULT(grace_ms, 10000);
    DEFAULT(min_rate, 1000);
    DEFAULT(max_head, 16 * 1024);
    DEFAULT(worker_memory, 64 * 1024 * 1024);
    DEFAULT(limits.body, 1024 * 1024);
    DEFAULT(temp_folder, "/tmp");
#undef DEFAULT
}

struct listen_address {
    struct sockaddr_storage any;
    socklen_t len;
    bool is_loopback;
};

static bool parse_listen_address(const struct http_config *config, struct listen_address *l)
{
    struct sockaddr_in *four = (struct sockaddr_in *)&l->any;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)&l->any;

    memset(l, 0, sizeof *l);
    if (inet_pton(AF_INET, config->address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(config->port);
        l->len = sizeof *four;
        l->is_loopback = ntohl(four->sin_addr.s_addr) >> 24 == 127;
        return true;
    }
    if (inet_pton(AF_INET6, config->address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons(config->port);
        l->len = sizeof *six;
        l->is_loopback = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
        return true;
    }
    return false;
}

static enum err open_listener(struct http_server *server, const struct listen_address *l)
{
    int fd = socket(l->any.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;

    if (fd < 0)
        return E_IO;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&l->any, l->len) != 0 || listen(fd, BACKLOG) != 0) {
        int why = errno;
        close(fd);
        log_event(LOG_ERROR, "http.listen", "address=%s port=%u reason=\"%s\"", server->config.address,
                  server->config.port, strerror(why));
        return why == EADDRINUSE ? E_BUSY : why == EADDRNOTAVAIL ? E_INVALID : E_IO;
    }
    getsockname(fd, (struct sockaddr *)&bound, &len);
    server->listener = fd;
    server->port = ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&bound)->sin6_port
                                                     : ((struct sockaddr_in *)&bound)->sin_port);
    return OK;
}

static enum err start_daemon(struct http_server *server, const char *cert, const char *key)
{
    const struct http_config *c = &server->config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    struct MHD_OptionItem more[8];
    size_t n = 0;

    if (cert != NULL) {
        flags |= MHD_USE_TLS;
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)cert};
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)key};
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0,
                                            (void *)(uintptr_t) "SECURE128:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3"};
    }
    if (c->loops > 1)
        more[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, c->loops, NULL};
    more[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};

    server->daemon = MHD_start_daemon(
        flags, 0, on_accept, server, on_access, server,
        MHD_OPTION_EXTERNAL_LOGGER, on_library_log, NULL,
        MHD_OPTION_LISTEN_SOCKET, server->listener,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_CONNECTION_LIMIT, c->max_connections,
        MHD_OPTION_CONNECTION_TIMEOUT, (c->idle_ms + 999) / 1000,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, c->max_head + POOL_BEYOND_HEAD,
        MHD_OPTION_URI_LOG_CALLBACK, on_request_line, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    return server->daemon != NULL ? OK : cert != NULL ? E_UNSUPPORTED : E_IO;
}

static enum err read_tls(struct arena *a, const struct http_config *c, const char **cert, const char **key)
{
    struct str cert_text, key_text;

    if (c->tls_cert == NULL)
        return OK;
    TRY(file_read(a, c->tls_cert, TLS_FILE_MAX, &cert_text));
    TRY(file_read(a, c->tls_key, TLS_FILE_MAX, &key_text));
    *cert = str_z(a, cert_text);
    *key = str_z(a, key_text);
    return OK;
}

static void beat(void *arg)
{
    struct http_server *server = arg;

    streams_beat(server->streams);
}

static void free_server(struct http_server *server)
{
    if (server->connections != NULL)
        connections_free(server->connections);
    if (server->streams != NULL)
        streams_close(server->streams);
    asset_pages_free(server->assets);
    if (server->listener >= 0)
        close(server->listener);
    free(server);
}

static enum err check_config(struct http_server *server, struct listen_address *l)
{
    const struct http_config *c = &server->config;

    if (!parse_listen_address(c, l) || c->handle == NULL || (c->tls_cert == NULL) != (c->tls_key == NULL))
        return E_INVALID;
    server->has_proxy = c->trusted_proxy != NULL;
    if (server->has_proxy && !address_parse(c->trusted_proxy, &server->proxy))
        return E_INVALID;
    if (!l->is_loopback && c->tls_cert == NULL && !server->has_proxy)
        return E_DENIED;
    return access(c->temp_folder, W_OK | X_OK) == 0 ? OK : E_NOT_FOUND;
}

static enum err start(struct http_server *server, struct arena *a)
{
    struct listen_address l;
    const char *cert = NULL, *key = NULL;

    TRY(check_config(server, &l));
    TRY(read_tls(a, &server->config, &cert, &key));
    TRY(open_listener(server, &l));
    server->streams = streams_new(server->config.max_streams);
    server->assets = asset_pages_new();
    server->connections = connections_new(server->config.max_per_address, BEAT_MS, beat, server);
    server->workers = workers_start(server);
    enum err e = start_daemon(server, cert, key);
    if (e != OK)
        IGNORE(workers_stop(server->workers, clock_monotonic_ms() + 1000));     /* nothing runs yet */
    return e;
}

enum err http_server_start(const struct http_config *config, struct http_server **server)
{
    struct http_server *s = calloc(1, sizeof *s);
    struct arena *a = arena_new(0);

    if (s == NULL || sodium_init() < 0)
        abort();
    s->config = *config;
    s->listener = -1;
    set_defaults(&s->config);
    signal(SIGPIPE, SIG_IGN);
    enum err e = start(s, a);
    arena_free(a);
    if (e != OK) {
        free_server(s);
        return e;
    }
    *server = s;
    return OK;
}

uint16_t http_server_port(const struct http_server *server)
{
    return server->port;
}

/* ---- Stop ---- */

static void wait_for_exchanges(struct http_server *server, int64_t deadline_ms)
{
    while (atomic_load(&server->exchanges) > 0 && clock_monotonic_ms() < deadline_ms)
        usleep(5000);
}

enum err http_server_stop(struct http_server *server, unsigned wait_ms)
{
    int64_t deadline = clock_monotonic_ms() + wait_ms;

    int listener = MHD_quiesce_daemon(server->daemon);
    if (listener >= 0)
        close(listener);
    server->listener = -1;
    streams_end(server->streams);
    wait_for_exchanges(server, deadline);
    enum err e = workers_stop(server->workers, deadline);
    if (e != OK)
        return e;
    streams_end(server->streams);
    MHD_stop_daemon(server->daemon);
    free_server(server);
    return OK;
}
