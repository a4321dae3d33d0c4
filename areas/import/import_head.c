#include "import/import_parts.h"

/* How far from the top a title is looked for, and how long it may be. */
enum { HEAD_BLOCKS = 10, TITLE_LETTERS = 300, STANDFIRST_LETTERS = 700, FOOT_BLOCKS = 4 };

enum look_bits {
    LOOK_CAPITALS = 1,
    LOOK_BOLD = 2,
    LOOK_CENTER = 4,
    LOOK_ITALIC = 8,
    LOOK_RIGHT = 16,
    LOOK_HEADING = 32
};

struct line {
    struct body_node *block;
    struct str text;
    unsigned look;
};

static unsigned marks_of_all(const struct body_node *block)
{
    unsigned marks = ~0U;
    bool has_text = false;

    for (const struct body_node *n = block->first; n != NULL; n = n->next) {
        if (n->kind != BODY_TEXT || str_trim(n->text).len == 0)
            continue;
        marks &= n->marks;
        has_text = true;
    }
    return has_text ? marks : 0;
}

static struct line look_at(struct arena *a, struct body_node *block)
{
    struct line line = {.block = block, .text = import_text_of(a, block)};
    unsigned marks = marks_of_all(block);

    if (import_is_capitals(a, line.text))
        line.look |= LOOK_CAPITALS;
    if (marks & MARK_BOLD)
        line.look |= LOOK_BOLD;
    if (marks & MARK_ITALIC)
        line.look |= LOOK_ITALIC;
    if (block->align == ALIGN_CENTER)
        line.look |= LOOK_CENTER;
    if (block->align == ALIGN_END)
        line.look |= LOOK_RIGHT;
    if (block->kind == BODY_HEADING)
        line.look |= LOOK_HEADING;
    return line;
}

static bool is_line(const struct body_node *block)
{
    return block != NULL && (block->kind == BODY_PARAGRAPH || block->kind == BODY_HEADING);
}

/* The head of an official letter is no title, and what follows it is no article's. */
static bool is_letterhead(struct arena *a, struct str text)
{
    static const char *const starts[] = {
        "kính gửi", "cộng hòa xã hội", "cộng hoà xã hội", "đảng cộng sản việt nam", "số ", "số:", "v/v", "kính thưa",
        "thưa "};
    struct str lower = text_lower(a, text);

    for (size_t i = 0; i < countof(starts); i++)
        if (str_starts(lower, str_of(starts[i])))
            return true;
    return str_contains(lower, S(", ngày ")) && str_contains(lower, S(" tháng ")) && import_letters(text) < 60;
}

static struct str joined(struct arena *a, struct str before, struct str more)
{
    return before.len == 0 ? more : str_format(a, "%.*s %.*s", STR_ARG(before), STR_ARG(more));
}

/* --- authors ----------------------------------------------------------------------------------------------------- */

static void add_author(struct import *im, struct import_author author)
{
    struct import_result *result = im->result;

    if (result->authors == NULL)
        result->authors = NEW_ARRAY(im->arena, struct import_author, IMPORT_MAX_AUTHORS);
    if (result->author_count < IMPORT_MAX_AUTHORS)
        result->authors[result->author_count++] = author;
}

/* "(Phòng Tổ chức - Hành chính)" belongs to the name above it. */
static bool add_role(struct import *im, struct str text)
{
    struct import_result *result = im->result;

    if (result->author_count == 0 || !str_starts(text, S("(")) || !str_ends(text, S(")")) || import_letters(text) > 120)
        return false;
    struct import_author *last = &result->authors[result->author_count - 1];
    if (last->role.len > 0)
        return false;
    last->role = str_sub(text, 1, text.len - 2);
    return true;
}

/* "Nguyễn Văn A - Trần Thị B" are two. */
static bool add_person(struct import *im, struct str text)
{
    struct import_author author, second;

    if (!import_author_of_line(im->arena, text, &author))
        return false;
    if (author.role.len > 0 && import_author_of_line(im->arena, author.role, &second)) {
        author.role = STR_NONE;
        add_author(im, author);
        add_author(im, second);
        return true;
    }
    add_author(im, author);
    return true;
}

static bool add_unit(struct import *im, struct line line)
{
    if (!import_is_unit_name(im->arena, line.text) || import_letters(line.text) > 120 ||
        import_ends_sentence(line.text) || line.look == 0)
        return false;
    add_author(im, (struct import_author){.name = line.text});
    return true;
}

/* The name under an article: at the right, or bold or slanted, a person or a unit. */
static void find_authors_at_end(struct import *im, struct body_node *doc)
{
    struct line lines[FOOT_BLOCKS];
    size_t n = 0;

    for (struct body_node *block = doc->first; block != NULL; block = block->next) {
        if (n == FOOT_BLOCKS) {
            memmove(lines, lines + 1, (FOOT_BLOCKS - 1) * sizeof *lines);
            n--;
        }
        lines[n++] = look_at(im->arena, block);
    }
    for (size_t i = 0; i < n; i++) {
        struct line *line = &lines[i];
        if (!is_line(line->block) || line->block == doc->first || line->text.len == 0)
            continue;
        bool is_set_off = (line->look & (LOOK_RIGHT | LOOK_BOLD | LOOK_ITALIC)) != 0;
        bool is_role = i > 0 && lines[i - 1].block->parent == NULL && add_role(im, line->text);
        if (is_role || (is_set_off && add_person(im, line->text)))
            import_unlink(line->block);
    }
}

/* --- title ------------------------------------------------------------------------------------------------------- */

/* How many of the first lines belong together as a title: alike, short, with other text behind them. */
static size_t count_title_lines(const struct line *lines, size_t n, struct arena *a)
{
    unsigned look = lines[0].look & (LOOK_CAPITALS | LOOK_CENTER | LOOK_HEADING | LOOK_BOLD);
    size_t count = 0, letters = 0;

    while (count < n && is_line(lines[count].block)) {
        const struct line *line = &lines[count];
        letters += import_letters(line->text);
        if ((line->look & look) != look || letters > TITLE_LETTERS || import_number_mark(line->text, NULL) != MARK_NO)
            break;
        if ((line->look & LOOK_HEADING) && count > 0 && line->block->level != lines[0].block->level)
            break;
        struct import_author author;
        if (count > 0 && (import_author_of_line(a, line->text, &author) || str_starts(line->text, S("("))))
            break;
        count++;
    }
    /* A unit's name that ends the run is who wrote it. */
    if (count > 1 && import_is_unit_name(a, lines[count - 1].text) && import_letters(lines[count - 1].text) <= 100)
        count--;
    return count;
}

static bool is_title_look(unsigned look)
{
    return (look & (LOOK_HEADING | LOOK_CAPITALS)) != 0 || (look & (LOOK_CENTER | LOOK_BOLD)) != 0;
}

static size_t take_title(struct import *im, const struct line *lines, size_t n)
{
    struct import_result *result = im->result;

    if (n < 2 || !is_line(lines[0].block) || !is_title_look(lines[0].look) || (lines[0].look & LOOK_RIGHT) ||
        is_letterhead(im->arena, lines[0].text))
        return 0;
    size_t count = count_title_lines(lines, n, im->arena);
    if (count == 0 || count == n)
        return 0;
    for (size_t i = 0; i < count; i++) {
        result->title = joined(im->arena, result->title, lines[i].text);
        import_unlink(lines[i].block);
    }
    result->title_is_sure = true;
    return count;
}

/* Not sure of anything: the subject line of a letter, else a line of capitals near the top, is proposed and stays. */
static void propose_title(struct import *im, const struct line *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(lines[i].text, S("V/v ")) || str_starts(lines[i].text, S("V/v: "))) {
            im->result->title = str_trim(str_skip(lines[i].text, str_find_char(lines[i].text, ' ', 0)));
            return;
        }
    for (size_t i = 0; i < n; i++)
        if (is_line(lines[i].block) && (lines[i].look & (LOOK_CAPITALS | LOOK_HEADING)) &&
            import_letters(lines[i].text) > 11 && !is_letterhead(im->arena, lines[i].text) &&
            import_letters(lines[i].text) < TITLE_LETTERS) {
            im->result->title = lines[i].text;
            return;
        }
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* Behind the title: who wrote it and what it is about, in either order. */
static void take_rest_of_head(struct import *im, const struct line *lines, size_t n)
{
    struct import_result *result = im->result;

    for (size_t i = 0; i + 1 < n && is_line(lines[i].block); i++) {
        struct line line = lines[i];
        size_t letters = import_letters(line.text);
        bool is_standfirst = result->standfirst.len == 0 && (line.look & (LOOK_BOLD | LOOK_ITALIC)) &&
                             !(line.look & (LOOK_HEADING | LOOK_CAPITALS)) && letters >= 40 &&
                             letters <= STANDFIRST_LETTERS && import_number_mark(line.text, NULL) == MARK_NO;
        if (line.block->kind == BODY_HEADING)
            return;
        if (add_role(im, line.text) || (letters <= 120 && line.look != 0 && add_person(im, line.text)) ||
            (result->author_count == 0 && add_unit(im, line))) {
            import_unlink(line.block);
            continue;
        }
        if (!is_standfirst)
            return;
        result->standfirst = line.text;
        import_unlink(line.block);
    }
}

void import_find_head(struct import *im, struct body_node *doc)
{
    struct line lines[HEAD_BLOCKS];
    size_t n = 0;

    struct body_node *first = doc->first;

    /* An official paper begins with a table: who issues it, the motto, number and date. */
    if (first != NULL && first->kind == BODY_TABLE && first->next != NULL)
        first = first->next;
    for (struct body_node *block = first; block != NULL && n < HEAD_BLOCKS; block = block->next)
        lines[n++] = look_at(im->arena, block);
    if (n == 0)
        return;
    size_t taken = take_title(im, lines, n);
    if (taken == 0) {
        propose_title(im, lines, n);
        return;
    }
    take_rest_of_head(im, lines + taken, n - taken);
    if (im->result->author_count == 0)
        find_authors_at_end(im, doc);
}
