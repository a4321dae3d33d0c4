#include "access/access.h"
#include "account/account.h"
#include "account/account_views.h"
#include "account/account_render.h"
#include "auth/password.h"
#include "person/person.h"
#include "web/form.h"

/* The link an administrator hands over: one sets one's own password and is in. */

static void show_form(struct request *rq, int status, struct person_id id)
{
    struct v_invitation view = {.token = rq_path(rq, "token")};

    if (!rq_failed(rq, q_account_person(rq->db, id, &view.person)))
        rq_page(rq, status, invitation, &view);
}

static bool find(struct request *rq, struct person_id *id)
{
    enum err e = person_of_invitation(rq->db, rq_path(rq, "token"), rq->now, id);

    if (e == E_NOT_FOUND)
        rq_fail_with(rq, 410, MSG_account_link_gone_title, MSG_account_link_gone_advice);
    else if (e != OK)
        rq_fail(rq, e);
    return e == OK;
}

static void invitation_page(struct request *rq)
{
    struct person_id id;

    if (find(rq, &id))
        show_form(rq, 200, id);
}

static enum err take(struct tx *tx, struct str token, struct str hash, struct str *session)
{
    struct person_id id;

    TRY(person_take_invitation(tx, token, hash, &id));
    return account_enter(tx, id, session);
}

static void take_invitation(struct request *rq)
{
    struct str password = form_secret(rq, "password", PASSWORD_MAX, FORM_REQUIRED);
    struct str again = form_secret(rq, "again", PASSWORD_MAX, FORM_REQUIRED);
    struct str token = rq_path(rq, "token"), session;
    struct person_id id;

    if (!find(rq, &id))
        return;
    enum msg fault = password.len > 0 ? password_fault(rq->arena, password, STR_NONE) : MSG_NONE;
    if (fault != MSG_NONE)
        form_error(rq, "password", fault);
    if (!str_equal(password, again))
        form_error(rq, "again", MSG_account_password_differs);
    if (!form_ok(rq)) {
        show_form(rq, 422, id);
        return;
    }
    struct str hash = password_hash(rq->arena, password);
    if (rq_failed(rq, rq_write(rq, take(tx, token, hash, &session))))
        return;
    rq_done(rq, MSG_account_password_set, "/tai-khoan");
    account_give_cookie(rq, session);
}

const struct route invitation_routes[] = {
    GET("/mat-khau/:token", ACT_SIGN_IN, invitation_page),
    POST("/mat-khau/:token", ACT_SIGN_IN, take_invitation, .limits = {.is_slow = true}),
    {0},
};
