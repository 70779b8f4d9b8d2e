/* SPDX-License-Identifier: MIT */
/* The arena and the sort: what every object is built with. */
#include "testing.h"

#include "base/allocator.h"
#include "base/arena.h"
#include "base/sort.h"

static void arena_aligns_and_copies(void **state)
{
    test_allocator test;
    cdp_arena arena;
    cdp_string copy;

    (void)state;
    test_allocator_init(&test);
    cdp_arena_init(&arena, &test.allocator);
    for (size_t i = 0; i < 5000; i++) {
        assert_int_equal(cdp_arena_copy(&arena, (cdp_string){"xyz", i % 4}, &copy), CDP_OK);
        assert_int_equal(copy.data[i % 4], '\0');
        assert_int_equal((uintptr_t)cdp_arena_allocate(&arena, i % 100) % sizeof(max_align_t) % 16,
                         0);
    }
    assert_non_null(cdp_arena_allocate(&arena, 1000000));
    assert_null(cdp_arena_array(&arena, SIZE_MAX / 2, 4));
    assert_int_equal(cdp_arena_copy(&arena, (cdp_string){NULL, 0}, &copy), CDP_OK);
    assert_absent(copy);
    assert_true(test.requests < 20);
    cdp_arena_release(&arena);
    assert_int_equal(test.live_blocks, 0);
}

typedef struct item {
    int key;
    int order;
} item;

static size_t comparisons;

static int by_key(const void *a, const void *b, const void *context)
{
    (void)context;
    comparisons++;
    return ((const item *)a)->key - ((const item *)b)->key;
}

static void sort_is_stable_and_bounded(void **state)
{
    cdp_allocator allocator;
    item items[1000];

    (void)state;
    assert_int_equal(cdp_allocator_import(&allocator, NULL), CDP_OK);
    for (size_t count = 0; count <= 1000; count += 1 + count / 7) {
        for (size_t i = 0; i < count; i++)
            items[i] = (item){(int)(i * 7919 % 97), (int)i};
        comparisons = 0;
        assert_int_equal(cdp_sort(&allocator, items, count, sizeof *items, by_key, NULL), CDP_OK);
        for (size_t i = 1; i < count; i++) {
            assert_true(items[i - 1].key <= items[i].key);
            if (items[i - 1].key == items[i].key)
                assert_true(items[i - 1].order < items[i].order);
        }
        assert_true(comparisons <= count * 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_aligns_and_copies),
        cmocka_unit_test(sort_is_stable_and_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
