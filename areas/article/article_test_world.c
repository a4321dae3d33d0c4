#include "article/article_test_world.h"
#include <sodium.h>

struct world w;

struct member {
    const char *name, *role;
    const struct principal **who;
};

static enum err add_units(struct tx *tx)
{
    TRY(q_test_unit_add(tx, (struct unit_id){0}, S("/1/"), S("Tỉnh ủy"), &w.root));
    TRY(q_test_unit_add(tx, w.root, S("/1/2/"), S("Đảng ủy xã"), &w.branch));
    return q_test_unit_add(tx, w.branch, S("/1/2/3/"), S("Chi bộ bản"), &w.cell);
}

static enum err add_publications(struct tx *tx)
{
    TRY(q_test_publication_add(tx, S("tt"), tx->now, &w.publication));
    TRY(q_test_publication_add(tx, S("khac"), tx->now, &w.second));
    TRY(q_test_section_add(tx, w.publication, S("tin"), &w.section));
    TRY(q_test_section_add(tx, w.publication, S("trao-doi"), &w.section2));
    TRY(q_test_section_add(tx, w.second, S("la"), &w.foreign));
    TRY(q_test_topic_add(tx, S("dang"), &w.topic));
    return q_test_genre_add(tx, S("bai"), &w.genre);
}

static enum err add_people(struct tx *tx, const struct member *members, size_t n, struct person_id *ids)
{
    for (size_t i = 0; i < n; i++) {
        TRY(q_test_person_add(tx, str_of(members[i].name), tx->now, &ids[i]));
        TRY(q_test_member_add(tx, ids[i], w.branch, str_of(members[i].role)));
    }
    return OK;
}

static enum err add_all(struct tx *tx, const struct member *members, size_t n, struct person_id *ids)
{
    TRY(add_units(tx));
    TRY(add_publications(tx));
    return add_people(tx, members, n, ids);
}

void world_start(void)
{
    const struct member members[] = {
        {"Lò Văn Dũng", "contributor", &w.contributor}, {"Vì Thị Hoa", "contributor", &w.other},
        {"Trần Thị Mai", "editor", &w.editor},          {"Nguyễn Minh Khôi", "approver", &w.approver},
        {"Quàng Thị Xuân", "reader", &w.reader},
    };
    struct person_id ids[countof(members)];

    assert_true(sodium_init() >= 0);
    access_start();
    w = (struct world){.database = test_database()};
    assert_ok(WRITE(w.database, t, &the_program_itself, add_all(tx, members, countof(members), ids)));
    w.db = test_reader(w.database);
    for (size_t i = 0; i < countof(members); i++)
        assert_ok(principal_of_person(w.db, ids[i], 1, members[i].who));
}

struct article_draft world_draft(const char *title, const char *text)
{
    struct str body = str_format(
        t, "{\"content\":[{\"content\":[{\"text\":\"%s\",\"type\":\"text\"}],\"type\":\"paragraph\"}],\"type\":\"doc\"}", text);

    return (struct article_draft){
        .title = str_of(title), .kicker = S(""), .standfirst = S(""), .authors = S("[]"), .body = body,
        .section = w.section, .visibility = S("public"), .note = S(""),
    };
}

struct article_id world_article(const char *title, const char *text)
{
    struct article_draft draft = world_draft(title, text);
    struct article_id id;

    assert_ok(DO(contributor, article_create(tx, w.publication, &draft, &id)));
    return id;
}

struct q_article_for_rules world_look(struct article_id id)
{
    struct q_article_for_rules a;

    assert_ok(q_article_for_rules(w.db, id, &a));
    return a;
}

struct revision_id world_head(struct article_id id)
{
    return world_look(id).head_id;
}
