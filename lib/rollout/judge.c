/* SPDX-License-Identifier: MIT */
/* What follows from what happened: verdict, end of a zone, end of a phase. */
#include "rollout/machine.h"

static const cdp_verdict_rule verdicts[] = {
    {CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, CDP_ROLLOUT_SUCCEEDED, NULL},
    {CDP_ROLLOUT_RULE_NO_INSTANCES, CDP_ROLLOUT_FAILED, "NO_INSTANCES"},
    {CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS_INVALID"},
    {CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS_INVALID"},
    {CDP_ROLLOUT_RULE_MINIMUM_REACHED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_ZONE_MINIMUM_REACHED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_ZONE_TOO_FEW_SUCCEEDED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_BUDGET_SPENT, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_CANARY_FAILED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_ORIGINAL_FAILED, CDP_ROLLOUT_FAILED, "HEALTH_CONSTRAINTS"},
    {CDP_ROLLOUT_RULE_STOPPED_MANUALLY, CDP_ROLLOUT_STOPPED, "MANUAL_STOP"},
    {CDP_ROLLOUT_RULE_STOPPED_BY_ALARM, CDP_ROLLOUT_STOPPED, "ALARM_ACTIVE"},
    {CDP_ROLLOUT_RULE_TIMED_OUT, CDP_ROLLOUT_FAILED, "TIMEOUT"},
};

const cdp_verdict_rule *cdp_verdict_of(cdp_rollout_rule rule)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if (verdicts[i].rule == rule)
            return &verdicts[i];
    }
    return NULL;
}

/* The number of the zone that a pool stands for, or none. */
static uint32_t zone_of(const cdp_rollout *rollout, const cdp_pool *pool)
{
    if (!rollout->options.zonal || pool == &rollout->originals)
        return CDP_NO_POOL;
    return (uint32_t)(pool - rollout->pools);
}

static void conclude(cdp_rollout *rollout, cdp_rollout_rule rule, uint32_t member,
                     const cdp_pool *zone, uint32_t limit)
{
    const cdp_verdict_rule *verdict = cdp_verdict_of(rule);

    rollout->verdict = cdp_decision_make(rollout, CDP_ROLLOUT_DECISION_VERDICT, rule, member,
                                         zone ? &zone->tally : NULL);
    rollout->verdict_zone = zone ? zone_of(rollout, zone) : CDP_NO_POOL;
    cdp_decision_zone(rollout, &rollout->verdict, rollout->verdict_zone);
    rollout->verdict.verdict = verdict->verdict;
    rollout->verdict.error_code = verdict->error_code;
    rollout->verdict.limit = limit;
    rollout->phase = CDP_ROLLOUT_PHASE_OVER;
    rollout->waiting = false;
}

static bool is_over(const cdp_rollout *rollout)
{
    return rollout->phase == CDP_ROLLOUT_PHASE_OVER;
}

static uint32_t needed(const cdp_tally *tally)
{
    return tally->minimum > 1 ? tally->minimum : 1;
}

/* Something failed, no more than M can be healthy in the end, and there are untried ones. */
static bool is_breached(const cdp_rollout *rollout, const cdp_tally *tally)
{
    return tally->trouble > 0 && tally->instances - tally->failed - tally->gone <= tally->minimum &&
           (tally->pending > 0 || rollout->options.no_forgiveness);
}

static bool is_through(const cdp_tally *tally)
{
    return tally->pending == 0 && tally->in_flight == 0;
}

static void begin_wait(cdp_rollout *rollout, cdp_rollout_rule rule, uint32_t zone, int64_t duration)
{
    int64_t until = rollout->now > INT64_MAX - duration ? INT64_MAX : rollout->now + duration;

    if (duration <= 0 || (rollout->waiting && rollout->wait_until >= until))
        return;
    rollout->waiting = true;
    rollout->wait_told = false;
    rollout->wait_rule = rule;
    rollout->wait_zone = zone;
    rollout->wait_until = until;
}

void cdp_judge_time(cdp_rollout *rollout)
{
    if (rollout->waiting && rollout->now >= rollout->wait_until)
        rollout->waiting = false;
}

/* -- zones ---------------------------------------------------------------------------------- */

/* When the zone that has its turn is through, the next one comes after the wait. */
static void turn_zone(cdp_rollout *rollout)
{
    uint32_t done = rollout->current;

    if (done == CDP_NO_POOL) {
        rollout->current = cdp_queue_zone(rollout);
        return;
    }
    if (!is_through(&rollout->pools[done].tally))
        return;
    rollout->zones_done++;
    rollout->current = cdp_queue_zone(rollout);
    if (rollout->current != CDP_NO_POOL)
        begin_wait(rollout, CDP_ROLLOUT_RULE_WAIT_ZONE, done,
                   rollout->zones_done == 1 ? rollout->options.first_zone_wait_ms
                                            : rollout->options.zone_wait_ms);
}

static void judge_zone(cdp_rollout *rollout, const cdp_pool *pool, uint32_t member)
{
    const cdp_tally *tally = &pool->tally;

    if (is_breached(rollout, tally))
        conclude(rollout, CDP_ROLLOUT_RULE_ZONE_MINIMUM_REACHED, member, pool, 0);
    else if (is_through(tally) && tally->succeeded < tally->minimum && tally->instances > 0)
        conclude(rollout, CDP_ROLLOUT_RULE_ZONE_TOO_FEW_SUCCEEDED, member, pool, 0);
}

/* -- phases --------------------------------------------------------------------------------- */

static void begin_canary(cdp_rollout *rollout)
{
    rollout->canary_done = 0;
    rollout->canary_over = rollout->options.canary_size == 0;
}

static void begin_reroute(cdp_rollout *rollout)
{
    rollout->phase = CDP_ROLLOUT_PHASE_REROUTE;
    for (size_t i = 0; i < rollout->member_count; i++) {
        if (rollout->members[i].state == CDP_ROLLOUT_STATE_READY)
            cdp_member_change(rollout, (uint32_t)i, CDP_ROLLOUT_STATE_PENDING, false);
    }
    rollout->total.trouble = 0;
    rollout->pools[0].tally.trouble = 0;
    begin_canary(rollout);
    cdp_queue_rewind(rollout);
}

static void judge_originals(cdp_rollout *rollout, uint32_t member)
{
    const cdp_tally *tally = &rollout->originals.tally;

    if (tally->failed > 0)
        conclude(rollout, CDP_ROLLOUT_RULE_ORIGINAL_FAILED, member, NULL, 0);
    else if (is_through(tally))
        conclude(rollout, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, CDP_NO_MEMBER, NULL, 0);
}

static void end_phase(cdp_rollout *rollout, uint32_t member)
{
    bool installing = rollout->phase == CDP_ROLLOUT_PHASE_INSTALL;
    const cdp_tally *total = &rollout->total;

    if ((installing ? total->ready : total->succeeded) < needed(total)) {
        conclude(rollout, CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED, member, NULL, 0);
    } else if (installing && rollout->options.hold_before_reroute) {
        rollout->phase = CDP_ROLLOUT_PHASE_READY;
    } else if (installing) {
        begin_reroute(rollout);
    } else if (rollout->phase == CDP_ROLLOUT_PHASE_REROUTE) {
        rollout->phase = CDP_ROLLOUT_PHASE_DEREGISTER;
        judge_originals(rollout, CDP_NO_MEMBER);
    } else {
        conclude(rollout, CDP_ROLLOUT_RULE_ENOUGH_SUCCEEDED, CDP_NO_MEMBER, NULL, 0);
    }
}

/* -- the whole -------------------------------------------------------------------------------- */

static uint32_t budget(const cdp_rollout *rollout)
{
    const cdp_rollout_options *options = &rollout->options;

    if (options->failure_budget_type == CDP_ROLLOUT_BUDGET_PERCENT)
        return (uint32_t)((uint64_t)rollout->total.instances * (uint64_t)options->failure_budget /
                          100);
    return options->failure_budget < UINT32_MAX ? (uint32_t)options->failure_budget : UINT32_MAX;
}

static void judge_canary(cdp_rollout *rollout)
{
    const cdp_tally *total = &rollout->total;

    if (rollout->canary_over ||
        (rollout->canary_done < rollout->options.canary_size && !is_through(total)))
        return;
    rollout->canary_over = true;
    if (total->pending > 0)
        begin_wait(rollout, CDP_ROLLOUT_RULE_WAIT_CANARY, CDP_NO_POOL,
                   rollout->options.canary_wait_ms);
}

/* The failures that end the roll-out, the most particular one first. */
static void judge_failures(cdp_rollout *rollout, const cdp_pool *pool, uint32_t member)
{
    const cdp_tally *total = &rollout->total;

    if (total->instances == 0)
        conclude(rollout, CDP_ROLLOUT_RULE_NO_INSTANCES, CDP_NO_MEMBER, NULL, 0);
    else if (rollout->canary_failed)
        conclude(rollout, CDP_ROLLOUT_RULE_CANARY_FAILED, member, NULL, 0);
    else if (rollout->options.failure_budget_type != CDP_ROLLOUT_BUDGET_NONE &&
             rollout->failures > budget(rollout))
        conclude(rollout, CDP_ROLLOUT_RULE_BUDGET_SPENT, member, NULL, budget(rollout));
    else if (is_breached(rollout, total))
        conclude(rollout, CDP_ROLLOUT_RULE_MINIMUM_REACHED, member, NULL, 0);
    else if (rollout->options.zonal)
        judge_zone(rollout, pool, member);
}

void cdp_judge(cdp_rollout *rollout, uint32_t member)
{
    const cdp_pool *pool = cdp_pool_of(rollout, &rollout->members[member]);

    if (is_over(rollout))
        return;
    if (rollout->phase == CDP_ROLLOUT_PHASE_DEREGISTER) {
        judge_originals(rollout, member);
        return;
    }
    judge_failures(rollout, pool, member);
    if (is_over(rollout))
        return;
    if (rollout->phase == CDP_ROLLOUT_PHASE_READY) {
        if (rollout->total.ready < needed(&rollout->total))
            conclude(rollout, CDP_ROLLOUT_RULE_TOO_FEW_SUCCEEDED, member, NULL, 0);
        return;
    }
    judge_canary(rollout);
    if (is_through(&rollout->total))
        end_phase(rollout, member);
    else if (rollout->options.zonal)
        turn_zone(rollout);
}

void cdp_judge_begin(cdp_rollout *rollout)
{
    const cdp_tally *total = &rollout->total;

    rollout->phase = rollout->options.kind == CDP_ROLLOUT_BLUE_GREEN ? CDP_ROLLOUT_PHASE_INSTALL
                                                                     : CDP_ROLLOUT_PHASE_DEPLOY;
    begin_canary(rollout);
    rollout->current = 0;
    if (total->instances == 0) {
        conclude(rollout, CDP_ROLLOUT_RULE_NO_INSTANCES, CDP_NO_MEMBER, NULL, 0);
        return;
    }
    if (total->minimum >= total->instances) {
        conclude(rollout, CDP_ROLLOUT_RULE_MINIMUM_TOO_LARGE, CDP_NO_MEMBER, NULL, 0);
        return;
    }
    if (!rollout->options.zonal)
        return;
    for (size_t i = 0; i < rollout->zone_count; i++) {
        const cdp_pool *pool = &rollout->pools[rollout->zone_order[i]];

        if (pool->tally.instances > 0 && pool->tally.minimum >= pool->tally.instances) {
            conclude(rollout, CDP_ROLLOUT_RULE_ZONE_MINIMUM_TOO_LARGE, CDP_NO_MEMBER, pool, 0);
            return;
        }
    }
    rollout->current = cdp_queue_zone(rollout);
}

void cdp_judge_stop(cdp_rollout *rollout, cdp_rollout_stop_cause cause)
{
    static const cdp_rollout_rule rules[] = {
        [CDP_ROLLOUT_STOP_MANUAL] = CDP_ROLLOUT_RULE_STOPPED_MANUALLY,
        [CDP_ROLLOUT_STOP_ALARM] = CDP_ROLLOUT_RULE_STOPPED_BY_ALARM,
        [CDP_ROLLOUT_STOP_TIMEOUT] = CDP_ROLLOUT_RULE_TIMED_OUT,
    };

    conclude(rollout, rules[cause], CDP_NO_MEMBER, NULL, 0);
}

void cdp_judge_continue(cdp_rollout *rollout)
{
    if (rollout->waiting)
        rollout->waiting = false;
    else
        begin_reroute(rollout);
}
