/* SPDX-License-Identifier: MIT */
/*
 * Who is next in a pool. Instances that were there at the start stand in one array, sorted by pool,
 * order of work and id, and each pool walks along its part. Those that join or are restarted are
 * kept in a skew heap of their pool, in the same order. The head is the smaller of the two.
 */
#include "rollout/machine.h"

#include "base/allocator.h"

#define CLASS_COUNT 6

cdp_pool *cdp_pool_of(cdp_rollout *rollout, const cdp_member *member)
{
    if (cdp_member_is(member, CDP_MEMBER_ORIGINAL))
        return &rollout->originals;
    return &rollout->pools[rollout->options.zonal ? member->zone : 0];
}

static unsigned class_of(const cdp_member *member)
{
    unsigned revision =
        (unsigned)(member->flags & CDP_MEMBER_REVISION) >> CDP_MEMBER_REVISION_SHIFT;

    return (unsigned)cdp_health_work_order(cdp_member_is(member, CDP_MEMBER_WAS_HEALTHY)
                                               ? CDP_INSTANCE_HEALTHY
                                               : CDP_INSTANCE_UNHEALTHY,
                                           (cdp_revision_health)revision);
}

/* The bucket of a member: its pool by number, the originals last, and its class. */
static size_t bucket_of(const cdp_rollout *rollout, const cdp_member *member)
{
    size_t pool = rollout->options.zonal ? member->zone : 0;

    if (cdp_member_is(member, CDP_MEMBER_ORIGINAL))
        return rollout->pool_count * CLASS_COUNT;
    return pool * CLASS_COUNT + class_of(member);
}

static void give_parts(cdp_rollout *rollout, const uint32_t *starts)
{
    for (size_t i = 0; i < rollout->pool_count; i++) {
        rollout->pools[i].begin = starts[i * CLASS_COUNT];
        rollout->pools[i].end = starts[(i + 1) * CLASS_COUNT];
    }
    rollout->originals.begin = starts[rollout->pool_count * CLASS_COUNT];
    rollout->originals.end = (uint32_t)rollout->base_count;
}

cdp_status cdp_queue_build(cdp_rollout *rollout)
{
    size_t count = rollout->base_count;
    size_t buckets = rollout->pool_count * CLASS_COUNT + 1;
    uint32_t *starts = cdp_allocate_zeroed(&rollout->allocator, (buckets + 1) * sizeof *starts);
    uint32_t *order = cdp_allocate(&rollout->allocator, count * sizeof *order);

    if (!starts || !order) {
        cdp_release(&rollout->allocator, starts, (buckets + 1) * sizeof *starts);
        cdp_release(&rollout->allocator, order, count * sizeof *order);
        return CDP_ERR_NOMEM;
    }
    for (size_t i = 0; i < count; i++)
        starts[bucket_of(rollout, &rollout->members[i]) + 1]++;
    for (size_t i = 0; i < buckets; i++)
        starts[i + 1] += starts[i];
    give_parts(rollout, starts);
    for (size_t i = 0; i < count; i++) {
        uint32_t member = rollout->by_id[i];

        order[starts[bucket_of(rollout, &rollout->members[member])]++] = member;
    }
    rollout->order = order;
    cdp_release(&rollout->allocator, starts, (buckets + 1) * sizeof *starts);
    return CDP_OK;
}

static bool goes_before(const cdp_rollout *rollout, uint32_t a, uint32_t b)
{
    unsigned first = class_of(&rollout->members[a]);
    unsigned second = class_of(&rollout->members[b]);

    if (first != second)
        return first < second;
    return cdp_string_compare(cdp_member_id(rollout, a), cdp_member_id(rollout, b)) < 0;
}

/* Skew heaps: down the right spines, and each node that is passed swaps its children. */
static uint32_t merge_heaps(cdp_rollout *rollout, uint32_t a, uint32_t b)
{
    uint32_t root = CDP_NO_MEMBER;
    uint32_t parent = CDP_NO_MEMBER;
    uint32_t *link = &root;

    while (a != CDP_NO_MEMBER && b != CDP_NO_MEMBER) {
        uint32_t first = goes_before(rollout, a, b) ? a : b;
        uint32_t second = first == a ? b : a;
        cdp_links *links = &rollout->links[first];

        *link = first;
        links->parent = parent;
        parent = first;
        a = links->right;
        b = second;
        links->right = links->left;
        link = &links->left;
    }
    *link = a != CDP_NO_MEMBER ? a : b;
    if (*link != CDP_NO_MEMBER)
        rollout->links[*link].parent = parent;
    return root;
}

/* Somebody waits in this zone again. */
static void step_back(cdp_rollout *rollout, uint32_t zone)
{
    uint32_t rank = (uint32_t)cdp_zone_rank(rollout, zone);

    if (rank < rollout->zone_cursor)
        rollout->zone_cursor = rank;
    if (rank < rollout->unhealthy_cursor)
        rollout->unhealthy_cursor = rank;
}

void cdp_queue_push(cdp_rollout *rollout, uint32_t member)
{
    cdp_pool *pool = cdp_pool_of(rollout, &rollout->members[member]);

    rollout->links[member] = (cdp_links){CDP_NO_MEMBER, CDP_NO_MEMBER, CDP_NO_MEMBER};
    pool->heap = merge_heaps(rollout, pool->heap, member);
    if (rollout->options.zonal)
        step_back(rollout, rollout->members[member].zone);
}

void cdp_queue_remove(cdp_rollout *rollout, uint32_t member)
{
    const cdp_links *links = &rollout->links[member];
    uint32_t children = merge_heaps(rollout, links->left, links->right);

    if (links->parent == CDP_NO_MEMBER)
        cdp_pool_of(rollout, &rollout->members[member])->heap = children;
    else if (rollout->links[links->parent].left == member)
        rollout->links[links->parent].left = children;
    else
        rollout->links[links->parent].right = children;
    if (children != CDP_NO_MEMBER)
        rollout->links[children].parent = links->parent;
}

static bool is_pending(const cdp_rollout *rollout, uint32_t member)
{
    return rollout->members[member].state == CDP_ROLLOUT_STATE_PENDING;
}

/* The order of work jumps about the members. Fetching ahead what the cursor will soon look at
 * hides most of the way to memory when there are many. */
static void fetch_ahead(const cdp_rollout *rollout, const cdp_pool *pool)
{
#if defined(__GNUC__)
    enum { AHEAD = 8 };

    if (pool->end - pool->cursor > AHEAD)
        __builtin_prefetch(&rollout->members[rollout->order[pool->cursor + AHEAD]], 1);
#else
    (void)rollout;
    (void)pool;
#endif
}

static const cdp_tally *tally_at(const cdp_rollout *rollout, uint32_t rank)
{
    return &rollout->pools[rollout->zone_order[rank]].tally;
}

static void settle_zones(cdp_rollout *rollout)
{
    while (rollout->zone_cursor < rollout->zone_count &&
           tally_at(rollout, rollout->zone_cursor)->pending == 0)
        rollout->zone_cursor++;
    while (rollout->unhealthy_cursor < rollout->zone_count &&
           tally_at(rollout, rollout->unhealthy_cursor)->pending_unhealthy == 0)
        rollout->unhealthy_cursor++;
}

uint32_t cdp_queue_zone(const cdp_rollout *rollout)
{
    return rollout->zone_cursor < rollout->zone_count ? rollout->zone_order[rollout->zone_cursor]
                                                      : CDP_NO_POOL;
}

uint32_t cdp_queue_unhealthy_zone(const cdp_rollout *rollout)
{
    return rollout->unhealthy_cursor < rollout->zone_count
               ? rollout->zone_order[rollout->unhealthy_cursor]
               : CDP_NO_POOL;
}

void cdp_queue_settle(cdp_rollout *rollout, cdp_pool *pool)
{
    while (pool->cursor < pool->end) {
        uint32_t member = rollout->order[pool->cursor];

        if (is_pending(rollout, member) &&
            !cdp_member_is(&rollout->members[member], CDP_MEMBER_HEAPED))
            break;
        pool->cursor++;
        fetch_ahead(rollout, pool);
    }
    while (pool->heap != CDP_NO_MEMBER && !is_pending(rollout, pool->heap))
        cdp_queue_remove(rollout, pool->heap);
    if (rollout->options.zonal)
        settle_zones(rollout);
}

uint32_t cdp_queue_head(const cdp_rollout *rollout, const cdp_pool *pool)
{
    uint32_t fixed = pool->cursor < pool->end ? rollout->order[pool->cursor] : CDP_NO_MEMBER;

    if (fixed == CDP_NO_MEMBER || pool->heap == CDP_NO_MEMBER)
        return fixed == CDP_NO_MEMBER ? pool->heap : fixed;
    return goes_before(rollout, pool->heap, fixed) ? pool->heap : fixed;
}

static void rewind_pool(cdp_pool *pool)
{
    pool->cursor = pool->begin;
    pool->heap = CDP_NO_MEMBER;
}

void cdp_queue_rewind(cdp_rollout *rollout)
{
    for (size_t i = 0; i < rollout->pool_count; i++)
        rewind_pool(&rollout->pools[i]);
    rewind_pool(&rollout->originals);
    rollout->zone_cursor = rollout->unhealthy_cursor = 0;
    for (size_t i = 0; i < rollout->member_count; i++) {
        if (is_pending(rollout, (uint32_t)i) &&
            cdp_member_is(&rollout->members[i], CDP_MEMBER_HEAPED))
            cdp_queue_push(rollout, (uint32_t)i);
    }
    for (size_t i = 0; i < rollout->pool_count; i++)
        cdp_queue_settle(rollout, &rollout->pools[i]);
    cdp_queue_settle(rollout, &rollout->originals);
}
