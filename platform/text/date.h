/* Days and moments as Vietnam writes them: day, month, year; weeks from Monday; inside the country UTC+7 all year, in
 * storage UTC seconds. Pure functions; text lives in the arena. */
#ifndef BANTIN_TEXT_DATE_H
#define BANTIN_TEXT_DATE_H

#include "base/base.h"

struct text_date {
    int year, month, day;
};

bool text_date_is_valid(struct text_date d);    /* years 1000 to 9999 */

/* "25/03/2026", "5-1-2026", "5.1.2026", "ngày 05 tháng 01 năm 2026"; day first, always, and the year in four digits. */
enum err text_date_parse(struct str s, struct text_date *d);

struct str text_date_short(struct arena *a, struct text_date d);   /* 25/03/2026 */
struct str text_date_long(struct arena *a, struct text_date d);    /* ngày 05 tháng 01 năm 2026, as in documents */

int64_t text_date_days(struct text_date d);                        /* since 1970-01-01 */
struct text_date text_date_of_days(int64_t days);
int text_date_weekday(struct text_date d);                         /* 1 Monday … 7 Sunday */

struct text_week {
    int year, week;     /* ISO 8601: week 1 holds the year's first Thursday */
};
struct text_week text_date_week(struct text_date d);

struct text_moment {
    struct text_date date;
    int hour, minute, second;
};
struct text_moment text_moment_of(int64_t utc);
int64_t text_moment_utc(struct text_moment m);

/* How long ago, for a message to say: the largest unit that fits, counted down. */
enum text_ago_unit { AGO_SECONDS, AGO_MINUTES, AGO_HOURS, AGO_DAYS, AGO_WEEKS, AGO_MONTHS, AGO_YEARS };
struct text_ago {
    enum text_ago_unit unit;
    int64_t count;
    bool is_ahead;      /* not ago but yet to come */
};
struct text_ago text_ago(int64_t then, int64_t now);
#endif
