#include "unit/test.h"

struct arena *t;

static struct test *first, **last = &first;
static size_t skipped;

void test_count_skip(void)
{
    skipped++;
}

void test_register(struct test *test)
{
    *last = test;
    last = &test->next;
}

static void run_one(void **state)
{
    struct test *test = *state;

    test->run();
}

static int before(void **state)
{
    (void)state;
    t = arena_new(0);
    return 0;
}

static int after(void **state)
{
    (void)state;
    arena_free(t);
    t = NULL;
    return 0;
}

static bool is_chosen(const struct test *test, int argc, char **argv)
{
    if (argc < 2)
        return true;
    for (int i = 1; i < argc; i++)
        if (strstr(test->name, argv[i]) != NULL)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    size_t n = 0, total = 0;
    const char *name = strrchr(argv[0], '/') != NULL ? strrchr(argv[0], '/') + 1 : argv[0];

    for (struct test *test = first; test != NULL; test = test->next)
        total++;
    struct CMUnitTest *tests = calloc(total + 1, sizeof *tests);
    if (tests == NULL)
        abort();
    for (struct test *test = first; test != NULL; test = test->next)
        if (is_chosen(test, argc, argv))
            tests[n++] = (struct CMUnitTest){test->name, run_one, before, after, test};
    int failed = _cmocka_run_group_tests(name, tests, n, NULL, NULL);
    free(tests);
    printf("%s: %zu passed, %d failed, %zu skipped\n", name, n - skipped - (size_t)failed, failed, skipped);
    return failed == 0 ? 0 : 1;
}
