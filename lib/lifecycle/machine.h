/* SPDX-License-Identifier: MIT */
#ifndef CDP_LIFECYCLE_MACHINE_H
#define CDP_LIFECYCLE_MACHINE_H

#include <codedeploy/lifecycle.h>

#include <stdbool.h>

#include "lifecycle/plan.h"

/*
 * The state machine of one target, packed, in whatever memory its owner has for it: a public
 * cdp_lifecycle holds one, a deployment an array of a million. It allocates nothing, and can be
 * copied with memcpy. The plan must outlive it.
 *
 * Times of events are 48-bit distances from `base`, the time of the first input.
 */
#define CDP_MACHINE_NO_TIME (((int64_t)1 << 48) - 1)
/* 8,900 years of milliseconds. */
#define CDP_MACHINE_LONGEST_TIME (CDP_MACHINE_NO_TIME - 1)

typedef struct cdp_machine_event {
    uint8_t start[6];
    uint8_t end[6];
    /* cdp_event_status | cdp_event_error << 3 | cdp_machine_cause << 6 */
    uint8_t state;
} cdp_machine_event;

/* Who made an event fail. */
typedef enum cdp_machine_cause {
    CDP_CAUSE_REPORT = 0,
    CDP_CAUSE_START_LIMIT = 1,
    CDP_CAUSE_RUN_LIMIT = 2,
    CDP_CAUSE_STOP = 3
} cdp_machine_cause;

typedef enum cdp_machine_phase {
    CDP_PHASE_PENDING = 0,
    /* Between events: the one at `cursor` is due since `since`. */
    CDP_PHASE_DUE = 1,
    /* The event at `cursor` is in progress since `since`. */
    CDP_PHASE_RUNNING = 2,
    /* Ready since `since`; with a deployment that asks nobody, until the next event begins. */
    CDP_PHASE_READY = 3,
    /* All events have run; waiting since `since` to be taken away. */
    CDP_PHASE_TERMINATION = 4,
    CDP_PHASE_DONE = 5
} cdp_machine_phase;

enum {
    CDP_MACHINE_IGNORE_STOP_FAILURES = 1,
    CDP_MACHINE_ASK_WHEN_READY = 2,
    /* Its owner may keep an event from beginning: cdp_machine_hold(). */
    CDP_MACHINE_MAY_BE_HELD = 4,
    CDP_MACHINE_HELD = 8
};

typedef struct cdp_machine {
    const cdp_lifecycle_plan *plan;
    int64_t base; /* -1 before the first input */
    int64_t now;  /* -1 before the first input */
    uint32_t ready_wait_ms;
    uint32_t termination_wait_ms;
    uint32_t changed; /* by the last input: one bit for each event */
    uint8_t status;
    uint8_t status_before; /* the last input */
    uint8_t phase;
    uint8_t
        cursor; /* the event that is due or in progress; behind the last one when all have run */
    uint8_t reason;
    uint8_t flags;
    uint8_t since[6]; /* when the phase began */
    cdp_machine_event events[];
} cdp_machine;

/* What a machine with this plan takes; in an array, round it up to the alignment of the struct. */
size_t cdp_machine_bytes(const cdp_lifecycle_plan *plan);

/* `options` as imported and checked. */
void cdp_machine_init(cdp_machine *machine, const cdp_lifecycle_plan *plan,
                      const cdp_lifecycle_options *options);

/* Copies and checks what the caller gave (NULL: the defaults). */
cdp_status cdp_machine_options_import(const cdp_lifecycle_plan *plan,
                                      const cdp_lifecycle_options *given,
                                      cdp_diagnostics *diagnostics, cdp_lifecycle_options *options);
void cdp_machine_options(const cdp_machine *machine, cdp_lifecycle_options *options);

/* The inputs, as the public functions of the same names; `result` as imported. */
cdp_status cdp_machine_start(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics);
cdp_status cdp_machine_begin(cdp_machine *machine, int64_t now, size_t event,
                             cdp_diagnostics *diagnostics);
cdp_status cdp_machine_finish(cdp_machine *machine, int64_t now, size_t event,
                              cdp_event_status status, cdp_event_error error,
                              cdp_diagnostics *diagnostics);
cdp_status cdp_machine_no_op(cdp_machine *machine, int64_t now, size_t event,
                             cdp_diagnostics *diagnostics);
cdp_status cdp_machine_stop(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics);
cdp_status cdp_machine_skip(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics);
cdp_status cdp_machine_lose_contact(cdp_machine *machine, int64_t now,
                                    cdp_diagnostics *diagnostics);
cdp_status cdp_machine_continue(cdp_machine *machine, int64_t now, cdp_wait_type wait,
                                cdp_diagnostics *diagnostics);
cdp_status cdp_machine_step(cdp_machine *machine, int64_t now, cdp_diagnostics *diagnostics);

/* The owner keeps the event that is due from beginning, or does so no longer: its time to begin runs
 * from then on. No input: nothing changes that anybody is told of. */
void cdp_machine_hold(cdp_machine *machine, bool held, int64_t now);

/* INT64_MAX when nothing is due. */
int64_t cdp_machine_deadline(const cdp_machine *machine);

/* All but `size` is filled in; of a record all but the message of a reported failure. */
cdp_lifecycle_action cdp_machine_next(const cdp_machine *machine);
cdp_lifecycle_event_record cdp_machine_event_at(const cdp_machine *machine, size_t index);

size_t cdp_machine_change_count(const cdp_machine *machine);
cdp_lifecycle_change cdp_machine_change_at(const cdp_machine *machine, size_t index);

/* For reading a machine back: the time of an event, -1 for none, and the inverse. */
int64_t cdp_machine_time(const cdp_machine *machine, const uint8_t packed[6]);
void cdp_machine_put_time(const cdp_machine *machine, uint8_t packed[6], int64_t time);

/* What contradicts what in a state that no sequence of inputs leads to; NULL when one does. */
const char *cdp_machine_contradiction(const cdp_machine *machine);

static inline cdp_event_status cdp_machine_event_status(const cdp_machine *machine, size_t index)
{
    return (cdp_event_status)(machine->events[index].state & 7);
}

static inline cdp_event_error cdp_machine_event_error(const cdp_machine *machine, size_t index)
{
    return (cdp_event_error)(machine->events[index].state >> 3 & 7);
}

static inline cdp_machine_cause cdp_machine_event_cause(const cdp_machine *machine, size_t index)
{
    return (cdp_machine_cause)(machine->events[index].state >> 6);
}

static inline cdp_lifecycle_reason cdp_machine_reason_of(cdp_machine_cause cause)
{
    switch (cause) {
    case CDP_CAUSE_START_LIMIT:
        return CDP_LIFECYCLE_REASON_START_LIMIT;
    case CDP_CAUSE_RUN_LIMIT:
        return CDP_LIFECYCLE_REASON_RUN_LIMIT;
    case CDP_CAUSE_STOP:
        return CDP_LIFECYCLE_REASON_STOPPED;
    case CDP_CAUSE_REPORT:
        break;
    }
    return CDP_LIFECYCLE_REASON_EVENT_FAILED;
}

/* A failure that stays the event's own. One that never began is not covered: the limits page says
 * that the deployment to the instance then fails. */
static inline bool cdp_machine_is_ignored(const cdp_machine *machine, size_t index)
{
    cdp_machine_cause cause = cdp_machine_event_cause(machine, index);

    return machine->flags & CDP_MACHINE_IGNORE_STOP_FAILURES &&
           cdp_plan_is_ignorable(machine->plan, index) &&
           cdp_machine_event_status(machine, index) == CDP_EVENT_STATUS_FAILED &&
           (cause == CDP_CAUSE_REPORT || cause == CDP_CAUSE_RUN_LIMIT);
}

/* On Server a replacement waits for the others even if nobody is asked. */
static inline bool cdp_machine_gets_ready(const cdp_machine *machine)
{
    return machine->flags & CDP_MACHINE_ASK_WHEN_READY ||
           machine->plan->platform == CDP_PLATFORM_SERVER;
}

static inline uint8_t cdp_machine_state(cdp_event_status status, cdp_event_error error,
                                        cdp_machine_cause cause)
{
    return (uint8_t)((unsigned)status | (unsigned)error << 3 | (unsigned)cause << 6);
}

#endif
