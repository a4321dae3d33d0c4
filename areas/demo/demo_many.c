/* The newsroom at scale: generated articles in big transactions. */
#include "article/article.h"
#include "article/authors.h"
#include "base/clock.h"
#include "base/log.h"
#include "demo/demo_parts.h"
#include "demo/demo_words.h"
#include "issue/issue.h"
#include "search/search.h"
#include "text/text.h"

enum { DAY = 24 * 3600, YEARS = 10, BATCH = 2000, ISSUE_ITEMS = 24 };

/* What there is to choose from. */
struct supply {
    struct q_demo_units_rows units;
    struct q_demo_sections_rows sections;
    struct q_demo_topics_rows topics;
    struct q_demo_genres_rows genres;
    struct q_demo_writers_rows writers;
    struct publication_id publication;
    struct person_id approver;
};

struct generating {
    struct supply supply;
    struct demo_dice dice;
    int64_t now, total, done;
    int64_t article, revision; /* the last ids given */
    struct issue_id issue;     /* being filled; 0: none */
    int64_t items, issues, first_number;
};

static enum err load_supply(struct db *db, struct supply *c)
{
    struct q_demo_publication publication;
    struct q_demo_person_by_login approver;

    TRY(q_demo_publication(db, S(DEMO_PUBLICATION), &publication));
    TRY(q_demo_person_by_login(db, S("duyet"), &approver));
    c->publication = publication.id;
    c->approver = approver.id;
    TRY(q_demo_units(db, &c->units));
    TRY(q_demo_sections(db, c->publication, &c->sections));
    TRY(q_demo_topics(db, &c->topics));
    TRY(q_demo_genres(db, &c->genres));
    TRY(q_demo_writers(db, &c->writers));
    return c->units.count && c->sections.count && c->topics.count && c->genres.count && c->writers.count ? OK
                                                                                                         : E_NOT_FOUND;
}

/* --- one article --------------------------------------------------------------------------------------------------- */

/* Of a hundred: 90 published, 4 withdrawn, the rest on their way, and those are recent. */
static struct str throw_state(struct demo_dice *d)
{
    uint32_t n = demo_random(d, 200);

    return n < 180   ? S("published")
           : n < 188 ? S("withdrawn")
           : n < 192 ? S("accepted")
           : n < 195 ? S("review")
           : n < 197 ? S("returned")
                     : S("draft");
}

static bool was_public(struct str state)
{
    return str_equal(state, S("published")) || str_equal(state, S("withdrawn"));
}

/* Evenly over the years, oldest first, so that ids and days agree; what is on its way, within the last weeks. */
static int64_t day_of(struct generating *g, struct str state)
{
    int64_t span = (int64_t)YEARS * 365 * DAY;

    if (!was_public(state))
        return g->now - (int64_t)demo_random(&g->dice, 40 * DAY) - DAY;
    return g->now - span + span / 100 * 98 * g->done / g->total + (int64_t)demo_random(&g->dice, DAY);
}

static struct str authors_of(struct arena *a, const struct q_demo_writers *writer, struct str unit)
{
    return authors_to_json(a, &(struct author){.name = writer->full_name, .role = S(""), .unit = unit}, 1);
}

static struct article_draft throw_draft(struct arena *a, struct generating *g, const struct q_demo_writers *writer,
                                        size_t *words)
{
    const struct supply *c = &g->supply;
    struct demo_dice *d = &g->dice;
    const struct q_demo_units *unit = &c->units.rows[demo_random(d, (uint32_t)c->units.count)];
    struct body_node *doc = demo_tree(a, d);

    *words = body_count_words(doc);
    return (struct article_draft){
        .title = demo_title(a, d, unit->name),
        .kicker = S(""),
        .standfirst = demo_sentence(a, d),
        .authors = authors_of(a, writer, unit->name),
        .body = body_to_json(a, doc),
        .section = c->sections.rows[demo_random(d, (uint32_t)c->sections.count)].id,
        .topic = c->topics.rows[demo_random(d, (uint32_t)c->topics.count)].id,
        .genre = c->genres.rows[demo_random(d, (uint32_t)c->genres.count)].id,
        .unit = unit->id,
        .visibility = demo_random(d, 20) == 0 ? S("members") : S("public"),
        .note = S(""),
    };
}

static enum err add_signatures(struct tx *tx, const struct generating *g, struct article_id id,
                               struct revision_id revision, struct str state, struct str hash, int64_t at)
{
    struct approval_id approval;
    struct article_step_id step;
    struct str note = str_equal(state, S("returned")) ? S("Xin bổ sung số liệu.") : S("");

    if (was_public(state) || str_equal(state, S("accepted")))
        TRY(q_approval_add(tx, S("article"), id.v, revision, hash, g->supply.approver, at, &approval));
    return q_article_step_add(tx, id, revision, state, note, g->supply.approver, at, &step);
}

/* The weekly issue of the article's day: a new one after so many articles. */
static enum err put_in_issue(struct tx *tx, struct generating *g, struct article_id id, struct section_id section,
                             int64_t at)
{
    struct issue_item_id item;
    struct issue_step_id step;
    time_t day = (time_t)at;
    struct tm tm;

    gmtime_r(&day, &tm);
    int64_t number = g->first_number + g->issues;
    if (g->issue.v == 0) {
        struct str date = str_format(tx->arena, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        TRY(q_issue_add(tx, g->supply.publication, 1900 + tm.tm_year, number, date, g->supply.approver, at, &g->issue));
        TRY(q_issue_set_front(tx, g->issue, number, 1900 + tm.tm_year, S("Bản tin tuần"), S("ban tin tuan"), date, S(""),
                              S(""), S(""), S(""), S(""), 0));
        TRY(q_issue_set_published(tx, g->issue, at));
        TRY(q_issue_step_add(tx, g->issue, S("published"), S(""), g->supply.approver, at, &step));
    }
    TRY(q_issue_item_add(tx, g->issue, id, section, ++g->items, &item));
    if (g->items == ISSUE_ITEMS) {
        g->issue.v = 0;
        g->items = 0;
        g->issues++;
    }
    return OK;
}

static enum err add_one(struct tx *tx, struct generating *g)
{
    struct arena *a = tx->arena;
    struct demo_dice *d = &g->dice;
    const struct q_demo_writers *writer = &g->supply.writers.rows[demo_random(d, (uint32_t)g->supply.writers.count)];
    struct article_id id = {++g->article};
    struct revision_id revision = {++g->revision}, none = {0};
    struct str state = throw_state(d);
    int64_t at = day_of(g, state);
    size_t words;
    struct article_draft draft = throw_draft(a, g, writer, &words);
    struct str hash = article_hash(a, &draft);
    bool is_public = was_public(state);

    TRY(q_demo_bulk_article(tx, id, g->supply.publication, state, revision, is_public ? revision : none,
                            is_public ? text_slug(a, draft.title) : S(""), draft.title, text_fold(a, draft.title),
                            draft.section, draft.topic, draft.genre, draft.unit, (int64_t)words,
                            str_equal(draft.visibility, S("members")), writer->id, at - 5 * DAY, at, is_public ? at : 0));
    TRY(q_demo_bulk_revision(tx, revision, id, draft.title, draft.standfirst, draft.authors, draft.body, draft.section,
                             draft.topic, draft.genre, draft.unit, draft.visibility, (int64_t)words, hash, writer->id,
                             at - 5 * DAY));
    TRY(add_signatures(tx, g, id, revision, state, hash, at));
    if (!str_equal(state, S("published")))
        return OK;
    if (g->done % 8 == 0)
        TRY(put_in_issue(tx, g, id, draft.section, at));
    return search_index_article(tx, id);
}

/* --- batches ------------------------------------------------------------------------------------------------------- */

/* PostgreSQL may ask for the batch again: it starts from `before` each time. */
static enum err add_batch(struct tx *tx, const struct generating *before, struct generating *g)
{
    struct q_demo_ids_given given;

    *g = *before;
    for (int64_t i = 0; i < BATCH && g->done < g->total; i++, g->done++)
        TRY(add_one(tx, g));
    return q_demo_ids_given(tx->db, &given);
}

static enum err write_batch(struct database *database, struct generating *g)
{
    struct arena *a = arena_new(0);
    const struct principal *program = &the_program_itself;
    struct generating before = *g;

    enum err e = WRITE(database, a, program, add_batch(tx, &before, g));
    arena_free(a);
    return e;
}

enum err demo_generate(struct database *database, struct arena *a, int64_t n)
{
    struct generating g = {.dice = {0x9e3779b97f4a7c15}, .now = clock_now(), .total = n};
    struct q_demo_last_ids last;
    struct db *db;

    TRY(db_reader(database, a, &db));
    TRY(load_supply(db, &g.supply));
    TRY(q_demo_last_ids(db, &last));
    g.article = last.article;
    g.revision = last.revision;
    g.first_number = 100 + last.issue; /* beside the monthly ones, and those of the run before */
    while (g.done < g.total)
        TRY(write_batch(database, &g));
    log_event(LOG_INFO, "demo.generated", "articles=%lld issues=%lld", (long long)g.done, (long long)g.issues);
    return OK;
}
