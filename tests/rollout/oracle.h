/* SPDX-License-Identifier: MIT */
#ifndef ORACLE_H
#define ORACLE_H

#include <stdbool.h>

/*
 * The documented rules once more, written from the user guide's prose without a look at lib/rollout:
 * nothing is kept from one step to the next, everything is counted anew from what each instance has
 * done so far.
 */

enum { ORACLE_MOST = 16 };

typedef enum progress { UNTRIED, TRYING, WORKED, BROKE } progress;

/* One phase of a deployment. */
typedef struct world {
    int n;
    int minimum;
    bool sick[ORACLE_MOST]; /* unhealthy when the deployment began */
    progress did[ORACLE_MOST];
    /* Failures of an earlier phase (blue/green), whose instances are not in this world any more but
     * in the fleet whose minimum counts. */
    int lost;
    /* While traffic is rerouted nobody's capacity is at stake: all count as unhealthy. */
    bool rerouting;

    bool zonal;
    int zone[ORACLE_MOST]; /* 0 or 1 */
    int zone_minimum[2];
} world;

typedef enum judgement { GOES_ON, GOOD, BAD, IMPOSSIBLE } judgement;

/* Before anything is begun: IMPOSSIBLE or GOES_ON. */
judgement oracle_begin(const world *w);
/* After any event. */
judgement oracle_judge(const world *w);
/* Whether instance `i` may begin now; without zones exactly, with zones what holds at least. */
bool oracle_may_begin(const world *w, int i);
/* Healthy instances that nobody works on. */
int oracle_serving(const world *w);

#endif
