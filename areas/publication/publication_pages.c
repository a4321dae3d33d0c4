#include "access/access.h"
#include "org/org.h"
#include "publication/publication.h"
#include "publication/publication_views.h"
#include "publication/publication_render.h"
#include "site/site.h"
#include "text/text.h"
#include "web/form.h"

/* --- publications -------------------------------------------------------------------------------------------------- */

static void list_page(struct request *rq)
{
    struct v_publication_list view = {.may_administer = rq_may(rq, ACT_SYSTEM_MANAGE)};

    if (!rq_failed(rq, q_publication_list(rq->db, &view.publications)))
        rq_page(rq, 200, publication_list, &view);
}

static struct publication_id publication_in_path(struct request *rq)
{
    return (struct publication_id){rq_path_id(rq, "publication")};
}

static struct v_sections sections_where(struct request *rq, const struct q_section_list_rows *all, bool is_archived)
{
    struct q_section_list *rows = NEW_ARRAY(rq->arena, struct q_section_list, all->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < all->count; i++)
        if ((all->rows[i].archived_at != 0) == is_archived)
            rows[n++] = all->rows[i];
    return (struct v_sections){rows, n};
}

static void publication_page(struct request *rq)
{
    struct v_publication view = {.may_administer = rq_may(rq, ACT_SYSTEM_MANAGE)};
    struct q_section_list_rows sections;

    if (rq_failed(rq, q_publication_one(rq->db, publication_in_path(rq), &view.publication)) ||
        rq_failed(rq, q_section_list(rq->db, view.publication.id, &sections)))
        return;
    view.sections = sections_where(rq, &sections, false);
    view.archived = sections_where(rq, &sections, true);
    rq_page(rq, 200, publication, &view);
}

static void show_form(struct request *rq, int status, struct v_publication_form *view)
{
    static const struct choice formats[] = {{{"a4", 2}, {"A4", 2}}, {{"a5", 2}, {"A5", 2}}};

    view->formats = (struct choices){formats, countof(formats), S("a4")};
    view->action = view->back = S("/quan-tri/an-pham");
    if (view->id.v != 0) {
        view->formats.chosen = view->publication.page_format;
        view->unit = unit_label(rq->arena, view->publication.unit_id, view->publication.unit_name);
        view->back = str_format(rq->arena, "/quan-tri/an-pham/%lld", (long long)view->id.v);
        view->action = str_format(rq->arena, "/quan-tri/an-pham/%lld/sua", (long long)view->id.v);
    }
    rq_page(rq, status, publication_form, view);
}

static void add_page(struct request *rq)
{
    struct site_settings settings = site_settings(site_of(rq), rq->arena);
    struct v_publication_form view = {.publication = {.organisation = settings.organisation}};

    show_form(rq, 200, &view);
}

static void edit_page(struct request *rq)
{
    struct v_publication_form view = {.id = publication_in_path(rq)};

    if (!rq_failed(rq, q_publication_one(rq->db, view.id, &view.publication)))
        show_form(rq, 200, &view);
}

static struct publication_facts take_facts(struct request *rq, struct v_publication_form *view)
{
    static const char *const formats[] = {"a4", "a5", NULL};
    struct publication_facts facts = {
        .name = form_line(rq, "name", PUBLICATION_NAME_MAX, FORM_REQUIRED),
        .code = text_lower(rq->arena, form_line(rq, "code", PUBLICATION_CODE_MAX, FORM_REQUIRED)),
        .page_format = form_choice(rq, "page_format", formats, FORM_REQUIRED),
        .subtitle = form_line(rq, "subtitle", 200, FORM_OPTIONAL),
        .is_main = form_checked(rq, "is_main"),
        .organisation = form_line(rq, "organisation", 200, FORM_OPTIONAL),
        .unit = form_unit(rq, "unit", "unit_id", FORM_OPTIONAL, &view->units),
        .licence = form_line(rq, "licence", 200, FORM_OPTIONAL),
        .editor_name = form_line(rq, "editor_name", 120, FORM_OPTIONAL),
        .printer = form_line(rq, "printer", 200, FORM_OPTIONAL),
        .print_run = form_int(rq, "print_run", 0, 10000000, FORM_OPTIONAL),
        .address = form_line(rq, "address", 300, FORM_OPTIONAL),
    };

    if (facts.code.len > 0 && !publication_code_is_valid(facts.code))
        form_error(rq, "code", MSG_setup_code_invalid);
    return facts;
}

/* After the write: shows the form again, the failure, or goes on to the publication. */
static void finish(struct request *rq, enum err e, struct v_publication_form *view, enum msg notice, struct publication_id id)
{
    if (e == E_CONFLICT) {
        form_error(rq, "code", MSG_publication_code_taken);
        show_form(rq, 422, view);
    } else if (!rq_failed(rq, e)) {
        site_changed(rq);
        rq_done(rq, notice, "/quan-tri/an-pham/%lld", (long long)id.v);
    }
}

static void add(struct request *rq)
{
    struct v_publication_form view = {0};
    struct publication_facts facts = take_facts(rq, &view);
    struct publication_id id = {0};

    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    enum err e = rq_write(rq, publication_make(tx, &facts, &id));
    finish(rq, e, &view, MSG_publication_added, id);
}

static void change(struct request *rq)
{
    struct v_publication_form view = {.id = publication_in_path(rq)};
    struct publication_facts facts = take_facts(rq, &view);

    if (rq_failed(rq, q_publication_one(rq->db, view.id, &view.publication)))
        return;
    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    enum err e = rq_write(rq, publication_change(tx, view.id, &facts));
    finish(rq, e, &view, MSG_admin_saved, view.id);
}

static void set_archived(struct request *rq, bool is_archived)
{
    struct publication_id id = publication_in_path(rq);

    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (rq_failed(rq, rq_write(rq, publication_archive(tx, id, is_archived))))
        return;
    site_changed(rq);
    rq_done(rq, is_archived ? MSG_publication_archived_done : MSG_publication_restored_done, "/quan-tri/an-pham/%lld",
            (long long)id.v);
}

static void archive(struct request *rq)
{
    set_archived(rq, true);
}

static void restore(struct request *rq)
{
    set_archived(rq, false);
}

/* --- sections ------------------------------------------------------------------------------------------------------ */

/* By buttons one place up or down, by script the whole order. */
static void order(struct request *rq)
{
    struct publication_id id = publication_in_path(rq);
    int64_t *ids, up = form_id(rq, "up", FORM_OPTIONAL), down = form_id(rq, "down", FORM_OPTIONAL);
    size_t count = form_ids(rq, "order", &ids);
    struct section_id moved = {up != 0 ? up : down};

    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    enum err e = moved.v != 0 ? rq_write(rq, section_shift(tx, moved, up != 0 ? -1 : 1))
                              : rq_write(rq, section_order(tx, id, ids, count));
    if (rq_failed(rq, e))
        return;
    site_changed(rq);
    rq_redirect(rq, "/quan-tri/an-pham/%lld", (long long)id.v);
}

static void show_section_form(struct request *rq, int status, struct v_section_form *view)
{
    struct q_publication_one publication;

    if (rq_failed(rq, q_publication_one(rq->db, view->publication, &publication)))
        return;
    view->publication_name = publication.name;
    view->action = view->id.v != 0
                       ? str_format(rq->arena, "/quan-tri/chuyen-muc/%lld", (long long)view->id.v)
                       : str_format(rq->arena, "/quan-tri/an-pham/%lld/chuyen-muc", (long long)view->publication.v);
    rq_page(rq, status, section_form, view);
}

static void section_add_page(struct request *rq)
{
    show_section_form(rq, 200, &(struct v_section_form){.publication = publication_in_path(rq)});
}

static enum err load_section(struct request *rq, struct v_section_form *view)
{
    view->id = (struct section_id){rq_path_id(rq, "section")};
    TRY(q_section_one(rq->db, view->id, &view->section));
    view->publication = view->section.publication_id;
    return OK;
}

static void section_page(struct request *rq)
{
    struct v_section_form view = {0};

    if (!rq_failed(rq, load_section(rq, &view)))
        show_section_form(rq, 200, &view);
}

static void save_section(struct request *rq, struct v_section_form *view)
{
    struct str name = form_line(rq, "name", SECTION_NAME_MAX, FORM_REQUIRED);
    int64_t least = form_int(rq, "min_items", 0, 100, FORM_OPTIONAL), most = form_int(rq, "max_items", 0, 100, FORM_OPTIONAL);
    struct section_id id;

    if (most != 0 && least > most)
        form_error(rq, "max_items", MSG_publication_items_crossed);
    if (!form_ok(rq)) {
        show_section_form(rq, 422, view);
        return;
    }
    enum err e = view->id.v != 0 ? rq_write(rq, section_change(tx, view->id, name, least, most))
                                 : rq_write(rq, section_add(tx, view->publication, name, least, most, &id));
    if (rq_failed(rq, e))
        return;
    site_changed(rq);
    rq_done(rq, MSG_admin_saved, "/quan-tri/an-pham/%lld", (long long)view->publication.v);
}

static void add_section(struct request *rq)
{
    save_section(rq, &(struct v_section_form){.publication = publication_in_path(rq)});
}

static void change_section(struct request *rq)
{
    struct v_section_form view = {0};

    if (!rq_failed(rq, load_section(rq, &view)))
        save_section(rq, &view);
}

static void set_section_archived(struct request *rq, bool is_archived)
{
    struct v_section_form view = {0};

    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    if (rq_failed(rq, load_section(rq, &view)) || rq_failed(rq, rq_write(rq, section_archive(tx, view.id, is_archived))))
        return;
    site_changed(rq);
    rq_done(rq, is_archived ? MSG_publication_section_archived : MSG_publication_section_restored, "/quan-tri/an-pham/%lld",
            (long long)view.publication.v);
}

static void archive_section(struct request *rq)
{
    set_section_archived(rq, true);
}

static void restore_section(struct request *rq)
{
    set_section_archived(rq, false);
}

const struct route publication_routes[] = {
    GET("/quan-tri/an-pham", ACT_PUBLICATION_MANAGE, list_page),
    POST("/quan-tri/an-pham", ACT_PUBLICATION_MANAGE, add),
    GET("/quan-tri/an-pham/moi", ACT_PUBLICATION_MANAGE, add_page),
    GET("/quan-tri/an-pham/:publication", ACT_PUBLICATION_MANAGE, publication_page),
    GET("/quan-tri/an-pham/:publication/sua", ACT_PUBLICATION_MANAGE, edit_page),
    POST("/quan-tri/an-pham/:publication/sua", ACT_PUBLICATION_MANAGE, change),
    POST("/quan-tri/an-pham/:publication/cat", ACT_PUBLICATION_MANAGE, archive),
    POST("/quan-tri/an-pham/:publication/mo", ACT_PUBLICATION_MANAGE, restore),
    POST("/quan-tri/an-pham/:publication/thu-tu", ACT_PUBLICATION_MANAGE, order),
    GET("/quan-tri/an-pham/:publication/chuyen-muc", ACT_PUBLICATION_MANAGE, section_add_page),
    POST("/quan-tri/an-pham/:publication/chuyen-muc", ACT_PUBLICATION_MANAGE, add_section),
    GET("/quan-tri/chuyen-muc/:section", ACT_PUBLICATION_MANAGE, section_page),
    POST("/quan-tri/chuyen-muc/:section", ACT_PUBLICATION_MANAGE, change_section),
    POST("/quan-tri/chuyen-muc/:section/cat", ACT_PUBLICATION_MANAGE, archive_section),
    POST("/quan-tri/chuyen-muc/:section/mo", ACT_PUBLICATION_MANAGE, restore_section),
    {0},
};
