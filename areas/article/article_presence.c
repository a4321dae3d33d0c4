#include "article/article_presence.h"
#include <pthread.h>

enum { PLACES = 512, NAME_BYTES = 120, SECONDS = 60 };

struct place {
    int64_t article, person, seen;
    char name[NAME_BYTES];
};

static struct place places[PLACES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool is_here(const struct place *p, int64_t now)
{
    return p->seen > now - SECONDS;
}

/* Their place, else a free one, else the one that has been silent longest. */
static struct place *place_of(int64_t article, int64_t person)
{
    struct place *oldest = &places[0];

    for (size_t i = 0; i < PLACES; i++) {
        if (places[i].article == article && places[i].person == person)
            return &places[i];
        if (places[i].seen < oldest->seen)
            oldest = &places[i];
    }
    return oldest;
}

static struct str others(struct arena *a, int64_t article, int64_t person, int64_t now)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < PLACES; i++)
        if (places[i].article == article && places[i].person != person && is_here(&places[i], now))
            buf_add_format(&b, "%s%s", b.len > 0 ? ", " : "", places[i].name);
    return buf_str(&b);
}

struct str article_presence_note(struct arena *a, struct article_id article, struct person_id person, struct str name,
                                 int64_t now)
{
    pthread_mutex_lock(&lock);
    struct place *p = place_of(article.v, person.v);
    p->article = article.v;
    p->person = person.v;
    p->seen = now;
    snprintf(p->name, sizeof p->name, "%.*s", STR_ARG(name));
    struct str names = others(a, article.v, person.v, now);
    pthread_mutex_unlock(&lock);
    return names;
}

struct str article_presence_others(struct arena *a, struct article_id article, struct person_id person, int64_t now)
{
    pthread_mutex_lock(&lock);
    struct str names = others(a, article.v, person.v, now);
    pthread_mutex_unlock(&lock);
    return names;
}
