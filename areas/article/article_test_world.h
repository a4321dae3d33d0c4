/* A small organisation on a fresh database, for the tests of articles: five people, two publications, three units. */
#ifndef BANTIN_ARTICLE_TEST_WORLD_H
#define BANTIN_ARTICLE_TEST_WORLD_H

#include "access/access.h"
#include "article/article.h"
#include "article/article_test_sql.h"
#include "auth/session.h"
#include "db/test_database.h"

struct world {
    struct database *database;
    struct db *db;
    const struct principal *contributor, *other, *editor, *approver, *reader;
    struct publication_id publication, second;
    struct section_id section, section2, foreign;
    struct topic_id topic;
    struct genre_id genre;
    struct unit_id root, branch, cell;
};

extern struct world w;

/* Fills `w`; for the beginning of every test. */
void world_start(void);
struct article_draft world_draft(const char *title, const char *text);
/* An article of the contributor's, in the draft state. */
struct article_id world_article(const char *title, const char *text);
struct q_article_for_rules world_look(struct article_id id);
struct revision_id world_head(struct article_id id);

#define DO(who_, call) WRITE(w.database, t, w.who_, call)
#endif
