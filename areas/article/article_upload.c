/* A picture, sound or video for an article: taken by the media room, written down, and told to the editor as JSON. And
 * the file an article came from, as it arrived. */
#include "article/article_media.h"
#include "article/article_pages.h"
#include "media/media_store.h"
#include "media/media_take.h"
#include <jansson.h>

enum { PICTURE_BYTES = 25 * 1024 * 1024, MEDIA_BYTES = 500 * 1024 * 1024 };

static void send_json(struct request *rq, int status, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);

    json_decref(json);
    if (text == NULL)
        abort();
    struct str copy = str_copy(rq->arena, str_of(text));
    free(text);
    rq_send(rq, status, "application/json", copy);
}

static json_t *json_text(struct str s)
{
    return json_stringn_nocheck(s.ptr != NULL ? s.ptr : "", s.len);
}

static void refuse(struct request *rq, int status, enum msg sentence)
{
    json_t *answer = json_object();

    json_object_set_new(answer, "error", json_text(msg(rq->lang, sentence)));
    send_json(rq, status, answer);
}

static enum msg problem_sentence(enum media_problem problem)
{
    switch (problem) {
    case MEDIA_EMPTY:
        return MSG_article_upload_empty;
    case MEDIA_NOT_TAKEN:
        return MSG_article_upload_kind;
    case MEDIA_TOO_LARGE:
        return MSG_article_upload_large;
    case MEDIA_TIME_OUT:
        return MSG_article_upload_time;
    case MEDIA_NO_CONVERTER:
    case MEDIA_NO_SANDBOX:
        return MSG_article_upload_unable;
    default:
        return MSG_article_upload_broken;
    }
}

static void tell(struct request *rq, const struct media_taken *taken, struct str widths)
{
    json_t *answer = json_object();
    struct str kind = article_media_kind(taken->kind);

    json_object_set_new(answer, "media", json_text(taken->hash));
    json_object_set_new(answer, "kind", json_text(kind));
    json_object_set_new(answer, "url", json_text(article_media_url(rq->arena, taken->hash, kind, widths)));
    json_object_set_new(answer, "width", json_integer(taken->width));
    json_object_set_new(answer, "height", json_integer(taken->height));
    send_json(rq, 200, answer);
}

void article_upload(struct request *rq)
{
    const struct http_upload *file = http_upload(rq->http, "file");
    struct media_options options = {.store = site_folders(site_of(rq))->media};
    struct media_taken taken;
    struct q_article_page a;
    enum media_kind kind;

    if (!article_open_page(rq, &a))
        return;
    if (!article_may_edit(rq->who, a.state, a.created_by)) {
        refuse(rq, 403, MSG_error_denied_title);
        return;
    }
    if (file == NULL || media_kind_of_file(file->path, &kind) != OK) {
        refuse(rq, 400, MSG_article_upload_empty);
        return;
    }
    options.max_bytes = media_is_picture(kind) ? PICTURE_BYTES : MEDIA_BYTES;
    if (rq_failed(rq, media_take(rq->arena, &options, file->path, &taken)))
        return;
    if (taken.problem != MEDIA_FINE) {
        refuse(rq, 422, problem_sentence(taken.problem));
        return;
    }
    struct str widths = article_media_widths(rq->arena, &taken);
    if (!rq_failed(rq, rq_write(rq, article_media_add(tx, &taken, file->name))))
        tell(rq, &taken, widths);
}

/* --- the file it came from ----------------------------------------------------------------------------------------- */

void article_original(struct request *rq)
{
    int64_t id = rq_path_id(rq, "original");
    struct q_article_originals_rows found;
    struct q_article_page a;
    const char *path;

    if (!article_open_page(rq, &a) || rq_failed(rq, q_article_originals(rq->db, a.id, &found)))
        return;
    for (size_t i = 0; i < found.count; i++) {
        if (found.rows[i].id.v != id)
            continue;
        enum err e = media_store_find(rq->arena, site_folders(site_of(rq))->media, found.rows[i].hash, "original", &path);
        if (e == OK)
            e = response_file(rq->response, "application/octet-stream", path);
        if (!rq_failed(rq, e))
            response_attachment(rq->response, found.rows[i].file_name);
        return;
    }
    rq_fail(rq, E_NOT_FOUND);
}
