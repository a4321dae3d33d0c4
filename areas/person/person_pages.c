#include "access/access.h"
#include "access/role_name.h"
#include "auth/password.h"
#include "org/org.h"
#include "person/person.h"
#include "person/person_views.h"
#include "person/person_render.h"
#include "text/text.h"
#include "web/form.h"
#include "web/web.h"

enum { LIST_PAGE = 50, DAY = 24 * 3600 };

/* --- the list ------------------------------------------------------------------------------------------------------ */

static struct str roles_text(struct request *rq, const struct q_people_list_roles_rows *all, struct person_id id)
{
    struct buf b = buf_in(rq->arena);

    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].person_id.v == id.v)
            buf_add_format(&b, "%s%.*s (%.*s)", b.len > 0 ? "; " : "", STR_ARG(role_name(rq->lang, all->rows[i].role)),
                           STR_ARG(all->rows[i].unit_name));
    return buf_str(&b);
}

static struct v_person_rows rows_of(struct request *rq, const struct q_people_list_rows *people,
                                    const struct q_people_list_roles_rows *roles)
{
    struct person_row *rows = NEW_ARRAY(rq->arena, struct person_row, people->count + 1);

    for (size_t i = 0; i < people->count; i++) {
        const struct q_people_list *p = &people->rows[i];
        rows[i] = (struct person_row){p->id, p->full_name, p->login, roles_text(rq, roles, p->id), p->has_password};
    }
    return (struct v_person_rows){rows, people->count};
}

static struct str list_address(struct request *rq, const struct v_person_list *view, int64_t page)
{
    struct html_out q = html_out_in(rq->arena, rq->lang);

    html_url_part(&q, view->q);
    return str_format(rq->arena, "/quan-tri/nguoi?q=%.*s%s&trang=%lld", STR_ARG(html_done(&q).s),
                      view->is_disabled ? "&ngung=1" : "", (long long)page);
}

static void list_page(struct request *rq)
{
    struct v_person_list view = {.q = rq_query(rq, "q"), .is_disabled = rq_query(rq, "ngung").len > 0};
    struct str fold = view.q.len > 0 ? text_fold(rq->arena, view.q) : S(""); /* none would be NULL */
    int64_t page = rq_query_int(rq, "trang", 1), skip = page > 1 && page < 100000 ? (page - 1) * LIST_PAGE : 0;
    struct q_people_list_rows people;
    struct q_people_list_roles_rows roles;
    struct q_people_found found;

    if (rq_failed(rq, q_people_found(rq->db, fold, view.is_disabled, &found)) ||
        rq_failed(rq, q_people_list(rq->db, fold, view.is_disabled, LIST_PAGE, skip, &people)) ||
        rq_failed(rq, q_people_list_roles(rq->db, fold, view.is_disabled, LIST_PAGE, skip, rq->now, &roles)))
        return;
    view.people = rows_of(rq, &people, &roles);
    view.found = found.people;
    view.first = skip + 1;
    view.last = skip + (int64_t)people.count;
    if (skip > 0)
        view.earlier = list_address(rq, &view, page - 1);
    if (view.last < view.found)
        view.later = list_address(rq, &view, skip / LIST_PAGE + 2);
    rq_page(rq, 200, person_list, &view);
}

/* --- one person ---------------------------------------------------------------------------------------------------- */

static struct person_id person_in_path(struct request *rq)
{
    return (struct person_id){rq_path_id(rq, "person")};
}

static struct str day_of(struct request *rq, int64_t when)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    return when != 0 ? html_filter_date(&out, when) : S("");
}

static struct v_person_roles person_roles(struct request *rq, const struct q_person_roles_rows *all)
{
    struct person_role *rows = NEW_ARRAY(rq->arena, struct person_role, all->count + 1);

    for (size_t i = 0; i < all->count; i++) {
        const struct q_person_roles *m = &all->rows[i];
        rows[i] = (struct person_role){
            .id = m->id, .unit_id = m->unit_id, .role = role_name(rq->lang, m->role), .unit = m->unit_name,
            .from = day_of(rq, m->valid_from), .to = day_of(rq, m->valid_to != 0 ? m->valid_to - 1 : 0),
            .has_ended = m->valid_to != 0 && m->valid_to <= rq->now,
        };
    }
    return (struct v_person_roles){rows, all->count};
}

static void show_person(struct request *rq, struct str link)
{
    struct v_person view = {.link = link, .is_oneself = person_in_path(rq).v == rq->who->person.v};
    struct q_person_roles_rows roles;

    if (rq_failed(rq, q_person_one(rq->db, person_in_path(rq), &view.person)) ||
        rq_failed(rq, q_person_roles(rq->db, view.person.id, &roles)))
        return;
    view.roles = person_roles(rq, &roles);
    rq_page(rq, 200, person, &view);
}

static void person_page(struct request *rq)
{
    show_person(rq, STR_NONE);
}

/* --- adding and changing ------------------------------------------------------------------------------------------- */

static struct choices role_choices(struct request *rq, struct str chosen)
{
    struct choice *rows = NEW_ARRAY(rq->arena, struct choice, 8);
    size_t n = 0;

    for (; role_codes[n] != NULL; n++)
        rows[n] = (struct choice){str_of(role_codes[n]), role_name(rq->lang, str_of(role_codes[n]))};
    return (struct choices){rows, n, chosen};
}

static void show_form(struct request *rq, int status, struct v_person_form *view)
{
    static const struct choice langs[] = {{{"vi", 2}, {"Tiếng Việt", sizeof "Tiếng Việt" - 1}}, {{"en", 2}, {"English", 7}}};

    view->langs = (struct choices){langs, countof(langs), view->person.lang.len > 0 ? view->person.lang : S("vi")};
    view->roles = role_choices(rq, S("reader"));
    view->back = view->action = S("/quan-tri/nguoi");
    if (view->id.v != 0) {
        view->back = str_format(rq->arena, "/quan-tri/nguoi/%lld", (long long)view->id.v);
        view->action = str_format(rq->arena, "/quan-tri/nguoi/%lld/sua", (long long)view->id.v);
    }
    rq_page(rq, status, person_form, view);
}

static enum err root_label(struct request *rq, struct str *label)
{
    struct q_unit_roots_rows roots;

    TRY(q_unit_roots(rq->db, &roots));
    *label = roots.count > 0 ? unit_label(rq->arena, roots.rows[0].id, roots.rows[0].name) : S("");
    return OK;
}

static void add_page(struct request *rq)
{
    struct v_person_form view = {0};

    if (!rq_failed(rq, root_label(rq, &view.unit)))
        show_form(rq, 200, &view);
}

static void edit_page(struct request *rq)
{
    struct v_person_form view = {.id = person_in_path(rq)};

    if (!rq_failed(rq, q_person_one(rq->db, view.id, &view.person)))
        show_form(rq, 200, &view);
}

static struct person_facts take_facts(struct request *rq)
{
    static const char *const langs[] = {"vi", "en", NULL};
    struct person_facts facts = {
        .full_name = form_line(rq, "full_name", PERSON_NAME_MAX, FORM_REQUIRED),
        .login = text_lower(rq->arena, form_line(rq, "login", PERSON_LOGIN_MAX, FORM_REQUIRED)),
        .email = form_line(rq, "email", 200, FORM_OPTIONAL),
        .lang = form_choice(rq, "lang", langs, FORM_REQUIRED),
    };

    if (facts.login.len > 0 && !login_is_valid(facts.login))
        form_error(rq, "login", MSG_setup_login_invalid);
    return facts;
}

/* True when the answer has been given. */
static bool refused(struct request *rq, enum err e, struct v_person_form *view)
{
    if (e != E_CONFLICT)
        return rq_failed(rq, e);
    form_error(rq, "login", MSG_person_login_taken);
    show_form(rq, 422, view);
    return true;
}

static enum err add_with_role(struct tx *tx, const struct person_facts *facts, struct str role, struct unit_id unit,
                              struct person_id *id)
{
    TRY(person_add(tx, facts, STR_NONE, id));
    return person_grant(tx, *id, unit, role, 0, 0);
}

static void add(struct request *rq)
{
    struct v_person_form view = {0};
    struct person_facts facts = take_facts(rq);
    struct str role = form_choice(rq, "role", role_codes, FORM_REQUIRED);
    struct unit_id unit = form_unit(rq, "unit", "unit_id", FORM_REQUIRED, &view.units);
    struct person_id id;

    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    if (!refused(rq, rq_write(rq, add_with_role(tx, &facts, role, unit, &id)), &view))
        rq_done(rq, MSG_person_added, "/quan-tri/nguoi/%lld", (long long)id.v);
}

static void change(struct request *rq)
{
    struct v_person_form view = {.id = person_in_path(rq)};
    struct person_facts facts = take_facts(rq);

    facts.family = form_line(rq, "family", 60, FORM_OPTIONAL);
    facts.middle = form_line(rq, "middle", 60, FORM_OPTIONAL);
    facts.given = form_line(rq, "given", 60, FORM_OPTIONAL);
    if (rq_failed(rq, q_person_one(rq->db, view.id, &view.person)))
        return;
    /* A new name whose parts were left as they were is split again. */
    if (!str_equal(facts.full_name, view.person.full_name) && str_equal(facts.given, view.person.given_name) &&
        str_equal(facts.family, view.person.family_name) && str_equal(facts.middle, view.person.middle_name))
        facts.family = facts.middle = facts.given = STR_NONE;
    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    if (!refused(rq, rq_write(rq, person_change(tx, view.id, &facts)), &view))
        rq_done(rq, MSG_admin_saved, "/quan-tri/nguoi/%lld", (long long)view.id.v);
}

/* --- roles --------------------------------------------------------------------------------------------------------- */

static void show_role_form(struct request *rq, int status, struct v_person_role_form *view)
{
    view->roles = role_choices(rq, S("reader"));
    if (!rq_failed(rq, q_person_one(rq->db, person_in_path(rq), &view->person)) && !rq_failed(rq, root_label(rq, &view->unit)))
        rq_page(rq, status, person_role_form, view);
}

static void role_page(struct request *rq)
{
    show_role_form(rq, 200, &(struct v_person_role_form){0});
}

static void grant(struct request *rq)
{
    struct v_person_role_form view = {0};
    struct person_id id = person_in_path(rq);
    struct str role = form_choice(rq, "role", role_codes, FORM_REQUIRED);
    struct unit_id unit = form_unit(rq, "unit", "unit_id", FORM_REQUIRED, &view.units);
    int64_t from = form_day(rq, "from", FORM_OPTIONAL), to = form_day(rq, "to", FORM_OPTIONAL);

    if (to != 0)
        to += DAY; /* the last day counts */
    if (from != 0 && to != 0 && from >= to)
        form_error(rq, "to", MSG_org_days_crossed);
    if (!form_ok(rq))
        show_role_form(rq, 422, &view);
    else if (!rq_failed(rq, rq_write(rq, person_grant(tx, id, unit, role, from, to))))
        rq_done(rq, MSG_person_granted, "/quan-tri/nguoi/%lld", (long long)id.v);
}

/* After a verb that may leave nobody to administer. */
static void done_or_last(struct request *rq, enum err e, enum msg notice)
{
    if (e == E_INVALID)
        rq_fail_with(rq, 409, MSG_person_last_admin_title, MSG_person_last_admin_advice);
    else if (!rq_failed(rq, e))
        rq_done(rq, notice, "/quan-tri/nguoi/%lld", (long long)person_in_path(rq).v);
}

static void revoke(struct request *rq)
{
    struct membership_id membership = {rq_path_id(rq, "membership")};

    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else
        done_or_last(rq, rq_write(rq, person_revoke(tx, person_in_path(rq), membership)), MSG_person_revoked);
}

/* --- passwords, in and out ----------------------------------------------------------------------------------------- */

static void make_link(struct request *rq)
{
    struct str token, base = web_base_url(rq->web);

    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else if (!rq_failed(rq, rq_write(rq, person_invite(tx, person_in_path(rq), &token))))
        show_person(rq, str_format(rq->arena, "%.*s/mat-khau/%.*s", STR_ARG(base), STR_ARG(token)));
}

static void show_password_form(struct request *rq, int status)
{
    struct v_person_password view = {0};

    if (!rq_failed(rq, q_person_one(rq->db, person_in_path(rq), &view.person)))
        rq_page(rq, status, person_password, &view);
}

static void password_page(struct request *rq)
{
    show_password_form(rq, 200);
}

static void set_password(struct request *rq)
{
    struct str password = form_secret(rq, "password", PASSWORD_MAX, FORM_REQUIRED);
    struct q_person_one person;

    if (rq_failed(rq, q_person_one(rq->db, person_in_path(rq), &person)))
        return;
    enum msg fault = password.len > 0 ? password_fault(rq->arena, password, person.login) : MSG_NONE;
    if (fault != MSG_NONE)
        form_error(rq, "password", fault);
    if (!form_ok(rq)) {
        show_password_form(rq, 422);
        return;
    }
    struct str hash = password_hash(rq->arena, password);
    if (!rq_failed(rq, rq_write(rq, person_reset_password(tx, person.id, hash))))
        rq_done(rq, MSG_person_password_done, "/quan-tri/nguoi/%lld", (long long)person.id.v);
}

static void disable(struct request *rq)
{
    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else
        done_or_last(rq, rq_write(rq, person_disable(tx, person_in_path(rq))), MSG_person_disabled_done);
}

static void enable(struct request *rq)
{
    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else
        done_or_last(rq, rq_write(rq, person_enable(tx, person_in_path(rq))), MSG_person_enabled_done);
}

const struct route person_routes[] = {
    GET("/quan-tri/nguoi", ACT_PEOPLE_MANAGE, list_page),
    POST("/quan-tri/nguoi", ACT_PEOPLE_MANAGE, add),
    GET("/quan-tri/nguoi/moi", ACT_PEOPLE_MANAGE, add_page),
    GET("/quan-tri/nguoi/:person", ACT_PEOPLE_MANAGE, person_page),
    GET("/quan-tri/nguoi/:person/sua", ACT_PEOPLE_MANAGE, edit_page),
    POST("/quan-tri/nguoi/:person/sua", ACT_PEOPLE_MANAGE, change),
    GET("/quan-tri/nguoi/:person/vai-tro", ACT_PEOPLE_MANAGE, role_page),
    POST("/quan-tri/nguoi/:person/vai-tro", ACT_PEOPLE_MANAGE, grant),
    POST("/quan-tri/nguoi/:person/vai-tro/:membership/thoi", ACT_PEOPLE_MANAGE, revoke),
    POST("/quan-tri/nguoi/:person/lien-ket", ACT_PEOPLE_MANAGE, make_link),
    GET("/quan-tri/nguoi/:person/mat-khau", ACT_PEOPLE_MANAGE, password_page),
    POST("/quan-tri/nguoi/:person/mat-khau", ACT_PEOPLE_MANAGE, set_password),
    POST("/quan-tri/nguoi/:person/ngung", ACT_PEOPLE_MANAGE, disable),
    POST("/quan-tri/nguoi/:person/mo-lai", ACT_PEOPLE_MANAGE, enable),
    {0},
};
