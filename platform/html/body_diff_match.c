#include "html/body_diff_inside.h"

/* Myers' greedy O(ND) search: the furthest place on each diagonal after d edits, all rounds kept for the way back. */
enum { MOST_EDITS = 1200 };

struct search {
    const uint64_t *left, *right;
    int n, m;
    int *rounds[MOST_EDITS + 1]; /* rounds[d][k + d]: x reached on diagonal k */
};

static int reached(const struct search *s, int d, int k)
{
    return k < -d || k > d ? -1 : s->rounds[d][k + d];
}

/* Whether round d came to diagonal k from k + 1, by a word of the right side. */
static bool came_down(const struct search *s, int d, int k)
{
    return k == -d || (k != d && reached(s, d - 1, k - 1) < reached(s, d - 1, k + 1));
}

static int run(const struct search *s, int x, int k)
{
    while (x < s->n && x - k < s->m && s->left[x] == s->right[x - k])
        x++;
    return x;
}

/* The number of edits, or -1 beyond the limit. */
static int find_edits(struct arena *a, struct search *s)
{
    for (int d = 0; d <= MOST_EDITS; d++) {
        s->rounds[d] = NEW_ARRAY(a, int, (size_t)(2 * d + 1));
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0)
                x = came_down(s, d, k) ? reached(s, d - 1, k + 1) : reached(s, d - 1, k - 1) + 1;
            if (x > s->n || x - k > s->m || x - k < 0) {
                s->rounds[d][k + d] = x > s->n ? s->n : x; /* outside: kept so that its neighbours can compare */
                continue;
            }
            x = run(s, x, k);
            s->rounds[d][k + d] = x;
            if (x >= s->n && x - k >= s->m)
                return d;
        }
    }
    return -1;
}

static void walk_back(const struct search *s, int edits, int *pair, int offset_left, int offset_right)
{
    int x = s->n, y = s->m;

    for (int d = edits; x > 0 || y > 0; d--) {
        int k = x - y, from_x = 0, from_y = 0;
        if (d > 0) {
            int from_k = came_down(s, d, k) ? k + 1 : k - 1;
            from_x = reached(s, d - 1, from_k);
            from_y = from_x - from_k;
        }
        while (x > from_x && y > from_y) {
            x--, y--;
            pair[offset_left + x] = offset_right + y;
        }
        if (d == 0)
            break;
        x = from_x, y = from_y;
    }
}

void diff_match(struct arena *a, const uint64_t *left, int n, const uint64_t *right, int m, int *pair)
{
    int start = 0;

    for (int i = 0; i < n; i++)
        pair[i] = -1;
    for (; start < n && start < m && left[start] == right[start]; start++)
        pair[start] = start;
    for (; n > start && m > start && left[n - 1] == right[m - 1]; n--, m--)
        pair[n - 1] = m - 1;
    if (n == start || m == start)
        return;

    struct search *s = NEW(a, struct search);
    *s = (struct search){.left = left + start, .right = right + start, .n = n - start, .m = m - start};
    int edits = find_edits(a, s);
    if (edits >= 0)
        walk_back(s, edits, pair, start, start);
}
