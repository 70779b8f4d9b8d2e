/* SPDX-License-Identifier: MIT */
#include "lifecycle/refuse.h"

#include "base/number.h"
#include "base/report.h"

static cdp_string event_name(const cdp_machine *machine, size_t event)
{
    return event < machine->plan->count ? cdp_plan_traits(machine->plan, event)->name : CDP_STR("");
}

static cdp_string target_status(const cdp_machine *machine)
{
    return cdp_string_of(cdp_target_status_name((cdp_target_status)machine->status));
}

/* Room for the longest words, and the longest name that a plan can hold. */
typedef char composed[32 + 100];

static cdp_string compose(composed buffer, const char *words, cdp_string name)
{
    size_t length = strlen(words);

    memcpy(buffer, words, length);
    memcpy(buffer + length, name.data, name.length);
    return cdp_string_slice(buffer, length + name.length);
}

/* Reports with the input's own words as {0}. */
static cdp_status report(const cdp_refusal *refusal, cdp_status status, cdp_diagnostic_code code,
                         cdp_string one, cdp_string two, cdp_string three)
{
    bool nameless = code == CDP_DIAGNOSTIC_LIFECYCLE_NO_SUCH_EVENT;
    cdp_string name =
        nameless ? CDP_STR("an event") : event_name(refusal->machine, refusal->input.event);
    composed words;
    cdp_report finding = {
        .code = code,
        .arguments = {compose(words, refusal->input.words, name), one, two, three},
    };

    return cdp_diagnostics_refuse(status, refusal->diagnostics, &finding);
}

/* The same with the bare name of the event as {0}. */
static cdp_status report_event(const cdp_refusal *refusal, cdp_status status,
                               cdp_diagnostic_code code, cdp_string one, cdp_string two)
{
    cdp_refusal bare = *refusal;

    bare.input.words = "";
    return report(&bare, status, code, one, two, CDP_STR(""));
}

cdp_status cdp_refuse_time(const cdp_refusal *refusal)
{
    const cdp_machine *machine = refusal->machine;
    bool backwards = refusal->now >= 0 && refusal->now < machine->now;
    cdp_number_buffer now;
    cdp_number_buffer last;

    return report(
        refusal, CDP_ERR_TIME,
        backwards ? CDP_DIAGNOSTIC_LIFECYCLE_TIME_BACKWARDS : CDP_DIAGNOSTIC_LIFECYCLE_TIME_RANGE,
        cdp_number_text(refusal->now, &now), cdp_number_text(machine->now, &last), CDP_STR(""));
}

cdp_status cdp_refuse_late(const cdp_refusal *refusal, int64_t deadline)
{
    const cdp_machine *machine = refusal->machine;
    cdp_string whose = event_name(machine, machine->cursor);
    cdp_number_buffer due;
    cdp_number_buffer now;

    if (machine->phase == CDP_PHASE_READY)
        whose = cdp_string_of(cdp_wait_type_name(CDP_WAIT_READY));
    else if (machine->phase == CDP_PHASE_TERMINATION)
        whose = cdp_string_of(cdp_wait_type_name(CDP_WAIT_TERMINATION));
    return report(refusal, CDP_ERR_STATE, CDP_DIAGNOSTIC_LIFECYCLE_DEADLINE_PASSED, whose,
                  cdp_number_text(deadline, &due), cdp_number_text(refusal->now, &now));
}

cdp_status cdp_refuse_no_such_event(const cdp_refusal *refusal, size_t event)
{
    cdp_number_buffer index;
    cdp_number_buffer count;
    int64_t shown = event < INT64_MAX ? (int64_t)event : INT64_MAX;

    return report(refusal, CDP_ERR_ARGUMENT, CDP_DIAGNOSTIC_LIFECYCLE_NO_SUCH_EVENT,
                  cdp_number_text(shown, &index),
                  cdp_number_text(refusal->machine->plan->count, &count), CDP_STR(""));
}

cdp_status cdp_refuse_target(const cdp_refusal *refusal, cdp_diagnostic_code code)
{
    return report(refusal, CDP_ERR_STATE, code, target_status(refusal->machine), CDP_STR(""),
                  CDP_STR(""));
}

cdp_status cdp_refuse_event(const cdp_refusal *refusal, cdp_diagnostic_code code)
{
    cdp_string other = event_name(refusal->machine, refusal->machine->cursor);
    cdp_status status = CDP_ERR_STATE;

    if (code == CDP_DIAGNOSTIC_LIFECYCLE_WAITING)
        other = cdp_string_of(cdp_wait_type_name(CDP_WAIT_READY));
    if (code == CDP_DIAGNOSTIC_LIFECYCLE_EVENT_RESERVED)
        status = CDP_ERR_ARGUMENT;
    return report_event(refusal, status, code, other, CDP_STR(""));
}

cdp_status cdp_refuse_completed(const cdp_refusal *refusal, const char *verb)
{
    cdp_event_status status = cdp_machine_event_status(refusal->machine, refusal->input.event);

    return report_event(refusal, CDP_ERR_STATE, CDP_DIAGNOSTIC_LIFECYCLE_EVENT_COMPLETED,
                        cdp_string_of(verb), cdp_string_of(cdp_event_status_name(status)));
}

cdp_status cdp_refuse_result(const cdp_refusal *refusal, cdp_event_status status,
                             cdp_event_error error)
{
    return report_event(refusal, CDP_ERR_ARGUMENT, CDP_DIAGNOSTIC_LIFECYCLE_BAD_RESULT,
                        cdp_string_of(cdp_event_status_name(status)),
                        cdp_string_of(cdp_event_error_name(error)));
}

/* What a target does, behind "the target is InProgress and ". */
static cdp_string activity(const cdp_machine *machine, composed buffer)
{
    cdp_string event = event_name(machine, machine->cursor);

    switch ((cdp_machine_phase)machine->phase) {
    case CDP_PHASE_PENDING:
    case CDP_PHASE_DUE:
        break;
    case CDP_PHASE_RUNNING:
        return compose(buffer, "runs ", event);
    case CDP_PHASE_READY:
        if (machine->flags & CDP_MACHINE_ASK_WHEN_READY)
            return CDP_STR("waits for READY_WAIT");
        break;
    case CDP_PHASE_TERMINATION:
        return CDP_STR("waits for TERMINATION_WAIT");
    case CDP_PHASE_DONE:
        return CDP_STR("has nothing more to do");
    }
    return compose(buffer, "comes to ", event);
}

cdp_status cdp_refuse_continue(const cdp_refusal *refusal, cdp_wait_type wait)
{
    composed buffer;
    cdp_report finding = {
        .code = CDP_DIAGNOSTIC_LIFECYCLE_NOT_WAITING,
        .arguments = {cdp_string_of(cdp_wait_type_name(wait)), target_status(refusal->machine),
                      activity(refusal->machine, buffer)},
    };

    return cdp_diagnostics_refuse(CDP_ERR_STATE, refusal->diagnostics, &finding);
}

cdp_status cdp_refuse_wait_type(const cdp_refusal *refusal, cdp_wait_type wait)
{
    cdp_number_buffer number;

    return report(refusal, CDP_ERR_ARGUMENT, CDP_DIAGNOSTIC_LIFECYCLE_WAIT_TYPE,
                  cdp_number_text((int64_t)wait, &number), CDP_STR(""), CDP_STR(""));
}

static bool is_error(cdp_diagnostic_code code)
{
    cdp_diagnostic_info info = {.size = sizeof info};

    return cdp_diagnostic_info_get(code, &info) == CDP_OK && info.severity == CDP_SEVERITY_ERROR;
}

void cdp_verdict_report(cdp_verdict *verdict, cdp_diagnostic_code code, cdp_string one,
                        cdp_string two, cdp_string three)
{
    cdp_report finding = {.code = code, .arguments = {one, two, three}};
    cdp_status reported;

    if (verdict->status != CDP_OK && verdict->status != CDP_ERR_INVALID)
        return;
    reported = cdp_diagnostics_report(verdict->diagnostics, &finding);
    if (reported != CDP_OK)
        verdict->status = reported;
    else if (is_error(code))
        verdict->status = CDP_ERR_INVALID;
}
