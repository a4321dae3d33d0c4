/* The first start of an installation: the link that works once, and what it makes.
 *
 * Only while there is no person at all. The token is printed and never stored; the database has its digest. */
#ifndef BANTIN_SETUP_H
#define BANTIN_SETUP_H

#include "http/router.h"
#include "org/org.h"
#include "person/person.h"
#include "publication/publication.h"
#include "setup/setup_sql.h"
#include "web/request.h"

enum { SETUP_LINK_SECONDS = 7 * 24 * 3600 };

extern const struct route setup_routes[];

bool setup_is_needed(struct db *db);

/* A new link, ending the one before. E_CONFLICT: somebody has an account. */
enum err setup_make_link(struct tx *tx, struct str *token);
enum err setup_link_works(struct db *db, struct str token, int64_t now);

struct setup_facts {
    struct str organisation;
    struct unit_facts unit;           /* the root of the tree */
    struct person_facts person;       /* administrator, editor and approver in one */
    struct str password_hash;
    struct publication_facts publication;
    const struct str *sections;
    size_t section_count;
};

/* Uses the link and makes everything; gives the token of the administrator's session. E_NOT_FOUND: the link does not
 * work (any more). */
enum err setup_run(struct tx *tx, struct str token, const struct setup_facts *facts, struct str *session_token);

/* The page at `/` while nothing is set up. */
void setup_welcome(struct request *rq);
#endif
