#include "article/authors.h"
#include "reader/reader.h"
#include "reader/reader_files.h"
#include "web/web.h"

/* The feed (Atom, RFC 4287). Feed readers do not sign in, so it holds what everybody may see, whoever asks. */

enum { CACHE_SECONDS = 300, ENTRIES_MOST = 30 };

static void raw(struct html_out *out, const char *markup)
{
    html_raw(out, (struct html){str_of(markup)});
}

static void element(struct html_out *out, const char *name, struct str text)
{
    buf_add_format(&out->buf, "<%s>", name);
    html_text(out, text);
    buf_add_format(&out->buf, "</%s>\n", name);
}

/* RFC 3339, in UTC. */
static struct str timestamp(struct arena *a, int64_t when)
{
    time_t seconds = (time_t)when;
    struct tm utc;
    char text[32];

    gmtime_r(&seconds, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return str_copy(a, str_of(text));
}

static void link_to(struct html_out *out, const char *rel, struct str path)
{
    buf_add_format(&out->buf, "<link rel=\"%s\" href=\"", rel);
    html_attr(out, out->base_url);
    html_attr(out, path);
    raw(out, "\"/>\n");
}

static void entry(struct html_out *out, struct request *rq, const struct q_reader_latest *a)
{
    struct str names = authors_names(rq->arena, a->authors);

    raw(out, "<entry>\n");
    element(out, "title", a->title);
    /* The number decides, so a title that is corrected does not make the entry new. */
    element(out, "id", str_format(rq->arena, "%.*s/bai/%lld", STR_ARG(out->base_url), (long long)a->id.v));
    link_to(out, "alternate", reader_article_url(rq->arena, a->slug, a->id));
    element(out, "published", timestamp(rq->arena, a->published_at));
    element(out, "updated", timestamp(rq->arena, a->changed_at > a->published_at ? a->changed_at : a->published_at));
    raw(out, "<author>");
    element(out, "name", names.len > 0 ? names : a->unit_name.len > 0 ? a->unit_name : rq->shell.name);
    raw(out, "</author>\n");
    if (a->section_name.len > 0) {
        raw(out, "<category term=\"");
        html_attr(out, a->section_name);
        raw(out, "\"/>\n");
    }
    if (a->standfirst.len > 0)
        element(out, "summary", a->standfirst);
    raw(out, "</entry>\n");
}

static void feed(struct html_out *out, struct request *rq, const struct q_reader_latest_rows *articles)
{
    int64_t updated = 0;

    for (size_t i = 0; i < articles->count; i++)
        if (articles->rows[i].published_at > updated)
            updated = articles->rows[i].published_at;
    raw(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n");
    element(out, "title", rq->shell.name);
    element(out, "id", str_format(rq->arena, "%.*s/", STR_ARG(out->base_url)));
    element(out, "updated", timestamp(rq->arena, updated));
    link_to(out, "self", S("/feed.xml"));
    link_to(out, "alternate", S("/"));
    for (size_t i = 0; i < articles->count; i++)
        entry(out, rq, &articles->rows[i]);
    raw(out, "</feed>\n");
}

void reader_feed(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);
    struct q_reader_latest_rows articles;
    struct html_out out = rq_html(rq);

    if (rq_failed(rq, q_reader_latest(rq->db, site.publication, 0, ENTRIES_MOST, 0, (struct person_id){0}, rq->now, &articles)))
        return;
    feed(&out, rq, &articles);
    rq_cache(rq, CACHE_SECONDS);
    rq_send(rq, 200, "application/atom+xml; charset=utf-8", html_done(&out).s);
}
