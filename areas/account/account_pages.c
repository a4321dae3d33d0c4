#include "access/access.h"
#include "access/role_name.h"
#include "account/account.h"
#include "account/account_views.h"
#include "account/account_render.h"
#include "auth/auth_sql.h"
#include "auth/password.h"
#include "auth/session.h"
#include "person/person.h"
#include "text/text.h"
#include "web/form.h"
#include "web/web.h"

enum { LANG_SECONDS = 365 * 24 * 3600 };

/* --- coming in ----------------------------------------------------------------------------------------------------- */

static void show_sign_in(struct request *rq, int status, struct str next)
{
    struct v_sign_in view = {.next = next, .person = rq->who->name};

    rq_page(rq, status, sign_in, &view);
}

static void sign_in_page(struct request *rq)
{
    show_sign_in(rq, 200, rq_query(rq, "tiep"));
}

void account_give_cookie(struct request *rq, struct str token)
{
    response_cookie(rq->response, SESSION_COOKIE, token, SESSION_SECONDS);
}

static void give_lang(struct request *rq, struct str lang)
{
    response_cookie(rq->response, "lang", lang, LANG_SECONDS);
}

static void enter(struct request *rq, struct person_id person, struct str next)
{
    const struct principal *who;
    struct q_account_person account;
    struct str token;

    if (rq_failed(rq, principal_of_person(rq->db, person, rq->now, &who)) ||
        rq_failed(rq, q_account_person(rq->db, person, &account)))
        return;
    if (rq_failed(rq, rq_write(rq, account_enter(tx, person, &token))))
        return;
    next = account_next(who, next);
    rq_redirect(rq, "%.*s", STR_ARG(next));
    account_give_cookie(rq, token);
    give_lang(rq, account.lang);
}

static void sign_in(struct request *rq)
{
    struct str next = form_line(rq, "tiep", 1000, FORM_OPTIONAL);
    struct str login = text_lower(rq->arena, form_line(rq, "login", 200, FORM_REQUIRED));
    struct str password = form_secret(rq, "password", PASSWORD_MAX, FORM_REQUIRED);
    struct person_id person;

    if (!form_ok(rq)) {
        show_sign_in(rq, 422, next);
        return;
    }
    enum err e = sign_in_check(rq->db, login, password, rq->http->client, rq->now, &person);
    if (e == E_DENIED || e == E_BUSY) {
        form_error(rq, "password", e == E_DENIED ? MSG_account_sign_in_wrong : MSG_account_sign_in_too_often);
        show_sign_in(rq, e == E_DENIED ? 422 : 429, next);
    } else if (!rq_failed(rq, e)) {
        enter(rq, person, next);
    }
}

static void sign_out(struct request *rq)
{
    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (rq->who->session.v != 0 && rq_failed(rq, rq_write(rq, session_close(tx, rq->who->session))))
        return;
    rq_done(rq, MSG_account_signed_out, "/");
    response_cookie(rq->response, SESSION_COOKIE, S("0"), -1);
}

/* --- one's account ------------------------------------------------------------------------------------------------- */

static struct v_account_roles roles_of(struct request *rq, const struct q_memberships_of_rows *all)
{
    struct account_role *rows = NEW_ARRAY(rq->arena, struct account_role, all->count + 1);

    for (size_t i = 0; i < all->count; i++)
        rows[i] = (struct account_role){role_name(rq->lang, all->rows[i].role), all->rows[i].name};
    return (struct v_account_roles){rows, all->count};
}

static void show_account(struct request *rq, int status)
{
    static const struct choice langs[] = {{{"vi", 2}, {"Tiếng Việt", sizeof "Tiếng Việt" - 1}}, {{"en", 2}, {"English", 7}}};
    struct q_memberships_of_rows memberships;
    struct q_account_sessions_rows sessions;
    struct v_account view = {.kind = rq_may(rq, ACT_NEWSROOM) || rq_may(rq, ACT_SYSTEM_MANAGE) ? PAGE_WORK : PAGE_PUBLIC};

    if (rq_failed(rq, q_account_person(rq->db, rq->who->person, &view.person)) ||
        rq_failed(rq, q_memberships_of(rq->db, rq->who->person, rq->now, &memberships)) ||
        rq_failed(rq, q_account_sessions(rq->db, rq->who->person, rq->now, &sessions)))
        return;
    view.roles = roles_of(rq, &memberships);
    view.langs = (struct choices){langs, countof(langs), view.person.lang};
    view.sessions = (int64_t)sessions.count;
    rq_page(rq, status, account, &view);
}

static void account_page(struct request *rq)
{
    show_account(rq, 200);
}

static void check_new_password(struct request *rq, struct str login, struct str password, struct str again)
{
    enum msg fault = password.len > 0 ? password_fault(rq->arena, password, login) : MSG_NONE;

    if (fault != MSG_NONE)
        form_error(rq, "password", fault);
    if (!str_equal(password, again))
        form_error(rq, "again", MSG_account_password_differs);
}

/* The current password is guessed no faster here than at the door. */
static enum err check_current(struct request *rq, struct str login, struct str current)
{
    struct person_id person;

    enum err e = sign_in_check(rq->db, login, current, rq->http->client, rq->now, &person);
    if (e == E_DENIED)
        form_error(rq, "current", MSG_account_password_wrong);
    else if (e == E_BUSY)
        form_error(rq, "current", MSG_account_sign_in_too_often);
    else
        return e;
    return OK;
}

static void change_password(struct request *rq)
{
    struct str current = form_secret(rq, "current", PASSWORD_MAX, FORM_REQUIRED);
    struct str password = form_secret(rq, "password", PASSWORD_MAX, FORM_REQUIRED);
    struct str again = form_secret(rq, "again", PASSWORD_MAX, FORM_REQUIRED);
    struct q_account_person person;

    if (rq_failed(rq, q_account_person(rq->db, rq->who->person, &person)))
        return;
    check_new_password(rq, person.login, password, again);
    if (form_ok(rq) && rq_failed(rq, check_current(rq, person.login, current)))
        return;
    if (!form_ok(rq)) {
        show_account(rq, 422);
        return;
    }
    struct str hash = password_hash(rq->arena, password);
    if (!rq_failed(rq, rq_write(rq, account_set_password(tx, hash))))
        rq_done(rq, MSG_account_password_changed, "/tai-khoan");
}

static void change_lang(struct request *rq)
{
    static const char *const words[] = {"vi", "en", NULL};
    struct str lang = form_choice(rq, "lang", words, FORM_REQUIRED);

    if (!form_ok(rq)) {
        show_account(rq, 422);
        return;
    }
    if (rq_failed(rq, rq_write(rq, account_set_lang(tx, lang_of_code(lang)))))
        return;
    rq_done(rq, MSG_account_saved, "/tai-khoan");
    give_lang(rq, lang);
}

static void end_sessions(struct request *rq)
{
    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else if (!rq_failed(rq, rq_write(rq, account_end_other_sessions(tx))))
        rq_done(rq, MSG_account_sessions_ended, "/tai-khoan");
}

const struct route account_routes[] = {
    GET("/dang-nhap", ACT_SIGN_IN, sign_in_page),
    POST("/dang-nhap", ACT_SIGN_IN, sign_in, .limits = {.is_slow = true}),
    POST("/dang-xuat", ACT_SIGN_IN, sign_out),
    GET("/tai-khoan", ACT_ACCOUNT, account_page),
    POST("/tai-khoan/mat-khau", ACT_ACCOUNT, change_password, .limits = {.is_slow = true}),
    POST("/tai-khoan/ngon-ngu", ACT_ACCOUNT, change_lang),
    POST("/tai-khoan/phien", ACT_ACCOUNT, end_sessions),
    {0},
};
