/* What several pages of articles show: the article itself, its state in a word, its text as readers will see it. */
#include "article/article_pages.h"

bool article_open_page(struct request *rq, struct q_article_page *article)
{
    struct q_article_page found;
    enum err e = q_article_page(rq->db, (struct article_id){rq_path_id(rq, "article")}, &found);

    if (e == OK && !article_may_see(rq->who, found.created_by))
        e = E_NOT_FOUND;
    if (rq_failed(rq, e))
        return false;
    *article = found;
    return true;
}

struct str article_shown_title(struct request *rq, struct str title)
{
    return title.len > 0 ? title : msg(rq->lang, MSG_article_untitled);
}

struct v_tag article_tag(struct str state, bool is_passed)
{
    static const struct {
        const char *state;
        struct v_tag tag;
    } tags[] = {
        {"draft", {{"plain", 5}, MSG_article_state_draft}},
        {"returned", {{"late", 4}, MSG_article_state_returned}},
        {"accepted", {{"good", 4}, MSG_article_state_accepted}},
        {"published", {{"good", 4}, MSG_article_state_published}},
        {"withdrawn", {{"plain", 5}, MSG_article_state_withdrawn}},
    };

    for (size_t i = 0; i < countof(tags); i++)
        if (str_equal(state, str_of(tags[i].state)))
            return tags[i].tag;
    return (struct v_tag){S("warn"), is_passed ? MSG_article_state_passed : MSG_article_state_review};
}

const struct body_node *article_tree(struct request *rq, struct str json)
{
    struct body_node *doc;

    /* It was checked when it was saved; a damaged one shows as empty rather than not at all. */
    return body_of_json(rq->arena, json, &doc) == OK ? doc : body_new(rq->arena, BODY_DOC);
}

struct body_plain_words article_plain_words(const struct request *rq)
{
    return (struct body_plain_words){
        .table = msg(rq->lang, MSG_article_plain_table),
        .figure = msg(rq->lang, MSG_article_plain_figure),
        .sound = msg(rq->lang, MSG_article_plain_sound),
        .video = msg(rq->lang, MSG_article_plain_video),
        .box = msg(rq->lang, MSG_article_plain_box),
        .block = msg(rq->lang, MSG_article_plain_block),
        .note = msg(rq->lang, MSG_article_plain_note),
    };
}

/* --- pictures, sounds, videos -------------------------------------------------------------------------------------- */

struct media_context {
    struct arena *arena;
    struct q_article_media_rows media;
};

static bool has_width(struct str renditions, int width)
{
    struct str one;

    while (renditions.len > 0) {
        int64_t n;
        renditions = str_cut(renditions, ',', &one);
        if (str_to_int(str_trim(one), &n) == OK && n == width)
            return true;
    }
    return false;
}

static struct str part_url(struct arena *a, struct str hash, const char *part)
{
    return str_format(a, "/tep/%.*s/%s", STR_ARG(hash), part);
}

static void add_sizes(struct arena *a, const struct q_article_media *m, struct body_html_media *media)
{
    static const int widths[] = {480, 960, 1600};
    struct body_html_size *sizes = NEW_ARRAY(a, struct body_html_size, countof(widths));
    size_t n = 0;

    for (size_t i = 0; i < countof(widths); i++)
        if (has_width(m->renditions, widths[i]))
            sizes[n++] = (struct body_html_size){part_url(a, m->hash, str_format(a, "%d.webp", widths[i]).ptr),
                                                 media->width > 0 && media->width < widths[i] ? media->width : widths[i]};
    media->sizes = sizes;
    media->size_count = n;
}

struct str article_media_url(struct arena *a, struct str hash, struct str kind, struct str renditions)
{
    static const int by_fit[] = {960, 1600, 480};

    for (size_t i = 0; str_equal(kind, S("picture")) && i < countof(by_fit); i++)
        if (has_width(renditions, by_fit[i]))
            return part_url(a, hash, str_format(a, "%d.jpg", by_fit[i]).ptr);
    return part_url(a, hash, "goc");
}

static bool find_media(void *context, struct str hash, struct body_html_media *media)
{
    struct media_context *c = context;

    for (size_t i = 0; i < c->media.count; i++) {
        const struct q_article_media *m = &c->media.rows[i];
        if (!str_equal(m->hash, hash))
            continue;
        *media = (struct body_html_media){
            .url = article_media_url(c->arena, m->hash, m->kind, m->renditions),
            .width = (int)m->width,
            .height = (int)m->height,
        };
        add_sizes(c->arena, m, media);
        return true;
    }
    return false;
}

struct body_html_options *article_html_options(struct request *rq, struct revision_id revision)
{
    struct body_html_options *options = NEW(rq->arena, struct body_html_options);
    struct media_context *context = NEW(rq->arena, struct media_context);

    context->arena = rq->arena;
    /* A preview without its pictures is still a preview. */
    IGNORE(q_article_media(rq->db, revision, &context->media));
    *options = (struct body_html_options){
        .media = find_media,
        .context = context,
        .sizes = S("(min-width: 720px) 680px, 100vw"),
        .notes_title = msg(rq->lang, MSG_article_notes_title),
        .note_word = msg(rq->lang, MSG_article_note_word),
        .back_word = msg(rq->lang, MSG_article_back_word),
        .table_word = msg(rq->lang, MSG_article_table_word),
    };
    return options;
}
