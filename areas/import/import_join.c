#include "import/import_parts.h"

/* Text with a line end every 80 letters, as it comes out of a PDF or an old mail program, made paragraphs again. The
 * width of the page is measured; a line that is not full, or behind which the next word would still have had room,
 * ends a paragraph. */

struct row {
    struct str text; /* trimmed */
    size_t letters;
    size_t indent;
    size_t blanks; /* empty lines before it */
};

struct page {
    struct arena *a;
    struct row *rows;
    size_t n;
    size_t width; /* of a full line */
    bool is_wrapped;
    bool blanks_mean_nothing; /* an empty line behind each line */
};

static void add_row(struct page *page, struct str line, size_t *cap, size_t *blanks)
{
    size_t indent = 0;

    while (indent < line.len && (line.ptr[indent] == ' ' || line.ptr[indent] == '\t'))
        indent++;
    struct str text = str_trim(line);
    if (text.len == 0) {
        ++*blanks;
        return;
    }
    if (page->n == *cap) {
        size_t more = *cap == 0 ? 256 : *cap * 2;
        page->rows = arena_grow(page->a, page->rows, *cap * sizeof *page->rows, more * sizeof *page->rows);
        *cap = more;
    }
    page->rows[page->n++] = (struct row){text, import_letters(text), indent, *blanks};
    *blanks = 0;
}

static int by_size(const void *x, const void *y)
{
    size_t a = *(const size_t *)x, b = *(const size_t *)y;

    return a < b ? -1 : a > b;
}

/* The length below which nine of ten lines stay; a few longer ones do not make a page wide. */
static void measure(struct page *page)
{
    size_t *lengths = NEW_ARRAY(page->a, size_t, page->n + 1), single = 0, goes_on = 0;

    for (size_t i = 0; i < page->n; i++)
        lengths[i] = page->rows[i].letters;
    qsort(lengths, page->n, sizeof *lengths, by_size);
    page->width = page->n == 0 ? 0 : lengths[page->n * 9 / 10];
    page->is_wrapped = page->n >= 4 && page->width <= 140 && page->width >= 30;
    for (size_t i = 1; i < page->n; i++) {
        const struct row *row = &page->rows[i];
        if (row->blanks == 0)
            continue;
        single++;
        goes_on += import_starts_small(page->a, row->text) && !import_ends_sentence(row[-1].text);
    }
    page->blanks_mean_nothing = single * 2 > page->n && goes_on * 4 > single;
}

static size_t first_word(struct str text)
{
    size_t end = str_find_char(text, ' ', 0);

    return import_letters(end == SIZE_MAX ? text : str_sub(text, 0, end));
}

static bool begins_anew(struct page *page, const struct row *row)
{
    (void)page;
    return import_bullet_mark(row->text) > 0 || import_number_mark(row->text, NULL) != MARK_NO;
}

static bool goes_on(struct page *page, const struct row *before, const struct row *row)
{
    bool is_full = before->letters + 1 + first_word(row->text) > page->width * 95 / 100;
    bool is_small = import_starts_small(page->a, row->text) && import_number_mark(row->text, NULL) == MARK_NO;

    if (import_bullet_mark(row->text) > 0)
        return false;
    if (row->blanks > 0 && !page->blanks_mean_nothing)
        return is_small && !import_ends_sentence(before->text) && row->blanks == 1 && page->is_wrapped;
    /* A small letter goes on whatever went before, a comma too. */
    if (is_small && !import_ends_sentence(before->text))
        return true;
    if (!page->is_wrapped)
        return false;
    bool capitals = import_is_capitals(page->a, row->text), were_capitals = import_is_capitals(page->a, before->text);
    if (capitals && were_capitals && row->blanks == 0)
        return !import_is_unit_name(page->a, row->text) && !begins_anew(page, row);
    if (capitals != were_capitals && (were_capitals || import_letters(row->text) > 12))
        return false;
    if (import_ends_sentence(before->text) && (!is_full || begins_anew(page, row) || row->indent >= before->indent + 3))
        return false;
    return is_full || (is_small && row->blanks == 0);
}

struct body_node *import_join_lines(struct import *im, struct str text)
{
    struct page page = {.a = im->arena};
    struct body_node *doc = body_new(im->arena, BODY_DOC), *paragraph = NULL;
    size_t cap = 0, blanks = 0;
    struct str line;

    while (text.len > 0) {
        text = str_cut(text, '\n', &line);
        add_row(&page, line, &cap, &blanks);
    }
    measure(&page);
    for (size_t i = 0; i < page.n; i++) {
        if (paragraph != NULL && goes_on(&page, &page.rows[i - 1], &page.rows[i])) {
            body_add_text(im->arena, paragraph, S(" "), 0, STR_NONE);
            import_count(im, IMPORT_LINES_JOINED, 1, STR_NONE);
        } else
            paragraph = body_add(doc, body_new(im->arena, BODY_PARAGRAPH));
        body_add_text(im->arena, paragraph, page.rows[i].text, 0, STR_NONE);
    }
    return doc;
}
