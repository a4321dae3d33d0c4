#include "http/response.h"
#include "http/assets.h"
#include "http/compress.h"
#include "http/parse.h"
#include "base/clock.h"

/* Answers made once and sent to many: libmicrohttpd shares one response object between connections, so a cached page
 * costs no copy. Identity, gzip, brotli, and the 304 of all three. */
enum variant { PLAIN, GZIP, BROTLI, NOT_MODIFIED, VARIANTS };

struct page {
    atomic_uint holders;
    struct str etag; /* malloc'ed */
    size_t bytes, sizes[VARIANTS];
    struct MHD_Response *variants[VARIANTS];
};

/* The body of assets is constant data; that of pages is handed over. */
static struct MHD_Response *variant_new(const struct http_response *rs, struct str body,
                                        enum MHD_ResponseMemoryMode mode, enum variant v, bool vary)
{
    static const char *const suffix[] = {[PLAIN] = "", [GZIP] = "-gz", [BROTLI] = "-br", [NOT_MODIFIED] = ""};
    struct MHD_Response *r = MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, mode);

    if (r == NULL)
        abort();
    for (size_t i = 0; i < rs->n_headers; i++)
        if (v != NOT_MODIFIED || !str_equal_nocase(rs->headers[i].name, S("Content-Type")))
            MHD_add_response_header(r, rs->headers[i].name.ptr, rs->headers[i].value.ptr);
    struct str etag = str_format(rs->arena, "\"%.*s%s\"", STR_ARG(rs->etag), suffix[v]);
    MHD_add_response_header(r, "ETag", etag.ptr);
    if (vary)
        MHD_add_response_header(r, "Vary", "Accept-Encoding");
    if (v == GZIP || v == BROTLI)
        MHD_add_response_header(r, "Content-Encoding", v == GZIP ? "gzip" : "br");
    return r;
}

/* With `compress`, gzip and brotli are made here; else those given are constant data, or none. */
struct page *page_make(struct http_response *rs, struct str body, struct str gzip, struct str brotli, bool compress)
{
    struct page *p = calloc(1, sizeof *p);
    bool worth = compress && compress_is_worth(response_get(rs, "Content-Type"), body.len);
    enum MHD_ResponseMemoryMode mode = compress ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT;
    struct str empty = S("");

    if (p == NULL)
        abort();
    if (worth) {
        gzip = compress_gzip(body, 6);
        brotli = compress_brotli(body, 5);
    }
    bool vary = gzip.ptr != NULL || brotli.ptr != NULL;
    atomic_init(&p->holders, 1);
    p->etag = (struct str){strndup(rs->etag.ptr, rs->etag.len), rs->etag.len};
    p->variants[PLAIN] =
        variant_new(rs, body, compress && body.len > 0 ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT, PLAIN, vary);
    if (gzip.ptr != NULL)
        p->variants[GZIP] = variant_new(rs, gzip, mode, GZIP, vary);
    if (brotli.ptr != NULL)
        p->variants[BROTLI] = variant_new(rs, brotli, mode, BROTLI, vary);
    p->variants[NOT_MODIFIED] = variant_new(rs, empty, MHD_RESPMEM_PERSISTENT, NOT_MODIFIED, vary);
    p->sizes[PLAIN] = body.len;
    p->sizes[GZIP] = gzip.len;
    p->sizes[BROTLI] = brotli.len;
    p->bytes = body.len + gzip.len + brotli.len + 4 * 2048; /* headers and the library's own */
    return p;
}

size_t page_bytes(const struct page *p)
{
    return p->bytes;
}

void page_hold(struct page *p)
{
    atomic_fetch_add(&p->holders, 1);
}

void page_release(void *page)
{
    struct page *p = page;

    if (p == NULL || atomic_fetch_sub(&p->holders, 1) != 1)
        return;
    for (size_t i = 0; i < VARIANTS; i++)
        if (p->variants[i] != NULL)
            MHD_destroy_response(p->variants[i]);
    free((char *)(uintptr_t)p->etag.ptr);
    free(p);
}

static bool has_it(const struct exchange *x, const struct page *p)
{
    struct str known = http_header(&x->rq, "If-None-Match");

    return known.ptr != NULL && str_contains(known, p->etag);
}

static enum variant variant_for(const struct exchange *x, const struct page *p)
{
    struct str accept = http_header(&x->rq, "Accept-Encoding");

    if (has_it(x, p))
        return NOT_MODIFIED;
    if (p->variants[BROTLI] != NULL && parse_accepts(accept, S("br")))
        return BROTLI;
    if (p->variants[GZIP] != NULL && parse_accepts(accept, S("gzip")))
        return GZIP;
    return PLAIN;
}

void page_reply(struct exchange *x, struct page *p)
{
    enum variant v = variant_for(x, p);

    page_hold(p);
    x->page = p;
    x->reply = (struct reply){v == NOT_MODIFIED ? 304 : 200, p->variants[v], p->sizes[v]};
}

static void use_page(void *content, void *arg)
{
    page_reply(arg, content);
}

/* Is the answer in the cache? Else remembers under which key it may be kept. */
bool cache_reply(struct exchange *x)
{
    const struct http_config *config = &x->server->config;
    struct str variant = S("");

    if (config->cache == NULL || config->cached == NULL || x->rq.method != HTTP_GET || x->has_body ||
        !config->cached(&x->rq, &variant, config->user))
        return false;
    struct str parts[] = {variant, x->rq.path, x->rq.raw_query};
    x->cache_key = str_join(x->rq.arena, parts, countof(parts), S("\n"));
    if (cache_get(config->cache, x->cache_key, use_page, x))
        return true;
    x->cache_stamp = cache_stamp(config->cache);
    return false;
}

/* In the worker: the page is answered from what is kept. */
void cache_keep(struct exchange *x, struct http_response *rs)
{
    struct page *p = page_make(rs, rs->body, STR_NONE, STR_NONE, true);
    struct cache_page page = rs->cache;

    page.key = x->cache_key;
    page.bytes = p->bytes;
    page.until_ms = clock_monotonic_ms() + rs->keep_seconds * 1000;
    page.content = p;
    page.release = page_release;
    page_reply(x, p);
    (void)cache_put(x->server->config.cache, &page, x->cache_stamp);
}

/* ---- Assets: one page each, made at the start ---- */

struct asset_pages {
    size_t n;
    const struct asset *first;
    struct page *pages[];
};

static struct page *asset_page(struct arena *a, const struct asset *asset)
{
    struct http_response *rs = response_new(a, NULL);

    response_header(rs, "Cache-Control", S("public, max-age=31536000, immutable"));
    response_header(rs, "Content-Type", str_of(asset->type));
    response_etag(rs, asset->content);
    return page_make(rs, asset->content, asset->gzip, asset->brotli, false);
}

struct asset_pages *asset_pages_new(void)
{
    size_t n;
    const struct asset *list = assets_all(&n);
    struct asset_pages *all = calloc(1, sizeof *all + n * sizeof(struct page *));
    struct arena *a = arena_new(0);

    if (all == NULL)
        abort();
    all->n = n;
    all->first = list;
    for (size_t i = 0; i < n; i++) {
        all->pages[i] = asset_page(a, &list[i]);
        arena_reset(a);
    }
    arena_free(a);
    return all;
}

void asset_pages_free(struct asset_pages *all)
{
    if (all == NULL)
        return;
    for (size_t i = 0; i < all->n; i++)
        page_release(all->pages[i]);
    free(all);
}

bool asset_reply(struct exchange *x)
{
    const struct asset *asset = x->rq.method == HTTP_GET ? asset_at(x->rq.path) : NULL;

    if (asset == NULL)
        return false;
    page_reply(x, x->server->assets->pages[asset - x->server->assets->first]);
    return true;
}
