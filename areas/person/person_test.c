#include "access/access.h"
#include "auth/password.h"
#include "auth/session.h"
#include "db/test_database.h"
#include "org/org.h"
#include "person/person.h"
#include <sodium.h>

static struct database *database;
static struct unit_id root;

#define DO(call) WRITE(database, t, &the_program_itself, call)

static void start(void)
{
    struct unit_facts facts = {.name = S("Tỉnh ủy"), .kind = S("Tỉnh ủy")};

    assert_true(sodium_init() >= 0);
    access_start();
    database = test_database();
    assert_ok(DO(unit_add(tx, (struct unit_id){0}, &facts, &root)));
}

static struct person_id make(const char *login, const char *name, const char *role)
{
    struct person_id id;
    struct person_facts facts = {.login = str_of(login), .full_name = str_of(name)};

    assert_ok(DO(person_add(tx, &facts, STR_NONE, &id)));
    assert_ok(DO(person_grant(tx, id, root, str_of(role), 0, 0)));
    return id;
}

TEST(every_query_is_taken)
{
    start();
    test_every_query(test_reader(database), person_queries);
}

TEST(people_stand_by_their_given_name)
{
    struct q_people_list_rows list;

    start();
    make("a1", "Trần Thị Mai", "reader");
    make("a2", "Lò Văn Ân", "reader");
    make("a3", "Nguyễn Thị Minh Khai", "reader");
    assert_ok(q_people_list(test_reader(database), S(""), 0, 50, 0, &list));
    assert_text(list.rows[0].full_name, "Lò Văn Ân");
    assert_text(list.rows[1].full_name, "Nguyễn Thị Minh Khai");
    assert_text(list.rows[2].full_name, "Trần Thị Mai");
    assert_ok(q_people_list(test_reader(database), S("minh khai"), 0, 50, 0, &list));
    assert_int_equal(list.count, 1);
}

TEST(a_name_is_split_unless_its_parts_are_given)
{
    struct q_person_one person;

    start();
    struct person_id khai = make("khai", "Nguyễn Thị Minh Khai", "reader");
    assert_ok(q_person_one(test_reader(database), khai, &person));
    assert_text(person.family_name, "Nguyễn");
    assert_text(person.middle_name, "Thị Minh");
    assert_text(person.given_name, "Khai");
}

TEST(a_login_is_of_one_person)
{
    struct person_id id;
    struct person_facts same = {.login = S("mai"), .full_name = S("Vì Thị Mai")}, bad = {.login = S("Mai Vì"), .full_name = S("x")};

    start();
    make("mai", "Trần Thị Mai", "reader");
    assert_err(DO(person_add(tx, &same, STR_NONE, &id)), E_CONFLICT);
    assert_err(DO(person_add(tx, &bad, STR_NONE, &id)), E_INVALID);
}

TEST(sessions_die_when_a_person_is_disabled)
{
    const struct principal *who;
    struct str token;
    bool stale;

    start();
    make("root", "Lò Văn Dũng", "admin");
    struct person_id mai = make("mai", "Trần Thị Mai", "editor");
    assert_ok(DO(session_open(tx, mai, &token)));
    assert_ok(session_principal(test_reader(database), token, 1, &who, &stale));
    assert_int_equal(who->person.v, mai.v);
    assert_ok(DO(person_disable(tx, mai)));
    assert_ok(session_principal(test_reader(database), token, 1, &who, &stale));
    assert_int_equal(who->person.v, 0);
    assert_ok(DO(person_enable(tx, mai)));
    assert_ok(session_principal(test_reader(database), token, 1, &who, &stale));
    assert_int_equal(who->person.v, 0);
}

TEST(the_last_administrator_stays)
{
    struct q_person_roles_rows roles;

    start();
    struct person_id first = make("root", "Lò Văn Dũng", "admin");
    assert_err(DO(person_disable(tx, first)), E_INVALID);
    assert_ok(q_person_roles(test_reader(database), first, &roles));
    assert_err(DO(person_revoke(tx, first, roles.rows[0].id)), E_INVALID);
    make("second", "Trần Thị Mai", "admin");
    assert_ok(DO(person_revoke(tx, first, roles.rows[0].id)));
}

TEST(an_invitation_works_once)
{
    struct str token, hash;
    struct person_id id;

    start();
    struct person_id mai = make("mai", "Trần Thị Mai", "editor");
    assert_ok(DO(person_invite(tx, mai, &token)));
    hash = password_hash(t, S("một câu dài dễ nhớ"));
    assert_ok(DO(person_take_invitation(tx, token, hash, &id)));
    assert_int_equal(id.v, mai.v);
    assert_err(DO(person_take_invitation(tx, token, hash, &id)), E_NOT_FOUND);
    assert_ok(sign_in_check(test_reader(database), S("mai"), S("một câu dài dễ nhớ"), S("::1"), 1, &id));
}

TEST(a_role_holds_from_its_first_day_to_its_last)
{
    const struct principal *who;

    start();
    struct person_id mai = make("mai", "Trần Thị Mai", "reader");
    assert_ok(DO(person_grant(tx, mai, root, S("approver"), 1000, 2000)));
    assert_ok(principal_of_person(test_reader(database), mai, 999, &who));
    assert_false(who->roles & ROLE_APPROVER);
    assert_ok(principal_of_person(test_reader(database), mai, 1000, &who));
    assert_true(who->roles & ROLE_APPROVER);
    assert_ok(principal_of_person(test_reader(database), mai, 2000, &who));
    assert_false(who->roles & ROLE_APPROVER);
    assert_err(DO(person_grant(tx, mai, root, S("king"), 0, 0)), E_INVALID);
}
