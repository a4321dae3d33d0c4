/* Where the bytes of pictures, sounds and videos lie: one file a medium in a folder, named by the SHA-256 of the
 * original, its renditions beside it. FOLDER/ab/cdef…/original, …/w480.webp, …/w480.jpeg and so on.
 *
 * What is in the store is never changed, only added and, when nothing names it any more, removed; a crash leaves a
 * medium whole or not there. The store knows nothing of the database: who names what, the caller says. Any thread. */
#ifndef BANTIN_MEDIA_STORE_H
#define BANTIN_MEDIA_STORE_H

#include "base/base.h"

enum { MEDIA_HASH_LETTERS = 64 };

/* The SHA-256 of the file's content, 64 lower-case hexadecimal digits. */
enum err media_hash_file(struct arena *a, const char *path, struct str *hash);
bool media_hash_is_valid(struct str hash);

/* Copies `original` and every plain file of `renditions` (a folder, or NULL) in, under the hash of the original.
 * One that is there already stays as it is, and only renditions that are missing are added. */
enum err media_store_add(struct arena *a, const char *folder, const char *original, const char *renditions,
                         struct str *hash);

/* Path of a part, "original" or a rendition's name; E_NOT_FOUND where it is not stored. */
enum err media_store_find(struct arena *a, const char *folder, struct str hash, const char *part, const char **path);

struct media_check {
    size_t count, bytes;
    struct str *corrupt; /* stored, but the bytes do not give the name */
    size_t corrupt_count;
    struct str *missing; /* named by `known`, not stored */
    size_t missing_count;
    struct str *orphans; /* stored, named by nobody */
    size_t orphan_count;
};

/* Compares the store with the `known` hashes and every original with its name. */
enum err media_store_check(struct arena *a, const char *folder, const struct str *known, size_t known_count,
                           struct media_check *check);

/* Removes one medium with its renditions; a missing one is fine. */
enum err media_store_remove(struct arena *a, const char *folder, struct str hash);
#endif
