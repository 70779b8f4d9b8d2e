/* SPDX-License-Identifier: MIT */
/* The two waits of a blue/green deployment: for somebody's word before traffic goes to the
 * replacement, and for some time before the original goes. */
#include "deployment/acts.h"

enum { MINUTE_MS = 60000 };

/* The longest waits of the limits page, where the group gives no time: somebody has to decide. */
static int64_t longest_ready_wait(const cdp_deployment *deployment)
{
    return (cdp_is_server(deployment) ? INT64_C(48) : INT64_C(120)) * 60 * MINUTE_MS;
}

void cdp_wait_ready(cdp_deployment *deployment)
{
    int64_t wait = deployment->blue_green.ready_wait_minutes * MINUTE_MS;

    deployment->ready_until =
        cdp_add_time(deployment->now, wait > 0 ? wait : longest_ready_wait(deployment));
    cdp_set_status(deployment, CDP_DEPLOYMENT_STATUS_READY);
    cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_READY, true, deployment->ready_until);
    cdp_actions_notify(deployment, CDP_TRIGGER_DEPLOYMENT_READY, CDP_DEPLOYMENT_NO_TARGET);
}

void cdp_ready_continued(cdp_deployment *deployment)
{
    deployment->ready_until = INT64_MAX;
    cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_READY, false, deployment->now);
    cdp_set_status(deployment, CDP_DEPLOYMENT_STATUS_IN_PROGRESS);
    if (deployment->engine == CDP_ENGINE_FLEET) {
        (void)cdp_rollout_continue(deployment->rollout, deployment->now, NULL);
        return;
    }
    (void)cdp_machine_continue(cdp_machine_of(deployment, 0), deployment->now, CDP_WAIT_READY,
                               NULL);
    cdp_target_note(deployment, 0);
    cdp_target_start(deployment, 0);
}

static void delete_task_set(cdp_deployment *deployment)
{
    deployment->stage = CDP_STAGE_TERMINATING;
    cdp_slot_open(deployment, CDP_SLOT_TASK_SET, CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET,
                  CDP_SLOT_NO_EVENT, cdp_add_time(deployment->now, INT64_C(60) * MINUTE_MS));
}

static void succeed(cdp_deployment *deployment)
{
    cdp_end(deployment, CDP_DEPLOYMENT_STATUS_SUCCEEDED, CDP_ERROR_CODE_NONE,
            (cdp_string){NULL, 0});
}

static bool keeps_original(const cdp_deployment *deployment)
{
    return deployment->type != CDP_DEPLOYMENT_TYPE_BLUE_GREEN ||
           deployment->blue_green.termination_action == CDP_TERMINATION_KEEP_ALIVE ||
           deployment->platform == CDP_PLATFORM_LAMBDA;
}

void cdp_wait_termination(cdp_deployment *deployment)
{
    int64_t wait = deployment->blue_green.termination_wait_minutes * MINUTE_MS;

    if (cdp_is_way_back(deployment)) {
        if (deployment->way_back.task_set_exists)
            delete_task_set(deployment);
        else
            succeed(deployment);
        return;
    }
    if (keeps_original(deployment)) {
        succeed(deployment);
        return;
    }
    deployment->stage = CDP_STAGE_TERMINATION_WAIT;
    deployment->termination_wait_started = true;
    deployment->termination_until = cdp_add_time(deployment->now, wait);
    if (wait > 0)
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_TERMINATION, true,
                        deployment->termination_until);
    else
        cdp_termination_begins(deployment);
}

void cdp_termination_begins(cdp_deployment *deployment)
{
    if (deployment->blue_green.termination_wait_minutes > 0)
        cdp_change_wait(deployment, CDP_DEPLOYMENT_WAIT_TERMINATION, false, deployment->now);
    deployment->termination_until = INT64_MAX;
    if (deployment->platform == CDP_PLATFORM_ECS)
        delete_task_set(deployment);
    else
        cdp_terminate_originals(deployment);
}

static bool removes_original(const cdp_deployment *deployment, const cdp_slot *slot)
{
    return slot->kind == CDP_DEPLOYMENT_ACTION_TERMINATE ||
           (slot->kind == CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET && !cdp_is_way_back(deployment));
}

void cdp_removal_told(cdp_deployment *deployment, const cdp_slot *slot)
{
    if (!slot->taken && removes_original(deployment, slot))
        deployment->removals++;
}

void cdp_removal_failed(cdp_deployment *deployment, const cdp_slot *slot)
{
    if (slot->taken && removes_original(deployment, slot))
        deployment->removals--;
}

void cdp_task_set_deleted(cdp_deployment *deployment, bool succeeded)
{
    cdp_kept_change *change;

    if (!succeeded) {
        cdp_end(deployment, CDP_DEPLOYMENT_STATUS_FAILED, CDP_ERROR_CODE_ECS_UPDATE_ERROR,
                cdp_is_way_back(deployment)
                    ? CDP_STR("the replacement task set could not be removed")
                    : CDP_STR("the original task set could not be removed"));
        return;
    }
    if (cdp_is_way_back(deployment))
        deployment->way_back.task_set_exists = false;
    else
        deployment->original_gone = true;
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TERMINATED);
    change->target = 0;
    succeed(deployment);
}

static bool is_shifting(const cdp_deployment *deployment)
{
    const cdp_machine *machine;

    if (deployment->engine != CDP_ENGINE_SHIFT || deployment->stage != CDP_STAGE_RUN)
        return false;
    machine = cdp_machine_of(deployment, 0);
    return machine->phase == CDP_PHASE_RUNNING &&
           cdp_plan_traits(machine->plan, machine->cursor)->event == CDP_EVENT_ALLOW_TRAFFIC &&
           !cdp_traffic_cursor_is_done(deployment->cursor);
}

cdp_deployment_wait cdp_present_wait(const cdp_deployment *deployment, int64_t *until)
{
    *until = INT64_MAX;
    if (deployment->ready_until < INT64_MAX) {
        *until = deployment->ready_until;
        return CDP_DEPLOYMENT_WAIT_READY;
    }
    if (deployment->stage == CDP_STAGE_TERMINATION_WAIT) {
        *until = deployment->termination_until;
        return CDP_DEPLOYMENT_WAIT_TERMINATION;
    }
    if (is_shifting(deployment)) {
        *until = cdp_traffic_cursor_next_deadline(deployment->cursor);
        return cdp_traffic_cursor_is_at_gate(deployment->cursor) ? CDP_DEPLOYMENT_WAIT_GATE
                                                                 : CDP_DEPLOYMENT_WAIT_TRAFFIC;
    }
    if (deployment->rollout && deployment->stage == CDP_STAGE_RUN) {
        *until = cdp_rollout_next_deadline(deployment->rollout);
        if (*until < INT64_MAX)
            return CDP_DEPLOYMENT_WAIT_ROLLOUT;
    }
    return CDP_DEPLOYMENT_WAIT_NONE;
}
