#include "org/org.h"
#include "access/access.h"
#include "auth/audit.h"
#include "text/text.h"

static enum err may(struct tx *tx)
{
    return permission_check(tx->who, ACT_PEOPLE_MANAGE, false);
}

/* Keys hold any bytes, the database only text. */
static struct str sort_text(struct arena *a, struct str name)
{
    struct str key = text_sort_key(a, name);

    return str_hex(a, key.ptr, key.len);
}

static struct str or_none(struct str s)
{
    return s.len > 0 ? s : STR_NONE;
}

static bool has_ended(const struct q_unit_one *unit, int64_t now)
{
    return unit->valid_to != 0 && unit->valid_to <= now;
}

/* Where the paths of a subtree end: '0' follows '/'. */
static struct str path_end(struct arena *a, struct str path)
{
    return str_format(a, "%.*s0", (int)path.len - 1, path.ptr);
}

/* --- adding and changing ------------------------------------------------------------------------------------------- */

static bool facts_hold(const struct unit_facts *facts)
{
    return facts->name.len > 0 && facts->kind.len > 0 &&
           (facts->valid_from == 0 || facts->valid_to == 0 || facts->valid_from < facts->valid_to);
}

static enum err parent_path(struct tx *tx, struct unit_id parent, struct str *path)
{
    struct q_unit_one unit;

    if (parent.v == 0) {
        *path = S("/");
        return OK;
    }
    TRY(q_unit_one(tx->db, parent, &unit));
    if (has_ended(&unit, tx->now))
        return E_INVALID;
    *path = unit.path;
    return OK;
}

enum err unit_add(struct tx *tx, struct unit_id parent, const struct unit_facts *facts, struct unit_id *id)
{
    struct unit_id added;
    struct str above;

    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(parent_path(tx, parent, &above));
    TRY(q_unit_add(tx, parent, facts->name, text_fold(tx->arena, facts->name), sort_text(tx->arena, facts->name),
                   facts->kind, or_none(facts->code), facts->valid_from, facts->valid_to, &added));
    TRY(q_unit_set_path(tx, added, str_format(tx->arena, "%.*s%lld/", STR_ARG(above), (long long)added.v)));
    TRY(audit(tx, "unit.added", "unit", added.v, facts->name));
    *id = added;
    return OK;
}

enum err unit_change(struct tx *tx, struct unit_id id, const struct unit_facts *facts)
{
    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(q_unit_set(tx, id, facts->name, text_fold(tx->arena, facts->name), sort_text(tx->arena, facts->name), facts->kind,
                   or_none(facts->code), facts->valid_from, facts->valid_to));
    return audit(tx, "unit.changed", "unit", id.v, facts->name);
}

/* --- moving -------------------------------------------------------------------------------------------------------- */

static enum err put_below(struct tx *tx, const struct q_unit_one *unit, struct unit_id parent, struct str above)
{
    if (str_starts(above, unit->path))
        return E_INVALID;
    TRY(q_unit_set_parent(tx, unit->id, parent));
    struct str path = str_format(tx->arena, "%.*s%lld/", STR_ARG(above), (long long)unit->id.v);
    return q_units_repath(tx, unit->path, path_end(tx->arena, unit->path), path);
}

enum err unit_move(struct tx *tx, struct unit_id id, struct unit_id parent)
{
    struct q_unit_one unit;
    struct str above;

    TRY(may(tx));
    TRY(q_unit_one(tx->db, id, &unit));
    TRY(parent_path(tx, parent, &above));
    TRY(put_below(tx, &unit, parent, above));
    return audit(tx, "unit.moved", "unit", id.v, above);
}

/* --- ending -------------------------------------------------------------------------------------------------------- */

enum err unit_end(struct tx *tx, struct unit_id id, int64_t when)
{
    struct q_unit_one unit;
    struct q_units_living_below below;

    TRY(may(tx));
    TRY(q_unit_one(tx->db, id, &unit));
    TRY(q_units_living_below(tx->db, unit.path, path_end(tx->arena, unit.path), when, &below));
    if (below.units > 0)
        return E_CONFLICT;
    TRY(q_unit_set_end(tx, id, when, (struct unit_id){0}));
    return audit(tx, "unit.ended", "unit", id.v, STR_NONE);
}

enum err unit_resume(struct tx *tx, struct unit_id id)
{
    TRY(may(tx));
    TRY(q_unit_set_end(tx, id, 0, (struct unit_id){0}));
    return audit(tx, "unit.resumed", "unit", id.v, STR_NONE);
}

static enum err move_children(struct tx *tx, struct unit_id from, struct unit_id into, struct str into_path)
{
    struct q_unit_children_rows children;

    do {
        TRY(q_unit_children(tx->db, from, &children));
        for (size_t i = 0; i < children.count; i++) {
            struct q_unit_one child;
            TRY(q_unit_one(tx->db, children.rows[i].id, &child));
            TRY(put_below(tx, &child, into, into_path));
        }
    } while (children.count > 0);
    return OK;
}

enum err unit_merge(struct tx *tx, struct unit_id id, struct unit_id into)
{
    struct q_unit_one unit, other;

    TRY(may(tx));
    TRY(q_unit_one(tx->db, id, &unit));
    TRY(q_unit_one(tx->db, into, &other));
    if (str_starts(other.path, unit.path) || has_ended(&other, tx->now))
        return E_INVALID;
    TRY(move_children(tx, id, into, other.path));
    TRY(q_memberships_move(tx, id, into));
    TRY(q_unit_set_end(tx, id, tx->now, into));
    return audit(tx, "unit.merged", "unit", id.v, other.name);
}

/* --- by name ------------------------------------------------------------------------------------------------------- */

struct str unit_label(struct arena *a, struct unit_id id, struct str name)
{
    return id.v != 0 ? str_format(a, "%.*s [%lld]", STR_ARG(name), (long long)id.v) : STR_NONE;
}

static bool id_of_label(struct str text, struct unit_id *id)
{
    if (!str_ends(text, S("]")))
        return false;
    size_t open = text.len - 1;
    while (open > 0 && text.ptr[open] != '[')
        open--;
    return str_to_int(str_sub(text, open + 1, text.len - open - 2), &id->v) == OK;
}

enum err unit_find(struct db *db, struct str text, int64_t now, struct q_units_named_rows *found)
{
    struct unit_id none = {0}, id;
    struct str fold = text_fold(db->arena, text);

    if (id_of_label(text, &id))
        return q_units_named(db, id, S(""), S(""), S(""), now, found);
    TRY(q_units_named(db, none, fold, S(""), text, now, found));
    return found->count > 0 ? OK : q_units_named(db, none, fold, fold, text, now, found);
}
