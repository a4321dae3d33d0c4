/* What the files of this room share while the demo is filled; nobody else includes it. */
#ifndef BANTIN_DEMO_PARTS_H
#define BANTIN_DEMO_PARTS_H

#include "auth/permission.h"
#include "db/db.h"
#include "demo/demo.h"
#include "demo/demo_file.h"
#include "demo/demo_sql.h"

/* A medium of the demo, stored before the transaction begins. */
struct demo_medium {
    struct str name, hash, kind, mime, renditions;
    int64_t bytes, width, height, duration_ms;
};

struct demo {
    struct arena *arena;
    int64_t now;
    const struct demo_file *organisation;
    const struct demo_medium *media;
    size_t media_count;
    struct publication_id publication;
};

/* Stores the files that organisation.txt names as media. */
enum err demo_store_media(struct arena *a, const char *media_folder, const struct demo_file *organisation,
                          struct demo_medium **media, size_t *count);
enum err demo_hash_named(void *demo, struct str name, struct str *hash);

/* Units, people, publication, sections and the like, rows of media. */
enum err demo_add_organisation(struct tx *tx, struct demo *d);

/* From here on the transaction is this person's, at this time. */
enum err demo_act(struct tx *tx, struct str login, int64_t at);

/* One issue of the file issues/NAME with its articles, as far on its way as the file says. */
enum err demo_add_issue(struct tx *tx, struct demo *d, const char *name, int64_t appears, bool is_published);

/* Says in the log which word of the content is unknown. */
enum err demo_unknown(const char *what, struct str word, enum err e);
#endif
