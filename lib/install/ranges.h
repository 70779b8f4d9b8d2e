/* SPDX-License-Identifier: MIT */
#ifndef CDP_INSTALL_RANGES_H
#define CDP_INSTALL_RANGES_H

#include "install/plan.h"

/*
 * What is planned, in an order in which all that lies below a directory stands together: its own
 * files first, then those of each directory in it. So the objects of a permission are one range,
 * and those on the first level another, however many permissions and files there are.
 */
typedef struct cdp_range {
    uint32_t start;
    uint32_t direct; /* on the first level */
    uint32_t all;    /* with those below */
    uint32_t next;   /* while it is filled */
} cdp_range;

typedef struct cdp_ranges {
    cdp_allocator allocator;
    uint32_t *nodes; /* in that order */
    size_t count;
    cdp_range *ranges; /* by node of the tree */
    uint8_t *sorted;   /* by node: 1 when its own entries are in byte order of their names */
    size_t tree_count;
} cdp_ranges;

/* Orders all nodes with the flag: CDP_NODE_COPIED or CDP_NODE_MADE. CDP_OK or CDP_ERR_NOMEM;
 * released in any case. */
cdp_status cdp_ranges_init(cdp_ranges *ranges, const cdp_allocator *allocator,
                           const cdp_path_tree *tree, uint8_t flag);
void cdp_ranges_release(cdp_ranges *ranges);

/* Narrows the first level of a directory to names that begin with `prefix`: the first index and
 * how many. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_ranges_find_prefix(cdp_ranges *ranges, const cdp_path_tree *tree, uint32_t directory,
                                  cdp_string prefix, uint32_t *first, uint32_t *count);

#endif
