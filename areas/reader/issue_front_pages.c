#include "access/access.h"
#include "article/authors.h"
#include "html/body_html.h"
#include "issue/issue.h"
#include "reader/reader.h"
#include "reader/reader_files.h"
#include "reader/reader_render.h"
#include "setup/setup.h"
#include "web/web.h"

enum { CACHE_SECONDS = 300, ALONE_MOST = 8, ARCHIVE_PAGE = 24, DESCRIPTION_MAX = 200 };

/* --- one line of a contents --------------------------------------------------------------------------------------- */

static struct str entry_meta(struct request *rq, struct str unit, struct str authors, int64_t words)
{
    struct str names = unit.len > 0 ? unit : authors_names(rq->arena, authors);
    struct str minutes = T(rq->arena, rq->lang, MSG_reader_minutes, ARG("n", reader_minutes(words)));

    if (names.len == 0)
        return minutes;
    return str_format(rq->arena, "%.*s · %.*s", STR_ARG(names), STR_ARG(minutes));
}

static struct reader_entry entry_of_item(struct request *rq, const struct q_reader_issue_items *item, int64_t page)
{
    return (struct reader_entry){
        .url = reader_article_url(rq->arena, item->slug, item->article_id),
        .title = item->title,
        .standfirst = item->standfirst,
        .meta = entry_meta(rq, item->unit_name, item->authors, item->words),
        .page = page,
        .for_members = item->audience > 0,
    };
}

/* --- the issue ------------------------------------------------------------------------------------------------------ */

struct issue_parts {
    struct q_reader_issue issue;
    struct q_reader_issue_items_rows items;
    struct q_reader_issue_questions_rows questions;
    struct q_editions_of_rows editions;
    struct q_edition_pages_rows pages;
};

/* The edition in force of a format for this reader, or NULL. */
static const struct q_editions_of *edition_for(const struct issue_parts *p, const char *format, int64_t audience)
{
    for (size_t i = 0; i < p->editions.count; i++) {
        const struct q_editions_of *e = &p->editions.rows[i];
        if (e->superseded_at == 0 && e->audience == audience && str_equal(e->format, str_of(format)))
            return e;
    }
    return NULL;
}

static int64_t audience_of(const struct request *rq)
{
    return rq->who->person.v != 0 ? 1 : 0;
}

static enum err load_issue(struct request *rq, struct publication_id publication, int64_t year, int64_t number,
                           struct issue_parts *p)
{
    TRY(q_reader_issue(rq->db, publication, year, number, &p->issue));
    TRY(q_reader_issue_items(rq->db, p->issue.id, reader_reach(rq), rq->who->person, rq->now, &p->items));
    TRY(q_reader_issue_questions(rq->db, p->issue.id, &p->questions));
    TRY(q_editions_of(rq->db, p->issue.id, &p->editions));
    const struct q_editions_of *print = edition_for(p, "pdf-a4", audience_of(rq));
    if (print != NULL)
        TRY(q_edition_pages(rq->db, print->id, &p->pages));
    return OK;
}

static int64_t page_of(const struct issue_parts *p, struct article_id article)
{
    for (size_t i = 0; i < p->pages.count; i++)
        if (p->pages.rows[i].article_id.v == article.v)
            return p->pages.rows[i].page;
    return 0;
}

static void fill_sections(struct request *rq, const struct issue_parts *p, struct v_issue_front *view)
{
    struct reader_section_block *blocks = NEW_ARRAY(rq->arena, struct reader_section_block, p->items.count + 1);
    struct reader_entry *entries = NEW_ARRAY(rq->arena, struct reader_entry, p->items.count + 1);
    size_t n = 0;

    for (size_t i = 0; i < p->items.count; i++) {
        const struct q_reader_issue_items *item = &p->items.rows[i];
        entries[i] = entry_of_item(rq, item, page_of(p, item->article_id));
        if (n == 0 || !str_equal(blocks[n - 1].name, item->section_name))
            blocks[n++] = (struct reader_section_block){.name = item->section_name, .entries = {&entries[i], 0}};
        blocks[n - 1].entries.count++;
        if (item->is_read_aloud && !view->has_must) {
            view->has_must = true;
            view->must = entries[i];
        }
    }
    view->sections.rows = blocks;
    view->sections.count = n;
}

static void fill_files(struct request *rq, const struct issue_parts *p, struct str url, struct v_issue_front *view)
{
    static const struct {
        const char *format;
        enum msg label;
    } formats[] = {
        {"pdf-a4", MSG_reader_file_pdf_a4}, {"pdf-a5", MSG_reader_file_pdf_a5}, {"epub", MSG_reader_file_epub},
        {"text", MSG_reader_file_text},
    };
    struct reader_file *files = NEW_ARRAY(rq->arena, struct reader_file, countof(formats));
    size_t n = 0;

    for (size_t i = 0; i < countof(formats); i++) {
        const struct q_editions_of *e = edition_for(p, formats[i].format, audience_of(rq));
        if (e == NULL)
            continue;
        files[n++] = (struct reader_file){
            .url = str_format(rq->arena, "%.*s/%s", STR_ARG(url), formats[i].format),
            .label = msg(rq->lang, formats[i].label),
            .bytes = e->bytes,
        };
        if (i == 0)
            view->pages = e->pages;
    }
    view->files.rows = files;
    view->files.count = n;
}

static void fill_questions(struct request *rq, const struct issue_parts *p, struct v_issue_front *view)
{
    struct str *questions = NEW_ARRAY(rq->arena, struct str, p->questions.count + 1);
    size_t n = 0;

    for (size_t i = 0; i < p->questions.count; i++)
        if (p->questions.rows[i].item_id.v == 0)
            questions[n++] = p->questions.rows[i].text;
    view->questions.rows = questions;
    view->questions.count = n;
}

/* Plain text to paragraphs: a blank line parts them. */
static struct html paragraphs(struct request *rq, struct str text)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);
    struct str rest = text;

    while (rest.len > 0) {
        size_t end = str_find(rest, S("\n\n"), 0);
        struct str one = str_trim(str_sub(rest, 0, end));
        if (one.len > 0) {
            html_raw(&out, (struct html){S("<p>")});
            html_text(&out, one);
            html_raw(&out, (struct html){S("</p>")});
        }
        rest = end == SIZE_MAX ? STR_NONE : str_skip(rest, end + 2);
    }
    return html_done(&out);
}

static struct v_cover cover_of(struct request *rq, struct str url, struct str name, int64_t year, int64_t number,
                                    struct str date, struct str picture)
{
    struct v_cover cover = {.url = url, .title = name};
    struct q_reader_media_sizes size;
    int64_t month = 0;

    if (str_to_int(str_sub(date, 5, 2), &month) == OK && month > 0)
        cover.label = T(rq->arena, rq->lang, MSG_reader_issue_month, ARG("number", number), ARG("month", month),
                        ARG("year", year));
    else
        cover.label = T(rq->arena, rq->lang, MSG_reader_issue_label, ARG("number", number), ARG("year", year));
    if (picture.len > 0 && q_reader_media_sizes(rq->db, picture, &size) == OK && size.renditions.len > 0) {
        cover.picture = media_url(rq->arena, picture, media_width_for(size.renditions, 480), "webp");
        cover.width = size.width;
        cover.height = size.height;
    }
    return cover;
}

static void fill_front(struct request *rq, const struct issue_parts *p, struct v_issue_front *view)
{
    const struct q_reader_issue *issue = &p->issue;
    struct str url = reader_issue_url(rq->arena, issue->is_main, issue->publication_code, issue->year, issue->number);

    view->cover = cover_of(rq, url, issue->publication_name, issue->year, issue->number, issue->date, issue->cover);
    view->label = view->cover.label;
    view->title = str_format(rq->arena, "%.*s, %.*s", STR_ARG(issue->publication_name), STR_ARG(view->label));
    view->canonical = url;
    view->name = issue->title;
    view->published_at = issue->published_at;
    view->is_withdrawn = str_equal(issue->state, S("withdrawn"));
    if (view->is_withdrawn)
        return;
    view->editorial = paragraphs(rq, issue->editorial);
    view->description = str_sub(issue->editorial, 0, str_find(issue->editorial, S("\n"), 0));
    view->hash = str_sub(issue->hash, 0, 12);
    fill_sections(rq, p, view);
    fill_files(rq, p, url, view);
    fill_questions(rq, p, view);
}

/* --- handlers ------------------------------------------------------------------------------------------------------- */

static void show_issue(struct request *rq, struct publication_id publication, int64_t year, int64_t number)
{
    struct issue_parts parts = {0};
    struct v_issue_front view = {0};

    if (rq_failed(rq, load_issue(rq, publication, year, number, &parts)))
        return;
    fill_front(rq, &parts, &view);
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, issue_front, &view);
}

static void issue_page(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);

    show_issue(rq, site.publication, rq_path_id(rq, "year"), rq_path_id(rq, "number"));
}

static void publication_issue_page(struct request *rq)
{
    struct q_reader_publication p;

    if (rq_failed(rq, q_reader_publication(rq->db, rq_path(rq, "code"), &p)))
        return;
    int64_t year = rq_path_id(rq, "year"), number = rq_path_id(rq, "number");
    if (p.is_main)
        rq_moved(rq, "/so/%lld/%lld", (long long)year, (long long)number);
    else
        show_issue(rq, p.id, year, number);
}

static enum err add_news(struct request *rq, struct publication_id publication, int64_t since, struct v_issue_front *view)
{
    struct q_reader_alone_rows alone;

    TRY(q_reader_alone(rq->db, publication, since, ALONE_MOST, reader_reach(rq), rq->who->person, rq->now, &alone));
    struct reader_entry *entries = NEW_ARRAY(rq->arena, struct reader_entry, alone.count + 1);
    for (size_t i = 0; i < alone.count; i++) {
        const struct q_reader_alone *a = &alone.rows[i];
        entries[i] = (struct reader_entry){
            .url = reader_article_url(rq->arena, a->slug, a->id),
            .title = a->title,
            .meta = entry_meta(rq, a->unit_name, a->authors, a->words),
        };
    }
    view->alone = (struct v_entries){entries, alone.count};
    return OK;
}

static void show_empty_front(struct request *rq, struct str name)
{
    struct v_reader_empty view = {.name = name, .may_write = reader_reach(rq) == 2};

    rq_page(rq, 200, reader_empty, &view);
}

static void front_page(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);
    struct q_reader_issue_latest latest;
    struct issue_parts parts = {0};
    struct v_issue_front view = {.is_front = true};

    if (site.publication.v == 0) {
        setup_welcome(rq);
        return;
    }
    enum err e = q_reader_issue_latest(rq->db, site.publication, &latest);
    if (e == E_NOT_FOUND) {
        show_empty_front(rq, rq->shell.name);
        return;
    }
    if (e == OK)
        e = load_issue(rq, site.publication, latest.year, latest.number, &parts);
    if (e == OK)
        e = add_news(rq, site.publication, parts.issue.published_at, &view);
    if (rq_failed(rq, e))
        return;
    fill_front(rq, &parts, &view);
    view.title = site.publication_name;
    view.canonical = S("/");
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, issue_front, &view);
}

/* --- the archive ---------------------------------------------------------------------------------------------------- */

static struct str page_address(struct request *rq, struct str path, int64_t page)
{
    return page == 1 ? path : str_format(rq->arena, "%.*s?trang=%lld", STR_ARG(path), (long long)page);
}

static void show_archive(struct request *rq, struct publication_id publication, struct str name, struct str code, bool is_main)
{
    struct v_archive view = {.name = name};
    struct q_reader_issues_rows issues;
    struct q_reader_publications_rows all;
    int64_t page = rq_query_int(rq, "trang", 1);

    if (page < 1 || page > 100000)
        page = 1;
    enum err e = q_reader_issues(rq->db, publication, ARCHIVE_PAGE + 1, (page - 1) * ARCHIVE_PAGE, &issues);
    if (e == OK)
        e = q_reader_publications(rq->db, &all);
    if (rq_failed(rq, e))
        return;
    size_t n = issues.count > ARCHIVE_PAGE ? ARCHIVE_PAGE : issues.count;
    struct v_cover *covers = NEW_ARRAY(rq->arena, struct v_cover, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct q_reader_issues *issue = &issues.rows[i];
        covers[i] = cover_of(rq, reader_issue_url(rq->arena, is_main, code, issue->year, issue->number), name, issue->year,
                             issue->number, issue->date, STR_NONE);
        if (issue->cover_renditions.len > 0) {
            covers[i].picture = media_url(rq->arena, issue->cover, media_width_for(issue->cover_renditions, 480), "webp");
            covers[i].width = issue->cover_width;
            covers[i].height = issue->cover_height;
        }
    }
    struct reader_link *links = NEW_ARRAY(rq->arena, struct reader_link, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        links[i] = (struct reader_link){
            .url = all.rows[i].is_main ? S("/cac-so") : str_format(rq->arena, "/an-pham/%.*s", STR_ARG(all.rows[i].code)),
            .title = all.rows[i].name,
        };
    view.issues.rows = covers;
    view.issues.count = n;
    view.publications.rows = links;
    view.publications.count = all.count;
    if (issues.count > n)
        view.older = page_address(rq, rq->http->path, page + 1);
    if (page > 1)
        view.newer = page_address(rq, rq->http->path, page - 1);
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, archive, &view);
}

static void archive_page(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);

    show_archive(rq, site.publication, site.publication_name, site.publication_code, true);
}

static void publication_page(struct request *rq)
{
    struct q_reader_publication p;

    if (rq_failed(rq, q_reader_publication(rq->db, rq_path(rq, "code"), &p)))
        return;
    if (p.is_main)
        rq_moved(rq, "/cac-so");
    else
        show_archive(rq, p.id, p.name, p.code, false);
}

/* --- sections ------------------------------------------------------------------------------------------------------- */

static void sections_page(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);
    struct q_reader_sections_rows sections;
    struct v_sections view = {0};

    if (rq_failed(rq, q_reader_sections(rq->db, site.publication, &sections)))
        return;
    struct reader_link *links = NEW_ARRAY(rq->arena, struct reader_link, sections.count + 1);
    for (size_t i = 0; i < sections.count; i++)
        links[i] = (struct reader_link){
            .url = str_format(rq->arena, "/chuyen-muc/%.*s", STR_ARG(sections.rows[i].slug)),
            .title = sections.rows[i].name,
        };
    view.sections.rows = links;
    view.sections.count = sections.count;
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, sections, &view);
}

static void section_page(struct request *rq)
{
    struct site_settings site = site_settings(site_of(rq), rq->arena);
    struct q_reader_section section;
    struct q_reader_section_articles_rows articles;
    struct v_section view = {0};
    int64_t page = rq_query_int(rq, "trang", 1);

    if (page < 1 || page > 100000)
        page = 1;
    enum err e = q_reader_section(rq->db, site.publication, rq_path(rq, "section"), &section);
    if (e == OK)
        e = q_reader_section_articles(rq->db, section.id, ARCHIVE_PAGE + 1, (page - 1) * ARCHIVE_PAGE, reader_reach(rq),
                                      rq->who->person, rq->now, &articles);
    if (rq_failed(rq, e))
        return;
    size_t n = articles.count > ARCHIVE_PAGE ? ARCHIVE_PAGE : articles.count;
    struct reader_entry *entries = NEW_ARRAY(rq->arena, struct reader_entry, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct q_reader_section_articles *a = &articles.rows[i];
        entries[i] = (struct reader_entry){
            .url = reader_article_url(rq->arena, a->slug, a->id),
            .title = a->title,
            .standfirst = a->standfirst,
            .meta = entry_meta(rq, a->unit_name, a->authors, a->words),
        };
    }
    view.name = section.name;
    view.canonical = str_format(rq->arena, "/chuyen-muc/%.*s", STR_ARG(section.slug));
    view.entries = (struct v_entries){entries, n};
    if (articles.count > n)
        view.older = page_address(rq, view.canonical, page + 1);
    if (page > 1)
        view.newer = page_address(rq, view.canonical, page - 1);
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, section, &view);
}

const struct route reader_routes[] = {
    GET("/", ACT_READ, front_page),
    GET("/so/:year/:number", ACT_READ, issue_page),
    GET("/so/:year/:number/:format", ACT_READ, reader_edition_file),
    GET("/an-pham/:code", ACT_READ, publication_page),
    GET("/an-pham/:code/so/:year/:number", ACT_READ, publication_issue_page),
    GET("/an-pham/:code/so/:year/:number/:format", ACT_READ, reader_edition_file),
    GET("/bai/:article", ACT_READ, reader_article_page),
    GET("/cac-so", ACT_READ, archive_page),
    GET("/chuyen-muc", ACT_READ, sections_page),
    GET("/chuyen-muc/:section", ACT_READ, section_page),
    GET("/feed.xml", ACT_READ, reader_feed),
    GET("/tep/:hash/:name", ACT_READ, reader_media_file),
    {0},
};
