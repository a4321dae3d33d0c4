#include "unit/test.h"
#include "text/date.h"
#include "text/number.h"

TEST(dates_are_read_day_first_only)
{
    static const struct {
        const char *s;
        struct text_date d;
    } good[] = {
        {"25/03/2026", {2026, 3, 25}}, {"5-1-2026", {2026, 1, 5}}, {" 5.1.2026 ", {2026, 1, 5}},
        {"ngày 05 tháng 01 năm 2026", {2026, 1, 5}}, {"Ngày 5 tháng 12 năm 2025", {2025, 12, 5}},
        {"nga\u0300y 5 tháng 1 năm 2026", {2026, 1, 5}}, {"29/2/2024", {2024, 2, 29}},
    };
    static const char *const bad[] = {"", "03/25/2026", "2026-03-25", "29/2/2026", "31/4/2026", "1/1/26", "1/1-2026", "0/1/2026",
                                      "1/1/2026x", "ngày 5 tháng 1", "1//2026", "1/1/20261"};
    struct text_date d = {1, 2, 3};

    for (size_t i = 0; i < countof(good); i++) {
        assert_ok(text_date_parse(str_of(good[i].s), &d));
        assert_memory_equal(&d, &good[i].d, sizeof d);
    }
    for (size_t i = 0; i < countof(bad); i++)
        if (text_date_parse(str_of(bad[i]), &d) != E_INVALID)
            fail_msg("%s is no date", bad[i]);
}

TEST(dates_are_written_as_documents_have_them)
{
    assert_text(text_date_short(t, (struct text_date){2026, 3, 5}), "05/03/2026");
    assert_text(text_date_long(t, (struct text_date){2026, 1, 5}), "ngày 05 tháng 01 năm 2026");
    assert_text(text_date_long(t, (struct text_date){2026, 3, 25}), "ngày 25 tháng 3 năm 2026");
    assert_text(text_date_long(t, (struct text_date){2025, 12, 9}), "ngày 09 tháng 12 năm 2025");
}

TEST(every_day_of_400_years_comes_back)
{
    for (int64_t days = -80000; days < 80000; days++)
        assert_int_equal(text_date_days(text_date_of_days(days)), days);
    assert_int_equal(text_date_days((struct text_date){2000, 3, 1}), 11017);
}

TEST(weeks_begin_on_monday)
{
    static const struct {
        struct text_date d;
        int weekday, year, week;
    } cases[] = {{{2026, 1, 1}, 4, 2026, 1},  {{2027, 1, 1}, 5, 2026, 53}, {{2024, 12, 30}, 1, 2025, 1},
                 {{2026, 3, 22}, 7, 2026, 12}, {{2026, 3, 23}, 1, 2026, 13}, {{1969, 12, 31}, 3, 1970, 1}};

    for (size_t i = 0; i < countof(cases); i++) {
        assert_int_equal(text_date_weekday(cases[i].d), cases[i].weekday);
        assert_int_equal(text_date_week(cases[i].d).year, cases[i].year);
        assert_int_equal(text_date_week(cases[i].d).week, cases[i].week);
    }
}

TEST(the_day_in_vietnam_begins_seven_hours_before_utc)
{
    struct text_moment m = text_moment_of(1767200400 - 1); /* 2025-12-31 16:59:59 UTC */

    assert_text(text_date_short(t, m.date), "31/12/2025");
    assert_int_equal(m.hour * 10000 + m.minute * 100 + m.second, 235959);
    m = text_moment_of(1767200400);
    assert_text(text_date_short(t, m.date), "01/01/2026");
    assert_int_equal(m.hour, 0);
    assert_int_equal(text_moment_utc(m), 1767200400);
    assert_int_equal(text_moment_utc(text_moment_of(-1)), -1);
}

TEST(how_long_ago_is_a_unit_and_a_count)
{
    static const struct {
        int64_t gap;
        enum text_ago_unit unit;
        int64_t count;
    } cases[] = {{0, AGO_SECONDS, 0}, {59, AGO_SECONDS, 59}, {60, AGO_MINUTES, 1}, {3599, AGO_MINUTES, 59}, {7200, AGO_HOURS, 2},
                 {86400, AGO_DAYS, 1}, {15 * 86400, AGO_WEEKS, 2}, {61 * 86400, AGO_MONTHS, 2}, {800 * 86400, AGO_YEARS, 2}};

    for (size_t i = 0; i < countof(cases); i++) {
        struct text_ago ago = text_ago(1000000000 - cases[i].gap, 1000000000);
        assert_int_equal(ago.unit, cases[i].unit);
        assert_int_equal(ago.count, cases[i].count);
        assert_false(ago.is_ahead);
    }
    assert_true(text_ago(1060, 1000).is_ahead);
}

TEST(numbers_have_points_for_thousands_and_a_comma)
{
    assert_text(text_number(t, 1234567), "1.234.567");
    assert_text(text_number(t, 999), "999");
    assert_text(text_number(t, INT64_MIN), "-9.223.372.036.854.775.808");
    assert_text(text_decimal(t, 123456789, 2), "1.234.567,89");
    assert_text(text_decimal(t, -5, 2), "-0,05");
}

TEST(numbers_are_read_back)
{
    static const struct {
        const char *s;
        int64_t n;
    } good[] = {{"1.234.567,89", 123456789}, {"1234567,8", 123456780}, {"0,05", 5}, {"-12", -1200}, {"999", 99900}};
    static const char *const bad[] = {"", "-", ",5", "1,", "1.23", "1,234", "1.2345", ".123", "1..234", "12.34.567", "1a", "1,5,5",
                                      "1234.567", "99999999999999999999"};
    int64_t n = 7;

    for (size_t i = 0; i < countof(good); i++) {
        assert_ok(text_decimal_parse(str_of(good[i].s), 2, &n));
        assert_int_equal(n, good[i].n);
    }
    for (size_t i = 0; i < countof(bad); i++)
        if (text_decimal_parse(str_of(bad[i]), 2, &n) != E_INVALID)
            fail_msg("\"%s\" is no number", bad[i]);
}

TEST(file_sizes_are_short)
{
    assert_text(text_file_size(t, 0), "0 B");
    assert_text(text_file_size(t, 1023), "1023 B");
    assert_text(text_file_size(t, 1536), "1,5 KB");
    assert_text(text_file_size(t, 20u << 20), "20 MB");
    assert_text(text_file_size(t, 3ull << 30), "3 GB");
    assert_true(text_file_size(t, UINT64_MAX).len > 3);
}
