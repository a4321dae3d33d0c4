#include "setup/setup.h"
#include "account/account.h"
#include "auth/audit.h"
#include "auth/auth_sql.h"
#include "base/digest.h"
#include "base/random.h"
#include "publication/words.h"
#include "site/site.h"

#define PURPOSE S("first-admin")

bool setup_is_needed(struct db *db)
{
    struct q_setup_people count;

    return q_setup_people(db, &count) == OK && count.people == 0;
}

enum err setup_make_link(struct tx *tx, struct str *token)
{
    struct one_time_link_id link;
    struct str made = random_token(tx->arena);

    if (!setup_is_needed(tx->db))
        return E_CONFLICT;
    TRY(q_links_end(tx, PURPOSE));
    TRY(q_link_add(tx, digest_of(tx->arena, made), PURPOSE, (struct person_id){0}, tx->now, tx->now + SETUP_LINK_SECONDS,
                   &link));
    *token = made;
    return OK;
}

static enum err find_link(struct db *db, struct str token, int64_t now, struct q_link_find *link)
{
    if (token.len == 0 || token.len > 100 || !setup_is_needed(db))
        return E_NOT_FOUND;
    return q_link_find(db, digest_of(db->arena, token), PURPOSE, now, link);
}

enum err setup_link_works(struct db *db, struct str token, int64_t now)
{
    struct q_link_find link;

    return find_link(db, token, now, &link);
}

static enum err make_administrator(struct tx *tx, const struct setup_facts *facts, struct unit_id root, struct person_id *id)
{
    static const char *const roles[] = {"admin", "editor", "approver"};
    struct person_id made;

    TRY(person_add(tx, &facts->person, facts->password_hash, &made));
    for (size_t i = 0; i < countof(roles); i++)
        TRY(person_grant(tx, made, root, str_of(roles[i]), 0, 0));
    *id = made;
    return OK;
}

static enum err make_publication(struct tx *tx, const struct setup_facts *facts, struct unit_id root)
{
    struct publication_facts publication = facts->publication;
    struct publication_id id;
    struct section_id section;

    publication.unit = root;
    publication.organisation = facts->organisation;
    publication.is_main = true;
    TRY(publication_make(tx, &publication, &id));
    for (size_t i = 0; i < facts->section_count; i++)
        TRY(section_add(tx, id, facts->sections[i], 0, 0, &section));
    return words_ensure_defaults(tx);
}

enum err setup_run(struct tx *tx, struct str token, const struct setup_facts *facts, struct str *session_token)
{
    struct q_link_find link;
    struct unit_id root;
    struct person_id person;

    TRY(find_link(tx->db, token, tx->now, &link));
    TRY(q_link_use(tx, link.id, tx->now));
    TRY(q_setting_set(tx, S("organisation"), facts->organisation));
    TRY(unit_add(tx, (struct unit_id){0}, &facts->unit, &root));
    TRY(make_administrator(tx, facts, root, &person));
    TRY(make_publication(tx, facts, root));
    TRY(audit(tx, "installation.set-up", "person", person.v, facts->organisation));
    return account_enter(tx, person, session_token);
}
