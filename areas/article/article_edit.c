/* The editor's page of an article: what it shows, and the three ways its text comes back (form, JSON, a choice between
 * two texts). */
#include "article/article_choices.h"
#include "article/article_edit.h"
#include "article/article_pages.h"
#include "article/article_presence.h"
#include "article/editor_words.h"
#include "import/import_messages.h"
#include <jansson.h>

/* --- choices ------------------------------------------------------------------------------------------------------- */

static bool is_reader(const struct article_draft *draft, int64_t unit)
{
    for (size_t i = 0; i < draft->unit_count; i++)
        if (draft->units[i].v == unit)
            return true;
    return false;
}

/* Deeper units stand further in: the tree in one column. */
static struct str indented(struct request *rq, struct str name, struct str path)
{
    struct buf b = buf_in(rq->arena);
    int depth = -2;

    for (size_t i = 0; i < path.len; i++)
        depth += path.ptr[i] == '/';
    for (int i = 0; i < depth; i++)
        buf_add_z(&b, "\u2003");
    buf_add(&b, name);
    return buf_str(&b);
}

static void fill_units(struct request *rq, const struct q_choices_of_units_rows *units,
                       const struct article_draft *draft, struct v_article_fields *fields)
{
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, units->count + 1);
    struct v_option *readers = NEW_ARRAY(rq->arena, struct v_option, units->count + 1);

    for (size_t i = 0; i < units->count; i++) {
        struct str value = article_id_text(rq, units->rows[i].id.v);
        struct str label = indented(rq, units->rows[i].name, units->rows[i].path);
        list[i] = (struct choice){value, label};
        readers[i] = (struct v_option){value, label, is_reader(draft, units->rows[i].id.v)};
    }
    fields->units = (struct choices){list, units->count, article_id_text(rq, draft->unit.v)};
    fields->readers = (struct v_options){readers, units->count};
}

static struct choices visibilities(struct request *rq, struct str chosen)
{
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, 3);

    list[0] = (struct choice){S("public"), msg(rq->lang, MSG_article_for_public)};
    list[1] = (struct choice){S("members"), msg(rq->lang, MSG_article_for_members)};
    list[2] = (struct choice){S("units"), msg(rq->lang, MSG_article_for_units)};
    return (struct choices){list, 3, chosen};
}

static enum err fill_fields(struct request *rq, const struct q_article_page *article,
                            const struct article_draft *draft, struct v_article_fields *fields)
{
    struct q_choices_of_sections_rows sections;
    struct choices topics, genres;
    struct q_choices_of_units_rows units;

    TRY(q_choices_of_sections(rq->db, article->publication_id, draft->section, &sections));
    TRY(article_word_choices(rq, draft->topic, draft->genre, &topics, &genres));
    TRY(q_choices_of_units(rq->db, draft->unit, article->head_id, rq->now, &units));
    *fields = (struct v_article_fields){
        .title = draft->title, .kicker = draft->kicker, .standfirst = draft->standfirst,
        .authors = authors_to_lines(rq->arena, draft->authors),
        .sections = ARTICLE_CHOICES(rq, sections, draft->section.v),
        .topics = topics,
        .genres = genres,
        .visibility = visibilities(rq, draft->visibility),
    };
    fill_units(rq, &units, draft, fields);
    return OK;
}

/* --- what else stands on the page ---------------------------------------------------------------------------------- */

static enum msg step_label(struct str state)
{
    static const struct {
        const char *state;
        enum msg label;
    } labels[] = {
        {"draft", MSG_article_step_draft},       {"review", MSG_article_step_review},
        {"returned", MSG_article_step_returned}, {"accepted", MSG_article_step_accepted},
        {"published", MSG_article_step_published}, {"withdrawn", MSG_article_step_withdrawn},
    };

    for (size_t i = 0; i < countof(labels); i++)
        if (str_equal(state, str_of(labels[i].state)))
            return labels[i].label;
    return MSG_article_step_draft;
}

/* Notes of the program itself, as words. */
static struct str note_words(struct request *rq, struct str note)
{
    if (str_starts(note, S("import")))
        return msg(rq->lang, MSG_article_note_import);
    if (str_starts(note, S("revision:")))
        return T(rq->arena, rq->lang, MSG_article_note_revision, ARG("number", str_skip(note, 9)));
    if (str_equal(note, S("aside")))
        return msg(rq->lang, MSG_article_note_aside);
    return note;
}

struct str article_note_words(struct request *rq, struct str note)
{
    return note_words(rq, note);
}

static enum err fill_steps(struct request *rq, const struct q_article_page *article, struct v_article_edit *view)
{
    struct q_article_steps_rows steps;

    TRY(q_article_steps(rq->db, article->id, &steps));
    struct v_article_step *rows = NEW_ARRAY(rq->arena, struct v_article_step, steps.count + 1);
    for (size_t i = 0; i < steps.count; i++) {
        const struct q_article_steps *s = &steps.rows[i];
        rows[i] = (struct v_article_step){
            .person = s->person_name, .note = note_words(rq, s->note), .label = step_label(s->state), .at = s->at,
            .number = s->number, .is_newest = i == 0};
    }
    if (steps.count > 0 && str_equal(steps.rows[0].state, S("returned"))) {
        view->returned_reason = steps.rows[0].note;
        view->returned_by = steps.rows[0].person_name;
        view->returned_at = steps.rows[0].at;
    }
    view->steps = (struct v_article_steps){rows, steps.count};
    return OK;
}

static enum msg correction_kind_word(struct str kind)
{
    return str_equal(kind, S("typing")) ? MSG_article_correction_typing
           : str_equal(kind, S("fact")) ? MSG_article_correction_fact
                                        : MSG_article_correction_addition;
}

static struct choices correction_kinds(struct request *rq)
{
    static const char *const kinds[] = {"typing", "fact", "addition"};
    struct choice *list = NEW_ARRAY(rq->arena, struct choice, countof(kinds));

    for (size_t i = 0; i < countof(kinds); i++)
        list[i] = (struct choice){str_of(kinds[i]), msg(rq->lang, correction_kind_word(str_of(kinds[i])))};
    return (struct choices){list, countof(kinds), S("typing")};
}

static enum err fill_correction(struct request *rq, const struct q_article_page *article, struct v_article_edit *view,
                                bool *is_sent)
{
    struct q_correction_open open;

    *is_sent = false;
    if (!str_equal(article->state, S("published")))
        return OK;
    enum err e = q_correction_open(rq->db, article->id, &open);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    view->is_correcting = true;
    view->correction_reason = open.reason;
    view->correction_by = open.person_name;
    view->correction_kind = correction_kind_word(open.kind);
    *is_sent = open.sent_at != 0;
    return OK;
}

/* The newest signature, and what was changed since. */
static enum err fill_approval(struct request *rq, const struct q_article_page *article, struct v_article_edit *view)
{
    struct q_article_approvals_rows approvals;

    TRY(q_article_approvals(rq->db, article->id, &approvals));
    if (approvals.count == 0)
        return OK;
    const struct q_article_approvals *last = &approvals.rows[0];
    view->was_approved = true;
    view->approved_by = last->person_name;
    view->approved_at = last->at;
    if (!str_equal(last->hash, article->hash))
        view->compare_approved_url = str_format(rq->arena, "/toa-soan/bai/%lld/so-sanh?tu=%lld&den=%lld",
                                                (long long)article->id.v, (long long)last->revision_id.v,
                                                (long long)article->head_id.v);
    return OK;
}

static const struct v_sentence *report_of(struct request *rq, struct str report, size_t *count)
{
    struct str *texts;

    *count = import_report_sentences(rq->arena, rq->lang, report, &texts);
    struct v_sentence *sentences = NEW_ARRAY(rq->arena, struct v_sentence, *count + 1);
    for (size_t i = 0; i < *count; i++)
        sentences[i].text = texts[i];
    return sentences;
}

static enum err fill_originals(struct request *rq, const struct q_article_page *article, struct v_article_edit *view)
{
    struct q_article_originals_rows found;

    TRY(q_article_originals(rq->db, article->id, &found));
    struct v_original *rows = NEW_ARRAY(rq->arena, struct v_original, found.count + 1);
    for (size_t i = 0; i < found.count; i++) {
        rows[i] = (struct v_original){
            .url = str_format(rq->arena, "/toa-soan/bai/%lld/goc/%lld", (long long)article->id.v,
                              (long long)found.rows[i].id.v),
            .name = found.rows[i].file_name, .bytes = found.rows[i].bytes};
        rows[i].sentences = report_of(rq, found.rows[i].report, &rows[i].sentence_count);
    }
    view->originals = rows;
    view->original_count = found.count;
    return OK;
}

static void fill_actions(struct request *rq, const struct q_article_page *a, bool is_correcting, bool is_sent,
                         struct v_article_edit *view)
{
    bool is_draft = str_equal(a->state, S("draft")), is_returned = str_equal(a->state, S("returned"));
    bool is_review = str_equal(a->state, S("review")), is_accepted = str_equal(a->state, S("accepted"));
    bool is_published = str_equal(a->state, S("published"));
    bool may_edit = article_may_edit(rq->who, a->state, a->created_by) && (!is_published || is_correcting);
    bool is_editor = rq_may(rq, ACT_ARTICLE_RETURN) && permission_check(rq->who, ACT_ARTICLE_RETURN, false) == OK;

    view->may = (struct v_article_actions){
        .may_save = may_edit,
        .may_send = may_edit && ((is_draft || is_returned) || (is_correcting && !is_sent)),
        .may_pass = is_editor && is_review && a->passed_at == 0,
        .may_return = is_editor && (is_review || is_accepted || (is_correcting && is_sent)),
        .may_approve = rq_may(rq, ACT_ARTICLE_APPROVE) && (is_review || (is_correcting && is_sent)),
        .may_publish = rq_may(rq, ACT_ARTICLE_PUBLISH) && is_accepted,
        .may_withdraw = rq_may(rq, ACT_ARTICLE_PUBLISH) && is_published,
        .may_correct = rq_may(rq, ACT_ARTICLE_CORRECT) && is_published && !is_correcting,
        .may_drop = rq_may(rq, ACT_ARTICLE_CORRECT) && is_correcting,
        .may_take = is_editor && is_review && a->passed_at == 0 && a->editor_id.v != rq->who->person.v,
    };
    view->is_read_only = !may_edit;
    view->is_editor = is_editor;
    view->kind = may_edit ? PAGE_EDITOR : PAGE_WORK;
}

/* --- JSON for the editor ------------------------------------------------------------------------------------------- */

static struct str dumped(struct arena *a, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);

    json_decref(json);
    if (text == NULL)
        abort();
    struct str copy = str_copy(a, str_of(text));
    free(text);
    return copy;
}

static json_t *json_text(struct str s)
{
    return json_stringn_nocheck(s.ptr != NULL ? s.ptr : "", s.len);
}

/* Where the files in the text are shown from. */
static enum err media_json(struct request *rq, struct revision_id revision, struct str *json)
{
    struct q_article_media_rows media;
    json_t *all;

    TRY(q_article_media(rq->db, revision, &media));
    all = json_object();
    for (size_t i = 0; i < media.count; i++) {
        const struct q_article_media *m = &media.rows[i];
        json_object_set_new(all, str_z(rq->arena, m->hash),
                            json_text(article_media_url(rq->arena, m->hash, m->kind, m->renditions)));
    }
    *json = dumped(rq->arena, all);
    return OK;
}

/* --- the page ------------------------------------------------------------------------------------------------------ */

static struct article_draft draft_of_page(const struct q_article_page *a)
{
    return (struct article_draft){
        .title = a->title, .kicker = a->kicker, .standfirst = a->standfirst, .authors = a->authors, .body = a->body,
        .section = a->section_id, .topic = a->topic_id, .genre = a->genre_id, .unit = a->unit_id,
        .visibility = a->visibility,
    };
}

enum err article_draft_of_page(struct request *rq, const struct q_article_page *a, struct article_draft *draft)
{
    struct q_revision_units_rows units = {0};

    if (str_equal(a->visibility, S("units")))
        TRY(q_revision_units(rq->db, a->head_id, &units));
    struct unit_id *ids = NEW_ARRAY(rq->arena, struct unit_id, units.count + 1);
    for (size_t i = 0; i < units.count; i++)
        ids[i] = units.rows[i].id;
    *draft = draft_of_page(a);
    draft->units = ids;
    draft->unit_count = units.count;
    return OK;
}

static void fill_head(struct request *rq, const struct q_article_page *a, struct v_article_edit *view)
{
    view->id = a->id;
    view->base = a->head_id;
    view->tabs = (struct v_article_tabs){a->id, a->number, ARTICLE_TAB_TEXT};
    view->title = article_shown_title(rq, a->title);
    view->tag = article_tag(a->state, a->passed_at != 0);
    view->publication = a->publication;
    view->saved_by = a->saved_by;
    view->saved_at = a->saved_at;
    view->creator = a->creator;
    view->editor = a->editor;
    view->number = a->number;
    view->word_count = a->words;
    view->hash = str_sub(a->hash, 0, 12);
    view->words_json = editor_words(rq->arena, rq->lang);
    view->present = article_presence_others(rq->arena, a->id, rq->who->person, rq->now);
    view->correction_kinds = correction_kinds(rq);
    if (str_equal(a->state, S("published")))
        view->public_url = str_format(rq->arena, "/bai/%.*s-%lld", STR_ARG(a->slug), (long long)a->id.v);
}

static enum err fill_page(struct request *rq, const struct q_article_page *a, const struct article_draft *draft,
                          struct v_article_edit *view)
{
    struct body_plain_words words = article_plain_words(rq);
    bool is_sent;

    fill_head(rq, a, view);
    TRY(fill_fields(rq, a, draft, &view->fields));
    TRY(fill_steps(rq, a, view));
    TRY(fill_correction(rq, a, view, &is_sent));
    TRY(fill_approval(rq, a, view));
    TRY(fill_originals(rq, a, view));
    fill_actions(rq, a, view->is_correcting, is_sent, view);
    view->body_json = draft->body;
    view->doc = article_tree(rq, draft->body);
    view->plain = body_to_plain(rq->arena, view->doc, &words);
    if (!view->is_read_only)
        return media_json(rq, a->head_id, &view->media_json);
    view->options = article_html_options(rq, a->head_id);
    return OK;
}

static struct str error_of(const struct request *rq, const char *name)
{
    const struct form_entry *entry = form_entry_find(&rq->form, str_of(name));

    return entry != NULL ? entry->error : STR_NONE;
}

static void show(struct request *rq, int status, const struct q_article_page *article,
                 const struct article_draft *draft)
{
    struct v_article_edit view = {0};

    if (rq_failed(rq, fill_page(rq, article, draft, &view)))
        return;
    view.body_error = error_of(rq, "body");
    view.units_error = error_of(rq, "units");
    view.reason_error = error_of(rq, "reason");
    view.correction_error = error_of(rq, "correction_reason");
    rq_page(rq, status, article_edit, &view);
}

void article_edit_page(struct request *rq)
{
    struct q_article_page article;
    struct article_draft draft;

    if (!article_open_page(rq, &article) || rq_failed(rq, article_draft_of_page(rq, &article, &draft)))
        return;
    show(rq, 200, &article, &draft);
}

/* What was typed is in rq->form; only the text and the choice of units need carrying. */
void article_edit_again(struct request *rq, const struct q_article_page *article, const struct article_form *form)
{
    struct article_draft draft = form->draft;

    if (draft.body.len == 0)
        draft.body = article->body;
    show(rq, 422, article, &draft);
}

/* --- a new piece --------------------------------------------------------------------------------------------------- */

static struct article_draft empty_draft(const struct request *rq)
{
    return (struct article_draft){
        .title = S(""), .kicker = S(""), .standfirst = S(""), .authors = S("[]"),
        .body = S("{\"content\":[{\"type\":\"paragraph\"}],\"type\":\"doc\"}"), .visibility = S("public"), .note = S(""),
        .unit = permission_check(rq->who, ACT_ARTICLE_RETURN, false) == OK ? (struct unit_id){0} : rq->who->unit,
    };
}

static enum err open_new(struct tx *tx, struct publication_id publication, const struct article_draft *draft,
                         struct article_id *id)
{
    struct q_article_empty_draft_of left;
    enum err e = q_article_empty_draft_of(tx->db, tx->who->person, publication, &left);

    if (e == E_NOT_FOUND)
        return article_create(tx, publication, draft, id);
    *id = left.id;
    return e;
}

static void show_new(struct request *rq, int status)
{
    struct q_choices_of_publications_rows found;
    struct v_article_new view = {0};

    if (rq_failed(rq, q_choices_of_publications(rq->db, &found)))
        return;
    view.publications = ARTICLE_CHOICES(rq, found, found.count > 0 ? found.rows[0].id.v : 0);
    view.has_choice = found.count > 0;
    rq_page(rq, status, article_new, &view);
}

void article_new_page(struct request *rq)
{
    show_new(rq, 200);
}

/* Without a choice the main publication's: one press starts writing. */
void article_new(struct request *rq)
{
    struct publication_id publication = {form_id(rq, "publication", FORM_OPTIONAL)};
    struct article_draft draft = empty_draft(rq);
    struct article_id id;

    if (!form_ok(rq)) {
        show_new(rq, 422);
        return;
    }
    if (publication.v == 0)
        publication = site_settings(site_of(rq), rq->arena).publication;
    if (publication.v == 0) {
        show_new(rq, 422);
        return;
    }
    if (rq_failed(rq, rq_write(rq, open_new(tx, publication, &draft, &id))))
        return;
    rq_redirect(rq, "/toa-soan/bai/%lld", (long long)id.v);
}

/* --- saving: the form ---------------------------------------------------------------------------------------------- */

void article_save_form(struct request *rq)
{
    struct q_article_page article;
    struct revision_id saved;
    struct article_form form;

    if (!article_open_page(rq, &article))
        return;
    if (!article_form_read(rq, article.body, &form)) {
        article_edit_again(rq, &article, &form);
        return;
    }
    enum err e = rq_write(rq, article_save(tx, article.id, form.base, &form.draft, &saved));
    if (e == E_CONFLICT)
        article_show_conflict(rq, &article, &form);
    else if (!rq_failed(rq, e))
        rq_done(rq, MSG_article_saved, "/toa-soan/bai/%lld", (long long)article.id.v);
}

/* --- saving: by itself --------------------------------------------------------------------------------------------- */

static void send_json(struct request *rq, int status, json_t *json)
{
    rq_send(rq, status, "application/json", dumped(rq->arena, json));
}

static void send_errors(struct request *rq)
{
    json_t *errors = json_object(), *answer = json_object();

    for (size_t i = 0; i < rq->form.count; i++)
        if (rq->form.rows[i].error.len > 0)
            json_object_set_new(errors, str_z(rq->arena, rq->form.rows[i].name), json_text(rq->form.rows[i].error));
    json_object_set_new(answer, "errors", errors);
    send_json(rq, 422, answer);
}

static json_t *fields_of(struct request *rq, const struct article_draft *draft)
{
    json_t *fields = json_object(), *units = json_array();

    json_object_set_new(fields, "title", json_text(draft->title));
    json_object_set_new(fields, "kicker", json_text(draft->kicker));
    json_object_set_new(fields, "standfirst", json_text(draft->standfirst));
    json_object_set_new(fields, "authors", json_text(authors_to_lines(rq->arena, draft->authors)));
    json_object_set_new(fields, "section", json_text(article_id_text(rq, draft->section.v)));
    json_object_set_new(fields, "topic", json_text(article_id_text(rq, draft->topic.v)));
    json_object_set_new(fields, "genre", json_text(article_id_text(rq, draft->genre.v)));
    json_object_set_new(fields, "unit", json_text(article_id_text(rq, draft->unit.v)));
    json_object_set_new(fields, "visibility", json_text(draft->visibility));
    for (size_t i = 0; i < draft->unit_count; i++)
        json_array_append_new(units, json_text(article_id_text(rq, draft->units[i].v)));
    json_object_set_new(fields, "units", units);
    return fields;
}

/* The newest text, which is somebody else's. */
static void send_conflict(struct request *rq, struct article_id id, struct revision_id base)
{
    json_t *answer = json_object(), *theirs = json_object();
    struct q_article_page now;
    struct article_draft draft;

    if (rq_failed(rq, q_article_page(rq->db, id, &now)) || rq_failed(rq, article_draft_of_page(rq, &now, &draft)))
        return;
    json_object_set_new(theirs, "fields", fields_of(rq, &draft));
    json_object_set_new(theirs, "body", json_loadb(draft.body.ptr, draft.body.len, 0, NULL));
    json_object_set_new(answer, "conflict", json_true());
    json_object_set_new(answer, "head", json_integer(now.head_id.v));
    json_object_set_new(answer, "who", json_text(now.saved_by));
    json_object_set_new(answer, "compare", json_text(str_format(rq->arena, "/toa-soan/bai/%lld/so-sanh?tu=%lld&den=%lld",
                                                                (long long)id.v, (long long)base.v,
                                                                (long long)now.head_id.v)));
    json_object_set_new(answer, "theirs", theirs);
    send_json(rq, 409, answer);
}

void article_save_json(struct request *rq)
{
    struct q_article_page article;
    struct revision_id saved;
    struct article_form form;

    if (!article_open_page(rq, &article) || rq_failed(rq, article_form_from_json(rq)))
        return;
    if (!article_form_read(rq, article.body, &form)) {
        send_errors(rq);
        return;
    }
    enum err e = rq_write(rq, article_save(tx, article.id, form.base, &form.draft, &saved));
    if (e == E_CONFLICT) {
        send_conflict(rq, article.id, form.base);
        return;
    }
    if (rq_failed(rq, e))
        return;
    json_t *answer = json_object();
    json_object_set_new(answer, "revision", json_integer(saved.v));
    json_object_set_new(answer, "hash", json_text(article_hash(rq->arena, &form.draft)));
    json_object_set_new(answer, "saved_at", json_integer(rq->now));
    send_json(rq, 200, answer);
}

/* --- who else is here ---------------------------------------------------------------------------------------------- */

void article_presence(struct request *rq)
{
    struct q_article_page article;

    if (!article_open_page(rq, &article))
        return;
    struct str names = article_presence_note(rq->arena, article.id, rq->who->person, rq->who->name, rq->now);
    struct str text = names.len > 0 ? T(rq->arena, rq->lang, MSG_article_present, ARG("names", names)) : S("");
    json_t *answer = json_object();
    json_object_set_new(answer, "text", json_text(text));
    send_json(rq, 200, answer);
}
