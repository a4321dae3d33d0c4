/* The form of an article: from fields, or from the editor's JSON, to a draft. Both ways end in the same checks. */
#include "article/article_pages.h"
#include "text/text.h"
#include <jansson.h>

enum { AUTHORS_TEXT_MAX = 4000, FIELDS_MAX = 600 };

static const char *const visibilities[] = {"public", "members", "units", NULL};

/* --- the body ------------------------------------------------------------------------------------------------------ */

static bool is_posted(const struct request *rq, const char *name)
{
    return http_form(rq->http, name).ptr != NULL;
}

/* The plain field is there where the editor did not put itself in its place: then it is what was typed. */
static enum err read_body(struct request *rq, struct str stored, struct body_node **doc)
{
    struct body_plain_words words = article_plain_words(rq);

    if (is_posted(rq, "plain"))
        return body_of_plain(rq->arena, http_form(rq->http, "plain"), article_tree(rq, stored), &words, doc);
    return body_of_json(rq->arena, http_form(rq->http, "body_json"), doc);
}

static void take_body(struct request *rq, struct str stored, struct article_draft *draft)
{
    struct body_node *doc;

    form_known(rq, "plain");
    form_known(rq, "body_json");
    enum err e = read_body(rq, stored, &doc);
    if (e == OK)
        draft->body = body_to_json(rq->arena, doc);
    else
        form_error(rq, "body", e == E_TOO_LARGE ? MSG_article_body_too_large : MSG_article_body_broken);
}

/* --- who may read -------------------------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    int64_t x = ((const struct unit_id *)a)->v, y = ((const struct unit_id *)b)->v;

    return x < y ? -1 : x > y;
}

static void take_units(struct request *rq, struct article_draft *draft)
{
    int64_t *ids;
    size_t n = form_ids(rq, "units", &ids), kept = 0;
    struct unit_id *units = NEW_ARRAY(rq->arena, struct unit_id, n + 1);

    if (!str_equal(draft->visibility, S("units")))
        return;
    for (size_t i = 0; i < n; i++)
        units[i].v = ids[i];
    qsort(units, n, sizeof *units, by_number);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || units[kept - 1].v != units[i].v)
            units[kept++] = units[i];
    if (kept == 0)
        form_error(rq, "units", MSG_article_units_missing);
    draft->units = units;
    draft->unit_count = kept;
}

/* --- all of it ----------------------------------------------------------------------------------------------------- */

bool article_form_read(struct request *rq, struct str stored_body, struct article_form *form)
{
    struct article_draft *draft = &form->draft;
    struct author *authors;

    *form = (struct article_form){.base = {form_id(rq, "base", FORM_REQUIRED)}};
    draft->title = form_line(rq, "title", ARTICLE_TITLE_MAX, FORM_OPTIONAL);
    draft->kicker = form_line(rq, "kicker", ARTICLE_KICKER_MAX, FORM_OPTIONAL);
    draft->standfirst = form_text(rq, "standfirst", ARTICLE_STANDFIRST_MAX, FORM_OPTIONAL);
    form->authors = form_text(rq, "authors", AUTHORS_TEXT_MAX, FORM_OPTIONAL);
    size_t n = authors_of_lines(rq->arena, form->authors, &authors);
    draft->authors = authors_to_json(rq->arena, authors, n);
    draft->section.v = form_id(rq, "section", FORM_OPTIONAL);
    draft->topic.v = form_id(rq, "topic", FORM_OPTIONAL);
    draft->genre.v = form_id(rq, "genre", FORM_OPTIONAL);
    draft->unit.v = form_id(rq, "unit", FORM_OPTIONAL);
    draft->visibility = form_choice(rq, "visibility", visibilities, FORM_REQUIRED);
    take_units(rq, draft);
    draft->note = S("");
    form_known(rq, "reason"); /* of the buttons beside the text */
    form_known(rq, "message");
    form_known(rq, "choice");
    take_body(rq, stored_body, draft);
    return form_ok(rq);
}

/* --- from JSON ----------------------------------------------------------------------------------------------------- */

struct pairs {
    struct arena *arena;
    struct http_pair *list;
    size_t count;
    bool is_full;
};

static void add_pair(struct pairs *p, const char *name, struct str value)
{
    if (p->count == FIELDS_MAX)
        p->is_full = true;
    else
        p->list[p->count++] = (struct http_pair){str_copy(p->arena, str_of(name)), str_copy(p->arena, value)};
}

static void add_value(struct pairs *p, const char *name, const json_t *value)
{
    if (json_is_string(value))
        add_pair(p, name, (struct str){json_string_value(value), json_string_length(value)});
    else if (json_is_integer(value))
        add_pair(p, name, str_format(p->arena, "%lld", (long long)json_integer_value(value)));
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++)
        add_value(p, name, json_array_get(value, i));
}

static enum err add_all(struct pairs *p, json_t *sent)
{
    json_t *fields = json_object_get(sent, "fields"), *body = json_object_get(sent, "body"), *value;
    const char *name;

    if (!json_is_object(fields) || !json_is_object(body) || !json_is_integer(json_object_get(sent, "base")))
        return E_INVALID;
    add_value(p, "base", json_object_get(sent, "base"));
    json_object_foreach(fields, name, value) {
        add_value(p, name, value);
    }
    char *text = json_dumps(body, JSON_COMPACT);
    if (text == NULL)
        return E_INVALID;
    add_pair(p, "body_json", str_of(text));
    free(text);
    return p->is_full ? E_TOO_LARGE : OK;
}

enum err article_form_from_json(struct request *rq)
{
    struct pairs p = {.arena = rq->arena, .list = NEW_ARRAY(rq->arena, struct http_pair, FIELDS_MAX)};
    json_t *sent = json_loadb(rq->http->body.ptr != NULL ? rq->http->body.ptr : "", rq->http->body.len,
                              JSON_REJECT_DUPLICATES, NULL);

    enum err e = add_all(&p, sent);
    json_decref(sent);
    if (e == OK)
        rq->http->form = (struct http_pairs){p.list, p.count};
    return e;
}
