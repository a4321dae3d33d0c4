/* One item on the pages: its head across the columns, its text, the questions for the meeting. */
#include "press/columns.h"

static void head_lines(struct compose *c, struct strips *s, struct str text, enum style style, const char *tag,
                       double before)
{
    if (str_is_empty(text))
        return;
    strips_add_lines(c, s, set_title(c, text, (struct set_how){style, c->type.width * 0.94, 0, SET_START}),
                     (struct lines_how){.before = before, .tag = tag, .keep_together = true, .keep_with_next = true});
}

/* The title leads to the item's page on the web. */
static void head_title(struct compose *c, struct strips *s, const struct press_item *item)
{
    struct set *set;

    if (str_is_empty(item->title))
        return;
    set = set_title(c, item->title, (struct set_how){STYLE_TITLE, c->type.width, 0, SET_START});
    if (!str_is_empty(item->permalink)) {
        set->links = NEW(c->a, struct set_link);
        set->links[0] = (struct set_link){0, (int)set->text.len, item->permalink};
        set->n_links = 1;
    }
    strips_add_lines(c, s, set, (struct lines_how){.tag = "H1", .keep_together = true, .keep_with_next = true});
}

static void head_rule(struct compose *c, struct strips *s, double weight, double height)
{
    strips_add(
        c, s,
        (struct strip){
            .kind = STRIP_RULE, .flags = STRIP_KEEP, .width = c->type.width, .weight = weight, .height = height});
}

static struct str joined(struct compose *c, struct str a, struct str b)
{
    if (str_is_empty(a) || str_is_empty(b))
        return str_is_empty(a) ? b : a;
    return str_format(c->a, "%.*s · %.*s", STR_ARG(a), STR_ARG(b));
}

static void add_head(struct compose *c, struct strips *s, const struct press_section *section,
                     const struct press_item *item, bool opens_section)
{
    struct str kicker = joined(c, item->read_aloud ? c->issue->words.read_aloud : STR_NONE, item->kicker);

    if (opens_section && !str_is_empty(section->name)) {
        head_rule(c, s, 2, 5);
        head_lines(c, s, section->name, STYLE_SECTION, "P", 0);
        strips_add_space(c, s, c->type.grid * 0.7, STRIP_KEEP, NULL);
    } else {
        head_rule(c, s, 0.5, c->type.grid);
    }
    head_lines(c, s, kicker, STYLE_KICKER, "P", 0);
    head_title(c, s, item);
    head_lines(c, s, item->standfirst, STYLE_STANDFIRST, "P", c->type.grid * 0.3);
    head_lines(c, s, joined(c, item->authors, item->unit), STYLE_BYLINE, "P", c->type.grid * 0.4);
    strips_add_space(c, s, c->type.grid * 0.7, STRIP_KEEP, NULL);
    s->v[0].item = c->item + 1;
}

static struct flow flow_of(struct compose *c)
{
    return (struct flow){.c = c,
                         .width = c->type.column,
                         .column = c->type.column,
                         .may_span = c->type.columns > 1,
                         .style = STYLE_TEXT,
                         .align = SET_JUSTIFY,
                         .fresh = true};
}

/* An item starts on a page where its head, its lead picture and six lines of text find room, and not at the very foot.
 */
static bool has_room(struct compose *c, const struct segment *head)
{
    double room = pages_left(c) - 2 * c->type.grid;
    double need = strips_height(&head->strips);
    const struct segment *next = head->next;
    struct progress at = {0};
    struct column columns[4] = {0};

    if (next != NULL && next->strips.n == 0)
        next = next->next;
    if (next != NULL && next->span && next->strips.n == 1)
        need += strips_height(&next->strips), next = next->next;
    if (room < 0.25 * c->type.height || room < need + 6 * c->type.grid)
        return false;
    if (next == NULL || next->strips.n == 0)
        return true;
    columns_fill(c, &next->strips, &at, next->span ? 1 : c->type.columns, room - need, false, columns);
    return columns[0].n > 0;
}

void article_place(struct compose *c, const struct press_section *section, const struct press_item *item,
                   bool opens_section)
{
    struct flow f = flow_of(c);

    c->next_note = 0;
    c->permalink = item->permalink;
    add_head(c, flow_span(&f, true), section, item, opens_section);
    flow_span(&f, false);
    if (item->body != NULL)
        flow_blocks(&f, item->body);
    f.fresh = false;
    flow_questions(&f, item);

    c->running = section->name;
    if (!has_room(c, f.first))
        pages_new(c);
    else if (c->y > 0.1)
        c->y += 2 * c->type.grid;
    c->report->items[c->item].first = c->n_pages;
    pages_place(c, f.first);
    c->report->items[c->item].last = c->n_pages;
}
