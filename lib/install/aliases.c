/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/sort.h"
#include "base/strings.h"
#include "install/planner.h"

/*
 * A link to a directory counts as the directory, so two destinations with different paths can be
 * one and the same. Only where links were met is it worth asking which directories are the same.
 */

/* A directory that is there and gets something, and what it really is. */
typedef struct place {
    uint64_t device;
    uint64_t inode;
    uint32_t node;
} place;

/* Something that goes into a place that has more than one path. */
typedef struct arrival {
    uint32_t first_path; /* the node of the place's first path: the same for all its paths */
    uint32_t node;
} arrival;

typedef struct alias_search {
    cdp_planner *planner;
    place *places;
    size_t place_count;
    size_t place_capacity;
    arrival *arrivals;
    size_t arrival_count;
    size_t arrival_capacity;
    /* By node: 1 when it is among the places, then the first path of its place plus 1, or 0. */
    uint32_t *first_path;
    size_t nodes;
} alias_search;

static int by_place(const void *a, const void *b, const void *context)
{
    const place *left = a, *right = b;

    (void)context;
    if (left->device != right->device)
        return left->device < right->device ? -1 : 1;
    if (left->inode != right->inode)
        return left->inode < right->inode ? -1 : 1;
    return (left->node > right->node) - (left->node < right->node);
}

static int by_name(const void *a, const void *b, const void *context)
{
    const cdp_path_tree *tree = context;
    const arrival *left = a, *right = b;
    int order;

    if (left->first_path != right->first_path)
        return left->first_path < right->first_path ? -1 : 1;
    order = cdp_string_compare(cdp_path_tree_name(tree, left->node),
                               cdp_path_tree_name(tree, right->node));
    return order ? order : (left->node > right->node) - (left->node < right->node);
}

static cdp_status add_place(alias_search *aliases, uint32_t node)
{
    cdp_planner *planner = aliases->planner;
    cdp_fs_info info;
    cdp_status status = cdp_planner_info(planner, node, true, &info);

    if (status != CDP_OK)
        return status;
    aliases->first_path[node] = 1;
    if (info.inode == 0)
        return CDP_OK;
    status =
        cdp_array_reserve(&planner->allocator, (void **)&aliases->places, &aliases->place_capacity,
                          aliases->place_count + 1, sizeof *aliases->places);
    if (status == CDP_OK)
        aliases->places[aliases->place_count++] = (place){info.device, info.inode, node};
    return status;
}

static cdp_status find_places(alias_search *aliases)
{
    const cdp_install_plan *plan = aliases->planner->plan;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < plan->step_count && status == CDP_OK; i++) {
        uint32_t parent = plan->tree.nodes[plan->steps[i].node].parent;

        if ((plan->tree.nodes[parent].flags & CDP_NODE_STAYS) && !aliases->first_path[parent])
            status = add_place(aliases, parent);
    }
    memset(aliases->first_path, 0, aliases->nodes * sizeof *aliases->first_path);
    if (status == CDP_OK)
        status = cdp_sort(&aliases->planner->allocator, aliases->places, aliases->place_count,
                          sizeof *aliases->places, by_place, NULL);
    return status;
}

/* Gives every path of a place that has more than one the place's first path. */
static bool find_shared(alias_search *aliases)
{
    bool found = false;

    for (size_t i = 1; i < aliases->place_count; i++) {
        const place *before = &aliases->places[i - 1], *at = &aliases->places[i];

        if (before->device != at->device || before->inode != at->inode)
            continue;
        if (!aliases->first_path[before->node])
            aliases->first_path[before->node] = before->node + 1;
        aliases->first_path[at->node] = aliases->first_path[before->node];
        found = true;
    }
    return found;
}

static cdp_status find_arrivals(alias_search *aliases)
{
    cdp_install_plan *plan = aliases->planner->plan;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < plan->step_count && status == CDP_OK; i++) {
        uint32_t node = plan->steps[i].node;
        uint32_t first_path = aliases->first_path[plan->tree.nodes[node].parent];

        if (!first_path)
            continue;
        status = cdp_array_reserve(&aliases->planner->allocator, (void **)&aliases->arrivals,
                                   &aliases->arrival_capacity, aliases->arrival_count + 1,
                                   sizeof *aliases->arrivals);
        if (status == CDP_OK)
            aliases->arrivals[aliases->arrival_count++] = (arrival){first_path, node};
    }
    if (status == CDP_OK)
        status = cdp_sort(&aliases->planner->allocator, aliases->arrivals, aliases->arrival_count,
                          sizeof *aliases->arrivals, by_name, &plan->tree);
    return status;
}

static cdp_status tell_same(cdp_planner *planner, uint32_t first, uint32_t second)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_SAME_PLACE};

    cdp_text_clear(&planner->words[2]);
    cdp_plan_put_shown_destination(planner->plan, first, &planner->words[2]);
    if (cdp_text_status(&planner->words[2]) != CDP_OK)
        return CDP_ERR_NOMEM;
    cdp_text_clear(&planner->pointer);
    finding.path = cdp_planner_show(planner, second);
    finding.arguments[0] = cdp_text_string(&planner->words[2]);
    finding.arguments[1] = finding.path;
    return cdp_planner_tell(planner, &finding);
}

static cdp_status tell_all(alias_search *aliases)
{
    const cdp_path_tree *tree = &aliases->planner->plan->tree;
    cdp_status status = CDP_OK;

    for (size_t i = 1; i < aliases->arrival_count && status == CDP_OK; i++) {
        const arrival *before = &aliases->arrivals[i - 1], *at = &aliases->arrivals[i];

        if (before->first_path == at->first_path &&
            cdp_string_equal(cdp_path_tree_name(tree, before->node),
                             cdp_path_tree_name(tree, at->node)))
            status = tell_same(aliases->planner, before->node, at->node);
    }
    return status;
}

cdp_status cdp_planner_find_aliases(cdp_planner *planner)
{
    alias_search aliases = {.planner = planner, .nodes = planner->plan->tree.count};
    const cdp_allocator *allocator = &planner->allocator;
    cdp_status status;

    if (!planner->through_links)
        return CDP_OK;
    aliases.first_path = cdp_allocate_zeroed(allocator, aliases.nodes * sizeof *aliases.first_path);
    status = aliases.first_path ? find_places(&aliases) : CDP_ERR_NOMEM;
    if (status == CDP_OK && find_shared(&aliases)) {
        status = find_arrivals(&aliases);
        if (status == CDP_OK)
            status = tell_all(&aliases);
    }
    cdp_release(allocator, aliases.first_path, aliases.nodes * sizeof *aliases.first_path);
    cdp_release(allocator, aliases.places, aliases.place_capacity * sizeof *aliases.places);
    cdp_release(allocator, aliases.arrivals, aliases.arrival_capacity * sizeof *aliases.arrivals);
    return status;
}
