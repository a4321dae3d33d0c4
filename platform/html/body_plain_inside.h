/* What writing and reading the plain form share: the tokens, and reading one piece of text. */
#ifndef BANTIN_BODY_PLAIN_INSIDE_H
#define BANTIN_BODY_PLAIN_INSIDE_H

#include "html/body_plain.h"

struct plain_token {
    struct str name; /* "bảng 1" */
    const struct body_node *node;
    bool used;
};

struct plain_tokens {
    struct plain_token *list;
    size_t count, cap;
};

/* Reads text into `doc`, putting clones of tokens' nodes in; counts into *nodes and stops over the tree's limit. */
void plain_read(struct arena *a, struct str text, struct plain_tokens *tokens, struct body_node *doc, size_t *nodes);

/* The token whose name stands in "{{name}}" or "{{name: …}}" at the start of s; *len is how long that is. NULL: none.
 */
struct plain_token *plain_find_token(struct plain_tokens *tokens, struct str s, size_t *len);

/* Writes the plain form and fills the tokens it used. */
struct str plain_write(struct arena *a, const struct body_node *doc, const struct body_plain_words *words,
                       struct plain_tokens *tokens);
#endif
