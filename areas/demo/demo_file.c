#include "demo/demo_file.h"
#include "base/files.h"
#include "base/log.h"
#include "text/text.h"

enum { FILE_MAX = 256 * 1024, LINES_MAX = 400, LOCAL_SECONDS = 7 * 3600 };

const char *demo_folder(void)
{
    static const char *const folders[] = {BANTIN_DEMO_INSTALLED, BANTIN_DEMO_SOURCE};

    for (size_t i = 0; i < countof(folders); i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/organisation.txt", folders[i]);
        if (file_exists(path))
            return folders[i];
    }
    return NULL;
}

/* --- the months that are meant ------------------------------------------------------------------------------------- */

static struct str month_of(struct arena *a, const struct tm *day, int months_on, bool with_year)
{
    int months = day->tm_year * 12 + day->tm_mon + months_on;

    if (with_year)
        return str_format(a, "%d/%d", months % 12 + 1, months / 12 + 1900);
    return str_format(a, "%d", months % 12 + 1);
}

static struct str write_out_months(struct arena *a, struct str text, int64_t when)
{
    time_t local = (time_t)(when + LOCAL_SECONDS);
    struct tm day;

    gmtime_r(&local, &day);
    text = str_replace(a, text, S("{month}"), month_of(a, &day, 0, false));
    text = str_replace(a, text, S("{last_month}"), month_of(a, &day, -1, false));
    text = str_replace(a, text, S("{next_month}"), month_of(a, &day, 1, false));
    text = str_replace(a, text, S("{month_year}"), month_of(a, &day, 0, true));
    return str_replace(a, text, S("{year}"), str_format(a, "%d", day.tm_year + 1900));
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

enum err demo_file_read(struct arena *a, const char *name, int64_t when, struct demo_file *file)
{
    const char *folder = demo_folder();
    struct str rest, line;
    struct demo_file read = {.lines = NEW_ARRAY(a, struct demo_line, LINES_MAX), .text = S("")};

    if (folder == NULL)
        return E_NOT_FOUND;
    TRY(file_read(a, str_format(a, "%s/%s", folder, name).ptr, FILE_MAX, &rest));
    rest = text_nfc(a, write_out_months(a, rest, when));
    while (rest.len > 0) {
        rest = str_cut(rest, '\n', &line);
        line = str_trim(line);
        if (str_equal(line, S("---"))) {
            read.text = rest;
            break;
        }
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (read.count == LINES_MAX)
            return E_TOO_LARGE;
        struct demo_line *l = &read.lines[read.count++];
        l->value = str_trim(str_cut(line, ':', &l->key));
    }
    *file = read;
    return OK;
}

struct str demo_value(const struct demo_file *file, const char *key)
{
    for (size_t i = 0; i < file->count; i++)
        if (str_equal(file->lines[i].key, str_of(key)))
            return file->lines[i].value;
    return STR_NONE;
}

void demo_parts(struct str value, struct str *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        value = str_cut(value, ';', &parts[i]);
        parts[i] = str_trim(parts[i]);
    }
}
