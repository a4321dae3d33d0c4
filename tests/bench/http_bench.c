/* A server with one cached page of 20 KB, for http_bench.sh: prints its port and waits for the end of its input. */
#include "base/base.h"
#include "base/files.h"
#include "http/cache.h"
#include "http/http.h"
#include <unistd.h>

static struct str page;

static void handle(struct http_request *rq, struct http_response *rs, void *state)
{
    (void)rq;
    (void)state;
    response_cache(rs, 3600);
    response_body(rs, "text/html; charset=utf-8", page);
}

static bool cached(const struct http_request *head, struct str *variant, void *user)
{
    (void)user;
    *variant = S("vi");
    return http_cookie(head, "__Host-phien").ptr == NULL;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    struct cache *cache = cache_new(32 << 20);
    struct http_config config = {.handle = handle, .cached = cached, .cache = cache, .max_per_address = 1000};
    struct http_server *server;
    char byte;

    if (argc < 2 || file_read(a, argv[1], 1 << 20, &page) != OK)
        return 2;
    config.loops = argc > 2 ? (unsigned)atoi(argv[2]) : 1;
    if (http_server_start(&config, &server) != OK)
        return 1;
    printf("%u\n", http_server_port(server));
    fflush(stdout);
    while (read(0, &byte, 1) > 0)
        ;
    enum err e = http_server_stop(server, 3000);
    cache_free(cache);
    arena_free(a);
    return e == OK ? 0 : 1;
}
