/* SPDX-License-Identifier: MIT */
#ifndef CASES_H
#define CASES_H

/*
 * Data-driven tests: a table of cases, each its own cmocka test under the name that it carries
 * (the number of the fact that it shows in front). A case begins with its name; the test gets a
 * pointer to the case as its state.
 */
#include "testing.h"

#include <stdio.h>
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

/* The same for a file of cases: each line that is not empty and does not begin with '#' is one, and
 * its first word, which is a number of its own, the name. The test gets a pointer to a line_case, and
 * may change its text. */
typedef struct line_case {
    const char *name;
    char *text; /* what stands behind the name, without the end of the line */
    char line[1024];
} line_case;

static inline size_t read_lines(FILE *file, line_case *cases, size_t most)
{
    size_t count = 0;

    while (count < most && fgets(cases[count].line, sizeof cases[count].line, file)) {
        line_case *c = &cases[count];
        size_t name = strcspn(c->line, " \n");

        c->line[strcspn(c->line, "\n")] = '\0';
        if (*c->line == '#' || name == 0)
            continue;
        c->text = c->line + name + (c->line[name] != '\0');
        c->line[name] = '\0';
        c->name = c->line;
        count++;
    }
    return count;
}

static inline int run_lines(const char *group, CMUnitTestFunction test, const char *path)
{
    enum { MOST = 500 };
    FILE *file = fopen(path, "r");
    line_case *cases = calloc(MOST, sizeof *cases);
    size_t count = file && cases ? read_lines(file, cases, MOST) : 0;
    int failed =
        count > 0 && count < MOST ? run_cases(group, test, cases, count, sizeof *cases) : 1;

    if (file)
        fclose(file);
    free(cases);
    return failed;
}

#endif
