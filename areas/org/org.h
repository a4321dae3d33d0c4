/* The organisation: a tree of units of any depth and kind.
 *
 * Nothing is deleted: a unit ends on a day or goes into another, and stays to be found. `path` holds the ids from the
 * root, "/1/7/19/", so that a subtree is a prefix; every verb here keeps it true. All verbs run in the caller's
 * transaction, check ACT_PEOPLE_MANAGE and write the audit trail. */
#ifndef BANTIN_ORG_H
#define BANTIN_ORG_H

#include "auth/permission.h"
#include "db/db.h"
#include "http/router.h"
#include "org/org_sql.h"

extern const struct route org_routes[];

enum { UNIT_NAME_MAX = 200, UNIT_KIND_MAX = 60, UNIT_CODE_MAX = 40 };

/* What is written about a unit. Days are UTC seconds, 0: open. */
struct unit_facts {
    struct str name, kind;
    struct str code; /* or none; unique */
    int64_t valid_from, valid_to;
};

/* `parent` 0: a root. E_CONFLICT: the code is taken; E_INVALID: no name, or the parent has ended. */
enum err unit_add(struct tx *tx, struct unit_id parent, const struct unit_facts *facts, struct unit_id *id);
enum err unit_change(struct tx *tx, struct unit_id id, const struct unit_facts *facts);

/* With all that is below it; E_INVALID into itself or below itself. `parent` 0: becomes a root. */
enum err unit_move(struct tx *tx, struct unit_id id, struct unit_id parent);

/* E_CONFLICT while units below it live on. */
enum err unit_end(struct tx *tx, struct unit_id id, int64_t when);
/* Undoes unit_end and the mark of unit_merge; what moved stays where it is. */
enum err unit_resume(struct tx *tx, struct unit_id id);

/* Its people and the units below it go over to `into`; it ends. E_INVALID into itself, below itself, or into one that
 * has ended. */
enum err unit_merge(struct tx *tx, struct unit_id id, struct unit_id into);

/* "Chi bộ 3 [12]": how a chosen unit stands in a text field. */
struct str unit_label(struct arena *a, struct unit_id id, struct str name);
/* The units a typed text can mean: a label, a code, a whole name, else a part of a name; at most 20, living ones. */
enum err unit_find(struct db *db, struct str text, int64_t now, struct q_units_named_rows *found);

/* Choosing a unit in a form: a text field with its name, code or label; where several fit, the page that comes back
 * offers them: {% field text NAME … %} and, when there are choices, {% field radio NAME_id … %}. 0 where nothing was
 * chosen, or with an error beside the field. */
struct request;
struct choices;
struct unit_id form_unit(struct request *rq, const char *name, const char *id_name, int required, struct choices *found);
#endif
