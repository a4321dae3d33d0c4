#include "demo/demo.h"
#include "base/clock.h"
#include "demo/demo_parts.h"

enum { HOUR = 3600, DAY = 24 * HOUR, LOCAL = 7 * HOUR };

enum err demo_is_empty(struct db *db, bool *empty, bool *is_demo)
{
    struct q_demo_counts n;
    struct q_demo_setting setting;

    TRY(q_demo_counts(db, &n));
    enum err e = q_demo_setting(db, &setting);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    *empty = n.units + n.people + n.publications + n.articles + n.media == 0;
    *is_demo = e == OK && str_equal(setting.value, S("yes"));
    return OK;
}

/* An hour of a day, `months` on from this one; UTC+7 knows no summer time. */
static int64_t in_month(int64_t now, int months, int day_of_month, int hour)
{
    time_t local = (time_t)(now + LOCAL);
    struct tm day;

    gmtime_r(&local, &day);
    day.tm_mon += months;
    day.tm_mday = day_of_month;
    day.tm_hour = hour;
    day.tm_min = day.tm_sec = 0;
    return (int64_t)timegm(&day) - LOCAL;
}

static int64_t day_of_issue(int64_t now, int months)
{
    return in_month(now, months, 10, 8);
}

/* This month's is out already, be it the month's first minute. */
static int64_t this_months(int64_t now)
{
    int64_t tenth = day_of_issue(now, 0), first = in_month(now, 0, 1, 0), just_now = now - 2 * HOUR;

    return tenth < just_now ? tenth : just_now > first ? just_now : first;
}

static enum err fill(struct tx *tx, struct demo *d)
{
    tx->now = day_of_issue(d->now, -1) - 30 * DAY;
    TRY(demo_add_organisation(tx, d));
    TRY(demo_add_issue(tx, d, "last-month", day_of_issue(d->now, -1), true));
    TRY(demo_add_issue(tx, d, "this-month", this_months(d->now), true));
    return demo_add_issue(tx, d, "next-month", day_of_issue(d->now, 1), false);
}

static enum err count(struct database *database, struct arena *a, struct demo_counts *made)
{
    struct q_demo_counts n;
    struct db *db;

    TRY(db_reader(database, a, &db));
    TRY(q_demo_counts(db, &n));
    *made = (struct demo_counts){n.units, n.people, n.articles, n.issues, n.media};
    return OK;
}

static enum err check_empty(struct database *database)
{
    struct arena *a = arena_new(0);
    struct db *db;
    bool empty = false, is_demo;
    enum err e = db_reader(database, a, &db);

    if (e == OK)
        e = demo_is_empty(db, &empty, &is_demo);
    arena_free(a);
    return e != OK ? e : empty ? OK : E_CONFLICT;
}

enum err demo_fill(struct database *database, struct arena *a, const char *media_folder, struct demo_counts *made)
{
    struct demo d = {.arena = a, .now = clock_now()};
    struct demo_file organisation;
    struct demo_medium *media;
    const struct principal *program = &the_program_itself;

    TRY(check_empty(database));
    TRY(demo_file_read(a, "organisation.txt", d.now, &organisation));
    TRY(demo_store_media(a, media_folder, &organisation, &media, &d.media_count));
    d.organisation = &organisation;
    d.media = media;
    TRY(WRITE(database, a, program, fill(tx, &d)));
    return count(database, a, made);
}
