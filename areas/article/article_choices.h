/* Rows of the database as the choices of a select. Inside this room only; all in the request's arena. */
#ifndef BANTIN_ARTICLE_CHOICES_H
#define BANTIN_ARTICLE_CHOICES_H

#include "article/article_pages.h"

/* "17"; none for 0. */
struct str article_id_text(struct request *rq, int64_t id);
/* Topics and genres, in one query. */
enum err article_word_choices(struct request *rq, struct topic_id topic, struct genre_id genre, struct choices *topics,
                              struct choices *genres);

/* Of any rows with id and name. */
#define ARTICLE_CHOICES(rq, found, chosen_id)                                                                          \
    ({                                                                                                                 \
        struct choice *list_ = NEW_ARRAY((rq)->arena, struct choice, (found).count + 1);                               \
        for (size_t i_ = 0; i_ < (found).count; i_++)                                                                  \
            list_[i_] = (struct choice){article_id_text(rq, (found).rows[i_].id.v), (found).rows[i_].name};            \
        (struct choices){list_, (found).count, article_id_text(rq, chosen_id)};                                        \
    })
#endif
