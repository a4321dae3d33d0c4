#include "org/org.h"
#include "web/form.h"

static struct choices choices_of(struct request *rq, const struct q_units_named_rows *found)
{
    struct choice *rows = NEW_ARRAY(rq->arena, struct choice, found->count + 1);

    for (size_t i = 0; i < found->count; i++) {
        const struct q_units_named *u = &found->rows[i];
        rows[i].value = str_format(rq->arena, "%lld", (long long)u->id.v);
        rows[i].label = u->parent_name.len > 0
                            ? str_format(rq->arena, "%.*s, %.*s", STR_ARG(u->name), STR_ARG(u->parent_name))
                            : u->name;
    }
    return (struct choices){rows, found->count, STR_NONE};
}

struct unit_id form_unit(struct request *rq, const char *name, const char *id_name, int required, struct choices *found)
{
    struct str text = form_line(rq, name, UNIT_NAME_MAX + 30, required);
    struct unit_id picked = {form_id(rq, id_name, FORM_OPTIONAL)};
    struct q_units_named_rows units;

    if (picked.v != 0 || text.len == 0)
        return picked;
    if (unit_find(rq->db, text, rq->now, &units) != OK || units.count == 0)
        form_error(rq, name, MSG_org_unit_unknown);
    else if (units.count == 1)
        return units.rows[0].id;
    else {
        form_error(rq, name, MSG_org_unit_which);
        *found = choices_of(rq, &units);
    }
    return (struct unit_id){0};
}
