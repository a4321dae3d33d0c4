#include "unit/test.h"
#include "http/router.h"

static void page(struct request *rq)
{
    (void)rq;
}

static const struct route routes[] = {
    GET("/", 1, page),
    GET("/toa-soan/bai", 2, page),
    GET("/toa-soan/bai/moi", 3, page),
    GET("/toa-soan/bai/:article", 4, page),
    POST("/toa-soan/bai/:article", 5, page),
    POST("/toa-soan/bai/:article/duyet", 6, page, .limits = {.files = 10}),
    GET("/tep/*path", 7, page),
    GET("/so/:nam/:so", 8, page),
    {0},
};

static struct router *router(void)
{
    struct router *r = router_new(t);

    assert_ok(router_add_all(r, routes));
    return r;
}

static int action(struct str path, enum http_method method, struct route_match *m)
{
    switch (router_match(router(), method, path, m)) {
    case ROUTE_FOUND:
        return m->route->action;
    case ROUTE_WRONG_METHOD:
        return 405;
    case ROUTE_NOT_FOUND:
        break;
    }
    return 404;
}

TEST(an_address_finds_its_route)
{
    struct route_match m;
    int64_t id = 0;

    assert_int_equal(action(S("/"), HTTP_GET, &m), 1);
    assert_int_equal(action(S("/toa-soan/bai"), HTTP_GET, &m), 2);
    assert_int_equal(action(S("/toa-soan/bai/moi"), HTTP_GET, &m), 3);
    assert_int_equal(action(S("/toa-soan/bai/7"), HTTP_GET, &m), 4);
    assert_true(route_param_id(&m, "article", &id));
    assert_int_equal(id, 7);
    assert_int_equal(action(S("/toa-soan/bai/7/duyet"), HTTP_POST, &m), 6);
    assert_int_equal(action(S("/toa-soan/bai/moi/duyet"), HTTP_POST, &m), 6);
    assert_text(route_param(&m, "article"), "moi");
    assert_int_equal(action(S("/so/2026/4"), HTTP_GET, &m), 8);
    assert_text(route_param(&m, "so"), "4");
    assert_true(route_param(&m, "thang").ptr == NULL);
    assert_int_equal(action(S("/tep/a/b.pdf"), HTTP_GET, &m), 7);
    assert_text(route_param(&m, "path"), "a/b.pdf");
}

TEST(a_wrong_method_is_told_from_a_wrong_address)
{
    struct route_match m;

    assert_int_equal(action(S("/toa-soan/bai/7"), HTTP_PUT, &m), 405);
    assert_text(m.allow, "GET, HEAD, POST");
    assert_int_equal(action(S("/toa-soan/bai/7/duyet"), HTTP_GET, &m), 405);
    assert_text(m.allow, "POST");
    assert_int_equal(action(S("/toa-soan"), HTTP_GET, &m), 404);
    assert_int_equal(action(S("/toa-soan/bai/"), HTTP_GET, &m), 404);
    assert_int_equal(action(S("/tep"), HTTP_GET, &m), 404);
    assert_int_equal(action(S("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t"), HTTP_GET, &m), 404);
    assert_int_equal(action(S("/toa-soan/bai/moi"), HTTP_POST, &m), 5);
}

TEST(only_a_plain_positive_number_is_an_id)
{
    static const char *const bad[] = {"0", "-1", "+1", "01", "1a", "9223372036854775808", " 1", "１"};
    struct route_match m;
    int64_t id = 42;

    for (size_t i = 0; i < countof(bad); i++) {
        assert_int_equal(action(str_format(t, "/toa-soan/bai/%s", bad[i]), HTTP_GET, &m), 4);
        assert_false(route_param_id(&m, "article", &id));
    }
    assert_int_equal(id, 42);
}

TEST(routes_that_conflict_or_are_none_are_refused)
{
    static const struct route taken = GET("/toa-soan/bai/:other", 1, page), no_slash = GET("x", 1, page),
                              tail = GET("/x/", 1, page), early_rest = GET("/*a/b", 1, page),
                              no_name = GET("/:", 1, page), no_handler = GET("/y", 1, NULL);
    struct router *r = router();

    assert_err(router_add(r, &taken), E_CONFLICT);
    assert_err(router_add(r, &no_slash), E_INVALID);
    assert_err(router_add(r, &tail), E_INVALID);
    assert_err(router_add(r, &early_rest), E_INVALID);
    assert_err(router_add(r, &no_name), E_INVALID);
    assert_err(router_add(r, &no_handler), E_INVALID);
}
