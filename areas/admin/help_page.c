#include "admin/help_page.h"
#include "access/access.h"
#include "access/role_name.h"
#include "admin/admin.h"
#include "admin/admin_views.h"
#include "admin/admin_render.h"
#include "demo/demo.h"
#include "site/site.h"

static enum err add_accounts(struct request *rq, struct v_help *view)
{
    struct q_demo_accounts_rows all;

    TRY(q_demo_accounts(rq->db, &all));
    struct help_account *rows = NEW_ARRAY(rq->arena, struct help_account, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = (struct help_account){all.rows[i].login, all.rows[i].full_name, role_name(rq->lang, all.rows[i].role),
                                        all.rows[i].unit_name};
    view->accounts = (struct v_help_accounts){rows, all.count};
    view->password = S(DEMO_PASSWORD);
    return OK;
}

void help_page(struct request *rq)
{
    struct v_help view = {
        .is_newsroom = rq_may(rq, ACT_NEWSROOM),
        .may_approve = rq_may(rq, ACT_ISSUE_SEE),
        .may_administer = rq_may(rq, ACT_SYSTEM_MANAGE),
        .is_demo = rq->shell.is_demo,
    };

    if (!view.is_demo || !rq_failed(rq, add_accounts(rq, &view)))
        rq_page(rq, 200, help, &view);
}
