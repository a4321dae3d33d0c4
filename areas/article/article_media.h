/* The rows of stored files: every picture, sound and video of an article, and the files articles came from. Called in
 * the transaction that uses the file, after its bytes are in the media folder. */
#ifndef BANTIN_ARTICLE_MEDIA_H
#define BANTIN_ARTICLE_MEDIA_H

#include "db/db.h"
#include "media/media_take.h"

/* What media_take took, under the name the sender gave it. The same file twice is one medium. Checks ACT_MEDIA_ADD. */
enum err article_media_add(struct tx *tx, const struct media_taken *taken, struct str name);
/* A file as it arrived, of any kind; never shown to readers. */
enum err article_media_add_file(struct tx *tx, struct str hash, struct str name, int64_t bytes);

/* "picture", "sound" or "video", as the media table names them. */
struct str article_media_kind(enum media_kind kind);
/* "480,960": the widths there are besides the original. */
struct str article_media_widths(struct arena *a, const struct media_taken *taken);
#endif
