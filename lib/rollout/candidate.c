/* SPDX-License-Identifier: MIT */
/* May the next instance begin, and if not, why? Nothing here changes anything. */
#include "rollout/machine.h"

static const cdp_pool *pool_of(const cdp_rollout *rollout, uint32_t member)
{
    return &rollout->pools[rollout->options.zonal ? rollout->members[member].zone : 0];
}

static cdp_candidate held(uint32_t member, cdp_rollout_rule rule)
{
    return (cdp_candidate){.member = member, .rule = rule, .zone = CDP_NO_POOL};
}

static cdp_candidate held_by_limit(uint32_t member, cdp_rollout_rule rule, uint32_t limit)
{
    cdp_candidate candidate = held(member, rule);

    candidate.limit = limit;
    return candidate;
}

static cdp_candidate held_in_zone(const cdp_rollout *rollout, uint32_t member,
                                  cdp_rollout_rule rule, uint32_t limit)
{
    cdp_candidate candidate = held_by_limit(member, rule, limit);

    candidate.zone = rollout->members[member].zone;
    candidate.tally = &pool_of(rollout, member)->tally;
    return candidate;
}

/* The option's limit, or no limit. */
static uint32_t concurrency_limit(const cdp_rollout *rollout)
{
    int64_t limit = rollout->options.concurrency_limit;

    return limit > 0 && limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
}

/* What bounds every instance, healthy or not: how many may be in flight. */
static cdp_candidate check_concurrency(const cdp_rollout *rollout, uint32_t member,
                                       cdp_rollout_rule rule)
{
    const cdp_tally *total = &rollout->total;
    uint32_t cap = cdp_tally_cap(total);
    uint32_t limit = concurrency_limit(rollout);
    cdp_candidate candidate;

    if (total->in_flight >= cap)
        return held_by_limit(member, CDP_ROLLOUT_RULE_HOLD_CONCURRENCY, cap);
    if (rollout->options.zonal) {
        const cdp_tally *zone = &pool_of(rollout, member)->tally;
        uint32_t zone_cap = cdp_tally_cap(zone);

        if (zone->in_flight >= zone_cap)
            return held_in_zone(rollout, member, CDP_ROLLOUT_RULE_HOLD_ZONE_CONCURRENCY, zone_cap);
    }
    if (total->in_flight >= limit)
        return held_by_limit(member, CDP_ROLLOUT_RULE_HOLD_LIMIT, limit);
    candidate = held_by_limit(member, rule, cap < limit ? cap : limit);
    candidate.free = true;
    return candidate;
}

static cdp_candidate check_healthy(const cdp_rollout *rollout, uint32_t member)
{
    const cdp_tally *total = &rollout->total;

    if (total->unhealthy_in_flight > 0)
        return held(member, CDP_ROLLOUT_RULE_HOLD_UNHEALTHY_FIRST);
    if (total->healthy <= total->minimum)
        return held(member, CDP_ROLLOUT_RULE_HOLD_MINIMUM);
    if (rollout->options.zonal) {
        const cdp_tally *zone = &pool_of(rollout, member)->tally;

        if (zone->healthy <= zone->minimum)
            return held_in_zone(rollout, member, CDP_ROLLOUT_RULE_HOLD_ZONE_MINIMUM, 0);
    }
    return check_concurrency(rollout, member, CDP_ROLLOUT_RULE_START_HEALTHY);
}

/*
 * The zone that has its turn is down to healthy instances, and even when everything in flight comes
 * out well the minimum leaves no room for one of them. Unhealthy instances of later zones then go
 * ahead of their turn, just as many as make room; otherwise nobody ever could.
 */
static cdp_candidate check_repair(const cdp_rollout *rollout, cdp_candidate blocked)
{
    const cdp_tally *total = &rollout->total;
    uint32_t zone;

    if (!rollout->options.zonal || total->healthy + total->in_flight > total->minimum)
        return blocked;
    zone = cdp_queue_unhealthy_zone(rollout);
    if (zone == CDP_NO_POOL)
        return blocked;
    return check_concurrency(rollout, cdp_queue_head(rollout, &rollout->pools[zone]),
                             CDP_ROLLOUT_RULE_START_REPAIR);
}

static cdp_candidate check(const cdp_rollout *rollout, uint32_t member)
{
    cdp_candidate candidate;

    if (rollout->phase == CDP_ROLLOUT_PHASE_REROUTE)
        return check_concurrency(rollout, member, CDP_ROLLOUT_RULE_START_REROUTE);
    if (!cdp_member_is(&rollout->members[member], CDP_MEMBER_HEALTHY))
        return check_concurrency(rollout, member, CDP_ROLLOUT_RULE_START_UNHEALTHY);
    candidate = check_healthy(rollout, member);
    return candidate.free ? candidate : check_repair(rollout, candidate);
}

static cdp_candidate check_original(const cdp_rollout *rollout)
{
    uint32_t member = cdp_queue_head(rollout, &rollout->originals);
    uint32_t limit = concurrency_limit(rollout);
    cdp_candidate candidate = held_by_limit(member, CDP_ROLLOUT_RULE_START_DEREGISTER, limit);

    candidate.free = member != CDP_NO_MEMBER && rollout->originals.tally.in_flight < limit;
    if (!candidate.free)
        candidate.rule = CDP_ROLLOUT_RULE_HOLD_LIMIT;
    return candidate;
}

/* Nobody begins while the roll-out waits. */
static cdp_candidate check_wait(const cdp_rollout *rollout, uint32_t member)
{
    cdp_candidate candidate = held(member, rollout->wait_rule == CDP_ROLLOUT_RULE_WAIT_ZONE
                                               ? CDP_ROLLOUT_RULE_HOLD_ZONE_WAIT
                                               : CDP_ROLLOUT_RULE_HOLD_CANARY_WAIT);

    candidate.zone = rollout->wait_zone;
    return candidate;
}

static cdp_candidate check_zone_order(const cdp_rollout *rollout)
{
    cdp_candidate candidate = held(CDP_NO_MEMBER, CDP_ROLLOUT_RULE_HOLD_ZONE_ORDER);
    uint32_t zone = rollout->options.zonal ? cdp_queue_zone(rollout) : CDP_NO_POOL;

    if (zone != CDP_NO_POOL)
        candidate.member = cdp_queue_head(rollout, &rollout->pools[zone]);
    candidate.zone = rollout->current;
    return candidate;
}

cdp_candidate cdp_candidate_find(const cdp_rollout *rollout)
{
    const cdp_tally *total = &rollout->total;
    uint32_t head;

    if (rollout->phase == CDP_ROLLOUT_PHASE_DEREGISTER)
        return check_original(rollout);
    if (rollout->phase == CDP_ROLLOUT_PHASE_READY)
        return held(CDP_NO_MEMBER, CDP_ROLLOUT_RULE_HOLD_READY);
    if (total->pending == 0 || rollout->phase == CDP_ROLLOUT_PHASE_OVER)
        return held(CDP_NO_MEMBER, CDP_ROLLOUT_RULE_STATE);
    head = rollout->current == CDP_NO_POOL
               ? CDP_NO_MEMBER
               : cdp_queue_head(rollout, &rollout->pools[rollout->current]);
    if (head == CDP_NO_MEMBER)
        return check_zone_order(rollout);
    if (rollout->waiting)
        return check_wait(rollout, head);
    if (!rollout->canary_over &&
        (int64_t)total->in_flight + rollout->canary_done >= rollout->options.canary_size)
        return held_by_limit(head, CDP_ROLLOUT_RULE_HOLD_CANARY,
                             (uint32_t)rollout->options.canary_size);
    return check(rollout, head);
}
