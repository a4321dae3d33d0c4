#include "http/exchange.h"
#include "http/parse.h"

/* Two servers that read one request differently are how requests are smuggled. libmicrohttpd 0.9.75 in its strict mode
 * still takes both lengths, a doubled length, folded lines, lines ended by LF alone, a space before the colon, and
 * cuts lines at a NUL. All of these leave a trace in how the pieces lie in its buffer, where each piece is ended by the
 * zeros that replaced CR and LF: a value must be followed by exactly two of them and then by the next name. */
struct head_walk {
    const char *expected; /* where the next name must begin; NULL: not known */
    const char *broken;
    unsigned hosts, lengths, codings;
    struct str host, length, coding;
    bool check_layout;
};

static enum MHD_Result look_at(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len, const char *value,
                               size_t value_len)
{
    struct head_walk *w = cls;
    struct str name = {key, key_len}, text = {value != NULL ? value : "", value != NULL ? value_len : 0};

    (void)kind;
    if (!parse_is_token(name))
        w->broken = "header name";
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.ptr[i] < 0x20 && text.ptr[i] != '\t') || text.ptr[i] == 0x7f)
            w->broken = "control byte in header";
    if (w->check_layout && (value == NULL || key != w->expected))
        w->broken = "line end";
    w->expected = value != NULL ? value + value_len + 2 : NULL;

    if (str_equal_nocase(name, S("Host"))) {
        w->hosts++;
        w->host = str_trim(text);
    } else if (str_equal_nocase(name, S("Content-Length"))) {
        w->lengths++;
        w->length = text;
    } else if (str_equal_nocase(name, S("Transfer-Encoding"))) {
        w->codings++;
        w->coding = text;
    }
    return MHD_YES;
}

/* The layout is that of one version; with another library the other checks, and the tests, still stand. */
static bool layout_is_known(void)
{
    return strcmp(MHD_get_version(), "0.9.75") == 0;
}

static bool length_is_number(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len <= 18;
}

static const char *framing_fault(struct exchange *x, const struct head_walk *w, bool is_http_11)
{
    int64_t length = 0;

    if (w->lengths + w->codings > 1)
        return "more than one length";
    if (w->codings == 1 && (!is_http_11 || !str_equal_nocase(w->coding, S("chunked"))))
        return "transfer coding";
    if (w->lengths == 1 && (!length_is_number(w->length) || str_to_int(w->length, &length) != OK))
        return "content length";
    x->has_body = w->codings == 1 || length > 0;
    x->content_length = w->codings == 1 ? UINT64_MAX : (uint64_t)length;
    return NULL;
}

static const char *layout_fault(const struct exchange *x, const struct head_walk *w, const char *method,
                                const char *version)
{
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    if (!w->check_layout)
        return NULL;
    if (method + strlen(method) + 1 != x->raw_target || x->raw_target + x->rq.target.len + 1 != version)
        return "request line";
    if (size == NULL || w->expected == NULL || w->expected + 2 != method + size->header_size)
        return "line end";
    return NULL;
}

int head_refusal(struct exchange *x, const char *method, const char *version)
{
    struct head_walk w = {.check_layout = layout_is_known(), .expected = version + strlen(version) + 2};
    bool is_http_11 = strcmp(version, "HTTP/1.1") == 0;

    if (!is_http_11 && strcmp(version, "HTTP/1.0") != 0)
        return x->refused_because = "version", 505;
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, look_at, &w);
    x->refused_because = w.broken;
    if (x->refused_because == NULL)
        x->refused_because = layout_fault(x, &w, method, version);
    if (x->refused_because == NULL)
        x->refused_because = framing_fault(x, &w, is_http_11);
    if (x->refused_because == NULL &&
        (w.hosts > 1 || (w.hosts == 0 && is_http_11) || (w.hosts == 1 && !parse_is_host(w.host))))
        x->refused_because = "host";
    if (x->refused_because != NULL)
        return 400;
    x->rq.host = str_ascii_lower(x->rq.arena, w.host);
    return 0;
}
