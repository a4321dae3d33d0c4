#include "http/exchange.h"
#include "http/parse.h"

static const char *const method_names[HTTP_METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

const char *http_method_name(enum http_method method)
{
    return (unsigned)method < HTTP_METHODS ? method_names[method] : "?";
}

static struct str find_pair(struct http_pairs pairs, const char *name)
{
    struct str wanted = str_of(name);

    for (size_t i = 0; i < pairs.n; i++)
        if (str_equal(pairs.list[i].name, wanted))
            return pairs.list[i].value;
    return STR_NONE;
}

struct str http_header(const struct http_request *rq, const char *name)
{
    struct str wanted = str_of(name);

    for (size_t i = 0; i < rq->headers.n; i++)
        if (str_equal_nocase(rq->headers.list[i].name, wanted))
            return rq->headers.list[i].value;
    return STR_NONE;
}

struct str http_cookie(const struct http_request *rq, const char *name)
{
    for (size_t i = 0; i < rq->headers.n; i++) {
        if (!str_equal_nocase(rq->headers.list[i].name, S("Cookie")))
            continue;
        struct str value = parse_cookie(rq->headers.list[i].value, str_of(name));
        if (value.ptr != NULL)
            return value;
    }
    return STR_NONE;
}

struct str http_query(const struct http_request *rq, const char *name)
{
    return find_pair(rq->query, name);
}

struct str http_form(const struct http_request *rq, const char *name)
{
    return find_pair(rq->form, name);
}

const struct http_upload *http_upload(const struct http_request *rq, const char *field)
{
    for (size_t i = 0; i < rq->n_uploads; i++)
        if (str_equal(rq->uploads[i].field, str_of(field)))
            return &rq->uploads[i];
    return NULL;
}

static int read_method(struct http_request *rq, const char *method)
{
    rq->is_head = strcmp(method, "HEAD") == 0;
    if (rq->is_head)
        return 0;
    for (size_t i = 0; i < HTTP_METHODS; i++)
        if (strcmp(method, method_names[i]) == 0)
            return rq->method = (enum http_method)i, 0;
    return 501;
}

struct copying {
    struct http_pair *list;
    size_t n;
};

static enum MHD_Result copy_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
                                   const char *value, size_t value_len)
{
    struct copying *c = cls;

    (void)kind;
    c->list[c->n++] = (struct http_pair){{key, key_len}, str_trim((struct str){value, value_len})};
    return MHD_YES;
}

/* libmicrohttpd keeps the text until the answer has been sent, so only the list is made here. */
static void read_headers(struct exchange *x)
{
    int n = MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, NULL, NULL);
    struct copying c = {.list = NEW_ARRAY(x->rq.arena, struct http_pair, n > 0 ? (size_t)n : 1)};

    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, copy_header, &c);
    x->rq.headers = (struct http_pairs){c.list, c.n};
}

/* http://our-host/path, as to a proxy, is taken for /path when the host is the one of the Host header. */
static bool cut_absolute_form(struct http_request *rq, struct str *path)
{
    size_t from = str_starts(*path, S("http://")) ? 7 : str_starts(*path, S("https://")) ? 8 : 0;

    if (from == 0)
        return true;
    size_t slash = str_find_char(*path, '/', from);
    if (slash == SIZE_MAX || !str_equal_nocase(str_sub(*path, from, slash - from), rq->host))
        return false;
    *path = str_skip(*path, slash);
    return true;
}

static int status_of(enum err e)
{
    return e == OK ? 0 : e == E_TOO_LARGE ? 414 : 400;
}

static int read_target(struct http_request *rq)
{
    struct str path;
    struct str query = str_cut(rq->target, '?', &path);

    if (!cut_absolute_form(rq, &path))
        return 400;
    rq->raw_path = path;
    rq->raw_query = query.ptr != NULL ? query : S("");
    int refusal = status_of(parse_path(rq->arena, path, &rq->path));
    return refusal != 0 ? refusal : status_of(parse_pairs(rq->arena, rq->raw_query, QUERY_PAIRS, &rq->query));
}

/* Only the last element: it is the one that our own proxy wrote. */
static struct str last_element(struct str header)
{
    for (size_t i = header.len; i > 0; i--)
        if (header.ptr[i - 1] == ',')
            return str_trim(str_skip(header, i));
    return str_trim(header);
}

static void read_client(struct exchange *x)
{
    struct http_request *rq = &x->rq;
    struct str forwarded = STR_NONE;

    rq->client = str_of(x->connection->text);
    rq->is_https = x->server->config.tls_cert != NULL;
    x->client_address = x->connection->address;
    if (!x->connection->is_proxy)
        return;
    for (size_t i = 0; i < rq->headers.n; i++) {
        const struct http_pair *h = &rq->headers.list[i];
        if (str_equal_nocase(h->name, S("X-Forwarded-For")))
            forwarded = last_element(h->value);
        else if (str_equal_nocase(h->name, S("X-Forwarded-Proto")))
            rq->is_https = str_equal_nocase(last_element(h->value), S("https"));
    }
    struct address address;
    if (forwarded.ptr != NULL && forwarded.len < 46 && address_parse(str_z(rq->arena, forwarded), &address)) {
        rq->client = forwarded;
        x->client_address = address;
    }
}

int request_read_head(struct exchange *x, const char *method, const char *version)
{
    struct http_request *rq = &x->rq;
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    int refusal;

    if (size != NULL && size->header_size > x->server->config.max_head)
        return 431;
    if ((refusal = head_refusal(x, method, version)) != 0)
        return refusal;
    read_headers(x);
    read_client(x);
    if ((refusal = read_method(rq, method)) != 0 || (refusal = read_target(rq)) != 0)
        return refusal;
    if (x->has_body && rq->method == HTTP_GET)
        return x->refused_because = "body with GET", 400;
    if (x->has_body)
        rq->type = parse_media_type(rq->arena, http_header(rq, "Content-Type"));
    return 0;
}
