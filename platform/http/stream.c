#include "http/stream.h"
#include "http/response.h"
#include <pthread.h>

/* A client that lets this much wait is not reading any more. */
enum { STREAM_MAX_WAITING = 64 * 1024 };

struct streams {
    pthread_mutex_t lock;
    struct http_stream *first;
    unsigned n, most;
    bool closed; /* the server has stopped; the last stream frees the list */
};

/* The lock of the list is taken before that of a stream, never after. */
struct http_stream {
    struct streams *all;
    struct http_stream *previous, *next;
    pthread_mutex_t lock;
    struct MHD_Connection *mhd;
    unsigned holders;
    bool suspended, ended, gone;
    char *waiting;
    size_t len, cap;
};

struct streams *streams_new(unsigned most)
{
    struct streams *all = calloc(1, sizeof *all);

    if (all == NULL)
        abort();
    all->most = most;
    pthread_mutex_init(&all->lock, NULL);
    return all;
}

static void free_list(struct streams *all)
{
    pthread_mutex_destroy(&all->lock);
    free(all);
}

void streams_close(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->closed = true;
    bool empty = all->n == 0;
    pthread_mutex_unlock(&all->lock);
    if (empty)
        free_list(all);
}

struct http_stream *streams_add(struct streams *all, struct MHD_Connection *mhd)
{
    struct http_stream *s = NULL;

    pthread_mutex_lock(&all->lock);
    if (all->n < all->most) {
        s = calloc(1, sizeof *s);
        if (s == NULL)
            abort();
        s->all = all;
        s->mhd = mhd;
        s->holders = 2;
        pthread_mutex_init(&s->lock, NULL);
        s->next = all->first;
        if (s->next != NULL)
            s->next->previous = s;
        all->first = s;
        all->n++;
    }
    pthread_mutex_unlock(&all->lock);
    return s;
}

static void unlink_stream(struct streams *all, struct http_stream *s)
{
    if (s->previous != NULL)
        s->previous->next = s->next;
    else
        all->first = s->next;
    if (s->next != NULL)
        s->next->previous = s->previous;
    all->n--;
}

static void let_go(struct http_stream *s)
{
    struct streams *all = s->all;

    pthread_mutex_lock(&all->lock);
    bool last = --s->holders == 0, last_of_all = false;
    if (last) {
        unlink_stream(all, s);
        last_of_all = all->closed && all->n == 0;
    }
    pthread_mutex_unlock(&all->lock);
    if (last_of_all)
        free_list(all);
    if (!last)
        return;
    pthread_mutex_destroy(&s->lock);
    free(s->waiting);
    free(s);
}

/* With the stream's lock held. */
static void wake(struct http_stream *s)
{
    if (!s->suspended)
        return;
    s->suspended = false;
    MHD_resume_connection(s->mhd);
}

static void add_waiting(struct http_stream *s, struct str text)
{
    if (s->cap - s->len < text.len) {
        size_t cap = s->cap * 2 > s->len + text.len ? s->cap * 2 : s->len + text.len;
        char *grown = realloc(s->waiting, cap);
        if (grown == NULL)
            abort();
        s->waiting = grown;
        s->cap = cap;
    }
    memcpy(s->waiting + s->len, text.ptr, text.len);
    s->len += text.len;
}

static bool add_or_end(struct http_stream *s, struct str text)
{
    pthread_mutex_lock(&s->lock);
    if (s->len + text.len > STREAM_MAX_WAITING)
        s->ended = true;
    bool open = !s->ended && !s->gone;
    if (open)
        add_waiting(s, text);
    if (!s->gone)
        wake(s);
    pthread_mutex_unlock(&s->lock);
    return open;
}

/* A line break inside would begin a field of the stranger's choice: data is cut into lines, names lose theirs. */
static void add_field(struct buf *b, struct str name, struct str value)
{
    buf_add(b, name);
    buf_add(b, S(": "));
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] != '\n' && value.ptr[i] != '\r' && value.ptr[i] != 0)
            buf_add_char(b, value.ptr[i]);
    buf_add_char(b, '\n');
}

bool http_stream_send(struct http_stream *s, struct str event, struct str id, struct str data)
{
    struct arena *a = arena_new(0);
    struct buf b = buf_in(a);
    struct str rest = data.ptr != NULL ? data : S(""), line;

    if (event.len > 0)
        add_field(&b, S("event"), event);
    if (id.len > 0)
        add_field(&b, S("id"), id);
    while (rest.ptr != NULL) {
        rest = str_cut(rest, '\n', &line);
        add_field(&b, S("data"), line);
    }
    buf_add_char(&b, '\n');
    bool sent = add_or_end(s, buf_str(&b));
    arena_free(a);
    return sent;
}

void http_stream_end(struct http_stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    if (!s->gone)
        wake(s);
    pthread_mutex_unlock(&s->lock);
    let_go(s);
}

static ssize_t read_waiting(void *cls, uint64_t position, char *to, size_t most)
{
    struct http_stream *s = cls;
    ssize_t n = 0;

    (void)position;
    pthread_mutex_lock(&s->lock);
    if (s->len > 0) {
        n = (ssize_t)(s->len < most ? s->len : most);
        memcpy(to, s->waiting, (size_t)n);
        memmove(s->waiting, s->waiting + n, s->len - (size_t)n);
        s->len -= (size_t)n;
    } else if (s->ended) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->suspended = true;
        MHD_suspend_connection(s->mhd);
    }
    pthread_mutex_unlock(&s->lock);
    return n;
}

void stream_drop(struct http_stream *s)
{
    stream_gone(s);
    let_go(s);
}

static void response_freed(void *cls)
{
    stream_drop(cls);
}

struct MHD_Response *stream_response(struct http_stream *s)
{
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_waiting, s, response_freed);
}

void stream_gone(struct http_stream *s)
{
    pthread_mutex_lock(&s->lock);
    s->gone = true;
    s->suspended = false;
    pthread_mutex_unlock(&s->lock);
}

void streams_beat(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    for (struct http_stream *s = all->first; s != NULL; s = s->next)
        (void)add_or_end(s, S(": \n\n"));
    pthread_mutex_unlock(&all->lock);
}

void streams_end(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    for (struct http_stream *s = all->first; s != NULL; s = s->next) {
        pthread_mutex_lock(&s->lock);
        s->ended = true;
        if (!s->gone)
            wake(s);
        pthread_mutex_unlock(&s->lock);
    }
    pthread_mutex_unlock(&all->lock);
}

struct http_stream *response_events(struct http_response *rs)
{
    struct exchange *x = rs->exchange;

    if (rs->stream == NULL)
        rs->stream = streams_add(x->server->streams, x->mhd);
    if (rs->stream == NULL) {
        rs->status = 503;
        response_header(rs, "Retry-After", S("30"));
        return NULL;
    }
    response_header(rs, "Content-Type", S("text/event-stream"));
    response_header(rs, "X-Accel-Buffering", S("no")); /* nginx would hold events back */
    return rs->stream;
}
