#include "http/router.h"

/* One node a segment; the children of a node are few, so a list is enough and the depth decides the cost. */
struct node {
    struct str literal;
    struct node *children, *next; /* literal ones */
    struct node *param, *rest;
    const struct route *routes[HTTP_METHODS];
};

struct router {
    struct arena *arena;
    struct node root;
};

struct router *router_new(struct arena *arena)
{
    struct router *r = NEW(arena, struct router);

    r->arena = arena;
    return r;
}

static struct node *literal_child(const struct node *n, struct str literal)
{
    for (struct node *c = n->children; c != NULL; c = c->next)
        if (str_equal(c->literal, literal))
            return c;
    return NULL;
}

static struct node *child_for(struct router *r, struct node *n, struct str segment)
{
    struct node **place = segment.ptr[0] == ':' ? &n->param : segment.ptr[0] == '*' ? &n->rest : NULL;

    if (place != NULL) {
        if (*place == NULL)
            *place = NEW(r->arena, struct node);
        return *place;
    }
    struct node *c = literal_child(n, segment);
    if (c != NULL)
        return c;
    c = NEW(r->arena, struct node);
    c->literal = segment;
    c->next = n->children;
    n->children = c;
    return c;
}

static bool is_param(struct str segment)
{
    return segment.ptr[0] == ':' || segment.ptr[0] == '*';
}

static bool is_pattern(struct str pattern)
{
    struct str rest = str_skip(pattern, 1), segment;
    size_t segments = 0, params = 0;

    if (pattern.len == 0 || pattern.ptr[0] != '/')
        return false;
    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, '/', &segment);
        if (segment.len == 0 || (is_param(segment) && segment.len == 1) || ++segments > ROUTE_SEGMENTS)
            return false;
        if (is_param(segment) && ++params > ROUTE_PARAMS)
            return false;
        if (segment.ptr[0] == '*' && rest.ptr != NULL)
            return false;
    }
    return rest.ptr == NULL || pattern.len == 1;
}

enum err router_add(struct router *r, const struct route *route)
{
    struct str pattern = str_of(route->pattern), rest, segment;
    struct node *n = &r->root;

    if (route->handler == NULL || !is_pattern(pattern))
        return E_INVALID;
    if (route->method != HTTP_GET && route->method != HTTP_POST && route->method != HTTP_DELETE)
        return E_UNSUPPORTED;
    rest = str_skip(pattern, 1);
    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, '/', &segment);
        n = child_for(r, n, segment);
    }
    if (n->routes[route->method] != NULL)
        return E_CONFLICT;
    n->routes[route->method] = route;
    return OK;
}

enum err router_add_all(struct router *r, const struct route *routes)
{
    for (; routes->pattern != NULL; routes++)
        TRY(router_add(r, routes));
    return OK;
}

struct walk {
    struct str values[ROUTE_SEGMENTS];
    size_t n_values, depth;
    enum http_method method;
    const struct node *found, *other; /* `other` has the path, but not the method */
    size_t found_values;
};

static bool has_any(const struct node *n)
{
    for (size_t i = 0; i < HTTP_METHODS; i++)
        if (n->routes[i] != NULL)
            return true;
    return false;
}

static bool accept_node(struct walk *w, const struct node *n)
{
    if (n->routes[w->method] != NULL) {
        w->found = n;
        return true;
    }
    if (w->other == NULL && has_any(n))
        w->other = n;
    return false;
}

static bool descend(struct walk *w, const struct node *n, struct str rest)
{
    struct str segment, after;

    if (rest.ptr == NULL)
        return accept_node(w, n);
    if (w->depth == ROUTE_SEGMENTS)
        return false;
    after = str_cut(rest, '/', &segment);
    if (segment.len == 0)
        return false;

    w->depth++;
    const struct node *literal = literal_child(n, segment);
    bool found = literal != NULL && descend(w, literal, after);
    if (!found && n->param != NULL) {
        w->values[w->n_values++] = segment;
        found = descend(w, n->param, after);
        if (!found)
            w->n_values--;
    }
    if (!found && n->rest != NULL) {
        w->values[w->n_values++] = rest;
        found = accept_node(w, n->rest);
        if (!found)
            w->n_values--;
    }
    w->depth--;
    return found;
}

static void name_params(struct route_match *m, const struct walk *w)
{
    struct str rest = str_skip(str_of(m->route->pattern), 1), segment;

    m->n_params = 0;
    while (rest.ptr != NULL && rest.len > 0) {
        rest = str_cut(rest, '/', &segment);
        if (is_param(segment)) {
            m->params[m->n_params] = (struct http_pair){str_skip(segment, 1), w->values[m->n_params]};
            m->n_params++;
        }
    }
}

/* All combinations that can be are few enough to stand here, so the answer needs no memory. */
static struct str allow_of(const struct node *n)
{
    static const struct str with_get[2][2] = {{S("GET, HEAD"), S("GET, HEAD, POST")},
                                              {S("GET, HEAD, DELETE"), S("GET, HEAD, POST, DELETE")}};
    static const struct str without_get[2][2] = {{S(""), S("POST")}, {S("DELETE"), S("POST, DELETE")}};
    bool post = n->routes[HTTP_POST] != NULL, delete = n->routes[HTTP_DELETE] != NULL;

    return n->routes[HTTP_GET] != NULL ? with_get[delete][post] : without_get[delete][post];
}

enum route_found router_match(const struct router *r, enum http_method method, struct str path, struct route_match *m)
{
    struct walk w = {.method = method};
    struct str rest = str_skip(path, 1);

    *m = (struct route_match){0};
    if (path.len == 0 || (unsigned)method >= HTTP_METHODS)
        return ROUTE_NOT_FOUND;
    if (path.len == 1)
        rest = STR_NONE;
    if (descend(&w, &r->root, rest)) {
        m->route = w.found->routes[method];
        name_params(m, &w);
        return ROUTE_FOUND;
    }
    if (w.other == NULL)
        return ROUTE_NOT_FOUND;
    m->allow = allow_of(w.other);
    return ROUTE_WRONG_METHOD;
}

struct str route_param(const struct route_match *m, const char *name)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (str_equal(m->params[i].name, str_of(name)))
            return m->params[i].value;
    return STR_NONE;
}

bool route_param_id(const struct route_match *m, const char *name, int64_t *id)
{
    struct str s = route_param(m, name);
    int64_t n;

    if (s.len == 0 || s.ptr[0] < '1' || s.ptr[0] > '9' || str_to_int(s, &n) != OK)
        return false;
    *id = n;
    return true;
}
