#include "access/access.h"
#include "db/test_database.h"
#include "org/org.h"

static struct database *database;

static void start(void)
{
    access_start();
    database = test_database();
}

#define DO(call) WRITE(database, t, &the_program_itself, call)

static struct unit_id make(struct unit_id parent, const char *name)
{
    struct unit_id id;
    struct unit_facts facts = {.name = str_of(name), .kind = S("Chi bộ")};

    assert_ok(DO(unit_add(tx, parent, &facts, &id)));
    return id;
}

static struct q_unit_one get(struct unit_id id)
{
    struct q_unit_one unit;

    assert_ok(q_unit_one(test_reader(database), id, &unit));
    return unit;
}

static struct str path_of(int n, const struct unit_id *ids)
{
    struct buf b = buf_in(t);

    buf_add_char(&b, '/');
    for (int i = 0; i < n; i++)
        buf_add_format(&b, "%lld/", (long long)ids[i].v);
    return buf_str(&b);
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(test_reader(database), org_queries);
}

TEST(a_path_holds_the_ids_from_the_root)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), commune = make(root, "Đảng ủy xã"), branch = make(commune, "Chi bộ 1");

    assert_str(get(branch).path, path_of(3, (struct unit_id[]){root, commune, branch}));
}

TEST(a_subtree_moves_with_all_that_hangs_below)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), a = make(root, "Xã A"), b = make(root, "Xã B");
    struct unit_id branch = make(a, "Chi bộ 1"), group = make(branch, "Tổ 1");

    assert_ok(DO(unit_move(tx, branch, b)));
    assert_str(get(branch).path, path_of(3, (struct unit_id[]){root, b, branch}));
    assert_str(get(group).path, path_of(4, (struct unit_id[]){root, b, branch, group}));
    assert_str(get(a).path, path_of(2, (struct unit_id[]){root, a}));
}

TEST(a_unit_never_moves_below_itself)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), a = make(root, "Xã A"), branch = make(a, "Chi bộ 1");

    assert_err(DO(unit_move(tx, a, branch)), E_INVALID);
    assert_err(DO(unit_move(tx, a, a)), E_INVALID);
    assert_str(get(branch).path, path_of(3, (struct unit_id[]){root, a, branch}));
}

TEST(a_unit_ends_only_when_nothing_lives_below_it)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), a = make(root, "Xã A"), branch = make(a, "Chi bộ 1");

    assert_err(DO(unit_end(tx, a, tx->now)), E_CONFLICT);
    assert_ok(DO(unit_end(tx, branch, tx->now)));
    assert_ok(DO(unit_end(tx, a, tx->now)));
    assert_true(get(a).valid_to > 0);
    assert_ok(DO(unit_resume(tx, a)));
    assert_int_equal(get(a).valid_to, 0);
}

TEST(a_merged_unit_gives_its_branches_and_stays_to_be_found)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), a = make(root, "Xã A"), b = make(root, "Xã B");
    struct unit_id branch = make(a, "Chi bộ 1");
    struct q_unit_search_rows found;

    assert_ok(DO(unit_merge(tx, a, b)));
    assert_str(get(branch).path, path_of(3, (struct unit_id[]){root, b, branch}));
    assert_int_equal(get(a).merged_into.v, b.v);
    assert_ok(q_unit_search(test_reader(database), S("xa a"), &found));
    assert_int_equal(found.count, 1);
    assert_err(DO(unit_merge(tx, b, a)), E_INVALID);
}

TEST(a_unit_is_found_by_label_code_name_and_part)
{
    start();
    struct unit_id root = make((struct unit_id){0}, "Tỉnh ủy"), id;
    struct unit_facts facts = {.name = S("Đảng ủy xã Mường Thín"), .kind = S("Đảng bộ"), .code = S("MT-01")};
    struct q_units_named_rows found;

    assert_ok(DO(unit_add(tx, root, &facts, &id)));
    const struct str texts[] = {unit_label(t, id, facts.name), S("MT-01"), S("dang uy xa muong thin"), S("Mường")};
    for (size_t i = 0; i < countof(texts); i++) {
        assert_ok(unit_find(test_reader(database), texts[i], 1, &found));
        assert_int_equal(found.count, 1);
        assert_int_equal(found.rows[0].id.v, id.v);
    }
    assert_err(DO(unit_add(tx, root, &facts, &id)), E_CONFLICT);
}

TEST(only_administrators_change_the_tree)
{
    start();
    struct unit_id id;
    struct principal editor = {.person = {7}, .roles = ROLE_ANYONE | ROLE_MEMBER | ROLE_EDITOR};
    struct unit_facts facts = {.name = S("Xã"), .kind = S("Xã")};

    assert_err(WRITE(database, t, &editor, unit_add(tx, (struct unit_id){0}, &facts, &id)), E_DENIED);
}
