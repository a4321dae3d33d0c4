/* What the other pages of an article take from its editor's page. Inside this room only. */
#ifndef BANTIN_ARTICLE_EDIT_H
#define BANTIN_ARTICLE_EDIT_H

#include "article/article_pages.h"

/* The head revision as a draft, with its units. */
enum err article_draft_of_page(struct request *rq, const struct q_article_page *a, struct article_draft *draft);
/* The edit page with what was typed and what is wrong: 422. */
void article_edit_again(struct request *rq, const struct q_article_page *article, const struct article_form *form);
/* Both texts to choose from: 409. */
void article_show_conflict(struct request *rq, const struct q_article_page *article, const struct article_form *form);
/* A note that the program made, in words. */
struct str article_note_words(struct request *rq, struct str note);
#endif
