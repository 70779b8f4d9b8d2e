/* SPDX-License-Identifier: MIT */
/* Whether a state can be reached: what a restored machine is held against. */
#include "lifecycle/machine.h"

/* Walks over the events from the first on, and knows what was seen. */
typedef struct event_walk {
    const cdp_machine *machine;
    size_t at;
    /* When the last event that was over ended; the first input's time before that. */
    int64_t end;
} event_walk;

static bool at_end(const event_walk *walk)
{
    return walk->at == walk->machine->plan->count;
}

static int64_t start_of(const event_walk *walk)
{
    return cdp_machine_time(walk->machine, walk->machine->events[walk->at].start);
}

static int64_t end_of(const event_walk *walk)
{
    return cdp_machine_time(walk->machine, walk->machine->events[walk->at].end);
}

static bool is_state(const event_walk *walk, cdp_event_status status, cdp_machine_cause cause)
{
    return !at_end(walk) && cdp_machine_event_status(walk->machine, walk->at) == status &&
           cdp_machine_event_cause(walk->machine, walk->at) == cause;
}

/* Whether the event at hand may have begun at `start`, given what came before it. */
static bool may_begin(const event_walk *walk, int64_t start)
{
    const cdp_machine *machine = walk->machine;
    int64_t limit = cdp_plan_start_limit(machine->plan, walk->at);

    if (start < walk->end || start > machine->now)
        return false;
    if (limit == 0 || walk->at == 0 || machine->flags & CDP_MACHINE_MAY_BE_HELD)
        return true; /* behind the start, or the end of a hold, whose times are not kept */
    if (machine->plan->steps[walk->at - 1].wait_after == CDP_WAIT_READY &&
        cdp_machine_gets_ready(machine)) {
        if (!(machine->flags & CDP_MACHINE_ASK_WHEN_READY) || machine->ready_wait_ms == 0)
            return true;
        limit += machine->ready_wait_ms;
    }
    return start - walk->end <= limit;
}

static bool may_end(const event_walk *walk, int64_t start, int64_t end)
{
    int64_t limit = cdp_plan_run_limit(walk->machine->plan, walk->at);

    return end >= start && end <= walk->machine->now && (limit == 0 || end - start <= limit);
}

/* An event that has both its times, and took as long as its cause says. */
static bool has_run(const event_walk *walk)
{
    int64_t start = start_of(walk);
    int64_t end = end_of(walk);
    int64_t limit = cdp_plan_run_limit(walk->machine->plan, walk->at);

    if (!may_begin(walk, start) || !may_end(walk, start, end))
        return false;
    return cdp_machine_event_cause(walk->machine, walk->at) != CDP_CAUSE_RUN_LIMIT ||
           (limit > 0 && end - start == limit);
}

static bool error_fits(const event_walk *walk)
{
    cdp_event_error error = cdp_machine_event_error(walk->machine, walk->at);

    switch (cdp_machine_event_status(walk->machine, walk->at)) {
    case CDP_EVENT_STATUS_FAILED:
        if (cdp_machine_event_cause(walk->machine, walk->at) == CDP_CAUSE_REPORT)
            return error > CDP_EVENT_ERROR_SUCCESS && error <= CDP_EVENT_ERROR_UNKNOWN_ERROR;
        return error == CDP_EVENT_ERROR_UNKNOWN_ERROR;
    case CDP_EVENT_STATUS_UNKNOWN:
        return error == CDP_EVENT_ERROR_UNKNOWN_ERROR;
    default:
        return error == CDP_EVENT_ERROR_SUCCESS;
    }
}

/* Past the events that are over and let the target go on. */
static void skip_passed(event_walk *walk)
{
    while (!at_end(walk) && error_fits(walk) &&
           (is_state(walk, CDP_EVENT_STATUS_SUCCEEDED, CDP_CAUSE_REPORT) ||
            cdp_machine_is_ignored(walk->machine, walk->at)) &&
           has_run(walk)) {
        walk->end = end_of(walk);
        walk->at++;
    }
}

/* The rest of the events: all of this status, and none has a time. */
static bool rest_is(event_walk *walk, cdp_event_status status)
{
    while (is_state(walk, status, CDP_CAUSE_REPORT) && error_fits(walk) && start_of(walk) < 0 &&
           end_of(walk) < 0)
        walk->at++;
    return at_end(walk);
}

static int64_t since_of(const cdp_machine *machine)
{
    return cdp_machine_time(machine, machine->since);
}

static bool waits_ready(const event_walk *walk)
{
    return walk->at > 0 && !at_end(walk) && cdp_machine_gets_ready(walk->machine) &&
           walk->machine->plan->steps[walk->at - 1].wait_after == CDP_WAIT_READY;
}

/* Due: since the start, since the event before, since the deployment was continued, or since its
 * owner held it no longer. */
static bool due_is_sound(event_walk *walk)
{
    const cdp_machine *machine = walk->machine;
    int64_t since = since_of(machine);

    if (walk->at > 0 && !waits_ready(walk) && since != walk->end &&
        !(machine->flags & CDP_MACHINE_MAY_BE_HELD))
        return false;
    if (waits_ready(walk) &&
        (!(machine->flags & CDP_MACHINE_ASK_WHEN_READY) ||
         (machine->ready_wait_ms > 0 && since - walk->end > machine->ready_wait_ms &&
          !(machine->flags & CDP_MACHINE_MAY_BE_HELD))))
        return false;
    return since >= walk->end && rest_is(walk, CDP_EVENT_STATUS_PENDING);
}

static bool running_is_sound(event_walk *walk)
{
    if (!error_fits(walk) || !may_begin(walk, start_of(walk)) || end_of(walk) >= 0 ||
        since_of(walk->machine) != start_of(walk))
        return false;
    walk->at++;
    return rest_is(walk, CDP_EVENT_STATUS_PENDING);
}

static bool in_progress_is_sound(event_walk *walk)
{
    size_t cursor = walk->at;

    if (at_end(walk) || walk->machine->cursor != cursor)
        return false;
    if (walk->machine->phase == CDP_PHASE_RUNNING)
        return is_state(walk, CDP_EVENT_STATUS_IN_PROGRESS, CDP_CAUSE_REPORT) &&
               running_is_sound(walk);
    return walk->machine->phase == CDP_PHASE_DUE && due_is_sound(walk);
}

static bool ready_is_sound(event_walk *walk)
{
    return walk->machine->phase == CDP_PHASE_READY && walk->machine->cursor == walk->at &&
           waits_ready(walk) && since_of(walk->machine) == walk->end &&
           rest_is(walk, CDP_EVENT_STATUS_PENDING);
}

static bool succeeded_is_sound(const event_walk *walk)
{
    const cdp_machine *machine = walk->machine;
    int64_t waited = since_of(machine) - walk->end;
    bool waits =
        machine->plan->steps[machine->plan->count - 1].wait_after == CDP_WAIT_TERMINATION &&
        machine->termination_wait_ms > 0;

    if (!at_end(walk))
        return false;
    if (machine->phase == CDP_PHASE_TERMINATION)
        return waits && waited == 0 && machine->reason == CDP_LIFECYCLE_REASON_NONE;
    if (!waits)
        return waited == 0 && machine->reason == CDP_LIFECYCLE_REASON_NONE;
    return waited >= 0 && waited <= machine->termination_wait_ms &&
           (machine->reason == CDP_LIFECYCLE_REASON_NONE ||
            machine->reason == CDP_LIFECYCLE_REASON_STOPPED);
}

/* Whether the event at hand may have run out of time before it began. */
static bool may_be_overdue(const event_walk *walk, int64_t end)
{
    const cdp_machine *machine = walk->machine;
    int64_t limit = cdp_plan_start_limit(machine->plan, walk->at);
    int64_t waited = end - walk->end;

    if (limit == 0 || start_of(walk) >= 0 || waited < limit)
        return false;
    if (walk->at == 0)
        return true;
    if (waits_ready(walk))
        return machine->flags & CDP_MACHINE_ASK_WHEN_READY && may_begin(walk, end);
    return waited == limit || machine->flags & CDP_MACHINE_MAY_BE_HELD;
}

/* The event that made the target fail. */
static bool failure_is_sound(event_walk *walk, cdp_machine_cause cause)
{
    bool overdue = cause == CDP_CAUSE_START_LIMIT;

    if (!error_fits(walk) || cdp_machine_is_ignored(walk->machine, walk->at) ||
        end_of(walk) != since_of(walk->machine))
        return false;
    if (overdue ? !may_be_overdue(walk, end_of(walk)) : !has_run(walk))
        return false;
    walk->at++;
    return rest_is(walk, CDP_EVENT_STATUS_SKIPPED);
}

static bool failed_is_sound(event_walk *walk)
{
    const cdp_machine *machine = walk->machine;
    int64_t since = since_of(machine);

    for (int cause = CDP_CAUSE_REPORT; cause <= CDP_CAUSE_STOP; cause++) {
        if (is_state(walk, CDP_EVENT_STATUS_FAILED, (cdp_machine_cause)cause))
            return machine->reason == cdp_machine_reason_of((cdp_machine_cause)cause) &&
                   failure_is_sound(walk, (cdp_machine_cause)cause);
    }
    if (at_end(walk))
        return false;
    if (machine->reason == CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED)
        return waits_ready(walk) && machine->flags & CDP_MACHINE_ASK_WHEN_READY &&
               machine->ready_wait_ms > 0 && since - walk->end == machine->ready_wait_ms &&
               rest_is(walk, CDP_EVENT_STATUS_SKIPPED);
    return machine->reason == CDP_LIFECYCLE_REASON_STOPPED && may_begin(walk, since) &&
           rest_is(walk, CDP_EVENT_STATUS_SKIPPED);
}

static bool unknown_is_sound(event_walk *walk)
{
    const cdp_machine *machine = walk->machine;

    if (machine->reason != CDP_LIFECYCLE_REASON_CONTACT_LOST || at_end(walk))
        return false;
    if (is_state(walk, CDP_EVENT_STATUS_UNKNOWN, CDP_CAUSE_REPORT)) {
        if (!error_fits(walk) || !may_begin(walk, start_of(walk)) || end_of(walk) >= 0 ||
            !may_end(walk, start_of(walk), since_of(machine)))
            return false;
        walk->at++;
    } else if (!may_begin(walk, since_of(machine))) {
        return false;
    }
    return rest_is(walk, CDP_EVENT_STATUS_SKIPPED);
}

static bool skipped_is_sound(event_walk *walk)
{
    return walk->at == 0 && rest_is(walk, CDP_EVENT_STATUS_SKIPPED) &&
           (walk->machine->reason == CDP_LIFECYCLE_REASON_SKIPPED ||
            walk->machine->reason == CDP_LIFECYCLE_REASON_STOPPED);
}

static bool events_are_sound(event_walk *walk)
{
    const cdp_machine *machine = walk->machine;

    switch ((cdp_target_status)machine->status) {
    case CDP_TARGET_STATUS_PENDING:
        return walk->at == 0 && rest_is(walk, CDP_EVENT_STATUS_PENDING);
    case CDP_TARGET_STATUS_IN_PROGRESS:
        return in_progress_is_sound(walk);
    case CDP_TARGET_STATUS_READY:
        return ready_is_sound(walk);
    case CDP_TARGET_STATUS_SUCCEEDED:
        return succeeded_is_sound(walk);
    case CDP_TARGET_STATUS_FAILED:
        return failed_is_sound(walk);
    case CDP_TARGET_STATUS_SKIPPED:
        return skipped_is_sound(walk);
    case CDP_TARGET_STATUS_UNKNOWN:
        return unknown_is_sound(walk);
    }
    return false;
}

static bool is_final(uint8_t status)
{
    return status == CDP_TARGET_STATUS_SUCCEEDED || status == CDP_TARGET_STATUS_FAILED ||
           status == CDP_TARGET_STATUS_SKIPPED || status == CDP_TARGET_STATUS_UNKNOWN;
}

const char *cdp_machine_contradiction(const cdp_machine *machine)
{
    event_walk walk = {machine, 0, machine->base};
    bool pending = machine->status == CDP_TARGET_STATUS_PENDING;
    int64_t since = since_of(machine);
    int64_t deadline = cdp_machine_deadline(machine);

    if (machine->base < 0 ? machine->now >= 0 || !pending : machine->now < machine->base)
        return "its times contradict each other";
    if (pending ? since >= 0 : since < machine->base || since > machine->now)
        return "the time of its last change contradicts the others";
    if (!is_final(machine->status) && machine->reason != CDP_LIFECYCLE_REASON_NONE)
        return "it has a reason for an end that it has not reached";
    if (deadline <= machine->now && deadline < INT64_MAX)
        return "it is past a deadline";
    skip_passed(&walk);
    return events_are_sound(&walk) ? NULL : "its events contradict its status or each other";
}
