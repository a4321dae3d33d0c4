/* Articles: the edited text, its revisions, its way to the reader.
 *
 *     draft -> review -> returned | accepted -> published -> withdrawn
 *
 * Every save is a new, immutable revision; nothing is overwritten. A revision made from one that is no longer the head
 * is E_CONFLICT, on every path, and the caller shows both. An approval is a signature on one exact hash: saving after
 * it voids it and the article waits for review again. A published text changes only through a correction: the public
 * revision stays until the new one is approved. Rules check the permission again (E_DENIED) and write the audit trail.
 * All verbs run inside the caller's transaction. */
#ifndef BANTIN_ARTICLE_H
#define BANTIN_ARTICLE_H

#include "article/article_sql.h"
#include "auth/permission.h"
#include "db/db.h"
#include "html/body.h"

/* What a revision holds: everything its hash covers. */
struct article_draft {
    struct str title, kicker, standfirst;
    struct str authors;      /* canonical JSON, see article/authors.h */
    struct str body;         /* canonical JSON, see html/body.h */
    struct section_id section;
    struct topic_id topic;
    struct genre_id genre;
    struct unit_id unit;
    struct str visibility;   /* "public", "members", "units" */
    const struct unit_id *units; /* for "units", in ascending order */
    size_t unit_count;
    struct str note;         /* where it comes from; not part of the hash */
};

/* Every text may be saved unfinished; a title is asked for when it is sent. For "units" some are named. */
enum { ARTICLE_TITLE_MAX = 300, ARTICLE_KICKER_MAX = 120, ARTICLE_STANDFIRST_MAX = 1200, ARTICLE_NOTE_MAX = 1000 };

/* SHA-256 over the canonical JSON of all of the draft but its note: sorted keys, NFC. Media are covered because the
 * body names them by their own hash. */
struct str article_hash(struct arena *a, const struct article_draft *draft);

/* The draft a stored revision was made from, in db's arena. */
enum err article_draft_of(struct db *db, struct revision_id revision, struct article_draft *draft);

enum err article_create(struct tx *tx, struct publication_id publication, const struct article_draft *draft,
                        struct article_id *id);

/* Saves what the editor holds. Unchanged text makes no revision: *saved is then the base. */
enum err article_save(struct tx *tx, struct article_id id, struct revision_id base, const struct article_draft *draft,
                      struct revision_id *saved);

/* Keeps a text that lost a race as a revision beside the head: nothing that was written is lost, whatever is chosen. */
enum err article_put_aside(struct tx *tx, struct article_id id, struct revision_id base,
                           const struct article_draft *draft, struct revision_id *saved);

/* Makes an older revision the newest again, as a new revision. */
enum err article_bring_back(struct tx *tx, struct article_id id, struct revision_id base, struct revision_id older,
                            struct revision_id *saved);

/* An editor takes the piece: the others' lists no longer show it. */
enum err article_take(struct tx *tx, struct article_id id);

/* `base` is the revision the person was looking at; E_CONFLICT when it is no longer the head. E_INVALID: not from this
 * state. What a contributor sends waits for an editor, what an editor sends waits for the approver; an open correction
 * is sent the same way. */
enum err article_send(struct tx *tx, struct article_id id, struct revision_id base);
enum err article_send_saying(struct tx *tx, struct article_id id, struct revision_id base, struct str note);
enum err article_return(struct tx *tx, struct article_id id, struct revision_id base, struct str reason);
enum err article_approve(struct tx *tx, struct article_id id, struct revision_id base);
/* Alone on the web, under the approval it has. */
enum err article_publish(struct tx *tx, struct article_id id, struct revision_id base);
enum err article_withdraw(struct tx *tx, struct article_id id, struct str reason);

/* What publishing does, for issues too, which have checked their own approval: `revision` becomes public. */
enum err article_make_public(struct tx *tx, struct article_id id, struct revision_id revision);

/* Opens a correction ("typing", "fact", "addition") of a published text; saving is then possible. The approver's article_approve makes it public. */
enum err article_correct(struct tx *tx, struct article_id id, struct str kind, struct str reason, bool is_shown);
/* Gives up the open correction: the head is the public text again, as a new revision. */
enum err article_correct_drop(struct tx *tx, struct article_id id, struct revision_id base);

/* Is the article there for this person at all, and may they change the text now? The rules ask again. */
bool article_may_see(const struct principal *who, struct person_id creator);
bool article_may_edit(const struct principal *who, struct str state, struct person_id creator);

/* Called in the transaction in which the text changed, for whoever must follow: the public text (search, editions), or
 * what the newsroom works on (an issue's approval). Set at start. */
typedef enum err article_changed(struct tx *tx, struct article_id id);
void article_on_public_change(article_changed *follow);
void article_on_head_change(article_changed *follow);
#endif
