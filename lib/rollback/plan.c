/* SPDX-License-Identifier: MIT */
/* From a situation to a plan, stage by stage; and what a plan tells. */
#include "rollback/planner.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "group/revision.h"

/* -- making ----------------------------------------------------------------------------------- */

static cdp_deployment_status end_of(cdp_rollback_cause cause)
{
    switch (cause) {
    case CDP_ROLLBACK_CAUSE_FAILURE:
        return CDP_DEPLOYMENT_STATUS_FAILED;
    case CDP_ROLLBACK_CAUSE_MANUAL:
        return (cdp_deployment_status)0;
    default:
        return CDP_DEPLOYMENT_STATUS_STOPPED;
    }
}

static void describe(cdp_planner *planner)
{
    const cdp_rollback_situation *now = &planner->now;
    bool manual = cdp_planner_is_manual(planner);

    planner->plan->info = (cdp_rollback_plan_info){
        .size = sizeof planner->plan->info,
        .cause = now->cause,
        .platform = now->platform,
        .deployment_type = now->deployment_type,
        .triggering_status = end_of(now->cause),
        .triggering_id = manual ? CDP_ABSENT : planner->deployment_id,
        .creator =
            manual ? CDP_DEPLOYMENT_CREATOR_USER : CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK,
        .config = manual ? now->config : cdp_config_for_rollback(now->config),
        .file_exists_behavior =
            manual ? now->manual_file_exists_behavior : CDP_FILE_EXISTS_DISALLOW,
        .ignore_application_stop_failures =
            now->platform == CDP_PLATFORM_SERVER && now->ignore_application_stop_failures,
        .zones_ignored = !manual && cdp_config_has_zones(now->config),
        .minimum = -1,
        .weight_before = now->platform == CDP_PLATFORM_SERVER ? -1 : now->weight,
        .weight_after = now->platform == CDP_PLATFORM_SERVER ? -1 : now->weight,
        .test_traffic_before = now->test_traffic,
        .test_traffic_after = now->test_traffic,
        .duration_ms = 0,
        .duration_basis = CDP_ROLLBACK_BASIS_EXACT,
    };
}

/* What the chosen earlier deployment gives to the new one. */
static void take_over(cdp_planner *planner)
{
    cdp_rollback_plan *plan = planner->plan;
    const cdp_rollback_past *source = planner->source;

    if (planner->status != CDP_OK || !source)
        return;
    planner->status = cdp_arena_copy(&plan->arena, source->id, &plan->info.source_id);
    if (planner->status == CDP_OK && source->revision) {
        planner->status = cdp_revision_import(&plan->arena, source->revision, &plan->revision);
        plan->info.revision = &plan->revision;
        plan->info.same_revision = planner->status == CDP_OK && planner->revision.type != 0 &&
                                   cdp_revision_equal(&planner->revision, &plan->revision);
    }
    plan->info.revision_missing = source->revision_missing;
    if (!cdp_planner_is_manual(planner))
        plan->info.file_exists_behavior = source->file_exists_behavior;
}

static void plan_steps(cdp_planner *planner)
{
    if (cdp_planner_is_in_place(planner))
        cdp_planner_in_place(planner);
    else if (cdp_planner_is_manual(planner))
        cdp_planner_again(planner);
    else if (planner->now.platform == CDP_PLATFORM_SERVER)
        cdp_planner_blue_green(planner);
    else
        cdp_planner_shift(planner);
}

static void finish(cdp_planner *planner)
{
    cdp_rollback_plan *plan = planner->plan;

    plan->info.possible = plan->info.refusal == CDP_ROLLBACK_REFUSAL_NONE;
    if (!plan->info.possible)
        plan->target_count = 0;
    for (size_t i = 0; i < plan->step_count; i++)
        plan->info.runs_hooks |= plan->events[i] != NULL;
    cdp_planner_total_duration(planner);
    cdp_planner_effects(planner);
    cdp_planner_restores(planner);
    cdp_planner_losses(planner);
    cdp_planner_message(planner);
}

/* Whoever wants a deployment back has to know what it deployed. */
static void need_revision(cdp_planner *planner)
{
    if (planner->status == CDP_OK && cdp_planner_is_manual(planner) && planner->source &&
        !planner->source->revision)
        cdp_planner_refuse(planner, CDP_DIAGNOSTIC_ROLLBACK_REVISION_UNKNOWN, planner->source->id,
                           CDP_ABSENT);
}

static void make(cdp_planner *planner, const cdp_rollback_situation *situation)
{
    if (!cdp_planner_import(planner, situation))
        return;
    cdp_planner_check(planner);
    if (planner->status == CDP_OK)
        planner->status = cdp_arena_copy(&planner->plan->arena, planner->now.deployment_id,
                                         &planner->deployment_id);
    if (planner->status != CDP_OK)
        return;
    describe(planner);
    cdp_planner_choose(planner);
    take_over(planner);
    planner->plan->info.refusal = cdp_planner_decide(planner);
    if (planner->plan->info.refusal == CDP_ROLLBACK_REFUSAL_NONE) {
        need_revision(planner);
        plan_steps(planner);
    }
    finish(planner);
}

cdp_status cdp_rollback_plan_new(const cdp_rollback_situation *situation,
                                 const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                 cdp_rollback_plan **plan)
{
    cdp_planner planner = {.diagnostics = diagnostics};
    cdp_allocator own;
    cdp_status status;

    if (!situation || !plan)
        return CDP_ERR_ARGUMENT;
    status = cdp_allocator_import(&own, allocator);
    if (status != CDP_OK)
        return status;
    planner.plan = cdp_allocate_zeroed(&own, sizeof *planner.plan);
    if (!planner.plan)
        return CDP_ERR_NOMEM;
    cdp_arena_init(&planner.plan->arena, &own);
    cdp_arena_init(&planner.scratch, &own);
    cdp_text_init(&planner.text, &own);
    make(&planner, situation);
    cdp_text_release(&planner.text);
    cdp_arena_release(&planner.scratch);
    if (planner.status == CDP_OK)
        *plan = planner.plan;
    else
        cdp_rollback_plan_free(planner.plan);
    return planner.status;
}

void cdp_rollback_plan_free(cdp_rollback_plan *plan)
{
    cdp_allocator allocator;

    if (!plan)
        return;
    allocator = plan->arena.allocator;
    cdp_arena_release(&plan->arena);
    cdp_release(&allocator, plan, sizeof *plan);
}

/* -- telling ---------------------------------------------------------------------------------- */

cdp_status cdp_rollback_plan_get_info(const cdp_rollback_plan *plan, cdp_rollback_plan_info *info)
{
    if (!plan)
        return CDP_ERR_ARGUMENT;
    return cdp_sized_write(info, &plan->info, sizeof plan->info);
}

size_t cdp_rollback_plan_step_count(const cdp_rollback_plan *plan)
{
    return plan ? plan->step_count : 0;
}

/* Writes the item at `index` of a list into a caller's struct. */
static cdp_status item_at(const void *items, size_t count, size_t bytes, size_t index, void *given)
{
    if (index >= count)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(given, (const unsigned char *)items + index * bytes, bytes);
}

cdp_status cdp_rollback_plan_step_at(const cdp_rollback_plan *plan, size_t index,
                                     cdp_rollback_step *step)
{
    if (!plan || !step)
        return CDP_ERR_ARGUMENT;
    return item_at(plan->steps, plan->step_count, sizeof *plan->steps, index, step);
}

cdp_status cdp_rollback_plan_step_event_at(const cdp_rollback_plan *plan, size_t step, size_t index,
                                           cdp_rollback_step_event *event)
{
    cdp_lifecycle_event_info info = {.size = sizeof info};

    if (!plan || !event)
        return CDP_ERR_ARGUMENT;
    if (step >= plan->step_count || index >= plan->steps[step].event_count)
        return CDP_ERR_NOT_FOUND;
    (void)cdp_lifecycle_plan_event_at(plan->events[step], index, &info);
    return cdp_sized_write(event,
                           &(cdp_rollback_step_event){
                               .size = sizeof *event,
                               .event = info.event,
                               .scriptable = info.scriptable,
                               .revision = cdp_lifecycle_plan_revision(plan->events[step], index,
                                                                       plan->info.creator, 0),
                               .name = info.name,
                           },
                           sizeof *event);
}

size_t cdp_rollback_plan_target_count(const cdp_rollback_plan *plan)
{
    return plan ? plan->target_count : 0;
}

cdp_status cdp_rollback_plan_target_at(const cdp_rollback_plan *plan, size_t index,
                                       cdp_rollback_plan_target *target)
{
    if (!plan || !target)
        return CDP_ERR_ARGUMENT;
    return item_at(plan->targets, plan->target_count, sizeof *plan->targets, index, target);
}

size_t cdp_rollback_plan_restore_count(const cdp_rollback_plan *plan)
{
    return plan ? plan->restore_count : 0;
}

cdp_status cdp_rollback_plan_restore_at(const cdp_rollback_plan *plan, size_t index,
                                        cdp_rollback_effect *effect)
{
    if (!plan || !effect)
        return CDP_ERR_ARGUMENT;
    return item_at(plan->restores, plan->restore_count, sizeof *plan->restores, index, effect);
}

size_t cdp_rollback_plan_loss_count(const cdp_rollback_plan *plan)
{
    return plan ? plan->loss_count : 0;
}

cdp_status cdp_rollback_plan_loss_at(const cdp_rollback_plan *plan, size_t index,
                                     cdp_rollback_effect *effect)
{
    if (!plan || !effect)
        return CDP_ERR_ARGUMENT;
    return item_at(plan->losses, plan->loss_count, sizeof *plan->losses, index, effect);
}
