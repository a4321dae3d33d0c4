#include "access/access.h"
#include "html/html.h"
#include "org/org.h"
#include "org/org_views.h"
#include "org/org_render.h"
#include "site/site.h"
#include "text/text.h"
#include "web/form.h"

enum { DAY = 24 * 3600 };

/* --- the tree ------------------------------------------------------------------------------------------------------ */

static void tree_page(struct request *rq)
{
    struct v_org_tree view = {.q = rq_query(rq, "q"), .now = rq->now};
    struct q_units_count count;

    if (rq_failed(rq, q_units_count(rq->db, &count)) || rq_failed(rq, q_unit_roots(rq->db, &view.roots)))
        return;
    view.count = count.units;
    if (view.roots.count == 1 && rq_failed(rq, q_unit_children(rq->db, view.roots.rows[0].id, &view.children)))
        return;
    if (view.q.len > 0 && rq_failed(rq, q_unit_search(rq->db, text_fold(rq->arena, view.q), &view.found)))
        return;
    rq_page(rq, 200, org_tree, &view);
}

static struct unit_id unit_in_path(struct request *rq)
{
    return (struct unit_id){rq_path_id(rq, "unit")};
}

static void unit_page(struct request *rq)
{
    struct v_org_unit view = {.now = rq->now};

    if (rq_failed(rq, q_unit_one(rq->db, unit_in_path(rq), &view.unit)) ||
        rq_failed(rq, q_unit_above(rq->db, view.unit.path, &view.above)) ||
        rq_failed(rq, q_unit_children(rq->db, view.unit.id, &view.children)))
        return;
    view.has_ended = view.unit.valid_to != 0 && view.unit.valid_to <= rq->now;
    rq_page(rq, 200, org_unit, &view);
}

/* --- adding and changing ------------------------------------------------------------------------------------------- */

static struct str day_of(struct request *rq, int64_t when)
{
    struct html_out out = html_out_in(rq->arena, rq->lang);

    return when != 0 ? html_filter_iso_date(&out, when) : S("");
}

static void show_form(struct request *rq, int status, struct v_org_form *view)
{
    if (view->id.v != 0) {
        view->action = str_format(rq->arena, "/quan-tri/don-vi/%lld/sua", (long long)view->id.v);
        view->back = str_format(rq->arena, "/quan-tri/don-vi/%lld", (long long)view->id.v);
    } else {
        view->action = view->back = S("/quan-tri/don-vi");
    }
    rq_page(rq, status, org_form, view);
}

static void add_page(struct request *rq)
{
    struct v_org_form view = {0};
    struct q_unit_one parent;
    struct unit_id below = {rq_query_int(rq, "duoi", 0)};

    if (below.v > 0 && q_unit_one(rq->db, below, &parent) == OK)
        view.parent = unit_label(rq->arena, parent.id, parent.name);
    show_form(rq, 200, &view);
}

static void edit_page(struct request *rq)
{
    struct v_org_form view = {.id = unit_in_path(rq)};

    if (rq_failed(rq, q_unit_one(rq->db, view.id, &view.unit)))
        return;
    view.from = day_of(rq, view.unit.valid_from);
    view.to = day_of(rq, view.unit.valid_to != 0 ? view.unit.valid_to - 1 : 0);
    show_form(rq, 200, &view);
}

static struct unit_facts take_facts(struct request *rq)
{
    struct unit_facts facts = {
        .name = form_line(rq, "name", UNIT_NAME_MAX, FORM_REQUIRED),
        .kind = form_line(rq, "kind", UNIT_KIND_MAX, FORM_REQUIRED),
        .code = form_line(rq, "code", UNIT_CODE_MAX, FORM_OPTIONAL),
        .valid_from = form_day(rq, "from", FORM_OPTIONAL),
        .valid_to = form_day(rq, "to", FORM_OPTIONAL),
    };

    if (facts.valid_to != 0)
        facts.valid_to += DAY; /* its last day counts */
    if (facts.valid_from != 0 && facts.valid_to != 0 && facts.valid_from >= facts.valid_to)
        form_error(rq, "to", MSG_org_days_crossed);
    return facts;
}

/* True when the answer has been given. */
static bool refused(struct request *rq, enum err e, struct v_org_form *view)
{
    if (e == E_CONFLICT) {
        form_error(rq, "code", MSG_org_code_taken);
        show_form(rq, 422, view);
        return true;
    }
    return rq_failed(rq, e);
}

static void add(struct request *rq)
{
    struct v_org_form view = {0};
    struct unit_facts facts = take_facts(rq);
    struct unit_id parent = form_unit(rq, "parent", "parent_id", FORM_OPTIONAL, &view.parents), id;

    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    if (!refused(rq, rq_write(rq, unit_add(tx, parent, &facts, &id)), &view))
        rq_done(rq, MSG_org_added, "/quan-tri/don-vi/%lld", (long long)id.v);
}

static void change(struct request *rq)
{
    struct v_org_form view = {.id = unit_in_path(rq)};
    struct unit_facts facts = take_facts(rq);

    if (rq_failed(rq, q_unit_one(rq->db, view.id, &view.unit)))
        return;
    if (!form_ok(rq)) {
        show_form(rq, 422, &view);
        return;
    }
    if (!refused(rq, rq_write(rq, unit_change(tx, view.id, &facts)), &view))
        rq_done(rq, MSG_admin_saved, "/quan-tri/don-vi/%lld", (long long)view.id.v);
}

/* --- moving, merging, ending --------------------------------------------------------------------------------------- */

static void show_target(struct request *rq, int status, bool is_merge, const struct choices *found)
{
    struct v_org_target view = {.is_merge = is_merge, .found = *found};

    if (!rq_failed(rq, q_unit_one(rq->db, unit_in_path(rq), &view.unit)))
        rq_page(rq, status, org_target, &view);
}

static void move_page(struct request *rq)
{
    show_target(rq, 200, false, &(struct choices){0});
}

static void merge_page(struct request *rq)
{
    show_target(rq, 200, true, &(struct choices){0});
}

static void to_target(struct request *rq, bool is_merge)
{
    struct choices found = {0};
    struct unit_id id = unit_in_path(rq), target = form_unit(rq, "target", "target_id", FORM_REQUIRED, &found);

    if (!form_ok(rq)) {
        show_target(rq, 422, is_merge, &found);
        return;
    }
    enum err e = is_merge ? rq_write(rq, unit_merge(tx, id, target)) : rq_write(rq, unit_move(tx, id, target));
    if (e == E_INVALID) {
        form_error(rq, "target", MSG_org_target_invalid);
        show_target(rq, 422, is_merge, &found);
    } else if (!rq_failed(rq, e)) {
        site_changed(rq);
        rq_done(rq, is_merge ? MSG_org_merged_done : MSG_org_moved_done, "/quan-tri/don-vi/%lld", (long long)id.v);
    }
}

static void move(struct request *rq)
{
    to_target(rq, false);
}

static void merge(struct request *rq)
{
    to_target(rq, true);
}

static void end(struct request *rq)
{
    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    enum err e = rq_write(rq, unit_end(tx, unit_in_path(rq), tx->now));
    if (e == E_CONFLICT)
        rq_fail_with(rq, 409, MSG_org_end_refused_title, MSG_org_end_refused_advice);
    else if (!rq_failed(rq, e))
        rq_done(rq, MSG_org_ended_done, "/quan-tri/don-vi/%lld", (long long)unit_in_path(rq).v);
}

static void resume(struct request *rq)
{
    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else if (!rq_failed(rq, rq_write(rq, unit_resume(tx, unit_in_path(rq)))))
        rq_done(rq, MSG_org_resumed_done, "/quan-tri/don-vi/%lld", (long long)unit_in_path(rq).v);
}

const struct route org_routes[] = {
    GET("/quan-tri/don-vi", ACT_PEOPLE_MANAGE, tree_page),
    POST("/quan-tri/don-vi", ACT_PEOPLE_MANAGE, add),
    GET("/quan-tri/don-vi/moi", ACT_PEOPLE_MANAGE, add_page),
    GET("/quan-tri/don-vi/:unit", ACT_PEOPLE_MANAGE, unit_page),
    GET("/quan-tri/don-vi/:unit/sua", ACT_PEOPLE_MANAGE, edit_page),
    POST("/quan-tri/don-vi/:unit/sua", ACT_PEOPLE_MANAGE, change),
    GET("/quan-tri/don-vi/:unit/chuyen", ACT_PEOPLE_MANAGE, move_page),
    POST("/quan-tri/don-vi/:unit/chuyen", ACT_PEOPLE_MANAGE, move),
    GET("/quan-tri/don-vi/:unit/gop", ACT_PEOPLE_MANAGE, merge_page),
    POST("/quan-tri/don-vi/:unit/gop", ACT_PEOPLE_MANAGE, merge),
    POST("/quan-tri/don-vi/:unit/ket-thuc", ACT_PEOPLE_MANAGE, end),
    POST("/quan-tri/don-vi/:unit/mo-lai", ACT_PEOPLE_MANAGE, resume),
    {0},
};
