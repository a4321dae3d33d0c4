#include "publication/words.h"
#include "access/access.h"
#include "auth/audit.h"
#include "publication/publication_sql.h"
#include "text/text.h"

enum { WORDS_MAX = 200 };

static const char *const default_topics[] = {
    "Tuyên giáo và dân vận", "Tổ chức, cán bộ", "Kiểm tra, giám sát", "Nội chính", "Kinh tế – xã hội", "Chuyển đổi số",
    "Quốc phòng, an ninh", "Xây dựng Đảng", "Văn hóa, giáo dục, y tế", "Đoàn thể", NULL,
};

static const char *const default_genres[] = {
    "Tin", "Mô hình, điển hình", "Phân tích", "Trao đổi", "Bài học kinh nghiệm", "Hỏi – đáp", "Phỏng vấn",
    "Gương người tốt", NULL,
};

static const char *kind_name(enum word_kind kind)
{
    return kind == WORD_TOPIC ? "topic" : "genre";
}

static enum err may(struct tx *tx)
{
    return permission_check(tx->who, ACT_PUBLICATION_MANAGE, false);
}

/* --- reading ------------------------------------------------------------------------------------------------------- */

static enum err topics(struct db *db, struct words *words)
{
    struct q_topic_list_rows all;

    TRY(q_topic_list(db, &all));
    struct word *rows = NEW_ARRAY(db->arena, struct word, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = (struct word){all.rows[i].id.v, all.rows[i].name, all.rows[i].slug, all.rows[i].archived_at != 0,
                                all.rows[i].articles};
    *words = (struct words){rows, all.count};
    return OK;
}

static enum err genres(struct db *db, struct words *words)
{
    struct q_genre_list_rows all;

    TRY(q_genre_list(db, &all));
    struct word *rows = NEW_ARRAY(db->arena, struct word, all.count + 1);
    for (size_t i = 0; i < all.count; i++)
        rows[i] = (struct word){all.rows[i].id.v, all.rows[i].name, all.rows[i].slug, all.rows[i].archived_at != 0,
                                all.rows[i].articles};
    *words = (struct words){rows, all.count};
    return OK;
}

enum err word_list(struct db *db, enum word_kind kind, struct words *words)
{
    return kind == WORD_TOPIC ? topics(db, words) : genres(db, words);
}

/* --- changing ------------------------------------------------------------------------------------------------------ */

static enum err add_at(struct tx *tx, enum word_kind kind, struct str name, int64_t position)
{
    struct str slug = text_slug(tx->arena, name);
    struct topic_id topic;
    struct genre_id genre;

    if (name.len == 0 || slug.len == 0)
        return E_INVALID;
    return kind == WORD_TOPIC ? q_topic_add(tx, name, slug, position, &topic) : q_genre_add(tx, name, slug, position, &genre);
}

enum err word_add(struct tx *tx, enum word_kind kind, struct str name)
{
    struct words all;

    TRY(may(tx));
    TRY(word_list(tx->db, kind, &all));
    if (all.count >= WORDS_MAX)
        return E_FULL;
    TRY(add_at(tx, kind, name, (int64_t)all.count + 1));
    return audit(tx, "word.added", kind_name(kind), 0, name);
}

enum err word_rename(struct tx *tx, enum word_kind kind, int64_t id, struct str name)
{
    TRY(may(tx));
    if (name.len == 0)
        return E_INVALID;
    TRY(kind == WORD_TOPIC ? q_topic_set(tx, (struct topic_id){id}, name) : q_genre_set(tx, (struct genre_id){id}, name));
    return audit(tx, "word.renamed", kind_name(kind), id, name);
}

enum err word_archive(struct tx *tx, enum word_kind kind, int64_t id, bool is_archived)
{
    int64_t at = is_archived ? tx->now : 0;

    TRY(may(tx));
    TRY(kind == WORD_TOPIC ? q_topic_set_archived(tx, (struct topic_id){id}, at)
                           : q_genre_set_archived(tx, (struct genre_id){id}, at));
    return audit(tx, is_archived ? "word.archived" : "word.restored", kind_name(kind), id, STR_NONE);
}

enum err word_order(struct tx *tx, enum word_kind kind, const int64_t *ids, size_t count)
{
    TRY(may(tx));
    if (count > WORDS_MAX)
        return E_INVALID;
    for (size_t i = 0; i < count; i++)
        TRY(kind == WORD_TOPIC ? q_topic_set_position(tx, (struct topic_id){ids[i]}, (int64_t)i + 1)
                               : q_genre_set_position(tx, (struct genre_id){ids[i]}, (int64_t)i + 1));
    return audit(tx, "word.ordered", kind_name(kind), 0, STR_NONE);
}

enum err word_shift(struct tx *tx, enum word_kind kind, int64_t id, int by)
{
    struct words all;
    int64_t ids[WORDS_MAX];
    size_t count = 0, at = 0;

    TRY(word_list(tx->db, kind, &all));
    for (size_t i = 0; i < all.count && count < WORDS_MAX; i++)
        if (!all.rows[i].is_archived) {
            if (all.rows[i].id == id)
                at = count;
            ids[count++] = all.rows[i].id;
        }
    if ((by < 0 && at == 0) || (by > 0 && at + 1 >= count))
        return OK;
    size_t other = by < 0 ? at - 1 : at + 1;
    ids[at] = ids[other];
    ids[other] = id;
    return word_order(tx, kind, ids, count);
}

/* --- what there is to begin with ----------------------------------------------------------------------------------- */

static enum err ensure(struct tx *tx, enum word_kind kind, const char *const *names)
{
    struct words all;

    TRY(word_list(tx->db, kind, &all));
    for (size_t i = 0; all.count == 0 && names[i] != NULL; i++)
        TRY(add_at(tx, kind, str_of(names[i]), (int64_t)i + 1));
    return OK;
}

enum err words_ensure_defaults(struct tx *tx)
{
    TRY(may(tx));
    TRY(ensure(tx, WORD_TOPIC, default_topics));
    return ensure(tx, WORD_GENRE, default_genres);
}
