/* SPDX-License-Identifier: MIT */
#include "install/ranges.h"

#include "base/allocator.h"
#include "base/sort.h"
#include "base/strings.h"

/* Children have larger indices than their parents: one pass back to count, one forth to place. */
static void count(cdp_ranges *ranges, const cdp_path_tree *tree, uint8_t flag)
{
    for (uint32_t node = (uint32_t)tree->count - 1; node > 0; node--) {
        uint32_t parent = tree->nodes[node].parent;

        if (tree->nodes[node].flags & flag) {
            ranges->ranges[parent].direct++;
            ranges->ranges[parent].all++;
            ranges->count++;
        }
        ranges->ranges[parent].all += ranges->ranges[node].all;
    }
}

static void place(cdp_ranges *ranges, const cdp_path_tree *tree, uint8_t flag)
{
    cdp_range *all = ranges->ranges;

    all[CDP_PATH_ROOT].next = all[CDP_PATH_ROOT].direct;
    for (uint32_t node = 1; node < tree->count; node++) {
        cdp_range *parent = &all[tree->nodes[node].parent];

        all[node].start = parent->next;
        all[node].next = parent->next + all[node].direct;
        parent->next += all[node].all;
    }
    for (uint32_t node = 0; node < tree->count; node++)
        all[node].next = all[node].start;
    for (uint32_t node = 1; node < tree->count; node++) {
        if (tree->nodes[node].flags & flag)
            ranges->nodes[all[tree->nodes[node].parent].next++] = node;
    }
}

cdp_status cdp_ranges_init(cdp_ranges *ranges, const cdp_allocator *allocator,
                           const cdp_path_tree *tree, uint8_t flag)
{
    *ranges = (cdp_ranges){.allocator = *allocator, .tree_count = tree->count};
    ranges->ranges = cdp_allocate_zeroed(allocator, tree->count * sizeof *ranges->ranges);
    ranges->sorted = cdp_allocate_zeroed(allocator, tree->count);
    if (!ranges->ranges || !ranges->sorted)
        return CDP_ERR_NOMEM;
    count(ranges, tree, flag);
    ranges->nodes = cdp_allocate(allocator, ranges->count * sizeof *ranges->nodes);
    if (!ranges->nodes)
        return CDP_ERR_NOMEM;
    place(ranges, tree, flag);
    return CDP_OK;
}

void cdp_ranges_release(cdp_ranges *ranges)
{
    cdp_release(&ranges->allocator, ranges->nodes, ranges->count * sizeof *ranges->nodes);
    cdp_release(&ranges->allocator, ranges->ranges, ranges->tree_count * sizeof *ranges->ranges);
    cdp_release(&ranges->allocator, ranges->sorted, ranges->tree_count);
}

static int by_name(const void *a, const void *b, const void *context)
{
    const cdp_path_tree *tree = context;

    return cdp_string_compare(cdp_path_tree_name(tree, *(const uint32_t *)a),
                              cdp_path_tree_name(tree, *(const uint32_t *)b));
}

static cdp_status sort_direct(cdp_ranges *ranges, const cdp_path_tree *tree, uint32_t directory)
{
    const cdp_range *range = &ranges->ranges[directory];
    uint32_t *nodes = ranges->nodes + range->start;
    uint32_t i = 1;
    cdp_status status = CDP_OK;

    if (ranges->sorted[directory])
        return CDP_OK;
    while (i < range->direct && by_name(&nodes[i - 1], &nodes[i], tree) < 0)
        i++;
    if (i < range->direct)
        status = cdp_sort(&ranges->allocator, nodes, range->direct, sizeof *nodes, by_name, tree);
    ranges->sorted[directory] = status == CDP_OK;
    return status;
}

/* The first of a sorted first level whose name is not before `text`: as a prefix, it is before all
 * names that begin with it, and `behind` all of them are before. */
static uint32_t find_bound(const uint32_t *nodes, uint32_t count, const cdp_path_tree *tree,
                           cdp_string text, bool behind)
{
    uint32_t low = 0, high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        cdp_string name = cdp_path_tree_name(tree, nodes[middle]);

        if (cdp_string_compare(name, text) < 0 || (behind && cdp_string_starts_with(name, text)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

cdp_status cdp_ranges_find_prefix(cdp_ranges *ranges, const cdp_path_tree *tree, uint32_t directory,
                                  cdp_string prefix, uint32_t *first, uint32_t *count)
{
    const cdp_range *range = &ranges->ranges[directory];
    const uint32_t *nodes = ranges->nodes + range->start;
    cdp_status status = sort_direct(ranges, tree, directory);

    if (status != CDP_OK)
        return status;
    *first = find_bound(nodes, range->direct, tree, prefix, false);
    *count = find_bound(nodes, range->direct, tree, prefix, true) - *first;
    *first += range->start;
    return CDP_OK;
}
