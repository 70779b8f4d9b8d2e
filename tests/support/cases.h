/* SPDX-License-Identifier: MIT */
#ifndef CASES_H
#define CASES_H

/*
 * Data-driven tests: a table of cases, each its own cmocka test under the name that it carries
 * (the number of the fact that it shows in front). A case begins with its name; the test gets a
 * pointer to the case as its state.
 */
#include "testing.h"

#include <stdlib.h>

#define CASES(group, test, table)                                                                  \
    run_cases(group, test, table, sizeof(table) / sizeof *(table), sizeof *(table))

/* A test that is no table's, but shows a fact all the same. */
#define NAMED(name, test)                                                                          \
    {                                                                                              \
        name, test, NULL, NULL, NULL                                                               \
    }

static inline int run_cases(const char *group, CMUnitTestFunction test, const void *table,
                            size_t count, size_t bytes)
{
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    int failed;

    if (!tests)
        return 1;
    for (size_t i = 0; i < count; i++) {
        const char *const *item = (const void *)((const char *)table + i * bytes);

        tests[i].name = *item;
        tests[i].test_func = test;
        tests[i].initial_state = (void *)item;
    }
    failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    free(tests);
    return failed;
}

#endif
