/* Work for later: a queue in the database, and one thread that works it off.
 *
 * A job is queued in the transaction that makes it necessary (job_later) and runs after it is kept, at least once: a
 * job must bear being run twice. It has an arena of its own. What fails is tried again after 10 s, 1 min, 10 min, 1 h
 * and then stays `failed`, to be seen and tried again by an administrator. */
#ifndef BANTIN_JOBS_H
#define BANTIN_JOBS_H

#include "db/db.h"

struct job_context {
    struct database *database;
    struct arena *arena;
    struct db *db;      /* a reader */
    struct str payload;
    void *user;         /* of jobs_start */
};

typedef enum err job_run(struct job_context *job);

/* Names a kind of job, or something to be done every `seconds` (a tick); at start, before jobs_start. */
void job_kind(const char *kind, job_run *run);
void job_tick(const char *name, int seconds, job_run *run);

/* Queues; `key` none: always a new one. */
enum err job_later(struct tx *tx, const char *kind, struct str key, struct str payload);
enum err job_at(struct tx *tx, const char *kind, struct str key, struct str payload, int64_t when);

struct jobs;
enum err jobs_start(struct database *database, void *user, struct jobs **jobs);
/* Wakes the thread: something was queued. */
void jobs_wake(void);
/* Waits for the running job. */
void jobs_stop(struct jobs *jobs);

/* Works off what is due, here and now: for tests and for the command line. The number of jobs run. */
size_t jobs_run_due(struct database *database, void *user);
#endif
