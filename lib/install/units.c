/* SPDX-License-Identifier: MIT */
/* From a plan to units: the highest paths at which a rename can bring and take away. */
#include "base/allocator.h"
#include "base/sort.h"
#include "base/strings.h"
#include "install/apply.h"

enum { MOVES = CDP_NODE_MADE | CDP_NODE_REMOVED };

void cdp_install_put_destination(const cdp_install *in, uint32_t node, cdp_text *path)
{
    cdp_text_clear(path);
    cdp_plan_put_destination(in->plan, node, path);
}

static bool is_changed(const cdp_path_node *node)
{
    return (node->flags & (CDP_NODE_MADE | CDP_NODE_COPIED | CDP_NODE_REMOVED)) != 0;
}

/* Everything at and below a directory that is made or removed is of one unit with it. */
static bool is_root(const cdp_install_plan *plan, uint32_t node)
{
    const cdp_path_node *n = cdp_plan_node(plan, node);

    return is_changed(n) &&
           (node == CDP_PATH_ROOT || (cdp_plan_node(plan, n->parent)->flags & MOVES) == 0);
}

static cdp_fs_kind old_kind(const cdp_path_node *node)
{
    switch ((cdp_found)node->is) {
    case CDP_FOUND_FILE:
        return CDP_FS_REGULAR;
    case CDP_FOUND_DIRECTORY:
        return CDP_FS_DIRECTORY;
    case CDP_FOUND_LINK_TO_FILE:
    case CDP_FOUND_LINK_TO_DIRECTORY:
    case CDP_FOUND_DANGLING_LINK:
        return CDP_FS_SYMLINK;
    case CDP_FOUND_OTHER:
        return CDP_FS_OTHER;
    case CDP_FOUND_UNKNOWN:
    case CDP_FOUND_NOTHING:
        break;
    }
    return CDP_FS_ABSENT;
}

static cdp_fs_kind new_kind(const cdp_path_node *node)
{
    if (node->flags & CDP_NODE_MADE)
        return CDP_FS_DIRECTORY;
    return node->flags & CDP_NODE_COPIED ? CDP_FS_REGULAR : CDP_FS_ABSENT;
}

/* By parent, so that the units of one folder stand together; then by node. */
static int compare_roots(const void *a, const void *b, const void *context)
{
    const cdp_install_plan *plan = context;
    uint32_t first = ((const cdp_unit_root *)a)->node;
    uint32_t second = ((const cdp_unit_root *)b)->node;
    uint32_t first_parent = cdp_plan_node(plan, first)->parent;
    uint32_t second_parent = cdp_plan_node(plan, second)->parent;

    if (first_parent != second_parent)
        return first_parent < second_parent ? -1 : 1;
    return (first > second) - (first < second);
}

static int compare_nodes(const void *a, const void *b, const void *context)
{
    uint32_t first = ((const cdp_unit_root *)a)->node;
    uint32_t second = ((const cdp_unit_root *)b)->node;

    (void)context;
    return (first > second) - (first < second);
}

static cdp_status collect_roots(cdp_install *in)
{
    size_t count = 0;

    for (uint32_t node = 0; node < in->plan->tree.count; node++)
        count += is_root(in->plan, node);
    in->roots = cdp_arena_array(&in->journal.arena, count, sizeof *in->roots);
    in->journal.units = cdp_arena_array(&in->journal.arena, count, sizeof *in->journal.units);
    if (!in->roots || !in->journal.units)
        return CDP_ERR_NOMEM;
    count = 0;
    for (uint32_t node = 0; node < in->plan->tree.count; node++) {
        if (is_root(in->plan, node))
            in->roots[count++].node = node;
    }
    in->journal.unit_count = count;
    return CDP_OK;
}

static cdp_status fill_unit(cdp_install *in, size_t index)
{
    cdp_unit *unit = &in->journal.units[index];
    const cdp_path_node *node = cdp_plan_node(in->plan, in->roots[index].node);

    unit->old_kind = old_kind(node);
    unit->new_kind = new_kind(node);
    cdp_install_put_destination(in, in->roots[index].node, &in->path);
    if (cdp_text_status(&in->path) != CDP_OK)
        return CDP_ERR_NOMEM;
    in->roots[index].unit = (uint32_t)index;
    return cdp_arena_copy(&in->journal.arena, cdp_text_string(&in->path), &unit->path);
}

/* The policy entries that come and go; a path that has one before and after does neither. */
static cdp_status find_contexts(cdp_install *in)
{
    const cdp_install_plan *plan = in->plan;
    cdp_journal *journal = &in->journal;
    size_t count = 0;
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < plan->hit_count; i++)
        count += plan->permissions[plan->hits[i].permission].context_type.data != NULL;
    journal->new_contexts = cdp_arena_array(&journal->arena, count, sizeof *journal->new_contexts);
    journal->old_contexts = cdp_arena_array(&journal->arena, plan->removed_context_count,
                                            sizeof *journal->old_contexts);
    if (!journal->new_contexts || !journal->old_contexts)
        return CDP_ERR_NOMEM;
    for (size_t i = 0; i < plan->hit_count && status == CDP_OK; i++) {
        if (!plan->permissions[plan->hits[i].permission].context_type.data)
            continue;
        cdp_install_put_destination(in, plan->hits[i].node, &in->path);
        status = cdp_text_status(&in->path);
        if (status == CDP_OK)
            status = cdp_arena_copy(&journal->arena, cdp_text_string(&in->path),
                                    &journal->new_contexts[journal->new_context_count++]);
    }
    for (size_t i = 0; i < plan->removed_context_count && status == CDP_OK; i++)
        status = cdp_arena_copy(&journal->arena, plan->removed_contexts[i],
                                &journal->old_contexts[journal->old_context_count++]);
    return status;
}

cdp_status cdp_install_find_units(cdp_install *in)
{
    cdp_status status = collect_roots(in);

    if (status == CDP_OK)
        status = cdp_sort(&in->allocator, in->roots, in->journal.unit_count, sizeof *in->roots,
                          compare_roots, in->plan);
    for (size_t i = 0; i < in->journal.unit_count && status == CDP_OK; i++)
        status = fill_unit(in, i);
    if (status == CDP_OK)
        status = cdp_sort(&in->allocator, in->roots, in->journal.unit_count, sizeof *in->roots,
                          compare_nodes, NULL);
    if (status == CDP_OK)
        status = find_contexts(in);
    return status;
}

/* The unit that a changed node belongs to. */
static const cdp_unit_root *unit_of(const cdp_install *in, uint32_t node)
{
    size_t low = 0;
    size_t high = in->journal.unit_count;

    while (!is_root(in->plan, node))
        node = cdp_plan_node(in->plan, node)->parent;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (in->roots[middle].node <= node)
            low = middle;
        else
            high = middle;
    }
    return &in->roots[low];
}

void cdp_install_put_staged_node(cdp_install *in, uint32_t node, cdp_text *path)
{
    const cdp_unit_root *root = unit_of(in, node);
    size_t unit_length = in->journal.units[root->unit].path.length;
    cdp_string whole;

    cdp_install_put_destination(in, node, &in->other);
    whole = cdp_text_string(&in->other);
    cdp_journal_put_staged(&in->journal, root->unit, 'n', path);
    if (cdp_text_status(&in->other) != CDP_OK)
        path->status = CDP_ERR_NOMEM;
    else
        cdp_text_put(path, cdp_string_slice(whole.data + unit_length, whole.length - unit_length));
}
