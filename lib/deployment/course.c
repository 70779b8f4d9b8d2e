/* SPDX-License-Identifier: MIT */
/* One target from event to event: what each asks for, and what follows when it has ended. */
#include "deployment/acts.h"

/* What the events that run no script ask for. */
static cdp_deployment_action_kind action_of(const cdp_deployment *deployment, cdp_event event)
{
    bool server = cdp_is_server(deployment);

    switch (event) {
    case CDP_EVENT_DOWNLOAD_BUNDLE:
        return CDP_DEPLOYMENT_ACTION_DOWNLOAD;
    case CDP_EVENT_INSTALL:
        return server ? CDP_DEPLOYMENT_ACTION_INSTALL : CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET;
    case CDP_EVENT_BLOCK_TRAFFIC:
        return CDP_DEPLOYMENT_ACTION_BLOCK_TRAFFIC;
    case CDP_EVENT_ALLOW_TRAFFIC:
        return server ? CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC : CDP_DEPLOYMENT_ACTION_SET_TRAFFIC;
    case CDP_EVENT_ALLOW_TEST_TRAFFIC:
        return CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC;
    default:
        return CDP_DEPLOYMENT_ACTION_RUN_HOOK;
    }
}

/* Nothing of this event is to be done: the way back on Lambda and ECS moves traffic, and runs no
 * hooks. */
static bool is_idle(const cdp_deployment *deployment, const cdp_event_traits *event)
{
    return deployment->engine == CDP_ENGINE_UNSHIFT && event->event != CDP_EVENT_ALLOW_TRAFFIC;
}

static void report(cdp_deployment *deployment, uint32_t target, bool succeeded)
{
    switch (deployment->engine) {
    case CDP_ENGINE_FLEET:
        cdp_fleet_result(deployment, target, succeeded);
        break;
    case CDP_ENGINE_REROUTE:
        cdp_reroute_result(deployment, target, succeeded);
        break;
    case CDP_ENGINE_SHIFT:
    case CDP_ENGINE_UNSHIFT:
        cdp_shift_result(deployment, succeeded);
        break;
    }
}

/* The target goes no further by itself: whoever sent it is told. */
static void come_to_rest(cdp_deployment *deployment, uint32_t target)
{
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    cdp_target_status status = (cdp_target_status)cdp_machine_of(deployment, target)->status;
    bool ready = status == CDP_TARGET_STATUS_READY && !(member->flags & CDP_MEMBER_RELEASED);
    bool good = status == CDP_TARGET_STATUS_SUCCEEDED || ready;

    if (!(member->flags & CDP_MEMBER_BUSY) ||
        !(ready || cdp_machine_is_final(cdp_machine_of(deployment, target))))
        return;
    member->flags &= (uint8_t)~CDP_MEMBER_BUSY;
    report(deployment, target, good);
}

/* An event that is over in the instant in which it begins. */
static void pass_over(cdp_deployment *deployment, uint32_t target, size_t event)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);

    (void)cdp_machine_begin(machine, deployment->now, event, NULL);
    cdp_target_note(deployment, target);
    (void)cdp_machine_finish(machine, deployment->now, event, CDP_EVENT_STATUS_SUCCEEDED,
                             CDP_EVENT_ERROR_SUCCESS, NULL);
    cdp_target_note(deployment, target);
}

static void begin_event(cdp_deployment *deployment, uint32_t target, size_t event)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    const cdp_event_traits *traits = cdp_plan_traits(machine->plan, event);
    cdp_deployment_action_kind kind = action_of(deployment, (cdp_event)traits->event);
    cdp_slot *slot;

    if (!deployment->host_begins_events) {
        (void)cdp_machine_begin(machine, deployment->now, event, NULL);
        cdp_target_note(deployment, target);
    }
    if (kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC) {
        cdp_shift_traffic(deployment);
        return;
    }
    slot = cdp_slot_open(deployment, cdp_slot_of_target(target), kind, (unsigned)event, INT64_MAX);
    if (kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC)
        slot->weight = 100;
}

/* What begins next, if anything may. False when the target waits for something. */
static bool go_on(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    cdp_lifecycle_action next = cdp_machine_next(machine);
    const cdp_event_traits *traits;

    if (next.kind != CDP_LIFECYCLE_ACTION_BEGIN || deployment->stage >= CDP_STAGE_ENDING ||
        cdp_member_at(deployment, target)->slot.token)
        return false;
    if (machine->status == CDP_TARGET_STATUS_READY &&
        !(cdp_member_at(deployment, target)->flags & CDP_MEMBER_RELEASED))
        return false;
    traits = cdp_plan_traits(machine->plan, next.event);
    if (is_idle(deployment, traits) ||
        (traits->scriptable && cdp_course_of(deployment, target)->without_hook >> next.event & 1)) {
        pass_over(deployment, target, next.event);
        return true;
    }
    if (!cdp_is_server(deployment) && !cdp_alarms_quiet(deployment))
        return false;
    begin_event(deployment, target, next.event);
    return cdp_machine_next(machine).kind == CDP_LIFECYCLE_ACTION_BEGIN;
}

/* `whole_targets`: one action for all that its phase asks for. */
static void hand_over(cdp_deployment *deployment, uint32_t target)
{
    const cdp_machine *machine = cdp_machine_of(deployment, target);
    const cdp_deployment_member *member = cdp_member_at(deployment, target);
    bool ready = machine->status == CDP_TARGET_STATUS_READY;

    if (member->flags & CDP_MEMBER_BUSY && !member->slot.token && !deployment->settling &&
        deployment->stage < CDP_STAGE_ENDING && !cdp_machine_is_final(machine) &&
        (!ready || member->flags & CDP_MEMBER_RELEASED))
        cdp_slot_open(deployment, cdp_slot_of_target(target), CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET,
                      CDP_SLOT_NO_EVENT, INT64_MAX);
}

/* What the deployment itself keeps from beginning is not late. */
static void hold(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine_hold(cdp_machine_of(deployment, target), cdp_target_is_held(deployment, target),
                     deployment->now);
    cdp_heap_update(deployment, target);
}

void cdp_target_advance(cdp_deployment *deployment, uint32_t target)
{
    hold(deployment, target);
    if (deployment->whole_targets) {
        hand_over(deployment, target);
    } else {
        while (go_on(deployment, target))
            ;
    }
    hold(deployment, target);
    come_to_rest(deployment, target);
}

void cdp_target_start(cdp_deployment *deployment, uint32_t target)
{
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    cdp_machine *machine = cdp_machine_of(deployment, target);

    member->flags |= CDP_MEMBER_BUSY;
    if (machine->phase == CDP_PHASE_PENDING) {
        (void)cdp_machine_start(machine, deployment->now, NULL);
        cdp_target_note(deployment, target);
    }
    cdp_target_advance(deployment, target);
}

/* Where the load balancer now has it, as far as anybody knows. */
static void note_traffic(cdp_deployment *deployment, uint32_t target, cdp_event event)
{
    if (!cdp_is_server(deployment))
        return;
    if (event == CDP_EVENT_ALLOW_TRAFFIC)
        cdp_member_at(deployment, target)->traffic = 1;
    else if (event == CDP_EVENT_BLOCK_TRAFFIC)
        cdp_member_at(deployment, target)->traffic = 2;
}

/* The roll-out has its verdict: what ran may end, and nothing more begins. */
static void wind_down(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);

    if (cdp_machine_is_final(machine) || machine->phase == CDP_PHASE_RUNNING ||
        machine->status == CDP_TARGET_STATUS_READY)
        return;
    (void)cdp_machine_stop(machine, deployment->now, NULL);
    cdp_target_note(deployment, target);
}

void cdp_target_finish(cdp_deployment *deployment, uint32_t target, bool succeeded,
                       cdp_event_error error)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    size_t event = machine->cursor;

    if (machine->phase != CDP_PHASE_RUNNING) {
        (void)cdp_machine_begin(machine, deployment->now, event, NULL);
        cdp_target_note(deployment, target);
    }
    (void)cdp_machine_finish(machine, deployment->now, event,
                             succeeded ? CDP_EVENT_STATUS_SUCCEEDED : CDP_EVENT_STATUS_FAILED,
                             succeeded ? CDP_EVENT_ERROR_SUCCESS
                                       : (error ? error : CDP_EVENT_ERROR_UNKNOWN_ERROR),
                             NULL);
    note_traffic(deployment, target, (cdp_event)cdp_plan_traits(machine->plan, event)->event);
    cdp_target_note(deployment, target);
    if (deployment->settling)
        wind_down(deployment, target);
    if (!deployment->whole_targets || cdp_machine_is_final(machine))
        cdp_target_advance(deployment, target);
}

void cdp_target_complete(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);

    while (!cdp_machine_is_final(machine) && !deployment->settling &&
           (machine->status != CDP_TARGET_STATUS_READY ||
            cdp_member_at(deployment, target)->flags & CDP_MEMBER_RELEASED)) {
        size_t event = machine->cursor;

        cdp_target_finish(deployment, target, true, CDP_EVENT_ERROR_SUCCESS);
        if (machine->cursor == event)
            break;
    }
    if (deployment->settling)
        wind_down(deployment, target);
    come_to_rest(deployment, target);
}

void cdp_target_stop(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    cdp_deployment_member *member = cdp_member_at(deployment, target);

    /* An attempt to take traffic away, or to give it, may have come through. */
    if (machine->phase == CDP_PHASE_RUNNING)
        note_traffic(deployment, target,
                     (cdp_event)cdp_plan_traits(machine->plan, machine->cursor)->event);
    cdp_slot_cancel(deployment, cdp_slot_of_target(target));
    if (cdp_machine_is_final(machine))
        return;
    if (machine->phase == CDP_PHASE_PENDING)
        (void)cdp_machine_skip(machine, deployment->now, NULL);
    else
        (void)cdp_machine_stop(machine, deployment->now, NULL);
    cdp_target_note(deployment, target);
    member->flags &= (uint8_t)~CDP_MEMBER_BUSY;
}

void cdp_target_lose(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);

    cdp_slot_cancel(deployment, cdp_slot_of_target(target));
    if (cdp_machine_is_final(machine))
        return;
    (void)cdp_machine_lose_contact(machine, deployment->now, NULL);
    cdp_target_note(deployment, target);
    come_to_rest(deployment, target);
}

void cdp_target_cancelled(cdp_deployment *deployment, uint32_t target)
{
    cdp_slot_close(deployment, cdp_slot_of_target(target));
    if (deployment->stage == CDP_STAGE_ENDING) {
        cdp_end_if_quiet(deployment);
        return;
    }
    if (!(cdp_member_at(deployment, target)->flags & CDP_MEMBER_BUSY))
        return;
    if (deployment->settling)
        wind_down(deployment, target);
    cdp_target_advance(deployment, target);
}

/* What a target's own action does when its time is over. */
static void slot_due(cdp_deployment *deployment, uint32_t target)
{
    const cdp_slot *slot = &cdp_member_at(deployment, target)->slot;
    cdp_kept_change *change;

    if (slot->kind == CDP_DEPLOYMENT_ACTION_TERMINATE) {
        cdp_slot_close(deployment, cdp_slot_of_target(target));
        cdp_fleet_terminated(deployment, target, false);
        return;
    }
    if (slot->kind != CDP_DEPLOYMENT_ACTION_CANCEL) {
        cdp_shift_late(deployment);
        return;
    }
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TROUBLE);
    change->target = target;
    cdp_change_say(deployment, change, CDP_STR("what was cancelled did not end in time"));
    cdp_target_cancelled(deployment, target);
}

void cdp_target_due(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    const cdp_slot *slot = &cdp_member_at(deployment, target)->slot;

    if (slot->token && slot->deadline_ms <= deployment->now) {
        slot_due(deployment, target);
        return;
    }
    if (machine->phase == CDP_PHASE_RUNNING)
        note_traffic(deployment, target,
                     (cdp_event)cdp_plan_traits(machine->plan, machine->cursor)->event);
    (void)cdp_machine_step(machine, deployment->now, NULL);
    cdp_target_note(deployment, target);
    cdp_slot_cancel(deployment, cdp_slot_of_target(target));
    if (deployment->settling)
        wind_down(deployment, target);
    cdp_target_advance(deployment, target);
}
