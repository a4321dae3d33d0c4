/* What the screen of imports shows; all in the request's arena. */
#ifndef BANTIN_INTAKE_VIEWS_H
#define BANTIN_INTAKE_VIEWS_H

#include "html/fields.h"
#include "intake/intake.h"
#include "layout/layout.h"

struct v_intake_sentence {
    struct str text;
};

struct v_intake_row {
    struct intake_id id;
    struct article_id article;
    struct str name, sender, title, problem, tag;
    enum msg state;
    int64_t bytes, at;
    bool is_working, is_done, is_untitled, may_retry;
    const struct v_intake_sentence *sentences;
    size_t sentence_count;
};

struct v_intake_rows {
    const struct v_intake_row *rows;
    size_t count;
};

struct v_intake {
    struct choices publications, sections;
    bool has_publication, has_choice; /* one there is; more than one */
    struct str error;                 /* of what was sent */
    struct v_intake_rows files, problems;
    int64_t working, done;
    bool is_working;
    struct str older_url;
    struct str name_mark; /* "{name}": the browser puts the file's name there */
};
#endif
