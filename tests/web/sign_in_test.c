/* Coming in, over a real socket: passwords, sessions, form tokens, the first start. */
#include "access/access.h"
#include "person/person.h"
#include "setup/setup.h"
#include "web/test_site.h"

#define RIGHT "login=editor&password=m%E1%BB%99t+c%C3%A2u+d%C3%A0i+d%E1%BB%85+nh%E1%BB%9B"

static struct str cookie_of(struct str answer)
{
    size_t at = str_find(answer, S("__Host-bantin="), 0);
    struct str rest = str_skip(answer, at == SIZE_MAX ? answer.len : at + 14), value;

    str_cut(rest, ';', &value);
    return value;
}

TEST(the_right_password_opens_a_session_and_ends_the_one_before)
{
    site_up();
    struct str old = site_session(SITE_READER), answer = site_post("/dang-nhap", old, RIGHT);
    assert_int_equal(answer_status(answer), 303);
    assert_text(answer_header(answer, "Location"), "/toa-soan");
    assert_int_equal(answer_status(site_get("/tai-khoan", cookie_of(answer))), 200);
    assert_int_equal(answer_status(site_get("/tai-khoan", old)), 303);
    site_down();
}

TEST(a_wrong_password_says_so_and_too_many_must_wait)
{
    site_up();
    for (int i = 0; i < 5; i++)
        assert_int_equal(answer_status(site_post("/dang-nhap", STR_NONE, "login=approver&password=khong-phai-the")), 422);
    assert_int_equal(answer_status(site_post("/dang-nhap", STR_NONE, "login=approver&password=khong-phai-the")), 429);
    site_down();
}

TEST(signing_in_goes_on_only_within_this_site)
{
    static const struct {
        const char *next, *location;
    } cases[] = {
        {"/tai-khoan", "/tai-khoan"},      {"//evil.example", "/toa-soan"},     {"https://evil.example/", "/toa-soan"},
        {"/%5Cevil.example", "/toa-soan"}, {"/%09/evil.example", "/toa-soan"}, {"javascript:alert(1)", "/toa-soan"},
        {"/dang-xuat", "/toa-soan"},       {"/a%0d%0aX: y", "/toa-soan"},
    };

    site_up();
    for (size_t i = 0; i < countof(cases); i++) {
        struct str body = str_format(t, "%s&tiep=%s", RIGHT, cases[i].next);
        struct str answer = site_post("/dang-nhap", STR_NONE, body.ptr);
        assert_int_equal(answer_status(answer), 303);
        assert_str(answer_header(answer, "Location"), str_of(cases[i].location));
    }
    site_down();
}

TEST(a_form_without_its_token_changes_nothing)
{
    site_up();
    struct str session = site_session(SITE_EDITOR);
    assert_int_equal(answer_status(site_post_without_token("/tai-khoan/phien", session, "")), 403);
    assert_int_equal(answer_status(site_post_without_token("/dang-xuat", session, "")), 403);
    assert_int_equal(answer_status(site_get("/tai-khoan", session)), 200);
    assert_int_equal(answer_status(site_post("/dang-xuat", session, "")), 303);
    assert_int_equal(answer_status(site_get("/tai-khoan", session)), 303);
    site_down();
}

TEST(a_session_dies_when_its_person_is_disabled)
{
    site_up();
    struct str editor = site_session(SITE_EDITOR), admin = site_session(SITE_ADMIN);
    const char *path = str_format(t, "/quan-tri/nguoi/%lld/ngung", (long long)site_principal(SITE_EDITOR)->person.v).ptr;
    assert_int_equal(answer_status(site_get("/tai-khoan", editor)), 200);
    assert_int_equal(answer_status(site_post(path, admin, "")), 303);
    assert_int_equal(answer_status(site_get("/tai-khoan", editor)), 303);
    assert_int_equal(answer_status(site_post("/dang-nhap", STR_NONE, RIGHT)), 422);
    site_down();
}

TEST(an_undeclared_field_is_refused)
{
    site_up();
    assert_int_equal(answer_status(site_post("/tai-khoan/phien", site_session(SITE_EDITOR), "role=admin")), 400);
    site_down();
}

#define SETUP                                                                                                           \
    "organisation=Tinh+uy&unit=Dang+bo+tinh&unit_kind=Dang+bo&full_name=Lo+Van+Dung&login=dung&password=mot+cau+dai"     \
    "&again=mot+cau+dai&publication=Ban+tin&code=ban-tin&page_format=a4&sections=Tin%0AHoi+dap"

TEST(the_link_of_the_first_start_works_once)
{
    struct str token;

    site_up_empty();
    assert_true(str_contains(site_get("/", STR_NONE), S("/thiet-lap/")));
    assert_ok(WRITE(site_database(), t, &the_program_itself, setup_make_link(tx, &token)));
    const char *path = str_format(t, "/thiet-lap/%.*s", STR_ARG(token)).ptr;
    assert_int_equal(answer_status(site_get("/thiet-lap/khong-phai", STR_NONE)), 410);
    assert_int_equal(answer_status(site_get(path, STR_NONE)), 200);
    assert_int_equal(answer_status(site_post(path, STR_NONE, "organisation=x")), 422);
    struct str answer = site_post(path, STR_NONE, SETUP);
    assert_int_equal(answer_status(answer), 303);
    assert_int_equal(answer_status(site_get("/quan-tri", cookie_of(answer))), 200);
    assert_int_equal(answer_status(site_post(path, STR_NONE, SETUP)), 410);
    assert_int_equal(answer_status(site_get(path, STR_NONE)), 410);
    assert_err(WRITE(site_database(), t, &the_program_itself, setup_make_link(tx, &token)), E_CONFLICT);
    site_down();
}
