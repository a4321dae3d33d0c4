/* Every route for every role, as areas/access/permissions.def says: who may not is sent to sign in or refused, who may
 * gets an answer of the page's own, and nobody an error of the server. */
#include "access/access.h"
#include "app/rooms.h"
#include "web/test_site.h"

/* "/toa-soan/bai/:article" as a path that can be asked for: what is there to look at, what is not to change, so that
 * no role takes away what the next one looks at. */
static const char *path_of(const struct route *route)
{
    struct buf b = buf_in(t);

    for (const char *p = route->pattern; *p != '\0'; p++)
        if ((*p == ':' || *p == '*') && p[-1] == '/') {
            buf_add_z(&b, route->method == HTTP_GET ? "1" : "99");
            while (p[1] != '\0' && p[1] != '/')
                p++;
        } else {
            buf_add_char(&b, *p);
        }
    return str_z(t, buf_str(&b));
}

static bool is_right(const struct route *route, const struct principal *who, struct str answer)
{
    int status = answer_status(answer);

    if (permission_has(who, route->action))
        return status >= 200 && status != 401 && (status < 500 || strcmp(route->pattern, "/healthz") == 0);
    if (who->person.v != 0)
        return status == 403;
    return route->method == HTTP_GET ? status == 303 && str_starts(answer_header(answer, "Location"), S("/dang-nhap?tiep="))
                                     : status == 401;
}

static int wrong_for_role(const struct route *route, enum site_person role)
{
    const char *path = path_of(route);
    struct str session = site_session(role); /* a new one: some routes end it */
    struct str answer = route->method == HTTP_GET ? site_get(path, session) : site_post(path, session, "");

    if (is_right(route, site_principal(role), answer))
        return 0;
    print_error("%s %s as %s: %d\n", http_method_name(route->method), path, site_person_names[role], answer_status(answer));
    return 1;
}

TEST(every_route_names_an_action_of_the_table)
{
    for (size_t i = 0; all_routes[i] != NULL; i++)
        for (const struct route *r = all_routes[i]; r->pattern != NULL; r++)
            if (r->action < 0 || r->action >= ACTION_COUNT)
                fail_msg("%s has no action", r->pattern);
}

TEST(every_role_may_exactly_what_the_table_says)
{
    int wrong = 0;

    site_up();
    for (size_t i = 0; all_routes[i] != NULL; i++)
        for (const struct route *r = all_routes[i]; r->pattern != NULL; r++)
            for (int role = SITE_ANYONE; role < SITE_PEOPLE && (r->method == HTTP_GET || r->method == HTTP_POST); role++) {
                struct arena *test = t;
                t = arena_new(0);
                wrong += wrong_for_role(r, (enum site_person)role);
                arena_free(t);
                t = test;
            }
    assert_int_equal(wrong, 0);
    site_down();
}
