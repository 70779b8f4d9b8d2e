/* SPDX-License-Identifier: MIT */
#ifndef CDP_ROLLOUT_UNIQUE_H
#define CDP_ROLLOUT_UNIQUE_H

#include <codedeploy/rollout.h>

/**
 * Whether an instance of that id can still be added before the start; for hosts of the roll-out that
 * cannot wait until cdp_rollout_start() says so. Costs O(log n) on average.
 * @return #CDP_OK; #CDP_ERR_CONFLICT, with a finding; #CDP_ERR_NOMEM.
 */
cdp_status cdp_rollout_check_unique(cdp_rollout *rollout, cdp_string id,
                                    cdp_diagnostics *diagnostics);

#endif
