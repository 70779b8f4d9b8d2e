/* SPDX-License-Identifier: MIT */
/* Which targets take part, and in what order. */
#include "rollback/planner.h"

#include "base/sort.h"

static bool is_unfinished(const cdp_rollback_target *target)
{
    return cdp_target_is_touched(target) && target->status != CDP_TARGET_STATUS_SUCCEEDED;
}

cdp_instance_health cdp_planner_health(const cdp_rollback_target *target)
{
    return is_unfinished(target) ? CDP_INSTANCE_UNHEALTHY : target->instance_health;
}

/* The deployment whose Install or DownloadBundle, `last`, ended last on the target. */
static cdp_string script_source(const cdp_planner *planner, const cdp_rollback_target *target,
                                cdp_event last)
{
    if (planner->now.platform != CDP_PLATFORM_SERVER)
        return CDP_ABSENT;
    if (target->events_done & cdp_event_bit(last))
        return planner->deployment_id;
    return target->original || target->on_good_revision ? planner->good_id : CDP_ABSENT;
}

static cdp_rollback_plan_target make(const cdp_planner *planner, size_t index,
                                     cdp_rollback_part part)
{
    const cdp_rollback_target *target = &planner->targets[index];
    cdp_rollback_plan_target made = {
        .size = sizeof made,
        .id = target->id,
        .zone = target->zone,
        .index = index,
        .original = target->original,
        .part = part,
        .step = CDP_ROLLBACK_NONE,
        .instance_health = cdp_planner_health(target),
        .revision_health =
            is_unfinished(target) ? CDP_REVISION_HEALTH_UNKNOWN : target->revision_health,
        .last_successful_id = script_source(planner, target, CDP_EVENT_INSTALL),
        .most_recent_id = script_source(planner, target, CDP_EVENT_DOWNLOAD_BUNDLE),
    };

    return made;
}

static int rank_of(const cdp_rollback_plan_target *target)
{
    return cdp_rollback_part_takes_part(target->part) ? (int)target->part : INT32_MAX;
}

static int compare(const void *a, const void *b, const void *context)
{
    const cdp_rollback_plan_target *left = a;
    const cdp_rollback_plan_target *right = b;
    int difference;

    (void)context;
    if (rank_of(left) != rank_of(right))
        return rank_of(left) < rank_of(right) ? -1 : 1;
    difference = cdp_rollback_part_takes_part(left->part)
                     ? cdp_health_work_order(left->instance_health, left->revision_health) -
                           cdp_health_work_order(right->instance_health, right->revision_health)
                     : 0;
    return difference ? difference : cdp_string_compare(left->id, right->id);
}

void cdp_planner_place_targets(cdp_planner *planner, cdp_part_of part_of)
{
    cdp_rollback_plan *plan = planner->plan;
    size_t count = planner->now.target_count;

    if (planner->status != CDP_OK || count == 0)
        return;
    plan->targets = cdp_arena_array(&plan->arena, count, sizeof *plan->targets);
    if (!plan->targets) {
        planner->status = CDP_ERR_NOMEM;
        return;
    }
    for (size_t i = 0; i < count && planner->status == CDP_OK; i++) {
        cdp_rollback_plan_target *target = &plan->targets[i];

        *target = make(planner, i, part_of(planner, &planner->targets[i]));
        if (cdp_arena_copy(&plan->arena, target->id, &target->id) != CDP_OK ||
            cdp_arena_copy(&plan->arena, target->zone, &target->zone) != CDP_OK)
            planner->status = CDP_ERR_NOMEM;
    }
    if (planner->status == CDP_OK)
        planner->status = cdp_sort(&planner->scratch.allocator, plan->targets, count,
                                   sizeof *plan->targets, compare, NULL);
    if (planner->status == CDP_OK)
        plan->target_count = count;
}

size_t cdp_planner_part(const cdp_planner *planner, cdp_rollback_part part, size_t *first)
{
    size_t count = 0;

    for (size_t i = 0; i < planner->plan->target_count; i++) {
        if (planner->plan->targets[i].part != part)
            continue;
        if (count++ == 0)
            *first = i;
    }
    return count;
}
