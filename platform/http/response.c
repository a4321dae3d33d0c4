#include "http/response.h"
#include "http/stream.h"
#include "http/parse.h"
#include "base/log.h"
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name, *value;
} defaults[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
     "manifest-src 'self'; worker-src 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
     "midi=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

static void close_file(struct http_response *rs)
{
    if (rs->fd >= 0)
        close(rs->fd);
    rs->fd = -1;
}

/* What was begun and not sent. */
static void drop_response(void *arg)
{
    struct http_response *rs = arg;

    close_file(rs);
    if (rs->stream != NULL)
        stream_drop(rs->stream);
}

struct http_response *response_new(struct arena *a, const struct exchange *x)
{
    struct http_response *rs = NEW(a, struct http_response);

    rs->arena = a;
    rs->exchange = (struct exchange *)(uintptr_t)x;
    rs->status = 200;
    rs->fd = -1;
    arena_defer(a, drop_response, rs);
    for (size_t i = 0; i < countof(defaults); i++)
        rs->headers[rs->n_headers++] = (struct http_pair){str_of(defaults[i].name), str_of(defaults[i].value)};
    if (x != NULL && x->server->config.hsts)
        response_header(rs, "Strict-Transport-Security", S("max-age=31536000"));
    return rs;
}

static const char *reason_of(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Internal Server Error";
    }
}

struct http_response *response_fail(struct arena *a, struct exchange *x, int status)
{
    const struct http_config *config = &x->server->config;
    struct http_response *rs = response_new(a, x);

    response_status(rs, status);
    if (status == 503 || status == 429)
        response_header(rs, "Retry-After", S("5"));
    if (config->fail != NULL)
        config->fail(&x->rq, rs, status, config->user);
    else
        response_body(
            rs, "text/plain; charset=utf-8",
            str_format(a, "%d %s\nrequest %llu\n", status, reason_of(status), (unsigned long long)x->rq.number));
    response_status(rs, status);
    return rs;
}

void response_status(struct http_response *rs, int status)
{
    rs->status = status;
}

int response_status_of(const struct http_response *rs)
{
    return rs->status;
}

static bool is_header_value(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\t') || s.ptr[i] == 0x7f)
            return false;
    return true;
}

static void add_header(struct http_response *rs, const char *name, struct str value)
{
    if (!is_header_value(value) || rs->n_headers == RESPONSE_HEADERS) {
        log_event(LOG_ERROR, "http.header", "name=%s reason=\"control byte or too many\"", name);
        return;
    }
    rs->headers[rs->n_headers++] = (struct http_pair){str_copy(rs->arena, str_of(name)), str_copy(rs->arena, value)};
}

void response_header(struct http_response *rs, const char *name, struct str value)
{
    size_t kept = 0;

    for (size_t i = 0; i < rs->n_headers; i++)
        if (!str_equal_nocase(rs->headers[i].name, str_of(name)))
            rs->headers[kept++] = rs->headers[i];
    rs->n_headers = kept;
    if (value.ptr != NULL)
        add_header(rs, name, value);
}

struct str response_get(const struct http_response *rs, const char *name)
{
    for (size_t i = 0; i < rs->n_headers; i++)
        if (str_equal_nocase(rs->headers[i].name, str_of(name)))
            return rs->headers[i].value;
    return STR_NONE;
}

void response_cookie(struct http_response *rs, const char *name, struct str value, int64_t seconds)
{
    struct buf b = buf_in(rs->arena);

    buf_add_format(&b, "%s=", name);
    if (seconds >= 0)
        buf_add(&b, value);
    buf_add(&b, S("; Path=/; Secure; HttpOnly; SameSite=Lax"));
    if (seconds != 0)
        buf_add_format(&b, "; Max-Age=%lld", (long long)(seconds > 0 ? seconds : 0));
    add_header(rs, "Set-Cookie", buf_str(&b));
    rs->has_cookie = true;
}

void response_body(struct http_response *rs, const char *type, struct str body)
{
    response_header(rs, "Content-Type", str_of(type));
    rs->body = body;
}

void response_redirect(struct http_response *rs, struct str location)
{
    rs->status = 303;
    response_header(rs, "Location", location);
}

static struct str etag_of(struct arena *a, struct str bytes)
{
    unsigned char hash[16];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.ptr, bytes.len, NULL, 0);
    return str_hex(a, hash, sizeof hash);
}

void response_etag(struct http_response *rs, struct str identity)
{
    rs->etag = etag_of(rs->arena, identity);
}

enum err response_file(struct http_response *rs, const char *type, const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? E_NOT_FOUND : errno == EACCES ? E_DENIED : E_IO;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return E_NOT_FOUND;
    }
    close_file(rs);
    rs->fd = fd;
    rs->file_size = (uint64_t)st.st_size;
    rs->modified = http_date(rs->arena, st.st_mtime);
    if (rs->etag.ptr == NULL)
        response_etag(rs, str_format(rs->arena, "%llu %lld.%09ld", (unsigned long long)st.st_size,
                                     (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec));
    response_header(rs, "Content-Type", str_of(type));
    return OK;
}

static bool is_plain_in_name(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

void response_attachment(struct http_response *rs, struct str file_name)
{
    struct buf b = buf_in(rs->arena);

    buf_add(&b, S("attachment; filename=\""));
    for (size_t at = 0; at < file_name.len;) {
        uint32_t c = str_next_code(file_name, &at);
        buf_add_char(&b, c < 0x80 && (is_plain_in_name((unsigned char)c) || c == ' ') ? (char)c : '_');
    }
    buf_add(&b, S("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < file_name.len; i++) {
        unsigned char c = (unsigned char)file_name.ptr[i];
        if (is_plain_in_name(c))
            buf_add_char(&b, (char)c);
        else
            buf_add_format(&b, "%%%02X", c);
    }
    response_header(rs, "Content-Disposition", buf_str(&b));
}

void response_revalidate(struct http_response *rs)
{
    rs->revalidate = true;
    response_header(rs, "Cache-Control", S("private, no-cache"));
}

void response_cache(struct http_response *rs, int64_t seconds)
{
    rs->keep = true;
    rs->keep_seconds = seconds;
    response_header(rs, "Cache-Control", S("public, no-cache"));
}

void response_cache_tag(struct http_response *rs, struct str tag)
{
    if (rs->cache.n_tags == CACHE_TAGS) {
        log_event(LOG_ERROR, "http.cache", "reason=\"too many tags\"");
        rs->keep = false;
        rs->keep_seconds = 0;
        return;
    }
    rs->cache.tags[rs->cache.n_tags++] = cache_tag_of(tag);
}
