#include "intake/intake.h"
#include <sys/stat.h>
#include "access/access.h"
#include "article/article_media.h"
#include "auth/audit.h"
#include "auth/session.h"
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "media/media_store.h"
#include "text/text.h"

bool intake_may_see(const struct principal *who, struct person_id sender)
{
    return permission_check(who, ACT_IMPORT, who->person.v != 0 && who->person.v == sender.v) == OK;
}

enum err intake_store(struct arena *a, const char *media_folder, const char *path, struct str *hash, int64_t *bytes)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    if (!S_ISREG(st.st_mode))
        return E_UNSUPPORTED;
    TRY(media_store_add(a, media_folder, path, NULL, hash));
    *bytes = st.st_size;
    return OK;
}

static enum err check_section(struct db *db, const struct intake_order *order)
{
    struct q_intake_section_of section;

    if (order->section.v == 0)
        return OK;
    enum err e = q_intake_section_of(db, order->section, &section);
    if (e != OK)
        return e == E_NOT_FOUND ? E_INVALID : e;
    return section.publication_id.v == order->publication.v ? OK : E_INVALID;
}

enum err intake_add(struct tx *tx, const struct intake_order *order, struct str hash, struct str file_name,
                    int64_t bytes, struct intake_id *id)
{
    struct str authors = order->authors.len > 0 ? order->authors : S("[]");
    struct str title = order->title.len > 0 ? order->title : S("");

    TRY(permission_check(tx->who, ACT_IMPORT, true));
    TRY(check_section(tx->db, order));
    TRY(article_media_add_file(tx, hash, file_name, bytes));
    return q_intake_add(tx, order->publication, order->section, hash, file_name, bytes, title, authors, tx->who->person,
                        tx->now, id);
}

enum err intake_later(struct tx *tx, struct intake_id id)
{
    return job_later(tx, "intake", STR_NONE, str_format(tx->arena, "%lld", (long long)id.v));
}

/* --- what the person says afterwards -------------------------------------------------------------------------------
 */

/* The file's row, where this person may do something about it. */
static enum err open_intake(struct tx *tx, struct intake_id id, struct q_intake_one *row)
{
    TRY(q_intake_one(tx->db, id, row));
    bool is_own = tx->who->person.v != 0 && tx->who->person.v == row->person_id.v;
    return permission_check(tx->who, ACT_IMPORT, is_own);
}

enum err intake_title(struct tx *tx, struct intake_id id, struct str title)
{
    struct q_intake_one row;
    struct q_article_for_rules article;
    struct article_draft draft;
    struct revision_id saved;

    TRY(open_intake(tx, id, &row));
    if (row.article_id.v == 0 || title.len == 0)
        return E_INVALID;
    TRY(q_article_for_rules(tx->db, row.article_id, &article));
    if (!str_equal(article.state, S("draft")) && !str_equal(article.state, S("returned")))
        return q_intake_set_titled(tx, id, tx->now);
    TRY(article_draft_of(tx->db, article.head_id, &draft));
    draft.title = title;
    TRY(article_save(tx, row.article_id, article.head_id, &draft, &saved));
    return q_intake_set_titled(tx, id, tx->now);
}

enum err intake_again(struct tx *tx, struct intake_id id)
{
    struct q_intake_one row;

    TRY(open_intake(tx, id, &row));
    bool is_stuck = row.article_id.v == 0 && row.updated_at < tx->now - INTAKE_STUCK_SECONDS;
    if (!str_equal(row.state, S("problem")) && !is_stuck)
        return E_INVALID;
    TRY(q_intake_set_state(tx, id, S("waiting"), S(""), (struct article_id){0}, tx->now));
    return intake_later(tx, id);
}

enum err intake_put_away(struct tx *tx, struct intake_id id)
{
    struct q_intake_one row;

    TRY(open_intake(tx, id, &row));
    if (str_equal(row.state, S("waiting")) || str_equal(row.state, S("reading")))
        return E_INVALID;
    TRY(audit(tx, "intake.put-away", "intake", id.v, row.file_name));
    return q_intake_put_away(tx, id, tx->now);
}

enum err intake_put_away_done(struct tx *tx)
{
    int64_t changed;

    TRY(permission_check(tx->who, ACT_IMPORT, true));
    return q_intake_put_away_done(tx, tx->who->person, tx->now, &changed);
}
