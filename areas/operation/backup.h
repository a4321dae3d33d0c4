/* Backups: a folder that holds the whole installation, and a manifest with the hash of every file in it.
 *
 *     bantin-20261122-155000/  manifest.json  bantin.db (or bantin.dump of PostgreSQL)  media/…
 *
 * Made while the program runs: the database first, as of one moment, then the files, which are only ever added; written
 * under a temporary name, read back and compared, then renamed. A folder without its manifest, or with a file that is
 * cut or changed, is refused by restore. */
#ifndef BANTIN_BACKUP_H
#define BANTIN_BACKUP_H

#include "db/db.h"

struct backup_result {
    struct str path;
    int64_t files, bytes;
};

/* Into a new folder below `to`. E_FULL; E_CORRUPT: a stored file does not fit its name (result.path names it). */
enum err backup_make(struct database *database, struct arena *a, const char *media_folder, const char *to,
                     struct backup_result *result);

/* Reads all of a backup and compares it with its manifest. E_CORRUPT: *problem names the first file that does not fit. */
enum err backup_verify(struct arena *a, const char *backup, struct str *problem);

/* Verifies, then puts the backup in place: `data` must not hold a database yet (E_CONFLICT). `database_url` NULL: an
 * SQLite file in `data`; else the address of an empty PostgreSQL database. */
enum err backup_restore(struct arena *a, const char *backup, const char *data, const char *database_url,
                        struct str *problem);
#endif
