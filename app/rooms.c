#include "app/rooms.h"
#include "access/access.h"
#include "issue/issue.h"
#include "text/text.h"
#include <sodium.h>

const struct route *const all_routes[] = {
    NULL,
};

/* The text room's tokens in the form the database room takes. */
struct tokens_for {
    tokenizer_each *each;
    void *ctx;
};

static int pass_token(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    const struct tokens_for *to = arg;

    to->each(to->ctx, exact, folded, start, end);
    return 0;
}

static void tokens(struct str text, tokenizer_each *each, void *ctx)
{
    struct tokens_for to = {each, ctx};

    text_tokens(text, pass_token, &to);
}

void rooms_start(void)
{
    if (sodium_init() < 0)
        abort();
    database_set_tokenizer(tokens);
    access_start();
    issue_start();
}

void first_start_greeting(const struct command_run *run, struct database *database, const char *url)
{
    (void)run, (void)database, (void)url;
}
