/* SPDX-License-Identifier: MIT */
/* What a roll-out tells of itself, and the names of its words. */
#include "rollout/machine.h"

#include "base/sized.h"

#define NAME_OF(names, value)                                                                      \
    ((unsigned)(value) < sizeof(names) / sizeof *(names) && (names)[value] ? (names)[value]        \
                                                                           : "unknown")

const char *cdp_rollout_kind_name(cdp_rollout_kind kind)
{
    static const char *const names[] = {"in place", "blue/green", "launch", "termination"};

    return NAME_OF(names, kind);
}

const char *cdp_rollout_phase_name(cdp_rollout_phase phase)
{
    static const char *const names[] = {"none",    "deploy",     "install", "ready",
                                        "reroute", "deregister", "over"};

    return NAME_OF(names, phase);
}

const char *cdp_rollout_verdict_name(cdp_rollout_verdict verdict)
{
    static const char *const names[] = {"Undecided", "Succeeded", "Failed", "Stopped"};

    return NAME_OF(names, verdict);
}

const char *cdp_rollout_state_name(cdp_rollout_state state)
{
    static const char *const names[] = {"Pending", "InProgress", "Ready",    "Succeeded", "Failed",
                                        "Skipped", "Outdated",   "Excluded", "Left"};

    return NAME_OF(names, state);
}

const char *cdp_rollout_decision_kind_name(cdp_rollout_decision_kind kind)
{
    static const char *const names[] = {NULL,    "start",   "hold",    "wait", "skip",
                                        "phase", "verdict", "settled", "state"};

    return NAME_OF(names, kind);
}

const char *cdp_rollout_lifecycle_answer_name(cdp_rollout_lifecycle_answer answer)
{
    static const char *const names[] = {"none", "CONTINUE", "ABANDON"};

    return NAME_OF(names, answer);
}

cdp_rollout_phase cdp_rollout_current_phase(const cdp_rollout *rollout)
{
    return rollout ? rollout->phase : CDP_ROLLOUT_PHASE_NONE;
}

cdp_rollout_verdict cdp_rollout_current_verdict(const cdp_rollout *rollout,
                                                cdp_rollout_decision *decision)
{
    if (!rollout || rollout->phase != CDP_ROLLOUT_PHASE_OVER)
        return CDP_ROLLOUT_UNDECIDED;
    if (decision && cdp_sized_write(decision, &rollout->verdict, sizeof rollout->verdict) != CDP_OK)
        return CDP_ROLLOUT_UNDECIDED;
    return rollout->verdict.verdict;
}

int cdp_rollout_is_settled(const cdp_rollout *rollout)
{
    return rollout && rollout->settled_told;
}

size_t cdp_rollout_count(const cdp_rollout *rollout)
{
    return rollout ? rollout->member_count : 0;
}

static cdp_instance_outcome outcome_of(const cdp_member *member)
{
    switch ((cdp_rollout_state)member->state) {
    case CDP_ROLLOUT_STATE_SUCCEEDED:
        return CDP_OUTCOME_SUCCEEDED;
    case CDP_ROLLOUT_STATE_FAILED:
        return CDP_OUTCOME_FAILED;
    case CDP_ROLLOUT_STATE_READY:
    case CDP_ROLLOUT_STATE_SKIPPED:
        return cdp_member_is(member, CDP_MEMBER_INSTALLED) ? CDP_OUTCOME_INSTALLED
                                                           : CDP_OUTCOME_NOT_ATTEMPTED;
    case CDP_ROLLOUT_STATE_PENDING:
    case CDP_ROLLOUT_STATE_IN_FLIGHT:
    case CDP_ROLLOUT_STATE_OUTDATED:
    case CDP_ROLLOUT_STATE_EXCLUDED:
    case CDP_ROLLOUT_STATE_LEFT:
        break;
    }
    return CDP_OUTCOME_NOT_ATTEMPTED;
}

/* Those that were no part of the deployment keep their values, and so do the originals. */
static bool keeps_health(const cdp_member *member)
{
    return cdp_member_is(member, CDP_MEMBER_ORIGINAL) ||
           member->state == CDP_ROLLOUT_STATE_OUTDATED ||
           member->state == CDP_ROLLOUT_STATE_EXCLUDED || member->state == CDP_ROLLOUT_STATE_LEFT;
}

static void view_health(const cdp_rollout *rollout, const cdp_member *member,
                        cdp_rollout_view *view)
{
    unsigned revision =
        (unsigned)(member->flags & CDP_MEMBER_REVISION) >> CDP_MEMBER_REVISION_SHIFT;

    view->instance_health = cdp_member_is(member, CDP_MEMBER_WAS_HEALTHY) ? CDP_INSTANCE_HEALTHY
                                                                          : CDP_INSTANCE_UNHEALTHY;
    view->revision_health = (cdp_revision_health)revision;
    if (rollout->phase != CDP_ROLLOUT_PHASE_OVER || keeps_health(member))
        return;
    /* The values are legal, so the table has a row for them. */
    (void)cdp_health_after(rollout->verdict.verdict == CDP_ROLLOUT_SUCCEEDED, outcome_of(member),
                           &view->instance_health, &view->revision_health);
}

static cdp_target_status status_of(cdp_rollout_state state)
{
    static const cdp_target_status statuses[] = {
        [CDP_ROLLOUT_STATE_PENDING] = CDP_TARGET_STATUS_PENDING,
        [CDP_ROLLOUT_STATE_IN_FLIGHT] = CDP_TARGET_STATUS_IN_PROGRESS,
        [CDP_ROLLOUT_STATE_READY] = CDP_TARGET_STATUS_READY,
        [CDP_ROLLOUT_STATE_SUCCEEDED] = CDP_TARGET_STATUS_SUCCEEDED,
        [CDP_ROLLOUT_STATE_FAILED] = CDP_TARGET_STATUS_FAILED,
        [CDP_ROLLOUT_STATE_SKIPPED] = CDP_TARGET_STATUS_SKIPPED,
    };

    return (size_t)state < sizeof statuses / sizeof *statuses ? statuses[state]
                                                              : (cdp_target_status)0;
}

cdp_status cdp_rollout_at(const cdp_rollout *rollout, uint32_t instance, cdp_rollout_view *view)
{
    cdp_rollout_view made = {.size = sizeof made};
    const cdp_member *member;

    if (!rollout || !view)
        return CDP_ERR_ARGUMENT;
    if (instance >= rollout->member_count)
        return CDP_ERR_NOT_FOUND;
    member = &rollout->members[instance];
    made.id = cdp_member_id(rollout, instance);
    made.zone = cdp_member_zone(rollout, instance);
    made.state = (cdp_rollout_state)member->state;
    if (member->state == CDP_ROLLOUT_STATE_PENDING && cdp_member_is(member, CDP_MEMBER_INSTALLED))
        made.state = CDP_ROLLOUT_STATE_READY;
    made.status = status_of(made.state);
    made.attempts = member->attempts;
    made.original = cdp_member_is(member, CDP_MEMBER_ORIGINAL);
    view_health(rollout, member, &made);
    return cdp_sized_write(view, &made, sizeof made);
}

cdp_status cdp_rollout_find(const cdp_rollout *rollout, cdp_string id, uint32_t *instance)
{
    uint32_t found;

    if (!rollout || !instance || !id.data)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return CDP_ERR_STATE;
    found = cdp_index_find(rollout, id);
    if (found == CDP_NO_MEMBER)
        return CDP_ERR_NOT_FOUND;
    *instance = found;
    return CDP_OK;
}

static cdp_rollout_numbers numbers_of(const cdp_tally *tally)
{
    return (cdp_rollout_numbers){
        .size = sizeof(cdp_rollout_numbers),
        .instances = tally->instances,
        .minimum = tally->minimum,
        .pending = tally->pending,
        .in_flight = tally->in_flight,
        .ready = tally->ready,
        .succeeded = tally->succeeded,
        .failed = tally->failed,
        .skipped = tally->skipped,
        .healthy = tally->healthy,
        .gone = tally->gone,
        .outdated = tally->outdated,
        .excluded = tally->excluded,
    };
}

cdp_status cdp_rollout_numbers_get(const cdp_rollout *rollout, cdp_rollout_numbers *numbers)
{
    cdp_rollout_numbers made;

    if (!rollout || !numbers)
        return CDP_ERR_ARGUMENT;
    made = numbers_of(&rollout->total);
    return cdp_sized_write(numbers, &made, sizeof made);
}

size_t cdp_rollout_zone_count(const cdp_rollout *rollout)
{
    if (!rollout || !rollout->options.zonal || rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return 0;
    return rollout->zone_count;
}

cdp_status cdp_rollout_zone_at(const cdp_rollout *rollout, size_t zone,
                               cdp_rollout_numbers *numbers)
{
    cdp_rollout_numbers made;

    if (!rollout || !numbers)
        return CDP_ERR_ARGUMENT;
    if (zone >= cdp_rollout_zone_count(rollout))
        return CDP_ERR_NOT_FOUND;
    made = numbers_of(&rollout->pools[rollout->zone_order[zone]].tally);
    made.zone = cdp_rollout_zone_name(rollout, rollout->zone_order[zone]);
    return cdp_sized_write(numbers, &made, sizeof made);
}

/* A follow-on deployment is due only after a success. */
static bool wants_follow_on(const cdp_rollout *rollout)
{
    return rollout && rollout->verdict.verdict == CDP_ROLLOUT_SUCCEEDED &&
           !rollout->options.ignore_outdated;
}

size_t cdp_rollout_outdated_count(const cdp_rollout *rollout)
{
    return wants_follow_on(rollout) ? rollout->total.outdated : 0;
}

cdp_status cdp_rollout_outdated_next(const cdp_rollout *rollout, uint32_t *instance)
{
    if (!rollout || !instance)
        return CDP_ERR_ARGUMENT;
    if (!wants_follow_on(rollout))
        return CDP_ERR_NOT_FOUND;
    for (uint32_t i = *instance; i < rollout->member_count; i++) {
        if (rollout->members[i].state == CDP_ROLLOUT_STATE_OUTDATED) {
            *instance = i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}

cdp_rollout_lifecycle_answer cdp_rollout_auto_scaling_answer(const cdp_rollout *rollout)
{
    if (!rollout || rollout->verdict.verdict == CDP_ROLLOUT_UNDECIDED)
        return CDP_ROLLOUT_ANSWER_NONE;
    if (rollout->options.kind == CDP_ROLLOUT_TERMINATION)
        return CDP_ROLLOUT_ANSWER_CONTINUE;
    if (rollout->options.kind != CDP_ROLLOUT_LAUNCH)
        return CDP_ROLLOUT_ANSWER_NONE;
    return rollout->verdict.verdict == CDP_ROLLOUT_SUCCEEDED ? CDP_ROLLOUT_ANSWER_CONTINUE
                                                             : CDP_ROLLOUT_ANSWER_ABANDON;
}
