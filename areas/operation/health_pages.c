#include "operation/health.h"
#include "access/access.h"
#include "base/log.h"
#include "jobs/jobs_sql.h"
#include "site/site.h"
#include <sys/statvfs.h>

/* For a watchdog: "ok" when pages can be read from the database and there is room to write, else 503 with the reason.
 * It tells nothing that a stranger may not know. */

enum { LEAST_FREE_MB = 50 };

static const char *problem_of(struct request *rq)
{
    struct q_jobs_waiting jobs;
    struct statvfs disk;

    if (q_jobs_waiting(rq->db, &jobs) != OK)
        return "database";
    if (statvfs(site_folders(site_of(rq))->data, &disk) != 0)
        return "folder";
    if ((uint64_t)disk.f_bavail * disk.f_frsize / (1024 * 1024) < LEAST_FREE_MB)
        return "disk";
    return NULL;
}

static void health(struct request *rq)
{
    const char *problem = problem_of(rq);

    if (problem != NULL)
        log_event(LOG_ERROR, "health", "problem=%s", problem);
    rq_send(rq, problem == NULL ? 200 : 503, "text/plain; charset=utf-8",
            problem == NULL ? S("ok\n") : str_format(rq->arena, "problem: %s\n", problem));
}

const struct route health_routes[] = {
    GET("/healthz", ACT_READ, health),
    {0},
};
