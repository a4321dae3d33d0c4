/* Fuzz target of the HTTP room's own parsers: the first byte chooses one, the rest is its input. */
#include "http/multipart.h"
#include "http/parse.h"
#include "http/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void try_path(struct arena *a, struct str in)
{
    struct str path;

    if (parse_path(a, in, &path) != OK)
        return;
    check(path.len > 0 && path.ptr[0] == '/' && str_is_utf8(path));
    check(!str_contains(path, S("/../")) && !str_contains(path, S("//")) && memchr(path.ptr, 0, path.len) == NULL);
}

static void try_pairs(struct arena *a, struct str in)
{
    struct http_pairs pairs;

    if (parse_pairs(a, in, QUERY_PAIRS, &pairs) != OK)
        return;
    for (size_t i = 0; i < pairs.n; i++)
        check(str_is_utf8(pairs.list[i].name) && str_is_utf8(pairs.list[i].value));
}

static void try_headers(struct arena *a, struct str in)
{
    struct str offered[] = {S("vi"), S("en")};
    uint64_t from, len;

    (void)parse_cookie(in, S("a"));
    (void)parse_media_type(a, in);
    (void)parse_parameter(a, in, "name");
    (void)parse_accepts(in, S("gzip"));
    (void)parse_is_host(in);
    (void)http_prefer(in, offered, 2);
    if (parse_range(in, 1000, &from, &len) == RANGE_PART)
        check(len > 0 && from < 1000 && len <= 1000 - from);
}

struct seen {
    size_t parts, bytes;
    bool open;
};

static enum err see_begin(void *to, const struct multipart_part *part)
{
    struct seen *s = to;

    check(!s->open && part->name.ptr != NULL);
    s->open = true;
    s->parts++;
    return OK;
}

static enum err see_data(void *to, const char *data, size_t n)
{
    struct seen *s = to;

    check(s->open && data != NULL && n > 0);
    s->bytes += n;
    return OK;
}

static enum err see_end(void *to)
{
    struct seen *s = to;

    check(s->open);
    s->open = false;
    return OK;
}

static enum err push_in_pieces(struct arena *a, struct str in, size_t piece, struct seen *seen)
{
    struct multipart_sink sink = {seen, see_begin, see_data, see_end};
    struct multipart *m = multipart_new(a, S("b"), &sink);

    for (size_t at = 0; at < in.len; at += piece) {
        struct str part = str_sub(in, at, piece);
        TRY(multipart_push(m, part.ptr, part.len));
    }
    return multipart_finish(m);
}

/* However it is cut, a form reads the same. */
static void try_multipart(struct arena *a, struct str in)
{
    struct seen whole = {0}, pieces = {0};

    if (push_in_pieces(a, in, in.len + 1, &whole) != OK)
        return;
    check(push_in_pieces(a, in, 1 + in.len % 7, &pieces) == OK);
    check(whole.parts == pieces.parts && whole.bytes == pieces.bytes && !whole.open && whole.bytes <= in.len);
}

static void nothing(struct request *rq)
{
    (void)rq;
}

static void try_router(struct arena *a, struct str in)
{
    static const struct route routes[] = {
        GET("/a/:b/c", 1, nothing), GET("/a/x", 1, nothing), GET("/:y/*z", 1, nothing), {0}};
    struct router *r = router_new(a);
    struct route_match m;
    int64_t id;

    check(router_add_all(r, routes) == OK);
    if (router_match(r, HTTP_GET, in, &m) == ROUTE_FOUND && route_param_id(&m, "b", &id))
        check(id > 0);
    struct route made = GET(str_z(a, in), 1, nothing);
    IGNORE(router_add(r, &made)); /* any answer, but no crash */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const tries[])(struct arena *, struct str) = {try_path, try_pairs, try_headers, try_multipart,
                                                                try_router};

    if (size == 0)
        return 0;
    struct arena *a = arena_new(0);
    tries[data[0] % countof(tries)](a, (struct str){(const char *)data + 1, size - 1});
    arena_free(a);
    return 0;
}
