/* What the templates here are given. */
#include "html/html.h"

struct str_list {
    const struct str *rows;
    size_t count;
};

struct person {
    struct str name;
};

struct v_x {
    struct str a;
    struct html m;
    double d;
    const struct person *who;
    struct person whole;
    struct str_list list;
};
