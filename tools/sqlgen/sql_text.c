#include "sql_text.h"
#include <ctype.h>

static bool starts(struct str sql, size_t at, const char *with)
{
    return str_starts(str_skip(sql, at), str_of(with));
}

static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static size_t word_end(struct str sql, size_t at)
{
    while (at < sql.len && is_word_char(sql.ptr[at]))
        at++;
    return at;
}

/* Past the closing mark; a doubled one does not close. */
static size_t quoted_end(struct str sql, size_t at)
{
    char mark = sql.ptr[at++];

    while (at < sql.len) {
        if (sql.ptr[at++] != mark)
            continue;
        if (at == sql.len || sql.ptr[at] != mark)
            return at;
        at++;
    }
    return at;
}

static size_t past(struct str sql, size_t at, const char *mark)
{
    size_t found = str_find(sql, str_of(mark), at);

    return found == SIZE_MAX ? sql.len : found + strlen(mark);
}

bool sql_next(struct str sql, size_t *at, struct sql_token *token)
{
    size_t from = *at, end = from + 1;
    enum sql_kind kind = SQL_SIGN;

    if (from >= sql.len)
        return false;
    char c = sql.ptr[from];
    if (isspace((unsigned char)c)) {
        kind = SQL_SPACE;
        while (end < sql.len && isspace((unsigned char)sql.ptr[end]))
            end++;
    } else if (starts(sql, from, "--")) {
        kind = SQL_COMMENT;
        end = str_find_char(sql, '\n', from);
        end = end == SIZE_MAX ? sql.len : end;
    } else if (starts(sql, from, "/*")) {
        kind = SQL_COMMENT;
        end = past(sql, from + 2, "*/");
    } else if (c == '\'') {
        kind = SQL_STRING;
        end = quoted_end(sql, from);
    } else if (starts(sql, from, "$$")) {
        kind = SQL_STRING;
        end = past(sql, from + 2, "$$");
    } else if (c == '"') {
        kind = SQL_QUOTED;
        end = quoted_end(sql, from);
    } else if (starts(sql, from, "::")) {
        end = from + 2;
    } else if (c == ':' && end < sql.len && is_word_char(sql.ptr[end])) {
        kind = SQL_PARAMETER;
        end = word_end(sql, end);
    } else if (is_word_char(c)) {
        kind = isdigit((unsigned char)c) ? SQL_NUMBER : SQL_WORD;
        end = word_end(sql, from);
    }
    size_t skip = kind == SQL_PARAMETER ? 1 : 0;
    *token = (struct sql_token){kind, str_sub(sql, from + skip, end - from - skip), from};
    *at = end;
    return true;
}

bool sql_next_solid(struct str sql, size_t *at, struct sql_token *token)
{
    while (sql_next(sql, at, token))
        if (token->kind != SQL_SPACE && token->kind != SQL_COMMENT)
            return true;
    return false;
}

bool sql_is_word(const struct sql_token *token, const char *word)
{
    return token->kind == SQL_WORD && str_equal_nocase(token->text, str_of(word));
}

struct str sql_part(struct arena *a, struct str sql, enum sql_engine engine)
{
    char *copy = str_z(a, sql);
    bool keep = true;

    for (size_t at = 0; at < sql.len;) {
        size_t end = str_find_char(sql, '\n', at);
        end = end == SIZE_MAX ? sql.len : end;
        struct str line = str_trim(str_sub(sql, at, end - at));
        if (str_equal(line, S("-- sqlite:")))
            keep = engine == FOR_SQLITE;
        else if (str_equal(line, S("-- postgres:")))
            keep = engine == FOR_POSTGRES;
        else if (str_equal(line, S("-- both:")))
            keep = true;
        if (!keep)
            memset(copy + at, ' ', end - at);
        at = end + 1;
    }
    return (struct str){copy, sql.len};
}

int sql_line(struct str text, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

void sql_fail(const char *file, int line, const char *format, ...)
{
    va_list args;

    fflush(stdout);
    fprintf(stderr, line > 0 ? "%s:%d: " : "%s: ", file, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void sql_add_literal(struct buf *out, struct str text, const char *indent)
{
    buf_add_format(out, "%s\"", indent);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n')
            buf_add_format(out, "\\n\"\n%s\"", indent);
        else if (c == '"' || c == '\\')
            buf_add_format(out, "\\%c", c);
        else
            buf_add_char(out, c);
    }
    buf_add_char(out, '"');
}
