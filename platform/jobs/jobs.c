#include "jobs/jobs.h"
#include "auth/permission.h"
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs_sql.h"
#include <pthread.h>

enum { MAX_KINDS = 32, LOCK_SECONDS = 1800, ARENA_CAP = 512 * 1024 * 1024, KEEP_DONE = 30 * 24 * 3600 };

struct kind {
    const char *name;
    job_run *run;
    int every;          /* seconds; 0: not a tick */
    int64_t next;
};

static struct kind kinds[MAX_KINDS];
static size_t kind_count;

struct jobs {
    struct database *database;
    void *user;
    pthread_t thread;
    bool stop;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static bool is_woken;

static void add_kind(const char *name, job_run *run, int every)
{
    for (size_t i = 0; i < kind_count; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return;
    if (kind_count == MAX_KINDS)
        abort();
    kinds[kind_count++] = (struct kind){.name = name, .run = run, .every = every};
}

void job_kind(const char *kind, job_run *run)
{
    add_kind(kind, run, 0);
}

void job_tick(const char *name, int seconds, job_run *run)
{
    add_kind(name, run, seconds);
}

/* --- queueing ------------------------------------------------------------------------------------------------------ */

static void wake_after_commit(void *arg)
{
    (void)arg;
    jobs_wake();
}

enum err job_at(struct tx *tx, const char *kind, struct str key, struct str payload, int64_t when)
{
    TRY(q_job_add(tx, str_of(kind), key, payload.ptr != NULL ? payload : S(""), when, tx->now));
    tx_after_commit(tx, wake_after_commit, NULL);
    return OK;
}

enum err job_later(struct tx *tx, const char *kind, struct str key, struct str payload)
{
    return job_at(tx, kind, key, payload, tx->now);
}

void jobs_wake(void)
{
    pthread_mutex_lock(&lock);
    is_woken = true;
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
}

/* --- working off --------------------------------------------------------------------------------------------------- */

static const struct kind *find_kind(struct str name)
{
    for (size_t i = 0; i < kind_count; i++)
        if (str_equal(name, str_of(kinds[i].name)))
            return &kinds[i];
    return NULL;
}

/* In an arena of its own, so that a job over its cap fails alone. */
static enum err run_in_arena(job_run *run, struct database *database, void *user, struct str payload)
{
    struct arena *arena = arena_new(ARENA_CAP);
    jmp_buf jump;
    enum err e;

    if (ARENA_GUARD(arena, &jump)) {
        arena_free(arena);
        return E_TOO_LARGE;
    }
    struct job_context job = {.database = database, .arena = arena, .payload = payload, .user = user};
    e = db_reader(database, arena, &job.db);
    if (e == OK)
        e = run(&job);
    arena_free(arena);
    return e;
}

static enum err write_result_of(struct database *database, struct arena *a, const struct q_job_due *job, enum err result)
{
    static const int waits[] = {10, 60, 600, 3600};
    int64_t now = clock_now();

    if (result == OK)
        return WRITE(database, a, &the_program_itself, q_job_done(tx, job->id, job->created_at, now));
    bool is_last = (size_t)job->attempts >= countof(waits);
    log_event(LOG_WARN, "job.failed", "kind=%.*s attempt=%lld error=%s", STR_ARG(job->kind), (long long)job->attempts + 1,
              err_name(result));
    return WRITE(database, a, &the_program_itself,
                 q_job_failed(tx, job->id, is_last ? S("failed") : S("waiting"),
                              now + (is_last ? 0 : waits[job->attempts]), str_of(err_name(result))));
}

/* The next due job into the arena; E_NOT_FOUND when nothing waits. Its reader is given back before the job runs. */
static enum err next_due(struct database *database, struct arena *a, struct q_job_due *job)
{
    struct arena *short_lived = arena_new(0);
    struct db *db;
    enum err e = db_reader(database, short_lived, &db);

    if (e == OK)
        e = q_job_due(db, clock_now(), job);
    if (e == OK) {
        job->kind = str_copy(a, job->kind);
        job->payload = str_copy(a, job->payload);
    }
    arena_free(short_lived);
    return e;
}

static bool run_one(struct database *database, void *user)
{
    struct arena *a = arena_new(0);
    struct q_job_due job;
    bool has_run = false;

    if (next_due(database, a, &job) == OK &&
        WRITE(database, a, &the_program_itself, q_job_claim(tx, job.id, job.attempts, clock_now() + LOCK_SECONDS)) == OK) {
        const struct kind *kind = find_kind(job.kind);
        enum err result = kind != NULL ? run_in_arena(kind->run, database, user, job.payload) : E_UNSUPPORTED;
        enum err e = write_result_of(database, a, &job, result);
        if (e != OK)
            log_event(LOG_ERROR, "job.unrecorded", "kind=%.*s error=%s", STR_ARG(job.kind), err_name(e));
        has_run = true;
    }
    arena_free(a);
    return has_run;
}

static void run_ticks(struct database *database, void *user)
{
    int64_t now = clock_monotonic_ms();

    for (size_t i = 0; i < kind_count; i++) {
        struct kind *k = &kinds[i];
        if (k->every == 0 || k->next > now)
            continue;
        k->next = now + (int64_t)k->every * 1000;
        enum err e = run_in_arena(k->run, database, user, S(""));
        if (e != OK)
            log_event(LOG_WARN, "tick.failed", "name=%s error=%s", k->name, err_name(e));
    }
}

size_t jobs_run_due(struct database *database, void *user)
{
    size_t n = 0;

    while (run_one(database, user))
        n++;
    return n;
}

static void wait_a_moment(void)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_lock(&lock);
    while (!is_woken && pthread_cond_timedwait(&wake, &lock, &until) == 0)
        ;
    is_woken = false;
    pthread_mutex_unlock(&lock);
}

static bool is_stopping(struct jobs *jobs)
{
    pthread_mutex_lock(&lock);
    bool stop = jobs->stop;
    pthread_mutex_unlock(&lock);
    return stop;
}

static void *work(void *arg)
{
    struct jobs *jobs = arg;

    while (!is_stopping(jobs)) {
        run_ticks(jobs->database, jobs->user);
        while (!is_stopping(jobs) && run_one(jobs->database, jobs->user))
            ;
        wait_a_moment();
    }
    return NULL;
}

static enum err forget_old(struct job_context *job)
{
    return WRITE(job->database, job->arena, &the_program_itself, q_jobs_forget(tx, clock_now() - KEEP_DONE));
}

enum err jobs_start(struct database *database, void *user, struct jobs **started)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);

    if (jobs == NULL)
        abort();
    jobs->database = database;
    jobs->user = user;
    job_tick("jobs.forget", 24 * 3600, forget_old);
    if (pthread_create(&jobs->thread, NULL, work, jobs) != 0) {
        free(jobs);
        return E_IO;
    }
    *started = jobs;
    return OK;
}

void jobs_stop(struct jobs *jobs)
{
    pthread_mutex_lock(&lock);
    jobs->stop = true;
    is_woken = true;
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
    pthread_join(jobs->thread, NULL);
    free(jobs);
}
