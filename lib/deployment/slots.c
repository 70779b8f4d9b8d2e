/* SPDX-License-Identifier: MIT */
/* Actions: which are open, and in what order the host is told of them. */
#include "deployment/books.h"

#include "base/allocator.h"

/* A token is a running number and, in its low bits, the slot. */
enum { SLOT_BITS = 24, SLOT_MASK = (1 << SLOT_BITS) - 1 };

/* What can wait for the host without being withdrawn. For a target: what it does, and up to four
 * notifications of an attempt. For the deployment: its slots, its notifications, one heartbeat, way
 * back. */
enum { QUEUED_FOR_TARGET = 6, QUEUED_FOR_DEPLOYMENT = 32 };

static uint64_t next_token(cdp_deployment *deployment, uint32_t slot)
{
    return ++deployment->sequence << SLOT_BITS | slot;
}

cdp_slot *cdp_slot_at(const cdp_deployment *deployment, uint32_t index)
{
    if (index >= CDP_SLOT_TARGETS)
        return &deployment->members[index - CDP_SLOT_TARGETS].slot;
    return (cdp_slot *)(uintptr_t)&deployment->slots[index];
}

cdp_status cdp_actions_reserve(cdp_deployment *deployment, size_t targets)
{
    size_t needed = targets * QUEUED_FOR_TARGET + QUEUED_FOR_DEPLOYMENT;
    size_t capacity = 0;
    void *queue = NULL;
    cdp_status status;

    if (needed <= deployment->queue_capacity)
        return CDP_OK;
    if (needed < 2 * deployment->queue_capacity)
        needed = 2 * deployment->queue_capacity;
    /* A ring cannot simply be made longer. */
    status = cdp_array_reserve(&deployment->allocator, &queue, &capacity, needed,
                               sizeof *deployment->queue);
    if (status != CDP_OK)
        return status;
    for (size_t i = 0; i < deployment->queue_count; i++)
        ((cdp_queued *)queue)[i] =
            deployment->queue[(deployment->queue_head + i) % deployment->queue_capacity];
    cdp_release(&deployment->allocator, deployment->queue,
                deployment->queue_capacity * sizeof *deployment->queue);
    deployment->queue = queue;
    deployment->queue_head = 0;
    deployment->queue_capacity = capacity;
    return CDP_OK;
}

static cdp_queued *queued_at(const cdp_deployment *deployment, size_t index)
{
    return &deployment->queue[(deployment->queue_head + index) % deployment->queue_capacity];
}

static bool is_withdrawn(const cdp_deployment *deployment, const cdp_queued *queued)
{
    uint32_t slot;

    return cdp_action_has_slot(queued->kind) &&
           cdp_slot_find(deployment, queued->token, &slot) != CDP_OK;
}

/* What was withdrawn before the host took it out is forgotten; the others keep their order. */
static void drop_withdrawn(cdp_deployment *deployment)
{
    size_t kept = 0;

    for (size_t i = 0; i < deployment->queue_count; i++) {
        if (!is_withdrawn(deployment, queued_at(deployment, i)))
            *queued_at(deployment, kept++) = *queued_at(deployment, i);
    }
    deployment->queue_count = kept;
}

cdp_status cdp_actions_reserve_attempt(cdp_deployment *deployment)
{
    size_t needed = deployment->member_count * QUEUED_FOR_TARGET + QUEUED_FOR_DEPLOYMENT;

    if (deployment->queue_count + QUEUED_FOR_TARGET <= deployment->queue_capacity - needed)
        return CDP_OK;
    drop_withdrawn(deployment);
    return cdp_actions_reserve(deployment, deployment->member_count +
                                               deployment->queue_count / QUEUED_FOR_TARGET + 2);
}

static cdp_queued *enqueue(cdp_deployment *deployment, uint64_t token,
                           cdp_deployment_action_kind kind)
{
    size_t at;

    if (deployment->queue_count == deployment->queue_capacity)
        drop_withdrawn(deployment);
    at = (deployment->queue_head + deployment->queue_count++) % deployment->queue_capacity;

    deployment->queue[at] = (cdp_queued){
        .token = token,
        .time_ms = deployment->now,
        .target = CDP_DEPLOYMENT_NO_TARGET,
        .kind = (uint8_t)kind,
        .status = (uint8_t)deployment->status,
    };
    return &deployment->queue[at];
}

/* The alarms are asked about in passing: no end waits for them. */
static bool is_counted(uint32_t index)
{
    return index != CDP_SLOT_POLL;
}

static void settle_deadline(cdp_deployment *deployment, uint32_t index)
{
    if (index >= CDP_SLOT_TARGETS)
        cdp_heap_update(deployment, index - CDP_SLOT_TARGETS);
}

static cdp_slot *fill(cdp_deployment *deployment, uint32_t index, cdp_deployment_action_kind kind,
                      unsigned event, int64_t deadline)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);

    deployment->taken_count -= slot->taken;
    *slot = (cdp_slot){
        .token = next_token(deployment, index),
        .issued_ms = deployment->now,
        .deadline_ms = deadline,
        .kind = (uint8_t)kind,
        .event = (uint8_t)event,
    };
    enqueue(deployment, slot->token, kind);
    settle_deadline(deployment, index);
    return slot;
}

cdp_slot *cdp_slot_open(cdp_deployment *deployment, uint32_t index, cdp_deployment_action_kind kind,
                        unsigned event, int64_t deadline)
{
    deployment->open_count += is_counted(index);
    return fill(deployment, index, kind, event, deadline);
}

void cdp_slot_close(cdp_deployment *deployment, uint32_t index)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);

    if (!slot->token)
        return;
    deployment->open_count -= is_counted(index);
    deployment->taken_count -= slot->taken;
    *slot = (cdp_slot){.token = 0};
    settle_deadline(deployment, index);
}

void cdp_slot_cancel(cdp_deployment *deployment, uint32_t index)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);
    uint64_t cancelled = slot->token;

    if (!cancelled || slot->kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return;
    if (!slot->taken || index == CDP_SLOT_POLL) {
        cdp_slot_close(deployment, index);
        return;
    }
    slot = fill(deployment, index, CDP_DEPLOYMENT_ACTION_CANCEL, slot->event,
                cdp_add_time(deployment->now, deployment->cancel_limit_ms));
    slot->cancels = cancelled;
}

void cdp_slot_take(cdp_deployment *deployment, uint32_t index)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);

    deployment->taken_count += !slot->taken;
    slot->taken = true;
}

cdp_status cdp_slot_find(const cdp_deployment *deployment, uint64_t token, uint32_t *index)
{
    uint32_t slot = (uint32_t)(token & SLOT_MASK);
    uint64_t number = token >> SLOT_BITS;

    if (number == 0 || number > deployment->sequence ||
        (slot != CDP_SLOT_NONE && slot >= deployment->member_count + CDP_SLOT_TARGETS))
        return CDP_ERR_NOT_FOUND;
    if (slot == CDP_SLOT_NONE || cdp_slot_at(deployment, slot)->token != token)
        return CDP_ERR_STATE;
    *index = slot;
    return CDP_OK;
}

bool cdp_actions_has_heartbeat(const cdp_deployment *deployment)
{
    for (size_t i = 0; i < deployment->queue_count; i++) {
        const cdp_queued *queued = queued_at(deployment, i);

        if (queued->kind == CDP_DEPLOYMENT_ACTION_AUTO_SCALING &&
            queued->answer == CDP_ROLLOUT_ANSWER_NONE)
            return true;
    }
    return false;
}

void cdp_actions_tell(cdp_deployment *deployment, cdp_deployment_action_kind kind, uint32_t target,
                      unsigned answer)
{
    uint64_t token = next_token(deployment, CDP_SLOT_NONE);
    cdp_queued *queued;

    /* One heartbeat that nobody has taken out yet is as good as many. */
    if (kind == CDP_DEPLOYMENT_ACTION_AUTO_SCALING && answer == CDP_ROLLOUT_ANSWER_NONE &&
        cdp_actions_has_heartbeat(deployment))
        return;
    queued = enqueue(deployment, token, kind);
    queued->target = target;
    queued->answer = (uint8_t)answer;
}

void cdp_actions_notify(cdp_deployment *deployment, cdp_trigger_event event, uint32_t target)
{
    cdp_queued *queued;

    if (!(deployment->triggers >> event & 1))
        return;
    queued =
        enqueue(deployment, next_token(deployment, CDP_SLOT_NONE), CDP_DEPLOYMENT_ACTION_NOTIFY);
    /* One number for each trigger that may be told: which are, does not depend on when the host
     * looks. */
    deployment->sequence += cdp_group_trigger_count(deployment->group) - 1;
    queued->trigger_event = (uint8_t)event;
    queued->target = target;
    if (target != CDP_DEPLOYMENT_NO_TARGET)
        queued->status = cdp_machine_of(deployment, target)->status;
}

void cdp_actions_save(cdp_deployment *deployment)
{
    /* Numbered by the inputs: the other tokens do not depend on when the host takes this one out. */
    if (deployment->asks_to_save)
        deployment->save_token = deployment->input_count << SLOT_BITS | CDP_SLOT_SAVE;
}

void cdp_actions_repeat(cdp_deployment *deployment, uint32_t index)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);

    slot->repeated = slot->repeated || slot->taken;
    enqueue(deployment, slot->token, (cdp_deployment_action_kind)slot->kind)->time_ms =
        slot->issued_ms;
}
