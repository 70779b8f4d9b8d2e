/* SPDX-License-Identifier: MIT */
#ifndef SIMULATION_H
#define SIMULATION_H

/* A roll-out on a virtual clock: the same plan gives the same run, on every machine. */

#include "fleet.h"

/* How an instance is seen from outside. */
typedef enum sim_state {
    SIM_UPDATED,   /* healthy, with the new revision */
    SIM_HEALTHY,   /* healthy, not begun */
    SIM_IN_FLIGHT, /* worked on */
    SIM_FAILED,
    SIM_OUT,     /* not healthy, or not in service yet, and not begun */
    SIM_GONE,    /* an original that traffic was taken from */
    SIM_LEFT_OUT /* up to date already, and no part of it */
} sim_state;
enum { SIM_STATES = SIM_LEFT_OUT + 1 };

typedef struct sim_counts {
    uint32_t of[SIM_STATES];
} sim_counts;

/* Healthy and nobody works on it: the capacity. */
static inline uint32_t sim_serving(const sim_counts *counts)
{
    return counts->of[SIM_UPDATED] + counts->of[SIM_HEALTHY] + counts->of[SIM_LEFT_OUT];
}

typedef struct sim_plan {
    const fleet *fleet;
    cdp_rollout_options options;
    int64_t duration_ms;
    int64_t spread_ms; /* at most the duration */
    uint64_t seed;
    /* For each target whether it fails; NULL: none does. */
    const bool *bad;
    /* Positions in the order of deployment, from 1, that fail; ascending. */
    const uint32_t *fail_at;
    size_t fail_at_count;
    /* From this position on all fail; 0: no such. */
    uint32_t fail_from;
    /* When it is ended from outside, and why; 0: not. */
    cdp_rollout_stop_cause stop_cause;
    int64_t stop_ms;
} sim_plan;

typedef struct simulation simulation;

/* Tells what happens; members may be NULL. */
typedef struct sim_watcher {
    void (*decided)(const simulation *s, const cdp_rollout_decision *decision, void *user);
    void (*ended)(const simulation *s, uint32_t instance, bool succeeded, void *user);
    /* Nothing more happens at this moment of the clock. */
    void (*moment)(const simulation *s, void *user);
    void *user;
} sim_watcher;

typedef struct sim_outcome {
    cdp_rollout_verdict verdict;
    /* Static text; NULL when it succeeded. */
    const char *error_code;
    const char *rule;
    char *reason;
    cdp_rollout_numbers numbers;
    int64_t verdict_ms;
    int64_t ended_ms;
    /* The capacity at first and at its lowest. */
    uint32_t serving_at_first;
    uint32_t least_serving;
    int64_t least_serving_ms;
    uint32_t most_in_flight;
    /* How many targets were begun: those that a bad revision has reached. */
    uint32_t reached;
} sim_outcome;

/* The moment of the clock, and the counts of all instances or of one zone. */
int64_t sim_now(const simulation *s);
const sim_counts *sim_total(const simulation *s);
const sim_counts *sim_zone(const simulation *s, size_t zone);
const cdp_rollout *sim_rollout(const simulation *s);
const fleet *sim_fleet(const simulation *s);
sim_state sim_state_of(const simulation *s, uint32_t instance);

/*
 * Runs the plan to its end. CDP_OK whatever the verdict is; otherwise the roll-out could not begin,
 * and `diagnostics` says why. Free the outcome in any case.
 */
cdp_status sim_run(const sim_plan *plan, const sim_watcher *watcher, cdp_diagnostics *diagnostics,
                   sim_outcome *outcome);
void sim_outcome_free(sim_outcome *outcome);

/* Marks `count` of the fleet's targets, or each with a chance of `ppm` in a million, as bad; to be
 * freed. NULL when there is no memory. */
bool *sim_choose_bad(const fleet *f, uint64_t seed, uint32_t count, uint32_t ppm);

#endif
