/* SPDX-License-Identifier: MIT */
/* Structs that cross the boundary, between callers and libraries of different age. */
#include "testing.h"

#include <codedeploy/base.h>

#include "base/limits.h"
#include "base/sized.h"

typedef struct newer_limits {
    cdp_limits known;
    uint64_t unknown;
} newer_limits;

static void older_caller_reads_missing_tail_as_default(void **state)
{
    cdp_limits given = {.size = offsetof(cdp_limits, scalar_bytes), .input_bytes = 7};
    cdp_limits limits;
    cdp_limits defaults = {.size = sizeof defaults};

    (void)state;
    given.depth = 3; /* beyond the declared size: must not be looked at */
    assert_int_equal(cdp_limits_default(&defaults), CDP_OK);
    assert_int_equal(cdp_limits_import(&limits, &given), CDP_OK);
    assert_int_equal(limits.input_bytes, 7);
    assert_int_equal(limits.depth, defaults.depth);
}

static void newer_caller_is_read_when_unknown_tail_is_zero(void **state)
{
    newer_limits given = {.known = {.size = sizeof given, .depth = 5}};
    cdp_limits limits;

    (void)state;
    assert_int_equal(cdp_limits_import(&limits, &given.known), CDP_OK);
    assert_int_equal(limits.depth, 5);
    given.unknown = 1;
    assert_int_equal(cdp_limits_import(&limits, &given.known), CDP_ERR_STRUCT);
}

static void output_fills_what_the_caller_knows(void **state)
{
    newer_limits newer;
    unsigned char older_bytes[sizeof(cdp_limits)];
    cdp_limits *older = (cdp_limits *)(void *)older_bytes;
    const size_t older_size = offsetof(cdp_limits, depth);

    (void)state;
    memset(&newer, 0xEE, sizeof newer);
    newer.known.size = sizeof newer;
    assert_int_equal(cdp_limits_default(&newer.known), CDP_OK);
    assert_int_equal(newer.unknown, 0);
    assert_int_equal(newer.known.size, sizeof newer);
    assert_int_equal(newer.known.depth, 128);

    memset(older_bytes, 0xEE, sizeof older_bytes);
    older->size = older_size;
    assert_int_equal(cdp_limits_default(older), CDP_OK);
    assert_int_equal(older->input_bytes, 1024 * 1024);
    for (size_t i = older_size; i < sizeof older_bytes; i++)
        assert_int_equal(older_bytes[i], 0xEE);
}

static void sizes_that_cannot_be_one_are_refused(void **state)
{
    static const size_t sizes[] = {0, 1, sizeof(size_t), SIZE_MAX, 0x5A5A5A5A};
    cdp_limits limits;

    (void)state;
    assert_int_equal(cdp_limits_default(NULL), CDP_ERR_ARGUMENT);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        cdp_limits given = {.size = sizes[i]};

        assert_int_equal(cdp_limits_import(&limits, &given), CDP_ERR_STRUCT);
        assert_int_equal(cdp_limits_default(&given), CDP_ERR_STRUCT);
    }
}

/* The layouts of release 0.1 on a 64-bit machine: they only ever grow at their end. */
static void layouts_are_frozen(void **state)
{
    (void)state;
    if (sizeof(void *) != 8)
        skip();
    assert_int_equal(offsetof(cdp_limits, input_bytes), 8);
    assert_int_equal(offsetof(cdp_limits, scalar_bytes), 16);
    assert_int_equal(offsetof(cdp_limits, depth), 24);
    assert_int_equal(offsetof(cdp_limits, nodes), 28);
    assert_int_equal(offsetof(cdp_limits, diagnostics), 32);
    assert_int_equal(offsetof(cdp_allocator, allocate), 8);
    assert_int_equal(offsetof(cdp_allocator, reallocate), 16);
    assert_int_equal(offsetof(cdp_allocator, release), 24);
    assert_int_equal(offsetof(cdp_allocator, user), 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(older_caller_reads_missing_tail_as_default),
        cmocka_unit_test(newer_caller_is_read_when_unknown_tail_is_zero),
        cmocka_unit_test(output_fills_what_the_caller_knows),
        cmocka_unit_test(sizes_that_cannot_be_one_are_refused),
        cmocka_unit_test(layouts_are_frozen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
