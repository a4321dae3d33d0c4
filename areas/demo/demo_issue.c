/* An issue and its articles, made as people would have made them: written, edited, sent, approved, gathered, published. */
#include "article/article.h"
#include "demo/demo_parts.h"
#include "issue/issue.h"
#include <jansson.h>

enum { HOUR = 3600, DAY = 24 * HOUR, ARTICLES_MAX = 40 };

struct demo_article {
    struct str name;
    struct demo_file file;
    struct article_draft draft;
    struct article_id id;
};

struct making {
    struct demo *d;
    struct tx *tx;
    struct demo_file file;
    int64_t appears;
    struct demo_article articles[ARTICLES_MAX];
    size_t count;
    struct issue_id issue;
    int64_t revision; /* of the issue */
};

/* --- an article's file as a draft ---------------------------------------------------------------------------------- */

enum err demo_hash_named(void *demo, struct str name, struct str *hash)
{
    const struct demo *d = demo;

    for (size_t i = 0; i < d->media_count; i++) {
        if (!str_equal(d->media[i].name, name))
            continue;
        *hash = d->media[i].hash;
        return OK;
    }
    return demo_unknown("medium", name, E_NOT_FOUND);
}

static struct str or(struct str value, struct str otherwise)
{
    return value.len > 0 ? value : otherwise;
}

static void set_text(json_t *object, const char *key, struct str s)
{
    if (s.len > 0)
        json_object_set_new(object, key, json_stringn(s.ptr, s.len));
}

/* author: name; role; unit — one line each */
static struct str authors_of(struct arena *a, const struct demo_file *f)
{
    json_t *list = json_array();
    struct str p[3];

    for (size_t i = 0; i < f->count; i++) {
        if (!str_equal(f->lines[i].key, S("author")))
            continue;
        json_t *one = json_object();
        demo_parts(f->lines[i].value, p, 3);
        set_text(one, "name", p[0]);
        set_text(one, "role", p[1]);
        set_text(one, "unit", p[2]);
        json_array_append_new(list, one);
    }
    char *text = json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(list);
    if (text == NULL)
        abort();
    struct str authors = str_copy(a, str_of(text));
    free(text);
    return authors;
}

static enum err unit_of(struct tx *tx, struct str code, struct unit_id *id)
{
    struct q_demo_unit_by_code unit;

    if (code.len == 0)
        return OK;
    enum err e = q_demo_unit_by_code(tx->db, code, &unit);
    if (e != OK)
        return demo_unknown("unit", code, e);
    *id = unit.id;
    return OK;
}

/* units: codes between ';', in the order in which organisation.txt has them, which is that of their ids */
static enum err units_of(struct tx *tx, const struct demo_file *f, struct article_draft *draft)
{
    struct str p[4];
    struct unit_id *units = NEW_ARRAY(tx->arena, struct unit_id, countof(p));

    demo_parts(demo_value(f, "units"), p, countof(p));
    draft->units = units;
    for (size_t i = 0; i < countof(p) && p[i].len > 0; i++)
        TRY(unit_of(tx, p[i], &units[draft->unit_count++]));
    return OK;
}

static enum err words_of(struct tx *tx, const struct demo *d, const struct demo_file *f, struct article_draft *draft)
{
    struct q_demo_section_by_slug section;
    struct q_demo_topic_by_slug topic;
    struct q_demo_genre_by_slug genre;

    if (q_demo_section_by_slug(tx->db, d->publication, demo_value(f, "section"), &section) != OK)
        return demo_unknown("section", demo_value(f, "section"), E_NOT_FOUND);
    if (q_demo_topic_by_slug(tx->db, demo_value(f, "topic"), &topic) != OK)
        return demo_unknown("topic", demo_value(f, "topic"), E_NOT_FOUND);
    if (q_demo_genre_by_slug(tx->db, demo_value(f, "genre"), &genre) != OK)
        return demo_unknown("genre", demo_value(f, "genre"), E_NOT_FOUND);
    draft->section = section.id;
    draft->topic = topic.id;
    draft->genre = genre.id;
    return OK;
}

static enum err draft_of(struct making *m, const struct demo_file *f, struct article_draft *draft)
{
    struct arena *a = m->tx->arena;
    struct body_node *doc;

    TRY(demo_body(a, f->text, demo_hash_named, m->d, &doc));
    struct str body = body_to_json(a, doc);
    TRY(body_of_json(a, body, &doc));
    *draft = (struct article_draft){
        .title = demo_value(f, "title"),
        .kicker = or(demo_value(f, "kicker"), S("")),
        .standfirst = or(demo_value(f, "standfirst"), S("")),
        .authors = authors_of(a, f),
        .body = body,
        .visibility = or(demo_value(f, "visibility"), S("public")),
        .note = S(""),
    };
    if (draft->title.len == 0)
        return E_INVALID;
    TRY(words_of(m->tx, m->d, f, draft));
    TRY(unit_of(m->tx, demo_value(f, "unit"), &draft->unit));
    return units_of(m->tx, f, draft);
}

static enum err read_articles(struct making *m)
{
    struct arena *a = m->tx->arena;

    for (size_t i = 0; i < m->file.count; i++) {
        const struct demo_line *line = &m->file.lines[i];
        if (!str_equal(line->key, S("article")))
            continue;
        if (m->count == ARTICLES_MAX)
            return E_TOO_LARGE;
        struct demo_article *article = &m->articles[m->count++];
        article->name = line->value;
        const char *name = str_format(a, "articles/%.*s.txt", STR_ARG(line->value)).ptr;
        enum err e = demo_file_read(a, name, m->appears, &article->file);
        if (e == OK)
            e = draft_of(m, &article->file, &article->draft);
        if (e != OK)
            return demo_unknown("article", line->value, e);
    }
    return OK;
}

/* --- the articles' way --------------------------------------------------------------------------------------------- */

static enum err head_of(struct tx *tx, struct article_id id, struct revision_id *head)
{
    struct q_article_for_rules article;

    TRY(q_article_for_rules(tx->db, id, &article));
    *head = article.head_id;
    return OK;
}

/* `was: old words => words` in a published article: the old words stand there until the correction. */
static bool correction_of(const struct demo_file *f, struct str *old, struct str *new)
{
    struct str value = demo_value(f, "was");
    size_t at = str_find(value, S(" => "), 0);

    if (at == SIZE_MAX)
        return false;
    *old = str_sub(value, 0, at);
    *new = str_skip(value, at + 4);
    return true;
}

/* Written by a contributor, under its first title where the file has one. */
static enum err create(struct making *m, struct demo_article *article, int64_t at)
{
    struct article_draft first = article->draft;
    struct str old, new;

    TRY(demo_act(m->tx, or(demo_value(&article->file, "by"), S("congtacvien")), at));
    first.title = or(demo_value(&article->file, "first_title"), first.title);
    if (correction_of(&article->file, &old, &new))
        first.body = str_replace(m->tx->arena, first.body, new, old);
    return article_create(m->tx, m->d->publication, &first, &article->id);
}

/* What the editor made of it. */
static enum err edit(struct making *m, struct demo_article *article, int64_t at)
{
    struct revision_id head, saved;
    struct article_draft edited = article->draft;
    struct str old, new;

    if (demo_value(&article->file, "first_title").len == 0)
        return OK;
    TRY(demo_act(m->tx, or(demo_value(&article->file, "editor"), S("bientap")), at));
    TRY(head_of(m->tx, article->id, &head));
    if (correction_of(&article->file, &old, &new))
        edited.body = str_replace(m->tx->arena, edited.body, new, old);
    return article_save(m->tx, article->id, head, &edited, &saved);
}

/* By an editor, to the approver; by its author (sent_by), to the editors. */
static enum err send(struct making *m, struct demo_article *article, int64_t at)
{
    struct revision_id head;

    TRY(demo_act(m->tx, or(demo_value(&article->file, "sent_by"), S("bientap")), at));
    TRY(head_of(m->tx, article->id, &head));
    return article_send(m->tx, article->id, head);
}

static enum err approve(struct making *m, struct demo_article *article, int64_t at)
{
    struct revision_id head;

    TRY(demo_act(m->tx, S("duyet"), at));
    TRY(head_of(m->tx, article->id, &head));
    return article_approve(m->tx, article->id, head);
}

static enum err return_it(struct making *m, struct demo_article *article, int64_t at)
{
    struct revision_id head;

    TRY(demo_act(m->tx, S("duyet"), at));
    TRY(head_of(m->tx, article->id, &head));
    return article_return(m->tx, article->id, head, demo_value(&article->file, "reason"));
}

/* As far as its file says; "accepted" where it says nothing. */
static enum err take_along(struct making *m, struct demo_article *article, int64_t at)
{
    struct str state = or(demo_value(&article->file, "state"), S("accepted"));

    if (str_equal(state, S("draft")))
        return OK;
    TRY(send(m, article, at));
    if (str_equal(state, S("review")))
        return OK;
    if (str_equal(state, S("returned")))
        return return_it(m, article, at + 5 * HOUR);
    return approve(m, article, at + 5 * HOUR);
}

typedef enum err article_step(struct making *m, struct demo_article *article, int64_t at);

/* The same step with one article after the other. */
static enum err with_each(struct making *m, article_step *step, int64_t from, int64_t apart)
{
    for (size_t i = 0; i < m->count; i++) {
        enum err e = step(m, &m->articles[i], from + (int64_t)i * apart);
        if (e != OK)
            return demo_unknown("article", m->articles[i].name, e);
    }
    return OK;
}

static enum err add_articles(struct making *m, int64_t from)
{
    TRY(with_each(m, create, from, 7 * HOUR / 4));
    TRY(with_each(m, edit, from + DAY, 3 * HOUR / 4));
    return with_each(m, take_along, from + 2 * DAY, HOUR / 3);
}

/* --- the issue ----------------------------------------------------------------------------------------------------- */

/* The issue's number is its month. */
static enum err create_issue(struct making *m, int64_t at)
{
    struct q_demo_publication publication;
    time_t local = (time_t)(m->appears + 7 * HOUR);
    struct tm day;
    struct str cover = S("");

    gmtime_r(&local, &day);
    TRY(demo_act(m->tx, S("bientap"), at));
    TRY(q_demo_publication(m->tx->db, S("demo"), &publication));
    if (demo_value(&m->file, "cover").len > 0)
        TRY(demo_hash_named(m->d, demo_value(&m->file, "cover"), &cover));
    struct issue_front front = {
        .year = day.tm_year + 1900,
        .number = day.tm_mon + 1,
        .title = or(demo_value(&m->file, "title"), S("")),
        .date = str_format(m->tx->arena, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday),
        .cover = cover,
        .editorial = str_trim(m->file.text),
        .licence = publication.licence,
        .editor_name = publication.editor_name,
        .printer = publication.printer,
        .print_run = publication.print_run,
    };
    m->revision = 1;
    return issue_create(m->tx, m->d->publication, &front, &m->issue);
}

static enum err item_named(const struct making *m, struct str name, struct issue_item_id *item)
{
    struct q_demo_item_of found;

    for (size_t i = 0; i < m->count; i++) {
        if (!str_equal(m->articles[i].name, name))
            continue;
        TRY(q_demo_item_of(m->tx->db, m->issue, m->articles[i].id, &found));
        *item = found.id;
        return OK;
    }
    return demo_unknown("item", name, E_NOT_FOUND);
}

static enum err gather(struct making *m)
{
    for (size_t i = 0; i < m->count; i++)
        TRY(issue_add_article(m->tx, m->issue, m->revision++, m->articles[i].id, (struct section_id){0}));
    return OK;
}

/* aloud: article */
static enum err mark_read_aloud(struct making *m)
{
    for (size_t i = 0; i < m->file.count; i++) {
        struct issue_item_id item;
        if (!str_equal(m->file.lines[i].key, S("aloud")))
            continue;
        TRY(item_named(m, m->file.lines[i].value, &item));
        TRY(issue_mark_read_aloud(m->tx, m->issue, m->revision++, item, true));
    }
    return OK;
}

/* question: of the whole issue; ask ARTICLE: of one article. Each kind stands together in the file. */
static enum err set_questions(struct making *m, struct str key, struct issue_item_id item)
{
    struct str questions[ISSUE_QUESTIONS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < m->file.count && n < countof(questions); i++)
        if (str_equal(m->file.lines[i].key, key))
            questions[n++] = m->file.lines[i].value;
    return n == 0 ? OK : issue_set_questions(m->tx, m->issue, m->revision++, item, questions, n);
}

static enum err ask(struct making *m)
{
    TRY(set_questions(m, S("question"), (struct issue_item_id){0}));
    for (size_t i = 0; i < m->count; i++) {
        struct str key = str_format(m->tx->arena, "ask %.*s", STR_ARG(m->articles[i].name));
        struct issue_item_id item;
        TRY(item_named(m, m->articles[i].name, &item));
        TRY(set_questions(m, key, item));
    }
    return OK;
}

static enum err publish(struct making *m)
{
    TRY(demo_act(m->tx, S("bientap"), m->appears - 2 * DAY));
    TRY(issue_send(m->tx, m->issue, m->revision++));
    TRY(demo_act(m->tx, S("duyet"), m->appears - DAY));
    TRY(issue_approve(m->tx, m->issue, m->revision++));
    TRY(demo_act(m->tx, S("duyet"), m->appears));
    return issue_publish(m->tx, m->issue, m->revision++);
}

/* What was found wrong after the issue appeared. */
static enum err correct(struct making *m, struct demo_article *article, int64_t at)
{
    struct revision_id head, saved;
    struct str old, new;

    if (!correction_of(&article->file, &old, &new))
        return OK;
    TRY(demo_act(m->tx, S("bientap"), at));
    TRY(head_of(m->tx, article->id, &head));
    TRY(article_correct(m->tx, article->id, S("fact"), demo_value(&article->file, "correction"), true));
    TRY(article_save(m->tx, article->id, head, &article->draft, &saved));
    TRY(demo_act(m->tx, S("duyet"), at + 2 * HOUR));
    return article_approve(m->tx, article->id, saved);
}

enum err demo_add_issue(struct tx *tx, struct demo *d, const char *name, int64_t appears, bool is_published)
{
    struct making *m = NEW(tx->arena, struct making);
    int64_t from = is_published ? appears - 9 * DAY : d->now - 5 * DAY;

    m->d = d;
    m->tx = tx;
    m->appears = appears;
    TRY(demo_file_read(tx->arena, str_format(tx->arena, "issues/%s.txt", name).ptr, appears, &m->file));
    TRY(read_articles(m));
    TRY(add_articles(m, from));
    TRY(create_issue(m, from + 3 * DAY));
    TRY(gather(m));
    TRY(mark_read_aloud(m));
    TRY(ask(m));
    if (!is_published)
        return OK;
    TRY(publish(m));
    return with_each(m, correct, appears + DAY, 0);
}
