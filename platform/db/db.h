/* The database: SQLite in one file, or PostgreSQL, behind one face.
 *
 * A request or job borrows one read-only connection (db_reader) for as long as its arena lives, and writes through
 * WRITE, one transaction at a time. Queries are not called by text: each area names its own in x.sql, and tools/sqlgen
 * makes the functions. `struct database` may be used by any thread; a `struct db` or `struct tx` by the thread that has
 * it. What a query gives lives in the arena of its connection. Nothing here is freed by hand but the database.
 *
 * Failures, alike on both engines: E_CONFLICT a unique key is taken, E_INVALID another rule of the schema, E_FULL the
 * disk, E_BUSY somebody else holds the lock, E_CORRUPT a damaged file, else E_IO; the log has the detail once, with the
 * query's name and never its values. */
#ifndef BANTIN_DB_H
#define BANTIN_DB_H

#include "base/base.h"

struct database;

struct database_options {
    int readers; /* most read-only connections; 0 gives 4 */
    int writers; /* PostgreSQL only: most transactions at once; 0 gives 4. SQLite has one writer. */
};

/* Opens a file path or postgresql://…; connections are made as they are needed. `options` may be NULL. E_DENIED or
 * E_NOT_FOUND are not told apart: E_IO when it cannot be opened. Closed by database_close when nothing is lent. */
enum err database_open(const char *url, const struct database_options *options, struct database **out);
void database_close(struct database *database);
bool database_is_postgres(const struct database *database);
/* The path or connection string it was opened with, for pg_dump and for the operator's messages. */
const char *database_url(const struct database *database);

/* How SQLite's full text search cuts text into words: calls each(ctx, exact, folded, start, end) for each word until it
 * gives something other than 0, and returns that. text_tokens is one. */
typedef int tokenizer_each(void *ctx, struct str exact, struct str folded, size_t start, size_t end);
typedef int tokenizer(struct str text, tokenizer_each *each, void *ctx);
/* Set once, before the first database is opened; NULL gives back the plain cut at white space. */
void database_set_tokenizer(tokenizer *tokenizer);

/* A read-only connection lent to one request or job. */
struct db {
    struct arena *arena;
    struct connection *connection; /* private to this room */
    unsigned queries;              /* how many were run: a page has a budget */
};

/* Given back when the arena is freed. Waits while all are lent; E_BUSY after ten seconds. */
enum err db_reader(struct database *database, struct arena *arena, struct db **out);

struct principal; /* who acts; this room only carries it */

struct tx {
    struct db *db; /* reads inside the transaction: q_something(tx->db, …) */
    struct arena *arena;
    int64_t now;
    const struct principal *who;
};

/* One write transaction: WRITE(database, arena, who, article_save(tx, id, …)) is the enum err of the call, which sees
 * `tx`. Kept when the call gives OK, else undone; undone also when the arena is freed in the middle. The call is
 * repeated when PostgreSQL finds that it raced another, so it must do nothing but write to the database. After a
 * statement failed (a unique key was taken, …) the whole transaction can only be undone: write `on conflict do …` for
 * what may be there already. A write inside a write is refused with E_BUSY. */
#define WRITE(database, arena, who, call)                                                                              \
    ({                                                                                                                 \
        struct write *write_ = write_start((database), (arena), (who));                                                \
        for (struct tx * tx; (tx = write_next(write_)) != NULL;)                                                       \
            write_attempted(write_, (call));                                                                           \
        write_result(write_);                                                                                          \
    })

/* Which engine this runs on; for full text search only. */
bool tx_on_postgres(const struct tx *tx);

/* Calls fn(arg) once the transaction is kept; never when it is undone. For telling the outside world. */
void tx_after_commit(struct tx *tx, void (*fn)(void *arg), void *arg);

/* The parts of WRITE. */
struct write *write_start(struct database *database, struct arena *arena, const struct principal *who);
struct tx *write_next(struct write *write);
void write_attempted(struct write *write, enum err result);
enum err write_result(const struct write *write);

/* A whole copy of a running SQLite database at `path`, which must not exist; writers wait for moments only.
 * E_UNSUPPORTED on PostgreSQL, where pg_dump does it. */
enum err database_backup(struct database *database, const char *path);
/* Reads everything: E_CORRUPT when a page, an index or a reference is broken. On PostgreSQL, which keeps its own
 * checksums, that it answers. */
enum err database_check(struct database *database);
#endif
