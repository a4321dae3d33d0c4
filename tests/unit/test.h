/* A test is a sentence that is true when it passes:
 *
 *     TEST(saving_over_a_newer_revision_is_a_conflict)
 *     {
 *         assert_err(save(…), E_CONFLICT);
 *     }
 *
 * Every file of a test program registers its tests by itself; test_main runs them on cmocka, each with a fresh arena
 * in `t`, and closes with the line "NAME: N passed, N failed, N skipped". Arguments of the program choose the tests whose name
 * contains one of them. */
#ifndef BANTIN_TEST_H
#define BANTIN_TEST_H

#include "base/base.h"
#include <setjmp.h>
#include <cmocka.h>

struct test {
    const char *name;
    void (*run)(void);
    struct test *next;
};

void test_register(struct test *test);
void test_count_skip(void);

/* The running test's arena, freed after it. */
extern struct arena *t;

#define TEST(title)                                                                                                    \
    static void test_##title(void);                                                                                    \
    __attribute__((constructor)) static void register_##title(void)                                                    \
    {                                                                                                                  \
        static struct test this_test = {.name = #title, .run = test_##title};                                          \
        test_register(&this_test);                                                                                     \
    }                                                                                                                  \
    static void test_##title(void)

/* Ends the test as skipped, with a message on standard error. */
#define SKIP(why)                                                                                                      \
    do {                                                                                                               \
        fprintf(stderr, "skipped: %s\n", (why));                                                                       \
        test_count_skip();                                                                                             \
        skip();                                                                                                        \
    } while (0)

#define assert_err(call, expected)                                                                                     \
    do {                                                                                                               \
        enum err got_ = (call);                                                                                        \
        if (got_ != (expected)) {                                                                                      \
            print_error("%s gave %s, not %s\n", #call, err_name(got_), err_name(expected));                            \
            _fail(__FILE__, __LINE__);                                                                                 \
        }                                                                                                              \
    } while (0)
#define assert_ok(call) assert_err(call, OK)

/* Both are struct str. */
#define assert_str(got, expected)                                                                                      \
    do {                                                                                                               \
        struct str got_ = (got), expected_ = (expected);                                                               \
        if (!str_equal(got_, expected_)) {                                                                             \
            print_error("%s is\n  \"%.*s\"\nnot\n  \"%.*s\"\n", #got, STR_ARG(got_), STR_ARG(expected_));              \
            _fail(__FILE__, __LINE__);                                                                                 \
        }                                                                                                              \
    } while (0)

/* `got` is a struct str, `literal` a string literal. */
#define assert_text(got, literal) assert_str((got), S(literal))
#endif
