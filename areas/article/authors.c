#include "article/authors.h"
#include "text/text.h"
#include <jansson.h>

static struct str member(struct arena *a, const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);

    if (!json_is_string(value))
        return S("");
    return str_copy(a, (struct str){json_string_value(value), json_string_length(value)});
}

size_t authors_of_json(struct arena *a, struct str json, struct author **authors)
{
    json_t *list = json_loadb(json.ptr != NULL ? json.ptr : "", json.len, 0, NULL), *one;
    struct author *found = NEW_ARRAY(a, struct author, AUTHORS_MAX);
    size_t i, n = 0;

    json_array_foreach(list, i, one)
        if (n < AUTHORS_MAX)
            found[n++] = (struct author){member(a, one, "name"), member(a, one, "role"), member(a, one, "unit")};
    json_decref(list);
    *authors = found;
    return n;
}

static void set(json_t *object, const char *name, struct str value)
{
    if (value.len > 0)
        json_object_set_new(object, name, json_stringn(value.ptr, value.len));
}

struct str authors_to_json(struct arena *a, const struct author *authors, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_t *one = json_object();
        set(one, "name", authors[i].name);
        set(one, "role", authors[i].role);
        set(one, "unit", authors[i].unit);
        json_array_append_new(list, one);
    }
    char *text = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(list);
    if (text == NULL)
        return S("[]");
    struct str json = str_copy(a, str_of(text));
    free(text);
    return json;
}

/* The part before the first " - " or " – ", and what is behind it. */
static struct str cut_at_dash(struct str line, struct str *head)
{
    static const struct str dashes[] = {{" – ", 5}, {" - ", 3}, {" — ", 5}};
    size_t at = SIZE_MAX, len = 0;

    for (size_t i = 0; i < countof(dashes); i++) {
        size_t found = str_find(line, dashes[i], 0);
        if (found < at) {
            at = found;
            len = dashes[i].len;
        }
    }
    *head = at == SIZE_MAX ? str_trim(line) : str_trim(str_sub(line, 0, at));
    return at == SIZE_MAX ? S("") : str_trim(str_skip(line, at + len));
}

size_t authors_of_lines(struct arena *a, struct str lines, struct author **authors)
{
    struct author *found = NEW_ARRAY(a, struct author, AUTHORS_MAX);
    size_t n = 0;

    lines = text_nfc(a, lines);
    while (lines.len > 0 && n < AUTHORS_MAX) {
        struct str line;
        struct author one;
        lines = str_cut(lines, '\n', &line);
        struct str rest = cut_at_dash(line, &one.name);
        one.unit = cut_at_dash(rest, &one.role);
        if (one.name.len > 0)
            found[n++] = one;
    }
    *authors = found;
    return n;
}

struct str authors_to_lines(struct arena *a, struct str json)
{
    struct author *authors;
    size_t n = authors_of_json(a, json, &authors);
    struct buf b = buf_in(a);

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add_char(&b, '\n');
        buf_add(&b, authors[i].name);
        if (authors[i].role.len > 0 || authors[i].unit.len > 0)
            buf_add_format(&b, " – %.*s", STR_ARG(authors[i].role));
        if (authors[i].unit.len > 0)
            buf_add_format(&b, " – %.*s", STR_ARG(authors[i].unit));
    }
    return buf_str(&b);
}

struct str authors_names(struct arena *a, struct str json)
{
    struct author *authors;
    size_t n = authors_of_json(a, json, &authors);
    struct buf b = buf_in(a);

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_add(&b, S(", "));
        buf_add(&b, authors[i].name);
    }
    return buf_str(&b);
}
