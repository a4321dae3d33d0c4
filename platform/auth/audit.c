#include "auth/audit.h"
#include "auth/auth_sql.h"
#include "auth/permission.h"

enum err audit(struct tx *tx, const char *action, const char *kind, int64_t object, struct str detail)
{
    struct audit_event_id id;
    struct person_id person = tx->who != NULL ? tx->who->person : (struct person_id){0};

    return q_audit_add(tx, tx->now, person, str_of(action), str_of(kind), object,
                       detail.ptr != NULL ? detail : S(""), &id);
}
