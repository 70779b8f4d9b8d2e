/* SPDX-License-Identifier: MIT */
/* Inputs that concern which targets there are: they join, leave, come back; and the start. */
#include "deployment/acts.h"

#include "base/number.h"
#include "base/sized.h"
#include "deployment/inputs.h"
#include "deployment/refuse.h"
#include "rollout/unique.h"

static cdp_string none(void)
{
    return (cdp_string){NULL, 0};
}

static cdp_status refuse_platform(const cdp_deployment *deployment, cdp_diagnostics *diagnostics)
{
    return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics,
                                 CDP_DIAGNOSTIC_DEPLOYMENT_UNSUPPORTED_INPUT,
                                 cdp_string_of(cdp_platform_name(deployment->platform)), none());
}

/* ---------------------------------------------------------------------------------------------- */
/* A target appears                                                                               */
/* ---------------------------------------------------------------------------------------------- */

static bool may_join(const cdp_deployment *deployment)
{
    return deployment->stage == CDP_STAGE_CREATED || deployment->stage == CDP_STAGE_PROVISION ||
           deployment->stage == CDP_STAGE_RUN;
}

/* Until the roll-out starts, targets are simply put in. */
static cdp_status put_in(cdp_deployment *deployment, const cdp_rollout_instance *instance,
                         cdp_diagnostics *diagnostics, bool *joined)
{
    *joined = cdp_rollout_current_phase(deployment->rollout) != CDP_ROLLOUT_PHASE_NONE;
    if (*joined)
        return cdp_rollout_join(deployment->rollout, instance, deployment->now, diagnostics, NULL);
    return cdp_rollout_add(deployment->rollout, instance, 1, diagnostics);
}

/* Before anything is copied: a host may well tell of the same one again and again. */
static cdp_status refuse_twice(cdp_deployment *deployment, const cdp_rollout_instance *instance,
                               cdp_diagnostics *diagnostics)
{
    uint32_t number;

    if (cdp_rollout_current_phase(deployment->rollout) == CDP_ROLLOUT_PHASE_NONE)
        return cdp_rollout_check_unique(deployment->rollout, instance->id, diagnostics);
    if (cdp_rollout_find(deployment->rollout, instance->id, &number) != CDP_OK)
        return CDP_OK;
    return cdp_rollout_join(deployment->rollout, instance, deployment->now, diagnostics, NULL);
}

cdp_status cdp_input_target(cdp_deployment *deployment, const cdp_deployment_input *input,
                            cdp_diagnostics *diagnostics)
{
    cdp_rollout_instance instance;
    cdp_string id;
    cdp_string zone;
    cdp_status status;
    bool joined;

    if (deployment->engine != CDP_ENGINE_FLEET)
        return refuse_platform(deployment, diagnostics);
    status = cdp_sized_read(&instance, sizeof instance, input->instance);
    if (status != CDP_OK)
        return status;
    if (!may_join(deployment))
        return cdp_deployment_refuse(CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_OVER,
                                     cdp_string_of(cdp_deployment_status_name(deployment->status)),
                                     none());
    status = refuse_twice(deployment, &instance, diagnostics);
    /* What the arena copies in vain when it is refused later is given back with the rest. */
    if (status == CDP_OK)
        status = cdp_targets_reserve(deployment, 1);
    if (status == CDP_OK)
        status = cdp_arena_copy(&deployment->arena, instance.id, &id);
    if (status == CDP_OK)
        status = cdp_arena_copy(&deployment->arena, instance.zone, &zone);
    if (status == CDP_OK)
        status = put_in(deployment, &instance, diagnostics, &joined);
    if (status != CDP_OK)
        return status;
    cdp_targets_append(deployment, id, zone, instance.original ? CDP_MEMBER_BLUE : 0);
    if (joined) {
        cdp_rollout_view view = {.size = sizeof view};
        uint32_t target = (uint32_t)deployment->member_count - 1;

        if (cdp_rollout_at(deployment->rollout, target, &view) == CDP_OK &&
            view.state == CDP_ROLLOUT_STATE_OUTDATED)
            cdp_target_set_apart(deployment, target, true);
    }
    return CDP_OK;
}

/* ---------------------------------------------------------------------------------------------- */
/* The start                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static bool provisions(const cdp_deployment *deployment)
{
    return deployment->engine == CDP_ENGINE_FLEET && cdp_is_blue_green_server(deployment) &&
           deployment->has_blue_green &&
           deployment->blue_green.green_fleet == CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP;
}

/* The roll-out starts when all targets are known. It may already have its verdict then; the reasons
 * come out as decisions. */
static cdp_status start_rollout(cdp_deployment *deployment, cdp_diagnostics *diagnostics)
{
    return cdp_rollout_start(deployment->rollout, deployment->now, diagnostics);
}

void cdp_run_begin(cdp_deployment *deployment)
{
    if (deployment->stage == CDP_STAGE_ALARMS && provisions(deployment)) {
        deployment->stage = CDP_STAGE_PROVISION;
        cdp_slot_open(deployment, CDP_SLOT_PROVISION, CDP_DEPLOYMENT_ACTION_PROVISION,
                      CDP_SLOT_NO_EVENT, INT64_MAX);
        return;
    }
    deployment->stage = CDP_STAGE_RUN;
    switch (deployment->engine) {
    case CDP_ENGINE_FLEET:
        cdp_fleet_begin(deployment);
        break;
    case CDP_ENGINE_REROUTE:
        cdp_reroute_begin(deployment);
        break;
    case CDP_ENGINE_SHIFT:
    case CDP_ENGINE_UNSHIFT:
        cdp_shift_begin(deployment);
        break;
    }
}

cdp_status cdp_input_start(cdp_deployment *deployment, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    if (deployment->stage != CDP_STAGE_CREATED)
        return cdp_deployment_refuse(
            CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_ALREADY_STARTED,
            cdp_string_of(cdp_deployment_status_name(deployment->status)), none());
    if (deployment->engine == CDP_ENGINE_FLEET && !provisions(deployment))
        status = start_rollout(deployment, diagnostics);
    if (status != CDP_OK)
        return status;
    deployment->start_ms = deployment->now;
    deployment->stage = CDP_STAGE_ALARMS;
    cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_START, CDP_DEPLOYMENT_NO_TARGET);
    cdp_set_status(deployment, CDP_DEPLOYMENT_STATUS_IN_PROGRESS);
    if (deployment->creator == CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK)
        cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_ROLLBACK, CDP_DEPLOYMENT_NO_TARGET);
    if (cdp_is_auto_scaling(deployment))
        deployment->heartbeat_due = cdp_add_time(deployment->now, CDP_HEARTBEAT_MS);
    if (deployment->watches_alarms)
        cdp_alarms_ask(deployment);
    else
        cdp_run_begin(deployment);
    return CDP_OK;
}

cdp_status cdp_provisioned(cdp_deployment *deployment, cdp_diagnostics *diagnostics)
{
    cdp_status status = start_rollout(deployment, diagnostics);

    if (status != CDP_OK)
        return status;
    cdp_slot_close(deployment, CDP_SLOT_PROVISION);
    cdp_run_begin(deployment);
    return CDP_OK;
}

/* ---------------------------------------------------------------------------------------------- */
/* A target goes, or comes back                                                                   */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status check_target(const cdp_deployment *deployment, uint32_t target,
                               cdp_diagnostics *diagnostics)
{
    cdp_number_buffer number;
    cdp_number_buffer count;

    if (target < deployment->member_count)
        return CDP_OK;
    return cdp_deployment_refuse(CDP_ERR_NOT_FOUND, diagnostics,
                                 CDP_DIAGNOSTIC_DEPLOYMENT_UNKNOWN_TARGET,
                                 cdp_number_text(target, &number),
                                 cdp_number_text((int64_t)deployment->member_count, &count));
}

/* Contact was lost: what it does counts as failed, what it waits for does not. */
static cdp_status lose(cdp_deployment *deployment, uint32_t target, cdp_diagnostics *diagnostics)
{
    const cdp_machine *machine = cdp_machine_of(deployment, target);

    if (cdp_machine_is_final(machine))
        return cdp_deployment_refuse(
            CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_TARGET_OVER,
            cdp_member_at(deployment, target)->id,
            cdp_string_of(cdp_target_status_name((cdp_target_status)machine->status)));
    if (!(cdp_member_at(deployment, target)->flags & CDP_MEMBER_BUSY)) {
        /* The roll-out has not sent it, and hears of it as of one that went away. */
        cdp_status status =
            cdp_rollout_leave(deployment->rollout, target, deployment->now, diagnostics);

        if (status != CDP_OK)
            return status;
    }
    cdp_target_lose(deployment, target);
    return CDP_OK;
}

static cdp_status leave(cdp_deployment *deployment, uint32_t target, cdp_diagnostics *diagnostics)
{
    cdp_status status =
        cdp_rollout_leave(deployment->rollout, target, deployment->now, diagnostics);

    if (status != CDP_OK)
        return status;
    cdp_member_at(deployment, target)->flags &= (uint8_t)~CDP_MEMBER_BUSY;
    cdp_target_lose(deployment, target);
    return CDP_OK;
}

static cdp_status restart(cdp_deployment *deployment, uint32_t target, cdp_diagnostics *diagnostics)
{
    cdp_rollout_view view = {.size = sizeof view};
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    cdp_status status = cdp_actions_reserve_attempt(deployment);

    if (status == CDP_OK)
        status = cdp_rollout_restart(deployment->rollout, target, deployment->now, diagnostics);
    if (status != CDP_OK)
        return status;
    (void)cdp_rollout_at(deployment->rollout, target, &view);
    if (view.state == CDP_ROLLOUT_STATE_PENDING) {
        cdp_slot_cancel(deployment, cdp_slot_of_target(target));
        member->flags &= (uint8_t) ~(CDP_MEMBER_BUSY | CDP_MEMBER_RELEASED);
        member->traffic = 0;
        if (cdp_machine_of(deployment, target)->phase != CDP_PHASE_PENDING)
            cdp_target_begin_anew(deployment, target);
    } else if (view.state == CDP_ROLLOUT_STATE_FAILED) {
        member->flags &= (uint8_t)~CDP_MEMBER_BUSY;
        cdp_target_stop(deployment, target);
    }
    return CDP_OK;
}

cdp_status cdp_input_departure(cdp_deployment *deployment, const cdp_deployment_input *input,
                               cdp_diagnostics *diagnostics)
{
    cdp_status status;

    if (deployment->engine != CDP_ENGINE_FLEET)
        return refuse_platform(deployment, diagnostics);
    status = check_target(deployment, input->target, diagnostics);
    if (status != CDP_OK)
        return status;
    if (deployment->stage != CDP_STAGE_RUN)
        return cdp_deployment_refuse(
            CDP_ERR_STATE, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_NOT_RUNNING,
            cdp_string_of(cdp_deployment_status_name(deployment->status)), none());
    switch (input->kind) {
    case CDP_DEPLOYMENT_INPUT_LOST:
        return lose(deployment, input->target, diagnostics);
    case CDP_DEPLOYMENT_INPUT_LEFT:
        return leave(deployment, input->target, diagnostics);
    default:
        return restart(deployment, input->target, diagnostics);
    }
}
