/* SPDX-License-Identifier: MIT */
#include "base/number.h"
#include "base/sized.h"
#include "base/strings.h"
#include "lifecycle/machine.h"
#include "lifecycle/refuse.h"

enum { LONGEST_MESSAGE = 4096 };

static void check_range(cdp_verdict *verdict, const char *option, int64_t value, int64_t most,
                        const char *range)
{
    cdp_number_buffer number;

    if (value < 0 || value > most)
        cdp_verdict_report(verdict, CDP_DIAGNOSTIC_LIFECYCLE_OPTION_RANGE, cdp_string_of(option),
                           cdp_number_text(value, &number), cdp_string_of(range));
}

static void check(cdp_verdict *verdict, const cdp_lifecycle_plan *plan,
                  const cdp_lifecycle_options *options)
{
    cdp_number_buffer number;

    check_range(verdict, "ready_wait_ms", options->ready_wait_ms, UINT32_MAX, "0 to 4294967295");
    check_range(verdict, "termination_wait_ms", options->termination_wait_ms, UINT32_MAX,
                "0 to 4294967295");
    check_range(verdict, "message_bytes", options->message_bytes, LONGEST_MESSAGE, "0 to 4096");
    if (options->ready_action == CDP_READY_ACTION_CONTINUE_DEPLOYMENT && options->ready_wait_ms)
        cdp_verdict_report(verdict, CDP_DIAGNOSTIC_LIFECYCLE_READY_WAIT,
                           cdp_number_text(options->ready_wait_ms, &number), CDP_STR(""),
                           CDP_STR(""));
    if (options->ignore_application_stop_failures &&
        (plan->platform == CDP_PLATFORM_LAMBDA || plan->platform == CDP_PLATFORM_ECS))
        cdp_verdict_report(verdict, CDP_DIAGNOSTIC_LIFECYCLE_IGNORE_STOP_FAILURES,
                           cdp_string_of(cdp_platform_name(plan->platform)), CDP_STR(""),
                           CDP_STR(""));
}

cdp_status cdp_machine_options_import(const cdp_lifecycle_plan *plan,
                                      const cdp_lifecycle_options *given,
                                      cdp_diagnostics *diagnostics, cdp_lifecycle_options *options)
{
    cdp_lifecycle_options own = {.size = sizeof own};
    cdp_verdict verdict = {diagnostics, CDP_OK};
    cdp_status status = given ? cdp_sized_read(&own, sizeof own, given) : CDP_OK;

    if (status != CDP_OK)
        return status;
    if (own.reserved)
        return CDP_ERR_STRUCT;
    if (own.ready_action != CDP_READY_ACTION_CONTINUE_DEPLOYMENT &&
        own.ready_action != CDP_READY_ACTION_STOP_DEPLOYMENT)
        return CDP_ERR_ARGUMENT;
    check(&verdict, plan, &own);
    if (verdict.status == CDP_OK)
        *options = own;
    return verdict.status;
}

void cdp_machine_options(const cdp_machine *machine, cdp_lifecycle_options *options)
{
    *options = (cdp_lifecycle_options){
        .size = sizeof *options,
        .ignore_application_stop_failures =
            (machine->flags & CDP_MACHINE_IGNORE_STOP_FAILURES) != 0,
        .ready_action = machine->flags & CDP_MACHINE_ASK_WHEN_READY
                            ? CDP_READY_ACTION_STOP_DEPLOYMENT
                            : CDP_READY_ACTION_CONTINUE_DEPLOYMENT,
        .ready_wait_ms = machine->ready_wait_ms,
        .termination_wait_ms = machine->termination_wait_ms,
    };
}
