#include "access/access.h"
#include "base/clock.h"
#include "db/test_database.h"
#include "issue/issue.h"
#include "jobs/jobs.h"
#include "publication/publication.h"

enum { NOW = 1775001600 };

static struct database *database;
static struct db *reader;
static struct publication_id publication;
static struct section_id news, talk;
static struct issue_id issue;

#define DO(call) WRITE(database, t, &the_program_itself, call)

static const struct issue_front front = {
    .year = 2026, .number = 4, .title = {"Xuân", 5}, .date = {"2026-04-01", 10}, .cover = {"", 0}, .editorial = {"", 0},
    .licence = {"", 0}, .editor_name = {"", 0}, .printer = {"", 0},
};

static void start(void)
{
    access_start();
    issue_start();
    clock_set(NOW);
    database = test_database();
    reader = test_reader(database);
    struct publication_facts facts = {.code = S("mot"), .name = S("Một")};
    assert_ok(DO(publication_make(tx, &facts, &publication)));
    assert_ok(DO(section_add(tx, publication, S("Tin tức"), 0, 0, &news)));
    assert_ok(DO(section_add(tx, publication, S("Trao đổi"), 0, 0, &talk)));
    assert_ok(DO(issue_create(tx, publication, &front, &issue)));
}

static struct article_draft draft_of(const char *title)
{
    return (struct article_draft){
        .title = str_of(title), .kicker = S(""), .standfirst = S(""), .authors = S("[]"),
        .body = S("{\"content\":[{\"content\":[{\"text\":\"Một đoạn.\",\"type\":\"text\"}],\"type\":\"paragraph\"}],\"type\":\"doc\"}"),
        .section = news, .visibility = S("public"), .note = S(""),
    };
}

static struct revision_id head_of(struct article_id id)
{
    struct q_article_for_rules a;

    assert_ok(q_article_for_rules(reader, id, &a));
    return a.head_id;
}

static struct article_id accepted(const char *title)
{
    struct article_draft draft = draft_of(title);
    struct article_id id;

    assert_ok(DO(article_create(tx, publication, &draft, &id)));
    assert_ok(DO(article_send(tx, id, head_of(id))));
    assert_ok(DO(article_approve(tx, id, head_of(id))));
    return id;
}

static struct article_id added(const char *title)
{
    struct article_id id = accepted(title);

    assert_ok(DO(issue_add_article(tx, issue, ISSUE_AS_IT_IS, id, (struct section_id){0})));
    return id;
}

static struct q_issue_whole whole(void)
{
    struct q_issue_whole row;

    assert_ok(q_issue_whole(reader, issue, &row));
    return row;
}

static int64_t base(void)
{
    return whole().revision;
}

static struct q_issue_items_rows items(void)
{
    struct q_issue_items_rows rows;

    assert_ok(q_issue_items(reader, issue, &rows));
    return rows;
}

static void assert_state(const char *state)
{
    assert_str(whole().state, str_of(state));
}

static void approve(void)
{
    assert_ok(DO(issue_send(tx, issue, base())));
    assert_ok(DO(issue_approve(tx, issue, base())));
    assert_state("approved");
}

static size_t times_published(void)
{
    struct q_issue_steps_rows steps;
    size_t n = 0;

    assert_ok(q_issue_steps(reader, issue, &steps));
    for (size_t i = 0; i < steps.count; i++)
        n += str_equal(steps.rows[i].state, S("published"));
    return n;
}

static void tick(void)
{
    struct job_context job = {.database = database, .arena = t, .db = reader};

    assert_ok(issue_publish_due(&job));
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(reader, issue_queries);
}

/* --- order --------------------------------------------------------------------------------------------------------- */

static unsigned seed = 7;

static size_t dice(size_t sides)
{
    seed = seed * 1664525u + 1013904223u;
    return seed / 65536 % sides;
}

static void assert_whole_order(size_t count)
{
    struct q_issue_items_rows rows = items();

    assert_int_equal(rows.count, count);
    for (size_t i = 0; i < rows.count; i++) {
        assert_int_equal(rows.rows[i].position, i + 1);
        for (size_t k = 0; k < i; k++)
            assert_true(rows.rows[k].article_id.v != rows.rows[i].article_id.v);
    }
}

TEST(random_moves_keep_every_item_once_in_places_one_to_n)
{
    size_t count = 8;

    start();
    for (size_t i = 0; i < count; i++)
        added("Bài");
    for (int i = 0; i < 60; i++) {
        struct q_issue_items_rows rows = items();
        const struct q_issue_items *item = &rows.rows[dice(rows.count)];
        struct issue_item_facts facts = {.section = dice(2) ? news : talk};
        switch (dice(3)) {
        case 0:
            assert_ok(DO(issue_move_item(tx, issue, base(), item->id, (int64_t)dice(count + 3), (struct section_id){0})));
            break;
        case 1:
            assert_ok(DO(issue_change_item(tx, issue, base(), item->id, &facts)));
            break;
        default:
            assert_ok(DO(issue_remove_item(tx, issue, base(), item->id)));
            assert_whole_order(count - 1);
            assert_ok(DO(issue_put_back(tx, issue, base(), item->article_id)));
            assert_int_equal(items().rows[item->position - 1].article_id.v, item->article_id.v);
        }
        assert_whole_order(count);
    }
}

TEST(an_order_that_does_not_name_every_item_once_is_refused)
{
    start();
    added("Một");
    added("Hai");
    struct q_issue_items_rows rows = items();
    struct issue_item_id twice[] = {rows.rows[0].id, rows.rows[0].id}, turned[] = {rows.rows[1].id, rows.rows[0].id};
    assert_err(DO(issue_order(tx, issue, base(), twice, 2)), E_INVALID);
    assert_err(DO(issue_order(tx, issue, base(), turned, 1)), E_INVALID);
    assert_err(DO(issue_order(tx, issue, base() - 1, turned, 2)), E_CONFLICT);
    assert_ok(DO(issue_order(tx, issue, base(), turned, 2)));
    assert_int_equal(items().rows[0].id.v, turned[0].v);
}

TEST(what_was_taken_out_comes_back_with_its_mark_and_questions)
{
    struct str questions[] = {S("Một?"), S("Hai?")};
    struct q_issue_questions_rows all;

    start();
    added("Một");
    struct article_id article = added("Hai");
    struct issue_item_id item = items().rows[1].id;
    struct issue_item_facts facts = {talk, true, questions, 2};
    assert_ok(DO(issue_change_item(tx, issue, base(), item, &facts)));
    assert_ok(DO(issue_remove_item(tx, issue, base(), item)));
    assert_ok(DO(issue_put_back(tx, issue, base(), article)));
    struct q_issue_items_rows rows = items();
    assert_int_equal(rows.rows[1].section_id.v, talk.v);
    assert_true(rows.rows[1].is_read_aloud);
    assert_ok(q_issue_questions(reader, issue, &all));
    assert_text(issue_questions_text(t, &all, rows.rows[1].id), "Một?\nHai?\n");
    assert_err(DO(issue_put_back(tx, issue, base(), article)), E_NOT_FOUND);
}

/* --- what an approval signs ---------------------------------------------------------------------------------------- */

static enum err change(struct tx *tx, int what)
{
    struct issue_front f = front;
    struct q_issue_items_rows rows = items();
    struct issue_item_id turned[] = {rows.rows[1].id, rows.rows[0].id};
    struct str question = S("Vì sao?");
    struct issue_item_facts facts = {.section = talk};

    switch (what) {
    case 0:
        f.title = S("Hạ");
        return issue_edit(tx, issue, base(), &f);
    case 1:
        f.cover = S("5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9");
        return issue_edit(tx, issue, base(), &f);
    case 2:
        f.licence = S("số 7");
        return issue_edit(tx, issue, base(), &f);
    case 3:
        f.editorial = S("Lời đầu.");
        return issue_edit(tx, issue, base(), &f);
    case 4:
        return issue_order(tx, issue, base(), turned, 2);
    case 5:
        return issue_mark_read_aloud(tx, issue, base(), rows.rows[0].id, true);
    case 6:
        return issue_set_questions(tx, issue, base(), rows.rows[0].id, &question, 1);
    case 7:
        return issue_set_questions(tx, issue, base(), (struct issue_item_id){0}, &question, 1);
    case 8:
        return issue_change_item(tx, issue, base(), rows.rows[1].id, &facts);
    default:
        return section_change(tx, news, S("Thời sự"), 0, 0);
    }
}

TEST(the_hash_covers_everything_and_any_later_change_voids_the_approval)
{
    for (int what = 0; what <= 9; what++) {
        struct str before, after;
        bool holds;
        start();
        added("Một");
        added("Hai");
        approve();
        assert_ok(issue_hash(reader, issue, &before));
        assert_ok(DO(change(tx, what)));
        assert_ok(issue_hash(reader, issue, &after));
        assert_false(str_equal(before, after));
        assert_ok(issue_approval_holds(reader, issue, &holds));
        assert_false(holds);
        assert_err(DO(issue_publish(tx, issue, base())), what == 9 ? E_CONFLICT : E_INVALID);
    }
}

TEST(saving_an_article_voids_the_issues_approval_and_the_history_says_why)
{
    struct q_issue_steps_rows steps;
    struct article_draft draft = draft_of("Một khác");
    struct revision_id saved;

    start();
    struct article_id article = added("Một");
    approve();
    assert_ok(DO(article_save(tx, article, head_of(article), &draft, &saved)));
    assert_state("making");
    assert_ok(q_issue_steps(reader, issue, &steps));
    assert_text(steps.rows[0].note, "article-changed");
    assert_err(DO(issue_send(tx, issue, base())), E_INVALID);
}

TEST(an_opened_correction_leaves_an_approved_issue_alone_until_it_is_approved)
{
    struct article_draft draft = draft_of("Một đúng hơn");
    struct revision_id saved;

    start();
    struct article_id article = accepted("Một");
    assert_ok(DO(article_publish(tx, article, head_of(article))));
    assert_ok(DO(issue_add_article(tx, issue, ISSUE_AS_IT_IS, article, news)));
    approve();
    assert_ok(DO(article_correct(tx, article, S("typing"), S("sai chữ"), true)));
    assert_ok(DO(article_save(tx, article, head_of(article), &draft, &saved)));
    assert_state("approved");
    assert_ok(DO(article_approve(tx, article, saved)));
    assert_state("making");
}

TEST(an_issue_with_an_article_that_is_not_accepted_goes_nowhere)
{
    struct article_draft draft = draft_of("Nháp");
    struct article_id id, unready;

    start();
    added("Một");
    assert_ok(DO(article_create(tx, publication, &draft, &id)));
    assert_ok(DO(issue_add_article(tx, issue, base(), id, news)));
    assert_ok(issue_first_unready(reader, issue, &unready));
    assert_int_equal(unready.v, id.v);
    assert_err(DO(issue_send(tx, issue, base())), E_INVALID);
}

/* --- by the clock -------------------------------------------------------------------------------------------------- */

TEST(a_scheduled_issue_goes_out_at_its_time_once_also_after_a_stop)
{
    start();
    added("Một");
    approve();
    assert_err(DO(issue_schedule(tx, issue, base(), NOW)), E_INVALID);
    assert_ok(DO(issue_schedule(tx, issue, base(), NOW + 600)));
    tick();
    assert_state("scheduled");
    clock_set(NOW + 90000); /* the program was stopped for a day */
    tick();
    tick();
    assert_state("published");
    assert_int_equal(times_published(), 1);
    assert_int_equal(whole().published_at, NOW + 90000);
}

TEST(a_stopped_issue_stays_approved_and_does_not_go_out)
{
    start();
    added("Một");
    approve();
    assert_ok(DO(issue_schedule(tx, issue, base(), NOW + 600)));
    assert_ok(DO(issue_unschedule(tx, issue, base())));
    clock_set(NOW + 601);
    tick();
    assert_state("approved");
}

TEST(a_scheduled_issue_whose_approval_broke_is_not_published_but_in_the_making_again)
{
    start();
    added("Một");
    approve();
    assert_ok(DO(issue_schedule(tx, issue, base(), NOW + 600)));
    assert_ok(DO(section_change(tx, news, S("Thời sự"), 0, 0))); /* no rule of ours sees this */
    clock_set(NOW + 601);
    tick();
    assert_state("making");
    assert_int_equal(times_published(), 0);
}
