#include "db/test_database.h"
#include "jobs/jobs.h"
#include <pthread.h>
#include <unistd.h>

enum { THREADS = 3, TIMES = 20 };

static _Atomic int counted, tried, ticked;

static enum err count_it(struct job_context *job)
{
    if (!str_equal(job->payload, S("của tôi")) || *(int *)job->user != 7)
        return E_INVALID;
    counted++;
    return OK;
}

static enum err give_error(struct job_context *job)
{
    (void)job;
    tried++;
    return E_IO;
}

static enum err tick(struct job_context *job)
{
    (void)job;
    ticked++;
    return OK;
}

static void name_kinds(void)
{
    job_kind("test.count", count_it);
    job_kind("test.fail", give_error);
    job_tick("test.tick", 3600, tick);
    counted = tried = ticked = 0;
}

static void *queue_many(void *database)
{
    struct arena *a = arena_new(0);
    long done = 0;

    for (int i = 0; i < TIMES; i++) {
        enum err e = E_BUSY;
        while (e == E_BUSY)
            e = WRITE(database, a, NULL, job_later(tx, "test.count", STR_NONE, S("của tôi")));
        done += e == OK;
    }
    arena_free(a);
    return (void *)done;
}

/* At most 30 s: the thread sanitizer is slow. */
static void wait_for(_Atomic int *number, int wanted)
{
    for (int i = 0; i < 3000 && *number < wanted; i++)
        usleep(10 * 1000);
    assert_int_equal(*number, wanted);
}

TEST(what_several_threads_queue_at_once_runs_once_each)
{
    struct database *database = test_database();
    pthread_t threads[THREADS];
    struct jobs *jobs;
    int seven = 7;

    name_kinds();
    assert_ok(jobs_start(database, &seven, &jobs));
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, queue_many, database), 0);
    for (int i = 0; i < THREADS; i++) {
        void *done;
        pthread_join(threads[i], &done);
        assert_int_equal((long)done, TIMES);
    }
    wait_for(&counted, THREADS * TIMES);
    jobs_stop(jobs);
    assert_int_equal(counted, THREADS * TIMES);
    assert_int_equal(ticked, 1);
    assert_int_equal(jobs_run_due(database, &seven), 0);
}

TEST(what_fails_waits_before_it_is_tried_again)
{
    struct database *database = test_database();

    name_kinds();
    assert_ok(WRITE(database, t, NULL, job_later(tx, "test.fail", STR_NONE, STR_NONE)));
    assert_int_equal(jobs_run_due(database, NULL), 1);
    assert_int_equal(jobs_run_due(database, NULL), 0);
    assert_int_equal(tried, 1);
}

TEST(nothing_is_queued_by_a_write_that_is_not_kept)
{
    struct database *database = test_database();
    int seven = 7;

    name_kinds();
    assert_err(WRITE(database, t, NULL, job_later(tx, "test.count", STR_NONE, S("của tôi")) != OK ? E_IO : E_CONFLICT), E_CONFLICT);
    assert_int_equal(jobs_run_due(database, &seven), 0);
}
