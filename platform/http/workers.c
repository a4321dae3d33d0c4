#include "http/response.h"
#include "http/stream.h"
#include "base/clock.h"
#include "base/log.h"
#include <pthread.h>

struct worker {
    struct workers *all;
    unsigned index;
    pthread_t thread;
    struct arena *arena;
    void *state;
};

struct workers {
    struct http_server *server;
    pthread_mutex_t lock;
    pthread_cond_t work, idle;
    struct exchange *first, **last;
    unsigned waiting, running, n;
    unsigned slow_waiting, slow_running, slow_most; /* of them, see http_limits.is_slow */
    unsigned held_running, held_most;               /* those that may hold a worker: slow work and writes */
    bool stopping;
    struct worker list[];
};

/* Resetting the arena runs what the handler deferred: its transaction is rolled back, its files are closed. */
static void drop_begun(struct worker *w, struct exchange *x)
{
    arena_set_guard(w->arena, NULL);
    arena_reset(w->arena);
    log_event(LOG_ERROR, "http.memory", "request=%llu", (unsigned long long)x->rq.number);
}

static bool handle(struct worker *w, struct exchange *x)
{
    const struct http_config *config = &x->server->config;
    jmp_buf over;

    if (ARENA_GUARD(w->arena, &over))
        return false;
    struct http_response *rs = response_new(w->arena, x);
    x->rq.arena = w->arena;
    config->handle(&x->rq, rs, w->state);
    reply_make(x, rs);
    arena_set_guard(w->arena, NULL);
    return true;
}

static void serve(struct worker *w, struct exchange *x)
{
    struct arena *own = x->rq.arena;

    if (!handle(w, x)) {
        drop_begun(w, x);
        x->rq.arena = own;
        reply_make(x, response_fail(own, x, x->has_body ? 413 : 500));
    }
    x->rq.arena = own;
    arena_reset(w->arena);
}

/* What writes may have to wait for the database; one worker is always left to those who only read. */
static bool may_hold(const struct exchange *x)
{
    return x->limits.is_slow || x->rq.method != HTTP_GET;
}

static bool must_wait(const struct workers *all, const struct exchange *x)
{
    return (x->limits.is_slow && all->slow_running == all->slow_most) ||
           (may_hold(x) && all->held_running == all->held_most);
}

/* The oldest that may run now; what must wait is passed by others. */
static struct exchange *take_first(struct workers *all)
{
    struct exchange **at = &all->first;

    while (*at != NULL && must_wait(all, *at))
        at = &(*at)->next;
    struct exchange *x = *at;
    if (x == NULL)
        return NULL;
    *at = x->next;
    if (x->next == NULL)
        all->last = at;
    all->waiting--;
    all->running++;
    all->held_running += may_hold(x);
    if (x->limits.is_slow) {
        all->slow_waiting--;
        all->slow_running++;
    }
    return x;
}

static struct exchange *next_exchange(struct workers *all)
{
    struct exchange *x;

    while ((x = take_first(all)) == NULL && !(all->stopping && all->first == NULL))
        pthread_cond_wait(&all->work, &all->lock);
    return x;
}

static void note_done(struct workers *all, bool was_slow, bool was_held)
{
    all->running--;
    all->slow_running -= was_slow;
    all->held_running -= was_held;
    if (was_held && all->first != NULL)
        pthread_cond_signal(&all->work); /* another such may begin */
    if (all->running == 0 && all->first == NULL)
        pthread_cond_broadcast(&all->idle);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct workers *all = w->all;
    const struct http_config *config = &all->server->config;
    struct exchange *x;

    w->state = config->worker_start != NULL ? config->worker_start(config->user, w->index) : NULL;
    pthread_mutex_lock(&all->lock);
    while ((x = next_exchange(all)) != NULL) {
        bool is_slow = x->limits.is_slow, is_held = may_hold(x);
        pthread_mutex_unlock(&all->lock);
        serve(w, x);
        MHD_resume_connection(x->mhd);
        pthread_mutex_lock(&all->lock);
        note_done(all, is_slow, is_held);
    }
    pthread_mutex_unlock(&all->lock);
    if (config->worker_stop != NULL)
        config->worker_stop(w->state);
    return NULL;
}

struct workers *workers_start(struct http_server *server)
{
    unsigned n = server->config.workers;
    struct workers *all = calloc(1, sizeof *all + n * sizeof all->list[0]);
    pthread_condattr_t attributes;

    if (all == NULL)
        abort();
    all->server = server;
    all->last = &all->first;
    all->n = n;
    all->slow_most = n > 1 ? n / 2 : 1;
    all->held_most = n > 1 ? n - 1 : 1;
    pthread_mutex_init(&all->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&all->work, NULL);
    pthread_cond_init(&all->idle, &attributes);
    pthread_condattr_destroy(&attributes);
    for (unsigned i = 0; i < n; i++) {
        struct worker *w = &all->list[i];
        w->all = all;
        w->index = i;
        w->arena = arena_new(server->config.worker_memory);
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            abort();
    }
    return all;
}

/* Slow work may fill half of the waiting room, so that there is always room for a page. */
static bool has_room(const struct workers *all, const struct exchange *x)
{
    unsigned most = all->server->config.max_waiting;

    return !all->stopping && all->waiting < most && (!x->limits.is_slow || all->slow_waiting < (most + 1) / 2);
}

bool workers_take(struct workers *all, struct exchange *x)
{
    pthread_mutex_lock(&all->lock);
    bool room = has_room(all, x);
    if (room) {
        MHD_suspend_connection(x->mhd);
        x->next = NULL;
        *all->last = x;
        all->last = &x->next;
        all->waiting++;
        all->slow_waiting += x->limits.is_slow;
        pthread_cond_signal(&all->work);
    }
    pthread_mutex_unlock(&all->lock);
    return room;
}

enum err workers_stop(struct workers *all, int64_t deadline_ms)
{
    struct timespec until = {.tv_sec = deadline_ms / 1000, .tv_nsec = deadline_ms % 1000 * 1000000};
    int late = 0;

    pthread_mutex_lock(&all->lock);
    while ((all->running > 0 || all->first != NULL) && late == 0)
        late = pthread_cond_timedwait(&all->idle, &all->lock, &until);
    bool busy = all->running > 0 || all->first != NULL;
    all->stopping = true;
    pthread_cond_broadcast(&all->work);
    pthread_mutex_unlock(&all->lock);
    if (busy)
        return E_BUSY;

    for (unsigned i = 0; i < all->n; i++) {
        pthread_join(all->list[i].thread, NULL);
        arena_free(all->list[i].arena);
    }
    pthread_cond_destroy(&all->work);
    pthread_cond_destroy(&all->idle);
    pthread_mutex_destroy(&all->lock);
    free(all);
    return OK;
}
