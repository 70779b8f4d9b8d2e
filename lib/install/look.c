/* SPDX-License-Identifier: MIT */
#include "base/strings.h"
#include "install/planner.h"

static cdp_string path_of(cdp_planner *planner, uint32_t node)
{
    cdp_text_clear(&planner->path);
    cdp_plan_put_destination(planner->plan, node, &planner->path);
    return cdp_text_string(&planner->path);
}

cdp_status cdp_planner_info(cdp_planner *planner, uint32_t node, bool follow, cdp_fs_info *info)
{
    cdp_string path = path_of(planner, node);
    cdp_status status = cdp_text_status(&planner->path);

    if (status != CDP_OK)
        return status;
    status = cdp_fs_info_get(&planner->fs, CDP_FS_DESTINATION, path, follow, info);
    if (status == CDP_ERR_NOT_FOUND) {
        *info = (cdp_fs_info){.kind = CDP_FS_ABSENT};
        status = CDP_OK;
    }
    return status == CDP_OK ? status : cdp_planner_host_failed(planner, "Looking at", path, status);
}

cdp_status cdp_planner_classify(cdp_planner *planner, uint32_t node, cdp_fs_kind kind)
{
    static const cdp_found plain[] = {
        [CDP_FS_ABSENT] = CDP_FOUND_NOTHING,      [CDP_FS_REGULAR] = CDP_FOUND_FILE,
        [CDP_FS_DIRECTORY] = CDP_FOUND_DIRECTORY, [CDP_FS_SYMLINK] = CDP_FOUND_LINK_TO_FILE,
        [CDP_FS_OTHER] = CDP_FOUND_OTHER,
    };
    cdp_found found = (unsigned)kind < sizeof plain / sizeof *plain ? plain[kind] : CDP_FOUND_OTHER;
    cdp_fs_info target;
    cdp_status status;

    if (kind == CDP_FS_SYMLINK) {
        status = cdp_planner_info(planner, node, true, &target);
        if (status != CDP_OK)
            return status;
        if (target.kind == CDP_FS_DIRECTORY)
            found = CDP_FOUND_LINK_TO_DIRECTORY;
        else if (target.kind == CDP_FS_ABSENT)
            found = CDP_FOUND_DANGLING_LINK;
    }
    planner->plan->tree.nodes[node].is = (uint8_t)found;
    return CDP_OK;
}

cdp_status cdp_planner_look(cdp_planner *planner, uint32_t node, cdp_found *found)
{
    const cdp_path_node *nodes = planner->plan->tree.nodes;
    cdp_fs_info info = {.kind = CDP_FS_ABSENT};
    cdp_status status = CDP_OK;

    if (nodes[node].is == CDP_FOUND_UNKNOWN) {
        /* Below nothing is nothing: no need to ask. */
        if (nodes[nodes[node].parent].is != CDP_FOUND_NOTHING)
            status = cdp_planner_info(planner, node, false, &info);
        if (status == CDP_OK)
            status = cdp_planner_classify(planner, node, info.kind);
    }
    if (status == CDP_OK)
        *found = (cdp_found)nodes[node].is;
    return status;
}

cdp_status cdp_planner_look_ahead(cdp_planner *planner, uint32_t node, cdp_found *found)
{
    const cdp_path_node *at = &planner->plan->tree.nodes[node];
    cdp_status status = CDP_OK;

    if (at->is == CDP_FOUND_UNKNOWN &&
        (planner->plan->tree.nodes[at->parent].flags & CDP_NODE_REMOVED))
        planner->plan->tree.nodes[node].is = CDP_FOUND_NOTHING;
    else
        status = cdp_planner_look(planner, node, found);
    if (status == CDP_OK)
        *found = at->flags & CDP_NODE_REMOVED ? CDP_FOUND_NOTHING : (cdp_found)at->is;
    return status;
}
