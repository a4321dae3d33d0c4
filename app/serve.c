#include "app/command.h"
#include "app/rooms.h"
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "site/site.h"
#include "web/web.h"
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

enum { STOP_MS = 20000, MAX_FILES = 8192 };

struct serving {
    const struct command_run *run;
    const char *folder;
    struct database *database;
    struct site *site;
    struct web *web;
    struct jobs *jobs;
};

static const struct command_option options[] = {
    OPTION_DATA,
    OPTION_DATABASE,
    {"--port", "N", MSG_cli_option_port, "BANTIN_PORT"},
    {"--address", "IP", MSG_cli_option_address, "BANTIN_ADDRESS"},
    {"--url", "URL", MSG_cli_option_url, "BANTIN_URL"},
    {"--tls-cert", "FILE", MSG_cli_option_tls_cert, "BANTIN_TLS_CERT"},
    {"--tls-key", "FILE", MSG_cli_option_tls_key, "BANTIN_TLS_KEY"},
    {"--trusted-proxy", "IP", MSG_cli_option_trusted_proxy, "BANTIN_TRUSTED_PROXY"},
    {"--log", "LEVEL", MSG_cli_option_log, "BANTIN_LOG"},
    {0},
};

static const char *or(const char *value, const char *otherwise)
{
    return value != NULL ? value : otherwise;
}

/* "http://127.0.0.1:8080", or what the administrator says the world calls us; no slash at its end. */
static const char *base_url(const struct command_run *run, const char *address, int64_t port)
{
    struct str url = str_of(command_value(run, "--url"));

    if (url.len == 0)
        return str_format(run->arena, "%s://%s:%lld", command_has(run, "--tls-cert") ? "https" : "http", address,
                          (long long)port)
            .ptr;
    while (str_ends(url, S("/")))
        url.len--;
    return str_z(run->arena, url);
}

static int say_start_failed(const struct command_run *run, enum err e, const char *address, int64_t port)
{
    enum msg sentence = e == E_BUSY          ? MSG_cli_port_in_use
                        : e == E_DENIED      ? MSG_cli_not_loopback
                        : e == E_INVALID     ? MSG_cli_address_invalid
                        : e == E_UNSUPPORTED ? MSG_cli_tls_unusable
                        : e == E_NOT_FOUND   ? MSG_cli_tls_missing
                                             : MSG_cli_serve_failed;

    return command_say(run, EXIT_FAILED,
                       T(run->arena, run->lang, sentence, ARG("address", address), ARG("port", port)));
}

static enum err start_web(struct serving *s, const char *address, int64_t port, const char *url)
{
    struct web_config config = {
        .http = {
            .address = address,
            .port = (uint16_t)port,
            .tls_cert = command_value(s->run, "--tls-cert"),
            .tls_key = command_value(s->run, "--tls-key"),
            .trusted_proxy = command_value(s->run, "--trusted-proxy"),
            .temp_folder = site_folders(s->site)->temp,
        },
        .database = s->database,
        .routes = all_routes,
        .base_url = url,
        .fill_shell = site_fill_shell,
        .user = s->site,
    };

    TRY(web_start(&config, &s->web));
    site_set_web(s->site, s->web);
    return OK;
}

static void stop(struct serving *s)
{
    if (s->jobs != NULL)
        jobs_stop(s->jobs);
    if (s->web != NULL && web_stop(s->web, STOP_MS) != OK) {
        log_event(LOG_ERROR, "serve.stop", "error=a request would not end");
        _Exit(EXIT_FAILED);
    }
    site_close(s->site);
    log_event(LOG_INFO, "serve.stopped", "reason=signal");
}

/* The signals that end the program are taken here, by the main thread, and nowhere else. */
static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void allow_many_files(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < MAX_FILES) {
        limit.rlim_cur = limit.rlim_max < MAX_FILES ? limit.rlim_max : MAX_FILES;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static int serve_until_signal(struct serving *s, const sigset_t *signals, const char *address, int64_t port)
{
    int number;

    if (port == 0)
        port = web_port(s->web);
    printf("bantin: %s/\n", base_url(s->run, address, port));
    fflush(stdout);
    first_start_greeting(s->run, s->database, base_url(s->run, address, port));
    sigwait(signals, &number);
    stop(s);
    return EXIT_DONE;
}

static int serve(struct command_run *run)
{
    struct serving s = {.run = run};
    const char *address = or(command_value(run, "--address"), "127.0.0.1");
    int64_t port;
    sigset_t signals;

    log_set_level_named(command_value(run, "--log"));
    if (str_to_int(str_of(or(command_value(run, "--port"), "8080")), &port) != OK || port < 0 || port > 65535)
        return command_usage(run, MSG_cli_port_invalid, command_value(run, "--port"));
    block_signals(&signals);
    allow_many_files();
    if (command_data_folder(run, &s.folder) != OK ||
        command_open_database(run, s.folder, SCHEMA_MUST_FIT, &s.database) != OK)
        return EXIT_FAILED;
    enum err e = site_open(s.database, s.folder, &s.site);
    if (e == OK)
        e = start_web(&s, address, port, base_url(run, address, port));
    if (e != OK)
        return say_start_failed(run, e, address, port);
    e = jobs_start(s.database, s.site, &s.jobs);
    if (e != OK)
        return say_start_failed(run, e, address, port);
    return serve_until_signal(&s, &signals, address, port);
}

const struct command serve_command = {
    .name = "serve", .operands = "", .summary = MSG_cli_serve, .help = MSG_cli_serve_help, .options = options, .run = serve,
};
