/* SPDX-License-Identifier: MIT */
/* Every allocation that can fail, none where none is promised, and how many bytes there are. */
#include "fleet.h"

#include <stdio.h>

#include "base/strings.h"

static cdp_status drain(cdp_rollout *rollout, uint32_t *started, size_t *count)
{
    cdp_rollout_decision decision;
    size_t taken = 1;

    *count = 0;
    while (taken) {
        cdp_status status;

        decision.size = sizeof decision;
        status = cdp_rollout_decide(rollout, &decision, 1, &taken);
        if (status != CDP_OK)
            return status;
        if (taken && decision.kind == CDP_ROLLOUT_DECISION_START)
            started[(*count)++] = decision.instance;
    }
    return CDP_OK;
}

/* One that is built out of order, so that it is sorted. */
static cdp_status build(const cdp_allocator *allocator, cdp_rollout **rollout)
{
    const cdp_rollout_options options = {.size = sizeof options,
                                         .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                         .minimum_value = 2,
                                         .zonal = 1,
                                         .live_membership = 1};
    cdp_status status = cdp_rollout_new(&options, allocator, NULL, rollout);

    for (int i = 0; i < 6 && status == CDP_OK; i++) {
        char id[] = {'i', '-', (char)('a' + i * 5 % 6), '\0'};
        const cdp_rollout_instance instance = {.size = sizeof instance,
                                               .id = cdp_string_of(id),
                                               .zone = cdp_string_of(i % 2 ? "z2" : "z1"),
                                               .instance_health = CDP_INSTANCE_HEALTHY};

        status = cdp_rollout_add(*rollout, &instance, 1, NULL);
        if (status == CDP_ERR_NOMEM)
            assert_int_equal(cdp_rollout_count(*rollout), i);
    }
    if (status == CDP_OK)
        status = cdp_rollout_start(*rollout, 0, NULL);
    return status;
}

static cdp_status join_two(cdp_rollout *rollout)
{
    static const char *const names[] = {"n-1", "n-2"};
    cdp_status status = CDP_OK;

    for (int i = 0; i < 2 && status == CDP_OK; i++) {
        const cdp_rollout_instance late = {
            .size = sizeof late, .id = cdp_string_of(names[i]), .zone = cdp_string_of(names[i])};
        size_t before = cdp_rollout_count(rollout);

        status = cdp_rollout_join(rollout, &late, 0, NULL, NULL);
        if (status != CDP_OK)
            assert_int_equal(cdp_rollout_count(rollout), before);
    }
    return status;
}

static cdp_status run_to_the_end(cdp_rollout *rollout)
{
    uint32_t started[16];
    size_t count = 1;
    cdp_status status = CDP_OK;

    while (count > 0 && status == CDP_OK) {
        status = drain(rollout, started, &count);
        for (size_t i = 0; i < count && status == CDP_OK; i++)
            status = cdp_rollout_result(rollout, started[i], 0, 1, 0, NULL);
    }
    if (status == CDP_OK)
        assert_int_equal(cdp_rollout_current_verdict(rollout, NULL), CDP_ROLLOUT_SUCCEEDED);
    return status;
}

static cdp_status copy(const cdp_rollout *rollout, const cdp_allocator *allocator,
                       cdp_rollout **restored_one)
{
    cdp_text *text = NULL;
    cdp_string string;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_rollout_snapshot(rollout, text);
    string = cdp_text_string(text);
    if (status == CDP_OK)
        status = cdp_rollout_restore(string.data, string.length, allocator, NULL, restored_one);
    cdp_text_free(text);
    return status;
}

/* Whatever fails, what was there is still good. */
static cdp_status everything(const cdp_allocator *allocator, void *context)
{
    cdp_rollout *rollout = NULL;
    cdp_rollout *second = NULL;
    cdp_diagnostics *diagnostics = NULL;
    cdp_status status = build(allocator, &rollout);

    (void)context;
    if (status == CDP_OK)
        status = join_two(rollout);
    if (status == CDP_OK)
        status = copy(rollout, allocator, &second);
    if (status == CDP_OK)
        status = cdp_diagnostics_new(allocator, NULL, &diagnostics);
    if (status == CDP_OK) {
        status = cdp_rollout_result(second, 99, 0, 1, 0, diagnostics);
        assert_true(status == CDP_ERR_NOT_FOUND || status == CDP_ERR_NOMEM);
        status = status == CDP_ERR_NOT_FOUND ? CDP_OK : status;
    }
    if (second && run_to_the_end(second) != CDP_OK)
        fail_msg("a roll-out needs memory to run");
    if (rollout && cdp_rollout_current_phase(rollout) != CDP_ROLLOUT_PHASE_NONE &&
        run_to_the_end(rollout) != CDP_OK)
        fail_msg("a roll-out is not good after a failure");
    cdp_diagnostics_free(diagnostics);
    cdp_rollout_free(rollout);
    cdp_rollout_free(second);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(everything, NULL) > 30);
}

/* The diagnostic of a verdict that is given at the start is the last thing that can fail there. */
static cdp_status hopeless(const cdp_allocator *allocator, void *context)
{
    cdp_diagnostics *diagnostics = NULL;
    cdp_rollout *rollout = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    (void)context;
    if (status == CDP_OK)
        status = cdp_rollout_new(NULL, allocator, NULL, &rollout);
    if (status == CDP_OK) {
        status = cdp_rollout_start(rollout, 0, diagnostics);
        assert_int_equal(cdp_rollout_current_phase(rollout),
                         status == CDP_OK ? CDP_ROLLOUT_PHASE_OVER : CDP_ROLLOUT_PHASE_NONE);
        /* Nothing was changed, so it can be started again. */
        if (status == CDP_ERR_NOMEM)
            assert_int_not_equal(cdp_rollout_start(rollout, 0, NULL), CDP_ERR_STATE);
    }
    cdp_rollout_free(rollout);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void a_start_that_fails_is_undone(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(hopeless, NULL) > 3);
}

enum { INSTANCES = 100000 };

static void add_many(cdp_rollout *rollout, bool sorted)
{
    for (uint32_t i = 0; i < INSTANCES; i++) {
        char id[24];
        cdp_rollout_instance instance = {.size = sizeof instance};
        uint64_t number = sorted ? i : (uint64_t)i * 0x9E3779B97F4A7C15u;
        int length = snprintf(id, sizeof id, "i-%017llx", (unsigned long long)number);

        instance.id = (cdp_string){id, (size_t)length};
        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
}

/* At most 64 bytes for the scheduler and fewer than 100 in all, the start included. */
static void bytes_for_each_instance(void **state)
{
    const cdp_rollout_options options = {
        .size = sizeof options, .minimum_type = CDP_MINIMUM_FLEET_PERCENT, .minimum_value = 50};
    enum { ID_BYTES = 20 };
    test_allocator test;
    cdp_rollout *rollout = NULL;
    size_t requests;

    (void)state;
    test_allocator_init(&test);
    assert_int_equal(cdp_rollout_new(&options, &test.allocator, NULL, &rollout), CDP_OK);
    assert_int_equal(cdp_rollout_reserve(rollout, INSTANCES, (size_t)INSTANCES * (ID_BYTES - 1)),
                     CDP_OK);
    requests = test.requests;
    add_many(rollout, false);
    /* What was reserved is enough; a few more are for the zones. */
    assert_true(test.requests <= requests + 3);
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    print_message("%.1f bytes an instance while it starts, %.1f then, %d of them its id\n",
                  (double)test.peak_bytes / INSTANCES, (double)test.live_bytes / INSTANCES,
                  ID_BYTES);
    assert_true(test.peak_bytes < (size_t)INSTANCES * 100);
    assert_true(test.live_bytes <= (size_t)INSTANCES * (64 + ID_BYTES));
    /* Running takes none at all. */
    requests = test.requests;
    for (uint32_t i = 0; i < 1000; i++) {
        cdp_rollout_decision decision = {.size = sizeof decision};
        size_t count = 0;

        assert_int_equal(cdp_rollout_decide(rollout, &decision, 1, &count), CDP_OK);
        if (decision.kind == CDP_ROLLOUT_DECISION_START)
            assert_int_equal(cdp_rollout_result(rollout, decision.instance, 0, 1, i, NULL), CDP_OK);
        assert_int_equal(cdp_rollout_step(rollout, i, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_MANUAL, 2000, NULL), CDP_OK);
    take_decisions(rollout, NULL);
    assert_int_equal(test.requests, requests);
    cdp_rollout_free(rollout);
    assert_int_equal(test.live_blocks, 0);
}

/* A snapshot is made of few values, whatever the number of instances. */
static void a_large_snapshot(void **state)
{
    cdp_rollout *rollout = NULL;
    cdp_rollout *copied;
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_rollout_new(NULL, NULL, NULL, &rollout), CDP_OK);
    add_many(rollout, true);
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    text = snapshot_of(rollout);
    print_message("%.1f bytes an instance in a snapshot\n",
                  (double)cdp_text_string(text).length / INSTANCES);
    assert_true(cdp_text_string(text).length < (size_t)INSTANCES * 40);
    copied = restored(rollout);
    assert_int_equal(cdp_rollout_count(copied), INSTANCES);
    assert_int_equal(take_decisions(copied, NULL), 1);
    cdp_text_free(text);
    cdp_rollout_free(copied);
    cdp_rollout_free(rollout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_start_that_fails_is_undone),
        cmocka_unit_test(bytes_for_each_instance),
        cmocka_unit_test(a_large_snapshot),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
