#include "base/log.h"
#include "base/clock.h"
#include <stdatomic.h>
#include <unistd.h>

static _Atomic int least_level = LOG_INFO;
static FILE *_Atomic log_file;
static const char *const level_names[] = {"debug", "info", "warn", "error"};

void log_set_level(enum log_level least)
{
    atomic_store(&least_level, (int)least);
}

void log_set_level_named(const char *word)
{
    for (size_t i = 0; word != NULL && i < countof(level_names); i++)
        if (strcmp(word, level_names[i]) == 0)
            log_set_level((enum log_level)i);
}

void log_set_file(FILE *file)
{
    atomic_store(&log_file, file);
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    char line[2048], stamp[32];
    time_t now = (time_t)clock_now();
    struct tm utc;
    va_list args;

    if ((int)level < atomic_load(&least_level))
        return;
    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &utc);
    int n = snprintf(line, sizeof line - 1, "%s level=%s event=%s ", stamp, level_names[level], event);
    va_start(args, format);
    int m = vsnprintf(line + n, sizeof line - 1 - (size_t)n, format, args);
    va_end(args);
    size_t len = (size_t)n + (m > 0 ? (size_t)m : 0);
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    for (size_t i = 0; i < len; i++)
        if (line[i] == '\n' || line[i] == '\r')
            line[i] = ' ';
    line[len] = '\n';
    FILE *out = atomic_load(&log_file);
    fwrite(line, 1, len + 1, out != NULL ? out : stderr);
}

struct str log_quote(struct arena *a, struct str value)
{
    struct buf b = buf_in(a);

    buf_add_char(&b, '"');
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == '"' || c == '\\')
            buf_add_char(&b, '\\');
        buf_add_char(&b, (unsigned char)c < ' ' ? ' ' : c);
    }
    buf_add_char(&b, '"');
    return buf_str(&b);
}
