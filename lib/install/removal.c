/* SPDX-License-Identifier: MIT */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/planner.h"
#include "install/record.h"

/*
 * What the removal of the previous install would do, found out without doing it: recorded files
 * and links go; recorded directories go when nothing is left in them; all in the reverse order of
 * the record, as the agent does. What another group has installed since is that group's: in
 * transactional mode it counts as if it were not recorded.
 */

/* Few names are asked for one by one, many by listing their directory. */
enum { ASKED_ONE_BY_ONE = 8 };

typedef struct removal_run {
    cdp_planner *planner;
    /* The node of each recorded path, in the record's order, or CDP_PATH_NONE. */
    uint32_t *recorded;
    size_t count;
    /* By node: its recorded children, chained by `sibling`; 0 is none. */
    uint32_t *first_child;
    uint32_t *sibling;
    /* By node: how many recorded children it has, then how many entries would be left in it. */
    uint32_t *left;
    /* By node: 1 when it is recorded itself. */
    uint8_t *is_recorded;
    size_t nodes;
    cdp_fs_listing listing;
} removal_run;

/* A recorded path below the destination root; absent when it lies outside. */
static cdp_string below_root(const cdp_planner *planner, cdp_string path)
{
    cdp_string prefix = planner->plan->destination_prefix;

    if (prefix.length == 0)
        return path;
    if (!cdp_string_starts_with(path, prefix) || path.length == prefix.length ||
        path.data[prefix.length] != '/')
        return (cdp_string){NULL, 0};
    return cdp_string_slice(path.data + prefix.length, path.length - prefix.length);
}

static cdp_status add_contexts(cdp_planner *planner, const cdp_install_record *record)
{
    cdp_install_plan *plan = planner->plan;
    size_t count = 0;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < record->count; i++)
        count += record->entries[i].kind == CDP_INSTALL_RECORD_CONTEXT;
    if (count == 0)
        return CDP_OK;
    plan->removed_contexts = cdp_arena_array(&plan->arena, count, sizeof *plan->removed_contexts);
    if (!plan->removed_contexts)
        return CDP_ERR_NOMEM;
    for (size_t i = record->count; i > 0 && status == CDP_OK; i--) {
        cdp_string path = below_root(planner, cdp_record_path(record, i - 1));

        if (record->entries[i - 1].kind == CDP_INSTALL_RECORD_CONTEXT && path.data)
            status = cdp_arena_copy(&plan->arena, path,
                                    &plan->removed_contexts[plan->removed_context_count++]);
    }
    return status;
}

static bool is_claimed(const cdp_planner *planner, cdp_string shown)
{
    return !planner->compatible && planner->options.newer_count > 0 &&
           cdp_planner_claimant(planner, shown).data;
}

static cdp_status add_paths(removal_run *removal, const cdp_install_record *record)
{
    cdp_planner *planner = removal->planner;

    for (size_t i = 0; i < record->count; i++) {
        cdp_string shown = cdp_record_path(record, i);
        cdp_string path = below_root(planner, shown);
        uint32_t node = CDP_PATH_NONE;

        if (record->entries[i].kind == CDP_INSTALL_RECORD_PATH && path.data &&
            !is_claimed(planner, shown)) {
            cdp_status status = cdp_path_tree_add_path(&planner->plan->tree, path, &node);

            if (status != CDP_OK)
                return status;
        }
        removal->recorded[i] = node;
    }
    return CDP_OK;
}

static cdp_status allocate(removal_run *removal)
{
    const cdp_allocator *allocator = &removal->planner->allocator;
    size_t bytes = removal->nodes * sizeof(uint32_t);

    removal->first_child = cdp_allocate_zeroed(allocator, bytes);
    removal->sibling = cdp_allocate_zeroed(allocator, bytes);
    removal->left = cdp_allocate_zeroed(allocator, bytes);
    removal->is_recorded = cdp_allocate_zeroed(allocator, removal->nodes);
    return removal->first_child && removal->sibling && removal->left && removal->is_recorded
               ? CDP_OK
               : CDP_ERR_NOMEM;
}

static void release(removal_run *removal)
{
    const cdp_allocator *allocator = &removal->planner->allocator;
    size_t bytes = removal->nodes * sizeof(uint32_t);

    cdp_release(allocator, removal->recorded, removal->count * sizeof *removal->recorded);
    cdp_release(allocator, removal->first_child, bytes);
    cdp_release(allocator, removal->sibling, bytes);
    cdp_release(allocator, removal->left, bytes);
    cdp_release(allocator, removal->is_recorded, removal->nodes);
    cdp_fs_listing_release(&removal->listing);
}

static void chain_children(removal_run *removal)
{
    const cdp_path_node *nodes = removal->planner->plan->tree.nodes;

    for (size_t i = 0; i < removal->count; i++) {
        uint32_t node = removal->recorded[i];

        if (node == CDP_PATH_NONE || removal->is_recorded[node])
            continue;
        removal->is_recorded[node] = 1;
        removal->sibling[node] = removal->first_child[nodes[node].parent];
        removal->first_child[nodes[node].parent] = node;
        removal->left[nodes[node].parent]++;
    }
}

static void find_nothing(removal_run *removal, uint32_t directory)
{
    cdp_path_node *nodes = removal->planner->plan->tree.nodes;

    for (uint32_t child = removal->first_child[directory]; child; child = removal->sibling[child]) {
        if (nodes[child].is == CDP_FOUND_UNKNOWN)
            nodes[child].is = CDP_FOUND_NOTHING;
    }
}

/* What a link leads to does not matter here, nor later: it goes. */
static cdp_found found_of_entry(cdp_fs_kind kind)
{
    return kind == CDP_FS_REGULAR     ? CDP_FOUND_FILE
           : kind == CDP_FS_DIRECTORY ? CDP_FOUND_DIRECTORY
           : kind == CDP_FS_SYMLINK   ? CDP_FOUND_LINK_TO_FILE
                                      : CDP_FOUND_OTHER;
}

static cdp_status list_children(removal_run *removal, uint32_t directory)
{
    cdp_planner *planner = removal->planner;
    cdp_path_tree *tree = &planner->plan->tree;
    cdp_fs_listing *listing = &removal->listing;
    cdp_status status;

    cdp_fs_listing_clear(listing);
    cdp_text_clear(&planner->path);
    cdp_plan_put_destination(planner->plan, directory, &planner->path);
    status = cdp_text_status(&planner->path);
    if (status != CDP_OK)
        return status;
    status = cdp_fs_list(&planner->fs, CDP_FS_DESTINATION, cdp_text_string(&planner->path), false,
                         listing);
    if (status != CDP_OK)
        return cdp_planner_host_failed(planner, "Listing", cdp_text_string(&planner->path), status);
    removal->left[directory] = (uint32_t)listing->count;
    for (size_t i = 0; i < listing->count; i++) {
        uint32_t child = cdp_path_tree_find(tree, directory, cdp_fs_listing_name(listing, i));

        if (child != CDP_PATH_NONE && child < removal->nodes && removal->is_recorded[child])
            tree->nodes[child].is = (uint8_t)found_of_entry((cdp_fs_kind)listing->entries[i].kind);
    }
    find_nothing(removal, directory);
    return CDP_OK;
}

static cdp_status ask_for_children(removal_run *removal, uint32_t directory)
{
    cdp_status status = CDP_OK;

    for (uint32_t child = removal->first_child[directory]; child && status == CDP_OK;
         child = removal->sibling[child]) {
        cdp_found found;

        status = cdp_planner_look(removal->planner, child, &found);
    }
    return status;
}

/* Parents come before their children, so what a directory is, is known when its turn comes. */
static cdp_status look_at_children(removal_run *removal, uint32_t directory)
{
    cdp_found found;
    cdp_status status = cdp_planner_look(removal->planner, directory, &found);

    if (status != CDP_OK)
        return status;
    if (found != CDP_FOUND_DIRECTORY && found != CDP_FOUND_LINK_TO_DIRECTORY &&
        found != CDP_FOUND_LINK_TO_FILE) {
        find_nothing(removal, directory);
        return CDP_OK;
    }
    if (found == CDP_FOUND_DIRECTORY &&
        (removal->is_recorded[directory] || removal->left[directory] > ASKED_ONE_BY_ONE))
        return list_children(removal, directory);
    removal->left[directory] = 0;
    return ask_for_children(removal, directory);
}

static cdp_status look_at_all(removal_run *removal)
{
    cdp_status status = CDP_OK;

    for (uint32_t node = 0; node < removal->nodes && status == CDP_OK; node++) {
        if (removal->first_child[node] || removal->is_recorded[node])
            status = look_at_children(removal, node);
    }
    return status;
}

static cdp_status remove_node(removal_run *removal, uint32_t node)
{
    cdp_install_plan *plan = removal->planner->plan;
    cdp_path_node *at = &plan->tree.nodes[node];
    bool is_directory = at->is == CDP_FOUND_DIRECTORY;
    bool may;
    cdp_status status;

    if (at->is == CDP_FOUND_NOTHING || (at->flags & CDP_NODE_REMOVED) ||
        (is_directory && removal->left[node] > 0))
        return CDP_OK;
    status = cdp_planner_may_go(removal->planner, node, &may);
    if (status != CDP_OK || !may)
        return status;
    status =
        cdp_array_reserve(&removal->planner->allocator, (void **)&plan->removals,
                          &plan->removal_capacity, plan->removal_count + 1, sizeof *plan->removals);
    if (status != CDP_OK)
        return status;
    plan->removals[plan->removal_count++] = node;
    at->flags |= CDP_NODE_REMOVED;
    if (removal->left[at->parent] > 0)
        removal->left[at->parent]--;
    if (is_directory)
        plan->totals.removed_directories++;
    else
        plan->totals.removed_files++;
    return CDP_OK;
}

static cdp_status simulate(removal_run *removal, const cdp_install_record *record)
{
    cdp_status status = add_paths(removal, record);

    removal->nodes = removal->planner->plan->tree.count;
    if (status == CDP_OK)
        status = allocate(removal);
    if (status != CDP_OK)
        return status;
    chain_children(removal);
    status = look_at_all(removal);
    for (size_t i = removal->count; i > 0 && status == CDP_OK; i--) {
        if (removal->recorded[i - 1] != CDP_PATH_NONE)
            status = remove_node(removal, removal->recorded[i - 1]);
    }
    return status;
}

cdp_status cdp_planner_remove_previous(cdp_planner *planner)
{
    const cdp_install_record *record = planner->options.previous;
    removal_run removal = {.planner = planner};
    cdp_status status;

    if (!record || record->count == 0)
        return CDP_OK;
    cdp_fs_listing_init(&removal.listing, &planner->allocator);
    removal.count = record->count;
    removal.recorded = cdp_allocate(&planner->allocator, removal.count * sizeof *removal.recorded);
    status = removal.recorded ? add_contexts(planner, record) : CDP_ERR_NOMEM;
    if (status == CDP_OK)
        status = simulate(&removal, record);
    release(&removal);
    return status;
}

/* ---- what another group has installed since -------------------------------------------------- */

static cdp_status tell_claim(cdp_planner *planner, cdp_string shown, cdp_string group)
{
    cdp_finding finding = {
        .code = CDP_DIAGNOSTIC_INSTALL_CLAIMED,
        .severity = CDP_SEVERITY_WARNING,
        .path = shown,
        .owner = group,
        .arguments = {shown, group,
                      planner->compatible
                          ? CDP_STR("it is removed all the same, as by the official agent")
                          : CDP_STR("it stays")},
    };
    uint32_t node;
    cdp_found found;
    cdp_status status =
        cdp_path_tree_add_path(&planner->plan->tree, below_root(planner, shown), &node);

    if (status == CDP_OK)
        status = cdp_planner_look(planner, node, &found);
    /* A directory is shared; what is replaced or retained is told of as such. */
    if (status != CDP_OK || found == CDP_FOUND_NOTHING || found == CDP_FOUND_DIRECTORY ||
        (!planner->compatible && planner->plan->tree.nodes[node].flags))
        return status;
    return cdp_planner_tell(planner, &finding);
}

cdp_status cdp_planner_tell_claims(cdp_planner *planner)
{
    const cdp_install_record *record = planner->options.previous;
    cdp_status status = CDP_OK;

    if (!record || planner->options.newer_count == 0)
        return CDP_OK;
    cdp_text_clear(&planner->pointer);
    for (size_t i = 0; i < record->count && status == CDP_OK; i++) {
        cdp_string shown = cdp_record_path(record, i);
        cdp_string group = cdp_planner_claimant(planner, shown);

        if (record->entries[i].kind == CDP_INSTALL_RECORD_PATH && group.data &&
            below_root(planner, shown).data)
            status = tell_claim(planner, shown, group);
    }
    return status;
}
