/* SPDX-License-Identifier: MIT */
/*
 * Random situations, many more targets than in the small world, and what holds for every plan:
 *
 * - a target has one part, and stands in the step that the part says, or in none;
 * - steps carried out in order never leave nobody with traffic, and at the end what had it at the
 *   start and is there has it, and no replacement has;
 * - as many as have to stay healthy do, whichever are worked on at a time;
 * - the same plan comes out when the targets are told in another order;
 * - no sentence is cut short, and every index that is told is one.
 *
 *     test_property ROUNDS
 */
#include "situation.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strings.h"

enum { MOST = 24 };

static uint64_t rounds;

static uint64_t seed;

static uint32_t below(uint32_t bound)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % bound;
}

static int chance(uint32_t percent)
{
    return below(100) < percent;
}

typedef struct made {
    cdp_rollback_situation it;
    cdp_rollback_target targets[MOST];
    char ids[MOST][8];
    cdp_rollback_past past;
    cdp_group_revision revision;
    cdp_config *config;
} made;

static const cdp_event order[] = {CDP_EVENT_BEFORE_BLOCK_TRAFFIC,
                                  CDP_EVENT_BLOCK_TRAFFIC,
                                  CDP_EVENT_AFTER_BLOCK_TRAFFIC,
                                  CDP_EVENT_APPLICATION_STOP,
                                  CDP_EVENT_DOWNLOAD_BUNDLE,
                                  CDP_EVENT_BEFORE_INSTALL,
                                  CDP_EVENT_INSTALL,
                                  CDP_EVENT_AFTER_INSTALL,
                                  CDP_EVENT_APPLICATION_START,
                                  CDP_EVENT_VALIDATE_SERVICE,
                                  CDP_EVENT_BEFORE_ALLOW_TRAFFIC,
                                  CDP_EVENT_ALLOW_TRAFFIC,
                                  CDP_EVENT_AFTER_ALLOW_TRAFFIC};

static void make_target(made *m, size_t index)
{
    cdp_rollback_target *target = &m->targets[index];
    uint32_t events = chance(50) ? below(14) : 0;
    bool in_place = m->it.deployment_type == CDP_DEPLOYMENT_TYPE_IN_PLACE;

    snprintf(m->ids[index], sizeof m->ids[index], "i-%02u", (unsigned)index * 7 % MOST);
    *target = (cdp_rollback_target){
        .size = sizeof *target,
        .id = cdp_string_of(m->ids[index]),
        .status = (cdp_target_status)below(8),
        .begun = events > 0 || chance(10),
        .instance_health = (cdp_instance_health)below(2),
        .revision_health = (cdp_revision_health)below(3),
        .on_good_revision = chance(50),
        .original = !in_place && chance(50),
        .gone = chance(10),
    };
    target->had_traffic = target->original && chance(90);
    target->has_traffic = !target->gone && !in_place && chance(50);
    for (uint32_t i = 0; i < events; i++)
        target->events |= UINT32_C(1) << order[i];
    target->events_done = target->events;
    if (events > 0 && chance(50)) {
        target->failed_event = order[events - 1];
        target->events_done &= ~(UINT32_C(1) << target->failed_event);
    }
}

static void make(made *m)
{
    cdp_config_options options = {.size = sizeof options,
                                  .minimum_type = chance(50) ? CDP_MINIMUM_HOST_COUNT
                                                             : CDP_MINIMUM_FLEET_PERCENT,
                                  .minimum_value = below(30)};

    memset(m, 0, sizeof *m);
    assert_int_equal(cdp_config_new(&options, NULL, NULL, &m->config), CDP_OK);
    m->it = (cdp_rollback_situation){
        .size = sizeof m->it,
        .platform = CDP_PLATFORM_SERVER,
        .deployment_type =
            chance(50) ? CDP_DEPLOYMENT_TYPE_IN_PLACE : CDP_DEPLOYMENT_TYPE_BLUE_GREEN,
        .with_traffic_control = chance(50),
        .cause = chance(80) ? CDP_ROLLBACK_CAUSE_FAILURE : CDP_ROLLBACK_CAUSE_MANUAL,
        .status = CDP_DEPLOYMENT_STATUS_FAILED,
        .auto_rollback_enabled = 1,
        .auto_rollback_events = 2,
        .deployment_id = CDP_STR("d-1"),
        .config = m->config,
        .compatible_install = chance(50),
        .file_exists_behavior = (cdp_file_exists_behavior)below(4),
        .targets = m->targets,
        .target_count = below(MOST),
        .past = &m->past,
        .past_count = 1,
    };
    m->revision = (cdp_group_revision){.size = sizeof m->revision,
                                       .type = CDP_REVISION_TYPE_GITHUB,
                                       .repository = CDP_STR("o/r"),
                                       .commit_id = CDP_STR("abc")};
    m->past = (cdp_rollback_past){.size = sizeof m->past,
                                  .id = CDP_STR("d-0"),
                                  .status = CDP_DEPLOYMENT_STATUS_SUCCEEDED,
                                  .file_exists_behavior = (cdp_file_exists_behavior)below(4),
                                  .revision = &m->revision};
    for (size_t i = 0; i < m->it.target_count; i++)
        make_target(m, i);
}

/* -- what holds ------------------------------------------------------------------------------- */

static cdp_rollback_plan_target target_at(const cdp_rollback_plan *plan, size_t index)
{
    cdp_rollback_plan_target target = {.size = sizeof target};

    assert_int_equal(cdp_rollback_plan_target_at(plan, index, &target), CDP_OK);
    return target;
}

static cdp_rollback_step step_at(const cdp_rollback_plan *plan, size_t index)
{
    cdp_rollback_step step = {.size = sizeof step};

    assert_int_equal(cdp_rollback_plan_step_at(plan, index, &step), CDP_OK);
    return step;
}

static void check_targets(const made *m, const cdp_rollback_plan *plan)
{
    bool seen[MOST] = {false};
    size_t count = cdp_rollback_plan_target_count(plan);

    assert_int_equal(count, m->it.target_count);
    for (size_t i = 0; i < count; i++) {
        cdp_rollback_plan_target target = target_at(plan, i);

        assert_true(target.index < count && !seen[target.index]);
        seen[target.index] = true;
        assert_string_equal(target.id.data, m->ids[target.index]);
        assert_int_equal(target.step != CDP_ROLLBACK_NONE,
                         cdp_rollback_part_takes_part(target.part));
        if (target.step != CDP_ROLLBACK_NONE) {
            cdp_rollback_step step = step_at(plan, target.step);

            assert_true(i >= step.first_target && i < step.first_target + step.target_count);
        }
        if (m->targets[target.index].gone)
            assert_int_equal(target.part, CDP_ROLLBACK_PART_GONE);
    }
}

static size_t with_traffic(const int *traffic, size_t count)
{
    size_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += traffic[i] != 0;
    return sum;
}

/* Blue/green: carries the steps out, one target after the other. */
static void check_traffic(const made *m, const cdp_rollback_plan *plan)
{
    int traffic[MOST] = {0};
    size_t count = m->it.target_count;
    bool any;

    for (size_t i = 0; i < count; i++)
        traffic[i] = m->targets[i].has_traffic;
    any = with_traffic(traffic, count) > 0;
    for (size_t i = 0; i < cdp_rollback_plan_step_count(plan); i++) {
        cdp_rollback_step step = step_at(plan, i);

        for (size_t j = 0; j < step.target_count; j++) {
            traffic[target_at(plan, step.first_target + j).index] =
                step.kind == CDP_ROLLBACK_STEP_ALLOW;
            any = any || with_traffic(traffic, count) > 0;
        }
        if (step.kind == CDP_ROLLBACK_STEP_ALLOW)
            assert_true(with_traffic(traffic, count) > 0);
    }
    for (size_t i = 0; i < count; i++) {
        const cdp_rollback_target *target = &m->targets[i];

        if (target->original && target->had_traffic && !target->gone)
            assert_true(traffic[i]);
        if (!target->original)
            assert_false(traffic[i]);
    }
}

/* In place: whoever takes part and is healthy goes down `concurrency` at a time. */
static void check_minimum(const made *m, const cdp_rollback_plan *plan)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_rollback_step step = step_at(plan, 0);
    int64_t fleet = 0;
    int64_t untouched = 0;
    int64_t minimum;

    assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
    for (size_t i = 0; i < m->it.target_count; i++) {
        cdp_rollback_plan_target target = target_at(plan, i);

        fleet += target.part != CDP_ROLLBACK_PART_GONE;
        untouched += target.part == CDP_ROLLBACK_PART_UNTOUCHED;
        if (target.part == CDP_ROLLBACK_PART_UNTOUCHED)
            assert_int_equal(target.instance_health, CDP_INSTANCE_HEALTHY);
    }
    assert_int_equal(cdp_config_minimum_for(info.config, fleet, &minimum), CDP_OK);
    assert_int_equal(fleet, untouched + (int64_t)step.target_count);
    if (info.minimum >= 0)
        assert_true(info.minimum == (minimum > untouched ? minimum - untouched : 0));
    if (minimum < fleet)
        assert_true(fleet - (int64_t)step.concurrency >= minimum);
    for (size_t i = 1; i < step.target_count; i++) {
        cdp_rollback_plan_target before = target_at(plan, i - 1);
        cdp_rollback_plan_target after = target_at(plan, i);

        assert_true(cdp_health_work_order(before.instance_health, before.revision_health) <=
                    cdp_health_work_order(after.instance_health, after.revision_health));
    }
}

static cdp_text *written(const cdp_rollback_plan *plan)
{
    cdp_text *text = NULL;

    assert_int_equal(cdp_text_new(NULL, &text), CDP_OK);
    situation_dump(plan, text);
    assert_int_equal(cdp_rollback_plan_write(plan, 0, text), CDP_OK);
    assert_int_equal(cdp_rollback_plan_render(plan, text), CDP_OK);
    assert_null(strstr(cdp_text_string(text).data, "…"));
    return text;
}

static cdp_rollback_plan *plan_of(const made *m)
{
    cdp_rollback_plan *plan = NULL;

    assert_int_equal(cdp_rollback_plan_new(&m->it, NULL, NULL, &plan), CDP_OK);
    return plan;
}

/* Told in another order, the targets have other indices, and nothing else changes. */
static void check_order(made *m, const cdp_rollback_plan *plan)
{
    cdp_text *text = written(plan);
    cdp_text *other;
    cdp_rollback_plan *again;

    for (size_t i = m->it.target_count; i > 1; i--) {
        size_t j = below((uint32_t)i);
        cdp_rollback_target target = m->targets[i - 1];

        m->targets[i - 1] = m->targets[j];
        m->targets[j] = target;
    }
    again = plan_of(m);
    other = written(again);
    assert_string_equal(cdp_text_string(text).data, cdp_text_string(other).data);
    cdp_text_free(text);
    cdp_text_free(other);
    cdp_rollback_plan_free(again);
}

static void random_situations(void **state)
{
    size_t possible = 0;
    static made m;

    (void)state;
    for (seed = 1; seed <= rounds; seed++) {
        uint64_t number = seed;
        cdp_rollback_plan_info info = {.size = sizeof info};
        cdp_rollback_plan *plan;

        make(&m);
        plan = plan_of(&m);
        assert_int_equal(cdp_rollback_plan_get_info(plan, &info), CDP_OK);
        if (info.possible) {
            possible++;
            check_targets(&m, plan);
            if (m.it.deployment_type == CDP_DEPLOYMENT_TYPE_IN_PLACE)
                check_minimum(&m, plan);
            else if (m.it.cause == CDP_ROLLBACK_CAUSE_FAILURE)
                check_traffic(&m, plan);
        }
        check_order(&m, plan);
        cdp_rollback_plan_free(plan);
        cdp_config_free(m.config);
        seed = number;
    }
    assert_true(possible > rounds / 2);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_situations)};

    rounds = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000;

    return cmocka_run_group_tests(tests, NULL, NULL);
}
