/* The newsroom's list of articles: filters in the address, newest first, page by keyset, and the same as CSV. */
#include "article/article_choices.h"
#include "article/article_pages.h"
#include "text/date.h"
#include "text/text.h"
#include <unistd.h>

enum { PAGE_ROWS = 50, COUNT_MOST = 1000, TRAIL_MOST = 40, CSV_BATCH = 2000, LAST_ROW = INT64_MAX };

struct filter {
    struct str state, words; /* words as typed */
    struct section_id section;
    struct topic_id topic;
    struct genre_id genre;
    struct unit_id unit;
    struct person_id mine;   /* always set for who sees only their own */
    bool is_mine;            /* asked for */
};

/* Where pages began, the last being this one: "1763800000-17.1763700000-4". */
struct trail {
    struct str parts[TRAIL_MOST];
    size_t count;
};

/* --- the address --------------------------------------------------------------------------------------------------- */

static const char *const states[] = {"draft", "review", "returned", "accepted", "published", "withdrawn", NULL};

static struct str known_state(struct str state)
{
    for (size_t i = 0; states[i] != NULL; i++)
        if (str_equal(state, str_of(states[i])))
            return state;
    return STR_NONE;
}

static struct filter read_filter(struct request *rq)
{
    struct filter f = {
        .state = known_state(rq_query(rq, "trang-thai")),
        .words = rq_query(rq, "q"),
        .section = {rq_query_int(rq, "chuyen-muc", 0)},
        .topic = {rq_query_int(rq, "linh-vuc", 0)},
        .genre = {rq_query_int(rq, "the-loai", 0)},
        .unit = {rq_query_int(rq, "don-vi", 0)},
        .is_mine = rq_query_int(rq, "cua-toi", 0) == 1,
    };

    if (f.is_mine || !article_may_see(rq->who, (struct person_id){0}))
        f.mine = rq->who->person;
    return f;
}

static struct trail read_trail(struct request *rq)
{
    struct trail trail = {0};
    struct str part, rest = rq_query(rq, "tu");

    while (rest.len > 0 && trail.count < TRAIL_MOST) {
        rest = str_cut(rest, '.', &part);
        trail.parts[trail.count++] = part;
    }
    return trail;
}

static void start_of(const struct trail *trail, int64_t *before, struct article_id *before_id)
{
    struct str head, tail;

    *before = LAST_ROW;
    *before_id = (struct article_id){LAST_ROW};
    if (trail->count == 0)
        return;
    tail = str_cut(trail->parts[trail->count - 1], '-', &head);
    if (str_to_int(head, before) != OK || str_to_int(tail, &before_id->v) != OK)
        *before = before_id->v = LAST_ROW;
}

static void add_param(struct html_out *url, const char *name, struct str value)
{
    if (value.len == 0)
        return;
    buf_add_char(&url->buf, str_find_char(buf_str(&url->buf), '?', 0) == SIZE_MAX ? '?' : '&');
    buf_add_z(&url->buf, name);
    buf_add_char(&url->buf, '=');
    html_url_part(url, value);
}

static void add_id(struct html_out *url, const char *name, int64_t id)
{
    if (id != 0)
        add_param(url, name, str_format(url->buf.arena, "%lld", (long long)id));
}

static struct html_out filtered_url(struct request *rq, const char *path, const struct filter *f, struct str state)
{
    struct html_out url = html_out_in(rq->arena, rq->lang);

    buf_add_z(&url.buf, path);
    add_param(&url, "trang-thai", state);
    if (f->is_mine)
        add_param(&url, "cua-toi", S("1"));
    add_id(&url, "chuyen-muc", f->section.v);
    add_id(&url, "linh-vuc", f->topic.v);
    add_id(&url, "the-loai", f->genre.v);
    add_id(&url, "don-vi", f->unit.v);
    add_param(&url, "q", f->words);
    return url;
}

static struct str trail_url(struct request *rq, const struct filter *f, const struct trail *trail, size_t count,
                            struct str next)
{
    struct html_out url = filtered_url(rq, "/toa-soan/bai", f, f->state);
    struct buf b = buf_in(rq->arena);
    size_t from = next.len > 0 && count == TRAIL_MOST ? 1 : 0;

    for (size_t i = from; i < count; i++)
        buf_add_format(&b, "%s%.*s", i > from ? "." : "", STR_ARG(trail->parts[i]));
    if (next.len > 0)
        buf_add_format(&b, "%s%.*s", b.len > 0 ? "." : "", STR_ARG(next));
    add_param(&url, "tu", buf_str(&b));
    return html_done(&url).s;
}

/* --- rows ---------------------------------------------------------------------------------------------------------- */

/* "%chu%de%": the words in their order, folded; what LIKE itself means by its signs is not searched for. */
static struct str pattern_of(struct arena *a, struct str words)
{
    struct buf b = buf_in(a);
    struct str folded = text_fold(a, words);

    buf_add_char(&b, '%');
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        if (c == '%' || c == '_' || c == '\\' || c == ' ') {
            if (b.ptr[b.len - 1] != '%')
                buf_add_char(&b, '%');
        } else {
            buf_add_char(&b, c);
        }
    }
    if (b.ptr[b.len - 1] != '%')
        buf_add_char(&b, '%');
    return buf_str(&b);
}

/* The rows of one kind of query are those of all of them. */
struct rows {
    const struct q_article_list_all *rows;
    size_t count;
};

#define LIST(name)                                                                                                     \
    ({                                                                                                                 \
        struct q_article_list_##name##_rows got_;                                                                      \
        _Static_assert(sizeof *got_.rows == sizeof *rows->rows, "the lists' columns must be alike");                   \
        enum err e_ = q_article_list_##name(db, f->mine, f->unit, f->topic, f->genre, f->section, f->state, words,     \
                                            before, before_id, most, &got_);                                           \
        if (e_ == OK)                                                                                                  \
            *rows = (struct rows){(const void *)got_.rows, got_.count};                                                \
        e_;                                                                                                            \
    })

/* By the filter that leaves least. */
static enum err list(struct db *db, const struct filter *f, struct str words, int64_t before,
                     struct article_id before_id, int64_t most, struct rows *rows)
{
    if (f->mine.v != 0)
        return LIST(of_person);
    if (f->unit.v != 0)
        return LIST(in_unit);
    if (f->topic.v != 0)
        return LIST(in_topic);
    if (f->genre.v != 0)
        return LIST(in_genre);
    if (f->section.v != 0)
        return LIST(in_section);
    if (f->state.len > 0)
        return LIST(in_state);
    return LIST(all);
}

static struct v_article_rows shown_rows(struct request *rq, const struct rows *found, size_t count)
{
    struct v_article_row *rows = NEW_ARRAY(rq->arena, struct v_article_row, count + 1);

    for (size_t i = 0; i < count; i++) {
        const struct q_article_list_all *r = &found->rows[i];
        rows[i] = (struct v_article_row){
            .id = r->id, .title = article_shown_title(rq, r->title), .section = r->section, .unit = r->unit,
            .author = r->author, .tag = article_tag(r->state, r->passed_at != 0), .updated_at = r->updated_at,
            .words = r->words,
        };
    }
    return (struct v_article_rows){rows, count};
}

/* --- tabs and filters ---------------------------------------------------------------------------------------------- */

static const enum msg state_words[] = {MSG_article_tab_draft,    MSG_article_tab_review,    MSG_article_tab_returned,
                                       MSG_article_tab_accepted, MSG_article_tab_published, MSG_article_tab_withdrawn};

static enum err count_all(struct request *rq, int64_t counts[static 6])
{
    struct q_article_count_states n;

    TRY(q_article_count_states(rq->db, COUNT_MOST + 1, &n));
    int64_t all[] = {n.draft, n.review, n.returned, n.accepted, n.published, n.withdrawn};
    for (size_t i = 0; i < 6; i++)
        counts[i] = all[i];
    return OK;
}

static enum err count_mine(struct request *rq, int64_t counts[static 6])
{
    struct q_article_count_states_of_rows rows;

    TRY(q_article_count_states_of(rq->db, rq->who->person, &rows));
    for (size_t i = 0; i < rows.count; i++)
        for (size_t k = 0; k < 6; k++)
            if (str_equal(rows.rows[i].state, str_of(states[k])))
                counts[k] = rows.rows[i].n;
    return OK;
}

static enum err fill_tabs(struct request *rq, const struct filter *f, struct v_article_list *view)
{
    struct v_article_tab *tabs = NEW_ARRAY(rq->arena, struct v_article_tab, 7);
    int64_t counts[6] = {0};
    struct html_out url = filtered_url(rq, "/toa-soan/bai", f, STR_NONE);

    TRY(f->mine.v != 0 ? count_mine(rq, counts) : count_all(rq, counts));
    tabs[0] = (struct v_article_tab){
        .url = html_done(&url).s, .label = MSG_article_tab_all, .n = -1, .is_current = f->state.len == 0};
    for (size_t i = 0; i < 6; i++) {
        url = filtered_url(rq, "/toa-soan/bai", f, str_of(states[i]));
        bool is_more = counts[i] > COUNT_MOST;
        tabs[i + 1] = (struct v_article_tab){
            .url = html_done(&url).s, .label = state_words[i], .n = is_more ? COUNT_MOST : counts[i], .is_more = is_more,
            .is_current = str_equal(f->state, str_of(states[i])),
        };
    }
    view->tabs = tabs;
    view->tab_count = 7;
    return OK;
}

static enum err fill_filters(struct request *rq, const struct filter *f, struct v_article_list *view)
{
    struct v_filter *filters = NEW_ARRAY(rq->arena, struct v_filter, 4);
    struct q_choices_of_all_sections_rows sections;
    struct choices topics, genres;
    struct q_choices_of_units_rows units;

    TRY(q_choices_of_all_sections(rq->db, &sections));
    TRY(article_word_choices(rq, f->topic, f->genre, &topics, &genres));
    TRY(q_choices_of_units(rq->db, f->unit, (struct revision_id){0}, rq->now, &units));
    filters[0] = (struct v_filter){S("chuyen-muc"), MSG_field_section, ARTICLE_CHOICES(rq, sections, f->section.v)};
    filters[1] = (struct v_filter){S("linh-vuc"), MSG_field_topic, topics};
    filters[2] = (struct v_filter){S("the-loai"), MSG_field_genre, genres};
    filters[3] = (struct v_filter){S("don-vi"), MSG_field_unit, ARTICLE_CHOICES(rq, units, f->unit.v)};
    view->filters = filters;
    view->filter_count = 4;
    view->is_filtered = f->section.v != 0 || f->topic.v != 0 || f->genre.v != 0 || f->unit.v != 0 || f->words.len > 0;
    return OK;
}

static void fill_paging(struct request *rq, const struct filter *f, const struct rows *found,
                        struct v_article_list *view)
{
    struct trail trail = read_trail(rq);

    view->page = (int64_t)trail.count + 1;
    if (found->count > PAGE_ROWS) {
        const struct q_article_list_all *last = &found->rows[PAGE_ROWS - 1];
        struct str key = str_format(rq->arena, "%lld-%lld", (long long)last->updated_at, (long long)last->id.v);
        view->next_url = trail_url(rq, f, &trail, trail.count, key);
    }
    if (trail.count > 0) {
        view->previous_url = trail_url(rq, f, &trail, trail.count - 1, STR_NONE);
        view->first_url = trail_url(rq, f, &trail, 0, STR_NONE);
    }
}

static enum err fill(struct request *rq, const struct filter *f, struct v_article_list *view)
{
    struct trail trail = read_trail(rq);
    struct article_id before_id;
    struct rows found;
    int64_t before;

    start_of(&trail, &before, &before_id);
    TRY(list(rq->db, f, pattern_of(rq->arena, f->words), before, before_id, PAGE_ROWS + 1, &found));
    TRY(fill_tabs(rq, f, view));
    TRY(fill_filters(rq, f, view));
    fill_paging(rq, f, &found, view);
    view->articles = shown_rows(rq, &found, found.count < PAGE_ROWS ? found.count : PAGE_ROWS);
    struct html_out csv = filtered_url(rq, "/toa-soan/bai.csv", f, f->state);
    view->csv_url = html_done(&csv).s;
    view->words = f->words;
    view->state = f->state;
    view->mine = f->is_mine ? S("1") : STR_NONE;
    view->has_mine = article_may_see(rq->who, (struct person_id){0});
    return OK;
}

void article_list_page(struct request *rq)
{
    struct filter f = read_filter(rq);
    struct v_article_list view = {0};

    if (rq_failed(rq, fill(rq, &f, &view)))
        return;
    rq_page(rq, 200, article_list, &view);
}

/* --- CSV ----------------------------------------------------------------------------------------------------------- */

static void add_cell(struct buf *b, struct str text, char end)
{
    bool is_formula = text.len > 0 && strchr("=+-@\t", text.ptr[0]) != NULL;

    /* A spreadsheet would run what begins so; the apostrophe keeps it text. */
    buf_add_z(b, is_formula ? "\"'" : "\"");
    buf_add(b, str_replace(b->arena, text, S("\""), S("\"\"")));
    buf_add_char(b, '"');
    buf_add_char(b, end);
}

static void add_time(struct buf *b, int64_t when)
{
    struct text_moment m = text_moment_of(when);

    buf_add_format(b, "%04d-%02d-%02d %02d:%02d,", m.date.year, m.date.month, m.date.day, m.hour, m.minute);
}

static void add_line(struct buf *b, struct request *rq, const struct q_article_list_all *r)
{
    buf_add_format(b, "%lld,", (long long)r->id.v);
    add_cell(b, r->title, ',');
    add_cell(b, msg(rq->lang, article_tag(r->state, r->passed_at != 0).label), ',');
    add_cell(b, r->section, ',');
    add_cell(b, r->topic, ',');
    add_cell(b, r->genre, ',');
    add_cell(b, r->unit, ',');
    add_cell(b, r->author, ',');
    add_time(b, r->updated_at);
    buf_add_format(b, "%lld\r\n", (long long)r->words);
}

/* One batch in memory of its own: the list may be long. */
static enum err write_batch(struct request *rq, const struct filter *f, FILE *file, int64_t *before,
                            struct article_id *before_id, bool *is_done)
{
    struct arena *scratch = arena_new(0);
    struct buf b = buf_in(scratch);
    struct rows found = {0};
    struct db *db;

    enum err e = db_reader(rq->database, scratch, &db);
    if (e == OK)
        e = list(db, f, pattern_of(scratch, f->words), *before, *before_id, CSV_BATCH, &found);
    for (size_t i = 0; e == OK && i < found.count; i++)
        add_line(&b, rq, &found.rows[i]);
    if (e == OK && found.count > 0) {
        *before = found.rows[found.count - 1].updated_at;
        *before_id = found.rows[found.count - 1].id;
    }
    *is_done = found.count < CSV_BATCH;
    if (e == OK && fwrite(b.ptr != NULL ? b.ptr : "", 1, b.len, file) != b.len)
        e = E_FULL;
    arena_free(scratch);
    return e;
}

static enum err write_csv(struct request *rq, const struct filter *f, FILE *file)
{
    struct article_id before_id = {LAST_ROW};
    int64_t before = LAST_ROW;
    bool is_done = false;

    /* The mark tells spreadsheets that this is UTF-8. */
    fprintf(file, "\xef\xbb\xbf%.*s\r\n", STR_ARG(msg(rq->lang, MSG_article_csv_head)));
    while (!is_done)
        TRY(write_batch(rq, f, file, &before, &before_id, &is_done));
    return fflush(file) == 0 ? OK : E_FULL;
}

void article_list_csv(struct request *rq)
{
    struct filter f = read_filter(rq);
    const char *path = str_format(rq->arena, "%s/danh-sach-%llu.csv", site_folders(site_of(rq))->temp,
                                  (unsigned long long)rq->http->number).ptr;
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        rq_fail(rq, E_IO);
        return;
    }
    enum err e = write_csv(rq, &f, file);
    if (fclose(file) != 0 && e == OK)
        e = E_FULL;
    if (e == OK)
        e = response_file(rq->response, "text/csv; charset=utf-8", path);
    unlink(path);
    if (rq_failed(rq, e))
        return;
    response_attachment(rq->response, msg(rq->lang, MSG_article_csv_name));
}
