#include "access/access.h"
#include "reader/reader.h"
#include "search/search.h"
#include "search/search_render.h"
#include "search/search_views.h"
#include "text/text.h"
#include "web/web.h"

enum { CACHE_SECONDS = 120, PAGES_MAX = 20 };

struct finding {
    struct search_terms terms;
    enum search_way way;
    int64_t page;
    struct q_search_find_rows rows;
};

static enum err find(struct request *rq, struct finding *f)
{
    return q_search_find(rq->db, search_fts_expression(rq->arena, &f->terms, f->way),
                         search_grams(rq->arena, &f->terms, f->way), SEARCH_CANDIDATES, SEARCH_PAGE + 1,
                         (f->page - 1) * SEARCH_PAGE, reader_reach(rq), rq->who->person, rq->now, &f->rows);
}

/* The strictest way that finds something; later pages go the way the first one went, since it depends on nothing else. */
static enum err find_by_ways(struct request *rq, struct finding *f)
{
    int64_t wanted = f->page;

    f->page = 1;
    for (f->way = SEARCH_PHRASE;; f->way++) {
        TRY(find(rq, f));
        if (f->rows.count > 0 || f->way == SEARCH_FOLDED)
            break;
    }
    f->page = wanted;
    return wanted == 1 ? OK : find(rq, f);
}

static struct str address(struct request *rq, struct str typed, int64_t page)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    html_url_part(&out, typed);
    struct str query = html_done(&out).s;
    return str_format(rq->arena, "/tim-kiem?q=%.*s&trang=%lld", STR_ARG(query), (long long)page);
}

static struct str meta_of(struct request *rq, const struct q_search_find *row)
{
    struct str parts[3];
    size_t n = 0;

    if (row->section_name.len > 0)
        parts[n++] = row->section_name;
    if (row->unit_name.len > 0)
        parts[n++] = row->unit_name;
    struct html_out out = html_out_in(rq->arena, rq->lang);
    parts[n++] = html_filter_date(&out, row->published_at);
    return str_join(rq->arena, parts, n, S(" · "));
}

static void fill(struct request *rq, const struct finding *f, struct v_search *view)
{
    size_t n = f->rows.count > SEARCH_PAGE ? SEARCH_PAGE : f->rows.count;
    struct search_result *results = NEW_ARRAY(rq->arena, struct search_result, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct q_search_find *row = &f->rows.rows[i];
        struct str text = row->body;
        if (row->standfirst.len > 0)
            text = str_format(rq->arena, "%.*s %.*s", STR_ARG(row->standfirst), STR_ARG(row->body));
        results[i] = (struct search_result){
            .url = reader_article_url(rq->arena, row->slug, row->id),
            .title = row->title,
            .meta = meta_of(rq, row),
            .snippet = search_snippet(rq->arena, text, &f->terms, f->way),
        };
    }
    view->results.rows = results;
    view->results.count = n;
    view->first = (f->page - 1) * SEARCH_PAGE + 1;
    view->last = view->first + (int64_t)n - 1;
    view->is_loose = f->way != SEARCH_PHRASE;
    if (f->rows.count > n && f->page < PAGES_MAX)
        view->older = address(rq, view->query, f->page + 1);
    if (f->page > 1)
        view->newer = address(rq, view->query, f->page - 1);
}

static void search_page(struct request *rq)
{
    struct finding f = {.page = rq_query_int(rq, "trang", 1)};
    struct v_search view = {.query = rq_query(rq, "q")};

    if (f.page < 1 || f.page > PAGES_MAX)
        f.page = 1;
    f.terms = search_terms_of(rq->arena, view.query);
    view.has_searched = f.terms.count > 0;
    if (view.has_searched) {
        if (rq_failed(rq, find_by_ways(rq, &f)))
            return;
        fill(rq, &f, &view);
    }
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, search, &view);
}

const struct route search_routes[] = {
    GET("/tim-kiem", ACT_READ, search_page),
    {0},
};
