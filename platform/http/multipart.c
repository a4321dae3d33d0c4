#include "http/multipart.h"
#include "http/parse.h"

enum { BOUNDARY_MAX = 70, PART_HEAD_MAX = 4096 };

enum stage { IN_PREAMBLE, AFTER_DELIMITER, IN_HEAD, IN_DATA, IN_EPILOGUE };

struct multipart {
    struct arena *arena;
    struct multipart_sink sink;
    enum stage stage;
    char delimiter[BOUNDARY_MAX + 5]; /* CR LF - - boundary */
    size_t delimiter_len, matched;
    char head[PART_HEAD_MAX]; /* lines of the part's head, and the two bytes after a delimiter */
    size_t head_len;
    struct multipart_part part;
};

static bool is_boundary(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return false;
    return s.len > 0 && s.len <= BOUNDARY_MAX;
}

struct multipart *multipart_new(struct arena *a, struct str boundary, const struct multipart_sink *sink)
{
    if (!is_boundary(boundary))
        return NULL;

    struct multipart *m = NEW(a, struct multipart);
    m->arena = a;
    m->sink = *sink;
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.ptr, boundary.len);
    m->delimiter_len = boundary.len + 4;
    m->matched = 2; /* the first delimiter needs no line before it */
    return m;
}

static enum err emit(struct multipart *m, const char *data, size_t n)
{
    return m->stage == IN_DATA && n > 0 ? m->sink.data(m->sink.to, data, n) : OK;
}

/* Looks for the delimiter. Its first byte, CR, stands nowhere else in it, so a failed match can only begin anew at a
 * CR: what had matched is data. */
static enum err seek_delimiter(struct multipart *m, const char *data, size_t n, size_t *used)
{
    size_t i = 0;

    while (i < n) {
        if (m->matched == 0) {
            const char *cr = memchr(data + i, '\r', n - i);
            size_t run = cr != NULL ? (size_t)(cr - (data + i)) : n - i;
            TRY(emit(m, data + i, run));
            i += run;
            if (i < n) {
                m->matched = 1;
                i++;
            }
        } else if (data[i] == m->delimiter[m->matched]) {
            i++;
            if (++m->matched == m->delimiter_len) {
                *used = i;
                m->matched = 0;
                if (m->stage == IN_DATA)
                    TRY(m->sink.end(m->sink.to));
                m->stage = AFTER_DELIMITER;
                m->head_len = 0;
                return OK;
            }
        } else {
            size_t held = m->matched;
            m->matched = 0;
            TRY(emit(m, m->delimiter, held));
        }
    }
    *used = n;
    return OK;
}

static enum err read_after_delimiter(struct multipart *m, char c)
{
    m->head[m->head_len++] = c;
    if (m->head_len < 2)
        return c == '\r' || c == '-' ? OK : E_INVALID;
    if (m->head[0] == '\r' && c == '\n')
        m->stage = IN_HEAD;
    else if (m->head[0] == '-' && c == '-')
        m->stage = IN_EPILOGUE;
    else
        return E_INVALID;
    m->head_len = 0;
    m->part = (struct multipart_part){0};
    return OK;
}

static bool is_plain_line(struct str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (((unsigned char)line.ptr[i] < 0x20 && line.ptr[i] != '\t') || line.ptr[i] == 0x7f)
            return false;
    return str_is_utf8(line);
}

static enum err read_line(struct multipart *m, struct str line)
{
    struct str name, value = str_cut(line, ':', &name), type;

    if (value.ptr == NULL || !parse_is_token(name) || !is_plain_line(line))
        return E_INVALID;
    value = str_copy(m->arena, str_trim(value));
    if (str_equal_nocase(name, S("Content-Disposition"))) {
        type = parse_media_type(m->arena, value);
        if (!str_equal(type, S("form-data")) || m->part.name.ptr != NULL)
            return E_INVALID;
        m->part.name = parse_parameter(m->arena, value, "name");
        m->part.file_name = parse_parameter(m->arena, value, "filename");
    } else if (str_equal_nocase(name, S("Content-Type"))) {
        m->part.type = value;
    } else if (str_equal_nocase(name, S("Content-Transfer-Encoding"))) {
        if (str_equal_nocase(value, S("base64")) || str_equal_nocase(value, S("quoted-printable")))
            return E_INVALID;
    }
    return OK;
}

static enum err read_head(struct multipart *m, char c)
{
    if (m->head_len == PART_HEAD_MAX)
        return E_TOO_LARGE;
    m->head[m->head_len++] = c;
    if (c != '\n')
        return OK;
    if (m->head_len < 2 || m->head[m->head_len - 2] != '\r')
        return E_INVALID;

    /* Lines stay in the buffer so that the limit is one of the whole head; the line begins behind the LF before it. */
    size_t end = m->head_len - 2, start = end;
    while (start > 0 && m->head[start - 1] != '\n')
        start--;
    if (start < end)
        return read_line(m, (struct str){m->head + start, end - start});
    if (m->part.name.ptr == NULL)
        return E_INVALID;
    m->stage = IN_DATA;
    return m->sink.begin(m->sink.to, &m->part);
}

enum err multipart_push(struct multipart *m, const char *data, size_t n)
{
    size_t i = 0, used;

    while (i < n) {
        switch (m->stage) {
        case IN_PREAMBLE:
        case IN_DATA:
            TRY(seek_delimiter(m, data + i, n - i, &used));
            i += used;
            break;
        case AFTER_DELIMITER:
            TRY(read_after_delimiter(m, data[i++]));
            break;
        case IN_HEAD:
            TRY(read_head(m, data[i++]));
            break;
        case IN_EPILOGUE:
            return OK;
        }
    }
    return OK;
}

enum err multipart_finish(const struct multipart *m)
{
    return m->stage == IN_EPILOGUE ? OK : E_INVALID;
}
