/* Publications and their sections.
 *
 * Exactly one publication is the main one, whose issues have the short address /so/YYYY/N: the first that is made, until
 * another takes its place. Nothing is deleted; what is archived is no longer offered. All verbs run in the caller's
 * transaction, check ACT_PUBLICATION_MANAGE and write the audit trail. Topics and genres are in words.h. */
#ifndef BANTIN_PUBLICATION_H
#define BANTIN_PUBLICATION_H

#include "auth/permission.h"
#include "db/db.h"
#include "http/router.h"
#include "publication/publication_sql.h"

extern const struct route publication_routes[];

enum { PUBLICATION_CODE_MAX = 40, PUBLICATION_NAME_MAX = 200, SECTION_NAME_MAX = 100, SECTIONS_MAX = 100 };

struct publication_facts {
    struct str code, name; /* the code stands in addresses: small letters, digits, hyphens */
    struct str subtitle, organisation;
    struct unit_id unit;
    struct str page_format; /* "a4", "a5"; none: a4 */
    struct str licence, editor_name, printer, address;
    int64_t print_run;
    bool is_main;
};

bool publication_code_is_valid(struct str code);

/* E_CONFLICT: the code is taken; E_INVALID: no name, or a bad code. It has no sections yet. */
enum err publication_make(struct tx *tx, const struct publication_facts *facts, struct publication_id *id);
/* The publication with this code; made with this name and the default sections where it is missing. */
enum err publication_ensure(struct tx *tx, struct str code, struct str name, struct publication_id *id);
enum err publication_change(struct tx *tx, struct publication_id id, const struct publication_facts *facts);
/* E_INVALID: the main one cannot be archived. */
enum err publication_archive(struct tx *tx, struct publication_id id, bool is_archived);

/* "Tin tức", "Nghiên cứu – Trao đổi", …: what a bulletin begins with; ended by NULL. */
extern const char *const default_sections[];

/* At the end. `max_items` 0: no maximum. */
enum err section_add(struct tx *tx, struct publication_id publication, struct str name, int64_t min_items, int64_t max_items,
                     struct section_id *id);
enum err section_change(struct tx *tx, struct section_id id, struct str name, int64_t min_items, int64_t max_items);
enum err section_archive(struct tx *tx, struct section_id id, bool is_archived);
/* The whole order; sections that are not named keep theirs behind the named ones. */
enum err section_order(struct tx *tx, struct publication_id publication, const int64_t *ids, size_t count);
/* One place up (-1) or down (+1). */
enum err section_shift(struct tx *tx, struct section_id id, int by);
#endif
