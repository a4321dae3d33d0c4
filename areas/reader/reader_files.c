#include "reader/reader_files.h"
#include "base/digest.h"
#include "issue/issue.h"
#include "media/media_store.h"
#include "web/web.h"

enum { WIDTHS_MAX = 8, PAGE_WIDTH = 960 };

/* --- addresses ------------------------------------------------------------------------------------------------------ */

struct str media_url(struct arena *a, struct str hash, int64_t width, const char *ending)
{
    if (width == 0)
        return str_format(a, "/tep/%.*s/goc", STR_ARG(hash));
    return str_format(a, "/tep/%.*s/%lld.%s", STR_ARG(hash), (long long)width, ending);
}

static size_t widths_of(struct str renditions, int64_t widths[WIDTHS_MAX])
{
    size_t n = 0;

    while (renditions.len > 0 && n < WIDTHS_MAX) {
        struct str one;
        renditions = str_cut(renditions, ',', &one);
        if (str_to_int(str_trim(one), &widths[n]) == OK && widths[n] > 0)
            n++;
    }
    return n;
}

int64_t media_width_for(struct str renditions, int64_t wanted)
{
    int64_t widths[WIDTHS_MAX], best = 0, largest = 0;
    size_t n = widths_of(renditions, widths);

    for (size_t i = 0; i < n; i++) {
        if (widths[i] >= wanted && (best == 0 || widths[i] < best))
            best = widths[i];
        if (widths[i] > largest)
            largest = widths[i];
    }
    return best != 0 ? best : largest;
}

/* The largest is named by its width but not wider than the picture was. */
static void fill_sizes(struct request *rq, struct str hash, struct str renditions, struct body_html_media *media)
{
    int64_t widths[WIDTHS_MAX];
    size_t n = widths_of(renditions, widths);
    struct body_html_size *sizes = NEW_ARRAY(rq->arena, struct body_html_size, n + 1);

    for (size_t i = 0; i < n; i++) {
        int width = media->width > 0 && media->width < widths[i] ? media->width : (int)widths[i];
        sizes[i] = (struct body_html_size){media_url(rq->arena, hash, widths[i], "webp"), width};
    }
    media->sizes = sizes;
    media->size_count = n;
}

bool reader_body_media(void *context, struct str hash, struct body_html_media *media)
{
    struct request *rq = context;
    struct q_reader_media_sizes m;

    if (q_reader_media_sizes(rq->db, hash, &m) != OK)
        return false;
    *media = (struct body_html_media){.width = (int)m.width, .height = (int)m.height};
    if (!str_equal(m.kind, S("picture"))) {
        media->url = media_url(rq->arena, hash, 0, "");
        return true;
    }
    if (media_width_for(m.renditions, PAGE_WIDTH) == 0)
        return false; /* its sizes are still being made, and the original does not go out */
    fill_sizes(rq, hash, m.renditions, media);
    media->url = media_url(rq->arena, hash, media_width_for(m.renditions, PAGE_WIDTH), "jpg");
    return true;
}

/* --- pictures, sound, video ----------------------------------------------------------------------------------------- */

/* "480.webp" is kept as w480.webp, "480.jpg" as w480.jpeg, "goc" is the original. */
static struct str part_of_name(struct request *rq, struct str name, const char **type)
{
    struct str stem, ending = str_cut(name, '.', &stem);
    int64_t width;

    if (str_equal(name, S("goc")))
        return S("original");
    if (str_to_int(stem, &width) != OK || width <= 0)
        return STR_NONE;
    bool is_webp = str_equal(ending, S("webp"));
    if (!is_webp && !str_equal(ending, S("jpg")))
        return STR_NONE;
    *type = is_webp ? "image/webp" : "image/jpeg";
    return str_format(rq->arena, "w%lld.%s", (long long)width, is_webp ? "webp" : "jpeg");
}

/* A picture as it came may tell where it was taken, so what goes out in its place is its largest size. */
static struct str part_that_may_go_out(struct request *rq, struct str part, const struct q_reader_media *media,
                                       const char **type)
{
    int64_t widths[WIDTHS_MAX], largest = 0;

    if (!str_equal(part, S("original")) || !str_equal(media->kind, S("picture")))
        return part;
    size_t n = widths_of(media->renditions, widths);
    for (size_t i = 0; i < n; i++)
        if (widths[i] > largest)
            largest = widths[i];
    *type = "image/jpeg";
    return str_format(rq->arena, "w%lld.jpeg", (long long)largest);
}

/* A document that somebody sent is never shown by the browser, only saved. */
static bool is_shown_inline(struct str kind)
{
    return !str_equal(kind, S("file"));
}

void reader_media_file(struct request *rq)
{
    struct str hash = rq_path(rq, "hash");
    struct q_reader_media media;
    const char *path, *type = NULL;

    struct str part = part_of_name(rq, rq_path(rq, "name"), &type);
    if (part.len == 0 || !digest_is_valid(hash)) {
        rq_fail(rq, E_NOT_FOUND);
        return;
    }
    enum err e = q_reader_media(rq->db, hash, reader_reach(rq), rq->who->person, rq->now, &media);
    if (e == OK)
        part = part_that_may_go_out(rq, part, &media, &type);
    if (e == OK)
        e = media_store_find(rq->arena, site_folders(site_of(rq))->media, hash, str_z(rq->arena, part), &path);
    if (e == OK)
        e = response_file(rq->response, type != NULL ? type : str_z(rq->arena, media.mime), path);
    if (rq_failed(rq, e))
        return;
    if (!is_shown_inline(media.kind))
        response_attachment(rq->response, media.file_name);
    response_header(rq->response, "Content-Security-Policy", S("default-src 'none'; sandbox"));
    response_header(rq->response, "Cache-Control", S("private, max-age=86400"));
}

/* --- editions ------------------------------------------------------------------------------------------------------- */

struct format {
    const char *name, *type, *ending;
};

static const struct format formats[] = {
    {"pdf-a4", "application/pdf", "pdf"},
    {"pdf-a5", "application/pdf", "pdf"},
    {"epub", "application/epub+zip", "epub"},
    {"text", "text/plain; charset=utf-8", "txt"},
};

static const struct format *format_named(struct str name)
{
    for (size_t i = 0; i < countof(formats); i++)
        if (str_equal(name, str_of(formats[i].name)))
            return &formats[i];
    return NULL;
}

static enum err publication_of_path(struct request *rq, struct publication_id *id, struct str *name)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);
    struct q_reader_publication p;

    if (rq_path(rq, "code").len == 0) {
        *id = site.publication;
        *name = site.publication_code;
        return OK;
    }
    TRY(q_reader_publication(rq->db, rq_path(rq, "code"), &p));
    *id = p.id;
    *name = p.code;
    return OK;
}

static enum err send_edition(struct request *rq, const struct format *format)
{
    struct publication_id publication;
    struct q_reader_issue issue;
    struct q_edition_current edition;
    struct str name;
    const char *path;
    int64_t audience = rq->who->person.v != 0 ? 1 : 0;

    TRY(publication_of_path(rq, &publication, &name));
    TRY(q_reader_issue(rq->db, publication, rq_path_id(rq, "year"), rq_path_id(rq, "number"), &issue));
    if (!str_equal(issue.state, S("published")))
        return E_NOT_FOUND;
    TRY(q_edition_current(rq->db, issue.id, str_of(format->name), audience, &edition));
    TRY(media_store_find(rq->arena, site_folders(site_of(rq))->media, edition.file_hash, "original", &path));
    TRY(response_file(rq->response, format->type, path));
    response_etag(rq->response, edition.file_hash);
    response_attachment(rq->response, str_format(rq->arena, "%.*s-so-%lld-%lld%s.%s", STR_ARG(name), (long long)issue.number,
                                                 (long long)issue.year,
                                                 strcmp(format->name, "pdf-a5") == 0 ? "-kho-nho" : "", format->ending));
    return OK;
}

void reader_edition_file(struct request *rq)
{
    const struct format *format = format_named(rq_path(rq, "format"));

    enum err e = format != NULL ? send_edition(rq, format) : E_NOT_FOUND;
    if (e != OK)
        rq_fail(rq, e);
}
