/* SPDX-License-Identifier: MIT */
/* Steps: their targets, their events, and how long they take. */
#include "rollback/planner.h"

cdp_rollback_step *cdp_planner_step(cdp_planner *planner, cdp_rollback_step_kind kind,
                                    cdp_rollback_part part)
{
    cdp_rollback_plan *plan = planner->plan;
    size_t index = plan->step_count;
    cdp_rollback_step *step = &plan->steps[index];
    size_t first = 0;
    size_t count = part ? cdp_planner_part(planner, part, &first) : 0;

    if (planner->status != CDP_OK || (part && count == 0))
        return NULL;
    *step = (cdp_rollback_step){
        .size = sizeof *step,
        .kind = kind,
        .weight_before = -1,
        .weight_after = -1,
        .first_target = first,
        .target_count = count,
        .concurrency = count,
    };
    for (size_t i = first; i < first + count; i++) {
        if (plan->targets[i].step == CDP_ROLLBACK_NONE)
            plan->targets[i].step = index;
    }
    plan->step_count++;
    return step;
}

void cdp_planner_step_events(cdp_planner *planner, cdp_rollback_step *step, cdp_scenario scenario)
{
    const cdp_lifecycle_plan *events = cdp_lifecycle_plan_find(planner->now.platform, scenario);

    step->scenario = scenario;
    step->event_count = cdp_lifecycle_plan_event_count(events);
    planner->plan->events[step - planner->plan->steps] = events;
}

/* -- durations -------------------------------------------------------------------------------- */

static int64_t add(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

static int64_t times(int64_t a, int64_t b)
{
    return a > 0 && b > INT64_MAX / a ? INT64_MAX : a * b;
}

static int64_t divide_up(size_t count, size_t by)
{
    return (int64_t)(count / by + (count % by != 0));
}

/* One target's way through the step's events. */
static int64_t way_of(const cdp_planner *planner, const cdp_rollback_step *step, int64_t shift_ms,
                      cdp_rollback_basis *basis)
{
    const cdp_lifecycle_plan *events = planner->plan->events[step - planner->plan->steps];
    int64_t sum = 0;
    size_t known = 0;

    for (size_t i = 0; i < step->event_count; i++) {
        cdp_lifecycle_event_info info = {.size = sizeof info};
        int64_t ms;

        (void)cdp_lifecycle_plan_event_at(events, i, &info);
        ms = info.event == CDP_EVENT_ALLOW_TRAFFIC && shift_ms >= 0 ? shift_ms
                                                                    : planner->event_ms[info.event];
        sum = add(sum, ms > 0 ? ms : 0);
        known += ms != 0;
    }
    *basis = known == 0                  ? CDP_ROLLBACK_BASIS_UNKNOWN
             : known < step->event_count ? CDP_ROLLBACK_BASIS_AT_LEAST
                                         : CDP_ROLLBACK_BASIS_ESTIMATE;
    return known == 0 ? -1 : sum;
}

/* Unhealthy targets first, and then the others; each time as many at once as may be. */
static int64_t rounds_of(const cdp_planner *planner, const cdp_rollback_step *step)
{
    size_t unhealthy = 0;

    if (step->target_count == 0 || step->kind != CDP_ROLLBACK_STEP_REDEPLOY)
        return 1;
    for (size_t i = 0; i < step->target_count; i++)
        unhealthy += planner->plan->targets[step->first_target + i].instance_health ==
                     CDP_INSTANCE_UNHEALTHY;
    return divide_up(unhealthy, step->concurrency) +
           divide_up(step->target_count - unhealthy, step->concurrency);
}

void cdp_planner_step_duration(cdp_planner *planner, cdp_rollback_step *step, int64_t shift_ms)
{
    int64_t way;

    if (planner->status != CDP_OK)
        return;
    way = way_of(planner, step, shift_ms, &step->duration_basis);
    step->duration_ms = way < 0 ? -1 : times(rounds_of(planner, step), way);
}

void cdp_planner_total_duration(cdp_planner *planner)
{
    cdp_rollback_plan *plan = planner->plan;
    int64_t sum = 0;
    size_t unknown = 0;
    bool at_least = false;

    for (size_t i = 0; i < plan->step_count; i++) {
        const cdp_rollback_step *step = &plan->steps[i];

        sum = add(sum, step->duration_ms > 0 ? step->duration_ms : 0);
        unknown += step->duration_basis == CDP_ROLLBACK_BASIS_UNKNOWN;
        at_least = at_least || step->duration_basis == CDP_ROLLBACK_BASIS_AT_LEAST;
    }
    if (plan->step_count == 0)
        plan->info.duration_basis = CDP_ROLLBACK_BASIS_EXACT;
    else if (unknown == plan->step_count)
        plan->info.duration_basis = CDP_ROLLBACK_BASIS_UNKNOWN;
    else
        plan->info.duration_basis =
            unknown > 0 || at_least ? CDP_ROLLBACK_BASIS_AT_LEAST : CDP_ROLLBACK_BASIS_ESTIMATE;
    plan->info.duration_ms = plan->info.duration_basis == CDP_ROLLBACK_BASIS_UNKNOWN ? -1 : sum;
}
