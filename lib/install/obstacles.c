/* SPDX-License-Identifier: MIT */
/*
 * What a host knows to be in the way of any change: mount points, what is immutable, directories
 * that cannot be written to. Found here, it is a conflict; found by a rename half-way, it would
 * carry a mounted file system aside, or leave what nobody can clean up.
 */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/planner.h"

cdp_status cdp_planner_may_go(cdp_planner *planner, uint32_t node, bool *may)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_IMMOVABLE,
                           .existing = (cdp_found)planner->plan->tree.nodes[node].is};
    cdp_fs_info info = {.obstacles = 0};
    cdp_status status = CDP_OK;

    /* The agent finds out when it comes to it. */
    if (!planner->compatible)
        status = cdp_planner_info(planner, node, false, &info);
    *may = status == CDP_OK && !(info.obstacles & (CDP_FS_MOUNT_POINT | CDP_FS_IMMUTABLE));
    if (status != CDP_OK || *may)
        return status;
    /* A directory on which something is mounted is not empty, so it simply stays. */
    if (finding.existing == CDP_FOUND_DIRECTORY && !(info.obstacles & CDP_FS_IMMUTABLE))
        return CDP_OK;
    finding.path = finding.arguments[0] = cdp_planner_show(planner, node);
    finding.arguments[1] = info.obstacles & CDP_FS_IMMUTABLE
                               ? CDP_STR("it is immutable or can only be appended to")
                               : CDP_STR("it is a mount point");
    return cdp_planner_tell(planner, &finding);
}

static cdp_status look_at_directory(cdp_planner *planner, uint32_t node)
{
    cdp_finding finding = {.code = CDP_DIAGNOSTIC_INSTALL_READ_ONLY,
                           .severity = cdp_planner_late_severity(planner),
                           .existing = (cdp_found)planner->plan->tree.nodes[node].is};
    cdp_fs_info info;
    cdp_status status = cdp_planner_info(planner, node, true, &info);

    if (status != CDP_OK || !(info.obstacles & CDP_FS_READ_ONLY))
        return status;
    finding.path = finding.arguments[0] = cdp_planner_show(planner, node);
    return cdp_planner_tell(planner, &finding);
}

/* Each directory that is there and stays, and in which something comes or goes, once. */
cdp_status cdp_planner_find_read_only(cdp_planner *planner)
{
    enum { CHANGES = CDP_NODE_MADE | CDP_NODE_COPIED | CDP_NODE_REMOVED };
    const cdp_path_tree *tree = &planner->plan->tree;
    size_t count = tree->count;
    uint8_t *is_seen = cdp_allocate_zeroed(&planner->allocator, count);
    cdp_status status = is_seen ? CDP_OK : CDP_ERR_NOMEM;

    cdp_text_clear(&planner->pointer);
    for (uint32_t node = 1; node < count && status == CDP_OK; node++) {
        uint32_t parent = tree->nodes[node].parent;

        if (!(tree->nodes[node].flags & CHANGES) || is_seen[parent] ||
            (tree->nodes[parent].flags & (CDP_NODE_MADE | CDP_NODE_REMOVED)))
            continue;
        is_seen[parent] = 1;
        status = look_at_directory(planner, parent);
    }
    cdp_release(&planner->allocator, is_seen, count);
    return status;
}
