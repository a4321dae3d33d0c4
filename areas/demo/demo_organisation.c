/* data/demo/organisation.txt: who there is, and in which words the publication speaks. */
#include "auth/password.h"
#include "org/org.h"
#include "person/person.h"
#include "publication/publication.h"
#include "publication/words.h"
#include "demo/demo.h"
#include "auth/session.h"
#include "demo/demo_parts.h"
#include "base/log.h"
#include "site/site.h"

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
static enum err add_unit(struct tx *tx, struct str value)
{
    struct str p[4];
    struct q_demo_unit_by_code parent = {0};
    struct unit_id id;

    demo_parts(value, p, 4);
    if (p[1].len > 0)
        TRY(q_demo_unit_by_code(tx->db, p[1], &parent));
    return unit_add(tx, parent.id, &(struct unit_facts){.name = p[3], .kind = p[2], .code = p[0]}, &id);
}

/* login; full name; role; unit; role; unit … */
static enum err add_person(struct tx *tx, struct str value, struct str password)
{
    struct str p[6];
    struct person_id id;

    demo_parts(value, p, 6);
    TRY(person_add(tx, &(struct person_facts){.full_name = p[1], .login = p[0]}, password, &id));
    for (size_t i = 2; i + 1 < countof(p) && p[i].len > 0; i += 2) {
        struct q_demo_unit_by_code unit;
        enum err e = q_demo_unit_by_code(tx->db, p[i + 1], &unit);
        if (e != OK)
            return demo_unknown("unit", p[i + 1], e);
        TRY(person_grant(tx, id, unit.id, p[i], 0, 0));
    }
    return OK;
}

/* name; fewest; most */
static enum err section_of_line(struct tx *tx, struct publication_id publication, struct str value)
{
    struct str p[3];
    struct section_id id;
    int64_t fewest = 0, most = 0;

    demo_parts(value, p, 3);
    if (str_to_int(p[1], &fewest) != OK || str_to_int(p[2], &most) != OK)
        return demo_unknown("section", value, E_INVALID);
    return section_add(tx, publication, p[0], fewest, most, &id);
}

static enum err add_publication(struct tx *tx, struct demo *d)
{
    const struct demo_file *f = d->organisation;
    struct q_demo_unit_by_code unit;
    int64_t copies;

    TRY(q_demo_unit_by_code(tx->db, demo_value(f, "publisher"), &unit));
    TRY(str_to_int(demo_value(f, "copies"), &copies));
    struct publication_facts facts = {
        .code = S(DEMO_PUBLICATION),
        .name = demo_value(f, "publication"),
        .subtitle = demo_value(f, "subtitle"),
        .organisation = demo_value(f, "organisation"),
        .unit = unit.id,
        .licence = demo_value(f, "licence"),
        .editor_name = demo_value(f, "editor"),
        .printer = demo_value(f, "printer"),
        .address = demo_value(f, "address"),
        .print_run = copies,
        .is_main = true,
    };
    return publication_make(tx, &facts, &d->publication);
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

static enum err add_line(struct tx *tx, struct demo *d, const struct demo_line *line, struct str password)
{
    if (str_equal(line->key, S("unit")))
        return add_unit(tx, line->value);
    if (str_equal(line->key, S("person")))
        return add_person(tx, line->value, password);
    if (str_equal(line->key, S("act")))
        return demo_act(tx, line->value, tx->now);
    if (str_equal(line->key, S("publication")))
        return add_publication(tx, d);
    if (str_equal(line->key, S("section")))
        return section_of_line(tx, d->publication, line->value);
    if (str_equal(line->key, S("topic")))
        return word_add(tx, WORD_TOPIC, line->value);
    if (str_equal(line->key, S("genre")))
        return word_add(tx, WORD_GENRE, line->value);
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

    TRY(q_setting_set(tx, S("organisation"), demo_value(f, "organisation")));
    TRY(q_setting_set(tx, S("demo"), S("yes")));
    for (size_t i = 0; i < f->count; i++) {
        enum err e = add_line(tx, d, &f->lines[i], password);
        if (e != OK)
            return demo_unknown("line", f->lines[i].value, e);
    }
    TRY(demo_act(tx, S("bientap"), tx->now));
    return add_media(tx, d);
}
