/* SPDX-License-Identifier: MIT */
#include "test_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Behind each block we keep its size, and compare it when the block comes back. */
typedef union header {
    size_t bytes;
    max_align_t alignment;
} header;

static bool refuses(test_allocator *test)
{
    test->requests++;
    if (test->fail_at == 0 || test->requests < test->fail_at)
        return false;
    if (test->requests > test->fail_at && !test->persistent)
        return false;
    test->failed = true;
    return true;
}

static void count(test_allocator *test, size_t bytes)
{
    test->live_blocks++;
    test->live_bytes += bytes;
    if (test->live_bytes > test->peak_bytes)
        test->peak_bytes = test->live_bytes;
}

static void check(const header *block, size_t bytes)
{
    if (block->bytes == bytes)
        return;
    fprintf(stderr, "a block of %zu bytes was given back as %zu bytes\n", block->bytes, bytes);
    abort();
}

static void *allocate(size_t bytes, void *user)
{
    test_allocator *test = user;
    header *block;

    if (bytes == 0) {
        fprintf(stderr, "the library asked for 0 bytes\n");
        abort();
    }
    if (refuses(test))
        return NULL;
    block = malloc(sizeof *block + bytes);
    if (!block)
        abort();
    block->bytes = bytes;
    memset(block + 1, 0xA5, bytes);
    count(test, bytes);
    return block + 1;
}

static void release(void *pointer, size_t bytes, void *user)
{
    test_allocator *test = user;
    header *block = (header *)pointer - 1;

    check(block, bytes);
    test->live_blocks--;
    test->live_bytes -= bytes;
    memset(pointer, 0x5A, bytes);
    free(block);
}

static void *reallocate(void *pointer, size_t old_bytes, size_t new_bytes, void *user)
{
    void *moved;

    check((header *)pointer - 1, old_bytes);
    moved = allocate(new_bytes, user);
    if (!moved)
        return NULL;
    memcpy(moved, pointer, old_bytes < new_bytes ? old_bytes : new_bytes);
    release(pointer, old_bytes, user);
    return moved;
}

void test_allocator_init(test_allocator *test)
{
    memset(test, 0, sizeof *test);
    test->allocator.size = sizeof test->allocator;
    test->allocator.allocate = allocate;
    test->allocator.reallocate = reallocate;
    test->allocator.release = release;
    test->allocator.user = test;
}

static bool run(test_scenario scenario, void *context, size_t fail_at, bool persistent,
                size_t *requests)
{
    test_allocator test;
    cdp_status status;

    test_allocator_init(&test);
    test.fail_at = fail_at;
    test.persistent = persistent;
    status = scenario(&test.allocator, context);
    *requests = test.requests;
    if (test.live_blocks != 0) {
        fprintf(stderr, "%zu blocks leaked with request %zu failing %s\n", test.live_blocks,
                fail_at, persistent ? "for ever" : "once");
        abort();
    }
    if (status != CDP_OK && !(test.failed && status == CDP_ERR_NOMEM)) {
        fprintf(stderr, "%s with request %zu failing %s\n", cdp_status_name(status), fail_at,
                persistent ? "for ever" : "once");
        abort();
    }
    return test.failed;
}

size_t test_fail_every_allocation(test_scenario scenario, void *context)
{
    size_t requests;

    for (int persistent = 0; persistent < 2; persistent++) {
        size_t fail_at = 1;

        while (run(scenario, context, fail_at, persistent, &requests))
            fail_at++;
    }
    return requests;
}
