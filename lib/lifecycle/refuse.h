/* SPDX-License-Identifier: MIT */
#ifndef CDP_LIFECYCLE_REFUSE_H
#define CDP_LIFECYCLE_REFUSE_H

#include "base/strings.h"
#include "lifecycle/machine.h"

/* An input as its refusal names it: "The beginning of " and an event, or "The stop" and none. */
typedef struct cdp_machine_input {
    const char *words;
    size_t event; /* the plan's count for inputs that concern no event */
} cdp_machine_input;

/* Each reports why an input is refused and returns its status, or CDP_ERR_NOMEM. */
typedef struct cdp_refusal {
    const cdp_machine *machine;
    cdp_machine_input input;
    int64_t now;
    cdp_diagnostics *diagnostics;
} cdp_refusal;

cdp_status cdp_refuse_time(const cdp_refusal *refusal);
cdp_status cdp_refuse_late(const cdp_refusal *refusal, int64_t deadline);
cdp_status cdp_refuse_no_such_event(const cdp_refusal *refusal, size_t event);
/* "{0} was refused: … the target's status": NOT_STARTED, ALREADY_STARTED, TARGET_FINAL. */
cdp_status cdp_refuse_target(const cdp_refusal *refusal, cdp_diagnostic_code code);
/* "{0} cannot …: {1} …": OUT_OF_ORDER, IN_PROGRESS with the event at the cursor; the others alone. */
cdp_status cdp_refuse_event(const cdp_refusal *refusal, cdp_diagnostic_code code);
cdp_status cdp_refuse_completed(const cdp_refusal *refusal, const char *verb);
cdp_status cdp_refuse_result(const cdp_refusal *refusal, cdp_event_status status,
                             cdp_event_error error);
cdp_status cdp_refuse_continue(const cdp_refusal *refusal, cdp_wait_type wait);
cdp_status cdp_refuse_wait_type(const cdp_refusal *refusal, cdp_wait_type wait);

/* What the checks of one input have come to: CDP_OK, CDP_ERR_INVALID, or CDP_ERR_NOMEM. */
typedef struct cdp_verdict {
    cdp_diagnostics *diagnostics;
    cdp_status status;
} cdp_verdict;

/* Reports a finding; an error makes the verdict CDP_ERR_INVALID. */
void cdp_verdict_report(cdp_verdict *verdict, cdp_diagnostic_code code, cdp_string one,
                        cdp_string two, cdp_string three);

#endif
