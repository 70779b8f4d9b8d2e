/* SPDX-License-Identifier: MIT */
/* The deployment that carries a rollback plan out. */
#include "base/sized.h"
#include "deployment/books.h"
#include "deployment/new.h"

static bool has_step(const cdp_rollback_plan *plan, cdp_rollback_step_kind kind)
{
    size_t count = cdp_rollback_plan_step_count(plan);

    for (size_t i = 0; i < count; i++) {
        cdp_rollback_step step = {.size = sizeof step};

        if (cdp_rollback_plan_step_at(plan, i, &step) == CDP_OK && step.kind == kind)
            return true;
    }
    return false;
}

static cdp_origin origin_of(const cdp_deployment *deployment, const cdp_rollback_plan *plan,
                            const cdp_rollback_plan_info *info)
{
    cdp_origin origin = {.way_back = {.minimum = -1},
                         .config_name = cdp_config_name(deployment->config)};

    if (info->creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        origin.way_back.triggering_id = deployment->id;
    if (info->kind == CDP_ROLLBACK_KIND_REDEPLOY) {
        origin.way_back.minimum = info->minimum;
        origin.way_back.zones_ignored = info->zones_ignored != 0;
        return origin;
    }
    origin.engine = cdp_is_server(deployment) ? CDP_ENGINE_REROUTE : CDP_ENGINE_UNSHIFT;
    origin.weight = cdp_is_server(deployment) ? 0 : info->weight_before;
    origin.test_weight = info->test_traffic_before ? 100 : 0;
    origin.way_back.moved = has_step(plan, CDP_ROLLBACK_STEP_SET_TRAFFIC);
    origin.way_back.test_traffic = has_step(plan, CDP_ROLLBACK_STEP_SET_TEST_TRAFFIC);
    origin.way_back.task_set_exists = has_step(plan, CDP_ROLLBACK_STEP_REMOVE_REPLACEMENT);
    return origin;
}

/* What the plan determines, whatever the caller gave. */
static void complete(const cdp_deployment *deployment, const cdp_rollback_plan_info *info,
                     cdp_deployment_options *options)
{
    options->creator = info->creator;
    options->revision = info->revision;
    if (cdp_is_server(deployment))
        options->file_exists_behavior = info->file_exists_behavior;
    options->ignore_application_stop_failures = info->ignore_application_stop_failures;
    options->update_outdated_instances_only = 0;
    if (!options->group)
        options->group = deployment->group;
    if (!options->config)
        options->config = info->config;
    if (!options->appspec && info->kind == CDP_ROLLBACK_KIND_REROUTE)
        options->appspec = deployment->appspec;
    if (options->past_count == 0) {
        options->past = deployment->past;
        options->past_count = deployment->past_count;
    }
}

static cdp_status add_member(cdp_deployment *rollback, const cdp_rollback_plan_target *target)
{
    cdp_string id;
    cdp_string zone;
    cdp_status status = cdp_targets_reserve(rollback, 1);

    if (status == CDP_OK)
        status = cdp_arena_copy(&rollback->arena, target->id, &id);
    if (status == CDP_OK)
        status = cdp_arena_copy(&rollback->arena, target->zone, &zone);
    if (status == CDP_OK)
        cdp_targets_append(rollback, id, zone, target->original ? CDP_MEMBER_BLUE : 0);
    return status;
}

static cdp_status add_target(cdp_deployment *rollback, const cdp_rollback_plan_target *target,
                             cdp_diagnostics *diagnostics)
{
    cdp_rollout_instance instance = {
        .size = sizeof instance,
        .id = target->id,
        .zone = target->zone,
        .instance_health = target->instance_health,
        .revision_health = target->revision_health,
    };
    cdp_status status = CDP_OK;

    if (!cdp_rollback_part_takes_part(target->part))
        return CDP_OK;
    if (rollback->rollout)
        status = cdp_rollout_add(rollback->rollout, &instance, 1, diagnostics);
    return status == CDP_OK ? add_member(rollback, target) : status;
}

static cdp_status add_targets(cdp_deployment *rollback, const cdp_rollback_plan *plan,
                              cdp_diagnostics *diagnostics)
{
    size_t count = cdp_rollback_plan_target_count(plan);
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        cdp_rollback_plan_target target = {.size = sizeof target};

        status = cdp_rollback_plan_target_at(plan, i, &target);
        if (status == CDP_OK)
            status = add_target(rollback, &target, diagnostics);
    }
    return status;
}

cdp_status cdp_deployment_new_rollback(const cdp_deployment *deployment,
                                       const cdp_rollback_plan *plan,
                                       const cdp_deployment_options *options,
                                       const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                       cdp_deployment **rollback)
{
    cdp_rollback_plan_info info = {.size = sizeof info};
    cdp_deployment_options own;
    cdp_origin origin;
    cdp_deployment *made;
    cdp_status status;

    if (!deployment || !rollback)
        return CDP_ERR_ARGUMENT;
    status = cdp_rollback_plan_get_info(plan, &info);
    if (status == CDP_OK)
        status = cdp_sized_read(&own, sizeof own, options);
    if (status != CDP_OK)
        return status;
    if (info.triggering_id.length && !cdp_string_equal(info.triggering_id, deployment->id))
        return CDP_ERR_ARGUMENT;
    if (!info.possible || deployment->stage != CDP_STAGE_OVER)
        return CDP_ERR_STATE;
    origin = origin_of(deployment, plan, &info);
    complete(deployment, &info, &own);
    status = cdp_deployment_create(&own, &origin, allocator, diagnostics, &made);
    if (status != CDP_OK)
        return status;
    status = cdp_rollback_plan_write_message(plan, CDP_ROLLBACK_RECORD_ROLLBACK, made->id,
                                             &made->rollback_message);
    if (status == CDP_OK && cdp_is_server(made))
        status = add_targets(made, plan, diagnostics);
    if (status != CDP_OK) {
        cdp_deployment_free(made);
        return status;
    }
    *rollback = made;
    return CDP_OK;
}

cdp_status cdp_deployment_get_past(const cdp_deployment *deployment, cdp_rollback_past *past)
{
    cdp_rollback_past own = {.size = sizeof own};

    if (!deployment || !past)
        return CDP_ERR_ARGUMENT;
    own.id = deployment->id;
    own.status = deployment->status;
    own.creator = deployment->creator;
    own.revision = deployment->has_revision ? &deployment->revision : NULL;
    own.config_name = cdp_config_name(deployment->config);
    own.file_exists_behavior = deployment->file_exists_behavior;
    own.create_time_ms =
        deployment->create_ms < 0 ? 0 : deployment->epoch_ms + deployment->create_ms;
    own.end_time_ms =
        deployment->complete_ms < 0 ? 0 : deployment->epoch_ms + deployment->complete_ms;
    return cdp_sized_write(past, &own, sizeof own);
}
