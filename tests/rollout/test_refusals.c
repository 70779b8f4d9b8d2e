/* SPDX-License-Identifier: MIT */
/* Input that is refused: the status, the diagnostic with the API's name, and nothing changed. */
#include "fleet.h"

#include <codedeploy/diagnostics.h>

#include "base/strings.h"

static cdp_diagnostics *diagnostics;

static int make_list(void **state)
{
    (void)state;
    return cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK;
}

static int free_list(void **state)
{
    (void)state;
    cdp_diagnostics_free(diagnostics);
    return 0;
}

/* The only finding since the last call: its code, its API name (or NULL), and a hint. */
static void assert_reported(const char *name, const char *api)
{
    cdp_diagnostic entry = {.size = sizeof entry};
    cdp_diagnostic_info info = {.size = sizeof info};

    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &entry), CDP_OK);
    assert_int_equal(cdp_diagnostic_info_get(entry.code, &info), CDP_OK);
    assert_string_equal(info.name, name);
    if (api)
        assert_string_equal(info.api_name, api);
    else
        assert_null(info.api_name);
    assert_true(entry.hint.length > 0);
    assert_null(strchr(entry.message.data, '{'));
    cdp_diagnostics_clear(diagnostics);
}

static void refuse_options(cdp_rollout_options options, const char *name, const char *api)
{
    cdp_rollout *rollout = NULL;

    options.size = sizeof options;
    assert_int_equal(cdp_rollout_new(&options, NULL, diagnostics, &rollout), CDP_ERR_INVALID);
    assert_null(rollout);
    assert_reported(name, api);
}

#define MINIMUM "InvalidMinimumHealthyHostValueException"
#define ZONAL "InvalidZonalDeploymentConfigurationException"

static void options_that_cannot_be(void **state)
{
    (void)state;
    refuse_options(
        (cdp_rollout_options){.minimum_type = CDP_MINIMUM_HOST_COUNT, .minimum_value = -1},
        "rollout-invalid-minimum", MINIMUM);
    refuse_options(
        (cdp_rollout_options){.minimum_type = CDP_MINIMUM_FLEET_PERCENT, .minimum_value = 100},
        "rollout-invalid-minimum", MINIMUM);
    refuse_options(
        (cdp_rollout_options){.minimum_type = CDP_MINIMUM_FLEET_PERCENT, .minimum_value = -1},
        "rollout-invalid-minimum", MINIMUM);
    refuse_options((cdp_rollout_options){.minimum_type = CDP_MINIMUM_MOST_CONCURRENCY},
                   "rollout-invalid-minimum", MINIMUM);
    refuse_options((cdp_rollout_options){.zonal = 1,
                                         .zone_minimum_type = CDP_MINIMUM_FLEET_PERCENT,
                                         .zone_minimum_value = 100},
                   "rollout-invalid-zonal", ZONAL);
    refuse_options((cdp_rollout_options){.zonal = 1, .zone_wait_ms = -1}, "rollout-invalid-zonal",
                   ZONAL);
    refuse_options((cdp_rollout_options){.zonal = 1, .first_zone_wait_ms = -1},
                   "rollout-invalid-zonal", ZONAL);
    refuse_options((cdp_rollout_options){.zonal = 1, .kind = CDP_ROLLOUT_BLUE_GREEN},
                   "rollout-zonal-not-in-place", ZONAL);
    refuse_options((cdp_rollout_options){.concurrency_limit = -1}, "rollout-invalid-option", NULL);
    refuse_options((cdp_rollout_options){.canary_size = -1}, "rollout-invalid-option", NULL);
    refuse_options((cdp_rollout_options){.canary_wait_ms = -1}, "rollout-invalid-option", NULL);
    refuse_options((cdp_rollout_options){.failure_budget_type = CDP_ROLLOUT_BUDGET_PERCENT,
                                         .failure_budget = 101},
                   "rollout-invalid-option", NULL);
    refuse_options((cdp_rollout_options){.failure_budget_type = CDP_ROLLOUT_BUDGET_COUNT,
                                         .failure_budget = -1},
                   "rollout-invalid-option", NULL);
    refuse_options((cdp_rollout_options){.failure_budget = 3}, "rollout-option-alone", NULL);
    refuse_options((cdp_rollout_options){.hold_before_reroute = 1}, "rollout-option-alone", NULL);
}

/* Each wrong option is reported, not only the first. */
static void all_wrong_options_are_told(void **state)
{
    cdp_rollout_options options = {.size = sizeof options,
                                   .kind = CDP_ROLLOUT_BLUE_GREEN,
                                   .minimum_type = CDP_MINIMUM_FLEET_PERCENT,
                                   .minimum_value = 100,
                                   .zonal = 1,
                                   .zone_wait_ms = -5,
                                   .canary_size = -1};
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(&options, NULL, diagnostics, &rollout), CDP_ERR_INVALID);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 4);
    cdp_diagnostics_clear(diagnostics);
    options.kind = (cdp_rollout_kind)4;
    assert_int_equal(cdp_rollout_new(&options, NULL, diagnostics, &rollout), CDP_ERR_ARGUMENT);
    options = (cdp_rollout_options){.size = 3};
    assert_int_equal(cdp_rollout_new(&options, NULL, diagnostics, &rollout), CDP_ERR_STRUCT);
}

static void start_is_refused(const fleet *f, const cdp_rollout_options *options, cdp_status status,
                             const char *name, const char *api)
{
    cdp_rollout *rollout = fleet_rollout(f, options);

    assert_int_equal(cdp_rollout_start(rollout, 0, diagnostics), status);
    assert_reported(name, api);
    assert_int_equal(cdp_rollout_current_phase(rollout), CDP_ROLLOUT_PHASE_NONE);
    cdp_rollout_free(rollout);
}

static void fails_at_once(const fleet *f, cdp_rollout_options options, const char *name,
                          const char *api)
{
    cdp_rollout *rollout;
    cdp_rollout_decision decision = {.size = sizeof decision};

    options.size = sizeof options;
    rollout = fleet_rollout(f, &options);
    assert_int_equal(cdp_rollout_start(rollout, 0, diagnostics), CDP_OK);
    assert_reported(name, api);
    assert_int_equal(cdp_rollout_current_verdict(rollout, &decision), CDP_ROLLOUT_FAILED);
    assert_string_equal(decision.error_code, api);
    assert_int_equal(take_decisions(rollout, NULL), 0);
    assert_true(cdp_rollout_is_settled(rollout));
    cdp_rollout_free(rollout);
}

static void minima_that_leave_nothing(void **state)
{
    const fleet ten = {.instances = 10};
    const fleet zones = {.instances = 5, .zoned = true, .second_zone = 16};

    (void)state;
    fails_at_once(&(fleet){0}, (cdp_rollout_options){.size = 0}, "rollout-no-instances",
                  "NO_INSTANCES");
    fails_at_once(
        &ten, (cdp_rollout_options){.minimum_type = CDP_MINIMUM_HOST_COUNT, .minimum_value = 10},
        "rollout-minimum-too-large", "HEALTH_CONSTRAINTS_INVALID");
    fails_at_once(
        &ten, (cdp_rollout_options){.minimum_type = CDP_MINIMUM_FLEET_PERCENT, .minimum_value = 95},
        "rollout-minimum-too-large", "HEALTH_CONSTRAINTS_INVALID");
    fails_at_once(&zones,
                  (cdp_rollout_options){.minimum_type = CDP_MINIMUM_HOST_COUNT,
                                        .zonal = 1,
                                        .zone_minimum_type = CDP_MINIMUM_HOST_COUNT,
                                        .zone_minimum_value = 1},
                  "rollout-zone-minimum-too-large", "HEALTH_CONSTRAINTS_INVALID");
}

static cdp_status add(cdp_rollout *rollout, const char *id, size_t length, const char *zone)
{
    const cdp_rollout_instance instance = {
        .size = sizeof instance, .id = {id, length}, .zone = {zone, zone ? strlen(zone) : 0}};

    return cdp_rollout_add(rollout, &instance, 1, diagnostics);
}

static void instances_that_cannot_be(void **state)
{
    static char long_id[1025];
    cdp_rollout *rollout = NULL;
    cdp_rollout_instance original = {.size = sizeof original, .id = {"o", 1}, .original = 1};
    cdp_rollout_instance both[2] = {{.size = sizeof *both, .id = {"a", 1}},
                                    {.size = sizeof *both, .id = {"", 0}}};

    (void)state;
    memset(long_id, 'x', sizeof long_id);
    assert_int_equal(cdp_rollout_new(NULL, NULL, NULL, &rollout), CDP_OK);
    assert_int_equal(add(rollout, long_id, 1025, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(add(rollout, NULL, 0, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(add(rollout, "a\nb", 3, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(add(rollout, "\xff", 1, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(add(rollout, "a\xC2\x85", 3, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(add(rollout, "a", 1, "\x7f"), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-zone", NULL);
    assert_int_equal(add(rollout, "a", 1, "\xC2\x9B"), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-zone", NULL);
    assert_int_equal(cdp_rollout_add(rollout, &original, 1, diagnostics), CDP_ERR_INVALID);
    assert_reported("rollout-original-outside-blue-green",
                    "InvalidDeploymentInstanceTypeException");
    /* All or none. */
    assert_int_equal(cdp_rollout_add(rollout, both, 2, diagnostics), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    assert_int_equal(cdp_rollout_count(rollout), 0);
    assert_int_equal(add(rollout, long_id, 1024, NULL), CDP_OK);
    both[0].instance_health = (cdp_instance_health)2;
    assert_int_equal(cdp_rollout_add(rollout, both, 1, diagnostics), CDP_ERR_ARGUMENT);
    both[0].size = 1;
    assert_int_equal(cdp_rollout_add(rollout, both, 1, diagnostics), CDP_ERR_STRUCT);
    cdp_rollout_free(rollout);
}

static void duplicate_ids(void **state)
{
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(NULL, NULL, NULL, &rollout), CDP_OK);
    assert_int_equal(add(rollout, "b", 1, NULL), CDP_OK);
    assert_int_equal(add(rollout, "a", 1, NULL), CDP_OK);
    assert_int_equal(add(rollout, "b", 1, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_start(rollout, 0, diagnostics), CDP_ERR_CONFLICT);
    assert_reported("rollout-duplicate-instance", "InvalidDeploymentTargetIdException");
    assert_int_equal(cdp_rollout_current_phase(rollout), CDP_ROLLOUT_PHASE_NONE);
    cdp_rollout_free(rollout);
}

static void zone_missing(void **state)
{
    const cdp_rollout_options options = {.size = sizeof options, .zonal = 1};
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(&options, NULL, NULL, &rollout), CDP_OK);
    assert_int_equal(add(rollout, "a", 1, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-zone-missing", ZONAL);
    assert_int_equal(cdp_rollout_count(rollout), 0);
    cdp_rollout_free(rollout);
}

/* The limit is told, and what was added before stays. */
static void too_many_zones(void **state)
{
    cdp_rollout *rollout = NULL;
    cdp_status status = CDP_OK;
    char name[8] = "z0000";
    int zones = 0;

    (void)state;
    assert_int_equal(cdp_rollout_new(NULL, NULL, NULL, &rollout), CDP_OK);
    while (status == CDP_OK && zones <= 5000) {
        for (int digit = 4, left = zones; digit > 0; digit--, left /= 10)
            name[digit] = (char)('0' + left % 10);
        status = add(rollout, name, 5, name);
        zones++;
    }
    assert_int_equal(status, CDP_ERR_LIMIT);
    assert_int_equal(zones, 4097);
    assert_reported("rollout-too-large", "OVER_MAX_INSTANCES");
    assert_int_equal(add(rollout, "one more", 8, "z0000"), CDP_OK);
    assert_int_equal(cdp_rollout_reserve(rollout, SIZE_MAX, 0), CDP_ERR_LIMIT);
    assert_int_equal(cdp_rollout_reserve(rollout, 0, SIZE_MAX), CDP_ERR_LIMIT);
    cdp_rollout_free(rollout);
}

static void auto_scaling_wants_one(void **state)
{
    const fleet two = {.instances = 2};
    cdp_rollout_options options = {.size = sizeof options, .kind = CDP_ROLLOUT_LAUNCH};

    (void)state;
    start_is_refused(&two, &options, CDP_ERR_INVALID, "rollout-not-one-instance", NULL);
    options.kind = CDP_ROLLOUT_TERMINATION;
    start_is_refused(&(fleet){0}, &options, CDP_ERR_INVALID, "rollout-not-one-instance", NULL);
}

/* Calls `refused` between two snapshots. */
static void unchanged(cdp_rollout *rollout, void (*refused)(cdp_rollout *rollout))
{
    cdp_text *before = snapshot_of(rollout);
    cdp_text *after;

    refused(rollout);
    after = snapshot_of(rollout);
    assert_string_equal(cdp_text_string(before).data, cdp_text_string(after).data);
    cdp_text_free(before);
    cdp_text_free(after);
}

static void refused_results(cdp_rollout *rollout)
{
    assert_int_equal(cdp_rollout_result(rollout, 4, 0, 1, 100, diagnostics), CDP_ERR_NOT_FOUND);
    assert_reported("rollout-unknown-instance", "DeploymentTargetDoesNotExistException");
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 1, 100, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-duplicate-result", "LifecycleEventAlreadyCompletedException");
    assert_int_equal(cdp_rollout_result(rollout, 2, 0, 1, 100, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-not-in-flight", "DeploymentNotStartedException");
    assert_int_equal(cdp_rollout_result(rollout, 1, 2, 1, 100, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-stale-result", "LifecycleEventAlreadyCompletedException");
    assert_int_equal(cdp_rollout_result(rollout, 1, 1, 1, 99, diagnostics), CDP_ERR_TIME);
    assert_reported("rollout-time-backwards", NULL);
    assert_int_equal(cdp_rollout_result(NULL, 1, 1, 1, 100, diagnostics), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_leave(rollout, 4, 100, diagnostics), CDP_ERR_NOT_FOUND);
    assert_reported("rollout-unknown-instance", "DeploymentTargetDoesNotExistException");
    assert_int_equal(cdp_rollout_restart(rollout, UINT32_MAX, 100, diagnostics), CDP_ERR_NOT_FOUND);
    assert_reported("rollout-unknown-instance", "DeploymentTargetDoesNotExistException");
    assert_int_equal(cdp_rollout_step(rollout, 99, NULL), CDP_ERR_TIME);
    assert_int_equal(cdp_rollout_step(rollout, -1, NULL), CDP_ERR_TIME);
    assert_int_equal(cdp_rollout_continue(rollout, 200, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_stop(rollout, (cdp_rollout_stop_cause)0, 200, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_start(rollout, 200, NULL), CDP_ERR_STATE);
    assert_int_equal(add(rollout, "x", 1, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_reserve(rollout, 1, 1), CDP_ERR_STATE);
}

static void refused_joins(cdp_rollout *rollout)
{
    cdp_rollout_instance instance = {.size = sizeof instance, .id = {"i-001", 5}};

    assert_int_equal(cdp_rollout_join(rollout, &instance, 100, diagnostics, NULL),
                     CDP_ERR_CONFLICT);
    assert_reported("rollout-duplicate-instance", "InvalidDeploymentTargetIdException");
    instance.id = CDP_STR("");
    assert_int_equal(cdp_rollout_join(rollout, &instance, 100, diagnostics, NULL), CDP_ERR_INVALID);
    assert_reported("rollout-invalid-instance-id", "InvalidDeploymentTargetIdException");
    instance.id = CDP_STR("i-9");
    assert_int_equal(cdp_rollout_join(rollout, &instance, 99, diagnostics, NULL), CDP_ERR_TIME);
    assert_reported("rollout-time-backwards", NULL);
}

static void refused_when_over(cdp_rollout *rollout)
{
    const cdp_rollout_instance instance = {.size = sizeof instance, .id = {"i-9", 3}};

    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_MANUAL, 200, diagnostics),
                     CDP_ERR_STATE);
    assert_reported("rollout-over", "DeploymentAlreadyCompletedException");
    assert_int_equal(cdp_rollout_join(rollout, &instance, 200, diagnostics, NULL), CDP_ERR_STATE);
    assert_reported("rollout-over", "DeploymentAlreadyCompletedException");
    assert_int_equal(cdp_rollout_result(rollout, 3, 0, 1, 200, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-not-in-flight", "DeploymentNotStartedException");
}

static void inputs_that_cannot_be(void **state)
{
    const fleet four = {.instances = 4};
    cdp_rollout *rollout = fleet_start(&four, NULL);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 1);
    assert_int_equal(cdp_rollout_result(rollout, 0, 1, 1, 100, NULL), CDP_OK);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    unchanged(rollout, refused_results);
    unchanged(rollout, refused_joins);
    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_MANUAL, 150, NULL), CDP_OK);
    take_decisions(rollout, NULL);
    unchanged(rollout, refused_when_over);
    cdp_rollout_free(rollout);
}

/* A rerouted instance's late result of the installing is told apart by the attempt. */
static void results_of_another_phase(void **state)
{
    const fleet one = {.instances = 1};
    const cdp_rollout_options options = {.size = sizeof options, .kind = CDP_ROLLOUT_BLUE_GREEN};
    cdp_rollout *rollout = fleet_start(&one, &options);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 1);
    assert_int_equal(cdp_rollout_result(rollout, 0, 1, 1, 0, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_result(rollout, 0, 1, 1, 0, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-duplicate-result", "LifecycleEventAlreadyCompletedException");
    assert_int_equal(take_decisions(rollout, NULL), 1);
    assert_int_equal(cdp_rollout_result(rollout, 0, 1, 1, 0, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-stale-result", "LifecycleEventAlreadyCompletedException");
    assert_int_equal(cdp_rollout_result(rollout, 0, 2, 1, 0, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_current_verdict(rollout, NULL), CDP_ROLLOUT_SUCCEEDED);
    cdp_rollout_free(rollout);
}

static void nothing_before_the_start(void **state)
{
    const fleet one = {.instances = 1};
    cdp_rollout *rollout = fleet_rollout(&one, NULL);
    cdp_rollout_decision decision = {.size = sizeof decision};
    cdp_text *text = NULL;
    uint32_t instance;
    size_t count = 7;

    (void)state;
    assert_int_equal(cdp_rollout_start(rollout, -1, diagnostics), CDP_ERR_TIME);
    assert_reported("rollout-time-backwards", NULL);
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 1, 0, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-not-started", "DeploymentNotStartedException");
    assert_int_equal(cdp_rollout_step(rollout, 0, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_ALARM, 0, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_continue(rollout, 0, NULL), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_find(rollout, CDP_STR("i-000"), &instance), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_explain(rollout, 0, &decision), CDP_ERR_STATE);
    assert_int_equal(cdp_rollout_held(rollout, &decision), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollout_decide(rollout, &decision, 1, &count), CDP_OK);
    assert_int_equal(count, 0);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_rollout_snapshot(rollout, text), CDP_ERR_STATE);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
}

static void started_once_and_continued_when_it_waits(void **state)
{
    const fleet one = {.instances = 1};
    cdp_rollout *rollout = fleet_start(&one, NULL);

    (void)state;
    assert_int_equal(cdp_rollout_start(rollout, 0, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-started", NULL);
    assert_int_equal(cdp_rollout_continue(rollout, 0, diagnostics), CDP_ERR_STATE);
    assert_reported("rollout-not-waiting", "DeploymentIsNotInReadyStateException");
    assert_int_equal(cdp_rollout_result(rollout, 0, 1, 2, 0, NULL), CDP_ERR_ARGUMENT);
    cdp_rollout_free(rollout);
}

static void outputs_that_cannot_be(void **state)
{
    const fleet one = {.instances = 1};
    cdp_rollout *rollout = fleet_start(&one, NULL);
    cdp_rollout_decision decision = {.size = 4};
    cdp_rollout_view view = {.size = sizeof view};
    cdp_text *text = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(cdp_rollout_decide(rollout, &decision, 1, &count), CDP_ERR_STRUCT);
    assert_int_equal(cdp_rollout_decide(rollout, NULL, 1, &count), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_decide(rollout, &decision, 1, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_at(rollout, 1, &view), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollout_at(rollout, 0, NULL), CDP_ERR_ARGUMENT);
    /* Nothing was decided by what was refused. */
    assert_int_equal(state_of(rollout, 0), CDP_ROLLOUT_STATE_PENDING);
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    decision = (cdp_rollout_decision){.size = sizeof decision, .rule = (cdp_rollout_rule)999};
    assert_int_equal(cdp_rollout_render(&decision, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_rollout_render(NULL, text), CDP_ERR_ARGUMENT);
    cdp_text_free(text);
    cdp_rollout_free(rollout);
    cdp_rollout_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_that_cannot_be),
        cmocka_unit_test(all_wrong_options_are_told),
        cmocka_unit_test(minima_that_leave_nothing),
        cmocka_unit_test(instances_that_cannot_be),
        cmocka_unit_test(duplicate_ids),
        cmocka_unit_test(zone_missing),
        cmocka_unit_test(too_many_zones),
        cmocka_unit_test(auto_scaling_wants_one),
        cmocka_unit_test(inputs_that_cannot_be),
        cmocka_unit_test(results_of_another_phase),
        cmocka_unit_test(nothing_before_the_start),
        cmocka_unit_test(started_once_and_continued_when_it_waits),
        cmocka_unit_test(outputs_that_cannot_be),
    };

    return cmocka_run_group_tests(tests, make_list, free_list);
}
