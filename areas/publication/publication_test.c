#include "access/access.h"
#include "db/test_database.h"
#include "publication/publication.h"
#include "publication/words.h"

static struct database *database;

#define DO(call) WRITE(database, t, &the_program_itself, call)

static void start(void)
{
    access_start();
    database = test_database();
}

static struct publication_id make(const char *code, bool is_main)
{
    struct publication_id id;
    struct publication_facts facts = {.code = str_of(code), .name = S("Thông tin sinh hoạt chi bộ"), .is_main = is_main};

    assert_ok(DO(publication_make(tx, &facts, &id)));
    return id;
}

static bool is_main(struct publication_id id)
{
    struct q_publication_one p;

    assert_ok(q_publication_one(test_reader(database), id, &p));
    return p.is_main;
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(test_reader(database), publication_queries);
}

TEST(exactly_one_publication_is_the_main_one)
{
    start();
    struct publication_id first = make("mot", false), second = make("hai", false);
    assert_true(is_main(first) && !is_main(second));
    struct publication_id third = make("ba", true);
    assert_true(!is_main(first) && is_main(third));
    assert_err(DO(publication_archive(tx, third, true)), E_INVALID);
    assert_ok(DO(publication_archive(tx, first, true)));
}

TEST(a_code_is_of_one_publication_and_fits_an_address)
{
    struct publication_id id;
    struct publication_facts facts = {.code = S("mot"), .name = S("Khác")};

    start();
    make("mot", false);
    assert_err(DO(publication_make(tx, &facts, &id)), E_CONFLICT);
    facts.code = S("Bản tin");
    assert_err(DO(publication_make(tx, &facts, &id)), E_INVALID);
}

TEST(a_missing_publication_is_made_once_with_sections)
{
    struct publication_id one, two;
    struct q_section_list_rows sections;

    start();
    assert_ok(DO(publication_ensure(tx, S("demo"), S("Bản tin"), &one)));
    assert_ok(DO(publication_ensure(tx, S("demo"), S("Khác"), &two)));
    assert_int_equal(one.v, two.v);
    assert_ok(q_section_list(test_reader(database), one, &sections));
    assert_int_equal(sections.count, 6);
    assert_text(sections.rows[0].slug, "tin-tuc");
}

TEST(sections_keep_the_order_they_are_given)
{
    struct q_section_list_rows s;

    start();
    struct publication_id p;
    assert_ok(DO(publication_ensure(tx, S("demo"), S("Bản tin"), &p)));
    assert_ok(q_section_list(test_reader(database), p, &s));
    int64_t wish[] = {s.rows[3].id.v, s.rows[0].id.v};
    assert_ok(DO(section_order(tx, p, wish, 2)));
    assert_ok(DO(section_shift(tx, s.rows[1].id, -1)));
    struct section_id expected[] = {s.rows[3].id, s.rows[1].id, s.rows[0].id, s.rows[2].id};
    assert_ok(q_section_list(test_reader(database), p, &s));
    for (size_t i = 0; i < countof(expected); i++)
        assert_int_equal(s.rows[i].id.v, expected[i].v);
}

TEST(a_renamed_section_keeps_its_address_and_the_next_gets_another)
{
    struct section_id a, b;
    struct q_section_one one;

    start();
    struct publication_id p = make("mot", false);
    assert_ok(DO(section_add(tx, p, S("Trao đổi"), 0, 3, &a)));
    assert_ok(DO(section_add(tx, p, S("Trao đổi"), 0, 0, &b)));
    assert_ok(DO(section_change(tx, a, S("Ý kiến"), 1, 2)));
    assert_ok(q_section_one(test_reader(database), a, &one));
    assert_text(one.slug, "trao-doi");
    assert_ok(q_section_one(test_reader(database), b, &one));
    assert_text(one.slug, "trao-doi-2");
    assert_err(DO(section_change(tx, a, S("x"), 3, 2)), E_INVALID);
}

TEST(the_lists_of_words_come_once_and_are_changed_freely)
{
    struct words words;

    start();
    assert_ok(DO(words_ensure_defaults(tx)));
    assert_ok(DO(words_ensure_defaults(tx)));
    assert_ok(word_list(test_reader(database), WORD_GENRE, &words));
    assert_int_equal(words.count, 8);
    assert_text(words.rows[1].slug, "mo-hinh-dien-hinh");
    assert_err(DO(word_add(tx, WORD_GENRE, S("Tin"))), E_CONFLICT);
    assert_ok(DO(word_shift(tx, WORD_GENRE, words.rows[1].id, -1)));
    assert_ok(DO(word_rename(tx, WORD_GENRE, words.rows[1].id, S("Điển hình"))));
    assert_ok(word_list(test_reader(database), WORD_GENRE, &words));
    assert_text(words.rows[0].name, "Điển hình");
}

TEST(who_only_contributes_may_not_configure)
{
    struct publication_id id;
    struct publication_facts facts = {.code = S("mot"), .name = S("Bản tin")};
    struct principal contributor = {.person = {1}, .roles = ROLE_ANYONE | ROLE_MEMBER | ROLE_CONTRIBUTOR};

    start();
    assert_err(WRITE(database, t, &contributor, publication_make(tx, &facts, &id)), E_DENIED);
}
