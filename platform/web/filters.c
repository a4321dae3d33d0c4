#include "web/filters.h"
#include "html/html.h"
#include "text/date.h"
#include "text/number.h"

static struct str date(struct arena *a, enum lang lang, int64_t when)
{
    (void)lang;
    return text_date_short(a, text_moment_of(when).date);
}

static struct str datetime(struct arena *a, enum lang lang, int64_t when)
{
    struct text_moment m = text_moment_of(when);

    (void)lang;
    return str_format(a, "%02d:%02d %.*s", m.hour, m.minute, STR_ARG(text_date_short(a, m.date)));
}

static struct str long_date(struct arena *a, enum lang lang, int64_t when)
{
    struct text_date d = text_moment_of(when).date;

    return lang == LANG_EN ? text_date_short(a, d) : text_date_long(a, d);
}

static struct str iso_date(struct arena *a, enum lang lang, int64_t when)
{
    struct text_date d = text_moment_of(when).date;

    (void)lang;
    return str_format(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static struct str ago(struct arena *a, enum lang lang, int64_t when, int64_t now)
{
    struct text_ago t = text_ago(when, now);
    int64_t n = t.count;

    if (t.is_ahead || t.unit > AGO_WEEKS)
        return datetime(a, lang, when);
    switch (t.unit) {
    case AGO_SECONDS:
        return msg(lang, MSG_ago_now);
    case AGO_MINUTES:
        return T(a, lang, MSG_ago_minutes, ARG("n", n));
    case AGO_HOURS:
        return T(a, lang, MSG_ago_hours, ARG("n", n));
    case AGO_DAYS:
        return T(a, lang, MSG_ago_days, ARG("n", n));
    default:
        return T(a, lang, MSG_ago_weeks, ARG("n", n));
    }
}

static struct str number(struct arena *a, enum lang lang, int64_t n)
{
    struct str text = text_number(a, n);

    return lang == LANG_EN ? str_replace(a, text, S("."), S(",")) : text;
}

static struct str size(struct arena *a, enum lang lang, int64_t bytes)
{
    struct str text = text_file_size(a, bytes > 0 ? (uint64_t)bytes : 0);

    return lang == LANG_EN ? str_replace(a, text, S(","), S(".")) : text;
}

static struct str duration(struct arena *a, enum lang lang, int64_t seconds)
{
    (void)lang;
    if (seconds >= 3600)
        return str_format(a, "%lld:%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60),
                          (long long)(seconds % 60));
    return str_format(a, "%lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60));
}

void web_filters_start(void)
{
    static const struct html_filters filters = {date, datetime, long_date, iso_date, ago, number, size, duration};

    html_set_filters(&filters);
}
