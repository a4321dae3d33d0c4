/* The screen of imports, over a real socket: files in, the job, drafts and problems, who may see what. */
#include "access/access.h"
#include "intake/intake.h"
#include "jobs/jobs.h"
#include "publication/publication.h"
#include "web/test_site.h"

#define TEXT                                                                                                                                 \
    "Xã nhà làm đường\n\nSáng nay chi bộ họp bàn việc làm đường, ai cũng góp một ngày công.\n\nViệc xong trong " \
    "tháng.\n"

static struct publication_id publication;

static void site_with_publication(void)
{
    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    site_up();
    assert_ok(WRITE(site_database(), t, &the_program_itself,
                    publication_ensure(tx, S("thu"), S("Bản tin thử"), &publication)));
}

static void add_file(struct buf *b, const char *name, struct str content)
{
    buf_add_format(b,
                   "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n",
                   name);
    buf_add(b, content);
    buf_add_z(b, "\r\n");
}

static struct buf form_for(struct publication_id id)
{
    struct buf b = buf_in(t);

    buf_add_format(&b,
                   "--x\r\nContent-Disposition: form-data; name=\"publication\"\r\n\r\n%lld\r\n"
                   "--x\r\nContent-Disposition: form-data; name=\"section\"\r\n\r\n\r\n",
                   (long long)id.v);
    return b;
}

static struct str send_form(enum site_person who, struct buf *b)
{
    buf_add_z(b, "--x--\r\n");
    return site_post_files("/toa-soan/nhap", site_session(who), buf_str(b));
}

static void send_two(enum site_person who)
{
    struct buf b = form_for(publication);

    add_file(&b, "lam-duong.txt", S(TEXT));
    add_file(&b, "rong.docx", S(""));
    struct str answer = send_form(who, &b);
    assert_int_equal(answer_status(answer), 303);
    assert_text(answer_header(answer, "Location"), "/toa-soan/nhap");
}

static bool shows(enum site_person who, const char *path, const char *what)
{
    struct str answer = site_get(path, site_session(who));

    return answer_status(answer) == 200 && str_contains(answer, str_of(what));
}

TEST(two_files_wait_then_one_is_a_draft_and_one_has_its_reason)
{
    site_with_publication();
    send_two(SITE_EDITOR);
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "data-live"));
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "lam-duong.txt"));
    assert_int_equal(jobs_run_due(site_database(), site_itself()), 2);
    assert_false(shows(SITE_EDITOR, "/toa-soan/nhap", "data-live"));
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "Tệp không có nội dung."));
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "value=\"lam duong\""));
    assert_true(shows(SITE_EDITOR, "/toa-soan/bai/1", "lam-duong.txt"));
    assert_true(shows(SITE_EDITOR, "/toa-soan/bai/1/goc/1", "Sáng nay chi bộ họp"));
    site_down();
}

TEST(a_proposed_title_is_confirmed_and_the_article_has_it)
{
    struct str session;

    site_with_publication();
    send_two(SITE_CONTRIBUTOR);
    jobs_run_due(site_database(), site_itself());
    session = site_session(SITE_CONTRIBUTOR);
    assert_int_equal(answer_status(site_post("/toa-soan/nhap/1/ten", session, "title=")), 422);
    struct str answer = site_post("/toa-soan/nhap/1/ten", session, "title=%C4%90%C6%B0%E1%BB%9Dng+m%E1%BB%9Bi");
    assert_int_equal(answer_status(answer), 303);
    assert_text(answer_header(answer, "Location"), "/toa-soan/bai/1");
    assert_true(shows(SITE_CONTRIBUTOR, "/toa-soan/bai/1", "Đường mới"));
    site_down();
}

TEST(a_problem_is_tried_again_downloaded_and_put_away)
{
    struct str session;

    site_with_publication();
    send_two(SITE_EDITOR);
    jobs_run_due(site_database(), site_itself());
    session = site_session(SITE_EDITOR);
    assert_int_equal(answer_status(site_get("/toa-soan/nhap/2/tep", session)), 200);
    assert_int_equal(answer_status(site_post("/toa-soan/nhap/2/lai", session, "")), 303);
    assert_int_equal(jobs_run_due(site_database(), site_itself()), 1);
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "Tệp không có nội dung."));
    assert_int_equal(answer_status(site_post("/toa-soan/nhap/2/cat", session, "")), 303);
    assert_false(shows(SITE_EDITOR, "/toa-soan/nhap", "rong.docx"));
    site_down();
}

TEST(contributors_see_their_own_files_and_readers_none)
{
    site_with_publication();
    send_two(SITE_EDITOR);
    assert_false(shows(SITE_CONTRIBUTOR, "/toa-soan/nhap", "lam-duong.txt"));
    assert_int_equal(answer_status(site_get("/toa-soan/nhap/1/tep", site_session(SITE_CONTRIBUTOR))), 404);
    assert_int_equal(answer_status(site_post("/toa-soan/nhap/1/cat", site_session(SITE_CONTRIBUTOR), "")), 404);
    assert_int_equal(answer_status(site_get("/toa-soan/nhap", site_session(SITE_READER))), 403);
    send_two(SITE_CONTRIBUTOR);
    assert_true(shows(SITE_CONTRIBUTOR, "/toa-soan/nhap", "lam-duong.txt"));
    assert_true(shows(SITE_EDITOR, "/toa-soan/nhap", "contributor"));
    site_down();
}

TEST(what_is_missing_in_the_form_is_said)
{
    struct buf none = buf_in(t), other = buf_in(t);

    site_with_publication();
    none = form_for(publication);
    other = form_for((struct publication_id){99});
    add_file(&other, "a.txt", S(TEXT));
    struct str answer = send_form(SITE_EDITOR, &none);
    assert_int_equal(answer_status(answer), 422);
    assert_true(str_contains(answer, S("Chưa chọn tệp nào.")));
    answer = send_form(SITE_EDITOR, &other);
    assert_int_equal(answer_status(answer), 422);
    assert_true(str_contains(answer, S("Hãy chọn ấn phẩm")));
    site_down();
}
