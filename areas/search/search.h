/* Search for readers: by syllables, with and without accents, phrases first (R2.14).
 *
 * The index holds the public text of published articles and follows it in the same transaction. A word typed with
 * accents finds only itself; one typed without finds every accented form. First the words as a phrase, then, where that
 * finds nothing, all of them anywhere, then all of them without accents. Newest first. */
#ifndef BANTIN_SEARCH_H
#define BANTIN_SEARCH_H

#include "article/article.h"
#include "html/html.h"
#include "search/search_sql.h"
#include "web/request.h"

enum { SEARCH_QUERY_MAX = 200, SEARCH_WORDS_MAX = 16, SEARCH_CANDIDATES = 400, SEARCH_PAGE = 20 };

/* Brings the index up to an article's public text; also for bulk loading. */
enum err search_index_article(struct tx *tx, struct article_id id);

enum search_way { SEARCH_PHRASE, SEARCH_ALL, SEARCH_FOLDED };

struct search_terms {
    struct str exact[SEARCH_WORDS_MAX], folded[SEARCH_WORDS_MAX]; /* as text_tokens gives them */
    size_t count;
};

/* The words of what somebody typed; count 0: nothing to search for. */
struct search_terms search_terms_of(struct arena *a, struct str typed);
/* The two engines' forms of a search. */
struct str search_fts_expression(struct arena *a, const struct search_terms *terms, enum search_way way);
struct str search_grams(struct arena *a, const struct search_terms *terms, enum search_way way);
/* All syllables and pairs of a text, for the PostgreSQL index. */
struct str search_grams_of_text(struct arena *a, struct str text);

/* About 200 letters of the text around the first place where the words stand, the words marked: as a phrase where
 * they were searched as one. */
struct html search_snippet(struct arena *a, struct str text, const struct search_terms *terms, enum search_way way);

extern const struct route search_routes[];
/* Registers with the articles. Once at start. */
void search_start(void);
#endif
