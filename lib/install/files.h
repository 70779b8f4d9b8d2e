/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_FILES_H
#define CDP_INSTALL_FILES_H

#include "install/planner.h"

/* Counts one more file or directory; CDP_ERR_LIMIT, reported, when there are too many. */
cdp_status cdp_planner_count_object(cdp_planner *planner);

/*
 * Plans what becomes of one file or link: `step` says where it goes and which directory it comes
 * from, `flags` are CDP_NODE_LINK or CDP_NODE_MISSING.
 */
cdp_status cdp_planner_install_leaf(cdp_planner *planner, const cdp_step *step, uint8_t flags);

/*
 * Plans that a directory is there: nothing, a mkdir, or a conflict, after which `*is_there` is
 * false. `is_destination`: the content of a directory goes there, it is not just on the way.
 */
cdp_status cdp_planner_need_directory(cdp_planner *planner, uint32_t node, bool is_destination,
                                      bool *is_there);

/* Plans all that is in a directory of `sources`, and in those below, into `node`. */
cdp_status cdp_planner_pour(cdp_planner *planner, uint32_t source, uint32_t node);

#endif
