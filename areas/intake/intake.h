/* From a file that somebody sends to a draft in the newsroom, with the file kept beside it (R2.03, R3.07).
 *
 *     waiting -> reading -> done | title (is the proposed one right?) | problem (to be tried again)
 *
 * First the file's bytes go into the media folder and a row says so: from then on nothing is lost. Reading it
 * (import/import.h) may take half a minute and happens outside of any transaction; what it gives is written in one.
 * Pictures go the way of uploads (media_take, article_media_add). What cannot be read stays in the list with its
 * reason. Rules check the permission again. Any thread; intake_read blocks for the time of the conversion. */
#ifndef BANTIN_INTAKE_H
#define BANTIN_INTAKE_H

#include "article/article.h"
#include "import/import.h"
#include "intake/intake_sql.h"

/* Of one file, said before it is sent; what is over is kept and says so. */
enum { INTAKE_MAX_BYTES = 200 * 1024 * 1024 };
/* Whoever was reading it that long has died: it may be tried again. */
enum { INTAKE_STUCK_SECONDS = 300 };

struct intake_order {
    struct publication_id publication;
    struct section_id section; /* 0: none */
    struct str title;          /* empty: what is found in the file */
    struct str authors;        /* JSON of article/authors.h; empty: what is found in the file */
};

struct intake_options {
    const char *media;  /* the folder of media_store.h */
    const char *helper; /* path of bantin-convert; NULL: where it usually is */
    bool nobody_to_ask; /* a title that is not plain is taken from the file's name */
    size_t max_bytes;   /* 0: INTAKE_MAX_BYTES */
};

/* What became of it. */
struct intake_result {
    struct str state, problem; /* as in the table; problem as intake_problem_message knows it */
    struct article_id article;
    struct str title;
    struct import_note *notes;
    size_t note_count;
};

/* Puts the bytes into the media folder; before the transaction. */
enum err intake_store(struct arena *a, const char *media_folder, const char *path, struct str *hash, int64_t *bytes);
/* Writes down that it came; E_INVALID: the section is not the publication's. */
enum err intake_add(struct tx *tx, const struct intake_order *order, struct str hash, struct str file_name,
                    int64_t bytes, struct intake_id *id);
/* Queues the reading (kind "intake"). */
enum err intake_later(struct tx *tx, struct intake_id id);

/* Reads the file and writes the draft, as `who`. Done already: OK again. An err is trouble with the database alone:
 * everything else is a state and a problem. */
enum err intake_read(struct database *database, struct arena *a, const struct principal *who,
                     const struct intake_options *options, struct intake_id id, struct intake_result *result);

/* The proposed title is right, or this one is. An article that has been sent on has settled it on its own page. */
enum err intake_title(struct tx *tx, struct intake_id id, struct str title);
/* A problem, or what is stuck, is tried again by the queue. */
enum err intake_again(struct tx *tx, struct intake_id id);
/* Takes it out of the list; the file stays in the media folder. */
enum err intake_put_away(struct tx *tx, struct intake_id id);
enum err intake_put_away_done(struct tx *tx);

/* Is it there for this person at all? */
bool intake_may_see(const struct principal *who, struct person_id sender);
#endif
