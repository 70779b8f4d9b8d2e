/* SPDX-License-Identifier: MIT */
/* What a machine shows of itself. */
#include "base/strings.h"
#include "lifecycle/machine.h"

typedef struct reason_text {
    const char *name;
    const char *message;
} reason_text;

static const reason_text reasons[] = {
    [CDP_LIFECYCLE_REASON_NONE] = {"none", ""},
    [CDP_LIFECYCLE_REASON_EVENT_FAILED] = {"event-failed", "A lifecycle event failed."},
    [CDP_LIFECYCLE_REASON_START_LIMIT] = {"start-limit",
                                          "The lifecycle event did not begin in time."},
    [CDP_LIFECYCLE_REASON_RUN_LIMIT] = {"run-limit", "The lifecycle event did not end in time."},
    [CDP_LIFECYCLE_REASON_STOPPED] = {"stopped", "The deployment was stopped."},
    [CDP_LIFECYCLE_REASON_SKIPPED] = {"skipped",
                                      "The deployment ended before this target's turn came."},
    [CDP_LIFECYCLE_REASON_CONTACT_LOST] = {"contact-lost", "Contact with the target was lost."},
    [CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED] = {"ready-wait-expired",
                                                 "Nobody continued the deployment in time."},
};

static const reason_text *text_of(cdp_lifecycle_reason reason)
{
    size_t index = (size_t)reason;

    return index < sizeof reasons / sizeof *reasons ? &reasons[index] : NULL;
}

const char *cdp_lifecycle_reason_name(cdp_lifecycle_reason reason)
{
    const reason_text *text = text_of(reason);

    return text ? text->name : "unknown";
}

const char *cdp_lifecycle_reason_message(cdp_lifecycle_reason reason)
{
    const reason_text *text = text_of(reason);

    return text ? text->message : "";
}

cdp_lifecycle_action cdp_machine_next(const cdp_machine *machine)
{
    cdp_lifecycle_action action = {
        .event = machine->cursor,
        .wait = CDP_WAIT_NONE,
        .deadline_ms = cdp_machine_deadline(machine),
    };

    switch ((cdp_machine_phase)machine->phase) {
    case CDP_PHASE_PENDING:
        action.kind = CDP_LIFECYCLE_ACTION_START;
        break;
    case CDP_PHASE_READY:
        action.kind = CDP_LIFECYCLE_ACTION_BEGIN;
        if (machine->flags & CDP_MACHINE_ASK_WHEN_READY) {
            action.kind = CDP_LIFECYCLE_ACTION_CONTINUE;
            action.wait = CDP_WAIT_READY;
        }
        break;
    case CDP_PHASE_DUE:
        action.kind = CDP_LIFECYCLE_ACTION_BEGIN;
        break;
    case CDP_PHASE_RUNNING:
        action.kind = CDP_LIFECYCLE_ACTION_FINISH;
        break;
    case CDP_PHASE_TERMINATION:
        action.kind = CDP_LIFECYCLE_ACTION_CONTINUE;
        action.wait = CDP_WAIT_TERMINATION;
        break;
    case CDP_PHASE_DONE:
        break;
    }
    return action;
}

static cdp_lifecycle_reason event_reason(const cdp_machine *machine, size_t index)
{
    switch (cdp_machine_event_status(machine, index)) {
    case CDP_EVENT_STATUS_FAILED:
        return cdp_machine_reason_of(cdp_machine_event_cause(machine, index));
    case CDP_EVENT_STATUS_UNKNOWN:
        return CDP_LIFECYCLE_REASON_CONTACT_LOST;
    default:
        return CDP_LIFECYCLE_REASON_NONE;
    }
}

cdp_lifecycle_event_record cdp_machine_event_at(const cdp_machine *machine, size_t index)
{
    const cdp_machine_event *event = &machine->events[index];
    cdp_lifecycle_event_record record = {
        .name = cdp_plan_traits(machine->plan, index)->name,
        .status = cdp_machine_event_status(machine, index),
        .error = cdp_machine_event_error(machine, index),
        .reason = event_reason(machine, index),
        .start_ms = cdp_machine_time(machine, event->start),
        .end_ms = cdp_machine_time(machine, event->end),
    };

    if (record.reason > CDP_LIFECYCLE_REASON_EVENT_FAILED)
        record.message = cdp_string_of(cdp_lifecycle_reason_message(record.reason));
    return record;
}

static bool target_changed(const cdp_machine *machine)
{
    return machine->status != machine->status_before;
}

size_t cdp_machine_change_count(const cdp_machine *machine)
{
    size_t count = target_changed(machine);

    for (uint32_t rest = machine->changed; rest; rest &= rest - 1)
        count++;
    return count;
}

cdp_lifecycle_change cdp_machine_change_at(const cdp_machine *machine, size_t index)
{
    uint32_t rest = machine->changed;
    cdp_lifecycle_change change = {.event = 0};

    for (; rest && index > 0; index--)
        rest &= rest - 1;
    if (!rest) {
        change.event = machine->plan->count;
        change.target_status = (cdp_target_status)machine->status;
        return change;
    }
    while (!(rest & 1)) {
        rest >>= 1;
        change.event++;
    }
    change.event_status = cdp_machine_event_status(machine, change.event);
    return change;
}
