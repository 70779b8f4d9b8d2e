/* SPDX-License-Identifier: MIT */
/* CodeDeploy's own schedules, and what can be asked of them. */
#include "cases.h"

#include <codedeploy/traffic.h>

#include "base/strings.h"

#define MINUTE INT64_C(60000)
#define DEFAULT "CodeDeployDefault."

typedef struct schedule_case {
    const char *name;
    const char *config; /* predefined; NULL: what follows */
    cdp_traffic_type type;
    int percentage;
    int interval;
    const char *text;
    size_t steps;
    int64_t minutes;
} schedule_case;

#define AT_ONCE 0, 0, 0, "100", 1, 0
#define TENTHS(wait)                                                                               \
    "10:" wait ",20:" wait ",30:" wait ",40:" wait ",50:" wait ",60:" wait ",70:" wait ",80:" wait \
    ",90:" wait ",100"

static const schedule_case schedule_cases[] = {
    {"1.1 LambdaAllAtOnce", DEFAULT "LambdaAllAtOnce", AT_ONCE},
    {"1.1 LambdaCanary 5", DEFAULT "LambdaCanary10Percent5Minutes", 0, 0, 0, "10:5m,100", 2, 5},
    {"1.1 LambdaCanary 10", DEFAULT "LambdaCanary10Percent10Minutes", 0, 0, 0, "10:10m,100", 2, 10},
    {"1.1 LambdaCanary 15", DEFAULT "LambdaCanary10Percent15Minutes", 0, 0, 0, "10:15m,100", 2, 15},
    {"1.1 LambdaCanary 30", DEFAULT "LambdaCanary10Percent30Minutes", 0, 0, 0, "10:30m,100", 2, 30},
    {"1.1 LambdaLinear 1", DEFAULT "LambdaLinear10PercentEvery1Minute", 0, 0, 0, TENTHS("1m"), 10,
     9},
    {"1.1 LambdaLinear 2", DEFAULT "LambdaLinear10PercentEvery2Minutes", 0, 0, 0, TENTHS("2m"), 10,
     18},
    {"1.1 LambdaLinear 3", DEFAULT "LambdaLinear10PercentEvery3Minutes", 0, 0, 0, TENTHS("3m"), 10,
     27},
    {"1.1 LambdaLinear 10", DEFAULT "LambdaLinear10PercentEvery10Minutes", 0, 0, 0, TENTHS("10m"),
     10, 90},
    {"1.1 ECSAllAtOnce", DEFAULT "ECSAllAtOnce", AT_ONCE},
    {"1.1 ECSCanary 5", DEFAULT "ECSCanary10Percent5Minutes", 0, 0, 0, "10:5m,100", 2, 5},
    {"1.1 ECSCanary 15", DEFAULT "ECSCanary10Percent15Minutes", 0, 0, 0, "10:15m,100", 2, 15},
    {"1.1 ECSLinear 1", DEFAULT "ECSLinear10PercentEvery1Minutes", 0, 0, 0, TENTHS("1m"), 10, 9},
    {"1.1 ECSLinear 3", DEFAULT "ECSLinear10PercentEvery3Minutes", 0, 0, 0, TENTHS("3m"), 10, 27},
    {"3.1 all at once", NULL, CDP_TRAFFIC_ALL_AT_ONCE, 0, 0, "100", 1, 0},
    {"3.2 canary", NULL, CDP_TRAFFIC_TIME_BASED_CANARY, 25, 60, "25:1h,100", 2, 60},
    {"3.3 linear", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 25, 90, "25:90m,50:90m,75:90m,100", 4, 270},
    {"3.4 linear 10", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 10, 1, TENTHS("1m"), 10, 9},
    {"3.4 linear 15", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 15, 1,
     "15:1m,30:1m,45:1m,60:1m,75:1m,90:1m,100", 7, 6},
    {"3.4 linear 33", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 33, 1, "33:1m,66:1m,99:1m,100", 4, 3},
    {"3.4 linear 34", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 34, 1, "34:1m,68:1m,100", 3, 2},
    {"3.4 linear 50", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 50, 1, "50:1m,100", 2, 1},
    {"3.4 linear 99", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 99, 1, "99:1m,100", 2, 1},
    {"3.5 no wait after 100 percent", NULL, CDP_TRAFFIC_TIME_BASED_LINEAR, 50, 2880, "50:48h,100",
     2, 2880},
    {"4.3 the hook's default", NULL, CDP_TRAFFIC_TIME_BASED_CANARY, 15, 5, "15:5m,100", 2, 5},
};

static cdp_traffic_schedule *make(const schedule_case *item)
{
    cdp_traffic_schedule *schedule = NULL;
    const cdp_config *config = NULL;

    if (item->config) {
        assert_int_equal(cdp_config_find(cdp_string_of(item->config), NULL, 0, NULL, &config),
                         CDP_OK);
        assert_int_equal(cdp_traffic_schedule_from_config(config, NULL, NULL, &schedule), CDP_OK);
    } else {
        assert_int_equal(cdp_traffic_schedule_new(item->type, item->percentage, item->interval,
                                                  NULL, NULL, NULL, &schedule),
                         CDP_OK);
    }
    return schedule;
}

static void schedule_is_as_documented(void **state)
{
    const schedule_case *item = *state;
    cdp_traffic_schedule *schedule = make(item);
    cdp_traffic_step last = {.size = sizeof last};
    cdp_text *text;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_write(schedule, text), CDP_OK);
    assert_cdp_string(cdp_text_string(text), item->text);
    assert_int_equal(cdp_traffic_schedule_step_count(schedule), item->steps);
    assert_int_equal(cdp_traffic_schedule_duration_ms(schedule), item->minutes * MINUTE);
    assert_int_equal(cdp_traffic_schedule_gate_count(schedule), 0);
    assert_int_equal(cdp_traffic_schedule_route_count(schedule), 1);
    /* 3.5: nothing is waited for after 100 percent. */
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, item->steps - 1, &last), CDP_OK);
    assert_int_equal(last.weight, 100);
    assert_int_equal(last.original_weight, 0);
    assert_int_equal(last.wait_ms, 0);
    assert_int_equal(last.offset_ms, item->minutes * MINUTE);
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, item->steps, &last), CDP_ERR_NOT_FOUND);
    cdp_text_free(text);
    cdp_traffic_schedule_free(schedule);
}

/* Percentages for both sides, and nothing between two of them. */
static void weights_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof schedule_cases / sizeof *schedule_cases; i++) {
        cdp_traffic_schedule *schedule = make(&schedule_cases[i]);
        cdp_traffic_step step = {.size = sizeof step};
        int32_t before = 0;

        for (size_t k = 0; cdp_traffic_schedule_step_at(schedule, k, &step) == CDP_OK; k++) {
            assert_in_range(step.weight, before + 1, 100);
            assert_int_equal(step.weight + step.original_weight, 100);
            before = step.weight;
        }
        cdp_traffic_schedule_free(schedule);
    }
}

typedef struct weight_case {
    const char *name;
    const char *schedule;
    int64_t start;
    int64_t now;
    int32_t weight;
    int64_t next;
} weight_case;

static const weight_case weight_cases[] = {
    {"3.1 at once", "100", 1000, 1000, 100, INT64_MAX},
    {"3.1 before", "100", 1000, 999, 0, 1000},
    {"3.2 t0", "10:5m,100", 1000, 1000, 10, 1000 + 5 * MINUTE},
    {"3.2 just before t0+d", "10:5m,100", 1000, 999 + 5 * MINUTE, 10, 1000 + 5 * MINUTE},
    {"3.2 t0+d", "10:5m,100", 1000, 1000 + 5 * MINUTE, 100, INT64_MAX},
    {"3.3 third increment", TENTHS("2m"), 0, 4 * MINUTE, 30, 6 * MINUTE},
    {"3.3 its last millisecond", TENTHS("2m"), 0, 6 * MINUTE - 1, 30, 6 * MINUTE},
    {"3.3 the end of time", TENTHS("2m"), 0, INT64_MAX, 100, INT64_MAX},
    {"3.6 no wait of a canary is cut short", "10:30m,100", 0, 6000, 10, 30 * MINUTE},
    {"3.6 no wait of a linear shift is", TENTHS("3m"), 0, 3000, 10, 3 * MINUTE},
    {"at a gate", "10:5m,25:gate,50:10m,100", 0, 5 * MINUTE, 25, INT64_MAX},
    {"at a gate for ever", "10:5m,25:gate,50:10m,100", 0, INT64_MAX, 25, INT64_MAX},
    {"before a gate", "10:5m,25:gate,50:10m,100", 0, 1, 10, 5 * MINUTE},
    {"a gate at first", "0:gate,100", 7, 7, 0, INT64_MAX},
    {"waits that have nothing in common", "1:1ms,2:100003ms,3:65537ms,100", 0, 100003, 2, 100004},
    {"the same, next", "1:1ms,2:100003ms,3:65537ms,100", 0, 100004, 3, 165541},
    {"the same, last", "1:1ms,2:100003ms,3:65537ms,100", 0, 165541, 100, INT64_MAX},
    {"longer than 32 bits of milliseconds", "5:1440h,100", 0, 1440 * 60 * MINUTE - 1, 5,
     1440 * 60 * MINUTE},
    {"longer than 32 bits, end", "5:1440h,100", 0, 1440 * 60 * MINUTE, 100, INT64_MAX},
    {"a change beyond the end of time", "5:1h,100", INT64_MAX - 1, INT64_MAX, 5, INT64_MAX},
    {"a wait behind 100 percent", "50:1m,100:10m", 0, 2 * MINUTE, 100, INT64_MAX},
    {"negative start", "100", -1, 0, CDP_ERR_TIME, CDP_ERR_TIME},
    {"negative time", "100", 0, -1, CDP_ERR_TIME, CDP_ERR_TIME},
    {"the least time", "100", INT64_MIN, INT64_MIN, CDP_ERR_TIME, CDP_ERR_TIME},
};

static cdp_traffic_schedule *parse(const char *text)
{
    cdp_traffic_schedule *schedule = NULL;

    assert_int_equal(cdp_traffic_schedule_parse(text, strlen(text), NULL, NULL, NULL, &schedule),
                     CDP_OK);
    return schedule;
}

static void weight_is_known(void **state)
{
    const weight_case *item = *state;
    cdp_traffic_schedule *schedule = parse(item->schedule);

    assert_int_equal(cdp_traffic_weight_at(schedule, item->start, item->now), item->weight);
    assert_true(cdp_traffic_next_change(schedule, item->start, item->now) == item->next);
    assert_int_equal(cdp_traffic_weight_with_gates(schedule, item->start, NULL, 0, item->now),
                     item->weight);
    cdp_traffic_schedule_free(schedule);
}

typedef struct gate_case {
    const char *name;
    int64_t now;
    int32_t weight;
    int64_t openings[2];
    size_t count;
} gate_case;

#define GATED "10:5m,25:gate,50:10m,75:gate,100"

static const gate_case gate_cases[] = {
    {"no opening", 99 * MINUTE, 25, {0}, 0},
    {"before the opening", 7 * MINUTE - 1, 25, {7 * MINUTE}, 1},
    {"at the opening", 7 * MINUTE, 50, {7 * MINUTE}, 1},
    {"in the wait behind it", 17 * MINUTE - 1, 50, {7 * MINUTE}, 1},
    {"at the second gate", 17 * MINUTE, 75, {7 * MINUTE}, 1},
    {"second gate not opened", 99 * MINUTE, 75, {7 * MINUTE, INT64_MAX}, 2},
    {"second gate opened", 20 * MINUTE, 100, {7 * MINUTE, 20 * MINUTE}, 2},
    {"opened before it was reached", 5 * MINUTE, 50, {MINUTE}, 1},
    {"opened before it was reached, before", 5 * MINUTE - 1, 10, {MINUTE}, 1},
    {"both opened from the start", 15 * MINUTE, 100, {0, 0}, 2},
    {"both opened from the start, before", 15 * MINUTE - 1, 50, {0, 0}, 2},
    {"a negative opening", 1, CDP_ERR_TIME, {0, -1}, 2},
};

static void weight_follows_the_gates(void **state)
{
    const gate_case *item = *state;
    cdp_traffic_schedule *schedule = parse(GATED);

    assert_int_equal(
        cdp_traffic_weight_with_gates(schedule, 0, item->openings, item->count, item->now),
        item->weight);
    cdp_traffic_schedule_free(schedule);
}

static void steps_tell_of_gates(void **state)
{
    cdp_traffic_options options = {.size = sizeof options, .route_count = 2};
    cdp_traffic_step step = {.size = sizeof step};
    cdp_traffic_schedule *schedule = NULL;

    (void)state;
    assert_int_equal(
        cdp_traffic_schedule_parse(GATED, strlen(GATED), &options, NULL, NULL, &schedule), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_gate_count(schedule), 2);
    assert_int_equal(cdp_traffic_schedule_route_count(schedule), 2);
    assert_int_equal(cdp_traffic_schedule_duration_ms(schedule), 15 * MINUTE);
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, 1, &step), CDP_OK);
    assert_int_equal(step.is_gate, 1);
    assert_int_equal(step.wait_ms, CDP_TRAFFIC_GATE);
    assert_int_equal(step.gates_before, 0);
    assert_int_equal(step.offset_ms, 5 * MINUTE);
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, 2, &step), CDP_OK);
    assert_int_equal(step.is_gate, 0);
    assert_int_equal(step.gates_before, 1);
    assert_int_equal(step.offset_ms, 5 * MINUTE);
    assert_int_equal(step.weight, 50);
    assert_int_equal(step.original_weight, 50);
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, 4, &step), CDP_OK);
    assert_int_equal(step.gates_before, 2);
    assert_int_equal(step.offset_ms, 15 * MINUTE);
    cdp_traffic_schedule_free(schedule);
}

typedef struct refused_case {
    const char *name;
    cdp_traffic_type type;
    int64_t percentage;
    int64_t interval;
    cdp_diagnostic_code code;
} refused_case;

#define CANARY CDP_TRAFFIC_TIME_BASED_CANARY
#define LINEAR CDP_TRAFFIC_TIME_BASED_LINEAR

static const refused_case refused_cases[] = {
    {"0 percent", CANARY, 0, 5, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PERCENTAGE},
    {"100 percent", CANARY, 100, 5, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PERCENTAGE},
    {"-1 percent", LINEAR, -1, 5, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_PERCENTAGE},
    {"interval 0", LINEAR, 10, 0, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INTERVAL},
    {"interval 2881", CANARY, 10, 2881, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_INTERVAL},
    {"too long", LINEAR, 10, 321, CDP_DIAGNOSTIC_CONFIG_TRAFFIC_TOO_LONG},
    {"numbers for all at once", CDP_TRAFFIC_ALL_AT_ONCE, 10, 5,
     CDP_DIAGNOSTIC_CONFIG_TRAFFIC_CONTRADICTION},
};

static void numbers_are_checked(void **state)
{
    const refused_case *item = *state;
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostic found = {.size = sizeof found};
    cdp_diagnostics *diagnostics;

    assert_int_equal(cdp_diagnostics_new(NULL, NULL, &diagnostics), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_new(item->type, item->percentage, item->interval, NULL,
                                              NULL, diagnostics, &schedule),
                     CDP_ERR_INVALID);
    assert_null(schedule);
    assert_int_equal(cdp_diagnostics_count(diagnostics), 1);
    assert_int_equal(cdp_diagnostics_at(diagnostics, 0, &found), CDP_OK);
    assert_int_equal(found.code, item->code);
    cdp_diagnostics_free(diagnostics);
}

static void callers_mistakes_are_named(void **state)
{
    cdp_traffic_options options = {.size = sizeof options, .reserved = 1};
    cdp_traffic_schedule *schedule = NULL;
    cdp_traffic_step step = {.size = 1};
    cdp_text *text;

    (void)state;
    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    assert_int_equal(cdp_traffic_schedule_new(CDP_TRAFFIC_NONE, 10, 5, NULL, NULL, NULL, &schedule),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(
        cdp_traffic_schedule_new((cdp_traffic_type)9, 10, 5, NULL, NULL, NULL, &schedule),
        CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_new(CANARY, 10, 5, NULL, NULL, NULL, NULL),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_new(CANARY, 10, 5, &options, NULL, NULL, &schedule),
                     CDP_ERR_STRUCT);
    assert_int_equal(cdp_traffic_schedule_from_config(NULL, NULL, NULL, &schedule),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_from_config(cdp_config_default(CDP_PLATFORM_SERVER), NULL,
                                                      NULL, &schedule),
                     CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_traffic_schedule_parse(NULL, 3, NULL, NULL, NULL, &schedule),
                     CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_from_steps(NULL, NULL, 3, NULL, NULL, NULL, &schedule),
                     CDP_ERR_ARGUMENT);
    assert_null(schedule);
    schedule = parse("100");
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, 0, &step), CDP_ERR_STRUCT);
    assert_int_equal(cdp_traffic_schedule_step_at(schedule, 0, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_step_at(NULL, 0, &step), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_write(NULL, text), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_write(schedule, NULL), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_weight_at(NULL, 0, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_weight_with_gates(NULL, 0, NULL, 0, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_weight_with_gates(schedule, 0, NULL, 1, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_next_change(NULL, 0, 0), CDP_ERR_ARGUMENT);
    assert_int_equal(cdp_traffic_schedule_step_count(NULL), 0);
    assert_int_equal(cdp_traffic_schedule_duration_ms(NULL), 0);
    assert_int_equal(cdp_traffic_schedule_gate_count(NULL), 0);
    assert_int_equal(cdp_traffic_schedule_route_count(NULL), 0);
    cdp_traffic_schedule_free(schedule);
    cdp_traffic_schedule_free(NULL);
    cdp_text_free(text);
}

static void layouts_are_frozen(void **state)
{
    (void)state;
    if (sizeof(void *) != 8)
        skip();
    assert_int_equal(offsetof(cdp_traffic_options, route_count), 8);
    assert_int_equal(offsetof(cdp_traffic_step, offset_ms), 8);
    assert_int_equal(offsetof(cdp_traffic_step, wait_ms), 16);
    assert_int_equal(offsetof(cdp_traffic_step, weight), 24);
    assert_int_equal(offsetof(cdp_traffic_step, original_weight), 28);
    assert_int_equal(offsetof(cdp_traffic_step, is_gate), 32);
    assert_int_equal(offsetof(cdp_traffic_step, gates_before), 36);
    assert_int_equal(offsetof(cdp_traffic_progress, step_count), 16);
    assert_int_equal(offsetof(cdp_traffic_progress, weight), 24);
    assert_int_equal(offsetof(cdp_traffic_progress, done), 36);
}

static cdp_status make_all(const cdp_allocator *allocator, void *context)
{
    cdp_traffic_schedule *schedule = NULL;
    cdp_diagnostics *diagnostics;
    cdp_text *text = NULL;
    cdp_status status = cdp_diagnostics_new(allocator, NULL, &diagnostics);

    (void)context;
    if (status != CDP_OK)
        return status;
    status = cdp_text_new(allocator, &text);
    if (status == CDP_OK)
        status = cdp_traffic_schedule_new(CANARY, 0, 0, NULL, allocator, diagnostics, &schedule);
    if (status == CDP_ERR_INVALID)
        status = cdp_traffic_schedule_parse("1,2:0x", 6, NULL, allocator, diagnostics, &schedule);
    if (status == CDP_ERR_INVALID)
        status = cdp_traffic_schedule_new(LINEAR, 7, 3, NULL, allocator, diagnostics, &schedule);
    if (status == CDP_OK) {
        cdp_traffic_schedule_free(schedule);
        schedule = NULL;
        status = cdp_traffic_schedule_parse(GATED, strlen(GATED), NULL, allocator, diagnostics,
                                            &schedule);
    }
    if (status == CDP_OK)
        status = cdp_traffic_schedule_write(schedule, text);
    cdp_traffic_schedule_free(schedule);
    cdp_text_free(text);
    cdp_diagnostics_free(diagnostics);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_fail_every_allocation(make_all, NULL) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NAMED("3.8 weights are whole, and 100 together", weights_are_whole),
        cmocka_unit_test(steps_tell_of_gates),
        cmocka_unit_test(callers_mistakes_are_named),
        cmocka_unit_test(layouts_are_frozen),
        cmocka_unit_test(every_allocation_may_fail),
    };
    int failed = CASES("schedule", schedule_is_as_documented, schedule_cases);

    failed += CASES("weight", weight_is_known, weight_cases);
    failed += CASES("gates", weight_follows_the_gates, gate_cases);
    failed += CASES("refused", numbers_are_checked, refused_cases);
    return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
