/* What the newsroom's screens of articles show. Filled by the handlers, read by the templates; all in the request's arena. */
#ifndef BANTIN_ARTICLE_VIEWS_H
#define BANTIN_ARTICLE_VIEWS_H

#include "article/article.h"
#include "html/body_diff.h"
#include "html/body_html.h"
#include "html/fields.h"
#include "html/html.h"
#include "layout/layout.h"

/* A state as a word in colour. */
struct v_tag {
    struct str kind; /* class beside "tag" */
    enum msg label;
};

/* --- the list ------------------------------------------------------------------------------------------------------ */

struct v_article_tab {
    struct str url;
    enum msg label;
    int64_t n;
    bool is_current, is_more; /* more than n */
};

struct v_article_row {
    struct article_id id;
    struct str title, section, unit, author;
    struct v_tag tag;
    int64_t updated_at, words;
};

struct v_article_rows {
    const struct v_article_row *rows;
    size_t count;
};

/* A select whose name is part of the address. */
struct v_filter {
    struct str name;
    enum msg label;
    struct choices choices;
};

struct v_article_list {
    const struct v_article_tab *tabs;
    size_t tab_count;
    const struct v_filter *filters;
    size_t filter_count;
    struct str words, state, mine; /* as they stand in the address */
    struct v_article_rows articles;
    struct str csv_url, next_url, previous_url, first_url;
    int64_t page;
    bool is_filtered, has_mine;
};

/* --- the article's page -------------------------------------------------------------------------------------------- */

enum article_tab { ARTICLE_TAB_TEXT, ARTICLE_TAB_HISTORY, ARTICLE_TAB_PREVIEW };

struct v_article_tabs {
    struct article_id id;
    int64_t number;
    enum article_tab at;
};

struct v_option {
    struct str value, label;
    bool is_chosen;
};

struct v_options {
    const struct v_option *rows;
    size_t count;
};

struct v_article_step {
    struct str person, note, compare_url;
    enum msg label;
    int64_t at, number;
    bool is_newest;
};

struct v_article_steps {
    const struct v_article_step *rows;
    size_t count;
};

struct v_sentence {
    struct str text;
};

struct v_original {
    struct str url, name;
    int64_t bytes;
    const struct v_sentence *sentences; /* what the import did */
    size_t sentence_count;
};

struct v_article_fields {
    struct str title, kicker, standfirst, authors;
    struct choices sections, topics, genres, units, visibility;
    struct v_options readers; /* units that may read it */
};

/* What this person may do now: one button each. */
struct v_article_actions {
    bool may_save, may_send, may_pass, may_return, may_approve, may_publish, may_withdraw, may_correct, may_drop, may_take;
};

struct v_article_edit {
    struct article_id id;
    struct revision_id base;
    struct v_article_tabs tabs;
    struct v_article_fields fields;
    struct str title; /* never empty */
    struct str body_json, plain, media_json, words_json;
    struct v_tag tag;
    struct str publication, saved_by, creator, editor, hash, public_url, returned_reason, returned_by, present;
    int64_t saved_at, number, word_count, returned_at;
    struct v_article_actions may;
    bool is_read_only, is_correcting, was_approved, is_editor;
    enum page_kind kind;
    struct str body_error, units_error, reason_error, correction_error; /* where the page is shown again */
    const struct body_node *doc; /* where it may only be read */
    const struct body_html_options *options;
    struct str correction_reason, correction_by, compare_approved_url, approved_by;
    enum msg correction_kind;
    struct choices correction_kinds;
    int64_t approved_at;
    struct v_article_steps steps;
    const struct v_original *originals;
    size_t original_count;
};

struct v_article_new {
    struct choices publications;
    bool has_choice;
};

/* --- two texts ----------------------------------------------------------------------------------------------------- */

struct v_compared_field {
    enum msg label;
    struct str left, right;
};

struct v_article_compared {
    const struct v_compared_field *fields;
    size_t field_count;
    const struct body_diff_row *rows;
    size_t row_count;
    bool is_same;
};

struct v_conflict_field {
    struct str name, value;
};

struct v_article_conflict {
    struct article_id id;
    struct revision_id base, head;
    struct str title, who;
    int64_t at;
    struct v_article_compared compared;
    const struct v_conflict_field *fields; /* what was typed, carried along */
    size_t field_count;
};

struct v_revision {
    struct revision_id id;
    int64_t number, at, words;
    struct str person, title, note, compare_url;
    bool is_head, is_public, is_approved, is_aside;
};

struct v_article_history {
    struct article_id id;
    struct v_article_tabs tabs;
    struct revision_id head;
    struct str title, older_url;
    const struct v_revision *rows;
    size_t count;
    bool may_bring_back;
};

struct v_side {
    int64_t number, at;
    struct str person, note;
    struct revision_id id;
};

struct v_article_compare {
    struct article_id id;
    struct v_article_tabs tabs;
    struct revision_id head;
    struct str title;
    struct v_side left, right;
    struct v_article_compared compared;
    struct choices older, newer;
    bool may_bring_back;
};

struct v_article_preview {
    struct article_id id;
    struct v_article_tabs tabs;
    struct str title, kicker, standfirst, authors, unit;
    int64_t number;
    bool is_head;
    struct v_tag tag;
    const struct body_node *doc;
    const struct body_html_options *options;
};

/* --- steps --------------------------------------------------------------------------------------------------------- */

struct v_article_confirm {
    struct article_id id;
    struct revision_id base;
    struct str title, action, sentence, hash, compare_url, approved_by, reason, standfirst;
    enum msg heading, button;
    int64_t words, number, approved_at;
    bool asks_reason, is_danger;
    const struct body_node *doc; /* what is signed; NULL: not shown */
    const struct body_html_options *options;
};

/* Called from the templates. */
void article_write_diff_side(struct html_out *out, const struct body_diff_row *row, bool is_left);
#endif
