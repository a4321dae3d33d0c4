/* The authors of an article, as a revision keeps them: canonical JSON [{"name","role","unit"}], in order; and as people
 * type and read them. */
#ifndef BANTIN_AUTHORS_H
#define BANTIN_AUTHORS_H

#include "base/base.h"

enum { AUTHORS_MAX = 20 };

struct author {
    struct str name, role, unit; /* the last two may be empty */
};

/* The number read; broken JSON gives none. */
size_t authors_of_json(struct arena *a, struct str json, struct author **authors);
struct str authors_to_json(struct arena *a, const struct author *authors, size_t n);

/* One author a line: "Nguyễn Văn An – Bí thư chi bộ – Chi bộ 3"; dashes of any kind between spaces. NFC. */
size_t authors_of_lines(struct arena *a, struct str lines, struct author **authors);
struct str authors_to_lines(struct arena *a, struct str json);

/* "Nguyễn Văn An, Trần Thị Bình": for lists and bylines. */
struct str authors_names(struct arena *a, struct str json);
#endif
