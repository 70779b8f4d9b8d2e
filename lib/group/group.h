/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_GROUP_H
#define CDP_GROUP_GROUP_H

#include "base/arena.h"
#include "group/filters.h"
#include "group/model.h"

/* The name of an Auto Scaling group, and where it stands in the list. */
typedef struct cdp_group_scaling_name {
    cdp_string name;
    uint32_t index;
} cdp_group_scaling_name;

struct cdp_group {
    cdp_arena arena;
    cdp_model model;
    cdp_group_shape shape;
    cdp_platform platform;
    cdp_deployment_type type;
    cdp_deployment_option option;
    cdp_filters filters[CDP_MODEL_KINDS];
    cdp_group_scaling_name *scaling; /* sorted by name */
};

/*
 * Makes a group of a text that nobody has seen and that may have the members of several shapes
 * (CDP_MODEL_IN_…). Findings have pointers, but no places. As cdp_group_parse().
 */
cdp_status cdp_group_from_own_text(cdp_string text, unsigned shapes,
                                   const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                   cdp_group **group);

/* The tag groups of a kind, whichever way they are written: `*count` lists of filters. */
const cdp_model_list *cdp_model_tag_groups(const cdp_model *model, int kind, size_t *count);

#endif
