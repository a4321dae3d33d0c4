#include "article/article_choices.h"

struct str article_id_text(struct request *rq, int64_t id)
{
    return id == 0 ? S("") : str_format(rq->arena, "%lld", (long long)id);
}

enum err article_word_choices(struct request *rq, struct topic_id topic, struct genre_id genre, struct choices *topics,
                              struct choices *genres)
{
    struct q_choices_of_words_rows found;
    size_t n[2] = {0};

    TRY(q_choices_of_words(rq->db, topic, genre, &found));
    struct choice *lists[2] = {NEW_ARRAY(rq->arena, struct choice, found.count + 1),
                               NEW_ARRAY(rq->arena, struct choice, found.count + 1)};
    for (size_t i = 0; i < found.count; i++) {
        const struct q_choices_of_words *word = &found.rows[i];
        size_t kind = word->is_genre != 0;
        lists[kind][n[kind]++] = (struct choice){article_id_text(rq, word->id), word->name};
    }
    *topics = (struct choices){lists[0], n[0], article_id_text(rq, topic.v)};
    *genres = (struct choices){lists[1], n[1], article_id_text(rq, genre.v)};
    return OK;
}
