/* SPDX-License-Identifier: MIT */
#ifndef CASES_H
#define CASES_H

#include "testing.h"

/*
 * Tables of cases: each row begins with its name, which begins with the number of the fact that it
 * shows (facts.tsv).
 */
typedef struct case_list {
    struct CMUnitTest tests[256];
    size_t count;
} case_list;

#define CASES_ADD(list, rows, function)                                                            \
    do {                                                                                           \
        for (size_t row = 0; row < sizeof(rows) / sizeof *(rows); row++) {                         \
            assert_true((list)->count < 256);                                                      \
            (list)->tests[(list)->count++] = (struct CMUnitTest){                                  \
                (rows)[row].name, (function), NULL, NULL, (void *)(uintptr_t) & (rows)[row]};      \
        }                                                                                          \
    } while (0)

#define CASES_RUN(list) _cmocka_run_group_tests("facts", (list)->tests, (list)->count, NULL, NULL)

#endif
