#include "text/text.h"
#include "text/letters.h"

struct token {
    char bytes[TEXT_TOKEN_MAX + 1];
    size_t len;
};

/* Adds a code point where it fits whole. */
static void token_add(struct token *token, uint32_t c)
{
    char utf8[4];
    size_t n = letter_put(utf8, c);

    if (token->len + n > TEXT_TOKEN_MAX)
        return;
    memcpy(token->bytes + token->len, utf8, n);
    token->len += n;
}

static void token_exact(struct token *token, const struct letter_run *run)
{
    uint16_t marks[TOKEN_CODES];
    size_t n = 0;

    token->len = 0;
    for (size_t i = 0; i < run->n; i++) {
        const struct letter *l = letter_of(run->code[i]);
        if (l != NULL && l->tone != TONE_NONE)
            marks[n++] = letters_tone_mark[l->tone];
        token_add(token, l != NULL ? l->bare : run->code[i]);
    }
    for (size_t i = 0; i < n; i++)
        token_add(token, marks[i]);
}

static void token_folded(struct token *token, const struct letter_run *run)
{
    token->len = 0;
    for (size_t i = 0; i < run->n; i++) {
        uint32_t c = letter_fold(run->code[i]);
        if (c != 0)
            token_add(token, c);
    }
}

static struct str token_str(const struct token *token)
{
    return (struct str){token->bytes, token->len};
}

int text_tokens(struct str s, text_token_fn *fn, void *arg)
{
    struct token exact, folded;
    struct letter_run run;

    for (size_t at = 0; letter_run_next(s, &at, &run);) {
        token_exact(&exact, &run);
        token_folded(&folded, &run);
        int stop = fn(arg, token_str(&exact), token_str(&folded), run.start, run.end);
        if (stop != 0)
            return stop;
    }
    return 0;
}
