#include "article/article_media.h"
#include "access/access.h"
#include "article/article_sql.h"
#include "auth/permission.h"

struct str article_media_kind(enum media_kind kind)
{
    return media_is_picture(kind) ? S("picture") : media_is_sound(kind) ? S("sound") : S("video");
}

struct str article_media_widths(struct arena *a, const struct media_taken *taken)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < taken->rendition_count; i++) {
        struct str name = taken->renditions[i].name;
        if (str_starts(name, S("w")) && str_ends(name, S(".webp")))
            buf_add_format(&b, "%s%.*s", b.len > 0 ? "," : "", STR_ARG(str_sub(name, 1, name.len - 6)));
    }
    return b.len > 0 ? buf_str(&b) : S("");
}

enum err article_media_add(struct tx *tx, const struct media_taken *taken, struct str name)
{
    TRY(permission_check(tx->who, ACT_MEDIA_ADD, true));
    return q_media_add(tx, taken->hash, article_media_kind(taken->kind), str_of(media_kind_type(taken->kind)), name,
                       (int64_t)taken->bytes, taken->width, taken->height, taken->duration_ms,
                       article_media_widths(tx->arena, taken), tx->who->person, tx->now);
}

enum err article_media_add_file(struct tx *tx, struct str hash, struct str name, int64_t bytes)
{
    return q_media_add(tx, hash, S("file"), S("application/octet-stream"), name, bytes, 0, 0, 0, S(""), tx->who->person,
                       tx->now);
}
