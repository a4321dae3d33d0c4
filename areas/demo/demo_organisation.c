/* data/demo/organisation.txt: who there is, and in which words the publication speaks. */
#include "auth/password.h"
#include "demo/demo.h"
#include "auth/session.h"
#include "demo/demo_parts.h"
#include "base/log.h"
#include "site/site.h"
#include "text/name.h"
#include "text/text.h"

enum err demo_unknown(const char *what, struct str word, enum err e)
{
    log_event(LOG_ERROR, "demo.content", "%s=%.*s error=%s", what, STR_ARG(word), err_name(e));
    return e;
}

enum err demo_act(struct tx *tx, struct str login, int64_t at)
{
    struct q_demo_person_by_login person;

    enum err e = q_demo_person_by_login(tx->db, login, &person);
    if (e != OK)
        return demo_unknown("person", login, e);
    TRY(principal_of_person(tx->db, person.id, at, &tx->who));
    tx->now = at;
    return OK;
}

/* --- the lines ----------------------------------------------------------------------------------------------------- */

/* code; parent's code; kind; name */
static enum err add_unit(struct tx *tx, struct str value, int64_t position)
{
    struct str p[4];
    struct q_demo_unit_by_code parent = {.path = S("/")};
    struct unit_id id;

    demo_parts(value, p, 4);
    if (p[1].len > 0)
        TRY(q_demo_unit_by_code(tx->db, p[1], &parent));
    TRY(q_demo_unit_add(tx, parent.id, p[3], text_fold(tx->arena, p[3]), text_sort_key(tx->arena, p[3]), p[2], p[0],
                        position, &id));
    return q_demo_unit_set_path(tx, id, str_format(tx->arena, "%.*s%lld/", STR_ARG(parent.path), (long long)id.v));
}

/* login; full name; role; unit; role; unit … */
static enum err add_person(struct tx *tx, struct str value, struct str password)
{
    struct str p[6];
    struct person_id id;
    struct membership_id membership;

    demo_parts(value, p, 6);
    struct text_name name = text_name_split(tx->arena, p[1]);
    TRY(q_demo_person_add(tx, p[0], p[1], name.family, name.middle, name.given, text_fold(tx->arena, p[1]),
                          text_name_sort_key(tx->arena, name.family, name.middle, name.given), password, tx->now, &id));
    for (size_t i = 2; i + 1 < countof(p) && p[i].len > 0; i += 2) {
        struct q_demo_unit_by_code unit;
        enum err e = q_demo_unit_by_code(tx->db, p[i + 1], &unit);
        if (e != OK)
            return demo_unknown("unit", p[i + 1], e);
        TRY(q_demo_membership_add(tx, id, unit.id, p[i], &membership));
    }
    return OK;
}

/* slug; name; fewest; most */
static enum err add_section(struct tx *tx, struct publication_id publication, struct str value, int64_t position)
{
    struct str p[4];
    struct section_id id;
    int64_t fewest = 0, most = 0;

    demo_parts(value, p, 4);
    if (str_to_int(p[2], &fewest) != OK || str_to_int(p[3], &most) != OK)
        return demo_unknown("section", value, E_INVALID);
    return q_demo_section_add(tx, publication, p[1], p[0], position, fewest, most, &id);
}

static enum err add_topic(struct tx *tx, struct str value, int64_t position)
{
    struct str p[2];
    struct topic_id id;

    demo_parts(value, p, 2);
    return q_demo_topic_add(tx, p[1], p[0], position, &id);
}

static enum err add_genre(struct tx *tx, struct str value, int64_t position)
{
    struct str p[2];
    struct genre_id id;

    demo_parts(value, p, 2);
    return q_demo_genre_add(tx, p[1], p[0], position, &id);
}

static enum err add_publication(struct tx *tx, struct demo *d)
{
    const struct demo_file *f = d->organisation;
    struct q_demo_unit_by_code unit;
    struct str name = demo_value(f, "publication");
    int64_t copies;

    TRY(q_demo_unit_by_code(tx->db, demo_value(f, "publisher"), &unit));
    TRY(str_to_int(demo_value(f, "copies"), &copies));
    return q_demo_publication_add(tx, S(DEMO_PUBLICATION), name, text_fold(tx->arena, name), demo_value(f, "subtitle"),
                                  demo_value(f, "organisation"), unit.id, demo_value(f, "licence"),
                                  demo_value(f, "editor"), demo_value(f, "printer"), copies, demo_value(f, "address"),
                                  tx->now, &d->publication);
}

static enum err add_media(struct tx *tx, const struct demo *d)
{
    struct media_id id;

    for (size_t i = 0; i < d->media_count; i++) {
        const struct demo_medium *m = &d->media[i];
        TRY(q_demo_media_add(tx, m->hash, m->kind, m->mime, m->name, m->bytes, m->width, m->height, m->duration_ms,
                             m->renditions, tx->who->person, tx->now, &id));
    }
    return OK;
}

static enum err add_line(struct tx *tx, const struct demo *d, const struct demo_line *line, int64_t position,
                         struct str password)
{
    if (str_equal(line->key, S("unit")))
        return add_unit(tx, line->value, position);
    if (str_equal(line->key, S("person")))
        return add_person(tx, line->value, password);
    if (str_equal(line->key, S("section")))
        return add_section(tx, d->publication, line->value, position);
    if (str_equal(line->key, S("topic")))
        return add_topic(tx, line->value, position);
    if (str_equal(line->key, S("genre")))
        return add_genre(tx, line->value, position);
    return OK;
}

/* The same for all: it stands in the README, and each hash takes its time. */
static struct str password_of_all(struct arena *a)
{
    return password_hash(a, S(DEMO_PASSWORD));
}

enum err demo_add_organisation(struct tx *tx, struct demo *d)
{
    const struct demo_file *f = d->organisation;
    struct str password = password_of_all(tx->arena);
    bool publication_made = false;

    TRY(q_setting_set(tx, S("organisation"), demo_value(f, "organisation")));
    TRY(q_setting_set(tx, S("demo"), S("yes")));
    for (size_t i = 0; i < f->count; i++) {
        if (!publication_made && str_equal(f->lines[i].key, S("section"))) {
            TRY(add_publication(tx, d));
            publication_made = true;
        }
        enum err e = add_line(tx, d, &f->lines[i], (int64_t)i + 1, password);
        if (e != OK)
            return demo_unknown("line", f->lines[i].value, e);
    }
    TRY(demo_act(tx, S("bientap"), tx->now));
    return add_media(tx, d);
}
