#include "article/article_test_world.h"

/* --- in few words -------------------------------------------------------------------------------------------------- */

static enum err save(const struct principal *who, struct article_id id, struct revision_id base, const char *text,
                     struct revision_id *saved)
{
    struct article_draft draft = world_draft("Một mẫu đề cương", text);

    return WRITE(w.database, t, who, article_save(tx, id, base, &draft, saved));
}

static void assert_state(struct article_id id, const char *state)
{
    assert_str(world_look(id).state, str_of(state));
}

static struct str body_of(struct revision_id revision)
{
    struct q_revision_whole r;

    assert_ok(q_revision_whole(w.db, revision, &r));
    return r.body;
}

static int64_t revisions_of(struct article_id id)
{
    struct q_test_count_revisions count;

    assert_ok(q_test_count_revisions(w.db, id, &count));
    return count.n;
}

static struct article_id accepted(void)
{
    struct article_id id = world_article("Một mẫu đề cương", "bản đầu");

    assert_ok(DO(contributor, article_send(tx, id, world_head(id))));
    assert_ok(DO(editor, article_send(tx, id, world_head(id))));
    assert_ok(DO(approver, article_approve(tx, id, world_head(id))));
    assert_state(id, "accepted");
    return id;
}

static struct article_id published(void)
{
    struct article_id id = accepted();

    assert_ok(DO(approver, article_publish(tx, id, world_head(id))));
    assert_state(id, "published");
    return id;
}

/* --- saving -------------------------------------------------------------------------------------------------------- */

TEST(saving_over_a_newer_revision_is_a_conflict_and_loses_nothing) /* R0.16 */
{
    world_start();
    struct article_id id = world_article("Một mẫu đề cương", "bản gốc");
    struct revision_id first = world_head(id), second, third;

    assert_ok(save(w.contributor, id, first, "bản của người thứ nhất", &second));
    assert_err(save(w.editor, id, first, "bản của người thứ hai", &third), E_CONFLICT);
    assert_true(str_contains(body_of(world_head(id)), S("người thứ nhất")));
    assert_true(str_contains(body_of(first), S("bản gốc")));
}

TEST(an_unchanged_save_makes_no_revision)
{
    world_start();
    struct article_id id = world_article("Một mẫu đề cương", "bản gốc");
    struct revision_id base = world_head(id), saved;

    assert_ok(save(w.contributor, id, base, "bản gốc", &saved));
    assert_int_equal(saved.v, base.v);
    assert_int_equal(revisions_of(id), 1);
}

TEST(every_write_path_checks_the_revision_it_started_from)
{
    world_start();
    struct article_id id = world_article("Một mẫu đề cương", "bản gốc");
    struct revision_id old = world_head(id), now, saved;

    assert_ok(save(w.contributor, id, old, "bản sau", &now));
    assert_err(DO(contributor, article_bring_back(tx, id, old, old, &saved)), E_CONFLICT);
    assert_err(DO(contributor, article_send(tx, id, old)), E_CONFLICT);
    assert_ok(DO(contributor, article_send(tx, id, now)));
    assert_err(DO(editor, article_return(tx, id, old, S("lý do"))), E_CONFLICT);
    assert_err(DO(editor, article_send(tx, id, old)), E_CONFLICT);
    assert_err(DO(approver, article_approve(tx, id, old)), E_CONFLICT);
    assert_ok(DO(approver, article_approve(tx, id, now)));
    assert_err(DO(approver, article_publish(tx, id, old)), E_CONFLICT);
    assert_ok(DO(approver, article_publish(tx, id, now)));
    assert_ok(DO(editor, article_correct(tx, id, S("fact"), S("sai số liệu"), true)));
    assert_err(DO(editor, article_correct_drop(tx, id, old)), E_CONFLICT);
}

TEST(an_older_revision_comes_back_as_a_new_one)
{
    world_start();
    struct article_id id = world_article("Một mẫu đề cương", "bản gốc");
    struct revision_id first = world_head(id), second, third;

    assert_ok(save(w.contributor, id, first, "bản sau", &second));
    assert_ok(DO(contributor, article_bring_back(tx, id, second, first, &third)));
    assert_true(third.v != first.v);
    assert_str(body_of(third), body_of(first));
    assert_int_equal(revisions_of(id), 3);
}

TEST(a_revision_of_another_article_is_not_found)
{
    world_start();
    struct article_id id = world_article("Một", "một"), other = world_article("Hai", "hai");
    struct revision_id saved;

    assert_err(DO(contributor, article_bring_back(tx, id, world_head(id), world_head(other), &saved)), E_NOT_FOUND);
}

TEST(a_text_put_aside_stays_in_the_history_and_the_head_stays)
{
    world_start();
    struct article_id id = world_article("Một mẫu đề cương", "bản gốc");
    struct revision_id first = world_head(id), second, aside, third;
    struct article_draft mine = world_draft("Một mẫu đề cương", "bản để riêng");

    assert_ok(save(w.contributor, id, first, "bản sau", &second));
    assert_ok(DO(contributor, article_put_aside(tx, id, first, &mine, &aside)));
    assert_int_equal(world_head(id).v, second.v);
    assert_true(str_contains(body_of(aside), S("để riêng")));
    assert_ok(save(w.contributor, id, second, "bản sau nữa", &third)); /* its number is free */
    assert_int_equal(revisions_of(id), 4);
}

TEST(the_hash_covers_every_field)
{
    world_start();
    struct article_draft base = world_draft("Tên", "chữ"), one;
    struct str hash = article_hash(t, &base);
    struct unit_id units[] = {w.branch};

#define DIFFERS(change)                                                                                                \
    one = base;                                                                                                        \
    one.change;                                                                                                        \
    assert_false(str_equal(article_hash(t, &one), hash))
    DIFFERS(title = S("Tên khác"));
    DIFFERS(kicker = S("x"));
    DIFFERS(standfirst = S("x"));
    DIFFERS(authors = S("[{\"name\":\"An\"}]"));
    DIFFERS(body = S("{\"content\":[{\"type\":\"paragraph\"}],\"type\":\"doc\"}"));
    DIFFERS(section = w.section2);
    DIFFERS(topic = w.topic);
    DIFFERS(genre = w.genre);
    DIFFERS(unit = w.root);
    DIFFERS(visibility = S("members"));
    DIFFERS(units = units; one.unit_count = 1);
#undef DIFFERS
    one = base;
    one.note = S("ghi chú");
    assert_str(article_hash(t, &one), hash);
}

TEST(a_draft_names_units_when_it_is_for_units_and_only_then)
{
    world_start();
    struct article_id id = world_article("Một", "một");
    struct article_draft draft = world_draft("Một", "hai");
    struct unit_id units[] = {w.branch};
    struct revision_id saved;

    draft.visibility = S("units");
    assert_err(DO(contributor, article_save(tx, id, world_head(id), &draft, &saved)), E_INVALID);
    draft.units = units;
    draft.unit_count = 1;
    assert_ok(DO(contributor, article_save(tx, id, world_head(id), &draft, &saved)));
    draft.visibility = S("public");
    assert_err(DO(contributor, article_save(tx, id, saved, &draft, &saved)), E_INVALID);
}

TEST(a_section_of_another_publication_is_refused)
{
    world_start();
    struct article_id id = world_article("Một", "một");
    struct article_draft draft = world_draft("Một", "hai");
    struct revision_id saved;

    draft.section = w.foreign;
    assert_err(DO(contributor, article_save(tx, id, world_head(id), &draft, &saved)), E_INVALID);
}

/* --- who may ------------------------------------------------------------------------------------------------------- */

TEST(a_contributor_finds_nothing_of_anothers_article)
{
    world_start();
    struct article_id id = world_article("Một", "một");
    struct revision_id head = world_head(id), saved;

    assert_err(save(w.other, id, head, "của người khác", &saved), E_NOT_FOUND);
    assert_err(DO(other, article_send(tx, id, head)), E_NOT_FOUND);
    assert_err(DO(reader, article_send(tx, id, head)), E_NOT_FOUND);
    assert_false(article_may_see(w.other, w.contributor->person));
    assert_true(article_may_see(w.contributor, w.contributor->person));
    assert_true(article_may_see(w.editor, w.contributor->person));
}

TEST(what_is_sent_is_no_longer_its_authors_to_change)
{
    world_start();
    struct article_id id = world_article("Một", "một");
    struct revision_id saved;

    assert_ok(DO(contributor, article_send(tx, id, world_head(id))));
    assert_err(save(w.contributor, id, world_head(id), "sửa lén", &saved), E_DENIED);
    assert_err(DO(contributor, article_return(tx, id, world_head(id), S("x"))), E_DENIED);
    assert_err(DO(contributor, article_approve(tx, id, world_head(id))), E_DENIED);
    assert_err(DO(editor, article_approve(tx, id, world_head(id))), E_DENIED);
}

/* --- the way to the reader ----------------------------------------------------------------------------------------- */

TEST(an_article_goes_from_its_author_to_the_reader)
{
    world_start();
    struct article_id id = world_article("Một", "một");

    assert_ok(DO(contributor, article_send(tx, id, world_head(id))));
    assert_state(id, "review");
    assert_int_equal(world_look(id).passed_at, 0);
    assert_ok(DO(editor, article_take(tx, id)));
    assert_int_equal(world_look(id).editor_id.v, w.editor->person.v);
    assert_ok(DO(editor, article_return(tx, id, world_head(id), S("thiếu số liệu"))));
    assert_state(id, "returned");
    assert_ok(DO(contributor, article_send_saying(tx, id, world_head(id), S("đã bổ sung"))));
    assert_ok(DO(editor, article_send(tx, id, world_head(id))));
    assert_true(world_look(id).passed_at != 0);
    assert_ok(DO(approver, article_approve(tx, id, world_head(id))));
    assert_ok(DO(approver, article_publish(tx, id, world_head(id))));
    assert_state(id, "published");
    assert_int_equal(world_look(id).public_id.v, world_head(id).v);
}

TEST(a_return_needs_a_reason_and_a_sent_article_a_title)
{
    world_start();
    struct article_id id = world_article("Một", "một"), untitled = world_article("", "chưa có tên");

    assert_err(DO(contributor, article_send(tx, untitled, world_head(untitled))), E_INVALID);
    assert_ok(DO(contributor, article_send(tx, id, world_head(id))));
    assert_err(DO(editor, article_return(tx, id, world_head(id), S(""))), E_INVALID);
}

TEST(a_change_after_the_approval_voids_it)
{
    world_start();
    struct article_id id = accepted();
    struct q_approval_valid approval;
    struct revision_id saved;

    assert_ok(q_approval_valid(w.db, S("article"), id.v, &approval));
    assert_str(approval.hash, world_look(id).hash);
    assert_ok(save(w.editor, id, world_head(id), "sửa sau khi duyệt", &saved));
    assert_state(id, "review");
    assert_err(q_approval_valid(w.db, S("article"), id.v, &approval), E_NOT_FOUND);
    assert_err(DO(approver, article_publish(tx, id, saved)), E_INVALID);
    assert_true(world_look(id).passed_at != 0); /* it waits for the approver again, not for an editor */
}

TEST(steps_out_of_turn_are_refused)
{
    world_start();
    struct article_id id = world_article("Một", "một");

    assert_err(DO(approver, article_approve(tx, id, world_head(id))), E_INVALID);
    assert_err(DO(approver, article_publish(tx, id, world_head(id))), E_INVALID);
    assert_err(DO(approver, article_withdraw(tx, id, S("x"))), E_INVALID);
    assert_err(DO(editor, article_correct(tx, id, S("fact"), S("x"), true)), E_INVALID);
    assert_err(DO(editor, article_correct_drop(tx, id, world_head(id))), E_INVALID);
    assert_ok(DO(contributor, article_send(tx, id, world_head(id))));
    assert_err(DO(contributor, article_send(tx, id, world_head(id))), E_DENIED);
    assert_ok(DO(editor, article_send(tx, id, world_head(id))));
    assert_err(DO(editor, article_send(tx, id, world_head(id))), E_INVALID);
}

TEST(a_withdrawn_article_is_changed_no_more)
{
    world_start();
    struct article_id id = published();
    struct revision_id saved;
    struct q_correction_open open;

    assert_ok(DO(editor, article_correct(tx, id, S("fact"), S("sai"), true)));
    assert_err(DO(approver, article_withdraw(tx, id, S(""))), E_INVALID);
    assert_ok(DO(approver, article_withdraw(tx, id, S("nhầm người"))));
    assert_state(id, "withdrawn");
    assert_err(save(w.editor, id, world_head(id), "nữa", &saved), E_INVALID);
    assert_err(q_correction_open(w.db, id, &open), E_NOT_FOUND);
}

/* --- corrections --------------------------------------------------------------------------------------------------- */

TEST(a_published_text_changes_only_through_a_correction_and_stays_until_it_is_approved)
{
    world_start();
    struct article_id id = published();
    struct revision_id public = world_head(id), saved;
    struct q_approval_valid approval;

    assert_err(save(w.editor, id, public, "sửa thẳng", &saved), E_INVALID);
    assert_ok(DO(editor, article_correct(tx, id, S("fact"), S("sai số liệu"), true)));
    assert_err(DO(editor, article_correct(tx, id, S("fact"), S("lần nữa"), true)), E_CONFLICT);
    assert_ok(save(w.editor, id, public, "bản sửa", &saved));
    assert_int_equal(world_look(id).public_id.v, public.v);
    assert_state(id, "published");
    assert_ok(q_approval_valid(w.db, S("article"), id.v, &approval)); /* of what readers see */
    assert_int_equal(approval.revision_id.v, public.v);
    assert_ok(DO(editor, article_send(tx, id, saved)));
    assert_ok(DO(approver, article_return(tx, id, saved, S("chưa đủ"))));
    assert_state(id, "published");
    assert_ok(DO(editor, article_send(tx, id, saved)));
    assert_ok(DO(approver, article_approve(tx, id, saved)));
    assert_int_equal(world_look(id).public_id.v, saved.v);
    assert_err(save(w.editor, id, saved, "lại sửa thẳng", &saved), E_INVALID);
}

TEST(a_correction_without_a_change_is_neither_sent_nor_approved)
{
    world_start();
    struct article_id id = published();
    struct revision_id saved;

    assert_ok(DO(editor, article_correct(tx, id, S("typing"), S("lỗi chữ"), false)));
    assert_err(DO(editor, article_send(tx, id, world_head(id))), E_INVALID);
    assert_err(DO(approver, article_approve(tx, id, world_head(id))), E_INVALID);
    assert_ok(save(w.editor, id, world_head(id), "đổi", &saved));
    assert_ok(save(w.editor, id, saved, "bản đầu", &saved)); /* and back: the same hash as the public text */
    assert_err(DO(editor, article_send(tx, id, saved)), E_INVALID);
}

TEST(a_dropped_correction_leaves_the_public_text_as_the_newest)
{
    world_start();
    struct article_id id = published();
    struct revision_id public = world_head(id), saved;

    assert_ok(DO(editor, article_correct(tx, id, S("addition"), S("thêm"), true)));
    assert_ok(save(w.editor, id, public, "bản dở dang", &saved));
    assert_ok(DO(editor, article_correct_drop(tx, id, saved)));
    assert_str(body_of(world_head(id)), body_of(public));
    assert_int_equal(world_look(id).public_id.v, public.v);
    assert_err(DO(editor, article_correct(tx, id, S("withdrawal"), S("gỡ"), true)), E_INVALID);
}

TEST(every_query_of_the_rules_runs_here)
{
    test_every_query(test_reader(test_database()), article_queries);
}
