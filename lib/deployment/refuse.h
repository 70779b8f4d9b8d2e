/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_REFUSE_H
#define CDP_DEPLOYMENT_REFUSE_H

#include <codedeploy/diagnostics.h>

/* Reports, and returns `status` unless reporting itself fails. */
cdp_status cdp_deployment_refuse(cdp_status status, cdp_diagnostics *diagnostics,
                                 cdp_diagnostic_code code, cdp_string first, cdp_string second);

/* An input from inside a callback of the same deployment. */
cdp_status cdp_deployment_refuse_callback(cdp_diagnostics *diagnostics);

#endif
