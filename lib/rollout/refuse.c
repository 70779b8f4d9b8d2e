/* SPDX-License-Identifier: MIT */
/* Refused input: a status, and a diagnostic that says what to change. */
#include "rollout/machine.h"

#include "base/report.h"

cdp_status cdp_refuse(cdp_status status, cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                      cdp_string first, cdp_string second, cdp_string third)
{
    const cdp_report report = {.code = code, .arguments = {first, second, third}};

    return cdp_diagnostics_refuse(status, diagnostics, &report);
}
