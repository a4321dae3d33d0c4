#include "access/access.h"
#include "publication/publication_views.h"
#include "publication/publication_render.h"
#include "publication/words.h"
#include "site/site.h"
#include "web/form.h"

#define TOPICS S("/quan-tri/linh-vuc")
#define GENRES S("/quan-tri/the-loai")

/* Both lists have the same screens; the address says which. */
static enum word_kind kind_of(const struct request *rq)
{
    return str_starts(rq->http->path, TOPICS) ? WORD_TOPIC : WORD_GENRE;
}

static struct str base_of(const struct request *rq)
{
    return kind_of(rq) == WORD_TOPIC ? TOPICS : GENRES;
}

static struct words words_where(struct request *rq, const struct words *all, bool is_archived)
{
    struct word *rows = NEW_ARRAY(rq->arena, struct word, all->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].is_archived == is_archived)
            rows[n++] = all->rows[i];
    return (struct words){rows, n};
}

static void show_list(struct request *rq, int status)
{
    bool is_topics = kind_of(rq) == WORD_TOPIC;
    struct v_word_list view = {
        .is_topics = is_topics, .may_administer = rq_may(rq, ACT_SYSTEM_MANAGE), .base = base_of(rq),
        .title = msg(rq->lang, is_topics ? MSG_words_topics : MSG_words_genres)};
    struct words all;

    if (rq_failed(rq, word_list(rq->db, kind_of(rq), &all)))
        return;
    view.words = words_where(rq, &all, false);
    view.archived = words_where(rq, &all, true);
    rq_page(rq, status, word_list, &view);
}

static void list_page(struct request *rq)
{
    show_list(rq, 200);
}

static bool find(struct request *rq, struct word *word)
{
    struct words all;
    int64_t id = rq_path_id(rq, "word");

    if (rq_failed(rq, word_list(rq->db, kind_of(rq), &all)))
        return false;
    for (size_t i = 0; i < all.count; i++)
        if (all.rows[i].id == id) {
            *word = all.rows[i];
            return true;
        }
    rq_fail(rq, E_NOT_FOUND);
    return false;
}

static void show_form(struct request *rq, int status)
{
    struct v_word_form view = {.is_topics = kind_of(rq) == WORD_TOPIC, .base = base_of(rq)};

    if (find(rq, &view.word))
        rq_page(rq, status, word_form, &view);
}

static void word_page(struct request *rq)
{
    show_form(rq, 200);
}

static void done(struct request *rq, enum msg notice)
{
    site_changed(rq);
    rq_done(rq, notice, "%.*s", STR_ARG(base_of(rq)));
}

static void add(struct request *rq)
{
    struct str name = form_line(rq, "name", WORD_NAME_MAX, FORM_REQUIRED);
    enum err e = OK;

    if (form_ok(rq))
        e = rq_write(rq, word_add(tx, kind_of(rq), name));
    if (e == E_CONFLICT)
        form_error(rq, "name", MSG_words_taken);
    else if (rq_failed(rq, e))
        return;
    if (form_ok(rq))
        done(rq, MSG_words_added);
    else
        show_list(rq, 422);
}

static void rename_word(struct request *rq)
{
    struct str name = form_line(rq, "name", WORD_NAME_MAX, FORM_REQUIRED);

    if (!form_ok(rq))
        show_form(rq, 422);
    else if (!rq_failed(rq, rq_write(rq, word_rename(tx, kind_of(rq), rq_path_id(rq, "word"), name))))
        done(rq, MSG_admin_saved);
}

static void set_archived(struct request *rq, bool is_archived)
{
    if (!form_ok(rq))
        rq_fail(rq, E_INVALID);
    else if (!rq_failed(rq, rq_write(rq, word_archive(tx, kind_of(rq), rq_path_id(rq, "word"), is_archived))))
        done(rq, is_archived ? MSG_words_archived_done : MSG_words_restored_done);
}

static void archive(struct request *rq)
{
    set_archived(rq, true);
}

static void restore(struct request *rq)
{
    set_archived(rq, false);
}

/* By buttons one place up or down, by script the whole order. */
static void order(struct request *rq)
{
    int64_t *ids, up = form_id(rq, "up", FORM_OPTIONAL), down = form_id(rq, "down", FORM_OPTIONAL);
    size_t count = form_ids(rq, "order", &ids);

    if (!form_ok(rq)) {
        rq_fail(rq, E_INVALID);
        return;
    }
    enum err e = up + down != 0 ? rq_write(rq, word_shift(tx, kind_of(rq), up != 0 ? up : down, up != 0 ? -1 : 1))
                                : rq_write(rq, word_order(tx, kind_of(rq), ids, count));
    if (rq_failed(rq, e))
        return;
    site_changed(rq);
    rq_redirect(rq, "%.*s", STR_ARG(base_of(rq)));
}

#define WORD_ROUTES(base)                                                                                              \
    GET(base, ACT_PUBLICATION_MANAGE, list_page), POST(base, ACT_PUBLICATION_MANAGE, add),                             \
        POST(base "/thu-tu", ACT_PUBLICATION_MANAGE, order), GET(base "/:word", ACT_PUBLICATION_MANAGE, word_page),    \
        POST(base "/:word", ACT_PUBLICATION_MANAGE, rename_word),                                                      \
        POST(base "/:word/cat", ACT_PUBLICATION_MANAGE, archive), POST(base "/:word/mo", ACT_PUBLICATION_MANAGE, restore)

const struct route words_routes[] = {
    WORD_ROUTES("/quan-tri/linh-vuc"),
    WORD_ROUTES("/quan-tri/the-loai"),
    {0},
};
