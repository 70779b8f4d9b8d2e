/* SPDX-License-Identifier: MIT */
/* How a deployment ends: what runs is ended first, then its status is final, and only then does what
 * follows from it begin. */
#include "deployment/acts.h"

#include "base/utf8.h"
#include "deployment/inputs.h"
#include "deployment/rollback.h"

static cdp_rollout_stop_cause stop_cause(const cdp_deployment *deployment)
{
    if (deployment->stopped_by_alarm)
        return CDP_ROLLOUT_STOP_ALARM;
    return deployment->stopped_by_request ? CDP_ROLLOUT_STOP_MANUAL : CDP_ROLLOUT_STOP_TIMEOUT;
}

static void stop_fleet(cdp_deployment *deployment)
{
    cdp_rollout_phase phase = cdp_rollout_current_phase(deployment->rollout);

    if (phase != CDP_ROLLOUT_PHASE_NONE && phase != CDP_ROLLOUT_PHASE_OVER)
        (void)cdp_rollout_stop(deployment->rollout, stop_cause(deployment), deployment->now, NULL);
}

static void stop_targets(cdp_deployment *deployment)
{
    if (deployment->rollout)
        stop_fleet(deployment);
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        bool busy = cdp_member_at(deployment, i)->flags & CDP_MEMBER_BUSY;

        cdp_target_stop(deployment, i);
        if (busy && deployment->engine == CDP_ENGINE_FLEET)
            cdp_fleet_result(deployment, i, false);
    }
    /* What it says of that comes before the end. */
    cdp_fleet_pump(deployment);
}

void cdp_end(cdp_deployment *deployment, cdp_deployment_status status, cdp_error_code code,
             cdp_string message)
{
    if (deployment->stage >= CDP_STAGE_ENDING)
        return;
    cdp_text_clear(&deployment->error_message);
    cdp_utf8_put_clean(
        &deployment->error_message,
        cdp_string_slice(message.data, cdp_utf8_fitting(message, CDP_MESSAGE_LIMIT)));
    if (cdp_text_status(&deployment->error_message) != CDP_OK)
        cdp_text_rollback(&deployment->error_message, 0);
    deployment->stage = CDP_STAGE_ENDING;
    deployment->end_status = status;
    deployment->error_code = code;
    if (deployment->ready_until < INT64_MAX)
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_READY, false, deployment->now);
    deployment->ready_until = deployment->termination_until = INT64_MAX;
    deployment->poll_due = deployment->heartbeat_due = INT64_MAX;
    for (uint32_t i = 0; i < CDP_SLOT_TARGETS; i++)
        cdp_slot_cancel(deployment, i);
    if (status != CDP_DEPLOYMENT_STATUS_SUCCEEDED)
        stop_targets(deployment);
    if (deployment->open_count > 0)
        cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_STOPPING)->code = (uint8_t)code;
    cdp_end_if_quiet(deployment);
}

/* ---------------------------------------------------------------------------------------------- */
/* What follows                                                                                   */
/* ---------------------------------------------------------------------------------------------- */

static void notify(cdp_deployment *deployment)
{
    switch (deployment->status) {
    case CDP_DEPLOYMENT_STATUS_SUCCEEDED:
        cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_SUCCESS, CDP_DEPLOYMENT_NO_TARGET);
        break;
    case CDP_DEPLOYMENT_STATUS_FAILED:
        cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_FAILURE, CDP_DEPLOYMENT_NO_TARGET);
        break;
    default:
        cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_STOP, CDP_DEPLOYMENT_NO_TARGET);
        break;
    }
}

static void follow(cdp_deployment *deployment)
{
    const cdp_rollout *rollout = deployment->rollout;

    if (!rollout)
        return;
    if (cdp_is_auto_scaling(deployment))
        cdp_actions_tell(deployment, CDP_DEPLOYMENT_ACTION_AUTO_SCALING, CDP_DEPLOYMENT_NO_TARGET,
                         deployment->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED ||
                                 deployment->creator ==
                                     CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION
                             ? CDP_ROLLOUT_ANSWER_CONTINUE
                             : CDP_ROLLOUT_ANSWER_ABANDON);
    if (deployment->status == CDP_DEPLOYMENT_STATUS_SUCCEEDED &&
        cdp_rollout_outdated_count(rollout) > 0)
        cdp_actions_tell(deployment, CDP_DEPLOYMENT_ACTION_FOLLOW_UP, CDP_DEPLOYMENT_NO_TARGET, 0);
}

void cdp_end_if_quiet(cdp_deployment *deployment)
{
    if (deployment->stage != CDP_STAGE_ENDING || deployment->open_count > 0)
        return;
    deployment->stage = CDP_STAGE_OVER;
    deployment->complete_ms = deployment->now;
    cdp_set_status(deployment, deployment->end_status);
    notify(deployment);
    follow(deployment);
    cdp_rollback_decide(deployment);
}

cdp_error_code cdp_code_of(const cdp_deployment *deployment, uint32_t target)
{
    const cdp_machine *machine = cdp_machine_of(deployment, target);

    if (deployment->answer_code)
        return deployment->answer_code;
    for (size_t i = 0; i < machine->plan->count; i++) {
        if (cdp_machine_event_status(machine, i) == CDP_EVENT_STATUS_FAILED &&
            cdp_plan_traits(machine->plan, i)->scriptable)
            return CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE;
    }
    if (machine->reason == CDP_LIFECYCLE_REASON_RUN_LIMIT)
        return CDP_ERROR_CODE_TIMEOUT;
    return deployment->platform == CDP_PLATFORM_ECS ? CDP_ERROR_CODE_ECS_UPDATE_ERROR
                                                    : CDP_ERROR_CODE_INVALID_LAMBDA_CONFIGURATION;
}
