/* The demo: a made-up province's bulletin, written for the project, to try the program on.
 *
 * The content stands in data/demo as plain text (README.md says how it is written), the pictures beside it. Filling goes
 * through the rooms' own verbs, acting as the persons of the demo, on the days on which it would have happened: history,
 * approvals and the audit trail are the real thing. One transaction: after a failure the database is as it was. */
#ifndef BANTIN_DEMO_H
#define BANTIN_DEMO_H

#include "base/base.h"
#include "db/db.h"

#define DEMO_PASSWORD    "bantin-dung-thu-2026"
#define DEMO_PUBLICATION "demo"

struct demo_counts {
    int64_t units, people, articles, issues, media;
};

/* True where nobody has put anything yet; *is_demo: what is there is the demo. */
enum err demo_is_empty(struct db *db, bool *empty, bool *is_demo);

/* Fills an empty database and the folder of media; E_CONFLICT where it is not empty, E_NOT_FOUND where the content is
 * not installed. What is wrong with the content is in the log. */
enum err demo_fill(struct database *database, struct arena *a, const char *media_folder, struct demo_counts *made);

/* Adds `n` generated articles over ten years, some in weekly issues, for trying the program at scale: written by a small
 * grammar, in batches, past the verbs (one revision each, an approval where there would be one), the search index
 * included. Needs the demo; the same articles each time. */
enum err demo_generate(struct database *database, struct arena *a, int64_t n);
#endif
