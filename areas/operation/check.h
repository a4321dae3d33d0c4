/* Does everything stored fit together? The database's own integrity, every revision against its hash, every article's
 * revisions, every file against its name, files that are missing or that nothing names. It changes nothing. */
#ifndef BANTIN_CHECK_H
#define BANTIN_CHECK_H

#include "db/db.h"

enum check_kind {
    CHECK_DATABASE,       /* a page, an index or a reference is broken */
    CHECK_REVISION,       /* text and hash do not fit: id is the revision's */
    CHECK_ARTICLE,        /* head or public revision is wrong: id is the article's */
    CHECK_ISSUE,          /* published, with an article that is not: id is the issue's */
    CHECK_FILE_CORRUPT,   /* the bytes do not give the name: hash */
    CHECK_FILE_MISSING,   /* named but not there: hash */
    CHECK_FILE_ORPHAN,    /* there but named by nothing; no fault, only space */
};

struct check_finding {
    enum check_kind kind;
    int64_t id;
    struct str hash;
};

struct check_report {
    struct check_finding *findings;
    size_t count, cap;
    size_t faults; /* findings that are not orphans */
    int64_t articles, revisions, issues, files;
};

/* `media_folder` NULL leaves the files out. An error means that the check itself could not be made. */
enum err check_all(struct database *database, struct arena *a, const char *media_folder, struct check_report *report);
#endif
