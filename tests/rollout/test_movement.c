/* SPDX-License-Identifier: MIT */
/* Instances that join, leave and restart during a roll-out. */
#include "fleet.h"

#include <stdio.h>

#include "base/strings.h"
#include "cases.h"
#include "rollout/machine.h"

static cdp_rollout_options count(int64_t minimum)
{
    return (cdp_rollout_options){.size = sizeof(cdp_rollout_options),
                                 .minimum_type = CDP_MINIMUM_HOST_COUNT,
                                 .minimum_value = minimum};
}

static cdp_rollout_options live(cdp_minimum_type type, int64_t minimum)
{
    return (cdp_rollout_options){.size = sizeof(cdp_rollout_options),
                                 .minimum_type = type,
                                 .minimum_value = minimum,
                                 .live_membership = 1};
}

static uint32_t join(cdp_rollout *rollout, const char *id, const char *zone,
                     cdp_instance_health health)
{
    const cdp_rollout_instance instance = {.size = sizeof instance,
                                           .id = cdp_string_of(id),
                                           .zone = cdp_string_of(zone),
                                           .instance_health = health};
    uint32_t number = 0;

    assert_int_equal(cdp_rollout_join(rollout, &instance, 0, NULL, &number), CDP_OK);
    return number;
}

static void result(cdp_rollout *rollout, uint32_t instance, int succeeded)
{
    assert_int_equal(cdp_rollout_result(rollout, instance, 0, succeeded, 0, NULL), CDP_OK);
}

static void leave(cdp_rollout *rollout, uint32_t instance)
{
    assert_int_equal(cdp_rollout_leave(rollout, instance, 0, NULL), CDP_OK);
}

static void restart(cdp_rollout *rollout, uint32_t instance)
{
    assert_int_equal(cdp_rollout_restart(rollout, instance, 0, NULL), CDP_OK);
}

static cdp_rollout_verdict verdict(const cdp_rollout *rollout)
{
    return cdp_rollout_current_verdict(rollout, NULL);
}

/* Those that come later are not deployed to, but wanted by a follow-on deployment. */
static void joined_instances_are_for_a_follow_on(void **state)
{
    const fleet two = {.instances = 2};
    cdp_rollout_options options = count(0);
    uint32_t instance = 0;

    (void)state;
    for (int ignore = 0; ignore < 2; ignore++) {
        cdp_rollout *rollout;

        options.ignore_outdated = ignore;
        rollout = fleet_start(&two, &options);
        assert_int_equal(take_decisions(rollout, NULL), 2);
        assert_int_equal(join(rollout, "new-b", NULL, CDP_INSTANCE_UNHEALTHY), 2);
        assert_int_equal(join(rollout, "new-a", NULL, CDP_INSTANCE_UNHEALTHY), 3);
        leave(rollout, 2);
        assert_int_equal(take_decisions(rollout, NULL), 0);
        assert_int_equal(numbers_of(rollout).instances, 2);
        assert_int_equal(numbers_of(rollout).outdated, 1);
        result(rollout, 0, 1);
        assert_int_equal(cdp_rollout_outdated_count(rollout), 0);
        result(rollout, 1, 1);
        assert_int_equal(verdict(rollout), CDP_ROLLOUT_SUCCEEDED);
        assert_int_equal(cdp_rollout_outdated_count(rollout), ignore ? 0 : 1);
        instance = 0;
        assert_int_equal(cdp_rollout_outdated_next(rollout, &instance),
                         ignore ? CDP_ERR_NOT_FOUND : CDP_OK);
        if (!ignore) {
            assert_int_equal(instance++, 3);
            assert_int_equal(cdp_rollout_outdated_next(rollout, &instance), CDP_ERR_NOT_FOUND);
        }
        assert_int_equal(state_of(rollout, 2), CDP_ROLLOUT_STATE_LEFT);
        cdp_rollout_free(rollout);
    }
}

/* A failed deployment is followed by nothing. */
static void no_follow_on_after_a_failure(void **state)
{
    const fleet one = {.instances = 1};
    const cdp_rollout_options options = count(0);
    cdp_rollout *rollout = fleet_start(&one, &options);

    (void)state;
    take_decisions(rollout, NULL);
    join(rollout, "new", NULL, CDP_INSTANCE_UNHEALTHY);
    result(rollout, 0, 0);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_FAILED);
    assert_int_equal(cdp_rollout_outdated_count(rollout), 0);
    cdp_rollout_free(rollout);
}

/* One that cannot be reached counts as failed, begun or not. */
static void leaving_counts_as_failed(void **state)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = count(2);
    cdp_rollout *rollout = fleet_start(&four, &options);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 2);
    leave(rollout, 0);
    assert_int_equal(state_of(rollout, 0), CDP_ROLLOUT_STATE_FAILED);
    assert_int_equal(take_decisions(rollout, NULL), 0);
    leave(rollout, 3);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_FAILED);
    assert_int_equal(numbers_of(rollout).failed, 2);
    leave(rollout, 1);
    leave(rollout, 2);
    take_decisions(rollout, NULL);
    assert_true(cdp_rollout_is_settled(rollout));
    assert_int_equal(state_of(rollout, 1), CDP_ROLLOUT_STATE_FAILED);
    assert_int_equal(state_of(rollout, 2), CDP_ROLLOUT_STATE_SKIPPED);
    cdp_rollout_free(rollout);
}

/* A success that leaves stays a success, but it is one less that is healthy. */
static void leaving_after_success(void **state)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = count(2);
    cdp_rollout *rollout = fleet_start(&four, &options);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 0, 1);
    result(rollout, 1, 1);
    leave(rollout, 0);
    leave(rollout, 0);
    assert_int_equal(numbers_of(rollout).gone, 1);
    assert_int_equal(numbers_of(rollout).succeeded, 2);
    /* Three can be healthy, two have to be: one at a time now. */
    assert_int_equal(take_decisions(rollout, NULL), 1);
    result(rollout, 2, 1);
    leave(rollout, 1);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_FAILED);
    cdp_rollout_free(rollout);
}

static void restarting(void **state)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = count(2);
    cdp_rollout *rollout = fleet_start(&four, &options);
    uint32_t started[4];

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 0, 1);
    /* One that is in flight, one that succeeded, one that waits: all go again, before the others. */
    restart(rollout, 1);
    restart(rollout, 0);
    restart(rollout, 3);
    restart(rollout, 3);
    assert_int_equal(numbers_of(rollout).succeeded, 0);
    assert_int_equal(numbers_of(rollout).healthy, 1);
    assert_int_equal(take_decisions(rollout, started), 2);
    assert_int_equal(started[0], 0);
    assert_int_equal(started[1], 1);
    assert_int_equal(view_of(rollout, 0).attempts, 2);
    assert_int_equal(cdp_rollout_result(rollout, 1, 1, 1, 0, NULL), CDP_ERR_STATE);
    result(rollout, 0, 1);
    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(started[0], 3);
    result(rollout, 1, 1);
    result(rollout, 3, 0);
    restart(rollout, 3);
    assert_int_equal(state_of(rollout, 3), CDP_ROLLOUT_STATE_FAILED);
    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(started[0], 2);
    result(rollout, 2, 1);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_SUCCEEDED);
    restart(rollout, 2);
    assert_int_equal(state_of(rollout, 2), CDP_ROLLOUT_STATE_SUCCEEDED);
    cdp_rollout_free(rollout);
}

static void restarting_while_rerouting(void **state)
{
    const fleet f = {.instances = 3, .originals = 1};
    cdp_rollout_options options = count(1);
    cdp_rollout *rollout;

    (void)state;
    options.kind = CDP_ROLLOUT_BLUE_GREEN;
    rollout = fleet_start(&f, &options);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    result(rollout, 0, 1);
    restart(rollout, 0); /* installed, and lost again: it is installed once more */
    restart(rollout, 3); /* originals are not concerned */
    assert_int_equal(state_of(rollout, 0), CDP_ROLLOUT_STATE_PENDING);
    result(rollout, 1, 1);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    result(rollout, 0, 1);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    result(rollout, 2, 1);
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_int_equal(cdp_rollout_current_phase(rollout), CDP_ROLLOUT_PHASE_REROUTE);
    result(rollout, 0, 1);
    restart(rollout, 0); /* it has the traffic: the balancer's business */
    restart(rollout, 1); /* nothing left to route traffic to */
    assert_int_equal(state_of(rollout, 0), CDP_ROLLOUT_STATE_SUCCEEDED);
    assert_int_equal(state_of(rollout, 1), CDP_ROLLOUT_STATE_FAILED);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    result(rollout, 2, 1);
    leave(rollout, 3); /* an original that is gone needs no deregistering */
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_SUCCEEDED);
    cdp_rollout_free(rollout);
}

/* The hold before rerouting: one that is lost there cannot come back. */
static void leaving_while_ready(void **state)
{
    const fleet f = {.instances = 2};
    cdp_rollout_options options = count(1);
    cdp_rollout *rollout;

    (void)state;
    options.kind = CDP_ROLLOUT_BLUE_GREEN;
    options.hold_before_reroute = 1;
    rollout = fleet_start(&f, &options);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(take_decisions(rollout, NULL), 1);
        result(rollout, i, 1);
    }
    assert_int_equal(cdp_rollout_current_phase(rollout), CDP_ROLLOUT_PHASE_READY);
    restart(rollout, 0);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_UNDECIDED);
    leave(rollout, 1);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_FAILED);
    cdp_rollout_free(rollout);
}

static void live_members_come_and_go(void **state)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = live(CDP_MINIMUM_FLEET_PERCENT, 50);
    cdp_rollout *rollout = fleet_start(&four, &options);
    uint32_t started[4];

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 2);
    assert_int_equal(join(rollout, "a-new", NULL, CDP_INSTANCE_UNHEALTHY), 4);
    assert_int_equal(numbers_of(rollout).instances, 5);
    assert_int_equal(numbers_of(rollout).minimum, 3);
    leave(rollout, 0);
    leave(rollout, 0);
    assert_int_equal(numbers_of(rollout).instances, 4);
    assert_int_equal(numbers_of(rollout).minimum, 2);
    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(started[0], 4);
    /* Nothing has failed, but instances left: two of four, and two have to stay. */
    leave(rollout, 3);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_UNDECIDED);
    result(rollout, 1, 1);
    result(rollout, 4, 1);
    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(started[0], 2);
    result(rollout, 2, 1);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_SUCCEEDED);
    assert_int_equal(numbers_of(rollout).succeeded, 3);
    cdp_rollout_free(rollout);
}

/* With a fixed count the departures alone can make it impossible. */
static void too_many_live_members_leave(void **state)
{
    const fleet four = {.instances = 4};
    const cdp_rollout_options options = live(CDP_MINIMUM_HOST_COUNT, 3);
    cdp_rollout *rollout = fleet_start(&four, &options);

    (void)state;
    assert_int_equal(take_decisions(rollout, NULL), 1);
    leave(rollout, 3);
    assert_int_equal(verdict(rollout), CDP_ROLLOUT_FAILED);
    cdp_rollout_free(rollout);
}

static void everybody_leaves(void **state)
{
    const fleet two = {.instances = 2};
    const cdp_rollout_options options = live(CDP_MINIMUM_NONE, 0);
    cdp_rollout *rollout = fleet_start(&two, &options);
    cdp_rollout_decision decision = {.size = sizeof decision};

    (void)state;
    take_decisions(rollout, NULL);
    leave(rollout, 1);
    leave(rollout, 0);
    assert_int_equal(cdp_rollout_current_verdict(rollout, &decision), CDP_ROLLOUT_FAILED);
    assert_string_equal(decision.error_code, "NO_INSTANCES");
    cdp_rollout_free(rollout);
}

/* A new zone takes its place among the names; one whose minimum leaves no room is for later. */
static void joining_a_zone(void **state)
{
    const fleet four = {.instances = 4, .zoned = true, .second_zone = 0xc};
    cdp_rollout_options options = live(CDP_MINIMUM_HOST_COUNT, 0);
    cdp_rollout *rollout;
    cdp_rollout_numbers numbers = {.size = sizeof numbers};
    uint32_t started[4];

    (void)state;
    options.zonal = 1;
    options.zone_minimum_type = CDP_MINIMUM_HOST_COUNT;
    options.zone_minimum_value = 1;
    rollout = fleet_start(&four, &options);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    assert_int_equal(join(rollout, "n-1", "a2", CDP_INSTANCE_UNHEALTHY), 4);
    assert_int_equal(state_of(rollout, 4), CDP_ROLLOUT_STATE_OUTDATED);
    assert_int_equal(join(rollout, "n-2", "b", CDP_INSTANCE_UNHEALTHY), 5);
    assert_int_equal(cdp_rollout_zone_count(rollout), 3);
    assert_int_equal(cdp_rollout_zone_at(rollout, 1, &numbers), CDP_OK);
    assert_cdp_string(numbers.zone, "a2");
    assert_int_equal(numbers.outdated, 1);
    assert_int_equal(cdp_rollout_zone_at(rollout, 3, &numbers), CDP_ERR_NOT_FOUND);
    result(rollout, 0, 1);
    assert_int_equal(take_decisions(rollout, NULL), 1);
    result(rollout, 1, 1);
    assert_int_equal(take_decisions(rollout, started), 1);
    assert_int_equal(started[0], 5);
    cdp_rollout_free(rollout);
}

/* A zone in which nobody takes part is passed at once, wherever its name stands: none of its instances
 * goes ahead of its turn for a minimum that is out of reach. */
static void joining_brings_an_empty_zone(void **state)
{
    static const char *const zones[] = {"0", "z"};
    const fleet one = {.instances = 1, .zoned = true};
    cdp_rollout_options options = live(CDP_MINIMUM_HOST_COUNT, 3);

    (void)state;
    options.allow_single = options.outdated_only = options.zonal = 1;
    options.zone_minimum_type = CDP_MINIMUM_HOST_COUNT;
    for (int i = 0; i < 2; i++) {
        cdp_rollout *rollout = fleet_start(&one, &options);
        const cdp_rollout_instance current = {.size = sizeof current,
                                              .id = cdp_string_of("new"),
                                              .zone = cdp_string_of(zones[i]),
                                              .revision_health = CDP_REVISION_HEALTH_CURRENT};

        /* No single one any more: now the minimum counts. */
        join(rollout, "second", "a", CDP_INSTANCE_HEALTHY);
        assert_int_equal(cdp_rollout_join(rollout, &current, 0, NULL, NULL), CDP_OK);
        assert_int_equal(state_of(rollout, 2), CDP_ROLLOUT_STATE_EXCLUDED);
        assert_int_equal(take_decisions(rollout, NULL), 0);
        cdp_rollout_free(rollout);
    }
}

/* Past installing, one that joins is for a follow-on deployment even with live membership. */
static void joining_while_rerouting(void **state)
{
    const fleet one = {.instances = 1};
    cdp_rollout_options options = live(CDP_MINIMUM_NONE, 0);
    cdp_rollout *rollout;

    (void)state;
    options.kind = CDP_ROLLOUT_BLUE_GREEN;
    rollout = fleet_start(&one, &options);
    take_decisions(rollout, NULL);
    result(rollout, 0, 1);
    assert_int_equal(join(rollout, "late", NULL, CDP_INSTANCE_HEALTHY), 1);
    assert_int_equal(state_of(rollout, 1), CDP_ROLLOUT_STATE_OUTDATED);
    cdp_rollout_free(rollout);
}

/* 300 that join in a wild order are found again, come in the order of work, and twice is refused. */
static void many_join(void **state)
{
    const fleet two = {.instances = 2};
    const cdp_rollout_options options = live(CDP_MINIMUM_HOST_COUNT, 1);
    cdp_rollout *rollout = fleet_start(&two, &options);
    uint32_t started[302];
    char last[16] = "";
    uint32_t found;

    (void)state;
    for (uint32_t i = 0; i < 300; i++) {
        char id[16];

        snprintf(id, sizeof id, "n-%03u", (unsigned)(i * 7 % 300));
        assert_int_equal(join(rollout, id, NULL, CDP_INSTANCE_UNHEALTHY), i + 2);
        for (uint32_t j = 0; j <= i; j += 17) {
            snprintf(id, sizeof id, "n-%03u", (unsigned)(j * 7 % 300));
            assert_int_equal(cdp_rollout_find(rollout, cdp_string_of(id), &found), CDP_OK);
            assert_int_equal(found, j + 2);
        }
    }
    assert_int_equal(cdp_rollout_find(rollout, CDP_STR("n-300"), &found), CDP_ERR_NOT_FOUND);
    assert_int_equal(cdp_rollout_find(rollout, CDP_STR("i-001"), &found), CDP_OK);
    assert_int_equal(take_decisions(rollout, started), 300);
    for (size_t i = 0; i < 300; i++) {
        cdp_string id = view_of(rollout, started[i]).id;

        assert_true(strcmp(last, id.data) < 0);
        snprintf(last, sizeof last, "%s", id.data);
    }
    cdp_rollout_free(rollout);
}

/* Leaving and restarting those that wait in the heap, in a wild order. */
static void heap_survives_removals(void **state)
{
    const fleet two = {.instances = 2};
    const cdp_rollout_options options = live(CDP_MINIMUM_HOST_COUNT, 1);
    cdp_rollout *rollout = fleet_start(&two, &options);
    uint32_t started[256];
    size_t count_started;

    (void)state;
    for (uint32_t i = 0; i < 200; i++) {
        char id[16];

        snprintf(id, sizeof id, "n-%03u", (unsigned)(i * 37 % 200));
        join(rollout, id, NULL, i % 3 ? CDP_INSTANCE_HEALTHY : CDP_INSTANCE_UNHEALTHY);
    }
    for (uint32_t i = 2; i < 202; i++) {
        if (i % 5 == 0)
            leave(rollout, i);
        else if (i % 7 == 0)
            restart(rollout, i);
    }
    count_started = take_decisions(rollout, started);
    assert_true(count_started > 50);
    for (size_t i = 0; i < count_started; i++) {
        const cdp_member *member = &rollout->members[started[i]];

        assert_true(started[i] < 2 || started[i] % 5 != 0);
        assert_true(!cdp_member_is(member, CDP_MEMBER_WAS_HEALTHY));
    }
    for (size_t i = 0; i < count_started; i++)
        result(rollout, started[i], 1);
    cdp_rollout_free(rollout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        NAMED("health 2.23, 7.1 joined instances are for a follow-on",
              joined_instances_are_for_a_follow_on),
        cmocka_unit_test(no_follow_on_after_a_failure),
        NAMED("5.12, health 6.7 leaving counts as failed", leaving_counts_as_failed),
        cmocka_unit_test(leaving_after_success),
        cmocka_unit_test(restarting),
        cmocka_unit_test(restarting_while_rerouting),
        cmocka_unit_test(leaving_while_ready),
        cmocka_unit_test(live_members_come_and_go),
        cmocka_unit_test(too_many_live_members_leave),
        cmocka_unit_test(everybody_leaves),
        cmocka_unit_test(joining_a_zone),
        cmocka_unit_test(joining_brings_an_empty_zone),
        cmocka_unit_test(joining_while_rerouting),
        cmocka_unit_test(many_join),
        cmocka_unit_test(heap_survives_removals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
