#include "db/db_sqlite_fts.h"
#include "db/db.h"
#include <sqlite3.h>

static int words_between_spaces(struct str text, tokenizer_each *each, void *ctx)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && (unsigned char)text.ptr[end] > ' ')
            end++;
        struct str word = str_sub(text, at, end - at);
        int rc = end > at ? each(ctx, word, word, at, end) : 0;
        if (rc != 0)
            return rc;
        at = end + 1;
    }
    return 0;
}

static tokenizer *tokens = words_between_spaces;

void database_set_tokenizer(tokenizer *chosen)
{
    tokens = chosen != NULL ? chosen : words_between_spaces;
}

struct tokenizing {
    void *ctx;
    int (*token)(void *ctx, int flags, const char *text, int len, int start, int end);
    bool is_query;
};

/* A document has each word in both forms at one place. A query's words come as the search area chose them. */
static int emit(void *ctx, struct str exact, struct str folded, size_t start, size_t end)
{
    struct tokenizing *to = ctx;

    int rc = to->token(to->ctx, 0, exact.ptr, (int)exact.len, (int)start, (int)end);
    if (rc == SQLITE_OK && !to->is_query && !str_equal(exact, folded))
        rc = to->token(to->ctx, FTS5_TOKEN_COLOCATED, folded.ptr, (int)folded.len, (int)start, (int)end);
    return rc;
}

static int tokenize(Fts5Tokenizer *self, void *ctx, int flags, const char *text, int len,
                    int (*token)(void *ctx, int flags, const char *text, int len, int start, int end))
{
    struct tokenizing to = {ctx, token, (flags & FTS5_TOKENIZE_QUERY) != 0};

    (void)self;
    return tokens((struct str){text, len > 0 ? (size_t)len : 0}, emit, &to);
}

static int create(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
    (void)ctx, (void)args, (void)n;
    *out = (Fts5Tokenizer *)words_between_spaces; /* it has no state; FTS5 only wants something that is not NULL */
    return SQLITE_OK;
}

static void forget(Fts5Tokenizer *self)
{
    (void)self;
}

enum err sqlite_register_tokenizer(struct sqlite3 *db)
{
    static fts5_tokenizer vi = {create, forget, tokenize};
    fts5_api *api = NULL;
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(db, "select fts5(?1)", -1, &stmt, NULL) != SQLITE_OK)
        return E_UNSUPPORTED;
    sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    if (api == NULL || api->xCreateTokenizer(api, "vi", NULL, &vi, NULL) != SQLITE_OK)
        return E_UNSUPPORTED;
    return OK;
}
