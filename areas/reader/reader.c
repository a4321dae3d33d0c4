#include "reader/reader.h"
#include "access/access.h"
#include "article/article.h"
#include "issue/issue.h"

enum { WORDS_A_MINUTE = 230 };

int64_t reader_reach(const struct request *rq)
{
    if (rq->who->person.v == 0)
        return 0;
    return permission_check(rq->who, ACT_NEWSROOM, false) == OK ? 2 : 1;
}

struct str reader_article_url(struct arena *a, struct str slug, struct article_id id)
{
    return str_format(a, "/bai/%.*s%s%lld", STR_ARG(slug), slug.len > 0 ? "-" : "", (long long)id.v);
}

struct str reader_issue_url(struct arena *a, bool is_main, struct str publication_code, int64_t year, int64_t number)
{
    if (is_main)
        return str_format(a, "/so/%lld/%lld", (long long)year, (long long)number);
    return str_format(a, "/an-pham/%.*s/so/%lld/%lld", STR_ARG(publication_code), (long long)year, (long long)number);
}

int64_t reader_minutes(int64_t words)
{
    int64_t minutes = (words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;

    return minutes > 0 ? minutes : 1;
}

static void drop_pages(void *arg)
{
    (void)arg;
    site_drop_pages();
}

static enum err follow_article(struct tx *tx, struct article_id id)
{
    (void)id;
    tx_after_commit(tx, drop_pages, NULL);
    return OK;
}

static enum err follow_issue(struct tx *tx, struct issue_id id)
{
    (void)id;
    tx_after_commit(tx, drop_pages, NULL);
    return OK;
}

void reader_start(void)
{
    article_on_public_change(follow_article);
    issue_on_public_change(follow_issue);
}
