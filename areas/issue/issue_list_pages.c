#include "access/access.h"
#include "issue/issue_pages.h"
#include "issue/issue_render.h"
#include "text/date.h"
#include "text/text.h"

/* --- small things all screens of issues need ----------------------------------------------------------------------- */

struct issue_id issue_of_path(const struct request *rq)
{
    return (struct issue_id){rq_path_id(rq, "issue")};
}

struct str issue_label(struct request *rq, int64_t number, int64_t year)
{
    return T(rq->arena, rq->lang, MSG_issue_label, ARG("number", number), ARG("year", year));
}

struct issue_tag issue_tag_of(struct str state)
{
    static const struct {
        const char *state;
        struct issue_tag tag;
    } tags[] = {
        {"making", {"plain", MSG_issue_state_making}},       {"review", {"warn", MSG_issue_state_review}},
        {"approved", {"good", MSG_issue_state_approved}},    {"scheduled", {"good", MSG_issue_state_scheduled}},
        {"published", {"good", MSG_issue_state_published}},  {"withdrawn", {"late", MSG_issue_state_withdrawn}},
    };

    for (size_t i = 0; i < countof(tags); i++)
        if (str_equal(state, str_of(tags[i].state)))
            return tags[i].tag;
    return tags[0].tag;
}

struct str issue_day(struct arena *a, struct str date)
{
    if (date.len != sizeof "2026-04-01" - 1)
        return date;
    return str_format(a, "%.*s/%.*s/%.*s", 2, date.ptr + 8, 2, date.ptr + 5, 4, date.ptr);
}

struct str issue_cover_url(struct request *rq, struct str hash)
{
    struct q_issue_cover cover;
    struct str first;

    if (hash.len == 0 || q_issue_cover(rq->db, hash, &cover) != OK)
        return STR_NONE;
    str_cut(cover.renditions, ',', &first);
    return first.len > 0 ? str_format(rq->arena, "/tep/%.*s/%.*s.jpg", STR_ARG(hash), STR_ARG(first)) : STR_NONE;
}

struct str issue_words_like(struct arena *a, struct str words)
{
    struct str fold = text_fold(a, words);

    fold = str_replace(a, str_replace(a, fold, S("%"), S(" ")), S("_"), S(" "));
    return fold.len > 0 ? str_format(a, "%%%.*s%%", STR_ARG(fold)) : S("");
}

/* --- the list ------------------------------------------------------------------------------------------------------ */

struct wanted {
    struct publication_id publication;
    struct str state, words;
    int64_t number, year, page;
};

/* "4/2026", "4", "2026" */
static void read_number(struct str words, struct wanted *w)
{
    struct str head, rest = str_cut(words, '/', &head);
    int64_t first, second;

    if (str_to_int(str_trim(head), &first) != OK)
        return;
    if (rest.ptr != NULL && str_to_int(str_trim(rest), &second) == OK) {
        w->number = first;
        w->year = second;
    } else if (first >= ISSUE_YEAR_LEAST) {
        w->year = first;
    } else {
        w->number = first;
    }
}

static struct wanted wanted_of(struct request *rq)
{
    static const char *const states[] = {"open", "making", "review", "approved", "scheduled", "published", "withdrawn"};
    struct wanted w = {.words = rq_query(rq, "q"), .state = S("")};

    w.publication = (struct publication_id){rq_query_int(rq, "an-pham", 0)};
    w.page = rq_query_int(rq, "trang", 1);
    if (w.page < 1 || w.page > 100000)
        w.page = 1;
    for (size_t i = 0; i < countof(states); i++)
        if (str_equal(rq_query(rq, "trang-thai"), str_of(states[i])))
            w.state = str_of(states[i]);
    read_number(w.words, &w);
    return w;
}

static struct str list_url(struct request *rq, const struct wanted *w, struct str state, struct publication_id publication,
                           int64_t page)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    buf_add_z(&out.buf, "/toa-soan/so?trang-thai=");
    buf_add(&out.buf, state);
    if (publication.v != 0)
        buf_add_format(&out.buf, "&an-pham=%lld", (long long)publication.v);
    if (w->words.len > 0) {
        buf_add_z(&out.buf, "&q=");
        html_url_part(&out, w->words);
    }
    if (page > 1)
        buf_add_format(&out.buf, "&trang=%lld", (long long)page);
    return buf_str(&out.buf);
}

static struct v_issue_links tabs(struct request *rq, const struct wanted *w)
{
    static const struct {
        const char *state;
        enum msg label;
    } all[] = {
        {"", MSG_issue_all}, {"open", MSG_issue_tab_open}, {"review", MSG_issue_state_review},
        {"scheduled", MSG_issue_state_scheduled}, {"published", MSG_issue_state_published},
        {"withdrawn", MSG_issue_state_withdrawn},
    };
    struct issue_link *links = NEW_ARRAY(rq->arena, struct issue_link, countof(all));

    for (size_t i = 0; i < countof(all); i++)
        links[i] = (struct issue_link){list_url(rq, w, str_of(all[i].state), w->publication, 1),
                                       msg(rq->lang, all[i].label), str_equal(w->state, str_of(all[i].state))};
    return (struct v_issue_links){links, countof(all)};
}

static struct v_issue_links publication_tabs(struct request *rq, const struct wanted *w,
                                             const struct q_issue_publications_rows *all)
{
    struct issue_link *links = NEW_ARRAY(rq->arena, struct issue_link, all->count + 1);

    links[0] = (struct issue_link){list_url(rq, w, w->state, (struct publication_id){0}, 1),
                                   msg(rq->lang, MSG_issue_every_publication), w->publication.v == 0};
    for (size_t i = 0; i < all->count; i++)
        links[i + 1] = (struct issue_link){list_url(rq, w, w->state, all->rows[i].id, 1), all->rows[i].name,
                                           w->publication.v == all->rows[i].id.v};
    return (struct v_issue_links){links, all->count > 1 ? all->count + 1 : 0};
}

static struct v_issue_links ways_to_make(struct request *rq, const struct q_issue_publications_rows *all)
{
    struct issue_link *links = NEW_ARRAY(rq->arena, struct issue_link, all->count + 1);

    if (!rq_may(rq, ACT_ISSUE_MAKE) || all->count == 0)
        return (struct v_issue_links){links, 0};
    links[0] = (struct issue_link){S("/toa-soan/so/moi"), msg(rq->lang, MSG_issue_new), false};
    return (struct v_issue_links){links, 1};
}

static struct str when_of(struct request *rq, const struct q_issue_list *row)
{
    struct text_moment m = text_moment_of(row->scheduled_at);

    if (!str_equal(row->state, S("scheduled")))
        return issue_day(rq->arena, row->date);
    return T(rq->arena, rq->lang, MSG_issue_goes_out,
             ARG("when", str_format(rq->arena, "%02d:%02d %.*s", m.hour, m.minute,
                                    STR_ARG(text_date_short(rq->arena, m.date)))));
}

static void fill_rows(struct request *rq, const struct q_issue_list_rows *found, struct v_issue_list *view)
{
    struct issue_row *rows = NEW_ARRAY(rq->arena, struct issue_row, found->count + 1);

    view->issues.count = found->count < ISSUE_PAGE_ROWS ? found->count : ISSUE_PAGE_ROWS;
    for (size_t i = 0; i < view->issues.count; i++) {
        const struct q_issue_list *row = &found->rows[i];
        rows[i] = (struct issue_row){
            .id = row->id, .label = issue_label(rq, row->number, row->year), .title = row->title,
            .publication = row->publication_name, .when = when_of(rq, row), .tag = issue_tag_of(row->state),
            .items = row->items,
        };
    }
    view->issues.rows = rows;
}

static enum err find(struct request *rq, const struct wanted *w, int64_t most, struct q_issue_list_rows *found)
{
    return q_issue_list(rq->db, w->publication, w->state, issue_words_like(rq->arena, w->words), w->number, w->year, most,
                        (w->page - 1) * ISSUE_PAGE_ROWS, found);
}

static void add_cell(struct buf *b, struct str text, char after)
{
    bool is_formula = text.len > 0 && strchr("=+-@", text.ptr[0]) != NULL;

    buf_add_char(b, '"');
    if (is_formula)
        buf_add_char(b, '\'');
    buf_add(b, str_replace(b->arena, text, S("\""), S("\"\"")));
    buf_add_char(b, '"');
    buf_add_char(b, after);
}

static void send_csv(struct request *rq, const struct wanted *w)
{
    struct q_issue_list_rows found;
    struct buf b = buf_in(rq->arena);

    if (rq_failed(rq, find(rq, w, 10000, &found)))
        return;
    buf_add_z(&b, "\xef\xbb\xbf"); /* so that Excel reads UTF-8 */
    static const enum msg heads[] = {MSG_issue_label_word, MSG_issue_title, MSG_issue_publication, MSG_issue_date,
                                     MSG_issue_state, MSG_issue_items_word};
    for (size_t i = 0; i < countof(heads); i++)
        add_cell(&b, msg(rq->lang, heads[i]), i + 1 < countof(heads) ? ',' : '\n');
    for (size_t i = 0; i < found.count; i++) {
        const struct q_issue_list *row = &found.rows[i];
        add_cell(&b, str_format(rq->arena, "%lld/%lld", (long long)row->number, (long long)row->year), ',');
        add_cell(&b, row->title, ',');
        add_cell(&b, row->publication_name, ',');
        add_cell(&b, issue_day(rq->arena, row->date), ',');
        add_cell(&b, msg(rq->lang, issue_tag_of(row->state).label), ',');
        add_cell(&b, str_format(rq->arena, "%lld", (long long)row->items), '\n');
    }
    rq_send(rq, 200, "text/csv; charset=utf-8", buf_str(&b));
    response_attachment(rq->response, S("cac-so.csv"));
}

void issue_list_page(struct request *rq)
{
    struct wanted w = wanted_of(rq);
    struct q_issue_list_rows found;
    struct q_issue_publications_rows publications;
    struct v_issue_list view = {.words = w.words, .state = w.state, .publication = w.publication.v};

    if (str_equal(rq_query(rq, "dang"), S("csv"))) {
        send_csv(rq, &w);
        return;
    }
    if (rq_failed(rq, q_issue_publications(rq->db, &publications)) || rq_failed(rq, find(rq, &w, ISSUE_PAGE_ROWS + 1, &found)))
        return;
    view.tabs = tabs(rq, &w);
    view.publications = publication_tabs(rq, &w, &publications);
    view.make = ways_to_make(rq, &publications);
    fill_rows(rq, &found, &view);
    view.csv_url = str_format(rq->arena, "%.*s&dang=csv", STR_ARG(list_url(rq, &w, w.state, w.publication, 1)));
    if (w.page > 1)
        view.previous_url = list_url(rq, &w, w.state, w.publication, w.page - 1);
    if (found.count > ISSUE_PAGE_ROWS)
        view.next_url = list_url(rq, &w, w.state, w.publication, w.page + 1);
    view.is_filtered = w.words.len > 0 || w.state.len > 0 || w.publication.v != 0 || w.page > 1;
    rq_page(rq, 200, issue_list, &view);
}

/* --- a new issue --------------------------------------------------------------------------------------------------- */

/* The number after the last of the year, with today's date. */
static enum err propose(struct request *rq, const struct q_issue_publications *p, struct v_issue_new *view)
{
    struct text_date today = text_moment_of(rq->now).date;
    struct q_issue_last_number last;

    TRY(q_issue_last_number(rq->db, p->id, today.year, &last));
    view->front = (struct issue_front){
        .year = today.year, .number = last.number + 1,
        .date = str_format(rq->arena, "%04d-%02d-%02d", today.year, today.month, today.day),
    };
    view->imprint = (struct v_issue_imprint){p->licence, p->editor_name, p->printer, p->print_run};
    return OK;
}

static const struct q_issue_publications *chosen(const struct q_issue_publications_rows *all, int64_t id)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].id.v == id)
            return &all->rows[i];
    return all->count > 0 && id == 0 ? &all->rows[0] : NULL;
}

static void show_new(struct request *rq, int status, int64_t publication)
{
    struct q_issue_publications_rows all;
    struct v_issue_new view = {0};

    if (rq_failed(rq, q_issue_publications(rq->db, &all)))
        return;
    const struct q_issue_publications *p = chosen(&all, publication);
    if (p == NULL) {
        rq_fail(rq, E_NOT_FOUND);
        return;
    }
    if (rq_failed(rq, propose(rq, p, &view)))
        return;
    struct issue_link *links = NEW_ARRAY(rq->arena, struct issue_link, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        links[i] = (struct issue_link){
            str_format(rq->arena, "/toa-soan/so/moi?an-pham=%lld", (long long)all.rows[i].id.v), all.rows[i].name,
            all.rows[i].id.v == p->id.v};
    view.publications = (struct v_issue_links){links, all.count};
    view.publication = p->id;
    view.publication_name = p->name;
    rq_page(rq, status, issue_new, &view);
}

void issue_new_page(struct request *rq)
{
    show_new(rq, 200, rq_query_int(rq, "an-pham", 0));
}

struct issue_front issue_front_of_form(struct request *rq)
{
    return (struct issue_front){
        .number = form_int(rq, "number", 1, ISSUE_NUMBER_MAX, FORM_REQUIRED),
        .year = form_int(rq, "year", ISSUE_YEAR_LEAST, ISSUE_YEAR_MOST, FORM_REQUIRED),
        .date = form_date(rq, "date", FORM_REQUIRED),
        .title = form_line(rq, "title", ISSUE_TITLE_MAX, FORM_OPTIONAL),
        .editor_name = form_line(rq, "editor_name", 200, FORM_OPTIONAL),
        .licence = form_line(rq, "licence", 300, FORM_OPTIONAL),
        .printer = form_line(rq, "printer", 200, FORM_OPTIONAL),
        .print_run = form_int(rq, "print_run", 0, 10000000, FORM_OPTIONAL),
        .cover = S(""),
        .editorial = S(""),
    };
}

void issue_make(struct request *rq)
{
    struct publication_id publication = {form_id(rq, "publication", FORM_REQUIRED)};
    struct issue_front front = issue_front_of_form(rq);
    struct q_issue_publications_rows all;
    struct q_issue_by_number same;
    struct issue_id id;

    if (rq_failed(rq, q_issue_publications(rq->db, &all)))
        return;
    if (chosen(&all, publication.v) == NULL) {
        rq_fail(rq, E_NOT_FOUND);
        return;
    }
    if (q_issue_by_number(rq->db, publication, front.year, front.number, &same) == OK)
        form_error(rq, "number", MSG_issue_number_taken);
    if (!form_ok(rq)) {
        show_new(rq, 422, publication.v);
        return;
    }
    if (!rq_failed(rq, rq_write(rq, issue_create(tx, publication, &front, &id))))
        rq_done(rq, MSG_issue_made, "/toa-soan/so/%lld", (long long)id.v);
}

/* --- addresses ----------------------------------------------------------------------------------------------------- */

enum { COVER_BYTES = 64 << 20 };

const struct route issue_routes[] = {
    GET("/toa-soan/so", ACT_ISSUE_SEE, issue_list_page),
    GET("/toa-soan/so/moi", ACT_ISSUE_MAKE, issue_new_page),
    POST("/toa-soan/so/moi", ACT_ISSUE_MAKE, issue_make),
    GET("/toa-soan/so/:issue", ACT_ISSUE_SEE, issue_page),
    POST("/toa-soan/so/:issue/thu-tu", ACT_ISSUE_MAKE, issue_order_items),
    GET("/toa-soan/so/:issue/them", ACT_ISSUE_MAKE, issue_add_page),
    POST("/toa-soan/so/:issue/bai", ACT_ISSUE_MAKE, issue_add),
    GET("/toa-soan/so/:issue/muc/:item", ACT_ISSUE_MAKE, issue_item_page),
    POST("/toa-soan/so/:issue/muc/:item", ACT_ISSUE_MAKE, issue_item_save),
    POST("/toa-soan/so/:issue/muc/:item/bo", ACT_ISSUE_MAKE, issue_item_remove),
    POST("/toa-soan/so/:issue/dua-lai", ACT_ISSUE_MAKE, issue_item_put_back),
    GET("/toa-soan/so/:issue/trang-dau", ACT_ISSUE_MAKE, issue_front_page),
    POST("/toa-soan/so/:issue/trang-dau", ACT_ISSUE_MAKE, issue_front_save, .limits = {.files = COVER_BYTES, .max_files = 1, .is_slow = true}),
    POST("/toa-soan/so/:issue/gui", ACT_ISSUE_MAKE, issue_send_step),
    GET("/toa-soan/so/:issue/duyet", ACT_ISSUE_APPROVE, issue_approve_page),
    POST("/toa-soan/so/:issue/duyet", ACT_ISSUE_APPROVE, issue_approve_step),
    POST("/toa-soan/so/:issue/tra", ACT_ISSUE_APPROVE, issue_return_step),
    GET("/toa-soan/so/:issue/phat-hanh", ACT_ISSUE_PUBLISH, issue_publish_page),
    POST("/toa-soan/so/:issue/phat-hanh", ACT_ISSUE_PUBLISH, issue_publish_step),
    POST("/toa-soan/so/:issue/hen-gio", ACT_ISSUE_PUBLISH, issue_schedule_step),
    POST("/toa-soan/so/:issue/thoi-hen", ACT_ISSUE_PUBLISH, issue_unschedule_step),
    GET("/toa-soan/so/:issue/thu-hoi", ACT_ISSUE_PUBLISH, issue_withdraw_page),
    POST("/toa-soan/so/:issue/thu-hoi", ACT_ISSUE_PUBLISH, issue_withdraw_step),
    {0},
};
