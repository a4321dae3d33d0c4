#include "text/date.h"
#include "text/text.h"

enum { ZONE = 7 * 3600, DAY = 86400 };

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

bool text_date_is_valid(struct text_date d)
{
    return d.year >= 1000 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

/* A number of `least` to `most` digits at the beginning of s. */
static bool take_number(struct str *s, size_t least, size_t most, int *n)
{
    size_t i = 0;

    *n = 0;
    for (; i < s->len && i < most && s->ptr[i] >= '0' && s->ptr[i] <= '9'; i++)
        *n = 10 * *n + (s->ptr[i] - '0');
    *s = str_skip(*s, i);
    return i >= least;
}

static bool take_word(struct str *s, struct str word)
{
    struct str rest = str_trim(*s);

    if (!str_starts(rest, word))
        return false;
    *s = str_trim(str_skip(rest, word.len));
    return true;
}

static bool parse_figures(struct str s, struct text_date *d)
{
    if (!take_number(&s, 1, 2, &d->day) || s.len == 0 || strchr("/-.", s.ptr[0]) == NULL)
        return false;
    struct str sign = str_sub(s, 0, 1);
    s = str_skip(s, 1);
    if (!take_number(&s, 1, 2, &d->month) || !str_starts(s, sign))
        return false;
    s = str_skip(s, 1);
    return take_number(&s, 4, 4, &d->year) && s.len == 0;
}

static bool parse_words(struct str s, struct text_date *d)
{
    return take_word(&s, S("ngay")) && take_number(&s, 1, 2, &d->day) && take_word(&s, S("thang")) &&
           take_number(&s, 1, 2, &d->month) && take_word(&s, S("nam")) && take_number(&s, 4, 4, &d->year) && s.len == 0;
}

enum err text_date_parse(struct str s, struct text_date *d)
{
    struct text_date read;
    enum { LONGEST = 100 };

    if (s.len > LONGEST)
        return E_INVALID;
    struct arena *a = arena_new(0);
    struct str folded = str_trim(text_fold(a, s));
    bool understood = parse_figures(folded, &read) || parse_words(folded, &read);
    arena_free(a);
    if (!understood || !text_date_is_valid(read))
        return E_INVALID;
    *d = read;
    return OK;
}

struct str text_date_short(struct arena *a, struct text_date d)
{
    return str_format(a, "%02d/%02d/%d", d.day, d.month, d.year);
}

struct str text_date_long(struct arena *a, struct text_date d)
{
    return str_format(a, d.month < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d", d.day, d.month, d.year);
}

/* Years counted from March make the leap day the last; 400 of them have 146,097 days. */
int64_t text_date_days(struct text_date d)
{
    int64_t year = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct text_date text_date_of_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    struct text_date d = {.day = (int)(of_year - (153 * month + 2) / 5 + 1), .month = (int)(month < 10 ? month + 3 : month - 9)};

    d.year = (int)(year + era * 400 + (d.month <= 2));
    return d;
}

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

int text_date_weekday(struct text_date d)
{
    int64_t days = text_date_days(d) + 3; /* 1970-01-01 was a Thursday */

    return (int)(days - 7 * floor_div(days, 7)) + 1;
}

struct text_week text_date_week(struct text_date d)
{
    struct text_date thursday = text_date_of_days(text_date_days(d) + 4 - text_date_weekday(d));
    int64_t first = text_date_days((struct text_date){thursday.year, 1, 1});

    return (struct text_week){thursday.year, (int)((text_date_days(thursday) - first) / 7) + 1};
}

struct text_moment text_moment_of(int64_t utc)
{
    int64_t local = utc + ZONE, days = floor_div(local, DAY);
    int second = (int)(local - days * DAY);

    return (struct text_moment){text_date_of_days(days), second / 3600, second / 60 % 60, second % 60};
}

int64_t text_moment_utc(struct text_moment m)
{
    return text_date_days(m.date) * DAY + m.hour * 3600 + m.minute * 60 + m.second - ZONE;
}

struct text_ago text_ago(int64_t then, int64_t now)
{
    static const int64_t seconds[] = {1, 60, 3600, DAY, 7 * DAY, 30 * DAY, 365 * DAY};
    struct text_ago ago = {.is_ahead = then > now};
    int64_t gap = then > now ? then - now : now - then;

    for (size_t i = 0; i < countof(seconds); i++)
        if (gap >= seconds[i])
            ago.unit = (enum text_ago_unit)i;
    ago.count = gap / seconds[ago.unit];
    return ago;
}
