/* The two controlled lists that all publications share: topics (lĩnh vực) and genres (thể loại). */
#ifndef BANTIN_WORDS_H
#define BANTIN_WORDS_H

#include "auth/permission.h"
#include "db/db.h"
#include "http/router.h"

extern const struct route words_routes[];

enum word_kind { WORD_TOPIC, WORD_GENRE };
enum { WORD_NAME_MAX = 100 };

struct word {
    int64_t id;
    struct str name, slug;
    bool is_archived;
    int64_t articles; /* that carry it */
};

struct words {
    const struct word *rows;
    size_t count;
};

enum err word_list(struct db *db, enum word_kind kind, struct words *words);
/* E_CONFLICT: there is one of this name; E_INVALID: no name. */
enum err word_add(struct tx *tx, enum word_kind kind, struct str name);
enum err word_rename(struct tx *tx, enum word_kind kind, int64_t id, struct str name);
enum err word_archive(struct tx *tx, enum word_kind kind, int64_t id, bool is_archived);
enum err word_order(struct tx *tx, enum word_kind kind, const int64_t *ids, size_t count);
enum err word_shift(struct tx *tx, enum word_kind kind, int64_t id, int by);

/* The lists a bulletin of a Party committee begins with, where there are none. */
enum err words_ensure_defaults(struct tx *tx);
#endif
