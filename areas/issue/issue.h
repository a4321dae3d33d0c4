/* Issues: an ordered set of articles with front matter, from making to publication.
 *
 *     making -> review -> approved -> scheduled -> published -> withdrawn
 *
 * An approval signs issue_hash: front matter, cover, names of sections, the order and the hash of every article,
 * questions and read-aloud marks. Whatever changes later, in the issue or in one of its articles, voids it: the issue is
 * in the making again and its history says why. `base` is the issue's revision the person was looking at; E_CONFLICT
 * when it has moved. Rules check the permission again and write the audit trail, in the caller's transaction. */
#ifndef BANTIN_ISSUE_H
#define BANTIN_ISSUE_H

#include "article/article.h"
#include "issue/issue_sql.h"

struct issue_front {
    int64_t year, number;
    struct str title;
    struct str date;      /* YYYY-MM-DD */
    struct str cover;     /* media hash, or empty */
    struct str editorial; /* plain text, blank line between paragraphs */
    struct str licence, editor_name, printer;
    int64_t print_run;
};

enum {
    ISSUE_TITLE_MAX = 200,
    ISSUE_EDITORIAL_MAX = 8000,
    ISSUE_QUESTION_MAX = 1000, /* bytes */
    ISSUE_QUESTIONS_MAX = 20,
    ISSUE_ITEMS_MAX = 400,
    ISSUE_NUMBER_MAX = 9999,
    ISSUE_YEAR_LEAST = 1900,
    ISSUE_YEAR_MOST = 2200,
};

/* As `base`: whatever the issue's revision is now; for changes that take nothing away from anybody else's. */
enum { ISSUE_AS_IT_IS = 0 };

/* What the approval signs; E_NOT_FOUND. */
enum err issue_hash(struct db *db, struct issue_id id, struct str *hash);
/* True when the issue is approved and nothing has changed since. */
enum err issue_approval_holds(struct db *db, struct issue_id id, bool *holds);

/* E_CONFLICT: this number of this year exists; E_INVALID: no number, year or date. Imprint fields not given are taken from the publication by the caller. */
enum err issue_create(struct tx *tx, struct publication_id publication, const struct issue_front *front,
                      struct issue_id *id);
enum err issue_edit(struct tx *tx, struct issue_id id, int64_t base, const struct issue_front *front);

/* Puts an article last in its section (the article's own where section is 0). E_CONFLICT: it is in already. */
enum err issue_add_article(struct tx *tx, struct issue_id id, int64_t base, struct article_id article,
                           struct section_id section);
/* Several at once, all or none. E_CONFLICT: one of them is in already. */
enum err issue_add_articles(struct tx *tx, struct issue_id id, int64_t base, const struct article_id *articles, size_t n,
                            struct section_id section);
/* Takes an item out; issue_put_back brings it back to its place with its mark and questions. */
enum err issue_remove_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item);
enum err issue_put_back(struct tx *tx, struct issue_id id, int64_t base, struct article_id article);
/* Moves an item to the place `position` (1 is the first), in the section `section` (0: stays in its own). */
enum err issue_move_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item, int64_t position,
                         struct section_id section);
/* The whole order at once: every item of the issue exactly once, else E_INVALID. */
enum err issue_order(struct tx *tx, struct issue_id id, int64_t base, const struct issue_item_id *items, size_t n);
enum err issue_mark_read_aloud(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item, bool on);
/* Questions of one item, or (item 0) of the whole issue; they replace the ones before. */
enum err issue_set_questions(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item,
                             const struct str *questions, size_t n);

/* An item's section (another one: it moves behind the last there), mark and questions at once. */
struct issue_item_facts {
    struct section_id section;
    bool is_read_aloud;
    const struct str *questions;
    size_t n_questions;
};
enum err issue_change_item(struct tx *tx, struct issue_id id, int64_t base, struct issue_item_id item,
                           const struct issue_item_facts *facts);

/* Questions as people type them, one a line. */
struct str issue_questions_text(struct arena *a, const struct q_issue_questions_rows *all, struct issue_item_id item);
size_t issue_questions_of_text(struct arena *a, struct str text, struct str **questions);

/* The widths of a taken picture's sizes as the table of media keeps them: "480,960,1600". */
struct media_taken;
struct str issue_picture_widths(struct arena *a, const struct media_taken *taken);

/* E_INVALID: not from this state; or an article in it is not accepted (issue_first_unready tells which). */
enum err issue_send(struct tx *tx, struct issue_id id, int64_t base);
enum err issue_return(struct tx *tx, struct issue_id id, int64_t base, struct str reason);
enum err issue_approve(struct tx *tx, struct issue_id id, int64_t base);
enum err issue_schedule(struct tx *tx, struct issue_id id, int64_t base, int64_t when);
enum err issue_unschedule(struct tx *tx, struct issue_id id, int64_t base);
enum err issue_publish(struct tx *tx, struct issue_id id, int64_t base);
enum err issue_withdraw(struct tx *tx, struct issue_id id, int64_t base, struct str reason);

/* The first article of the issue that may not go out: not approved in this wording. article 0: all may. */
enum err issue_first_unready(struct db *db, struct issue_id id, struct article_id *article);

/* Publishes every scheduled issue whose time has come, also those missed while the program was stopped; one that may no
 * longer go out goes back to the making with the reason in its history and in the log. Run by a tick. */
struct job_context;
enum err issue_publish_due(struct job_context *job);

/* Called in the transaction in which what readers see of an issue changed. Set at start. */
typedef enum err issue_changed(struct tx *tx, struct issue_id id);
void issue_on_public_change(issue_changed *follow);

/* Registers what follows a change of an article: approvals voided, editions made again. Called once at start. */
void issue_start(void);
#endif
