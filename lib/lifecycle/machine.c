/* SPDX-License-Identifier: MIT */
#include "lifecycle/machine.h"

#include "base/strings.h"
#include "lifecycle/refuse.h"

/* Written out, so that compilers make two loads and two stores of them. */
static int64_t unpack(const uint8_t packed[6])
{
    uint32_t low = packed[0] | (uint32_t)packed[1] << 8 | (uint32_t)packed[2] << 16 |
                   (uint32_t)packed[3] << 24;
    uint32_t high = packed[4] | (uint32_t)packed[5] << 8;

    return (int64_t)((uint64_t)high << 32 | low);
}

static void pack(uint8_t packed[6], int64_t value)
{
    uint32_t low = (uint32_t)(uint64_t)value;
    uint32_t high = (uint32_t)((uint64_t)value >> 32);

    packed[0] = (uint8_t)low;
    packed[1] = (uint8_t)(low >> 8);
    packed[2] = (uint8_t)(low >> 16);
    packed[3] = (uint8_t)(low >> 24);
    packed[4] = (uint8_t)high;
    packed[5] = (uint8_t)(high >> 8);
}

int64_t cdp_machine_time(const cdp_machine *machine, const uint8_t packed[6])
{
    int64_t distance = unpack(packed);

    return distance == CDP_MACHINE_NO_TIME ? -1 : machine->base + distance;
}

void cdp_machine_put_time(const cdp_machine *machine, uint8_t packed[6], int64_t time)
{
    pack(packed, time < 0 ? CDP_MACHINE_NO_TIME : time - machine->base);
}

size_t cdp_machine_bytes(const cdp_lifecycle_plan *plan)
{
    return offsetof(cdp_machine, events) + plan->count * sizeof(cdp_machine_event);
}

void cdp_machine_init(cdp_machine *machine, const cdp_lifecycle_plan *plan,
                      const cdp_lifecycle_options *options)
{
    memset(machine, 0, cdp_machine_bytes(plan));
    machine->plan = plan;
    machine->base = machine->now = -1;
    machine->ready_wait_ms = (uint32_t)options->ready_wait_ms;
    machine->termination_wait_ms = (uint32_t)options->termination_wait_ms;
    machine->status = machine->status_before = CDP_TARGET_STATUS_PENDING;
    if (options->ignore_application_stop_failures)
        machine->flags |= CDP_MACHINE_IGNORE_STOP_FAILURES;
    if (options->ready_action == CDP_READY_ACTION_STOP_DEPLOYMENT)
        machine->flags |= CDP_MACHINE_ASK_WHEN_READY;
    pack(machine->since, CDP_MACHINE_NO_TIME);
    for (size_t i = 0; i < plan->count; i++) {
        pack(machine->events[i].start, CDP_MACHINE_NO_TIME);
        pack(machine->events[i].end, CDP_MACHINE_NO_TIME);
        machine->events[i].state = CDP_EVENT_STATUS_PENDING;
    }
}

/* ---------------------------------------------------------------------------------------------- */
/* Deadlines                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

/* How long the present phase may last; 0 for as long as it likes. */
static int64_t phase_limit(const cdp_machine *machine)
{
    switch ((cdp_machine_phase)machine->phase) {
    case CDP_PHASE_DUE:
        return machine->flags & CDP_MACHINE_HELD
                   ? 0
                   : cdp_plan_start_limit(machine->plan, machine->cursor);
    case CDP_PHASE_RUNNING:
        return cdp_plan_run_limit(machine->plan, machine->cursor);
    case CDP_PHASE_READY:
        return machine->flags & CDP_MACHINE_ASK_WHEN_READY ? machine->ready_wait_ms : 0;
    case CDP_PHASE_TERMINATION:
        return machine->termination_wait_ms;
    case CDP_PHASE_PENDING:
    case CDP_PHASE_DONE:
        break;
    }
    return 0;
}

int64_t cdp_machine_deadline(const cdp_machine *machine)
{
    int64_t limit = phase_limit(machine);
    int64_t since;

    if (limit == 0)
        return INT64_MAX;
    since = machine->base + unpack(machine->since);
    return limit > INT64_MAX - since ? INT64_MAX : since + limit;
}

/* ---------------------------------------------------------------------------------------------- */
/* What an input does once it is accepted                                                         */
/* ---------------------------------------------------------------------------------------------- */

static void accept(cdp_machine *machine, int64_t now)
{
    if (machine->base < 0)
        machine->base = now;
    machine->now = now;
    machine->changed = 0;
    machine->status_before = machine->status;
}

static void enter(cdp_machine *machine, cdp_machine_phase phase, int64_t at)
{
    machine->phase = (uint8_t)phase;
    cdp_machine_put_time(machine, machine->since, at);
}

void cdp_machine_hold(cdp_machine *machine, bool held, int64_t now)
{
    bool was_held = machine->flags & CDP_MACHINE_HELD;

    machine->flags = (uint8_t)(machine->flags & ~CDP_MACHINE_HELD);
    if (held)
        machine->flags |= CDP_MACHINE_HELD;
    if (!was_held || held || machine->phase != CDP_PHASE_DUE)
        return;
    machine->now = now;
    cdp_machine_put_time(machine, machine->since, now);
}

static void set_event(cdp_machine *machine, size_t index, cdp_event_status status,
                      cdp_event_error error, cdp_machine_cause cause)
{
    machine->events[index].state = cdp_machine_state(status, error, cause);
    machine->changed |= (uint32_t)1 << index;
}

/* The target's end: whatever has not begun is skipped. */
static void finish_target(cdp_machine *machine, cdp_target_status status,
                          cdp_lifecycle_reason reason, int64_t at)
{
    for (; machine->cursor < machine->plan->count; machine->cursor++) {
        if (cdp_machine_event_status(machine, machine->cursor) == CDP_EVENT_STATUS_PENDING)
            set_event(machine, machine->cursor, CDP_EVENT_STATUS_SKIPPED, CDP_EVENT_ERROR_SUCCESS,
                      CDP_CAUSE_REPORT);
    }
    machine->status = (uint8_t)status;
    machine->reason = (uint8_t)reason;
    enter(machine, CDP_PHASE_DONE, at);
}

static void run(cdp_machine *machine, int64_t at)
{
    cdp_machine_put_time(machine, machine->events[machine->cursor].start, at);
    set_event(machine, machine->cursor, CDP_EVENT_STATUS_IN_PROGRESS, CDP_EVENT_ERROR_SUCCESS,
              CDP_CAUSE_REPORT);
    machine->status = CDP_TARGET_STATUS_IN_PROGRESS;
    enter(machine, CDP_PHASE_RUNNING, at);
}

/* The event at the cursor is over, and the target goes on to what comes next. */
static void go_on(cdp_machine *machine, int64_t at)
{
    const cdp_lifecycle_plan *plan = machine->plan;
    uint8_t wait = plan->steps[machine->cursor++].wait_after;

    if (machine->cursor == plan->count) {
        machine->status = CDP_TARGET_STATUS_SUCCEEDED;
        enter(machine,
              wait == CDP_WAIT_TERMINATION && machine->termination_wait_ms > 0
                  ? CDP_PHASE_TERMINATION
                  : CDP_PHASE_DONE,
              at);
    } else if (wait == CDP_WAIT_READY && cdp_machine_gets_ready(machine)) {
        machine->status = CDP_TARGET_STATUS_READY;
        enter(machine, CDP_PHASE_READY, at);
    } else {
        enter(machine, CDP_PHASE_DUE, at);
    }
}

static void succeed(cdp_machine *machine, int64_t at)
{
    cdp_machine_put_time(machine, machine->events[machine->cursor].end, at);
    set_event(machine, machine->cursor, CDP_EVENT_STATUS_SUCCEEDED, CDP_EVENT_ERROR_SUCCESS,
              CDP_CAUSE_REPORT);
    go_on(machine, at);
}

static void fail(cdp_machine *machine, cdp_event_error error, cdp_machine_cause cause, int64_t at)
{
    cdp_machine_put_time(machine, machine->events[machine->cursor].end, at);
    set_event(machine, machine->cursor, CDP_EVENT_STATUS_FAILED, error, cause);
    if (cdp_machine_is_ignored(machine, machine->cursor))
        go_on(machine, at);
    else
        finish_target(machine, CDP_TARGET_STATUS_FAILED, cdp_machine_reason_of(cause), at);
}

/* What is due at a deadline. */
static void expire(cdp_machine *machine, int64_t deadline)
{
    switch ((cdp_machine_phase)machine->phase) {
    case CDP_PHASE_DUE:
        fail(machine, CDP_EVENT_ERROR_UNKNOWN_ERROR, CDP_CAUSE_START_LIMIT, deadline);
        break;
    case CDP_PHASE_RUNNING:
        fail(machine, CDP_EVENT_ERROR_UNKNOWN_ERROR, CDP_CAUSE_RUN_LIMIT, deadline);
        break;
    case CDP_PHASE_READY:
        finish_target(machine, CDP_TARGET_STATUS_FAILED, CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED,
                      deadline);
        break;
    case CDP_PHASE_TERMINATION:
        enter(machine, CDP_PHASE_DONE, deadline);
        break;
    case CDP_PHASE_PENDING:
    case CDP_PHASE_DONE:
        break;
    }
}

/* ---------------------------------------------------------------------------------------------- */
/* What an input needs to be accepted                                                             */
/* ---------------------------------------------------------------------------------------------- */

static cdp_refusal refusal_of(const cdp_machine *machine, const char *words, size_t event,
                              int64_t now, cdp_diagnostics *diagnostics)
{
    return (cdp_refusal){machine, {words, event}, now, diagnostics};
}

static cdp_status check_time(const cdp_refusal *input)
{
    const cdp_machine *machine = input->machine;

    if (input->now < 0 || input->now < machine->now ||
        (machine->base >= 0 && input->now - machine->base > CDP_MACHINE_LONGEST_TIME))
        return cdp_refuse_time(input);
    return CDP_OK;
}

/* For every input but the step. */
static cdp_status check_in_time(const cdp_refusal *input)
{
    cdp_status status = check_time(input);
    int64_t deadline;

    if (status != CDP_OK)
        return status;
    deadline = cdp_machine_deadline(input->machine);
    return input->now > deadline ? cdp_refuse_late(input, deadline) : CDP_OK;
}

/* For inputs that concern an event. */
static cdp_status check_event(const cdp_refusal *input, size_t event)
{
    if (event >= input->machine->plan->count)
        return cdp_refuse_no_such_event(input, event);
    return check_in_time(input);
}

static cdp_status check_begin(const cdp_refusal *input, size_t event)
{
    const cdp_machine *machine = input->machine;
    cdp_status status = check_event(input, event);

    if (status != CDP_OK)
        return status;
    if (machine->phase == CDP_PHASE_PENDING)
        return cdp_refuse_target(input, CDP_DIAGNOSTIC_LIFECYCLE_NOT_STARTED);
    if (event < machine->cursor)
        return cdp_refuse_completed(input, "begin");
    if (machine->phase == CDP_PHASE_RUNNING)
        return cdp_refuse_event(input, CDP_DIAGNOSTIC_LIFECYCLE_EVENT_IN_PROGRESS);
    if (event > machine->cursor)
        return cdp_refuse_event(input, CDP_DIAGNOSTIC_LIFECYCLE_EVENT_OUT_OF_ORDER);
    if (machine->phase == CDP_PHASE_READY && machine->flags & CDP_MACHINE_ASK_WHEN_READY)
        return cdp_refuse_event(input, CDP_DIAGNOSTIC_LIFECYCLE_WAITING);
    return CDP_OK;
}

static cdp_status check_finish(const cdp_refusal *input, size_t event)
{
    const cdp_machine *machine = input->machine;
    cdp_status status = check_event(input, event);

    if (status != CDP_OK)
        return status;
    if (event < machine->cursor)
        return cdp_refuse_completed(input, "finish");
    if (event > machine->cursor || machine->phase != CDP_PHASE_RUNNING)
        return cdp_refuse_event(input, CDP_DIAGNOSTIC_LIFECYCLE_EVENT_NOT_BEGUN);
    return CDP_OK;
}

/* ---------------------------------------------------------------------------------------------- */
/* The inputs                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

cdp_status cdp_machine_start(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The start", machine->plan->count, now, diagnostics);
    cdp_status status = check_in_time(&input);

    if (status != CDP_OK)
        return status;
    if (machine->phase != CDP_PHASE_PENDING)
        return cdp_refuse_target(&input, CDP_DIAGNOSTIC_LIFECYCLE_ALREADY_STARTED);
    accept(machine, now);
    machine->status = CDP_TARGET_STATUS_IN_PROGRESS;
    enter(machine, CDP_PHASE_DUE, now);
    return CDP_OK;
}

cdp_status cdp_machine_begin(cdp_machine *machine, int64_t now, size_t event,
                             cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The beginning of ", event, now, diagnostics);
    cdp_status status = check_begin(&input, event);

    if (status != CDP_OK)
        return status;
    accept(machine, now);
    run(machine, now);
    return CDP_OK;
}

cdp_status cdp_machine_no_op(cdp_machine *machine, int64_t now, size_t event,
                             cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The no-op of ", event, now, diagnostics);
    cdp_status status = check_begin(&input, event);

    if (status != CDP_OK)
        return status;
    if (!cdp_plan_traits(machine->plan, event)->scriptable)
        return cdp_refuse_event(&input, CDP_DIAGNOSTIC_LIFECYCLE_EVENT_RESERVED);
    accept(machine, now);
    run(machine, now);
    succeed(machine, now);
    return CDP_OK;
}

cdp_status cdp_machine_finish(cdp_machine *machine, int64_t now, size_t event,
                              cdp_event_status result, cdp_event_error error,
                              cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The end of ", event, now, diagnostics);
    bool succeeded = result == CDP_EVENT_STATUS_SUCCEEDED && error == CDP_EVENT_ERROR_SUCCESS;
    bool failed = result == CDP_EVENT_STATUS_FAILED && error > CDP_EVENT_ERROR_SUCCESS &&
                  error <= CDP_EVENT_ERROR_UNKNOWN_ERROR;
    cdp_status status = check_finish(&input, event);

    if (status != CDP_OK)
        return status;
    if (!succeeded && !failed)
        return cdp_refuse_result(&input, result, error);
    accept(machine, now);
    if (succeeded)
        succeed(machine, now);
    else
        fail(machine, error, CDP_CAUSE_REPORT, now);
    return CDP_OK;
}

cdp_status cdp_machine_stop(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The stop", machine->plan->count, now, diagnostics);
    cdp_status status = check_in_time(&input);

    if (status != CDP_OK)
        return status;
    if (machine->phase == CDP_PHASE_DONE)
        return cdp_refuse_target(&input, CDP_DIAGNOSTIC_LIFECYCLE_TARGET_FINAL);
    accept(machine, now);
    if (machine->phase == CDP_PHASE_RUNNING)
        fail(machine, CDP_EVENT_ERROR_UNKNOWN_ERROR, CDP_CAUSE_STOP, now);
    else if (machine->phase == CDP_PHASE_TERMINATION)
        finish_target(machine, CDP_TARGET_STATUS_SUCCEEDED, CDP_LIFECYCLE_REASON_STOPPED, now);
    else
        finish_target(machine,
                      machine->phase == CDP_PHASE_PENDING ? CDP_TARGET_STATUS_SKIPPED
                                                          : CDP_TARGET_STATUS_FAILED,
                      CDP_LIFECYCLE_REASON_STOPPED, now);
    return CDP_OK;
}

cdp_status cdp_machine_skip(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The skip", machine->plan->count, now, diagnostics);
    cdp_status status = check_in_time(&input);

    if (status != CDP_OK)
        return status;
    if (machine->phase != CDP_PHASE_PENDING)
        return cdp_refuse_target(&input, CDP_DIAGNOSTIC_LIFECYCLE_ALREADY_STARTED);
    accept(machine, now);
    finish_target(machine, CDP_TARGET_STATUS_SKIPPED, CDP_LIFECYCLE_REASON_SKIPPED, now);
    return CDP_OK;
}

cdp_status cdp_machine_lose_contact(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_refusal input =
        refusal_of(machine, "The loss of contact", machine->plan->count, now, diagnostics);
    cdp_status status = check_in_time(&input);

    if (status != CDP_OK)
        return status;
    if (machine->phase >= CDP_PHASE_TERMINATION)
        return cdp_refuse_target(&input, CDP_DIAGNOSTIC_LIFECYCLE_TARGET_FINAL);
    accept(machine, now);
    if (machine->phase == CDP_PHASE_RUNNING)
        set_event(machine, machine->cursor, CDP_EVENT_STATUS_UNKNOWN, CDP_EVENT_ERROR_UNKNOWN_ERROR,
                  CDP_CAUSE_REPORT);
    finish_target(machine, CDP_TARGET_STATUS_UNKNOWN, CDP_LIFECYCLE_REASON_CONTACT_LOST, now);
    return CDP_OK;
}

cdp_status cdp_machine_continue(cdp_machine *machine, int64_t now, cdp_wait_type wait,
                                cdp_diagnostics *diagnostics)
{
    cdp_refusal input =
        refusal_of(machine, "The continuation", machine->plan->count, now, diagnostics);
    cdp_status status;

    if (wait != CDP_WAIT_READY && wait != CDP_WAIT_TERMINATION)
        return cdp_refuse_wait_type(&input, wait);
    status = check_in_time(&input);
    if (status != CDP_OK)
        return status;
    if (cdp_machine_next(machine).wait != wait)
        return cdp_refuse_continue(&input, wait);
    accept(machine, now);
    if (wait == CDP_WAIT_READY)
        machine->status = CDP_TARGET_STATUS_IN_PROGRESS;
    enter(machine, wait == CDP_WAIT_READY ? CDP_PHASE_DUE : CDP_PHASE_DONE, now);
    return CDP_OK;
}

cdp_status cdp_machine_step(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics)
{
    cdp_refusal input = refusal_of(machine, "The step", machine->plan->count, now, diagnostics);
    cdp_status status = check_time(&input);
    int64_t deadline;

    if (status != CDP_OK)
        return status;
    accept(machine, now);
    /* An event that ran out of time and is ignored may leave the next one overdue. */
    while ((deadline = cdp_machine_deadline(machine)) <= now && deadline < INT64_MAX)
        expire(machine, deadline);
    return CDP_OK;
}
