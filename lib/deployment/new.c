/* SPDX-License-Identifier: MIT */
/* A deployment comes into being, and goes. */
#include "deployment/new.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "deployment/books.h"
#include "deployment/refuse.h"
#include "traffic/cursor.h"

enum { FIRST_CHANGES = 64, FIRST_TEXT = 1024 };

/* ---------------------------------------------------------------------------------------------- */
/* What it needs besides its options                                                              */
/* ---------------------------------------------------------------------------------------------- */

static void take_rollout_options(cdp_deployment *deployment, const cdp_deployment_options *given,
                                 const cdp_origin *origin, cdp_rollout_options *options)
{
    cdp_group_basics basics = {.size = sizeof basics};

    (void)cdp_group_get_basics(deployment->group, &basics);
    (void)cdp_rollout_options_from_config(deployment->config, options);
    options->kind =
        deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING
            ? CDP_ROLLOUT_LAUNCH
            : (deployment->creator == CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION
                   ? CDP_ROLLOUT_TERMINATION
                   : (deployment->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN ? CDP_ROLLOUT_BLUE_GREEN
                                                                         : CDP_ROLLOUT_IN_PLACE));
    options->outdated_only = given->update_outdated_instances_only != 0;
    options->hold_before_reroute =
        options->kind == CDP_ROLLOUT_BLUE_GREEN &&
        deployment->blue_green.ready_action == CDP_READY_ACTION_STOP_DEPLOYMENT;
    options->ignore_outdated = basics.outdated_strategy == CDP_OUTDATED_IGNORE;
    if (options->kind != CDP_ROLLOUT_IN_PLACE || (origin && origin->way_back.zones_ignored))
        options->zonal = 0;
    if (!options->zonal) {
        options->zone_minimum_type = CDP_MINIMUM_NONE;
        options->zone_minimum_value = options->zone_wait_ms = options->first_zone_wait_ms = 0;
    }
    if (origin && origin->way_back.minimum >= 0) {
        options->minimum_type = CDP_MINIMUM_HOST_COUNT;
        options->minimum_value = origin->way_back.minimum;
        options->allow_single = 0;
    }
}

static cdp_status take_extras(const cdp_rollout_options *given, cdp_rollout_options *options)
{
    cdp_rollout_options own;
    cdp_status status;

    if (!given)
        return CDP_OK;
    status = cdp_sized_read(&own, sizeof own, given);
    if (status != CDP_OK)
        return status;
    options->live_membership = own.live_membership;
    options->no_forgiveness = own.no_forgiveness;
    options->failure_budget_type = own.failure_budget_type;
    options->failure_budget = own.failure_budget;
    options->concurrency_limit = own.concurrency_limit;
    options->canary_size = own.canary_size;
    options->canary_wait_ms = own.canary_wait_ms;
    options->reserved = own.reserved;
    return CDP_OK;
}

static cdp_status make_rollout(cdp_deployment *deployment, const cdp_deployment_options *given,
                               const cdp_origin *origin, cdp_diagnostics *diagnostics)
{
    cdp_rollout_options options = {.size = sizeof options};
    cdp_status status;

    take_rollout_options(deployment, given, origin, &options);
    status = take_extras(given->rollout, &options);
    if (status != CDP_OK)
        return status;
    return cdp_rollout_new(&options, &deployment->allocator, diagnostics, &deployment->rollout);
}

/* Lambda and ECS: the one target. */
static cdp_status make_target(cdp_deployment *deployment)
{
    cdp_appspec_lambda lambda = {.size = sizeof lambda};
    cdp_group_ecs_service service = {.size = sizeof service};
    cdp_text *name = &deployment->said;
    cdp_status status = cdp_targets_reserve(deployment, 1);
    cdp_string id;

    if (status != CDP_OK)
        return status;
    if (deployment->platform == CDP_PLATFORM_LAMBDA) {
        (void)cdp_appspec_get_lambda(deployment->appspec, &lambda);
        cdp_text_put(name, lambda.name);
        cdp_text_put_byte(name, ':');
        cdp_text_put(name, lambda.alias);
    } else {
        (void)cdp_group_get_ecs_service(deployment->group, &service);
        cdp_text_put(name, service.cluster);
        cdp_text_put_byte(name, ':');
        cdp_text_put(name, service.service);
    }
    status = cdp_text_status(name);
    if (status == CDP_OK)
        status = cdp_arena_copy(&deployment->arena, cdp_text_string(name), &id);
    cdp_text_rollback(name, 0);
    if (status == CDP_OK)
        cdp_targets_append(deployment, id, (cdp_string){NULL, 0}, 0);
    return status;
}

static cdp_engine_kind engine_of(const cdp_deployment *deployment, const cdp_origin *origin)
{
    if (origin && origin->engine >= CDP_ENGINE_REROUTE)
        return origin->engine;
    return cdp_is_server(deployment) ? CDP_ENGINE_FLEET : CDP_ENGINE_SHIFT;
}

static cdp_status make_engine(cdp_deployment *deployment, const cdp_deployment_options *options,
                              const cdp_origin *origin, cdp_diagnostics *diagnostics)
{
    cdp_status status;

    if (deployment->engine == CDP_ENGINE_FLEET)
        return make_rollout(deployment, options, origin, diagnostics);
    if (deployment->engine == CDP_ENGINE_REROUTE)
        return CDP_OK;
    status = cdp_traffic_cursor_new(deployment->schedule, 0, &deployment->allocator,
                                    &deployment->cursor);
    return status == CDP_OK ? make_target(deployment) : status;
}

/* Room for what a step says, so that it need not ask for any. */
static cdp_status make_room(cdp_deployment *deployment)
{
    cdp_text *texts[] = {&deployment->said, &deployment->messages, &deployment->error_message};
    void *changes = NULL;
    cdp_status status =
        cdp_array_reserve(&deployment->allocator, &changes, &deployment->change_capacity,
                          FIRST_CHANGES, sizeof *deployment->changes);

    deployment->changes = changes;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == CDP_OK; i++) {
        cdp_text_put_repeated(texts[i], ' ', FIRST_TEXT);
        status = cdp_text_status(texts[i]);
        cdp_text_rollback(texts[i], 0);
    }
    return status == CDP_OK ? cdp_actions_reserve(deployment, 0) : status;
}

/* ---------------------------------------------------------------------------------------------- */

static void init(cdp_deployment *deployment, const cdp_allocator *allocator)
{
    cdp_text *texts[] = {&deployment->said,          &deployment->messages,
                         &deployment->error_message, &deployment->rollback_message,
                         &deployment->rollback_id,   &deployment->follow_up_id};

    deployment->allocator = *allocator;
    cdp_arena_init(&deployment->arena, allocator);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cdp_text_init(texts[i], allocator);
    deployment->status = CDP_DEPLOYMENT_STATUS_CREATED;
    deployment->now = deployment->create_ms = deployment->start_ms = deployment->complete_ms = -1;
    deployment->polled_ms = -1;
    deployment->ready_until = deployment->termination_until = INT64_MAX;
    deployment->poll_due = deployment->heartbeat_due = INT64_MAX;
    deployment->way_back.minimum = -1;
}

static void take_origin(cdp_deployment *deployment, const cdp_origin *origin, cdp_status *status)
{
    if (!origin)
        return;
    deployment->way_back = origin->way_back;
    deployment->weight = origin->weight;
    deployment->test_weight = origin->test_weight;
    *status = cdp_arena_copy(&deployment->arena, origin->way_back.triggering_id,
                             &deployment->way_back.triggering_id);
    if (*status == CDP_OK && origin->way_back.triggering_id.data)
        *status =
            cdp_arena_copy(&deployment->arena, origin->config_name, &deployment->triggering_config);
}

static size_t longest_machine(const cdp_deployment *deployment)
{
    size_t longest = 0;

    for (size_t i = 0; i < CDP_COURSE_COUNT; i++) {
        size_t bytes = cdp_machine_bytes(deployment->courses[i].plan);

        longest = bytes > longest ? bytes : longest;
    }
    return (longest + sizeof(int64_t) - 1) / sizeof(int64_t) * sizeof(int64_t);
}

static cdp_status fill(cdp_deployment *deployment, const cdp_deployment_options *options,
                       const cdp_origin *origin, cdp_diagnostics *diagnostics)
{
    cdp_status status = cdp_options_take(deployment, options, diagnostics);

    if (status != CDP_OK)
        return status;
    deployment->engine = engine_of(deployment, origin);
    take_origin(deployment, origin, &status);
    if (status == CDP_OK)
        status = cdp_courses_make(deployment, options, diagnostics);
    if (status != CDP_OK)
        return status;
    deployment->machine_bytes = longest_machine(deployment);
    status = make_room(deployment);
    return status == CDP_OK ? make_engine(deployment, options, origin, diagnostics) : status;
}

cdp_status cdp_deployment_create(const cdp_deployment_options *options, const cdp_origin *origin,
                                 const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                 cdp_deployment **deployment)
{
    cdp_allocator own;
    cdp_status status = cdp_allocator_import(&own, allocator);
    cdp_deployment *made;

    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, sizeof *made);
    if (!made)
        return CDP_ERR_NOMEM;
    init(made, &own);
    status = fill(made, options, origin, diagnostics);
    if (status != CDP_OK) {
        cdp_deployment_free(made);
        return status;
    }
    *deployment = made;
    return CDP_OK;
}

cdp_status cdp_deployment_new(const cdp_deployment_options *options, const cdp_allocator *allocator,
                              cdp_diagnostics *diagnostics, cdp_deployment **deployment)
{
    cdp_deployment_options own;
    cdp_status status;

    if (!deployment)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, options);
    if (status != CDP_OK)
        return status;
    if (own.creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        return cdp_deployment_refuse(
            CDP_ERR_ARGUMENT, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_CREATOR,
            cdp_string_of(cdp_deployment_creator_name(own.creator)), (cdp_string){NULL, 0});
    return cdp_deployment_create(&own, NULL, allocator, diagnostics, deployment);
}

static void release(const cdp_deployment *deployment, void *array, size_t capacity, size_t bytes)
{
    cdp_release(&deployment->allocator, array, capacity * bytes);
}

void cdp_deployment_free(cdp_deployment *deployment)
{
    cdp_allocator allocator;
    cdp_text *texts[6];

    if (!deployment)
        return;
    texts[0] = &deployment->said;
    texts[1] = &deployment->messages;
    texts[2] = &deployment->error_message;
    texts[3] = &deployment->rollback_message;
    texts[4] = &deployment->rollback_id;
    texts[5] = &deployment->follow_up_id;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        cdp_text_release(texts[i]);
    for (size_t i = 0; i < CDP_COURSE_COUNT; i++)
        cdp_lifecycle_plan_free(deployment->courses[i].own);
    cdp_traffic_cursor_free(deployment->cursor);
    cdp_traffic_schedule_free(deployment->own_schedule);
    cdp_rollout_free(deployment->rollout);
    release(deployment, deployment->members, deployment->member_capacity,
            sizeof *deployment->members);
    release(deployment, deployment->machines, deployment->machine_capacity,
            deployment->machine_bytes);
    release(deployment, deployment->heap, deployment->heap_capacity, sizeof *deployment->heap);
    release(deployment, deployment->queue, deployment->queue_capacity, sizeof *deployment->queue);
    release(deployment, deployment->changes, deployment->change_capacity,
            sizeof *deployment->changes);
    cdp_arena_release(&deployment->arena);
    allocator = deployment->allocator;
    cdp_release(&allocator, deployment, sizeof *deployment);
}
