/* SPDX-License-Identifier: MIT */
/* How many instances stand where, kept up to date with every change. */
#include "rollout/machine.h"

/* Adds (or with `by` -1 takes away) what one instance contributes. */
static void contribute(cdp_tally *tally, const cdp_member *member, uint32_t by)
{
    bool healthy = cdp_member_is(member, CDP_MEMBER_HEALTHY);
    uint32_t *place = NULL;

    switch ((cdp_rollout_state)member->state) {
    case CDP_ROLLOUT_STATE_PENDING:
        place = &tally->pending;
        if (!healthy)
            tally->pending_unhealthy += by;
        if (cdp_member_is(member, CDP_MEMBER_INSTALLED))
            tally->ready += by;
        break;
    case CDP_ROLLOUT_STATE_IN_FLIGHT:
        tally->instances += by;
        tally->in_flight += by;
        if (!healthy)
            tally->unhealthy_in_flight += by;
        return;
    case CDP_ROLLOUT_STATE_READY:
        place = &tally->ready;
        break;
    case CDP_ROLLOUT_STATE_SUCCEEDED:
        place = &tally->succeeded;
        if (!healthy)
            tally->gone += by;
        break;
    case CDP_ROLLOUT_STATE_FAILED:
        place = &tally->failed;
        break;
    case CDP_ROLLOUT_STATE_SKIPPED:
        place = &tally->skipped;
        break;
    case CDP_ROLLOUT_STATE_OUTDATED:
        tally->outdated += by;
        return;
    case CDP_ROLLOUT_STATE_EXCLUDED:
        tally->excluded += by;
        return;
    case CDP_ROLLOUT_STATE_LEFT:
        return;
    }
    if (!place)
        return;
    tally->instances += by;
    *place += by;
    if (healthy)
        tally->healthy += by;
}

static void count(cdp_rollout *rollout, const cdp_member *member, uint32_t by)
{
    contribute(&cdp_pool_of(rollout, member)->tally, member, by);
    if (!cdp_member_is(member, CDP_MEMBER_ORIGINAL))
        contribute(&rollout->total, member, by);
}

void cdp_member_change(cdp_rollout *rollout, uint32_t member, cdp_rollout_state state, bool healthy)
{
    cdp_member *m = &rollout->members[member];

    count(rollout, m, (uint32_t)-1);
    m->state = (uint8_t)state;
    m->flags = (uint8_t)(healthy ? m->flags | CDP_MEMBER_HEALTHY : m->flags & ~CDP_MEMBER_HEALTHY);
    count(rollout, m, 1);
}

uint32_t cdp_minimum_of(cdp_minimum_type type, int64_t value, uint32_t instances)
{
    switch (type) {
    case CDP_MINIMUM_HOST_COUNT:
        return value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    case CDP_MINIMUM_FLEET_PERCENT:
        return (uint32_t)(((uint64_t)instances * (uint64_t)value + 99) / 100);
    case CDP_MINIMUM_MOST_CONCURRENCY:
        return value < instances ? instances - (uint32_t)value : 0;
    case CDP_MINIMUM_NONE:
        break;
    }
    return 0;
}

uint32_t cdp_tally_cap(const cdp_tally *tally)
{
    return tally->instances > tally->minimum ? tally->instances - tally->minimum : 1;
}

static uint32_t minimum_of_all(const cdp_rollout *rollout, uint32_t instances)
{
    const cdp_rollout_options *options = &rollout->options;

    if (options->kind == CDP_ROLLOUT_LAUNCH || options->kind == CDP_ROLLOUT_TERMINATION ||
        (options->allow_single && instances == 1))
        return 0;
    return cdp_minimum_of(options->minimum_type, options->minimum_value, instances);
}

void cdp_tally_follow(cdp_rollout *rollout, cdp_pool *pool)
{
    rollout->total.minimum = minimum_of_all(rollout, rollout->total.instances);
    if (rollout->options.zonal)
        pool->tally.minimum =
            cdp_minimum_of(rollout->options.zone_minimum_type, rollout->options.zone_minimum_value,
                           pool->tally.instances);
}

static void clear(cdp_tally *tally)
{
    *tally = (cdp_tally){.trouble = tally->trouble};
}

void cdp_tally_recount(cdp_rollout *rollout)
{
    clear(&rollout->total);
    clear(&rollout->originals.tally);
    for (size_t i = 0; i < rollout->pool_count; i++)
        clear(&rollout->pools[i].tally);
    for (size_t i = 0; i < rollout->member_count; i++)
        count(rollout, &rollout->members[i], 1);
    for (size_t i = 0; i < rollout->pool_count; i++)
        cdp_tally_follow(rollout, &rollout->pools[i]);
}
