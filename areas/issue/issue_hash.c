#include "issue/issue.h"
#include "base/digest.h"
#include <jansson.h>

/* --- what is signed ------------------------------------------------------------------------------------------------ */

static void set_text(json_t *object, const char *key, struct str s)
{
    json_object_set_new(object, key, json_stringn(s.ptr != NULL ? s.ptr : "", s.len));
}

static json_t *items_json(const struct q_issue_items_rows *items)
{
    json_t *list = json_array();

    for (size_t i = 0; i < items->count; i++) {
        const struct q_issue_items *item = &items->rows[i];
        json_t *one = json_object();
        set_text(one, "article", item->hash);
        set_text(one, "section", item->section_name);
        json_object_set_new(one, "aloud", json_boolean(item->is_read_aloud));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *questions_json(const struct q_issue_questions_rows *questions, const struct q_issue_items_rows *items)
{
    json_t *list = json_array();

    for (size_t i = 0; i < questions->count; i++) {
        json_t *one = json_object();
        int64_t place = 0;
        for (size_t k = 0; k < items->count; k++)
            if (items->rows[k].id.v == questions->rows[i].item_id.v)
                place = (int64_t)k + 1;
        json_object_set_new(one, "item", json_integer(place));
        set_text(one, "text", questions->rows[i].text);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *front_json(const struct q_issue_whole *issue)
{
    json_t *front = json_object();

    set_text(front, "publication", issue->publication_name);
    json_object_set_new(front, "year", json_integer(issue->year));
    json_object_set_new(front, "number", json_integer(issue->number));
    set_text(front, "title", issue->title);
    set_text(front, "date", issue->date);
    set_text(front, "cover", issue->cover);
    set_text(front, "editorial", issue->editorial);
    set_text(front, "licence", issue->licence);
    set_text(front, "editor", issue->editor_name);
    set_text(front, "printer", issue->printer);
    json_object_set_new(front, "copies", json_integer(issue->print_run));
    return front;
}

enum err issue_hash(struct db *db, struct issue_id id, struct str *hash)
{
    struct q_issue_whole issue;
    struct q_issue_items_rows items;
    struct q_issue_questions_rows questions;

    TRY(q_issue_whole(db, id, &issue));
    TRY(q_issue_items(db, id, &items));
    TRY(q_issue_questions(db, id, &questions));

    json_t *all = json_object();
    json_object_set_new(all, "front", front_json(&issue));
    json_object_set_new(all, "items", items_json(&items));
    json_object_set_new(all, "questions", questions_json(&questions, &items));
    char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(all);
    if (text == NULL)
        abort();
    *hash = digest_of(db->arena, str_of(text));
    free(text);
    return OK;
}

enum err issue_approval_holds(struct db *db, struct issue_id id, bool *holds)
{
    struct q_approval_valid approval;
    struct str hash;

    enum err e = q_approval_valid(db, S("issue"), id.v, &approval);
    if (e == E_NOT_FOUND) {
        *holds = false;
        return OK;
    }
    TRY(e);
    TRY(issue_hash(db, id, &hash));
    *holds = str_equal(hash, approval.hash);
    return OK;
}
