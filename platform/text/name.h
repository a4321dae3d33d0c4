/* People's names: family, middle, given. The parts point into the arena; a person may correct every one of them. */
#ifndef BANTIN_TEXT_NAME_H
#define BANTIN_TEXT_NAME_H

#include "base/base.h"

struct text_name {
    struct str title;   /* "Đồng chí", "Ông", "PGS, TS": as written, empty where there is none */
    struct str family, middle, given;
};

/* The last word is the given name, the first (or a double family name as Tôn Thất) the family; one word alone is a
 * given name. "đ/c Nguyễn Thị Minh Khai" gives đ/c, Nguyễn, Thị Minh, Khai. */
struct text_name text_name_split(struct arena *a, struct str full);
#endif
