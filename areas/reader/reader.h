/* What readers see: the latest issue, any issue, articles, sections, the archive, and the files that belong to them.
 * It writes nothing. What a reader may see is one rule, @visible in areas/access/macros.sql, in every query of this
 * room, the search's and the feed's. */
#ifndef BANTIN_READER_H
#define BANTIN_READER_H

#include "reader/reader_sql.h"
#include "reader/reader_views.h"
#include "site/site.h"

extern const struct route reader_routes[];
extern const struct route media_routes[];

/* The `reach` of @visible: 0 anybody, 1 signed in, 2 the newsroom. */
int64_t reader_reach(const struct request *rq);

/* "/bai/ten-bai-123" */
struct str reader_article_url(struct arena *a, struct str slug, struct article_id id);
/* "/so/2026/4", or "/an-pham/<code>/so/2026/4" where the publication is not the main one. */
struct str reader_issue_url(struct arena *a, bool is_main, struct str publication_code, int64_t year, int64_t number);
/* Minutes to read aloud in one's head: 230 syllables a minute, at least one. */
int64_t reader_minutes(int64_t words);

/* Pages of readers are kept for everybody not signed in; what changes them must drop them. Called once at start. */
void reader_start(void);
#endif
