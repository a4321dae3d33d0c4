/* What somebody who means harm tries, and what must not be seen meanwhile: over a real socket, on both databases. */
#include "access/access.h"
#include "article/article.h"
#include "auth/session.h"
#include "base/clock.h"
#include "base/files.h"
#include "issue/issue.h"
#include "media/media_store.h"
#include "publication/publication.h"
#include "site/site.h"
#include "web/test_site.h"
#include "web/web.h"

/* --- files at the door --------------------------------------------------------------------------------------------- */

/* Only the head of a large upload; the body never comes. */
static struct str begin_upload(struct str session, long long bytes)
{
    struct buf b = buf_in(t);

    buf_add_format(&b, "POST /toa-soan/bai/1/tep HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; "
                       "boundary=B\r\nContent-Length: %lld\r\n", bytes);
    if (session.len > 0)
        buf_add_format(&b, "Cookie: " SESSION_COOKIE "=%.*s\r\n", STR_ARG(session));
    buf_add_z(&b, "\r\n--B\r\n");
    return client_talk(t, web_port(site_web()), buf_str(&b));
}

TEST(nobody_fills_the_disk_before_anybody_asks_who_sends)
{
    enum { MB = 1024 * 1024 };

    site_up();
    struct str reader = site_session(SITE_READER), contributor = site_session(SITE_CONTRIBUTOR);
    assert_int_equal(answer_status(begin_upload(STR_NONE, 400LL * MB)), 401);
    assert_int_equal(answer_status(begin_upload(S("phien-bia-ra"), 400LL * MB)), 413);
    assert_int_equal(answer_status(begin_upload(reader, 400LL * MB)), 413);
    assert_int_equal(answer_status(site_get("/", reader)), 200);
    assert_int_equal(answer_status(begin_upload(reader, 1LL * MB)), 403);
    assert_int_equal(answer_status(site_get("/", contributor)), 200);
    assert_int_equal(answer_status(begin_upload(contributor, 600LL * MB)), 413);
    site_down();
}

/* --- an article, and what of it is seen ----------------------------------------------------------------------------- */

static struct publication_id publication;

static void make_publication(void)
{
    assert_ok(WRITE(site_database(), t, &the_program_itself, publication_ensure(tx, S("ban-tin"), S("Bản tin"), &publication)));
    assert_ok(site_reload(site_itself()));
}

static struct str make_sound(enum site_person who)
{
    const char *folder = site_folders(site_itself())->temp, *path = str_format(t, "%s/tieng", folder).ptr;
    struct str hash;

    assert_ok(file_write(path, S("OggS, tiếng suối chảy")));
    assert_ok(media_store_add(t, site_folders(site_itself())->media, path, NULL, &hash));
    assert_ok(WRITE(site_database(), t, &the_program_itself,
                    q_media_add(tx, hash, S("sound"), S("audio/ogg"), S("suoi.ogg"), 20, 0, 0, 1000, S(""),
                                 site_principal(who)->person, 1)));
    return hash;
}

static struct article_draft draft_with(struct str sound, const char *visibility)
{
    struct str body = S("{\"content\":[{\"type\":\"paragraph\"}],\"type\":\"doc\"}");

    if (sound.len > 0)
        body = str_format(t, "{\"content\":[{\"attrs\":{\"media\":\"%.*s\"},\"type\":\"sound\"}],\"type\":\"doc\"}", STR_ARG(sound));
    return (struct article_draft){.title = S("Tiếng suối đêm trăng"), .kicker = S(""), .standfirst = S(""), .authors = S("[]"),
                                  .body = body, .visibility = str_of(visibility), .note = S("")};
}

static struct revision_id head_of(struct article_id id)
{
    struct q_article_for_rules a;

    assert_ok(q_article_for_rules(test_reader(site_database()), id, &a));
    return a.head_id;
}

static struct article_id make_article(enum site_person who, const struct article_draft *draft)
{
    struct article_id id;

    assert_ok(WRITE(site_database(), t, site_principal(who), article_create(tx, publication, draft, &id)));
    return id;
}

static enum err accept(struct tx *tx, struct article_id id, struct revision_id head)
{
    TRY(article_send(tx, id, head));
    return article_approve(tx, id, head);
}

static enum err publish(struct tx *tx, struct article_id id, struct revision_id head)
{
    TRY(accept(tx, id, head));
    return article_publish(tx, id, head);
}

static int media_status(struct str hash, enum site_person who)
{
    return answer_status(site_get(str_format(t, "/tep/%.*s/goc", STR_ARG(hash)).ptr, site_session(who)));
}

TEST(a_contributor_sees_what_they_sent_and_nobody_else_before_it_is_published)
{
    site_up();
    make_publication();
    struct str sound = make_sound(SITE_CONTRIBUTOR);
    assert_int_equal(media_status(sound, SITE_CONTRIBUTOR), 200);
    struct article_draft draft = draft_with(sound, "members");
    struct article_id id = make_article(SITE_CONTRIBUTOR, &draft);
    assert_int_equal(media_status(sound, SITE_CONTRIBUTOR), 200);
    assert_int_equal(media_status(sound, SITE_EDITOR), 200);
    assert_int_equal(media_status(sound, SITE_READER), 404);
    assert_int_equal(media_status(sound, SITE_ADMIN), 404);
    assert_int_equal(media_status(sound, SITE_ANYONE), 404);
    assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), publish(tx, id, head_of(id))));
    assert_int_equal(media_status(sound, SITE_READER), 200);
    assert_int_equal(media_status(sound, SITE_ANYONE), 404);
    assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), article_withdraw(tx, id, S("nhầm"))));
    assert_int_equal(media_status(sound, SITE_READER), 404);
    assert_int_equal(media_status(sound, SITE_CONTRIBUTOR), 200);
    site_down();
}

typedef enum err issue_verb(struct tx *tx, struct issue_id id, int64_t base);

static enum err take_step(struct tx *tx, struct issue_id id, issue_verb *verb)
{
    struct q_issue_whole now;

    TRY(q_issue_whole(tx->db, id, &now));
    return verb(tx, id, now.revision);
}

static enum err publish_issue(struct tx *tx, const struct article_id *articles, size_t n, struct issue_id *id)
{
    struct issue_front front = {.year = 2026, .number = 1, .title = S("Số đầu"), .date = S("2026-11-22"), .cover = S(""),
                                .editorial = S(""), .licence = S(""), .editor_name = S(""), .printer = S("")};

    TRY(issue_create(tx, publication, &front, id));
    TRY(issue_add_articles(tx, *id, ISSUE_AS_IT_IS, articles, n, (struct section_id){0}));
    TRY(take_step(tx, *id, issue_send));
    TRY(take_step(tx, *id, issue_approve));
    return take_step(tx, *id, issue_publish);
}

/* As the job makes them; no job runs in this test. */
static enum err add_editions(struct tx *tx, struct issue_id issue, struct str file, const struct article_id *articles,
                             size_t n)
{
    struct edition_id id;

    for (int audience = 0; audience < 2; audience++) {
        TRY(q_edition_add(tx, issue, S("pdf-a4"), audience, S("x"), file, 20, 8, 1, &id));
        for (size_t i = 0; i < n; i++)
            if (audience == 1 || i == 0)
                TRY(q_edition_page_add(tx, id, articles[i], 3));
        TRY(q_edition_add(tx, issue, S("text"), audience, S("x"), file, 20, 0, 1, &id));
    }
    return OK;
}

static int edition_status(const char *format, enum site_person who)
{
    return answer_status(site_get(str_format(t, "/so/2026/1/%s", format).ptr, site_session(who)));
}

TEST(an_edition_is_not_handed_out_once_an_article_in_it_is_withdrawn)
{
    site_up();
    make_publication();
    struct article_draft open = draft_with(STR_NONE, "public"), closed = draft_with(STR_NONE, "members");
    struct article_id articles[] = {make_article(SITE_EDITOR, &open), make_article(SITE_EDITOR, &closed)};
    struct str file = make_sound(SITE_EDITOR);
    struct issue_id issue;

    for (size_t i = 0; i < countof(articles); i++)
        assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), accept(tx, articles[i], head_of(articles[i]))));
    assert_ok(WRITE(site_database(), t, &the_program_itself, publish_issue(tx, articles, 2, &issue)));
    assert_ok(WRITE(site_database(), t, &the_program_itself, add_editions(tx, issue, file, articles, 2)));
    assert_int_equal(edition_status("pdf-a4", SITE_ANYONE), 200);
    assert_int_equal(edition_status("text", SITE_READER), 200);

    assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), article_withdraw(tx, articles[1], S("sai"))));
    assert_int_equal(edition_status("pdf-a4", SITE_ANYONE), 200);
    assert_int_equal(edition_status("text", SITE_ANYONE), 200);
    assert_int_equal(edition_status("pdf-a4", SITE_READER), 404);
    assert_int_equal(edition_status("text", SITE_READER), 404);

    assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), article_withdraw(tx, articles[0], S("sai"))));
    assert_int_equal(edition_status("text", SITE_ANYONE), 404);
    site_down();
}
