#include "access/access.h"
#include "article/article.h"
#include "article/authors.h"
#include "html/body_html.h"
#include "reader/reader_files.h"
#include "reader/reader_render.h"
#include "web/web.h"

enum { CACHE_SECONDS = 300, DESCRIPTION_BYTES = 240 };

/* The number at the end of "ten-bai-123". */
static struct article_id id_of_slug(struct str slug)
{
    size_t at = slug.len;
    int64_t id;

    while (at > 0 && slug.ptr[at - 1] >= '0' && slug.ptr[at - 1] <= '9')
        at--;
    if (str_to_int(str_skip(slug, at), &id) != OK)
        return (struct article_id){0};
    return (struct article_id){id};
}

static struct html body_of(struct request *rq, struct str json)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);
    struct body_node *doc;
    struct body_html_options options = {
        .media = reader_body_media,
        .context = rq,
        .sizes = S("(max-width: 720px) 100vw, 640px"),
        .notes_title = msg(rq->lang, MSG_reader_notes_title),
        .note_word = msg(rq->lang, MSG_reader_note_word),
        .back_word = msg(rq->lang, MSG_reader_back_word),
        .table_word = msg(rq->lang, MSG_reader_table_word),
    };

    if (body_of_json(rq->arena, json, &doc) == OK)
        body_to_html(&out, doc, &options);
    return html_done(&out);
}

/* The first words of the standfirst, or of the text, cut at a space. */
static struct str description_of(struct request *rq, const struct q_reader_article *a)
{
    struct body_node *doc;
    struct str text = a->standfirst;

    if (text.len == 0 && body_of_json(rq->arena, a->body, &doc) == OK)
        text = body_to_text(rq->arena, doc);
    if (text.len <= DESCRIPTION_BYTES)
        return str_replace(rq->arena, text, S("\n"), S(" "));
    size_t end = DESCRIPTION_BYTES;
    while (end > 0 && text.ptr[end] != ' ')
        end--;
    return str_replace(rq->arena, str_format(rq->arena, "%.*s…", (int)end, text.ptr), S("\n"), S(" "));
}

static struct str first_picture(struct request *rq, struct str json)
{
    struct body_node *doc;
    struct q_reader_media_sizes m;

    if (body_of_json(rq->arena, json, &doc) != OK)
        return STR_NONE;
    for (const struct body_node *n = doc; n != NULL; n = body_walk(doc, n))
        if (n->kind == BODY_FIGURE && q_reader_media_sizes(rq->db, n->media, &m) == OK && m.renditions.len > 0)
            return media_url(rq->arena, n->media, media_width_for(m.renditions, 960), "jpg");
    return STR_NONE;
}

static struct str meta_of(struct request *rq, const struct q_reader_article *a)
{
    struct str names = authors_names(rq->arena, a->authors);

    if (names.len > 0 && a->unit_name.len > 0)
        return str_format(rq->arena, "%.*s · %.*s", STR_ARG(names), STR_ARG(a->unit_name));
    return names.len > 0 ? names : a->unit_name.len > 0 ? a->unit_name : rq->shell.name;
}

/* Author, title, publication, issue, address: to be copied into another text (R0.21). */
static struct str citation(struct request *rq, const struct v_article *view, struct str authors)
{
    struct buf b = buf_in(rq->arena);

    if (authors.len > 0)
        buf_add_format(&b, "%.*s: ", STR_ARG(authors));
    buf_add_format(&b, "“%.*s”, %.*s", STR_ARG(view->title), STR_ARG(rq->shell.name));
    if (view->place.len > 0)
        buf_add_format(&b, ", %.*s", STR_ARG(view->place));
    struct str base = web_base_url(rq->web);
    buf_add_format(&b, ", %.*s%.*s", STR_ARG(base), STR_ARG(view->canonical));
    return buf_str(&b);
}

/* --- its place in an issue ------------------------------------------------------------------------------------------ */

static void fill_neighbours(struct request *rq, const struct q_reader_neighbours_rows *all, struct article_id id,
                            struct v_article *view)
{
    for (size_t i = 0; i < all->count; i++) {
        if (all->rows[i].article_id.v != id.v)
            continue;
        if (i > 0)
            view->before = (struct reader_link){
                reader_article_url(rq->arena, all->rows[i - 1].slug, all->rows[i - 1].article_id), all->rows[i - 1].title};
        if (i + 1 < all->count)
            view->after = (struct reader_link){
                reader_article_url(rq->arena, all->rows[i + 1].slug, all->rows[i + 1].article_id), all->rows[i + 1].title};
    }
}

static enum err fill_questions(struct request *rq, struct issue_item_id item, struct v_article *view)
{
    struct q_reader_item_questions_rows rows;

    TRY(q_reader_item_questions(rq->db, item, &rows));
    struct str *questions = NEW_ARRAY(rq->arena, struct str, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        questions[i] = rows.rows[i].text;
    view->questions.rows = questions;
    view->questions.count = rows.count;
    return OK;
}

static enum err fill_place(struct request *rq, struct article_id id, struct v_article *view)
{
    struct q_reader_article_issue issue;
    struct q_reader_neighbours_rows all;
    struct q_reader_article_page print;

    enum err e = q_reader_article_issue(rq->db, id, &issue);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    struct str label = T(rq->arena, rq->lang, MSG_reader_issue_label, ARG("number", issue.number), ARG("year", issue.year));
    e = q_reader_article_page(rq->db, issue.id, id, rq->who->person.v != 0 ? 1 : 0, &print);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    view->place = e == OK ? T(rq->arena, rq->lang, MSG_reader_place, ARG("issue", label), ARG("page", print.page)) : label;
    view->issue_url =
        reader_issue_url(rq->arena, issue.is_main, issue.publication_code, issue.year, issue.number);
    TRY(q_reader_neighbours(rq->db, issue.id, reader_reach(rq), rq->who->person, rq->now, &all));
    fill_neighbours(rq, &all, id, view);
    return fill_questions(rq, issue.item_id, view);
}

/* --- the page ------------------------------------------------------------------------------------------------------- */

static void fill_text(struct request *rq, const struct q_reader_article *a, struct v_article *view)
{
    *view = (struct v_article){
        .title = a->title,
        .kicker = a->section_name.len > 0 ? a->section_name : a->kicker,
        .standfirst = a->standfirst,
        .description = description_of(rq, a),
        .canonical = reader_article_url(rq->arena, a->slug, a->id),
        .image = first_picture(rq, a->body),
        .meta = meta_of(rq, a),
        .minutes = reader_minutes(a->words),
        .published_at = a->published_at,
        .for_members = a->audience > 0,
        .body = body_of(rq, a->body),
        .hash = str_sub(a->hash, 0, 12),
    };
    if (a->section_slug.len > 0)
        view->section_url = str_format(rq->arena, "/chuyen-muc/%.*s", STR_ARG(a->section_slug));
    if (rq_may(rq, ACT_NEWSROOM))
        view->edit_url = str_format(rq->arena, "/toa-soan/bai/%lld", (long long)a->id.v);
}

static enum err fill_view(struct request *rq, const struct q_reader_article *a, struct v_article *view)
{
    struct q_corrections_shown_rows corrections;

    TRY(q_corrections_shown(rq->db, a->id, &corrections));
    fill_text(rq, a, view);
    view->corrections.rows = corrections.rows;
    view->corrections.count = corrections.count;
    TRY(fill_place(rq, a->id, view));
    view->cite = citation(rq, view, authors_names(rq->arena, a->authors));
    return OK;
}

static void show_missing(struct request *rq, struct article_id id)
{
    struct q_reader_article_withdrawn gone;

    if (q_reader_article_withdrawn(rq->db, id, &gone) == OK)
        rq_fail_with(rq, 410, MSG_reader_gone_title, MSG_reader_gone_advice);
    else
        rq_fail(rq, E_NOT_FOUND);
}

void reader_article_page(struct request *rq)
{
    struct article_id id = id_of_slug(rq_path(rq, "article"));
    struct q_reader_article article;
    struct v_article view;

    enum err e = q_reader_article(rq->db, id, reader_reach(rq), rq->who->person, rq->now, &article);
    if (e == E_NOT_FOUND) {
        show_missing(rq, id);
        return;
    }
    if (rq_failed(rq, e))
        return;
    struct str address = reader_article_url(rq->arena, article.slug, article.id);
    if (!str_equal(rq->http->path, address)) {
        rq_moved(rq, "%.*s", STR_ARG(address));
        return;
    }
    if (rq_failed(rq, fill_view(rq, &article, &view)))
        return;
    rq_cache(rq, CACHE_SECONDS);
    rq_page(rq, 200, article, &view);
}
