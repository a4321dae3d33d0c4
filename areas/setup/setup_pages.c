#include "access/access.h"
#include "account/account.h"
#include "auth/password.h"
#include "setup/setup.h"
#include "setup/setup_views.h"
#include "setup/setup_render.h"
#include "site/site.h"
#include "text/text.h"
#include "web/form.h"

static struct str suggested_sections(struct arena *a)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; default_sections[i] != NULL; i++)
        buf_add_format(&b, "%s\n", default_sections[i]);
    return buf_str(&b);
}

static void show_form(struct request *rq, int status)
{
    static const struct choice formats[] = {{{"a4", 2}, {"A4 (210 × 297 mm)", 18}}, {{"a5", 2}, {"A5 (148 × 210 mm)", 18}}};
    struct v_setup view = {
        .token = rq_path(rq, "token"),
        .sections = suggested_sections(rq->arena),
        .formats = {formats, countof(formats), S("a4")},
    };

    rq_page(rq, status, setup, &view);
}

static void show_gone(struct request *rq)
{
    struct v_setup_gone view = {.is_done = !setup_is_needed(rq->db)};

    rq_page(rq, 410, setup_gone, &view);
}

static void setup_page(struct request *rq)
{
    enum err e = setup_link_works(rq->db, rq_path(rq, "token"), rq->now);

    if (e == E_NOT_FOUND)
        show_gone(rq);
    else if (!rq_failed(rq, e))
        show_form(rq, 200);
}

/* One a line; empty lines do not count. */
static void take_sections(struct request *rq, struct setup_facts *facts)
{
    struct str text = form_text(rq, "sections", 4000, FORM_OPTIONAL), line;
    struct str *list = NEW_ARRAY(rq->arena, struct str, SECTIONS_MAX);

    while (text.len > 0) {
        text = str_cut(text, '\n', &line);
        line = str_trim(line);
        if (line.len > SECTION_NAME_MAX * 4 || facts->section_count == SECTIONS_MAX)
            form_error(rq, "sections", MSG_form_too_long);
        else if (line.len > 0)
            list[facts->section_count++] = line;
    }
    facts->sections = list;
}

static void take_publication(struct request *rq, struct setup_facts *facts)
{
    static const char *const formats[] = {"a4", "a5", NULL};

    facts->publication.name = form_line(rq, "publication", PUBLICATION_NAME_MAX, FORM_REQUIRED);
    facts->publication.code = text_lower(rq->arena, form_line(rq, "code", PUBLICATION_CODE_MAX, FORM_REQUIRED));
    facts->publication.page_format = form_choice(rq, "page_format", formats, FORM_REQUIRED);
    if (facts->publication.code.len > 0 && !publication_code_is_valid(facts->publication.code))
        form_error(rq, "code", MSG_setup_code_invalid);
    take_sections(rq, facts);
}

static struct str take_person(struct request *rq, struct setup_facts *facts)
{
    struct str password, again;

    facts->person.full_name = form_line(rq, "full_name", PERSON_NAME_MAX, FORM_REQUIRED);
    facts->person.login = text_lower(rq->arena, form_line(rq, "login", PERSON_LOGIN_MAX, FORM_REQUIRED));
    facts->person.lang = lang_code(rq->lang);
    password = form_secret(rq, "password", PASSWORD_MAX, FORM_REQUIRED);
    again = form_secret(rq, "again", PASSWORD_MAX, FORM_REQUIRED);
    if (facts->person.login.len > 0 && !login_is_valid(facts->person.login))
        form_error(rq, "login", MSG_setup_login_invalid);
    enum msg fault = password.len > 0 ? password_fault(rq->arena, password, facts->person.login) : MSG_NONE;
    if (fault != MSG_NONE)
        form_error(rq, "password", fault);
    if (!str_equal(password, again))
        form_error(rq, "again", MSG_account_password_differs);
    return password;
}

static void set_up(struct request *rq)
{
    struct setup_facts facts = {0};
    struct str token = rq_path(rq, "token"), session, password;

    if (setup_link_works(rq->db, token, rq->now) != OK) {
        show_gone(rq);
        return;
    }
    facts.organisation = form_line(rq, "organisation", 200, FORM_REQUIRED);
    facts.unit.name = form_line(rq, "unit", UNIT_NAME_MAX, FORM_REQUIRED);
    facts.unit.kind = form_line(rq, "unit_kind", UNIT_KIND_MAX, FORM_REQUIRED);
    password = take_person(rq, &facts);
    take_publication(rq, &facts);
    if (!form_ok(rq)) {
        show_form(rq, 422);
        return;
    }
    facts.password_hash = password_hash(rq->arena, password);
    enum err e = WRITE(rq->database, rq->arena, &the_program_itself, setup_run(tx, token, &facts, &session));
    if (e == E_NOT_FOUND) {
        show_gone(rq);
        return;
    }
    if (rq_failed(rq, e))
        return;
    site_changed(rq);
    rq_done(rq, MSG_setup_done, "/quan-tri");
    account_give_cookie(rq, session);
}

void setup_welcome(struct request *rq)
{
    struct v_setup_welcome view = {.is_needed = setup_is_needed(rq->db)};

    rq_page(rq, 200, setup_welcome, &view);
}

const struct route setup_routes[] = {
    GET("/thiet-lap/:token", ACT_SIGN_IN, setup_page),
    POST("/thiet-lap/:token", ACT_SIGN_IN, set_up, .limits = {.is_slow = true}),
    {0},
};
