#include "db/test_database.h"
#include "access/access.h"
#include "article/authors.h"
#include "auth/password.h"
#include "auth/session.h"
#include "base/clock.h"
#include "base/files.h"
#include "demo/demo.h"
#include "demo/demo_file.h"
#include "demo/demo_sql.h"
#include "issue/issue.h"
#include "jobs/jobs.h"
#include "media/media_store.h"
#include "search/search.h"
#include "text/text.h"
#include <ctype.h>
#include <dirent.h>
#include <unistd.h>

static char folder[64];

static struct database *filled(struct demo_counts *made)
{
    struct database *database = test_database();

    access_start();
    issue_start();
    search_start();
    snprintf(folder, sizeof folder, "/tmp/bantin-demo-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_ok(demo_fill(database, t, folder, made));
    return database;
}

static void remove_files(void)
{
    assert_ok(folder_remove(folder));
}

TEST(the_demo_fills_an_empty_database)
{
    struct demo_counts made;

    filled(&made);
    assert_in_range(made.units, 25, 40);
    assert_in_range(made.people, 12, 30);
    assert_in_range(made.articles, 22, 60);
    assert_int_equal(made.issues, 3);
    assert_in_range(made.media, 10, 20);
    remove_files();
}

/* Readers see them from the first second, and the editions have them. */
TEST(every_picture_comes_with_its_sizes)
{
    static const char *const sizes[] = {"w480.webp", "w480.jpeg", "w960.webp", "w960.jpeg", "w1600.webp", "w1600.jpeg"};
    struct demo_counts made;
    struct q_demo_pictures_rows pictures;

    assert_ok(q_demo_pictures(test_reader(filled(&made)), &pictures));
    assert_true(pictures.count > 8);
    for (size_t i = 0; i < pictures.count; i++) {
        const char *path;
        assert_text(pictures.rows[i].renditions, "480,960,1600");
        for (size_t k = 0; k < countof(sizes); k++)
            assert_ok(media_store_find(t, folder, pictures.rows[i].hash, sizes[k], &path));
    }
    remove_files();
}

TEST(a_second_run_is_refused_and_changes_nothing)
{
    struct demo_counts made, after;
    struct database *database = filled(&made);
    struct q_demo_counts n;
    bool empty, is_demo;

    assert_err(demo_fill(database, t, folder, &after), E_CONFLICT);
    assert_ok(q_demo_counts(test_reader(database), &n));
    assert_int_equal(n.articles, made.articles);
    assert_ok(demo_is_empty(test_reader(database), &empty, &is_demo));
    assert_false(empty);
    assert_true(is_demo);
    remove_files();
}

TEST(the_demo_fits_any_day)
{
    /* 31 December 23:59:59 and the second after it in Vietnam; a 10th before eight; 29 February. */
    static const int64_t days[] = {1798736399, 1798736400, 1799546000, 1835400000};

    for (size_t i = 0; i < countof(days); i++) {
        struct demo_counts made;
        clock_set(days[i]);
        struct database *database = filled(&made);
        struct q_demo_latest latest;
        assert_int_equal(made.issues, 3);
        assert_ok(q_demo_latest(test_reader(database), &latest));
        assert_true(latest.published_at <= days[i]);
        assert_true(latest.step_at <= days[i]);
        clock_set(0);
        remove_files();
    }
}

TEST(some_articles_are_for_members_and_for_named_units)
{
    struct demo_counts made;
    struct db *db = test_reader(filled(&made));
    struct q_demo_audiences audiences;

    assert_ok(q_demo_audiences(db, &audiences));
    assert_int_equal(audiences.members, 1);
    assert_int_equal(audiences.units, 1);
    remove_files();
}

TEST(every_article_is_a_tree_with_its_authors)
{
    struct demo_counts made;
    struct db *db = test_reader(filled(&made));

    for (int64_t i = 1; i <= made.articles; i++) {
        struct q_article_for_rules article;
        struct q_revision_whole r;
        struct body_node *doc;
        struct author *authors;
        assert_ok(q_article_for_rules(db, (struct article_id){i}, &article));
        assert_ok(q_revision_whole(db, article.head_id, &r));
        assert_ok(body_of_json(t, r.body, &doc));
        assert_str(body_to_json(t, doc), r.body);
        assert_true(authors_of_json(t, r.authors, &authors) > 0);
        assert_str(authors_to_json(t, authors, authors_of_json(t, r.authors, &authors)), r.authors);
        assert_true(str_equal(article.state, S("draft")) || r.words > 60);
    }
    remove_files();
}

TEST(every_state_is_there_and_a_correction)
{
    static const char *const states[] = {"draft", "review", "returned", "accepted", "published"};
    struct demo_counts made;
    struct db *db = test_reader(filled(&made));
    int64_t seen[countof(states)] = {0}, corrected = 0;

    for (int64_t i = 1; i <= made.articles; i++) {
        struct q_article_for_rules article;
        struct q_corrections_shown_rows corrections;
        assert_ok(q_article_for_rules(db, (struct article_id){i}, &article));
        for (size_t k = 0; k < countof(states); k++)
            seen[k] += str_equal(article.state, str_of(states[k]));
        assert_ok(q_corrections_shown(db, article.id, &corrections));
        corrected += (int64_t)corrections.count;
    }
    for (size_t k = 0; k < countof(states); k++)
        assert_true(seen[k] > 0);
    assert_int_equal(corrected, 1);
    remove_files();
}

TEST(every_account_signs_in_and_each_role_has_one)
{
    static const struct {
        const char *login;
        unsigned role;
    } accounts[] = {{"docgia", ROLE_READER}, {"congtacvien", ROLE_CONTRIBUTOR}, {"bientap", ROLE_EDITOR},
                    {"duyet", ROLE_APPROVER}, {"quantri", ROLE_ADMIN}};
    struct demo_counts made;
    struct db *db = test_reader(filled(&made));

    for (size_t i = 0; i < countof(accounts); i++) {
        struct person_id person;
        const struct principal *who;
        assert_ok(sign_in_check(db, str_of(accounts[i].login), S(DEMO_PASSWORD), S("127.0.0.1"), 1, &person));
        assert_ok(principal_of_person(db, person, 4000000000, &who));
        assert_true(who->roles & accounts[i].role);
    }
    remove_files();
}

TEST(generated_articles_are_articles_and_can_be_added_to)
{
    struct demo_counts made;
    struct database *database = filled(&made);
    struct q_demo_counts n;
    struct q_article_for_rules article;
    struct article_draft draft;
    const struct principal *program = &the_program_itself;
    struct article_id added;

    assert_ok(demo_generate(database, t, 700));
    assert_ok(demo_generate(database, t, 100));
    struct db *db = test_reader(database);
    assert_ok(q_demo_counts(db, &n));
    assert_int_equal(n.articles, made.articles + 800);
    assert_ok(q_article_for_rules(db, (struct article_id){made.articles + 5}, &article));
    assert_ok(article_draft_of(db, article.head_id, &draft));
    assert_str(article_hash(t, &draft), article.hash);
    assert_ok(WRITE(database, t, program, article_create(tx, article.publication_id, &draft, &added)));
    assert_true(added.v > made.articles + 800 - 1);
    remove_files();
}

TEST(every_query_runs)
{
    test_every_query(test_reader(test_database()), demo_queries);
}

/* --- the content ---------------------------------------------------------------------------------------------------- */

static void each_file(const char *sub, void (*look)(const char *name, struct str text))
{
    char path[PATH_MAX];
    struct dirent *entry;

    snprintf(path, sizeof path, "%s/%s", demo_folder(), sub);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        struct str text, name = str_of(entry->d_name);
        if (!str_ends(name, S(".txt")))
            continue;
        assert_ok(file_read(t, str_format(t, "%s/%s", path, entry->d_name).ptr, 1 << 20, &text));
        look(entry->d_name, text);
    }
    closedir(dir);
}

static void look_at_letters(const char *name, struct str text)
{
    if (!text_is_nfc(text) || !str_is_utf8(text))
        fail_msg("%s is not in NFC", name);
    if (text_tone_is_mixed(text))
        fail_msg("%s mixes the places of tones", name);
}

TEST(all_texts_are_nfc_with_one_place_for_tones)
{
    each_file("articles", look_at_letters);
    each_file("issues", look_at_letters);
}

static size_t count_of(struct str text, struct str part)
{
    size_t n = 0;

    for (size_t at = str_find(text, part, 0); at != SIZE_MAX; at = str_find(text, part, at + part.len))
        n++;
    return n;
}

static void look_at_quotes(const char *name, struct str text)
{
    if (count_of(text, S("“")) != count_of(text, S("”")))
        fail_msg("%s: a quotation is not closed", name);
    if (count_of(text, S("(")) != count_of(text, S(")")))
        fail_msg("%s: a bracket is not closed", name);
    if (str_contains(text, S("\"")) || str_contains(text, S("...")) || str_contains(text, S(" - ")) ||
        str_contains(text, S(" ,")) || str_contains(text, S("  ")))
        fail_msg("%s: typewriter's signs", name);
}

TEST(quotations_and_brackets_are_closed_and_signs_are_printers_signs)
{
    each_file("articles", look_at_quotes);
    each_file("issues", look_at_quotes);
}

/* Names from other languages. */
static bool is_name(struct str word)
{
    static const char *const names[] = {"páo", "jpeg"};

    for (size_t i = 0; i < countof(names); i++)
        if (str_equal(word, str_of(names[i])))
            return true;
    return false;
}

struct reading {
    const char *name;
    struct str text;
};

static int look_at_syllable(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    const struct reading *r = arg;
    struct str word = str_sub(r->text, start, end - start);

    (void)exact, (void)folded;
    if (isdigit((unsigned char)word.ptr[0]) || is_name(text_lower(t, word)) || text_syllable_is_valid(word))
        return 0;
    fail_msg("%s: \"%.*s\" is no syllable", r->name, STR_ARG(word));
    return 1;
}

/* Only what is read: titles and texts, not keys, slugs, names of files. */
static void look_at_syllables(const char *name, struct str text)
{
    static const char *const read[] = {"title", "kicker", "standfirst", "reason", "correction", "question", "first_title"};

    while (text.len > 0) {
        struct str line, key, value;
        text = str_cut(text, '\n', &line);
        if (str_equal(line, S("---")))
            break;
        value = str_cut(line, ':', &key);
        for (size_t i = 0; i < countof(read); i++) {
            struct reading r = {name, str_replace(t, value, S("{month}"), S("1"))};
            if (str_equal(key, str_of(read[i])))
                text_tokens(r.text, look_at_syllable, &r);
        }
    }
    while (text.len > 0) {
        struct str line;
        text = str_cut(text, '\n', &line);
        if (str_starts(line, S("@")))
            line = str_skip(line, str_find_char(line, ';', 0));
        for (size_t at = str_find_char(line, '{', 0); at != SIZE_MAX; at = str_find_char(line, '{', at))
            line = str_format(t, "%.*s%.*s", (int)at, line.ptr, STR_ARG(str_skip(line, str_find_char(line, '}', at) + 1)));
        struct reading r = {name, line};
        text_tokens(line, look_at_syllable, &r);
    }
}

TEST(every_word_is_made_of_vietnamese_syllables)
{
    each_file("articles", look_at_syllables);
    each_file("issues", look_at_syllables);
}
