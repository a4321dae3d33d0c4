#include "app/rooms.h"
#include "access/access.h"
#include "admin/admin.h"
#include "account/account.h"
#include "article/article_routes.h"
#include "edition/edition.h"
#include "desk/desk.h"
#include "intake/intake_pages.h"
#include "issue/issue.h"
#include "issue/issue_pages.h"
#include "operation/health.h"
#include "reader/reader.h"
#include "search/search.h"
#include "publication/words.h"
#include "setup/setup.h"
#include "text/text.h"
#include "web/filters.h"
#include <sodium.h>

const struct route *const all_routes[] = {
    account_routes,
    invitation_routes,
    setup_routes,
    edition_routes,
    org_routes,
    person_routes,
    publication_routes,
    words_routes,
    admin_routes,
    issue_routes,
    reader_routes,
    search_routes,
    health_routes,
    article_routes,
    intake_routes,
    desk_routes,
    NULL,
};

void rooms_start(void)
{
    if (sodium_init() < 0)
        abort();
    database_set_tokenizer(text_tokens);
    web_filters_start();
    access_start();
    intake_start();
    issue_start();
    edition_start();
    reader_start();
    search_start();
}

void first_start_greeting(const struct command_run *run, struct database *database, const char *url)
{
    struct arena *arena = arena_new(0);
    struct str token, link;

    if (WRITE(database, arena, &the_program_itself, setup_make_link(tx, &token)) == OK) {
        link = str_format(arena, "%s/thiet-lap/%.*s", url, STR_ARG(token));
        printf("%.*s\n", STR_ARG(T(arena, run->lang, MSG_cli_first_start, ARG("link", link))));
        fflush(stdout);
    }
    arena_free(arena);
}
