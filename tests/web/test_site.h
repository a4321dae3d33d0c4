/* A whole site for a test: every route, on a free port, with an empty database and a data folder of its own. One person
 * of each role is there. Stopped by site_down at the end of the test. */
#ifndef BANTIN_TEST_SITE_H
#define BANTIN_TEST_SITE_H

#include "auth/permission.h"
#include "db/test_database.h"
#include "web/http_client.h"

#define TEST_PASSWORD "một câu dài dễ nhớ"

struct site;
struct web;

enum site_person { SITE_ANYONE, SITE_READER, SITE_CONTRIBUTOR, SITE_EDITOR, SITE_APPROVER, SITE_ADMIN, SITE_PEOPLE };
extern const char *const site_person_names[SITE_PEOPLE];

/* The people's logins are their roles; their password is TEST_PASSWORD. */
void site_up(void);
/* Without anybody in it. */
void site_up_empty(void);
void site_down(void);

struct database *site_database(void);
struct site *site_itself(void); /* what jobs get */
struct web *site_web(void);
const struct principal *site_principal(enum site_person who);
/* A new session's token; none for SITE_ANYONE. */
struct str site_session(enum site_person who);

/* With the cookie of the session and, for a POST, its form token. */
struct str site_get(const char *path, struct str session);
struct str site_post(const char *path, struct str session, const char *body);
/* A form with files: `body` is multipart with the boundary "x". */
struct str site_post_files(const char *path, struct str session, struct str body);
struct str site_post_without_token(const char *path, struct str session, const char *body);
#endif
