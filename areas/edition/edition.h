/* Editions: an issue as files, one for each format and audience; the bridge from the database to the press.
 *
 * What an audience may not see is left out of its edition: of the contents, the counts, the numbering. What is for named
 * units stands in no edition. The files lie in the media store under their hash and are never changed; a newer edition
 * supersedes the one before. Composing takes memory and a second or two: give it an arena of its own. All results live in
 * the arena of the `db`. */
#ifndef BANTIN_EDITION_H
#define BANTIN_EDITION_H

#include "edition/edition_sql.h"
#include "html/msg.h"
#include "issue/issue.h"
#include "press/press.h"
#include "site/site.h"

enum edition_format { EDITION_PDF_A4, EDITION_PDF_A5, EDITION_EPUB, EDITION_TEXT, EDITION_FORMATS };
enum { FOR_EVERYBODY, FOR_MEMBERS, EDITION_AUDIENCES };

struct edition_kind {
    const char *name;   /* "pdf-a4", as in the database and in addresses */
    const char *type;   /* for the browser */
    const char *ending; /* of the file's name: "-a5.pdf" */
};
extern const struct edition_kind edition_kinds[EDITION_FORMATS];
/* EDITION_FORMATS for an unknown name. */
enum edition_format edition_format_named(struct str name);

/* Where an issue is composed. */
struct edition_place {
    const char *media;   /* the folder of media_store.h */
    const char *base_url;
    struct str accent;   /* the word of site_settings */
    enum lang lang;
};

/* An issue ready for the press. */
struct edition_issue {
    struct press_issue press;
    const struct article_id *articles; /* in the order of the contents */
    size_t count;
    bool is_narrow; /* some of what stands in it is not for everybody */
};

/* As it stands in the database now. Until it is published it is shown as it would be published, with the mark "not
 * approved" unless its approval holds. */
enum err edition_load(struct db *db, const struct edition_place *place, struct issue_id id, int audience,
                      struct edition_issue *issue);

/* Writes one file; the text for reading aloud has no pages. */
enum err edition_write(struct arena *a, const struct press_issue *issue, enum edition_format format, const char *path,
                       struct press_report *report);

/* All editions of a published issue, made, stored and recorded; those that would be the same file stay. */
enum err edition_make_all(struct database *database, struct arena *a, const struct edition_place *place, const char *temp,
                          struct issue_id id);

struct edition_place edition_place_of(struct site *site, struct arena *a);

extern const struct route edition_routes[];

/* Names the job that makes editions; once at start. */
void edition_start(void);
#endif
