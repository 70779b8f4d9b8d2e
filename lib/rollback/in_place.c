/* SPDX-License-Identifier: MIT */
/* In place: the earlier revision is deployed again. */
#include "rollback/planner.h"

static cdp_rollback_part automatic_part(const cdp_planner *planner,
                                        const cdp_rollback_target *target)
{
    (void)planner;
    if (target->gone)
        return CDP_ROLLBACK_PART_GONE;
    /* Whose last attempt failed holds nobody knows what, whatever it should hold. */
    if (cdp_target_is_touched(target) || !target->on_good_revision ||
        cdp_planner_health(target) == CDP_INSTANCE_UNHEALTHY)
        return CDP_ROLLBACK_PART_REDEPLOY;
    return CDP_ROLLBACK_PART_UNTOUCHED;
}

static cdp_rollback_part manual_part(const cdp_planner *planner, const cdp_rollback_target *target)
{
    (void)planner;
    return target->gone ? CDP_ROLLBACK_PART_GONE : CDP_ROLLBACK_PART_REDEPLOY;
}

/* How many of the `count` instances that take part have to stay healthy. */
static int64_t minimum_of(const cdp_planner *planner, size_t count, size_t untouched)
{
    int64_t minimum = 0;

    (void)cdp_config_minimum_for(planner->plan->info.config, (int64_t)(count + untouched),
                                 &minimum);
    /* Those that take no part are healthy, and do their share. */
    return minimum > (int64_t)untouched ? minimum - (int64_t)untouched : 0;
}

static cdp_scenario scenario_of(const cdp_planner *planner)
{
    if (cdp_planner_is_manual(planner))
        return planner->now.with_traffic_control ? CDP_SCENARIO_IN_PLACE_LOAD_BALANCER
                                                 : CDP_SCENARIO_IN_PLACE;
    return planner->now.with_traffic_control ? CDP_SCENARIO_IN_PLACE_ROLLBACK_LOAD_BALANCER
                                             : CDP_SCENARIO_IN_PLACE_ROLLBACK;
}

void cdp_planner_in_place(cdp_planner *planner)
{
    cdp_rollback_plan_info *info = &planner->plan->info;
    cdp_rollback_step *step;
    size_t count;
    size_t first;
    int64_t minimum;

    cdp_planner_place_targets(planner,
                              cdp_planner_is_manual(planner) ? manual_part : automatic_part);
    count = cdp_planner_part(planner, CDP_ROLLBACK_PART_REDEPLOY, &first);
    /* By hand it is tried all the same, and fails with NO_INSTANCES. */
    step =
        cdp_planner_step(planner, CDP_ROLLBACK_STEP_REDEPLOY,
                         count == 0 && cdp_planner_is_manual(planner) ? (cdp_rollback_part)0
                                                                      : CDP_ROLLBACK_PART_REDEPLOY);
    if (!step) {
        info->refusal = CDP_ROLLBACK_REFUSAL_NOT_STARTED;
        return;
    }
    minimum = minimum_of(planner, step->target_count,
                         cdp_planner_part(planner, CDP_ROLLBACK_PART_UNTOUCHED, &first));
    if ((uint64_t)minimum < step->target_count)
        step->concurrency = step->target_count - (size_t)minimum;
    else
        step->concurrency = step->target_count > 0;
    if (!cdp_planner_is_manual(planner))
        info->minimum = minimum;
    info->kind = CDP_ROLLBACK_KIND_REDEPLOY;
    info->scenario = scenario_of(planner);
    cdp_planner_step_events(planner, step, info->scenario);
    cdp_planner_step_duration(planner, step, -1);
    step->sentence =
        cdp_planner_say(planner, "{0} again, at most {1} at a time.",
                        cdp_planner_say(planner, "The revision is deployed to {0}",
                                        cdp_planner_count(planner, step->target_count, "instance"),
                                        CDP_ABSENT, CDP_ABSENT),
                        cdp_planner_number(planner, step->concurrency), CDP_ABSENT);
}
