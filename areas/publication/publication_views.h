/* What the screens about publications, topics and genres show. */
#ifndef BANTIN_PUBLICATION_VIEWS_H
#define BANTIN_PUBLICATION_VIEWS_H

#include "html/fields.h"
#include "layout/layout.h"
#include "publication/publication_sql.h"
#include "publication/words.h"

struct v_publication_list {
    struct q_publication_list_rows publications;
    bool may_administer;
};

struct v_sections {
    const struct q_section_list *rows;
    size_t count;
};

struct v_publication {
    struct q_publication_one publication;
    struct v_sections sections, archived;
    bool may_administer;
};

struct v_publication_form {
    struct publication_id id; /* 0: a new one */
    struct str action, back;
    struct q_publication_one publication;
    struct str unit;
    struct choices formats, units;
};

struct v_section_form {
    struct publication_id publication;
    struct section_id id; /* 0: a new one */
    struct str publication_name, action;
    struct q_section_one section;
};

struct v_word_list {
    struct words words, archived;
    bool is_topics, may_administer;
    struct str base; /* "/quan-tri/linh-vuc" */
    struct str title;
};

struct v_word_form {
    struct word word;
    bool is_topics;
    struct str base;
};
#endif
