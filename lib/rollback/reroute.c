/* SPDX-License-Identifier: MIT */
/* Blue/green, automatic: traffic goes back to the originals. */
#include "rollback/planner.h"

static cdp_rollback_part shift_part(const cdp_planner *planner, const cdp_rollback_target *target)
{
    (void)planner;
    (void)target;
    return CDP_ROLLBACK_PART_REROUTE;
}

/* Traffic goes back at once; what follows is begun in the same breath. */
static void set_step(cdp_planner *planner, cdp_rollback_step_kind kind, int32_t weight,
                     const char *sentence)
{
    cdp_rollback_plan *plan = planner->plan;
    cdp_rollback_step *step = cdp_planner_step(planner, kind, 0);

    if (!step)
        return;
    step->first_target = 0;
    step->target_count = plan->target_count;
    step->concurrency = plan->target_count;
    if (plan->target_count > 0)
        plan->targets[0].step = 0;
    if (weight >= 0) {
        step->weight_before = weight;
        step->weight_after = 0;
    }
    step->duration_ms = plan->step_count == 1 ? planner->now.reroute_ms : 0;
    step->duration_basis = CDP_ROLLBACK_BASIS_ESTIMATE;
    step->sentence = cdp_planner_say(planner, sentence,
                                     cdp_planner_number(planner, (size_t)(weight > 0 ? weight : 0)),
                                     CDP_ABSENT, CDP_ABSENT);
}

void cdp_planner_shift(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;
    cdp_rollback_plan_info *info = &planner->plan->info;
    bool ecs = now->platform == CDP_PLATFORM_ECS;

    cdp_planner_place_targets(planner, shift_part);
    info->kind = CDP_ROLLBACK_KIND_REROUTE;
    info->scenario = now->test_listener ? CDP_SCENARIO_TEST_LISTENER : CDP_SCENARIO_BLUE_GREEN;
    info->weight_before = now->weight;
    info->weight_after = 0;
    info->test_traffic_after = 0;
    if (now->weight > 0)
        set_step(planner, CDP_ROLLBACK_STEP_SET_TRAFFIC, now->weight,
                 ecs ? "All production traffic goes back to the original task set at once; the "
                       "replacement has {0} percent."
                     : "The alias leads to the original version again, with all traffic at once; "
                       "the new version has {0} percent.");
    if (now->test_traffic)
        set_step(planner, CDP_ROLLBACK_STEP_SET_TEST_TRAFFIC, 100,
                 "The test listener leads to the original task set again.");
    if (ecs)
        set_step(planner, CDP_ROLLBACK_STEP_REMOVE_REPLACEMENT, -1,
                 "The replacement task set is drained and deleted.");
}

static cdp_rollback_part blue_green_part(const cdp_planner *planner,
                                         const cdp_rollback_target *target)
{
    (void)planner;
    if (target->gone)
        return CDP_ROLLBACK_PART_GONE;
    /* Of one whose registration or deregistration was interrupted nobody knows how it stands;
     * doing it again does no harm. */
    if (target->original)
        return target->had_traffic && (!target->has_traffic ||
                                       target->events & cdp_event_bit(CDP_EVENT_BLOCK_TRAFFIC))
                   ? CDP_ROLLBACK_PART_ALLOW
                   : CDP_ROLLBACK_PART_ORIGINAL_KEPT;
    return target->has_traffic || target->events & cdp_event_bit(CDP_EVENT_ALLOW_TRAFFIC)
               ? CDP_ROLLBACK_PART_BLOCK
               : CDP_ROLLBACK_PART_IDLE;
}

static void fleet_step(cdp_planner *planner, cdp_rollback_step_kind kind, cdp_rollback_part part,
                       cdp_scenario scenario, const char *sentence)
{
    cdp_rollback_step *step = cdp_planner_step(planner, kind, part);
    const char *noun =
        part == CDP_ROLLBACK_PART_ALLOW ? "original instance" : "replacement instance";

    if (!step)
        return;
    cdp_planner_step_events(planner, step, scenario);
    cdp_planner_step_duration(planner, step, -1);
    step->sentence =
        cdp_planner_say(planner, sentence, cdp_planner_count(planner, step->target_count, noun),
                        CDP_ABSENT, CDP_ABSENT);
}

void cdp_planner_blue_green(cdp_planner *planner)
{
    cdp_planner_place_targets(planner, blue_green_part);
    planner->plan->info.kind = CDP_ROLLBACK_KIND_REROUTE;
    /* In this order, so that traffic always has somewhere to go. */
    fleet_step(planner, CDP_ROLLBACK_STEP_ALLOW, CDP_ROLLBACK_PART_ALLOW,
               CDP_SCENARIO_BLUE_GREEN_ROLLBACK_ORIGINAL,
               "Traffic goes to {0} again, before it is taken from a replacement.");
    fleet_step(planner, CDP_ROLLBACK_STEP_BLOCK, CDP_ROLLBACK_PART_BLOCK,
               CDP_SCENARIO_BLUE_GREEN_ROLLBACK_REPLACEMENT, "Traffic is taken from {0}.");
}
