/* How many pages of about 32 KB a template writes in a second; prints the median of five rounds. */
#include "html_test_render.h"
#include "html_test_views.h"
#include "base/clock.h"

enum { ROWS = 90, PAGES = 4000, ROUNDS = 5 };

void test_paragraph(struct html_out *out, struct str text, const struct test_row *row)
{
    html_text(out, text);
    html_int(out, row->id.v);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(void)
{
    static struct test_row rows[ROWS];
    struct arena *a = arena_new(0);
    struct v_test_list v = {{rows, ROWS}};
    double rates[ROUNDS];
    size_t bytes = 0;

    for (int i = 0; i < ROWS; i++)
        rows[i] =
            (struct test_row){{i + 1}, S("Chi bộ thôn Đông sinh hoạt chuyên đề \"Học & làm theo\""), 1790000000 + i};
    for (int round = 0; round < ROUNDS; round++) {
        int64_t from = clock_monotonic_us();
        for (int i = 0; i < PAGES; i++) {
            arena_reset(a);
            struct html_out out = html_out_in(a, LANG_VI);
            render_test_list(&out, &v);
            bytes = out.buf.len;
        }
        rates[round] = PAGES * 1e6 / (double)(clock_monotonic_us() - from);
    }
    qsort(rates, ROUNDS, sizeof *rates, by_size);
    printf("tmpl_bench: %.0f pages/s of %zu bytes\n", rates[ROUNDS / 2], bytes);
    arena_free(a);
    return 0;
}
