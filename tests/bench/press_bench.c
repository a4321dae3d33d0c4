/* press_bench FOLDER: an issue of about 48 A4 pages with 20 photographs (FOLDER/1.jpg … 20.jpg of 2000 x 1333 pixels), its text
 * made by rule, to PDF and EPUB five times; median times and the peak memory of the process. */
#include "base/clock.h"
#include "press/sample_issue.h"
#include <sys/resource.h>

enum { ROUNDS = 5, PHOTOGRAPHS = 20 };

static int64_t median(int64_t v[ROUNDS])
{
    for (int i = 0; i < ROUNDS; i++)
        for (int k = i + 1; k < ROUNDS; k++)
            if (v[k] < v[i]) {
                int64_t swapped = v[i];
                v[i] = v[k];
                v[k] = swapped;
            }
    return v[ROUNDS / 2];
}

static enum err find_photograph(void *folder, struct arena *a, struct str hash, struct press_picture *picture)
{
    *picture = (struct press_picture){.path = str_format(a, "%s/%.*s.jpg", (const char *)folder, STR_ARG(hash)).ptr,
                                      .width = 2000, .height = 1333, .mime = S("image/jpeg")};
    return OK;
}

static struct press_issue *issue_with_photographs(struct arena *a, char *folder)
{
    struct press_issue *issue = sample_issue(a, 6, 5, 850);
    int n = 0;

    for (size_t s = 0; s < issue->n_sections; s++)
        for (size_t i = 0; i < issue->sections[s].n_items && n < PHOTOGRAPHS; i++)
            sample_figure(a, (struct body_node *)(uintptr_t)issue->sections[s].items[i].body,
                          str_format(a, "%d", ++n));
    issue->media = (struct press_media){find_photograph, folder};
    return issue;
}

int main(int argc, char **argv)
{
    char *folder = argc > 1 ? argv[1] : NULL;
    int64_t pdf[ROUNDS], epub[ROUNDS];
    int pages = 0, items = 0;
    size_t warnings = 0;
    struct rusage used;

    if (folder == NULL)
        return 2;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *a = arena_new(0);
        struct press_report report;
        struct press_issue *issue = issue_with_photographs(a, folder);
        int64_t began = clock_monotonic_ms();
        if (press_pdf(a, issue, PRESS_A4, str_format(a, "%s/bench.pdf", folder).ptr, &report) != OK)
            return 1;
        pdf[round] = clock_monotonic_ms() - began;
        pages = report.pages;
        items = (int)report.n_items;
        warnings = report.n_warnings;
        began = clock_monotonic_ms();
        if (press_epub(a, issue, str_format(a, "%s/bench.epub", folder).ptr, &report) != OK)
            return 1;
        epub[round] = clock_monotonic_ms() - began;
        arena_free(a);
    }
    getrusage(RUSAGE_SELF, &used);
    printf("%d pages, %d articles, %zu warnings: PDF %lld ms, EPUB %lld ms (medians of %d); peak memory %ld MB\n", pages, items,
           warnings, (long long)median(pdf), (long long)median(epub), ROUNDS, used.ru_maxrss / 1024);
    return 0;
}
