/* SPDX-License-Identifier: MIT */
#ifndef CDP_DEPLOYMENT_INPUTS_H
#define CDP_DEPLOYMENT_INPUTS_H

#include "deployment/state.h"

/* Times beyond could not be added to: 2,000 years before the end of the range, and within what a
 * target's machine can tell. */
#define CDP_LATEST_TIME (INT64_MAX / 4)

enum { CDP_HEARTBEAT_MS = 300000, CDP_MESSAGE_LIMIT = 4096 };

/* Checks an input, which is imported already, at the present time, and lets it happen; or refuses it
 * and changes nothing. */
cdp_status cdp_input_apply(cdp_deployment *deployment, const cdp_deployment_input *input,
                           cdp_diagnostics *diagnostics);

/* An action of the deployment as a whole whose time is over. */
void cdp_slot_late(cdp_deployment *deployment, uint32_t slot);

/* Replaces a text: CDP_OK, or CDP_ERR_NOMEM with the text as it was. */
cdp_status cdp_input_set_text(cdp_text *text, cdp_string value);
/* Drops what stands before `from`. */
void cdp_input_keep_end(cdp_text *text, size_t from);

/* Targets, before and after the start. */
cdp_status cdp_input_target(cdp_deployment *deployment, const cdp_deployment_input *input,
                            cdp_diagnostics *diagnostics);
cdp_status cdp_input_start(cdp_deployment *deployment, cdp_diagnostics *diagnostics);
/* Lost, left, restarted. */
cdp_status cdp_input_departure(cdp_deployment *deployment, const cdp_deployment_input *input,
                               cdp_diagnostics *diagnostics);

#endif
