/* SPDX-License-Identifier: MIT */
/* The books of the targets: what each has room for, and what follows when its machine has moved. */
#include "deployment/books.h"

#include "base/allocator.h"

static cdp_status reserve(const cdp_deployment *deployment, void *array, size_t *capacity,
                          size_t needed, size_t bytes)
{
    return cdp_array_reserve(&deployment->allocator, array, capacity, needed, bytes);
}

cdp_status cdp_targets_reserve(cdp_deployment *deployment, size_t more)
{
    size_t needed = deployment->member_count + more;
    void *members = deployment->members;
    void *machines = deployment->machines;
    void *heap = deployment->heap;
    cdp_status status = CDP_OK;

    if (needed >= CDP_SLOT_SAVE - CDP_SLOT_TARGETS)
        return CDP_ERR_LIMIT;
    status = reserve(deployment, &members, &deployment->member_capacity, needed,
                     sizeof *deployment->members);
    deployment->members = members;
    if (status == CDP_OK)
        status = reserve(deployment, &machines, &deployment->machine_capacity, needed,
                         deployment->machine_bytes);
    deployment->machines = machines;
    if (status == CDP_OK)
        status = reserve(deployment, &heap, &deployment->heap_capacity, needed,
                         sizeof *deployment->heap);
    deployment->heap = heap;
    return status == CDP_OK ? cdp_actions_reserve(deployment, needed) : status;
}

void cdp_target_reset(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine_init(cdp_machine_of(deployment, target), cdp_course_of(deployment, target)->plan,
                     &deployment->target_options);
    cdp_machine_of(deployment, target)->flags |= CDP_MACHINE_MAY_BE_HELD;
}

bool cdp_target_is_held(const cdp_deployment *deployment, uint32_t target)
{
    const cdp_slot *slot = &cdp_member_at(deployment, target)->slot;

    return (slot->token && slot->kind == CDP_DEPLOYMENT_ACTION_CANCEL) ||
           (target == 0 && deployment->alarm_due);
}

void cdp_target_begin_anew(cdp_deployment *deployment, uint32_t target)
{
    cdp_machine *machine = cdp_machine_of(deployment, target);
    uint8_t before = machine->status;
    cdp_kept_change *change;

    cdp_target_reset(deployment, target);
    if (!(cdp_member_at(deployment, target)->flags & CDP_MEMBER_APART)) {
        deployment->counts[before]--;
        deployment->counts[machine->status]++;
    }
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TARGET);
    change->target = target;
    change->status = machine->status;
    cdp_heap_update(deployment, target);
}

void cdp_targets_append(cdp_deployment *deployment, cdp_string id, cdp_string zone, unsigned flags)
{
    uint32_t target = (uint32_t)deployment->member_count++;

    deployment->members[target] = (cdp_deployment_member){
        .id = id,
        .zone = zone,
        .heap_at = CDP_DEPLOYMENT_NO_TARGET,
        .flags = (uint8_t)flags,
    };
    cdp_target_reset(deployment, target);
    deployment->counts[CDP_TARGET_STATUS_PENDING]++;
}

void cdp_target_set_apart(cdp_deployment *deployment, uint32_t target, bool apart)
{
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    uint32_t *count = &deployment->counts[cdp_machine_of(deployment, target)->status];

    if (apart == ((member->flags & CDP_MEMBER_APART) != 0))
        return;
    member->flags = (uint8_t)(member->flags ^ CDP_MEMBER_APART);
    *count = apart ? *count - 1 : *count + 1;
}

void cdp_target_keep_message(cdp_deployment *deployment, uint32_t target, size_t at, size_t length,
                             cdp_status host_status)
{
    cdp_deployment_member *member = cdp_member_at(deployment, target);

    member->message_at = at;
    member->message_length = (uint32_t)length;
    member->host_status = host_status;
}

cdp_string cdp_target_message(const cdp_deployment *deployment, uint32_t target)
{
    const cdp_deployment_member *member = cdp_member_at(deployment, target);

    if (!member->message_length)
        return (cdp_string){NULL, 0};
    return cdp_string_slice(deployment->messages.data + member->message_at, member->message_length);
}

/* What the triggers are told of a target's new status. */
static void notify(cdp_deployment *deployment, uint32_t target, cdp_target_status status)
{
    switch (status) {
    case CDP_TARGET_STATUS_SUCCEEDED:
        cdp_actions_notify(deployment, CDP_TRIGGER_INSTANCE_SUCCESS, target);
        break;
    case CDP_TARGET_STATUS_FAILED:
    case CDP_TARGET_STATUS_UNKNOWN:
        cdp_actions_notify(deployment, CDP_TRIGGER_INSTANCE_FAILURE, target);
        break;
    case CDP_TARGET_STATUS_READY:
        cdp_actions_notify(deployment, CDP_TRIGGER_INSTANCE_READY, target);
        break;
    default:
        break;
    }
}

static void note_event(cdp_deployment *deployment, uint32_t target, const cdp_machine *machine,
                       size_t event)
{
    cdp_lifecycle_event_record record = cdp_machine_event_at(machine, event);
    cdp_kept_change *change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_EVENT);

    change->target = target;
    change->event = (uint8_t)event;
    change->status = (uint8_t)record.status;
    change->error = (uint8_t)record.error;
    if (record.status != CDP_EVENT_STATUS_FAILED)
        return;
    if (record.reason == CDP_LIFECYCLE_REASON_EVENT_FAILED) {
        change->host_status = cdp_member_at(deployment, target)->host_status;
        cdp_change_say(deployment, change, cdp_target_message(deployment, target));
    } else {
        cdp_change_say(deployment, change, record.message);
    }
}

static void note_status(cdp_deployment *deployment, uint32_t target, const cdp_machine *machine)
{
    cdp_target_status status = (cdp_target_status)machine->status;
    cdp_kept_change *change;

    if (!(cdp_member_at(deployment, target)->flags & CDP_MEMBER_APART)) {
        deployment->counts[machine->status_before]--;
        deployment->counts[machine->status]++;
    }
    change = cdp_change_add(deployment, CDP_DEPLOYMENT_CHANGE_TARGET);
    change->target = target;
    change->status = machine->status;
    if (machine->status_before == CDP_TARGET_STATUS_PENDING &&
        status == CDP_TARGET_STATUS_IN_PROGRESS)
        cdp_actions_notify(deployment, CDP_TRIGGER_INSTANCE_START, target);
    notify(deployment, target, status);
}

void cdp_target_note(cdp_deployment *deployment, uint32_t target)
{
    const cdp_machine *machine = cdp_machine_of(deployment, target);
    bool status_changed = machine->status != machine->status_before;
    bool begins = status_changed && machine->status == CDP_TARGET_STATUS_IN_PROGRESS;
    uint32_t changed = machine->changed;

    if (begins)
        note_status(deployment, target, machine);
    for (size_t i = 0; changed >> i; i++) {
        if (changed >> i & 1)
            note_event(deployment, target, machine, i);
    }
    if (status_changed && !begins)
        note_status(deployment, target, machine);
    cdp_heap_update(deployment, target);
}
