/* SPDX-License-Identifier: MIT */
/* Blue/green, manual: a whole new deployment of an earlier revision. */
#include "rollback/planner.h"

#include <codedeploy/traffic.h>

static cdp_rollback_part shift_part(const cdp_planner *planner, const cdp_rollback_target *target)
{
    (void)planner;
    return target->gone ? CDP_ROLLBACK_PART_GONE : CDP_ROLLBACK_PART_REDEPLOY;
}

/* What the traffic's way to the new replacement takes. */
static int64_t shift_ms(cdp_planner *planner)
{
    cdp_traffic_schedule *schedule = NULL;
    int64_t ms = planner->now.reroute_ms;

    if (planner->status != CDP_OK)
        return ms;
    planner->status = cdp_traffic_schedule_from_config(planner->plan->info.config, NULL,
                                                       &planner->scratch.allocator, &schedule);
    if (planner->status == CDP_OK) {
        int64_t schedule_ms = cdp_traffic_schedule_duration_ms(schedule);

        ms = ms > INT64_MAX - schedule_ms ? INT64_MAX : ms + schedule_ms;
    }
    cdp_traffic_schedule_free(schedule);
    return ms;
}

static void redeploy(cdp_planner *planner, cdp_rollback_part part, cdp_scenario scenario,
                     int64_t shift, const char *sentence)
{
    cdp_rollback_step *step = cdp_planner_step(planner, CDP_ROLLBACK_STEP_REDEPLOY, part);

    if (!step)
        return;
    if (shift >= 0) {
        step->weight_before = 0;
        step->weight_after = 100;
    }
    cdp_planner_step_events(planner, step, scenario);
    cdp_planner_step_duration(planner, step, shift);
    step->sentence = cdp_planner_say(planner, sentence, CDP_ABSENT, CDP_ABSENT, CDP_ABSENT);
}

static void shift_again(cdp_planner *planner)
{
    cdp_rollback_plan_info *info = &planner->plan->info;
    size_t first;

    cdp_planner_place_targets(planner, shift_part);
    info->weight_before = 0;
    info->weight_after = 100;
    info->test_traffic_after = planner->now.test_listener;
    info->scenario =
        planner->now.test_listener ? CDP_SCENARIO_TEST_LISTENER : CDP_SCENARIO_BLUE_GREEN;
    redeploy(planner,
             cdp_planner_part(planner, CDP_ROLLBACK_PART_REDEPLOY, &first)
                 ? CDP_ROLLBACK_PART_REDEPLOY
                 : (cdp_rollback_part)0,
             info->scenario, shift_ms(planner),
             "The revision goes through all events of a deployment, and traffic moves to it as the "
             "configuration says.");
}

/* What has traffic now is the original of the new deployment. */
static cdp_rollback_part fleet_part(const cdp_planner *planner, const cdp_rollback_target *target)
{
    (void)planner;
    if (target->gone)
        return CDP_ROLLBACK_PART_GONE;
    return target->has_traffic ? CDP_ROLLBACK_PART_BLOCK : CDP_ROLLBACK_PART_IDLE;
}

static void fleet_again(cdp_planner *planner)
{
    cdp_rollback_step *step;

    cdp_planner_place_targets(planner, fleet_part);
    redeploy(planner, (cdp_rollback_part)0, CDP_SCENARIO_BLUE_GREEN_REPLACEMENT, -1,
             "The revision is deployed to a new replacement fleet, and traffic goes there.");
    step = cdp_planner_step(planner, CDP_ROLLBACK_STEP_BLOCK, CDP_ROLLBACK_PART_BLOCK);
    if (!step)
        return;
    cdp_planner_step_events(planner, step, CDP_SCENARIO_BLUE_GREEN_ORIGINAL);
    cdp_planner_step_duration(planner, step, -1);
    step->sentence = cdp_planner_say(planner, "Traffic is taken from what has it now, {0}.",
                                     cdp_planner_count(planner, step->target_count, "instance"),
                                     CDP_ABSENT, CDP_ABSENT);
}

void cdp_planner_again(cdp_planner *planner)
{
    planner->plan->info.kind = CDP_ROLLBACK_KIND_REDEPLOY;
    if (planner->now.platform == CDP_PLATFORM_SERVER)
        fleet_again(planner);
    else
        shift_again(planner);
}
