/* Where text breaks. */
#include "press/columns.h"
#include "press/sample_issue.h"
#include "press/table.h"
#include "unit/test.h"

static struct compose *composition(void)
{
    struct compose *c = NEW(t, struct compose);

    *c = (struct compose){.a = t, .issue = sample_issue(t, 0, 0, 0), .report = NEW(t, struct press_report), .item = -1};
    assert_ok(type_open(t, c->issue, PRESS_A4, &c->type));
    return c;
}

static const struct strips *strips_of(struct compose *c, const struct body_node *doc)
{
    struct flow *f = NEW(t, struct flow);

    *f = (struct flow){
        .c = c, .width = c->type.column, .column = c->type.column, .style = STYLE_TEXT, .align = SET_JUSTIFY};
    flow_span(f, false);
    flow_blocks(f, doc);
    return f->out;
}

static struct body_node *prose(int paragraphs, int words)
{
    struct body_node *doc = body_new(t, BODY_DOC);

    for (int i = 0; i < paragraphs; i++)
        sample_paragraph(t, doc, sample_prose(t, (unsigned)i, words + i % 7));
    return doc;
}

static bool starts_a_text(const struct strip *s)
{
    return s->kind != STRIP_LINE || s->line == 0;
}

TEST(two_columns_end_even)
{
    struct compose *c = composition();

    for (int n = 1; n < 9; n++) {
        const struct strips *s = strips_of(c, prose(n, 60));
        struct progress at = {0};
        struct column columns[2] = {0};
        columns_fill(c, s, &at, 2, c->type.height, true, columns);
        assert_true(column_all_placed(s, &at));
        double difference = columns[0].used - columns[1].used;
        assert_true(difference > -0.1 && difference < 3.1 * c->type.grid);
    }
}

TEST(no_line_of_a_paragraph_stands_alone)
{
    struct compose *c = composition();
    const struct strips *s = strips_of(c, prose(30, 70));

    for (int lines = 10; lines < 50; lines++) {
        struct progress at = {0};
        while (!column_all_placed(s, &at)) {
            struct column column = {0};
            column_fill(c, s, &at, lines * c->type.grid, true, &column);
            const struct strip *first = column.v[0].strip, *last = column.v[column.n - 1].strip;
            if (!starts_a_text(first))
                assert_true(first->line >= 2 && first->line <= first->set->n_lines - 2);
            if (last->kind == STRIP_LINE && last->line < last->set->n_lines - 1)
                assert_true(last->line >= 1);
        }
    }
}

TEST(a_heading_is_never_the_last_of_a_column)
{
    struct compose *c = composition();
    struct body_node *doc = body_new(t, BODY_DOC);

    for (int i = 0; i < 20; i++) {
        struct body_node *heading = body_add(doc, body_new(t, BODY_HEADING));
        heading->level = 2;
        body_add_text(t, heading, S("Việc thứ nhất"), 0, STR_NONE);
        sample_paragraph(t, doc, sample_prose(t, (unsigned)i, 50));
    }
    const struct strips *s = strips_of(c, doc);
    for (int lines = 8; lines < 50; lines++) {
        struct progress at = {0};
        while (!column_all_placed(s, &at)) {
            struct column column = {0};
            column_fill(c, s, &at, lines * c->type.grid, true, &column);
            assert_true(column.v[column.n - 1].strip->set->how.style == STYLE_TEXT);
        }
    }
}

TEST(lines_of_text_stand_on_one_grid)
{
    struct compose *c = composition();
    struct body_node *doc = prose(2, 40);

    sample_table(t, doc, 3, 2);
    sample_figure(t, doc, S("none"));
    for (int i = 0; i < 3; i++)
        sample_paragraph(t, doc, sample_prose(t, 4, 40));
    const struct strips *s = strips_of(c, doc);
    struct progress at = {0};
    struct column column = {0};
    column_fill(c, s, &at, c->type.height, true, &column);
    for (int i = 0; i < column.n; i++) {
        if (!(column.v[i].strip->flags & STRIP_ON_GRID))
            continue;
        double lines = column.v[i].y / c->type.grid;
        assert_true(lines - (int)(lines + 0.5) < 0.01 && lines - (int)(lines + 0.5) > -0.01);
    }
}

TEST(a_note_stands_in_the_column_of_its_reference)
{
    struct compose *c = composition();
    struct body_node *doc = body_new(t, BODY_DOC);

    for (int i = 0; i < 24; i++) {
        struct body_node *paragraph = sample_paragraph(t, doc, sample_prose(t, (unsigned)i, 30));
        sample_note(t, paragraph, sample_prose(t, (unsigned)i, 12));
    }
    const struct strips *s = strips_of(c, doc);
    struct progress at = {0};
    while (!column_all_placed(s, &at)) {
        struct column column = {0};
        int notes = 0;
        column_fill(c, s, &at, 30 * c->type.grid, true, &column);
        for (int i = 0; i < column.n; i++)
            for (int k = 0; k < column.v[i].strip->n_notes; k++)
                assert_ptr_equal(column.v[i].strip->notes[k], column.notes[notes++].note);
        assert_int_equal(notes, column.n_notes);
        assert_true(column.used + column.notes_height <= 30 * c->type.grid + 0.1);
    }
}

TEST(a_note_longer_than_its_column_goes_on_in_the_next)
{
    struct compose *c = composition();
    struct body_node *doc = prose(1, 20);
    int lines = 0, all;

    sample_note(t, doc->first, sample_prose(t, 1, 400));
    const struct strips *s = strips_of(c, doc);
    all = s->v[s->n - 1].notes[0]->set->n_lines;
    struct progress at = {0};
    for (int columns = 0; !column_all_placed(s, &at); columns++) {
        struct column column = {0};
        column_fill(c, s, &at, 20 * c->type.grid, true, &column);
        for (int i = 0; i < column.n_notes; i++)
            lines += column.notes[i].to - column.notes[i].from;
        assert_true(columns < 10);
    }
    assert_int_equal(lines, all);
}

TEST(a_figure_without_room_goes_to_the_next_column_and_text_runs_on)
{
    struct compose *c = composition();
    struct body_node *doc = prose(3, 60);
    struct progress at = {0};
    struct column one = {0}, two = {0};

    sample_figure(t, doc, S("none"));
    for (int i = 0; i < 3; i++)
        sample_paragraph(t, doc, sample_prose(t, 9, 60));
    const struct strips *s = strips_of(c, doc);
    double room = 0;
    for (int i = 0; i < s->n && s->v[i].kind != STRIP_FIGURE; i++)
        room += s->v[i].height;
    room += 4 * c->type.grid;
    column_fill(c, s, &at, room, true, &one);
    column_fill(c, s, &at, c->type.height, true, &two);
    assert_true(one.used > room - 2.1 * c->type.grid);
    assert_int_equal(two.v[0].strip->kind, STRIP_FIGURE);
    assert_true(column_all_placed(s, &at));
    assert_int_equal(one.n + two.n, s->n);
}

TEST(a_table_goes_on_under_its_header)
{
    struct compose *c = composition();
    struct body_node *doc = body_new(t, BODY_DOC);

    sample_table(t, doc, 40, 2);
    const struct strips *s = strips_of(c, doc);
    struct progress at = {0};
    int columns = 0;
    for (; !column_all_placed(s, &at); columns++) {
        struct column column = {0};
        column_fill(c, s, &at, 15 * c->type.grid, true, &column);
        assert_true(column.v[0].strip->from < 0.1);
        assert_true(column.used <= 15 * c->type.grid + 0.1);
    }
    assert_true(columns > 2);
}

TEST(a_row_higher_than_the_column_is_cut_between_lines)
{
    struct compose *c = composition();
    struct body_node *doc = body_new(t, BODY_DOC);
    struct body_node *table = sample_table(t, doc, 2, 2);

    body_add_text(t, table->last->first->first, sample_prose(t, 2, 900), 0, STR_NONE);
    const struct strips *s = strips_of(c, doc);
    struct progress at = {0};
    for (int columns = 0; !column_all_placed(s, &at); columns++) {
        struct column column = {0};
        column_fill(c, s, &at, 20 * c->type.grid, true, &column);
        assert_true(column.used <= 20 * c->type.grid + 0.1);
        assert_true(columns < 40);
    }
}
