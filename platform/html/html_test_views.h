/* What the templates of html_test.html and the speed bench are given. */
#ifndef BANTIN_HTML_TEST_VIEWS_H
#define BANTIN_HTML_TEST_VIEWS_H

#include "html/fields.h"

struct test_id {
    int64_t v;
};

enum test_state { TEST_DRAFT, TEST_OUT };

struct test_row {
    struct test_id id;
    struct str title;
    int64_t when;
    enum msg label;
};

struct test_rows {
    const struct test_row *rows;
    size_t count;
};

struct v_test_places {
    struct str a;
    const char *z;
    int n;
    uint8_t small;
    bool yes;
    struct test_id id;
    struct html markup;
};

struct v_test_flow {
    enum test_state state;
    int64_t n;
    struct test_rows items;
    const struct test_row *first;
};

struct v_test_space {
    struct str a;
};

struct v_test_form {
    struct str title, day;
    bool open;
    struct choices sections;
};

struct v_test_list {
    struct test_rows items;
};
#define v_test_row     test_row
#define v_test_message test_row

void test_paragraph(struct html_out *out, struct str text, const struct test_row *row);
#endif
