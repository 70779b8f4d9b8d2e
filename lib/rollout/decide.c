/* SPDX-License-Identifier: MIT */
/* Taking decisions out, and asking for their reasons. */
#include "rollout/machine.h"

#include "base/sized.h"

static cdp_rollout_decision start(cdp_rollout *rollout, const cdp_candidate *candidate)
{
    cdp_member *member = &rollout->members[candidate->member];
    cdp_rollout_decision decision;

    /* From 1 again at the end: never the number of the attempt before. */
    member->attempts = member->attempts < UINT16_MAX ? (uint16_t)(member->attempts + 1) : 1;
    cdp_member_change(rollout, candidate->member, CDP_ROLLOUT_STATE_IN_FLIGHT,
                      cdp_member_is(member, CDP_MEMBER_HEALTHY));
    cdp_queue_settle(rollout, cdp_pool_of(rollout, member));
    decision = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_START, candidate->rule,
                                 candidate->member, NULL);
    decision.attempt = member->attempts;
    decision.limit = candidate->limit;
    return decision;
}

/* The next instance that the verdict leaves out: those of the start in the order of work, then
 * those that joined. */
static bool skip(cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    while (rollout->skip_cursor < rollout->member_count) {
        /* By number, not by order: a restored roll-out may have sorted its order anew. */
        uint32_t member = rollout->skip_cursor++;
        const cdp_member *m = &rollout->members[member];

        if (m->state == CDP_ROLLOUT_STATE_PENDING || m->state == CDP_ROLLOUT_STATE_READY) {
            cdp_member_change(rollout, member, CDP_ROLLOUT_STATE_SKIPPED,
                              cdp_member_is(m, CDP_MEMBER_HEALTHY));
            *decision = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_SKIP,
                                          CDP_ROLLOUT_RULE_SKIPPED, member, NULL);
            return true;
        }
    }
    return false;
}

static bool finish(cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    if (!rollout->verdict_told) {
        rollout->verdict_told = true;
        *decision = rollout->verdict;
        return true;
    }
    if (skip(rollout, decision))
        return true;
    if (rollout->settled_told || rollout->total.in_flight > 0 ||
        rollout->originals.tally.in_flight > 0)
        return false;
    rollout->settled_told = true;
    *decision = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_SETTLED, CDP_ROLLOUT_RULE_SETTLED,
                                  CDP_NO_MEMBER, NULL);
    return true;
}

/* The next decision, if there is one. */
static bool decide(cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    cdp_candidate candidate;

    if (rollout->phase == CDP_ROLLOUT_PHASE_OVER)
        return finish(rollout, decision);
    if (rollout->phase_told != rollout->phase) {
        rollout->phase_told = rollout->phase;
        *decision = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_PHASE, CDP_ROLLOUT_RULE_PHASE,
                                      CDP_NO_MEMBER, NULL);
        return true;
    }
    if (rollout->waiting && !rollout->wait_told) {
        rollout->wait_told = true;
        *decision = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_WAIT, rollout->wait_rule,
                                      CDP_NO_MEMBER, NULL);
        decision->until_ms = rollout->wait_until;
        cdp_decision_zone(rollout, decision, rollout->wait_zone);
        return true;
    }
    candidate = cdp_candidate_find(rollout);
    if (!candidate.free)
        return false;
    *decision = start(rollout, &candidate);
    return true;
}

/* A size that cannot be one is refused before anything is decided. */
static cdp_status check_outputs(cdp_rollout_decision *decisions, size_t capacity)
{
    const cdp_rollout_decision empty = {.size = sizeof empty};

    return capacity > 0 ? cdp_sized_write(decisions, &empty, sizeof empty) : CDP_OK;
}

cdp_status cdp_rollout_decide(cdp_rollout *rollout, cdp_rollout_decision *decisions,
                              size_t capacity, size_t *count)
{
    unsigned char *at = (unsigned char *)decisions;
    cdp_status status;
    size_t stride;
    size_t filled = 0;

    if (!rollout || !count)
        return CDP_ERR_ARGUMENT;
    status = check_outputs(decisions, capacity);
    if (status != CDP_OK)
        return status;
    *count = 0;
    if (capacity == 0 || rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return CDP_OK;
    stride = decisions->size;
    while (filled < capacity) {
        cdp_rollout_decision decision;

        if (!decide(rollout, &decision))
            break;
        memcpy(at, &stride, sizeof stride);
        status = cdp_sized_write(at, &decision, sizeof decision);
        if (status != CDP_OK)
            return status;
        at += stride;
        filled++;
    }
    *count = filled;
    return CDP_OK;
}

static cdp_rollout_decision hold(const cdp_rollout *rollout, const cdp_candidate *candidate)
{
    cdp_rollout_decision decision =
        cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_HOLD,
                          candidate->free ? CDP_ROLLOUT_RULE_NEXT : candidate->rule,
                          candidate->member, candidate->tally);

    decision.limit = candidate->limit;
    cdp_decision_zone(rollout, &decision, candidate->zone);
    if (rollout->waiting)
        decision.until_ms = rollout->wait_until;
    return decision;
}

static bool has_untold(const cdp_rollout *rollout)
{
    return rollout->phase_told != rollout->phase || (rollout->waiting && !rollout->wait_told);
}

cdp_status cdp_rollout_held(const cdp_rollout *rollout, cdp_rollout_decision *decision)
{
    cdp_candidate candidate;
    cdp_rollout_decision made;

    if (!rollout || !decision)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase == CDP_ROLLOUT_PHASE_NONE || rollout->phase == CDP_ROLLOUT_PHASE_OVER ||
        has_untold(rollout))
        return CDP_ERR_NOT_FOUND;
    candidate = cdp_candidate_find(rollout);
    if (candidate.free ||
        (candidate.member == CDP_NO_MEMBER && candidate.rule != CDP_ROLLOUT_RULE_HOLD_READY))
        return CDP_ERR_NOT_FOUND;
    made = hold(rollout, &candidate);
    return cdp_sized_write(decision, &made, sizeof made);
}

/* Why one that waits does so. */
static cdp_rollout_decision explain_pending(const cdp_rollout *rollout, uint32_t member)
{
    const cdp_member *m = &rollout->members[member];
    cdp_candidate candidate = cdp_candidate_find(rollout);
    uint32_t head = candidate.member;
    cdp_rollout_decision decision;

    if (head == member)
        return hold(rollout, &candidate);
    candidate.member = member;
    if (cdp_member_is(m, CDP_MEMBER_ORIGINAL) && rollout->phase != CDP_ROLLOUT_PHASE_DEREGISTER) {
        candidate.free = false;
        candidate.rule = CDP_ROLLOUT_RULE_HOLD_ORIGINAL;
        return hold(rollout, &candidate);
    }
    if (candidate.rule == CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT ||
        candidate.rule == CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT ||
        candidate.rule == CDP_ROLLOUT_RULE_HOLD_READY)
        return hold(rollout, &candidate);
    candidate.tally = NULL;
    candidate.free = false;
    candidate.limit = 0;
    if (rollout->options.zonal && rollout->current != CDP_NO_POOL && m->zone != rollout->current) {
        candidate.rule = CDP_ROLLOUT_RULE_HOLD_ZONE_ORDER;
        candidate.zone = rollout->current;
        return hold(rollout, &candidate);
    }
    candidate.rule = CDP_ROLLOUT_RULE_HOLD_ORDER;
    candidate.zone = CDP_NO_POOL;
    decision = hold(rollout, &candidate);
    decision.other = head;
    if (head != CDP_NO_MEMBER)
        decision.other_id = cdp_member_id(rollout, head);
    return decision;
}

cdp_status cdp_rollout_explain(const cdp_rollout *rollout, uint32_t instance,
                               cdp_rollout_decision *decision)
{
    cdp_rollout_decision made;
    unsigned state;

    if (!rollout || !decision)
        return CDP_ERR_ARGUMENT;
    if (rollout->phase == CDP_ROLLOUT_PHASE_NONE)
        return CDP_ERR_STATE;
    if (instance >= rollout->member_count)
        return CDP_ERR_NOT_FOUND;
    state = rollout->members[instance].state;
    if (rollout->phase != CDP_ROLLOUT_PHASE_OVER &&
        (state == CDP_ROLLOUT_STATE_PENDING ||
         (state == CDP_ROLLOUT_STATE_READY && rollout->phase == CDP_ROLLOUT_PHASE_READY)))
        made = explain_pending(rollout, instance);
    else
        made = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_STATE,
                                 state == CDP_ROLLOUT_STATE_SKIPPED ? CDP_ROLLOUT_RULE_SKIPPED
                                                                    : CDP_ROLLOUT_RULE_STATE,
                                 instance, NULL);
    return cdp_sized_write(decision, &made, sizeof made);
}
