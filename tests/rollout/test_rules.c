/* SPDX-License-Identifier: MIT */
/* Order, reasons, stops, blue/green, Auto Scaling, and the options beyond CodeDeploy. */
#include "fleet.h"

#include "base/strings.h"
#include "cases.h"

/* Takes decisions until one of this kind comes, which it has to. */
static cdp_rollout_decision take(cdp_rollout *rollout, cdp_rollout_decision_kind kind)
{
    cdp_rollout_decision decision;

    do {
        assert_true(next_decision(rollout, &decision));
    } while (decision.kind != kind);
    return decision;
}

static void assert_started(cdp_rollout *rollout, uint32_t instance)
{
    cdp_rollout_decision decision = take(rollout, CDP_ROLLOUT_DECISION_START);

    assert_int_equal(decision.instance, instance);
    assert_int_equal(decision.state, CDP_ROLLOUT_STATE_IN_FLIGHT);
}

static void assert_nothing(cdp_rollout *rollout)
{
    cdp_rollout_decision decision;

    assert_false(next_decision(rollout, &decision));
}

static void result(cdp_rollout *rollout, uint32_t instance, int succeeded)
{
    assert_int_equal(cdp_rollout_result(rollout, instance, 0, succeeded, 0, NULL), CDP_OK);
}

static const char *held(const cdp_rollout *rollout)
{
    cdp_rollout_decision decision = {.size = sizeof decision};

    assert_int_equal(cdp_rollout_held(rollout, &decision), CDP_OK);
    assert_int_equal(decision.kind, CDP_ROLLOUT_DECISION_HOLD);
    return sentence_of(&decision);
}

static const char *explained(const cdp_rollout *rollout, uint32_t instance)
{
    cdp_rollout_decision decision = {.size = sizeof decision};

    assert_int_equal(cdp_rollout_explain(rollout, instance, &decision), CDP_OK);
    assert_int_equal(decision.instance, instance);
    return sentence_of(&decision);
}

static void assert_verdict(const cdp_rollout *rollout, cdp_rollout_verdict verdict,
                           cdp_rollout_rule rule, const char *error_code)
{
    cdp_rollout_decision decision = {.size = sizeof decision};

    assert_int_equal(cdp_rollout_current_verdict(rollout, &decision), verdict);
    assert_int_equal(decision.rule, rule);
    if (error_code)
        assert_string_equal(decision.error_code, error_code);
    else
        assert_null(decision.error_code);
}

static cdp_rollout_options count(int64_t minimum)
{
    return (cdp_rollout_options){.size = sizeof(cdp_rollout_options),
                                 .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                 .minimum_value = minimum};
}

static void order_of_work(void **state)
{
    static const struct {
        const char *id;
        cdp_instance_health instance;
        cdp_revision_health revision;
    } given[] = {
        {"h-current", CDP_INSTANCE_HEALTHY, CDP_REVISION_HEALTH_CURRENT},
        {"h-old-b", CDP_INSTANCE_HEALTHY, CDP_REVISION_HEALTH_OLD},
        {"u-current", CDP_INSTANCE_UNHEALTHY, CDP_REVISION_HEALTH_CURRENT},
        {"h-unknown", CDP_INSTANCE_HEALTHY, CDP_REVISION_HEALTH_UNKNOWN},
        {"u-unknown-b", CDP_INSTANCE_UNHEALTHY, CDP_REVISION_HEALTH_UNKNOWN},
        {"h-old", CDP_INSTANCE_HEALTHY, CDP_REVISION_HEALTH_OLD},
        {"u-unknown-a", CDP_INSTANCE_UNHEALTHY, CDP_REVISION_HEALTH_UNKNOWN},
        {"u-old", CDP_INSTANCE_UNHEALTHY, CDP_REVISION_HEALTH_OLD},
    };
    static const uint32_t order[] = {6, 4, 7, 2, 3, 5, 1, 0};
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(NULL, NULL, NULL, &rollout), CDP_OK);
    for (size_t i = 0; i < 8; i++) {
        const cdp_rollout_instance instance = {.size = sizeof instance,
                                               .id = cdp_string_of(given[i].id),
                                               .instance_health = given[i].instance,
                                               .revision_health = given[i].revision};

        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    for (size_t i = 0; i < 8; i++) {
        uint32_t found;

        assert_int_equal(cdp_rollout_find(rollout, cdp_string_of(given[i].id), &found), CDP_OK);
        assert_int_equal(found, i);
        assert_started(rollout, order[i]);
        result(rollout, order[i], 1);
    }
    assert_verdict(rollout, CDP_ROLLOUT_SUCCEEDED, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, NULL);
    cdp_rollout_free(rollout);
}

/* The issue's own sentence, and its neighbours. */
static void reasons_are_told(void **state)
{
    const fleet ten = {.instances = 10};
    const cdp_rollout_options options = count(8);
    cdp_rollout *rollout = fleet_start(&ten, &options);
    cdp_rollout_decision decision = take(rollout, CDP_ROLLOUT_DECISION_START);

    (void)state;
    assert_string_equal(sentence_of(&decision),
                        "started i-000: 9 healthy not in flight remain, minimum 8");
    assert_string_equal(cdp_rollout_rule_name(decision.rule), "start-healthy");
    assert_string_equal(cdp_rollout_rule_source(decision.rule), "user guide, instance health");
    assert_string_equal(explained(rollout, 1), "i-001 is next, and free to begin");
    assert_started(rollout, 1);
    assert_nothing(rollout);
    assert_string_equal(held(rollout), "held back i-002: 8 healthy not in flight, minimum 8");
    assert_string_equal(explained(rollout, 2), held(rollout));
    assert_string_equal(explained(rollout, 7), "held back i-007: i-002 goes first");
    assert_string_equal(explained(rollout, 0), "i-000 is InProgress");
    result(rollout, 0, 0);
    assert_nothing(rollout);
    assert_string_equal(held(rollout), "held back i-002: 8 healthy not in flight, minimum 8");
    result(rollout, 1, 0);
    decision = take(rollout, CDP_ROLLOUT_DECISION_VERDICT);
    assert_string_equal(sentence_of(&decision),
                        "Failed: i-001 failed, 2 in all, so at most 8 of 10 instances can be "
                        "healthy; more than 8 are needed with 8 untried");
    decision = take(rollout, CDP_ROLLOUT_DECISION_SKIP);
    assert_string_equal(sentence_of(&decision),
                        "skipped i-002: the deployment ended before its turn");
    assert_string_equal(explained(rollout, 2), sentence_of(&decision));
    take(rollout, CDP_ROLLOUT_DECISION_SETTLED);
    assert_nothing(rollout);
    assert_int_equal(cdp_rollout_held(rollout, &decision), CDP_ERR_NOT_FOUND);
    cdp_rollout_free(rollout);
}

static void unhealthy_ones_go_first(void **state)
{
    const fleet ten = {.instances = 10, .unhealthy = 0x380};
    const cdp_rollout_options options = count(7);
    cdp_rollout *rollout = fleet_start(&ten, &options);
    cdp_rollout_decision decision = take(rollout, CDP_ROLLOUT_DECISION_START);

    (void)state;
    assert_string_equal(sentence_of(&decision), "started i-007: it is unhealthy, so no capacity is "
                                                "lost; 1 in flight, at most 3");
    assert_started(rollout, 8);
    assert_started(rollout, 9);
    assert_nothing(rollout);
    assert_string_equal(held(rollout),
                        "held back i-000: unhealthy instances go first, 3 in flight");
    result(rollout, 7, 1);
    result(rollout, 8, 1);
    assert_nothing(rollout);
    result(rollout, 9, 1);
    assert_started(rollout, 0);
    cdp_rollout_free(rollout);
}

static void unhealthy_ones_go_so_many_at_a_time(void **state)
{
    const fleet ten = {.instances = 10, .unhealthy = 0x3ff};
    const cdp_rollout_options options = count(9);
    cdp_rollout *rollout = fleet_start(&ten, &options);

    (void)state;
    assert_started(rollout, 0);
    assert_nothing(rollout);
    assert_string_equal(held(rollout), "held back i-001: 1 in flight, at most 1 with 10 instances "
                                       "and minimum 9");
    cdp_rollout_free(rollout);
}

/* Those to which nothing was ever deployed are unhealthy, whatever a host says of the rest. */
static void a_first_deployment_is_all_unhealthy(void **state)
{
    const cdp_rollout_options options = count(1);
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(&options, NULL, NULL, &rollout), CDP_OK);
    for (int i = 0; i < 3; i++) {
        const char id = (char)('a' + i);
        const cdp_rollout_instance instance = {.size = sizeof instance, .id = {&id, 1}};

        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    assert_int_equal(numbers_of(rollout).healthy, 0);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_START).rule,
                     CDP_ROLLOUT_RULE_START_UNHEALTHY);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_START).rule,
                     CDP_ROLLOUT_RULE_START_UNHEALTHY);
    assert_nothing(rollout);
    cdp_rollout_free(rollout);
}

static void healthy_ones_go_while_enough_remain(void **state)
{
    const fleet five = {.instances = 5};
    const cdp_rollout_options options = count(3);
    cdp_rollout *rollout = fleet_start(&five, &options);

    (void)state;
    assert_started(rollout, 0);
    assert_started(rollout, 1);
    assert_nothing(rollout);
    /* It is unhealthy now: 3 remain, and one that is through would make room. */
    result(rollout, 0, 0);
    assert_nothing(rollout);
    result(rollout, 1, 1);
    assert_started(rollout, 2);
    assert_nothing(rollout);
    /* Healthy falls to 3 while two are untried. */
    result(rollout, 2, 0);
    assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_MINIMUM_REACHED,
                   "HEALTH_CONSTRAINTS");
    cdp_rollout_free(rollout);
}

static void stopped(cdp_rollout_stop_cause cause, cdp_rollout_verdict verdict,
                    cdp_rollout_rule rule, const char *code)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = count(2);
    cdp_rollout *rollout = fleet_start(&four, &options);
    cdp_rollout_decision decision;

    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 0, 1);
    assert_int_equal(cdp_rollout_stop(rollout, cause, 0, NULL), CDP_OK);
    assert_verdict(rollout, verdict, rule, code);
    take(rollout, CDP_ROLLOUT_DECISION_VERDICT);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_SKIP).instance, 2);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_SKIP).instance, 3);
    assert_nothing(rollout);
    assert_false(cdp_rollout_is_settled(rollout));
    /* What is in flight still reports, for its health. */
    result(rollout, 1, 1);
    assert_true(next_decision(rollout, &decision));
    assert_int_equal(decision.kind, CDP_ROLLOUT_DECISION_SETTLED);
    assert_true(cdp_rollout_is_settled(rollout));
    assert_int_equal(view_of(rollout, 1).instance_health, CDP_INSTANCE_HEALTHY);
    assert_int_equal(view_of(rollout, 1).revision_health, CDP_REVISION_HEALTH_OLD);
    assert_int_equal(state_of(rollout, 3), CDP_ROLLOUT_STATE_SKIPPED);
    assert_int_equal(view_of(rollout, 1).status, CDP_TARGET_STATUS_SUCCEEDED);
    assert_int_equal(view_of(rollout, 3).status, CDP_TARGET_STATUS_SKIPPED);
    cdp_rollout_free(rollout);
}

static void stops(void **state)
{
    (void)state;
    stopped(CDP_ROLLOUT_STOP_MANUAL, CDP_ROLLOUT_STOPPED, CDP_ROLLOUT_RULE_STOPPED_MANUALLY,
            "MANUAL_STOP");
    stopped(CDP_ROLLOUT_STOP_ALARM, CDP_ROLLOUT_STOPPED, CDP_ROLLOUT_RULE_STOPPED_BY_ALARM,
            "ALARM_ACTIVE");
    stopped(CDP_ROLLOUT_STOP_TIMEOUT, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_TIMED_OUT, "TIMEOUT");
}

/* A stop during the wait after a zone leaves the other zones untouched. */
static void zones_are_watched(void **state)
{
    const fleet four = {.instances = 4, .zoned = true, .second_zone = 0xc};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout;
    cdp_rollout_decision decision;

    (void)state;
    options.zonal = 1;
    options.zone_wait_ms = 3600000;
    options.first_zone_wait_ms = 5400500;
    rollout = fleet_start(&four, &options);
    assert_int_equal(cdp_rollout_zone_count(rollout), 2);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_string_equal(held(rollout), "held back i-002: zone a has its turn, 2 in flight");
    result(rollout, 1, 1);
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 1, 1000, NULL), CDP_OK);
    assert_true(next_decision(rollout, &decision));
    assert_int_equal(decision.kind, CDP_ROLLOUT_DECISION_WAIT);
    assert_string_equal(sentence_of(&decision),
                        "waiting 1 h 30 min 0.5 s: zone a is through and is watched");
    assert_nothing(rollout);
    assert_true(cdp_rollout_next_deadline(rollout) == 5401500);
    assert_int_equal(cdp_rollout_step(rollout, 5401499, NULL), CDP_OK);
    assert_nothing(rollout);
    assert_string_equal(held(rollout), "held back i-002: zone a is watched for another 0.001 s");
    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_ALARM, 5401499, NULL), CDP_OK);
    assert_true(cdp_rollout_next_deadline(rollout) == INT64_MAX);
    take_decisions(rollout, NULL);
    assert_int_equal(numbers_of(rollout).skipped, 2);
    assert_int_equal(numbers_of(rollout).succeeded, 2);
    cdp_rollout_free(rollout);
}

static void a_wait_can_be_cut_short(void **state)
{
    const fleet two = {.instances = 2, .zoned = true, .second_zone = 2};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout;

    (void)state;
    options.zonal = 1;
    options.first_zone_wait_ms = INT64_MAX;
    rollout = fleet_start(&two, &options);
    assert_started(rollout, 0);
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 1, 5, NULL), CDP_OK);
    assert_int_equal(take_decisions(rollout, NULL), 0);
    assert_int_equal(cdp_rollout_continue(rollout, 6, NULL), CDP_OK);
    assert_started(rollout, 1);
    cdp_rollout_free(rollout);
}

/* Zone a is healthy, zone b is not, and the minimum leaves no room in a: b's instances are mended
 * before their turn, no more than it takes. */
static void repair_before_its_turn(void **state)
{
    const fleet six = {.instances = 6, .zoned = true, .second_zone = 0x38, .unhealthy = 0x38};
    cdp_rollout_options options = count(3);
    cdp_rollout *rollout;
    cdp_rollout_decision decision;

    (void)state;
    options.zonal = 1;
    rollout = fleet_start(&six, &options);
    decision = take(rollout, CDP_ROLLOUT_DECISION_START);
    assert_int_equal(decision.rule, CDP_ROLLOUT_RULE_START_REPAIR);
    assert_string_equal(sentence_of(&decision),
                        "started i-003 before the turn of zone b: it is unhealthy, and 3 healthy "
                        "with minimum 3 leave no room elsewhere");
    assert_nothing(rollout);
    result(rollout, 3, 1);
    assert_started(rollout, 0);
    assert_nothing(rollout);
    result(rollout, 0, 1);
    cdp_rollout_free(rollout);
}

/* Zones go by their names, whatever the order in which the host told of them. */
static void zones_go_by_name(void **state)
{
    static const char *const zones[] = {"eu-west-1c", "eu-west-1a", "eu-west-1b"};
    static const uint32_t order[] = {1, 2, 0};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout = NULL;

    (void)state;
    options.zonal = 1;
    assert_int_equal(cdp_rollout_new(&options, NULL, NULL, &rollout), CDP_OK);
    for (int i = 0; i < 3; i++) {
        const char id = (char)('a' + i);
        const cdp_rollout_instance instance = {
            .size = sizeof instance, .id = {&id, 1}, .zone = cdp_string_of(zones[i])};

        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    for (int i = 0; i < 3; i++) {
        assert_started(rollout, order[i]);
        assert_nothing(rollout);
        result(rollout, order[i], 1);
    }
    cdp_rollout_free(rollout);
}

/* Where the minimum leaves room, the unhealthy ones of zone b wait for b's turn; within a zone they
 * go first. */
static void unhealthy_ones_keep_to_their_zone(void **state)
{
    const fleet six = {.instances = 6, .zoned = true, .second_zone = 0x38, .unhealthy = 0x14};
    static const uint32_t order[] = {2, 0, 1, 4, 3, 5};
    cdp_rollout_options options = count(3);
    cdp_rollout *rollout;

    (void)state;
    options.zonal = 1;
    options.concurrency_limit = 1;
    rollout = fleet_start(&six, &options);
    for (int i = 0; i < 6; i++) {
        assert_started(rollout, order[i]);
        assert_nothing(rollout);
        result(rollout, order[i], 1);
    }
    cdp_rollout_free(rollout);
}

static cdp_rollout *green(uint32_t instances, uint32_t originals, int hold)
{
    const fleet f = {.instances = instances, .originals = originals};
    cdp_rollout_options options = count(0);

    options.kind = CDP_ROLLOUT_BLUE_GREEN;
    options.hold_before_reroute = hold;
    return fleet_start(&f, &options);
}

static void blue_green_phases(void **state)
{
    cdp_rollout *rollout = green(2, 2, 1);

    (void)state;
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_PHASE).phase, CDP_ROLLOUT_PHASE_INSTALL);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_string_equal(explained(rollout, 2), "held back o-002: it is an original, and traffic "
                                               "has to be on the replacement first");
    result(rollout, 1, 1);
    assert_int_equal(state_of(rollout, 1), CDP_ROLLOUT_STATE_READY);
    result(rollout, 0, 1);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_PHASE).phase, CDP_ROLLOUT_PHASE_READY);
    assert_nothing(rollout);
    assert_string_equal(held(rollout), "held back: everything is installed, traffic waits for the "
                                       "word to continue");
    assert_int_equal(cdp_rollout_continue(rollout, 9, NULL), CDP_OK);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_PHASE).phase, CDP_ROLLOUT_PHASE_REROUTE);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_START).attempt, 2);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    assert_int_equal(cdp_rollout_result(rollout, 0, 0, 1, 9, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_result(rollout, 1, 0, 1, 9, NULL), CDP_OK);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_PHASE).phase, CDP_ROLLOUT_PHASE_DEREGISTER);
    assert_string_equal(explained(rollout, 3), "held back o-003: o-002 goes first");
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_int_equal(cdp_rollout_result(rollout, 2, 0, 1, 9, NULL), CDP_OK);
    assert_int_equal(cdp_rollout_result(rollout, 3, 0, 1, 9, NULL), CDP_OK);
    assert_verdict(rollout, CDP_ROLLOUT_SUCCEEDED, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, NULL);
    assert_int_equal(view_of(rollout, 0).revision_health, CDP_REVISION_HEALTH_CURRENT);
    /* The originals keep what they have. */
    assert_int_equal(view_of(rollout, 2).revision_health, CDP_REVISION_HEALTH_OLD);
    assert_int_equal(numbers_of(rollout).instances, 2);
    cdp_rollout_free(rollout);
}

/* M = 4 of 6: at most two are installed at a time, and at most two get their traffic at a time. */
static void both_phases_follow_the_minimum(void **state)
{
    const fleet f = {.instances = 6, .unhealthy = 0x3f, .originals = 1};
    cdp_rollout_options options = count(4);
    cdp_rollout *rollout;

    (void)state;
    options.kind = CDP_ROLLOUT_BLUE_GREEN;
    rollout = fleet_start(&f, &options);
    for (int phase = 0; phase < 2; phase++) {
        for (int i = 0; i < 3; i++) {
            uint32_t started[6];

            assert_int_equal(take_decisions(rollout, started), 2);
            result(rollout, started[0], 1);
            result(rollout, started[1], 1);
        }
    }
    assert_int_equal(cdp_rollout_current_phase(rollout), CDP_ROLLOUT_PHASE_DEREGISTER);
    cdp_rollout_free(rollout);
}

/* A single original that cannot be deregistered fails the whole. */
static void originals_are_not_forgiven(void **state)
{
    cdp_rollout *rollout = green(2, 3, 0);
    uint32_t started[2];

    (void)state;
    for (int phase = 0; phase < 2; phase++) {
        assert_int_equal(take_decisions(rollout, started), 2);
        result(rollout, started[0], 1);
        result(rollout, started[1], 1);
    }
    assert_int_equal(take_decisions(rollout, NULL), 3);
    result(rollout, 3, 1);
    result(rollout, 4, 0);
    assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_ORIGINAL_FAILED,
                   "HEALTH_CONSTRAINTS");
    result(rollout, 2, 1);
    take_decisions(rollout, NULL);
    assert_true(cdp_rollout_is_settled(rollout));
    cdp_rollout_free(rollout);
}

/* An installed instance that never got its traffic: its health is what it was, its revision Old. */
static void stopped_while_ready(void **state)
{
    cdp_rollout *rollout = green(2, 1, 1);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 0, 1);
    assert_int_equal(cdp_rollout_stop(rollout, CDP_ROLLOUT_STOP_MANUAL, 0, NULL), CDP_OK);
    take(rollout, CDP_ROLLOUT_DECISION_VERDICT);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_SKIP).instance, 0);
    assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_SKIP).instance, 2);
    assert_nothing(rollout);
    /* The other one was being installed; it too will not get any traffic. */
    result(rollout, 1, 1);
    take(rollout, CDP_ROLLOUT_DECISION_SETTLED);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(state_of(rollout, i), CDP_ROLLOUT_STATE_SKIPPED);
        assert_int_equal(view_of(rollout, i).instance_health, CDP_INSTANCE_HEALTHY);
        assert_int_equal(view_of(rollout, i).revision_health, CDP_REVISION_HEALTH_OLD);
    }
    cdp_rollout_free(rollout);
}

static void auto_scaling_answers(void **state)
{
    static const struct {
        cdp_rollout_kind kind;
        int succeeded;
        cdp_rollout_lifecycle_answer answer;
    } cases[] = {
        {CDP_ROLLOUT_LAUNCH, 1, CDP_ROLLOUT_ANSWER_CONTINUE},
        {CDP_ROLLOUT_LAUNCH, 0, CDP_ROLLOUT_ANSWER_ABANDON},
        {CDP_ROLLOUT_TERMINATION, 1, CDP_ROLLOUT_ANSWER_CONTINUE},
        {CDP_ROLLOUT_TERMINATION, 0, CDP_ROLLOUT_ANSWER_CONTINUE},
        {CDP_ROLLOUT_IN_PLACE, 1, CDP_ROLLOUT_ANSWER_NONE},
    };
    const fleet one = {.instances = 1, .unhealthy = 1};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* The group's minimum does not apply to a single instance. */
        cdp_rollout_options options = count(cases[i].kind == CDP_ROLLOUT_IN_PLACE ? 0 : 3);
        cdp_rollout *rollout;

        options.kind = cases[i].kind;
        rollout = fleet_start(&one, &options);
        assert_int_equal(cdp_rollout_auto_scaling_answer(rollout), CDP_ROLLOUT_ANSWER_NONE);
        assert_started(rollout, 0);
        result(rollout, 0, cases[i].succeeded);
        assert_verdict(rollout, cases[i].succeeded ? CDP_ROLLOUT_SUCCEEDED : CDP_ROLLOUT_FAILED,
                       cases[i].succeeded ? CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED
                                          : CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED,
                       cases[i].succeeded ? NULL : "HEALTH_CONSTRAINTS");
        assert_int_equal(cdp_rollout_auto_scaling_answer(rollout), cases[i].answer);
        cdp_rollout_free(rollout);
    }
    assert_string_equal(cdp_rollout_lifecycle_answer_name(CDP_ROLLOUT_ANSWER_ABANDON), "ABANDON");
}

/* Only instances that do not run the latest revision. */
static void outdated_only(void **state)
{
    cdp_rollout_options options = {.size = sizeof options, .outdated_only = 1};
    cdp_rollout *rollout = NULL;

    (void)state;
    assert_int_equal(cdp_rollout_new(&options, NULL, NULL, &rollout), CDP_OK);
    for (int i = 0; i < 4; i++) {
        const char id[] = {(char)('a' + i), '\0'};
        const cdp_rollout_instance instance = {
            .size = sizeof instance,
            .id = {id, 1},
            .instance_health = CDP_INSTANCE_HEALTHY,
            .revision_health = i % 2 ? CDP_REVISION_HEALTH_CURRENT : CDP_REVISION_HEALTH_OLD};

        assert_int_equal(cdp_rollout_add(rollout, &instance, 1, NULL), CDP_OK);
    }
    assert_int_equal(cdp_rollout_start(rollout, 0, NULL), CDP_OK);
    assert_int_equal(numbers_of(rollout).instances, 2);
    assert_int_equal(numbers_of(rollout).excluded, 2);
    assert_started(rollout, 0);
    result(rollout, 0, 1);
    assert_started(rollout, 2);
    result(rollout, 2, 0);
    assert_int_equal(take_decisions(rollout, NULL), 0);
    assert_verdict(rollout, CDP_ROLLOUT_SUCCEEDED, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, NULL);
    assert_int_equal(view_of(rollout, 1).revision_health, CDP_REVISION_HEALTH_CURRENT);
    assert_int_equal(view_of(rollout, 1).instance_health, CDP_INSTANCE_HEALTHY);
    cdp_rollout_free(rollout);
}

/* -- beyond CodeDeploy --------------------------------------------------------------------------- */

static void last_failure_is_not_forgiven(void **state)
{
    const fleet three = {.instances = 3};
    cdp_rollout_options options = {.size = sizeof options, .no_forgiveness = 1};
    cdp_rollout *rollout = fleet_start(&three, &options);

    (void)state;
    for (uint32_t i = 0; i < 3; i++) {
        assert_started(rollout, i);
        result(rollout, i, i < 2);
    }
    assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_MINIMUM_REACHED,
                   "HEALTH_CONSTRAINTS");
    cdp_rollout_free(rollout);
}

static void spend(cdp_rollout_budget type, int64_t budget, uint32_t failures_borne)
{
    const fleet ten = {.instances = 10};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout;

    options.failure_budget_type = type;
    options.failure_budget = budget;
    rollout = fleet_start(&ten, &options);
    take_decisions(rollout, NULL);
    for (uint32_t i = 0; i < failures_borne; i++)
        result(rollout, i, 0);
    assert_int_equal(cdp_rollout_current_verdict(rollout, NULL), CDP_ROLLOUT_UNDECIDED);
    result(rollout, failures_borne, 0);
    assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_BUDGET_SPENT,
                   "HEALTH_CONSTRAINTS");
    cdp_rollout_free(rollout);
}

static void failure_budgets(void **state)
{
    (void)state;
    spend(CDP_ROLLOUT_BUDGET_COUNT, 0, 0);
    spend(CDP_ROLLOUT_BUDGET_COUNT, 3, 3);
    spend(CDP_ROLLOUT_BUDGET_PERCENT, 0, 0);
    spend(CDP_ROLLOUT_BUDGET_PERCENT, 29, 2);
    spend(CDP_ROLLOUT_BUDGET_PERCENT, 30, 3);
}

static void concurrency_limit(void **state)
{
    const fleet ten = {.instances = 10};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout;

    (void)state;
    options.concurrency_limit = 3;
    rollout = fleet_start(&ten, &options);
    assert_int_equal(take_decisions(rollout, NULL), 3);
    assert_string_equal(held(rollout), "held back i-003: 3 in flight, the concurrency limit is 3");
    result(rollout, 1, 1);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    cdp_rollout_free(rollout);
}

static void canary_batch(void **state)
{
    const fleet ten = {.instances = 10};
    cdp_rollout_options options = count(5);
    cdp_rollout *rollout;
    cdp_rollout_decision decision;

    (void)state;
    options.canary_size = 2;
    options.canary_wait_ms = 60000;
    rollout = fleet_start(&ten, &options);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_string_equal(held(rollout), "held back i-002: the canary batch of 2 is not through yet, "
                                       "2 in flight");
    result(rollout, 1, 1);
    assert_nothing(rollout);
    result(rollout, 0, 1);
    decision = take(rollout, CDP_ROLLOUT_DECISION_WAIT);
    assert_string_equal(sentence_of(&decision),
                        "waiting 1 min: the canary batch is through and is watched");
    assert_nothing(rollout);
    assert_int_equal(cdp_rollout_step(rollout, 60000, NULL), CDP_OK);
    assert_int_equal(take_decisions(rollout, NULL), 5);
    cdp_rollout_free(rollout);
    rollout = fleet_start(&ten, &options);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 1, 0);
    assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_CANARY_FAILED,
                   "HEALTH_CONSTRAINTS");
    cdp_rollout_free(rollout);
}

/* A success that a restart makes void is none of the batch's. */
static void canary_that_restarts(void **state)
{
    const fleet ten = {.instances = 10};
    cdp_rollout_options options = count(0);

    (void)state;
    options.canary_size = 2;
    for (int waits = 0; waits < 2; waits++) {
        cdp_rollout *rollout;

        options.canary_wait_ms = waits ? 60000 : 0;
        rollout = fleet_start(&ten, &options);
        assert_int_equal(take_decisions(rollout, NULL), 2);
        result(rollout, 0, 1);
        if (waits) { /* while the batch is watched */
            result(rollout, 1, 1);
            (void)take(rollout, CDP_ROLLOUT_DECISION_WAIT);
        }
        assert_int_equal(cdp_rollout_restart(rollout, 0, 0, NULL), CDP_OK);
        if (waits)
            assert_int_equal(cdp_rollout_step(rollout, 60000, NULL), CDP_OK);
        assert_int_equal(take(rollout, CDP_ROLLOUT_DECISION_START).instance, 0);
        if (!waits)
            result(rollout, 1, 1);
        assert_nothing(rollout);
        assert_int_equal(cdp_rollout_result(rollout, 0, 0, 0, waits ? 60000 : 0, NULL), CDP_OK);
        assert_verdict(rollout, CDP_ROLLOUT_FAILED, CDP_ROLLOUT_RULE_CANARY_FAILED,
                       "HEALTH_CONSTRAINTS");
        cdp_rollout_free(rollout);
    }
}

/* Attempts have 16 bits: one and the next still have different numbers. */
static void many_attempts(void **state)
{
    const fleet one = {.instances = 1};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout = fleet_start(&one, &options);
    uint32_t before = 0;

    (void)state;
    for (int i = 0; i < 65540; i++) {
        cdp_rollout_decision decision = take(rollout, CDP_ROLLOUT_DECISION_START);

        assert_int_not_equal(decision.attempt, 0);
        assert_int_not_equal(decision.attempt, before);
        if (before)
            assert_int_equal(cdp_rollout_result(rollout, 0, before, 1, 0, NULL), CDP_ERR_STATE);
        before = decision.attempt;
        assert_int_equal(cdp_rollout_restart(rollout, 0, 0, NULL), CDP_OK);
    }
    cdp_rollout_free(rollout);
}

/* A batch as large as the fleet is the fleet; a failure after the batch is judged as ever. */
static void canary_of_everything(void **state)
{
    const fleet three = {.instances = 3};
    cdp_rollout_options options = count(0);
    cdp_rollout *rollout;

    (void)state;
    options.canary_size = 100;
    options.canary_wait_ms = 5;
    rollout = fleet_start(&three, &options);
    assert_int_equal(take_decisions(rollout, NULL), 3);
    for (uint32_t i = 0; i < 3; i++)
        result(rollout, i, 1);
    assert_verdict(rollout, CDP_ROLLOUT_SUCCEEDED, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, NULL);
    cdp_rollout_free(rollout);
}

static void names_and_sources(void **state)
{
    int rules = 0;

    (void)state;
    for (int rule = 0; rule < 100; rule++) {
        bool named = strcmp(cdp_rollout_rule_name((cdp_rollout_rule)rule), "unknown") != 0;

        rules += named;
        assert_int_equal(named, cdp_rollout_rule_source((cdp_rollout_rule)rule) != NULL);
    }
    assert_int_equal(rules, 39);
    assert_string_equal(cdp_rollout_kind_name(CDP_ROLLOUT_BLUE_GREEN), "blue/green");
    assert_string_equal(cdp_rollout_phase_name(CDP_ROLLOUT_PHASE_DEREGISTER), "deregister");
    assert_string_equal(cdp_rollout_verdict_name(CDP_ROLLOUT_STOPPED), "Stopped");
    assert_string_equal(cdp_rollout_state_name(CDP_ROLLOUT_STATE_SKIPPED), "Skipped");
    assert_string_equal(cdp_rollout_decision_kind_name(CDP_ROLLOUT_DECISION_WAIT), "wait");
    assert_string_equal(cdp_rollout_decision_kind_name((cdp_rollout_decision_kind)0), "unknown");
    assert_string_equal(cdp_rollout_state_name((cdp_rollout_state)-1), "unknown");
}

/* A caller whose decision is shorter or longer than ours gets what it knows. */
static void decisions_of_another_size(void **state)
{
    const fleet ten = {.instances = 10};
    const cdp_rollout_options options = count(5);
    struct {
        cdp_rollout_decision known;
        uint64_t unknown;
    } longer[3];
    cdp_rollout *rollout = fleet_start(&ten, &options);
    size_t taken;

    (void)state;
    memset(longer, 0xEE, sizeof longer);
    longer[0].known.size = sizeof *longer;
    assert_int_equal(cdp_rollout_decide(rollout, &longer[0].known, 3, &taken), CDP_OK);
    assert_int_equal(taken, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(longer[i].known.size, sizeof *longer);
        assert_int_equal(longer[i].unknown, 0);
        assert_int_equal(longer[i].known.kind,
                         i ? CDP_ROLLOUT_DECISION_START : CDP_ROLLOUT_DECISION_PHASE);
    }
    assert_int_equal(longer[2].known.instance, 1);
    cdp_rollout_free(rollout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NAMED("5.6 unhealthy first, then by revision, ties by id", order_of_work),
        cmocka_unit_test(reasons_are_told),
        NAMED("5.7 a first deployment is all unhealthy", a_first_deployment_is_all_unhealthy),
        NAMED("5.9 healthy ones go while enough remain", healthy_ones_go_while_enough_remain),
        NAMED("5.8 unhealthy ones go first", unhealthy_ones_go_first),
        NAMED("5.14 so many unhealthy ones at a time", unhealthy_ones_go_so_many_at_a_time),
        NAMED("5.15 what is in flight may finish, the rest is skipped", stops),
        NAMED("6.1, 6.3, 6.10 a stop while a zone is watched", zones_are_watched),
        cmocka_unit_test(a_wait_can_be_cut_short),
        NAMED("6.9 unhealthy ones keep to their zone", unhealthy_ones_keep_to_their_zone),
        NAMED("6.9 but go before its turn when nothing else can", repair_before_its_turn),
        NAMED("6.8 zones go by name", zones_go_by_name),
        NAMED("5.31 both phases follow the minimum", both_phases_follow_the_minimum),
        cmocka_unit_test(blue_green_phases),
        NAMED("lifecycle 8.5 originals are not forgiven", originals_are_not_forgiven),
        cmocka_unit_test(stopped_while_ready),
        NAMED("health 6.3, 6.5 what an Auto Scaling group is told", auto_scaling_answers),
        NAMED("health 1.11, 7.3 outdated instances only", outdated_only),
        cmocka_unit_test(last_failure_is_not_forgiven),
        cmocka_unit_test(failure_budgets),
        cmocka_unit_test(concurrency_limit),
        cmocka_unit_test(canary_batch),
        cmocka_unit_test(canary_that_restarts),
        cmocka_unit_test(many_attempts),
        cmocka_unit_test(canary_of_everything),
        cmocka_unit_test(names_and_sources),
        cmocka_unit_test(decisions_of_another_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
