#include "http/exchange.h"
#include "http/multipart.h"
#include "http/parse.h"
#include "base/clock.h"
#include "base/log.h"
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

/* What is read and thrown away after a refusal, so that the client gets to see the answer instead of a broken pipe. */
enum { SWALLOW = 1024 * 1024, MULTIPART_OVERHEAD = 64 * 1024, DEFAULT_MAX_FILES = 20, NAME_BYTES = 255, NAME_TAIL = 16 };

enum kind { KIND_RAW, KIND_PAIRS, KIND_PARTS };

/* The body of one request as it arrives. Bytes that stay in memory are bounded by limits.body, files by limits.files.
 */
struct intake {
    enum kind kind;
    uint64_t received, swallowed;
    char *text; /* the raw body, or the field being read */
    size_t text_len, text_cap;
    size_t fields_bytes; /* of the fields that are complete */
    struct multipart *parts;
    struct http_pair *form;
    size_t n_form, form_cap;
    struct http_upload *uploads;
    size_t n_uploads, uploads_cap;
    bool in_file;
    struct http_upload file; /* the one being read */
    int fd;
    crypto_hash_sha256_state sha;
    uint64_t files_bytes;
};

static void free_intake(void *arg)
{
    struct intake *in = arg;

    if (in->fd >= 0)
        close(in->fd);
    free(in->text);
}

static void unlink_path(void *path)
{
    unlink(path);
}

static enum err add_text(struct exchange *x, const char *data, size_t n)
{
    struct intake *in = x->intake;

    if (n > x->limits.body - in->fields_bytes || in->text_len > x->limits.body - in->fields_bytes - n)
        return E_TOO_LARGE;
    if (in->text_cap - in->text_len < n) {
        size_t cap = in->text_cap * 2 > in->text_len + n ? in->text_cap * 2 : in->text_len + n;
        char *grown = realloc(in->text, cap);
        if (grown == NULL)
            abort();
        in->text = grown;
        in->text_cap = cap;
    }
    memcpy(in->text + in->text_len, data, n);
    in->text_len += n;
    return OK;
}

static enum err open_file(struct exchange *x)
{
    struct intake *in = x->intake;

    if (in->n_uploads >= (x->limits.max_files != 0 ? x->limits.max_files : DEFAULT_MAX_FILES))
        return E_TOO_LARGE;
    char *path = str_z(x->rq.arena, str_format(x->rq.arena, "%s/upload-XXXXXX", x->server->config.temp_folder));
    in->fd = mkostemp(path, O_CLOEXEC);
    if (in->fd < 0)
        return errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO;
    arena_defer(x->rq.arena, unlink_path, path);
    in->file.path = path;
    crypto_hash_sha256_init(&in->sha);
    return OK;
}

static enum err part_begin(void *to, const struct multipart_part *part)
{
    struct exchange *x = to;
    struct intake *in = x->intake;

    if (in->n_form + in->n_uploads >= FORM_PAIRS)
        return E_TOO_LARGE;
    in->text_len = 0;
    in->in_file = part->file_name.ptr != NULL;
    in->file = (struct http_upload){.field = part->name, .name = part->file_name, .type = part->type};
    return in->in_file && part->file_name.len > 0 && x->limits.files > 0 ? open_file(x) : OK;
}

static enum err add_to_file(struct exchange *x, const char *data, size_t n)
{
    struct intake *in = x->intake;

    if (n > x->limits.files - in->files_bytes)
        return E_TOO_LARGE;
    if (in->fd < 0)
        TRY(open_file(x));
    crypto_hash_sha256_update(&in->sha, (const unsigned char *)data, n);
    in->files_bytes += n;
    in->file.size += n;
    while (n > 0) {
        ssize_t put = write(in->fd, data, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO;
        data += put;
        n -= (size_t)put;
    }
    return OK;
}

static enum err part_data(void *to, const char *data, size_t n)
{
    struct exchange *x = to;

    return x->intake->in_file ? add_to_file(x, data, n) : add_text(x, data, n);
}

static struct str last_segment(struct str name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\')
            return str_skip(name, i);
    return name;
}

/* No file system has longer names; the ending, which says what it is, stays. */
static struct str cut_name(struct exchange *x, struct str name)
{
    if (name.len <= NAME_BYTES)
        return name;
    size_t head = NAME_BYTES - NAME_TAIL, tail = name.len - NAME_TAIL;
    while (head > 0 && ((unsigned char)name.ptr[head] & 0xc0) == 0x80)
        head--;
    while (tail < name.len && ((unsigned char)name.ptr[tail] & 0xc0) == 0x80)
        tail++;
    return str_format(x->rq.arena, "%.*s%.*s", (int)head, name.ptr, STR_ARG(str_skip(name, tail)));
}

static enum err file_end(struct exchange *x)
{
    struct intake *in = x->intake;

    if (in->fd < 0)
        return OK; /* a file field in which nothing was chosen */
    int failed = close(in->fd);
    in->fd = -1;
    if (failed != 0)
        return E_IO;
    crypto_hash_sha256_final(&in->sha, in->file.sha256);
    in->file.name = cut_name(x, last_segment(in->file.name));
    if (in->n_uploads == in->uploads_cap) {
        size_t cap = in->uploads_cap * 2 + 4;
        in->uploads =
            arena_grow(x->rq.arena, in->uploads, in->uploads_cap * sizeof *in->uploads, cap * sizeof *in->uploads);
        in->uploads_cap = cap;
    }
    in->uploads[in->n_uploads++] = in->file;
    return OK;
}

static enum err field_end(struct exchange *x)
{
    struct intake *in = x->intake;
    struct str value = {in->text != NULL ? in->text : "", in->text_len};

    if (!str_is_utf8(value) || memchr(value.ptr, 0, value.len) != NULL)
        return E_INVALID;
    if (in->n_form == in->form_cap) {
        size_t cap = in->form_cap * 2 + 16;
        in->form = arena_grow(x->rq.arena, in->form, in->form_cap * sizeof *in->form, cap * sizeof *in->form);
        in->form_cap = cap;
    }
    in->form[in->n_form++] = (struct http_pair){in->file.field, str_copy(x->rq.arena, value)};
    in->fields_bytes += value.len;
    in->text_len = 0;
    return OK;
}

static enum err part_end(void *to)
{
    struct exchange *x = to;

    return x->intake->in_file ? file_end(x) : field_end(x);
}

static int status_for(enum err e)
{
    switch (e) {
    case OK:
        return 0;
    case E_TOO_LARGE:
        return 413;
    case E_INVALID:
        return 400;
    case E_FULL:
        return 507;
    default:
        return 500;
    }
}

static uint64_t most_bytes(const struct exchange *x)
{
    return x->limits.body + x->limits.files + (x->intake->kind == KIND_PARTS ? MULTIPART_OVERHEAD : 0);
}

void intake_begin(struct exchange *x)
{
    struct intake *in = x->intake = NEW(x->rq.arena, struct intake);
    struct multipart_sink sink = {x, part_begin, part_data, part_end};

    in->fd = -1;
    arena_defer(x->rq.arena, free_intake, in);
    x->connection->body_since_ms = clock_monotonic_ms();
    if (str_equal(x->rq.type, S("application/x-www-form-urlencoded"))) {
        in->kind = KIND_PAIRS;
    } else if (str_equal(x->rq.type, S("multipart/form-data"))) {
        in->kind = KIND_PARTS;
        struct str boundary = parse_parameter(x->rq.arena, http_header(&x->rq, "Content-Type"), "boundary");
        in->parts = multipart_new(x->rq.arena, boundary, &sink);
        if (in->parts == NULL)
            x->refused = 400;
    }
    if (x->content_length != UINT64_MAX && x->content_length > most_bytes(x))
        x->refused = 413;
}

/* The grace, and a second more for each min_rate bytes: a client that drips is cut, one that is slow is not. */
static void extend_deadline(struct exchange *x)
{
    int64_t earned = (int64_t)(x->intake->received * 1000 / x->server->config.min_rate);

    atomic_store(&x->connection->deadline_ms, x->connection->body_since_ms + x->server->config.grace_ms + earned);
}

bool intake_take(struct exchange *x, const char *data, size_t n)
{
    struct intake *in = x->intake;

    in->received += n;
    extend_deadline(x);
    if (x->refused == 0 && in->received > most_bytes(x))
        x->refused = 413;
    if (x->refused != 0)
        return (in->swallowed += n) <= SWALLOW;
    x->refused = status_for(in->kind == KIND_PARTS ? multipart_push(in->parts, data, n) : add_text(x, data, n));
    if (x->refused >= 500)
        log_event(LOG_ERROR, "http.upload", "request=%llu status=%d", (unsigned long long)x->rq.number, x->refused);
    return true;
}

void intake_end(struct exchange *x)
{
    struct intake *in = x->intake;
    struct str text = {in->text != NULL ? in->text : "", in->text_len};

    if (x->refused != 0)
        return;
    switch (in->kind) {
    case KIND_RAW:
        x->rq.body = text;
        break;
    case KIND_PAIRS:
        x->refused = status_for(parse_pairs(x->rq.arena, text, FORM_PAIRS, &x->rq.form));
        break;
    case KIND_PARTS:
        x->refused = status_for(multipart_finish(in->parts));
        x->rq.form = (struct http_pairs){in->form, in->n_form};
        x->rq.uploads = in->uploads;
        x->rq.n_uploads = in->n_uploads;
        break;
    }
}
