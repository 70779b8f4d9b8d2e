/* SPDX-License-Identifier: MIT */
#ifndef TEST_ALLOCATOR_H
#define TEST_ALLOCATOR_H

#include <codedeploy/base.h>

#include <stdbool.h>

/*
 * An allocator that counts, that can say no, and that notices a wrong size given back.
 *
 * With `fail_at` = n (from 1) the n-th request fails; with `persistent` every later one too.
 */
typedef struct test_allocator {
    cdp_allocator allocator;
    size_t requests;
    size_t live_blocks;
    size_t live_bytes;
    size_t peak_bytes;
    size_t fail_at;
    bool persistent;
    bool failed;
} test_allocator;

void test_allocator_init(test_allocator *test);

/*
 * Runs a scenario again and again, failing its first, second, third … request, first once, then
 * for ever, until it needs no more requests. The scenario returns the first status that was not
 * CDP_OK; with a failed request that must be CDP_ERR_NOMEM (or CDP_OK where the library can do
 * without), and whatever happens nothing may be left. Returns how many requests a whole run makes.
 */
typedef cdp_status (*test_scenario)(const cdp_allocator *allocator, void *context);
size_t test_fail_every_allocation(test_scenario scenario, void *context);

#endif
