/* SPDX-License-Identifier: MIT */
#include "base/limits.h"

#include "base/sized.h"

static const cdp_limits defaults = {
    .size = sizeof(cdp_limits),
    .input_bytes = (size_t)1024 * 1024,
    .scalar_bytes = (size_t)256 * 1024,
    .depth = 128,
    .nodes = 500000,
    .diagnostics = 1000,
};

cdp_status cdp_limits_default(cdp_limits *limits)
{
    return cdp_sized_write(limits, &defaults, sizeof defaults);
}

cdp_status cdp_limits_import(cdp_limits *limits, const cdp_limits *given)
{
    cdp_limits copy;
    cdp_status status;

    if (!given) {
        *limits = defaults;
        return CDP_OK;
    }
    status = cdp_sized_read(&copy, sizeof copy, given);
    if (status != CDP_OK)
        return status;
    if (copy.reserved)
        return CDP_ERR_STRUCT;
    copy.input_bytes = copy.input_bytes ? copy.input_bytes : defaults.input_bytes;
    copy.scalar_bytes = copy.scalar_bytes ? copy.scalar_bytes : defaults.scalar_bytes;
    copy.depth = copy.depth ? copy.depth : defaults.depth;
    copy.nodes = copy.nodes ? copy.nodes : defaults.nodes;
    copy.diagnostics = copy.diagnostics ? copy.diagnostics : defaults.diagnostics;
    *limits = copy;
    return CDP_OK;
}
