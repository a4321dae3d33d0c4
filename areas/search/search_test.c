#include "search/search.h"
#include "access/access.h"
#include "db/test_database.h"
#include "publication/publication.h"
#include "text/text.h"

static struct str html_of(const char *text, const char *typed)
{
    struct search_terms terms = search_terms_of(t, str_of(typed));

    return search_snippet(t, str_of(text), &terms, SEARCH_PHRASE).s;
}

TEST(the_words_of_a_search_become_a_phrase_or_a_list)
{
    struct search_terms terms = search_terms_of(t, S("  Đại hội, \"chi bộ\" "));

    assert_int_equal(terms.count, 4);
    assert_text(search_fts_expression(t, &terms, SEARCH_FOLDED), "\"dai\" \"hoi\" \"chi\" \"bo\"");
    assert_true(str_starts(search_grams(t, &terms, SEARCH_FOLDED), S("dai hoi chi bo")));
    assert_int_equal(search_terms_of(t, S(" ,.! ")).count, 0);
}

TEST(a_snippet_marks_the_words_and_escapes_the_text)
{
    assert_text(html_of("Sinh hoạt <b>chi bộ</b> tháng này", "chi bộ"),
                "Sinh hoạt &lt;b&gt;<mark>chi bộ</mark>&lt;/b&gt; tháng này");
    assert_text(html_of("không có gì", "chi"), "không có gì");
}

TEST(a_word_without_accents_marks_the_accented_one_but_not_the_other_way)
{
    assert_text(html_of("đại hội", "dai"), "<mark>đại</mark> hội");
    assert_text(html_of("dai hội", "đại"), "dai hội");
}

/* --- in the database ------------------------------------------------------------------------------------------------ */

static struct publication_id publication;

static enum err set_up(struct tx *tx)
{
    return publication_ensure(tx, S("thu"), S("Thử"), &publication);
}

static enum err publish(struct tx *tx, struct str title, struct str words, struct str visibility)
{
    struct article_id id;
    struct q_article_for_rules a;
    struct article_draft draft = {
        .title = title, .kicker = S(""), .standfirst = S(""), .authors = S("[]"), .visibility = visibility, .note = S(""),
        .body = str_format(t,
                           "{\"content\":[{\"content\":[{\"text\":\"%.*s\",\"type\":\"text\"}],\"type\":\"paragraph\"}],"
                           "\"type\":\"doc\"}",
                           STR_ARG(words)),
    };

    TRY(article_create(tx, publication, &draft, &id));
    TRY(q_article_for_rules(tx->db, id, &a));
    TRY(article_send(tx, id, a.head_id));
    TRY(article_approve(tx, id, a.head_id));
    return article_publish(tx, id, a.head_id);
}

static size_t found(struct database *database, const char *typed, enum search_way way, int64_t reach)
{
    struct q_search_find_rows rows;
    struct search_terms terms = search_terms_of(t, str_of(typed));

    assert_ok(q_search_find(test_reader(database), search_fts_expression(t, &terms, way), search_grams(t, &terms, way), 100,
                            20, 0, reach, (struct person_id){0}, 0, &rows));
    return rows.count;
}

TEST(published_texts_are_found_with_and_without_accents_by_those_who_may_see_them)     /* R2.14 R2.07 */
{
    database_set_tokenizer(text_tokens);
    access_start();
    search_start();
    struct database *database = test_database();

    assert_ok(WRITE(database, t, &the_program_itself, set_up(tx)));
    assert_ok(WRITE(database, t, &the_program_itself,
                    publish(tx, S("Đại hội chi bộ"), S("Bầu cấp ủy nhiệm kỳ mới"), S("public"))));
    assert_ok(WRITE(database, t, &the_program_itself, publish(tx, S("Việc nội bộ"), S("Đại hội kín"), S("members"))));
    assert_int_equal(found(database, "đại hội", SEARCH_PHRASE, 0), 1);
    assert_int_equal(found(database, "dai hoi", SEARCH_PHRASE, 0), 1);
    assert_int_equal(found(database, "dai hoi", SEARCH_PHRASE, 1), 2);
    assert_int_equal(found(database, "hội đại", SEARCH_PHRASE, 1), 0);
    assert_int_equal(found(database, "hội đại", SEARCH_ALL, 1), 2);
    assert_int_equal(found(database, "đãi hội", SEARCH_ALL, 1), 0);
    assert_int_equal(found(database, "đãi hội", SEARCH_FOLDED, 1), 2);
    assert_int_equal(found(database, "cap uy", SEARCH_PHRASE, 0), 1);
    database_set_tokenizer(NULL);
}
