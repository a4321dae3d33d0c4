#include "article/article.h"
#include "access/access.h"
#include "auth/audit.h"
#include "base/digest.h"
#include "text/text.h"
#include <jansson.h>

/* --- the content hash ---------------------------------------------------------------------------------------------- */

static json_t *json_of(struct str s)
{
    json_t *j = json_stringn(s.ptr != NULL ? s.ptr : "", s.len);

    if (j == NULL)
        abort();
    return j;
}

static json_t *json_of_tree(struct str text)
{
    json_t *j = json_loadb(text.ptr, text.len, 0, NULL);

    return j != NULL ? j : json_null();
}

static json_t *json_of_units(const struct article_draft *draft)
{
    json_t *list = json_array();

    for (size_t i = 0; i < draft->unit_count; i++)
        json_array_append_new(list, json_integer(draft->units[i].v));
    return list;
}

struct str article_hash(struct arena *a, const struct article_draft *draft)
{
    json_t *all = json_object();

    json_object_set_new(all, "authors", json_of_tree(draft->authors));
    json_object_set_new(all, "body", json_of_tree(draft->body));
    json_object_set_new(all, "genre", json_integer(draft->genre.v));
    json_object_set_new(all, "kicker", json_of(draft->kicker));
    json_object_set_new(all, "section", json_integer(draft->section.v));
    json_object_set_new(all, "standfirst", json_of(draft->standfirst));
    json_object_set_new(all, "title", json_of(draft->title));
    json_object_set_new(all, "topic", json_integer(draft->topic.v));
    json_object_set_new(all, "unit", json_integer(draft->unit.v));
    json_object_set_new(all, "units", json_of_units(draft));
    json_object_set_new(all, "visibility", json_of(draft->visibility));

    char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(all);
    if (text == NULL)
        abort();
    struct str hash = digest_of(a, str_of(text));
    free(text);
    return hash;
}

enum err article_draft_of(struct db *db, struct revision_id revision, struct article_draft *draft)
{
    struct q_revision_whole r;
    struct q_revision_units_rows units;

    TRY(q_revision_whole(db, revision, &r));
    TRY(q_revision_units(db, revision, &units));
    struct unit_id *ids = NEW_ARRAY(db->arena, struct unit_id, units.count + 1);
    for (size_t i = 0; i < units.count; i++)
        ids[i] = units.rows[i].id;
    *draft = (struct article_draft){
        .title = r.title, .kicker = r.kicker, .standfirst = r.standfirst, .authors = r.authors, .body = r.body,
        .section = r.section_id, .topic = r.topic_id, .genre = r.genre_id, .unit = r.unit_id,
        .visibility = r.visibility, .units = ids, .unit_count = units.count, .note = r.note,
    };
    return OK;
}

/* --- who may ------------------------------------------------------------------------------------------------------- */

static bool is_state(const struct q_article_for_rules *article, const char *state)
{
    return str_equal(article->state, str_of(state));
}

static bool is_creator(const struct principal *who, struct person_id creator)
{
    return who->person.v != 0 && who->person.v == creator.v;
}

/* One's own: made by oneself, and waiting for nobody else. */
static bool is_own(const struct principal *who, struct str state, struct person_id creator)
{
    return is_creator(who, creator) && (str_equal(state, S("draft")) || str_equal(state, S("returned")));
}

bool article_may_see(const struct principal *who, struct person_id creator)
{
    return permission_check(who, ACT_NEWSROOM, is_creator(who, creator)) == OK;
}

bool article_may_edit(const struct principal *who, struct str state, struct person_id creator)
{
    return permission_check(who, ACT_ARTICLE_WRITE, is_own(who, state, creator)) == OK &&
           !str_equal(state, S("withdrawn"));
}

/* Loads the article for an action. What this person may not see is not there; that is asked before what they may do. */
static enum err open_article(struct tx *tx, int action, struct article_id id, struct q_article_for_rules *article)
{
    TRY(q_article_for_rules(tx->db, id, article));
    if (!article_may_see(tx->who, article->created_by))
        return E_NOT_FOUND;
    return permission_check(tx->who, action, is_own(tx->who, article->state, article->created_by));
}

/* The same for a change that starts from `base`: the permission first, so that a conflict tells nothing. */
static enum err open_at(struct tx *tx, int action, struct article_id id, struct revision_id base,
                        struct q_article_for_rules *article)
{
    TRY(open_article(tx, action, id, article));
    return article->head_id.v == base.v ? OK : E_CONFLICT;
}

/* --- whoever follows ----------------------------------------------------------------------------------------------- */

struct followers {
    article_changed *list[4];
    size_t count;
};

static struct followers of_public, of_head;

static void add_follower(struct followers *f, article_changed *follow)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->list[i] == follow)
            return;
    if (f->count == countof(f->list))
        abort();
    f->list[f->count++] = follow;
}

void article_on_public_change(article_changed *follow)
{
    add_follower(&of_public, follow);
}

void article_on_head_change(article_changed *follow)
{
    add_follower(&of_head, follow);
}

static enum err tell(const struct followers *f, struct tx *tx, struct article_id id)
{
    for (size_t i = 0; i < f->count; i++)
        TRY(f->list[i](tx, id));
    return OK;
}

/* --- saving -------------------------------------------------------------------------------------------------------- */

static enum err add_units_and_media(struct tx *tx, struct revision_id revision, const struct article_draft *draft,
                                    const struct body_node *doc)
{
    struct str *hashes;
    size_t n = body_media(tx->arena, doc, &hashes);

    for (size_t i = 0; i < n; i++)
        TRY(q_revision_add_media(tx, revision, hashes[i]));
    for (size_t i = 0; i < draft->unit_count; i++)
        TRY(q_revision_add_unit(tx, revision, draft->units[i]));
    return OK;
}

/* A section belongs to one publication; and what is for named units names some, or nobody could read it. */
static enum err check_draft(struct db *db, struct publication_id publication, const struct article_draft *draft)
{
    struct q_section_publication section;

    if (str_equal(draft->visibility, S("units")) != (draft->unit_count > 0))
        return E_INVALID;
    if (draft->section.v == 0)
        return OK;
    enum err e = q_section_publication(db, draft->section, &section);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    return section.publication_id.v == publication.v ? OK : E_INVALID;
}

/* A new revision on the shelf; the head stays where it is. */
static enum err add_revision(struct tx *tx, struct article_id id, struct revision_id base,
                             const struct article_draft *draft, struct str hash, int64_t *words,
                             struct revision_id *revision)
{
    struct q_revision_last_number last;
    struct revision_id made;
    struct body_node *doc;

    TRY(body_of_json(tx->arena, draft->body, &doc));
    TRY(q_revision_last_number(tx->db, id, &last));
    *words = (int64_t)body_count_words(doc);
    TRY(q_revision_add(tx, id, base, last.number + 1, draft->title, draft->kicker, draft->standfirst, draft->authors,
                       draft->body, draft->section, draft->topic, draft->genre, draft->unit, draft->visibility, *words,
                       hash, draft->note, tx->who->person, tx->now, &made));
    TRY(add_units_and_media(tx, made, draft, doc));
    *revision = made;
    return OK;
}

static enum err add_head(struct tx *tx, struct article_id id, struct revision_id base,
                         const struct article_draft *draft, struct str hash, struct revision_id *revision)
{
    int64_t words;

    TRY(add_revision(tx, id, base, draft, hash, &words, revision));
    return q_article_set_head(tx, id, base, *revision, draft->title, text_fold(tx->arena, draft->title), draft->section,
                              draft->topic, draft->genre, draft->unit, words, tx->now);
}

enum err article_create(struct tx *tx, struct publication_id publication, const struct article_draft *draft,
                        struct article_id *id)
{
    struct article_id made;
    struct revision_id first;
    struct article_step_id step;

    TRY(permission_check(tx->who, ACT_ARTICLE_WRITE, true));
    TRY(check_draft(tx->db, publication, draft));
    TRY(q_article_add(tx, publication, S("draft"), tx->who->person, tx->now, &made));
    TRY(add_head(tx, made, (struct revision_id){0}, draft, article_hash(tx->arena, draft), &first));
    TRY(q_article_step_add(tx, made, first, S("draft"), draft->note, tx->who->person, tx->now, &step));
    TRY(audit(tx, "article.created", "article", made.v, STR_NONE));
    *id = made;
    return OK;
}

/* A line of the article's history. */
static enum err note_step(struct tx *tx, const struct q_article_for_rules *article, struct str state, struct str note)
{
    struct article_step_id id;

    return q_article_step_add(tx, article->id, article->head_id, state, note, tx->who->person, tx->now, &id);
}

static enum err step(struct tx *tx, const struct q_article_for_rules *article, struct str state, struct str note)
{
    TRY(q_article_set_state(tx, article->id, state, tx->now));
    return note_step(tx, article, state, note);
}

/* A text that changed after its approval waits for review again, and the record says why. The signature under a
 * published text still holds for what readers see, until its correction is approved. */
static enum err void_approval(struct tx *tx, struct q_article_for_rules *article, struct revision_id changed)
{
    if (!is_state(article, "accepted"))
        return OK;
    TRY(q_approval_void(tx, S("article"), article->id.v, S("changed"), tx->now));
    article->head_id = changed;
    TRY(step(tx, article, S("review"), S("")));
    return audit(tx, "article.approval-voided", "article", article->id.v, STR_NONE);
}

/* A published text is changed through an open correction only. */
static enum err check_may_change(struct tx *tx, const struct q_article_for_rules *article)
{
    struct q_correction_open correction;

    if (is_state(article, "withdrawn"))
        return E_INVALID;
    if (!is_state(article, "published"))
        return OK;
    enum err e = q_correction_open(tx->db, article->id, &correction);
    return e == E_NOT_FOUND ? E_INVALID : e;
}

enum err article_save(struct tx *tx, struct article_id id, struct revision_id base, const struct article_draft *draft,
                      struct revision_id *saved)
{
    struct q_article_for_rules article;
    struct revision_id revision;

    TRY(open_at(tx, ACT_ARTICLE_WRITE, id, base, &article));
    struct str hash = article_hash(tx->arena, draft);
    if (str_equal(hash, article.hash)) {
        *saved = base;
        return OK;
    }
    TRY(check_may_change(tx, &article));
    TRY(check_draft(tx->db, article.publication_id, draft));
    TRY(add_head(tx, id, base, draft, hash, &revision));
    TRY(void_approval(tx, &article, revision));
    TRY(tell(&of_head, tx, id));
    TRY(audit(tx, "article.saved", "article", id.v, hash));
    *saved = revision;
    return OK;
}

enum err article_put_aside(struct tx *tx, struct article_id id, struct revision_id base,
                           const struct article_draft *draft, struct revision_id *saved)
{
    struct q_article_for_rules article;
    struct article_draft aside = *draft;
    struct q_revision_whole from;
    int64_t words;

    TRY(open_article(tx, ACT_ARTICLE_WRITE, id, &article));
    TRY(check_draft(tx->db, article.publication_id, draft));
    TRY(q_revision_whole(tx->db, base, &from));
    if (from.article_id.v != id.v)
        return E_NOT_FOUND;
    aside.note = S("aside");
    TRY(add_revision(tx, id, base, &aside, article_hash(tx->arena, draft), &words, saved));
    return audit(tx, "article.put-aside", "article", id.v, STR_NONE);
}

enum err article_bring_back(struct tx *tx, struct article_id id, struct revision_id base, struct revision_id older,
                            struct revision_id *saved)
{
    struct q_article_for_rules article;
    struct q_revision_whole old;
    struct article_draft draft;

    TRY(open_at(tx, ACT_ARTICLE_WRITE, id, base, &article));
    TRY(q_revision_whole(tx->db, older, &old));
    if (old.article_id.v != id.v)
        return E_NOT_FOUND;
    TRY(article_draft_of(tx->db, older, &draft));
    draft.note = str_format(tx->arena, "revision:%lld", (long long)old.number);
    return article_save(tx, id, base, &draft, saved);
}

/* --- the way to the reader ----------------------------------------------------------------------------------------- */

enum err article_take(struct tx *tx, struct article_id id)
{
    struct q_article_for_rules article;

    TRY(open_article(tx, ACT_ARTICLE_RETURN, id, &article));
    TRY(q_article_set_editor(tx, id, tx->who->person));
    return audit(tx, "article.taken", "article", id.v, STR_NONE);
}

/* A correction on its way: the public text and the article's state stay. */
static enum err send_correction(struct tx *tx, const struct q_article_for_rules *article, struct str note)
{
    struct q_correction_open correction;
    struct q_revision_hash public;

    TRY(permission_check(tx->who, ACT_ARTICLE_CORRECT, false));
    enum err e = q_correction_open(tx->db, article->id, &correction);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    TRY(q_revision_hash(tx->db, article->public_id, &public));
    if (str_equal(public.hash, article->hash))
        return E_INVALID;
    TRY(q_correction_send(tx, correction.id, tx->now));
    TRY(note_step(tx, article, S("review"), note));
    return audit(tx, "article.correction-sent", "article", article->id.v, article->hash);
}

enum err article_send_saying(struct tx *tx, struct article_id id, struct revision_id base, struct str note)
{
    struct q_article_for_rules article;

    TRY(open_at(tx, ACT_ARTICLE_SEND, id, base, &article));
    if (is_state(&article, "published"))
        return send_correction(tx, &article, note);
    bool is_editor = permission_check(tx->who, ACT_ARTICLE_RETURN, false) == OK;
    bool is_waiting = is_state(&article, "review") && is_editor && article.passed_at == 0;
    if (!is_state(&article, "draft") && !is_state(&article, "returned") && !is_waiting)
        return E_INVALID;
    if (article.title.len == 0)
        return E_INVALID;
    TRY(step(tx, &article, S("review"), note));
    if (is_editor)
        TRY(q_article_set_passed(tx, id, tx->now));
    return audit(tx, "article.sent", "article", id.v, article.hash);
}

enum err article_send(struct tx *tx, struct article_id id, struct revision_id base)
{
    return article_send_saying(tx, id, base, S(""));
}

static enum err return_correction(struct tx *tx, const struct q_article_for_rules *article, struct str reason)
{
    struct q_correction_open correction;

    enum err e = q_correction_open(tx->db, article->id, &correction);
    if (e != OK || correction.sent_at == 0)
        return e == OK || e == E_NOT_FOUND ? E_INVALID : e;
    TRY(q_correction_send(tx, correction.id, 0));
    TRY(note_step(tx, article, S("returned"), reason));
    return audit(tx, "article.correction-returned", "article", article->id.v, reason);
}

enum err article_return(struct tx *tx, struct article_id id, struct revision_id base, struct str reason)
{
    struct q_article_for_rules article;

    TRY(open_at(tx, ACT_ARTICLE_RETURN, id, base, &article));
    if (reason.len == 0)
        return E_INVALID;
    if (is_state(&article, "published"))
        return return_correction(tx, &article, reason);
    if (!is_state(&article, "review") && !is_state(&article, "accepted"))
        return E_INVALID;
    TRY(q_approval_void(tx, S("article"), id.v, S("returned"), tx->now));
    TRY(step(tx, &article, S("returned"), reason));
    TRY(tell(&of_head, tx, id));
    return audit(tx, "article.returned", "article", id.v, reason);
}

static enum err sign(struct tx *tx, const struct q_article_for_rules *article)
{
    struct approval_id approval;

    TRY(q_approval_void(tx, S("article"), article->id.v, S("newer"), tx->now));
    TRY(q_approval_add(tx, S("article"), article->id.v, article->head_id, article->hash, tx->who->person, tx->now,
                       &approval));
    return audit(tx, "article.approved", "article", article->id.v, article->hash);
}

static enum err approve_correction(struct tx *tx, const struct q_article_for_rules *article)
{
    struct q_correction_open correction;
    struct q_revision_hash public;

    enum err e = q_correction_open(tx->db, article->id, &correction);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    TRY(q_revision_hash(tx->db, article->public_id, &public));
    if (str_equal(public.hash, article->hash))
        return E_INVALID;
    TRY(sign(tx, article));
    TRY(q_correction_approve(tx, correction.id, article->head_id, tx->who->person, tx->now));
    TRY(audit(tx, "article.corrected", "article", article->id.v, correction.reason));
    return article_make_public(tx, article->id, article->head_id);
}

enum err article_approve(struct tx *tx, struct article_id id, struct revision_id base)
{
    struct q_article_for_rules article;

    TRY(open_at(tx, ACT_ARTICLE_APPROVE, id, base, &article));
    if (is_state(&article, "published"))
        return approve_correction(tx, &article);
    if (!is_state(&article, "review"))
        return E_INVALID;
    TRY(sign(tx, &article));
    return step(tx, &article, S("accepted"), S(""));
}

enum err article_publish(struct tx *tx, struct article_id id, struct revision_id base)
{
    struct q_article_for_rules article;
    struct q_approval_valid approval;

    TRY(open_at(tx, ACT_ARTICLE_PUBLISH, id, base, &article));
    if (!is_state(&article, "accepted"))
        return E_INVALID;
    enum err e = q_approval_valid(tx->db, S("article"), id.v, &approval);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    if (!str_equal(approval.hash, article.hash))
        return E_CONFLICT;
    TRY(audit(tx, "article.published", "article", id.v, article.hash));
    return article_make_public(tx, id, article.head_id);
}

/* --- what readers see ---------------------------------------------------------------------------------------------- */

static int64_t audience_of(struct str visibility)
{
    return str_equal(visibility, S("public")) ? 0 : str_equal(visibility, S("members")) ? 1 : 2;
}

enum err article_make_public(struct tx *tx, struct article_id id, struct revision_id revision)
{
    struct q_revision_whole r;
    struct article_step_id step_id;

    TRY(q_revision_whole(tx->db, revision, &r));
    if (r.article_id.v != id.v)
        return E_INVALID;
    TRY(q_article_set_public(tx, id, revision, r.section_id, text_slug(tx->arena, r.title), audience_of(r.visibility),
                             tx->now));
    TRY(q_article_step_add(tx, id, revision, S("published"), S(""), tx->who->person, tx->now, &step_id));
    return tell(&of_public, tx, id);
}

/* What was being corrected needs no correction any more. */
static enum err forget_correction(struct tx *tx, struct article_id id)
{
    struct q_correction_open open;

    enum err e = q_correction_open(tx->db, id, &open);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    return q_correction_drop(tx, open.id);
}

enum err article_withdraw(struct tx *tx, struct article_id id, struct str reason)
{
    struct q_article_for_rules article;

    TRY(open_article(tx, ACT_ARTICLE_PUBLISH, id, &article));
    if (!is_state(&article, "published") || reason.len == 0)
        return E_INVALID;
    TRY(forget_correction(tx, id));
    TRY(step(tx, &article, S("withdrawn"), reason));
    TRY(audit(tx, "article.withdrawn", "article", id.v, reason));
    return tell(&of_public, tx, id);
}

/* --- corrections --------------------------------------------------------------------------------------------------- */

/* Withdrawing is a step of its own. */
static bool is_correction_kind(struct str kind)
{
    return str_equal(kind, S("typing")) || str_equal(kind, S("fact")) || str_equal(kind, S("addition"));
}

enum err article_correct(struct tx *tx, struct article_id id, struct str kind, struct str reason, bool is_shown)
{
    struct q_article_for_rules article;
    struct q_correction_open open;
    struct correction_id correction;

    TRY(open_article(tx, ACT_ARTICLE_CORRECT, id, &article));
    if (!is_state(&article, "published") || reason.len == 0 || !is_correction_kind(kind))
        return E_INVALID;
    enum err e = q_correction_open(tx->db, id, &open);
    if (e != E_NOT_FOUND)
        return e == OK ? E_CONFLICT : e;
    TRY(q_correction_add(tx, id, article.public_id, kind, reason, is_shown, tx->who->person, tx->now, &correction));
    return audit(tx, "article.correction-opened", "article", id.v, reason);
}

enum err article_correct_drop(struct tx *tx, struct article_id id, struct revision_id base)
{
    struct q_article_for_rules article;
    struct q_correction_open open;
    struct revision_id saved;

    TRY(open_at(tx, ACT_ARTICLE_CORRECT, id, base, &article));
    enum err e = q_correction_open(tx->db, id, &open);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    TRY(article_bring_back(tx, id, base, article.public_id, &saved));
    TRY(q_correction_drop(tx, open.id));
    return audit(tx, "article.correction-dropped", "article", id.v, STR_NONE);
}
