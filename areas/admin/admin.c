#include "admin/admin.h"
#include "access/access.h"
#include "auth/audit.h"
#include "setup/setup.h"
#include "site/site.h"

enum err installation_configure(struct tx *tx, struct str organisation, struct str accent)
{
    TRY(permission_check(tx->who, ACT_SYSTEM_MANAGE, false));
    TRY(q_setting_set(tx, S("organisation"), organisation));
    TRY(q_setting_set(tx, S("accent"), accent.ptr != NULL ? accent : S("")));
    return audit(tx, "installation.configured", "setting", 0, STR_NONE);
}

static enum err check_demo(struct tx *tx)
{
    struct q_setting_one demo;

    TRY(permission_check(tx->who, ACT_SYSTEM_MANAGE, false));
    enum err e = q_setting_one(tx->db, S("demo"), &demo);
    if (e != OK)
        return e == E_NOT_FOUND ? E_DENIED : e;
    return str_equal(demo.value, S("yes")) ? OK : E_DENIED;
}

enum err installation_erase(struct tx *tx, struct str *token)
{
    /* What refers to others goes before them. */
    static enum err (*const erase[])(struct tx *) = {
        q_erase_edition_page,
        q_erase_edition,
        q_erase_issue_step,
        q_erase_issue_question,
        q_erase_issue_item,
        q_erase_issue_removed,
        q_erase_issue,
        q_erase_correction,
        q_erase_approval,
        q_erase_intake,
        q_erase_article_original,
        q_erase_article_step,
        q_erase_revision_media,
        q_erase_revision_unit,
        q_erase_search_document,
        q_erase_revision,
        q_erase_article,
        q_erase_media,
        q_erase_section,
        q_erase_publication,
        q_erase_topic,
        q_erase_genre,
        q_erase_audit_event,
        q_erase_job,
        q_erase_one_time_link,
        q_erase_session,
        q_erase_membership,
        q_erase_person,
        q_erase_unit,
        q_erase_setting,
    };

    TRY(check_demo(tx));
    for (size_t i = 0; i < countof(erase); i++)
        TRY(erase[i](tx));
    return setup_make_link(tx, token);
}
