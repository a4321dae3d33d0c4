#include "html/body_diff.h"
#include "html/body_diff_inside.h"
#include "html/body_inside.h"

/* --- lines and words -------------------------------------------------------------------------------------------------
 */

struct word {
    struct str text; /* with the white space behind it */
    unsigned marks;
};

struct line {
    const struct body_node *block;
    uint64_t form, hash; /* of what it is; of that and its words */
    struct word *words;
    uint64_t *hashes, *sorted; /* of the words, in order and for counting what two lines share */
    int count;
};

struct side {
    struct line *lines;
    int count;
};

static uint64_t mix(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < n; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}

static uint64_t mix_str(uint64_t hash, struct str s)
{
    return mix(mix(hash, &s.len, sizeof s.len), s.ptr, s.len);
}

static uint64_t mix_int(uint64_t hash, int value)
{
    return mix(hash, &value, sizeof value);
}

/* What the line is and where it stands, apart from its words. */
static uint64_t form_of(const struct body_node *block)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (const struct body_node *n = block; n != NULL; n = n->parent) {
        hash = mix_int(hash, (int)n->kind);
        hash = mix_int(hash, n->kind == BODY_HEADING ? n->level : 0);
        hash = mix_int(hash, n->kind == BODY_PARAGRAPH ? (int)n->align : 0);
        hash = mix_int(hash, n->kind == BODY_NUMBERS ? n->start : 0);
        hash = mix_int(hash, n->kind == BODY_CELL ? n->header + 2 * n->colspan + 4096 * n->rowspan : 0);
    }
    return mix_str(mix_str(mix_str(hash, block->media), block->alt), block->credit);
}

static void add_word(struct line *line, struct str text, size_t letters, unsigned marks, struct str href)
{
    uint64_t hash = mix_str(mix_int(0xcbf29ce484222325u, (int)marks), str_sub(text, 0, letters));

    line->words[line->count] = (struct word){text, marks};
    line->hashes[line->count++] = marks & MARK_LINK ? mix_str(hash, href) : hash;
}

/* Without room in line->words it only counts. */
static void add_words(struct line *line, const struct body_node *n)
{
    struct str rest = n->text;

    while (rest.len > 0) {
        size_t at = 0, letters = 0, end = 0;
        while (at < rest.len && !body_is_space(str_next_code(rest, &at)))
            letters = at;
        for (end = at = letters; at < rest.len && body_is_space(str_next_code(rest, &at));)
            end = at;
        if (line->words != NULL)
            add_word(line, str_sub(rest, 0, end), letters, n->marks, n->href);
        else
            line->count++;
        rest = str_skip(rest, end);
    }
}

static void add_sign(struct line *line, struct str sign)
{
    if (line->words != NULL)
        add_word(line, sign, sign.len, 0, STR_NONE);
    else
        line->count++;
}

static void add_content(struct line *line, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        if (n->kind == BODY_TEXT) {
            add_words(line, n);
        } else if (n->kind == BODY_BREAK) {
            add_sign(line, S("↵"));
        } else {
            add_sign(line, S(" ["));
            add_content(line, n);
            add_sign(line, S("] "));
        }
    }
}

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static struct line line_of(struct arena *a, const struct body_node *block)
{
    struct line line = {.block = block, .form = form_of(block)};

    add_content(&line, block);
    line.hashes = NEW_ARRAY(a, uint64_t, (size_t)line.count + 1);
    line.sorted = NEW_ARRAY(a, uint64_t, (size_t)line.count + 1);
    line.words = NEW_ARRAY(a, struct word, (size_t)line.count + 1);
    line.count = 0;
    add_content(&line, block);
    line.hash = mix(line.form, line.hashes, (size_t)line.count * sizeof(uint64_t));
    memcpy(line.sorted, line.hashes, (size_t)line.count * sizeof(uint64_t));
    qsort(line.sorted, (size_t)line.count, sizeof(uint64_t), compare_u64);
    return line;
}

static bool is_line(const struct body_node *n)
{
    return body_holds_inline(n->kind) && n->kind != BODY_NOTE;
}

static struct side side_of(struct arena *a, const struct body_node *doc)
{
    struct side side = {0};
    const struct body_node *n;
    int count = 0;

    for (n = doc; n != NULL; n = body_walk(doc, n))
        count += is_line(n);
    side.lines = NEW_ARRAY(a, struct line, (size_t)count + 1);
    for (n = doc; n != NULL; n = body_walk(doc, n))
        if (is_line(n))
            side.lines[side.count++] = line_of(a, n);
    return side;
}

/* --- matching lines --------------------------------------------------------------------------------------------------
 */

enum { ALIKE = 40, MOST_PAIRS = 400000, NEAR = 48 };

/* Shared words in hundredths. Lines without words are alike when they are of one kind. */
static int likeness(const struct line *a, const struct line *b)
{
    int shared = 0, all = a->count + b->count;

    if (all == 0)
        return a->block->kind == b->block->kind ? 50 : 0;
    for (int i = 0, k = 0; i < a->count && k < b->count;) {
        int order = compare_u64(&a->sorted[i], &b->sorted[k]);
        shared += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return 200 * shared / all;
}

/* Lines far from each other's place in the gap are not compared: a long rewritten text stays quick. */
static bool is_near(int i, int n, int k, int m)
{
    return abs((int)((int64_t)i * m / n) - k) <= NEAR;
}

/* The pairing of the most alike lines that keeps their order, for a gap between lines that are the same. */
static void match_gap(struct arena *a, const struct line *left, int n, const struct line *right, int m, int at,
                      int *pair)
{
    int *best = NEW_ARRAY(a, int, (size_t)(n + 1) * (size_t)(m + 1));
    unsigned char *like = NEW_ARRAY(a, unsigned char, (size_t)n *(size_t)m);
#define BEST(i, k) best[(size_t)(i) * (size_t)(m + 1) + (size_t)(k)]

    for (int i = n - 1; i >= 0; i--)
        for (int k = m - 1; k >= 0; k--) {
            int this = is_near(i, n, k, m) ? likeness(&left[i], &right[k]) : 0, other = BEST(i + 1, k);
            like[(size_t)i * (size_t)m + (size_t)k] = (unsigned char)(this >= ALIKE ? this : 0);
            other = BEST(i, k + 1) > other ? BEST(i, k + 1) : other;
            this = this >= ALIKE ? this + BEST(i + 1, k + 1) : 0;
            BEST(i, k) = this > other ? this : other;
        }
    for (int i = 0, k = 0; i < n && k < m;) {
        int this = like[(size_t)i * (size_t)m + (size_t)k];
        if (this > 0 && BEST(i, k) == this + BEST(i + 1, k + 1))
            pair[i++] = at + k++;
        else if (BEST(i, k) == BEST(i + 1, k))
            i++;
        else
            k++;
    }
#undef BEST
}

static void match_in_order(const struct line *left, int n, const struct line *right, int m, int at, int *pair)
{
    for (int i = 0; i < n && i < m; i++)
        if (likeness(&left[i], &right[i]) >= ALIKE)
            pair[i] = at + i;
}

static int *match_lines(struct arena *a, const struct side *left, const struct side *right)
{
    uint64_t *l = NEW_ARRAY(a, uint64_t, (size_t)left->count + 1),
             *r = NEW_ARRAY(a, uint64_t, (size_t)right->count + 1);
    int *pair = NEW_ARRAY(a, int, (size_t)left->count + 1);

    for (int i = 0; i < left->count; i++)
        l[i] = left->lines[i].hash;
    for (int i = 0; i < right->count; i++)
        r[i] = right->lines[i].hash;
    diff_match(a, l, left->count, r, right->count, pair);

    for (int i = 0, next = 0; i <= left->count;) {
        int from = i, end;
        while (i < left->count && pair[i] < 0)
            i++;
        end = i < left->count ? pair[i] : right->count;
        int n = i - from, m = end - next;
        if (n > 0 && m > 0 && n <= MOST_PAIRS / m)
            match_gap(a, left->lines + from, n, right->lines + next, m, next, pair + from);
        else if (n > 0 && m > 0)
            match_in_order(left->lines + from, n, right->lines + next, m, next, pair + from);
        next = end + 1;
        i++;
    }
    return pair;
}

/* --- rows ------------------------------------------------------------------------------------------------------------
 */

/* Neighbouring words of one sort make one span; their texts are copied only where they are not neighbours in memory. */
static struct body_diff_side show(struct arena *a, const struct line *line, const bool *kept)
{
    struct body_diff_side side = {.block = line->block};
    struct body_diff_span **next = &side.spans, *span = NULL;

    for (int i = 0; i < line->count; i++) {
        const struct word *word = &line->words[i];
        bool changed = kept != NULL && !kept[i];
        if (span != NULL && span->changed == changed && span->marks == word->marks &&
            span->text.ptr + span->text.len == word->text.ptr) {
            span->text.len += word->text.len;
            continue;
        }
        span = *next = NEW(a, struct body_diff_span);
        *span = (struct body_diff_span){.text = word->text, .marks = word->marks, .changed = changed};
        next = &span->next;
    }
    return side;
}

static struct body_diff_row row_of_one(struct arena *a, const struct line *line, enum body_diff_kind kind)
{
    struct body_diff_row row = {.kind = kind};
    bool *none = NEW_ARRAY(a, bool, (size_t)line->count + 1);

    *(kind == DIFF_REMOVED ? &row.left : &row.right) = show(a, line, none);
    return row;
}

static struct body_diff_row row_of_pair(struct arena *a, const struct line *left, const struct line *right)
{
    struct body_diff_row row = {.kind = DIFF_SAME};

    if (left->hash == right->hash) {
        row.left = show(a, left, NULL);
        row.right = show(a, right, NULL);
        return row;
    }
    int *pair = NEW_ARRAY(a, int, (size_t)left->count + 1);
    bool *kept_left = NEW_ARRAY(a, bool, (size_t)left->count + 1),
         *kept_right = NEW_ARRAY(a, bool, (size_t)right->count + 1);
    diff_match(a, left->hashes, left->count, right->hashes, right->count, pair);
    for (int i = 0; i < left->count; i++)
        if (pair[i] >= 0)
            kept_left[i] = kept_right[pair[i]] = true;
    row.kind = DIFF_CHANGED;
    row.form_changed = left->form != right->form;
    row.left = show(a, left, kept_left);
    row.right = show(a, right, kept_right);
    return row;
}

size_t body_diff(struct arena *a, const struct body_node *old, const struct body_node *new, struct body_diff_row **rows)
{
    struct side left = side_of(a, old), right = side_of(a, new);
    int *pair = match_lines(a, &left, &right), next = 0;
    struct body_diff_row *made = NEW_ARRAY(a, struct body_diff_row, (size_t)left.count + (size_t)right.count + 1);
    size_t count = 0;

    for (int i = 0; i < left.count; i++) {
        if (pair[i] < 0) {
            made[count++] = row_of_one(a, &left.lines[i], DIFF_REMOVED);
            continue;
        }
        while (next < pair[i])
            made[count++] = row_of_one(a, &right.lines[next++], DIFF_ADDED);
        made[count++] = row_of_pair(a, &left.lines[i], &right.lines[next++]);
    }
    while (next < right.count)
        made[count++] = row_of_one(a, &right.lines[next++], DIFF_ADDED);
    *rows = made;
    return count;
}
