#include "html/body.h"
#include "html/body_inside.h"

#include <jansson.h>

/* --- before parsing ----------------------------------------------------------------------------------------------- */

/* A node nests its object and its content; a link's attributes go three deeper. */
enum { JSON_DEPTH = 2 * BODY_MAX_DEPTH + 4, JSON_CONTAINERS = 2 * BODY_MAX_NODES };

/* Depth and number of objects and arrays, so that the parser never recurses or allocates past our limits. */
static enum err check_size(struct str json)
{
    size_t depth = 0, containers = 0;
    bool in_string = false;

    if (json.len > BODY_MAX_BYTES)
        return E_TOO_LARGE;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (in_string && c == '\\') {
            i++;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '{' || c == '[')) {
            if (++depth > JSON_DEPTH || ++containers > JSON_CONTAINERS)
                return E_TOO_LARGE;
        } else if (!in_string && (c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return OK;
}

/* --- reading attributes ------------------------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    size_t nodes;
};

static struct str str_of_json(const json_t *json)
{
    return (struct str){json_string_value(json), json_string_length(json)};
}

static enum err read_int(const json_t *json, int least, int most, int *n)
{
    if (!json_is_integer(json) || json_integer_value(json) < least || json_integer_value(json) > most)
        return E_INVALID;
    *n = (int)json_integer_value(json);
    return OK;
}

static enum err read_text(struct reader *r, const json_t *json, struct str *text)
{
    if (!json_is_string(json))
        return E_INVALID;
    *text = body_clean_text(r->arena, str_copy(r->arena, str_of_json(json)));
    return OK;
}

static enum err read_bool(const json_t *json, bool *value)
{
    if (!json_is_boolean(json))
        return E_INVALID;
    *value = json_is_true(json);
    return OK;
}

static enum err read_align(const json_t *json, enum body_align *align)
{
    static const char *const names[] = {[ALIGN_START] = "left", [ALIGN_CENTER] = "center", [ALIGN_END] = "right"};

    for (size_t i = 0; json_is_string(json) && i < countof(names); i++)
        if (str_equal(str_of_json(json), str_of(names[i]))) {
            *align = (enum body_align)i;
            return OK;
        }
    return E_INVALID;
}

static enum err read_media(struct reader *r, const json_t *json, struct str *media)
{
    if (!json_is_string(json) || !body_media_is_hash(str_of_json(json)))
        return E_INVALID;
    *media = str_copy(r->arena, str_of_json(json));
    return OK;
}

static enum err read_attr(struct reader *r, struct body_node *n, const char *key, const json_t *value)
{
    struct str name = str_of(key);
    bool media = (BODY_MEDIA & BODY_BIT(n->kind)) != 0, null = json_is_null(value);

    if (n->kind == BODY_HEADING && str_equal(name, S("level")))
        return read_int(value, 2, 4, &n->level);
    if (media && str_equal(name, S("media")))
        return read_media(r, value, &n->media);
    if (n->kind == BODY_PARAGRAPH && str_equal(name, S("align")))
        return null ? OK : read_align(value, &n->align);
    if (n->kind == BODY_NUMBERS && str_equal(name, S("start")))
        return null ? OK : read_int(value, 0, BODY_MAX_START, &n->start);
    if (n->kind == BODY_CELL && str_equal(name, S("header")))
        return null ? OK : read_bool(value, &n->header);
    if (n->kind == BODY_CELL && str_equal(name, S("colspan")))
        return null ? OK : read_int(value, 1, BODY_MAX_SPAN, &n->colspan);
    if (n->kind == BODY_CELL && str_equal(name, S("rowspan")))
        return null ? OK : read_int(value, 1, BODY_MAX_SPAN, &n->rowspan);
    if (n->kind == BODY_FIGURE && str_equal(name, S("alt")))
        return null ? OK : read_text(r, value, &n->alt);
    if (media && str_equal(name, S("credit")))
        return null ? OK : read_text(r, value, &n->credit);
    return E_INVALID;
}

static enum err read_attrs(struct reader *r, struct body_node *n, json_t *attrs)
{
    const char *key;
    json_t *value;

    if (attrs != NULL && !json_is_object(attrs))
        return E_INVALID;
    json_object_foreach(attrs, key, value) TRY(read_attr(r, n, key, value));
    if (n->kind == BODY_HEADING && json_object_get(attrs, "level") == NULL)
        return E_INVALID;
    if ((BODY_MEDIA & BODY_BIT(n->kind)) && n->media.len == 0)
        return E_INVALID;
    return OK;
}

/* --- reading marks ------------------------------------------------------------------------------------------------ */

static enum err read_href(struct reader *r, json_t *attrs, struct str *href)
{
    json_t *value = json_object_get(attrs, "href");

    if (json_object_size(attrs) != 1 || !json_is_string(value) || !body_href_is_allowed(str_of_json(value)))
        return E_INVALID;
    *href = str_copy(r->arena, str_of_json(value));
    return OK;
}

static enum err read_mark(struct reader *r, json_t *mark, unsigned *marks, struct str *href)
{
    json_t *type = json_object_get(mark, "type"), *attrs = json_object_get(mark, "attrs");
    const char *name;

    if (!json_is_string(type) || json_object_size(mark) != (attrs != NULL ? 2u : 1u))
        return E_INVALID;
    if (attrs != NULL && !json_is_object(attrs))
        return E_INVALID;
    for (unsigned i = 0; (name = body_mark_name(i)) != NULL; i++) {
        unsigned bit = 1u << i;
        if (!str_equal(str_of(name), str_of_json(type)))
            continue;
        if (*marks & bit)
            return E_INVALID;
        *marks |= bit;
        if (bit == MARK_LINK)
            return read_href(r, attrs, href);
        return json_object_size(attrs) == 0 ? OK : E_INVALID;
    }
    return E_INVALID;
}

static enum err read_marks(struct reader *r, json_t *list, unsigned *marks, struct str *href)
{
    size_t i;
    json_t *mark;

    if (list != NULL && !json_is_array(list))
        return E_INVALID;
    json_array_foreach(list, i, mark) TRY(read_mark(r, mark, marks, href));
    return OK;
}

/* --- reading nodes ------------------------------------------------------------------------------------------------ */

static enum err read_content(struct reader *r, json_t *content, struct body_node *parent, int depth);

static enum err check_keys(json_t *json, enum body_kind kind)
{
    bool is_inline = (BODY_INLINE & BODY_BIT(kind)) != 0;
    const char *key;
    json_t *value;

    json_object_foreach(json, key, value)
    {
        struct str name = str_of(key);
        bool known = str_equal(name, S("type")) || (str_equal(name, S("attrs")) && kind != BODY_TEXT) ||
                     (str_equal(name, S("content")) && body_content(kind) != 0) ||
                     (str_equal(name, S("marks")) && is_inline) || (str_equal(name, S("text")) && kind == BODY_TEXT);
        if (!known)
            return E_INVALID;
    }
    return OK;
}

/* Cleaned here so that what is left of nothing makes no node, and again once joined: a combining mark may have been
 * cut from its letter. */
static enum err read_text_node(struct reader *r, json_t *json, struct body_node *parent, unsigned marks,
                               struct str href)
{
    json_t *text = json_object_get(json, "text");

    if (!json_is_string(text) || json_string_length(text) == 0)
        return E_INVALID;
    struct str copy = str_copy(r->arena, str_of_json(text));
    body_add_text(r->arena, parent, body_clean_text(r->arena, copy), marks, href);
    return OK;
}

static enum err read_node(struct reader *r, json_t *json, struct body_node *parent, int depth)
{
    json_t *type = json_object_get(json, "type");
    int kind = json_is_string(type) ? body_kind_of(str_of_json(type)) : -1;
    unsigned marks = 0;
    struct str href = STR_NONE;

    if (kind < 0 || !body_allows(parent, (enum body_kind)kind))
        return E_INVALID;
    if (depth > BODY_MAX_DEPTH || ++r->nodes > BODY_MAX_NODES)
        return E_TOO_LARGE;
    TRY(check_keys(json, (enum body_kind)kind));
    TRY(read_marks(r, json_object_get(json, "marks"), &marks, &href));
    if (kind == BODY_TEXT)
        return read_text_node(r, json, parent, marks, href);

    struct body_node *n = body_add(parent, body_new(r->arena, (enum body_kind)kind));
    TRY(read_attrs(r, n, json_object_get(json, "attrs")));
    return read_content(r, json_object_get(json, "content"), n, depth);
}

static enum err read_content(struct reader *r, json_t *content, struct body_node *parent, int depth)
{
    size_t i;
    json_t *child;

    if (content != NULL && !json_is_array(content))
        return E_INVALID;
    json_array_foreach(content, i, child) TRY(read_node(r, child, parent, depth + 1));
    if (body_needs_content(parent->kind) && parent->first == NULL)
        return E_INVALID;
    if (parent->kind == BODY_ITEM && parent->first->kind != BODY_PARAGRAPH)
        return E_INVALID;
    if (body_holds_inline(parent->kind))
        for (struct body_node *n = parent->first; n != NULL; n = n->next)
            n->text = body_clean_text(r->arena, n->text);
    return OK;
}

static enum err read_doc(struct reader *r, json_t *json, struct body_node **doc)
{
    json_t *type = json_object_get(json, "type");
    struct body_node *root = body_new(r->arena, BODY_DOC);

    if (!json_is_string(type) || !str_equal(str_of_json(type), S("doc")))
        return E_INVALID;
    TRY(check_keys(json, BODY_DOC));
    TRY(read_attrs(r, root, json_object_get(json, "attrs")));
    TRY(read_content(r, json_object_get(json, "content"), root, 1));
    *doc = root;
    return OK;
}

/* The parsed JSON goes at once when reading ends, and with the arena when an allocation over the cap ends it. */
static void drop_json(void *holder)
{
    json_t **json = holder;

    json_decref(*json);
    *json = NULL;
}

enum err body_of_json(struct arena *a, struct str json, struct body_node **doc)
{
    struct reader r = {.arena = a};

    TRY(check_size(json));
    json_t **holder = NEW(a, json_t *);
    arena_defer(a, drop_json, holder);
    *holder = json_loadb(json.ptr != NULL ? json.ptr : "", json.len, JSON_REJECT_DUPLICATES, NULL);
    enum err e = read_doc(&r, *holder, doc);
    drop_json(holder);
    return e;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void write_string(struct buf *b, struct str s)
{
    size_t from = 0;

    buf_add_char(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= ' ' && c != '"' && c != '\\')
            continue;
        buf_add(b, str_sub(s, from, i - from));
        if (c < ' ')
            buf_add_format(b, "\\u%04x", c);
        else
            buf_add_format(b, "\\%c", c);
        from = i + 1;
    }
    buf_add(b, str_skip(s, from));
    buf_add_char(b, '"');
}

/* Attributes come in the order of their names; the first opens the object. */
static void attr_name(struct buf *b, bool *any, const char *name)
{
    buf_add_z(b, *any ? "," : "{\"attrs\":{");
    buf_add_format(b, "\"%s\":", name);
    *any = true;
}

static void attr_int(struct buf *b, bool *any, const char *name, int value)
{
    attr_name(b, any, name);
    buf_add_int(b, value);
}

static void attr_text(struct buf *b, bool *any, const char *name, struct str value)
{
    value = body_clean_text(b->arena, value);
    if (value.len == 0)
        return;
    attr_name(b, any, name);
    write_string(b, value);
}

static void write_attrs(struct buf *b, bool *any, const struct body_node *n)
{
    if (n->kind == BODY_PARAGRAPH && n->align != ALIGN_START)
        attr_text(b, any, "align", n->align == ALIGN_CENTER ? S("center") : S("right"));
    if (n->kind == BODY_FIGURE)
        attr_text(b, any, "alt", n->alt);
    if (n->kind == BODY_CELL && n->colspan != 1)
        attr_int(b, any, "colspan", n->colspan);
    if (BODY_MEDIA & BODY_BIT(n->kind))
        attr_text(b, any, "credit", n->credit);
    if (n->kind == BODY_CELL && n->header) {
        attr_name(b, any, "header");
        buf_add_z(b, "true");
    }
    if (n->kind == BODY_HEADING)
        attr_int(b, any, "level", n->level);
    if (BODY_MEDIA & BODY_BIT(n->kind))
        attr_text(b, any, "media", n->media);
    if (n->kind == BODY_CELL && n->rowspan != 1)
        attr_int(b, any, "rowspan", n->rowspan);
    if (n->kind == BODY_NUMBERS && n->start != 1)
        attr_int(b, any, "start", n->start);
}

static void write_marks(struct buf *b, unsigned marks, struct str href)
{
    const char *name;
    char between = '[';

    buf_add_z(b, "\"marks\":");
    for (unsigned i = 0; (name = body_mark_name(i)) != NULL; i++) {
        if (!(marks & 1u << i))
            continue;
        buf_add_char(b, between);
        buf_add_char(b, '{');
        if (1u << i == MARK_LINK) {
            buf_add_z(b, "\"attrs\":{\"href\":");
            write_string(b, href);
            buf_add_z(b, "},");
        }
        buf_add_format(b, "\"type\":\"%s\"}", name);
        between = ',';
    }
    buf_add_z(b, "],");
}

static bool same_text_style(const struct body_node *a, const struct body_node *b)
{
    return a->kind == BODY_TEXT && b->kind == BODY_TEXT && a->marks == b->marks &&
           (!(a->marks & MARK_LINK) || str_equal(a->href, b->href));
}

/* The text from n on, as far as it is alike; *n moves past it. */
static struct str joined_text(struct arena *a, const struct body_node **n)
{
    const struct body_node *first = *n;
    struct buf b = buf_in(a);

    if (first->next == NULL || !same_text_style(first, first->next)) {
        *n = first->next;
        return body_clean_text(a, first->text);
    }
    for (; *n != NULL && same_text_style(first, *n); *n = (*n)->next)
        buf_add(&b, (*n)->text);
    return body_clean_text(a, buf_str(&b));
}

static void write_node(struct buf *b, const struct body_node *n);

static void write_text(struct buf *b, const struct body_node *style, struct str text)
{
    buf_add_char(b, '{');
    if (style->marks != 0)
        write_marks(b, style->marks, style->href);
    buf_add_z(b, "\"text\":");
    write_string(b, text);
    buf_add_z(b, ",\"type\":\"text\"}");
}

static void write_content(struct buf *b, const struct body_node *parent)
{
    bool any = false;

    for (const struct body_node *n = parent->first; n != NULL;) {
        const struct body_node *this = n;
        struct str text = STR_NONE;
        if (n->kind == BODY_TEXT) {
            text = joined_text(b->arena, &n);
            if (text.len == 0)
                continue;
        } else {
            n = n->next;
        }
        buf_add_z(b, any ? "," : "\"content\":[");
        any = true;
        if (this->kind == BODY_TEXT)
            write_text(b, this, text);
        else
            write_node(b, this);
    }
    if (any)
        buf_add_z(b, "],");
}

static void write_node(struct buf *b, const struct body_node *n)
{
    bool any = false;

    write_attrs(b, &any, n);
    buf_add_z(b, any ? "}," : "{");
    write_content(b, n);
    buf_add_format(b, "\"type\":\"%s\"}", body_kind_name(n->kind));
}

struct str body_to_json(struct arena *a, const struct body_node *doc)
{
    struct buf b = buf_in(a);

    write_node(&b, doc);
    return buf_str(&b);
}
