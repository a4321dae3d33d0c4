/* Inside the room: what SQLite and PostgreSQL each do for database.c and query.c. A connection belongs to the thread it
 * is lent to; the pools of `struct database` are behind its lock. */
#ifndef BANTIN_DB_ENGINE_H
#define BANTIN_DB_ENGINE_H

#include "db/query.h"
#include <pthread.h>

struct connection {
    struct connection *next_idle;
    struct database *database;
    bool writes;
    bool lost;       /* not to be lent again: closed when given back */
    bool retry;      /* the failure was a race; the same transaction may succeed now */
    enum err failed; /* in a transaction: the first failure of a statement, after which only a rollback helps */
};

/* One row while it is read; anything but OK ends the query. */
typedef enum err row_reader(void *ctx, const struct query_value *columns);

struct engine {
    bool is_postgres;
    enum err (*open)(struct database *database, bool writes, struct connection **out);
    void (*close)(struct connection *c);
    enum err (*begin)(struct connection *c);
    enum err (*commit)(struct connection *c);
    void (*rollback)(struct connection *c);
    /* Ends whatever a jump out of a row reader left open. */
    void (*settle)(struct connection *c);
    enum err (*run)(struct connection *c, const struct query_info *query, const struct query_value *values,
                    row_reader *read, void *ctx, int64_t *changed);
    enum err (*check)(struct connection *c, const struct query_info *query);
    /* A migration: any number of statements, in the writer's transaction. */
    enum err (*script)(struct connection *c, const char *name, const char *sql);
    /* Around all migrations: references are checked at the end, so that tables can be rebuilt. */
    enum err (*migration_begin)(struct connection *c);
    enum err (*migration_end)(struct connection *c);
    enum err (*backup)(struct connection *c, const char *path);
    enum err (*check_all)(struct connection *c);
};

extern const struct engine sqlite_engine, postgres_engine;

struct pool {
    struct connection *idle;
    int open, most;
};

struct database {
    const struct engine *engine;
    char *url;
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    struct pool readers, writers;
};

enum err connection_lend(struct database *database, bool writes, struct connection **out);
void connection_give_back(struct connection *c);

/* Runs a query on a lent connection, minding failed transactions and slow queries. */
enum err connection_run(struct connection *c, const struct query_info *query, const struct query_value *values,
                        row_reader *read, void *ctx, int64_t *changed);
#endif
