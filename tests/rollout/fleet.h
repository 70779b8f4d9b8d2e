/* SPDX-License-Identifier: MIT */
#ifndef FLEET_H
#define FLEET_H

/* Fleets for the tests of the roll-out, and a host that works on them. */

#include "testing.h"

#include <codedeploy/rollout.h>

#include <stdbool.h>

/* Instance i has the id "i-00i" and the zone zones[i], both sorted as i. Members left zero: all
 * healthy, of the old revision, without a zone. */
typedef struct fleet {
    uint32_t instances;
    /* Bit i: instance i is unhealthy. */
    uint64_t unhealthy;
    /* Bit i: instance i is in the second of two zones; only with `zoned`. */
    uint64_t second_zone;
    bool zoned;
    /* Of the replacement environment; the originals come after them. */
    uint32_t originals;
} fleet;

/* A roll-out of this fleet, not started. */
cdp_rollout *fleet_rollout(const fleet *f, const cdp_rollout_options *options);
/* The same, started at time 0. */
cdp_rollout *fleet_start(const fleet *f, const cdp_rollout_options *options);

/* The next decision; false when there is none. */
bool next_decision(cdp_rollout *rollout, cdp_rollout_decision *decision);

/* Takes out every decision and returns how many instances were started; their numbers go to
 * `started`, which may be NULL. */
size_t take_decisions(cdp_rollout *rollout, uint32_t *started);

cdp_rollout_numbers numbers_of(const cdp_rollout *rollout);
cdp_rollout_state state_of(const cdp_rollout *rollout, uint32_t instance);
cdp_rollout_view view_of(const cdp_rollout *rollout, uint32_t instance);

/* The snapshot as text that the caller frees with cdp_text_free(). */
cdp_text *snapshot_of(const cdp_rollout *rollout);
cdp_rollout *restored(const cdp_rollout *rollout);

/* The sentence of a decision; valid until the next call. */
const char *sentence_of(const cdp_rollout_decision *decision);

#endif
