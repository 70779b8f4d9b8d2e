/* SPDX-License-Identifier: MIT */
/* Every play with every allocation failing: once, and for ever. */
#include "plays.h"

#include <stdio.h>
#include <stdlib.h>

/* A host that does everything well at once, and puts every input in again until there is memory for
 * it or it is clear that there never will be. */
typedef struct tortured {
    production made;
    cdp_status status;
} tortured;

static cdp_status put(cdp_deployment *deployment, const cdp_deployment_input *input, int64_t now)
{
    cdp_deployment_input sized = *input;

    sized.size = sizeof sized;
    return cdp_deployment_step(deployment, now, &sized, NULL);
}

static cdp_status add(cdp_deployment *deployment, size_t count, int originals)
{
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        cdp_rollout_instance instance = {.size = sizeof instance, .original = originals};
        char id[40];

        (void)snprintf(id, sizeof id, "%s%zu", originals ? "blue" : "i", i);
        instance.id = (cdp_string){id, strlen(id)};
        status = cdp_deployment_add_target(deployment, 0, &instance, NULL);
    }
    return status;
}

static cdp_status answer_all(cdp_deployment *deployment, int64_t now)
{
    cdp_deployment_action action = {.size = sizeof action};
    cdp_status status = CDP_OK;
    int fail = 0;

    while (status == CDP_OK && cdp_deployment_next_action(deployment, &action) == CDP_OK) {
        cdp_deployment_input input = {.kind = CDP_DEPLOYMENT_INPUT_ANSWER,
                                      .token = action.token,
                                      .outcome = CDP_DEPLOYMENT_DONE,
                                      .message = {"what the log said last", 22}};

        if (!action.needs_answer)
            continue;
        if (action.kind == CDP_DEPLOYMENT_ACTION_RUN_HOOK && ++fail % 3 == 0)
            input.outcome = CDP_DEPLOYMENT_FAILED;
        status = put(deployment, &input, now);
        if (status == CDP_ERR_STATE || status == CDP_ERR_NOT_FOUND)
            status = CDP_OK; /* it was cancelled in the meantime */
    }
    return status;
}

static cdp_status run(cdp_deployment *deployment)
{
    cdp_deployment_input start = {.kind = CDP_DEPLOYMENT_INPUT_START};
    cdp_status status = put(deployment, &start, 0);
    int64_t now = 0;

    while (status == CDP_OK && !cdp_deployment_is_over(deployment)) {
        cdp_deployment_input time = {.kind = CDP_DEPLOYMENT_INPUT_TIME};

        status = answer_all(deployment, now);
        if (status != CDP_OK || cdp_deployment_is_over(deployment))
            break;
        now = cdp_deployment_next_deadline(deployment);
        if (now == INT64_MAX)
            break;
        status = put(deployment, &time, now);
    }
    return status;
}

static cdp_status roll_back(const cdp_deployment *deployment, const cdp_allocator *allocator,
                            const production *made)
{
    cdp_deployment_options options = {
        .size = sizeof options, .id = {"d-R", 3}, .appspec = made->appspec};
    cdp_rollback_plan *plan = NULL;
    cdp_deployment *rollback = NULL;
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_status status =
        cdp_deployment_plan_rollback(deployment, 0, (cdp_string){NULL, 0}, allocator, NULL, &plan);

    if (status != CDP_OK)
        return status;
    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    if (info.possible)
        status =
            cdp_deployment_new_rollback(deployment, plan, &options, allocator, NULL, &rollback);
    if (status == CDP_OK && rollback)
        status = run(rollback);
    cdp_deployment_free(rollback);
    cdp_rollback_plan_free(plan);
    return status;
}

static cdp_status keep_and_restore(const cdp_deployment *deployment, const cdp_allocator *allocator,
                                   const production *made)
{
    cdp_deployment *restored = NULL;
    cdp_text *text = NULL;
    cdp_status status = cdp_text_new(allocator, &text);

    if (status == CDP_OK)
        status = cdp_deployment_snapshot(deployment, text);
    if (status == CDP_OK) {
        cdp_string bytes = cdp_text_string(text);

        status = cdp_deployment_restore(bytes.data, bytes.length, &made->options, allocator, NULL,
                                        &restored);
    }
    cdp_deployment_free(restored);
    cdp_text_free(text);
    return status;
}

static cdp_status play_it(const cdp_allocator *allocator, void *context)
{
    tortured *torture = context;
    cdp_deployment *deployment = NULL;
    cdp_status status = cdp_deployment_new(&torture->made.options, allocator, NULL, &deployment);

    if (status == CDP_OK)
        status = add(deployment, torture->made.play->instances, 0);
    if (status == CDP_OK)
        status = add(deployment, torture->made.play->originals, 1);
    if (status == CDP_OK)
        status = run(deployment);
    if (status == CDP_OK)
        status = keep_and_restore(deployment, allocator, &torture->made);
    if (status == CDP_OK && cdp_deployment_is_over(deployment))
        status = roll_back(deployment, allocator, &torture->made);
    cdp_deployment_free(deployment);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    tortured torture;

    produce(&torture.made, *state);
    assert_true(test_fail_every_allocation(play_it, &torture) > 0);
    strike(&torture.made);
}

/* A running deployment takes no memory: what a step needs was taken before. */
static void steps_take_no_memory(void **state)
{
    static const char *const names[] = {"in-place", "lambda-silent-hook",
                                        "ecs-ready-and-termination", "blue-green"};

    (void)state;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        test_allocator counting;
        production made;
        cdp_deployment *deployment = NULL;
        cdp_deployment_input start = {.kind = CDP_DEPLOYMENT_INPUT_START};
        size_t before;

        for (size_t i = 0; i < play_count; i++) {
            if (strcmp(plays[i].name, names[k]) == 0)
                produce(&made, &plays[i]);
        }
        test_allocator_init(&counting);
        assert_int_equal(cdp_deployment_new(&made.options, &counting.allocator, NULL, &deployment),
                         CDP_OK);
        assert_int_equal(add(deployment, made.play->instances, 0), CDP_OK);
        assert_int_equal(add(deployment, made.play->originals, 1), CDP_OK);
        assert_int_equal(put(deployment, &start, 0), CDP_OK);
        before = counting.requests;
        for (int64_t now = 1; now < 2000; now++) {
            cdp_deployment_action action = {.size = sizeof action};
            cdp_deployment_input time = {.kind = CDP_DEPLOYMENT_INPUT_TIME};

            while (cdp_deployment_next_action(deployment, &action) == CDP_OK) {
                if (action.needs_answer)
                    assert_int_equal(cdp_deployment_answer(deployment, now, action.token,
                                                           CDP_DEPLOYMENT_DONE,
                                                           (cdp_string){NULL, 0}, NULL),
                                     CDP_OK);
            }
            assert_int_equal(put(deployment, &time, now), CDP_OK);
        }
        assert_int_equal(counting.requests, before);
        cdp_deployment_free(deployment);
        assert_int_equal(counting.live_blocks, 0);
        strike(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(steps_take_no_memory)};
    struct CMUnitTest *tortures = calloc(play_count, sizeof *tortures);
    int failed;

    if (!tortures)
        return 1;
    for (size_t i = 0; i < play_count; i++) {
        tortures[i].name = plays[i].name;
        tortures[i].test_func = every_allocation_may_fail;
        tortures[i].initial_state = (void *)(uintptr_t)&plays[i];
    }
    failed = _cmocka_run_group_tests("torture", tortures, play_count, NULL, NULL);
    free(tortures);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
