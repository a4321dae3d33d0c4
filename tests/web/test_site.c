#include "web/test_site.h"
#include "access/access.h"
#include "app/rooms.h"
#include "auth/password.h"
#include "auth/session.h"
#include "base/files.h"
#include "base/log.h"
#include "org/org.h"
#include "person/person.h"
#include "site/site.h"
#include "web/web.h"
#include <stdlib.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000 };

const char *const site_person_names[SITE_PEOPLE] = {"anyone", "reader", "contributor", "editor", "approver", "admin"};

static char folder[64];
static struct database *database;
static struct site *site;
static struct web *web;
static struct person_id people[SITE_PEOPLE];

static enum err make_people(struct tx *tx, struct str hash)
{
    struct unit_facts facts = {.name = S("Tỉnh ủy"), .kind = S("Tỉnh ủy")};
    struct unit_id root;

    TRY(unit_add(tx, (struct unit_id){0}, &facts, &root));
    for (int i = SITE_READER; i < SITE_PEOPLE; i++) {
        struct str name = str_of(site_person_names[i]);
        struct person_facts person = {.full_name = name, .login = name};
        TRY(person_add(tx, &person, hash, &people[i]));
        TRY(person_grant(tx, people[i], root, name, 0, 0));
    }
    return OK;
}

void site_up_empty(void)
{
    struct web_config config = {.routes = all_routes, .base_url = "http://localhost", .fill_shell = site_fill_shell};

    rooms_start();
    log_set_level(LOG_ERROR);
    database = test_database();
    snprintf(folder, sizeof folder, "/tmp/bantin-site-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_ok(site_open(database, folder, &site));
    config.http.address = "127.0.0.1";
    config.http.temp_folder = site_folders(site)->temp;
    config.database = database;
    config.user = site;
    assert_ok(web_start(&config, &web));
    site_set_web(site, web);
}

void site_up(void)
{
    site_up_empty();
    struct str hash = password_hash(t, S(TEST_PASSWORD));
    assert_ok(WRITE(database, t, &the_program_itself, make_people(tx, hash)));
}

void site_down(void)
{
    assert_ok(web_stop(web, 5000));
    site_close(site);
    assert_ok(folder_remove(folder));
}

struct database *site_database(void)
{
    return database;
}

struct site *site_itself(void)
{
    return site;
}

struct web *site_web(void)
{
    return web;
}

const struct principal *site_principal(enum site_person who)
{
    const struct principal *principal = &nobody_signed_in;

    if (who != SITE_ANYONE)
        assert_ok(principal_of_person(test_reader(database), people[who], 1, &principal));
    return principal;
}

struct str site_session(enum site_person who)
{
    struct str token = STR_NONE;

    if (who != SITE_ANYONE)
        assert_ok(WRITE(database, t, &the_program_itself, session_open(tx, people[who], &token)));
    return token;
}

static struct str talk(const char *method, const char *path, struct str session, struct str csrf, const char *body)
{
    struct buf b = buf_in(t);

    buf_add_format(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, path);
    if (session.len > 0)
        buf_add_format(&b, "Cookie: " SESSION_COOKIE "=%.*s\r\n", STR_ARG(session));
    if (csrf.len > 0)
        buf_add_format(&b, "X-CSRF-Token: %.*s\r\n", STR_ARG(csrf));
    if (body != NULL)
        buf_add_format(&b, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    else
        buf_add_z(&b, "\r\n");
    return client_talk(t, web_port(web), buf_str(&b));
}

struct str site_get(const char *path, struct str session)
{
    return talk("GET", path, session, STR_NONE, NULL);
}

struct str site_post(const char *path, struct str session, const char *body)
{
    return talk("POST", path, session, session.len > 0 ? csrf_token(t, session) : STR_NONE, body);
}

/* What is sent may be looked at and converted before anything is answered. */
struct str site_post_files(const char *path, struct str session, struct str body)
{
    struct buf b = buf_in(t);

    buf_add_format(&b,
                   "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " SESSION_COOKIE "=%.*s\r\n"
                   "X-CSRF-Token: %.*s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %zu\r\n\r\n",
                   path, STR_ARG(session), STR_ARG(csrf_token(t, session)), body.len);
    buf_add(&b, body);
    int fd = client_connect(web_port(web));
    client_send(fd, buf_str(&b));
    struct str answer = client_read_all(t, fd, PATIENCE_MS);
    close(fd);
    return answer;
}

struct str site_post_without_token(const char *path, struct str session, const char *body)
{
    return talk("POST", path, session, STR_NONE, body);
}
