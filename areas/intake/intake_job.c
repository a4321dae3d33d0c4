#include "auth/session.h"
#include "base/clock.h"
#include "intake/intake.h"
#include "intake/intake_pages.h"
#include "jobs/jobs.h"
#include "site/site.h"

/* As the person who sent it, with the rights they have now. */
static enum err sender_of(struct job_context *job, struct person_id person, const struct principal **who)
{
    *who = &the_program_itself;
    return person.v == 0 ? OK : principal_of_person(job->db, person, clock_now(), who);
}

static enum err read_one(struct job_context *job)
{
    struct intake_options options = {.media = site_folders(job->user)->media};
    const struct principal *who;
    struct intake_result result;
    struct q_intake_one row;
    struct intake_id id;

    TRY(str_to_int(job->payload, &id.v));
    TRY(q_intake_one(job->db, id, &row));
    TRY(sender_of(job, row.person_id, &who));
    return intake_read(job->database, job->arena, who, &options, id, &result);
}

void intake_start(void)
{
    job_kind("intake", read_one);
}
