/* SPDX-License-Identifier: MIT */
#ifndef CDP_ROLLBACK_PLANNER_H
#define CDP_ROLLBACK_PLANNER_H

#include <stdbool.h>

#include "base/strings.h"
#include "base/text.h"
#include "rollback/plan.h"

enum { CDP_PLANNER_EVENTS = CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC + 1 };

/*
 * A plan in the making. The stages follow each other in plan.c:
 *
 *   situation.c  the caller's structs become ours, and contradictions are found
 *   decide.c     whether, to what
 *   in_place.c, reroute.c, again.c  which targets, in which steps
 *   restores.c, losses.c  what comes back, and what does not
 *   message.c    the answer in a sentence
 */
typedef struct cdp_planner {
    cdp_rollback_situation now; /* with defaults in place of zeros; arrays are not used */
    cdp_rollback_target *targets;
    cdp_rollback_past *past;
    cdp_rollback_file *files;
    int64_t event_ms[CDP_PLANNER_EVENTS]; /* indexed by event */
    cdp_group_revision revision;          /* what the deployment deployed; type 0 when not known */
    const cdp_rollback_past *source;      /* whose revision comes back, or NULL */
    /* In the plan's memory: the deployment, and the one before it whose revision the group has. */
    cdp_string deployment_id;
    cdp_string good_id;
    uint32_t scriptable; /* bits of the events that may run something; for losses.c */
    cdp_rollback_plan *plan;
    cdp_arena scratch;
    cdp_text text;
    cdp_diagnostics *diagnostics;
    cdp_status status; /* the first thing that went wrong */
} cdp_planner;

static inline uint32_t cdp_event_bit(cdp_event event)
{
    return UINT32_C(1) << event;
}

static inline bool cdp_planner_is_manual(const cdp_planner *planner)
{
    return planner->now.cause == CDP_ROLLBACK_CAUSE_MANUAL;
}

static inline bool cdp_planner_is_in_place(const cdp_planner *planner)
{
    return planner->now.deployment_type == CDP_DEPLOYMENT_TYPE_IN_PLACE;
}

/* True when anything of the deployment was begun on the target. */
static inline bool cdp_target_is_touched(const cdp_rollback_target *target)
{
    return target->begun || target->events != 0;
}

/* situation.c: false when the planner's status says why. */
bool cdp_planner_import(cdp_planner *planner, const cdp_rollback_situation *given);

/* check.c: reports everything in which what was imported contradicts itself. */
void cdp_planner_check(cdp_planner *planner);
/* Reports one contradiction; the planner's status says so. */
void cdp_planner_refuse(cdp_planner *planner, cdp_diagnostic_code code, cdp_string first,
                        cdp_string second);

/* decide.c: which revision, and whether. */
void cdp_planner_choose(cdp_planner *planner);
cdp_rollback_refusal cdp_planner_decide(cdp_planner *planner);

/* Each makes targets and steps of one kind of rollback. */
void cdp_planner_in_place(cdp_planner *planner);
void cdp_planner_shift(cdp_planner *planner);      /* Lambda and ECS, automatic */
void cdp_planner_blue_green(cdp_planner *planner); /* Server, automatic */
void cdp_planner_again(cdp_planner *planner);      /* blue/green of any platform, manual */

/* targets.c: gives each target its part by `part_of`, and puts them in order. */
typedef cdp_rollback_part (*cdp_part_of)(const cdp_planner *planner,
                                         const cdp_rollback_target *target);
void cdp_planner_place_targets(cdp_planner *planner, cdp_part_of part_of);
/* How many have this part; they stand one behind the other from `*first`. */
size_t cdp_planner_part(const cdp_planner *planner, cdp_rollback_part part, size_t *first);
/* The health that counts: of one that was left in the middle, nothing good is known. */
cdp_instance_health cdp_planner_health(const cdp_rollback_target *target);

/* steps.c */
/* Adds a step for the targets of a part (0: for none); NULL without targets of that part. */
cdp_rollback_step *cdp_planner_step(cdp_planner *planner, cdp_rollback_step_kind kind,
                                    cdp_rollback_part part);
/* Lets the step's targets go through the events of a scenario. */
void cdp_planner_step_events(cdp_planner *planner, cdp_rollback_step *step, cdp_scenario scenario);
/* How long the step takes when `concurrency` of its targets are worked on at a time, `shift_ms` of it
 * for AllowTraffic where that follows a schedule (otherwise -1). */
void cdp_planner_step_duration(cdp_planner *planner, cdp_rollback_step *step, int64_t shift_ms);
void cdp_planner_total_duration(cdp_planner *planner);

/* effects.c: makes room for both lists; adds to one of them; counts the targets that meet a condition
 * and tells the place in the plan of one that is the only one. */
void cdp_planner_effects(cdp_planner *planner);
void cdp_planner_restore(cdp_planner *planner, cdp_rollback_effect effect);
void cdp_planner_lose(cdp_planner *planner, cdp_rollback_effect effect);
typedef bool (*cdp_target_condition)(const cdp_planner *planner, const cdp_rollback_target *target);
size_t cdp_planner_count_targets(const cdp_planner *planner, cdp_target_condition condition,
                                 size_t *only);

/* restores.c, losses.c */
void cdp_planner_restores(cdp_planner *planner);
void cdp_planner_losses(cdp_planner *planner);

/* message.c */
void cdp_planner_message(cdp_planner *planner);

/* A sentence in the plan's memory: {0} to {3} are replaced. Empty after a failure. */
cdp_string cdp_planner_say(cdp_planner *planner, const char *pattern, cdp_string first,
                           cdp_string second, cdp_string third);
/* `1 instance`, `3 instances`; absent after a failure. */
cdp_string cdp_planner_count(cdp_planner *planner, size_t count, const char *noun);
cdp_string cdp_planner_number(cdp_planner *planner, size_t number);

/* "deployment d-1", or "the deployment". */
cdp_string cdp_planner_subject(cdp_planner *planner);

/* What a cause made of a deployment, "was stopped by an alarm". */
const char *cdp_rollback_cause_clause(cdp_rollback_cause cause);

#define CDP_ABSENT ((cdp_string){NULL, 0})

#endif
