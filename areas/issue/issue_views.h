/* What the newsroom's screens of issues show. Filled by the handlers, read by the templates; all in the request's arena. */
#ifndef BANTIN_ISSUE_VIEWS_H
#define BANTIN_ISSUE_VIEWS_H

#include "html/fields.h"
#include "issue/issue.h"
#include "layout/layout_render.h"

/* A state as a word in colour. */
struct issue_tag {
    const char *kind; /* class beside "tag" */
    enum msg label;
};

struct issue_link {
    struct str url, label;
    bool is_current;
};

struct v_issue_links {
    const struct issue_link *rows;
    size_t count;
};

/* --- the list ------------------------------------------------------------------------------------------------------ */

struct issue_row {
    struct issue_id id;
    struct str label, title, publication, when;
    struct issue_tag tag;
    int64_t items;
};

struct v_issue_list {
    struct v_issue_links tabs, publications;
    struct {
        const struct issue_row *rows;
        size_t count;
    } issues;
    struct v_issue_links make; /* "Làm số 5/2026", one for each publication */
    struct str words, state;
    int64_t publication;
    struct str csv_url, previous_url, next_url;
    bool is_filtered;
};

/* --- a new one, and the front matter ------------------------------------------------------------------------------- */

struct v_issue_imprint {
    struct str licence, editor_name, printer;
    int64_t print_run;
};

struct v_issue_new {
    struct publication_id publication;
    struct str publication_name;
    struct v_issue_links publications;
    struct issue_front front;
    struct v_issue_imprint imprint;
};

struct v_issue_front_form {
    struct issue_id id;
    struct str label, cover_url, questions;
    int64_t base;
    struct issue_front front;
    struct v_issue_imprint imprint;
};

/* --- one issue ----------------------------------------------------------------------------------------------------- */

struct issue_step {
    enum msg label;
    bool is_done, is_current;
};

struct v_issue_line_meta {
    struct issue_item_id id;
    struct article_id article;
    struct str title, meta;
    int64_t questions;
    bool is_read_aloud, is_ready;
    enum msg narrow; /* who alone may read it; MSG_NONE: everybody may */
};

struct issue_check {
    struct str name, rule, fault;
    int64_t count;
};

struct issue_past {
    struct str state, who, note;
    int64_t at;
};

struct v_issue {
    struct issue_id id;
    struct str label, title, publication, public_url, cover_url;
    int64_t base;
    struct issue_tag tag;
    struct str state;
    struct str date, licence, editor_name, printer;
    int64_t print_run, scheduled_at, published_at;
    struct {
        const struct issue_step *rows;
        size_t count;
    } steps;
    struct {
        const struct v_issue_line_meta *rows;
        size_t count;
    } items;
    struct {
        const struct issue_check *rows;
        size_t count;
    } checks;
    struct {
        const struct issue_past *rows;
        size_t count;
    } history;
    struct v_issue_links previews, previews_members;
    struct str approved_by, hash, voided;
    int64_t approved_at;
    struct article_id unready;
    struct str unready_title;
    struct article_id removed;
    struct str removed_title;
    int64_t questions;
    bool may_change, may_send, may_approve, may_publish;
};

struct v_issue_item {
    struct issue_id issue;
    struct issue_item_id id;
    struct article_id article;
    struct str label, title, questions;
    int64_t base;
    bool is_read_aloud;
    struct choices sections;
};

/* --- adding articles ----------------------------------------------------------------------------------------------- */

struct issue_candidate {
    struct article_id id;
    struct str title, meta, warning;
};

struct v_issue_add {
    struct issue_id id;
    struct str label, words;
    int64_t base;
    struct {
        const struct issue_candidate *rows;
        size_t count;
    } articles;
    bool any;
    struct str previous_url, next_url;
};

/* --- are you sure -------------------------------------------------------------------------------------------------- */

enum issue_confirm { ISSUE_CONFIRM_APPROVE, ISSUE_CONFIRM_PUBLISH, ISSUE_CONFIRM_SCHEDULE, ISSUE_CONFIRM_WITHDRAW };

struct v_issue_confirm {
    enum issue_confirm kind;
    enum msg title;
    struct issue_id id;
    struct str label, sentence;
    int64_t base;
    struct str date, time; /* proposed for scheduling */
};
#endif
