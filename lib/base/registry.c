/* SPDX-License-Identifier: MIT */
#include <codedeploy/diagnostics.h>

#include <string.h>

#include "base/sized.h"

/* Made from diagnostics.toml, in ascending order of code. */
static const cdp_diagnostic_info registry[] = {
#include "diagnostics-registry.inc"
};

#define REGISTRY_COUNT (sizeof registry / sizeof *registry)

const char *cdp_severity_name(cdp_severity severity)
{
    switch (severity) {
    case CDP_SEVERITY_NOTE:
        return "note";
    case CDP_SEVERITY_WARNING:
        return "warning";
    case CDP_SEVERITY_ERROR:
        return "error";
    }
    return "unknown";
}

static const cdp_diagnostic_info *find(cdp_diagnostic_code code)
{
    size_t low = 0;
    size_t high = REGISTRY_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (registry[middle].code == code)
            return &registry[middle];
        if (registry[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

cdp_status cdp_diagnostic_info_get(cdp_diagnostic_code code, cdp_diagnostic_info *info)
{
    const cdp_diagnostic_info *found = find(code);

    if (!info)
        return CDP_ERR_ARGUMENT;
    if (!found)
        return CDP_ERR_NOT_FOUND;
    return cdp_sized_write(info, found, sizeof *found);
}

cdp_diagnostic_code cdp_diagnostic_code_from_name(const char *name)
{
    for (size_t i = 0; name && i < REGISTRY_COUNT; i++) {
        if (strcmp(registry[i].name, name) == 0)
            return registry[i].code;
    }
    return (cdp_diagnostic_code)0;
}

size_t cdp_diagnostic_code_count(void)
{
    return REGISTRY_COUNT;
}

cdp_diagnostic_code cdp_diagnostic_code_at(size_t index)
{
    return index < REGISTRY_COUNT ? registry[index].code : (cdp_diagnostic_code)0;
}
