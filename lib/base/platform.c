/* SPDX-License-Identifier: MIT */
#include <codedeploy/platform.h>

#include "base/strings.h"

static const char *const names[] = {
    [CDP_PLATFORM_AUTO] = "auto",
    [CDP_PLATFORM_SERVER] = "Server",
    [CDP_PLATFORM_LAMBDA] = "Lambda",
    [CDP_PLATFORM_ECS] = "ECS",
};

const char *cdp_platform_name(cdp_platform platform)
{
    size_t index = (size_t)platform;

    return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

cdp_status cdp_platform_from_name(cdp_string name, cdp_platform *platform)
{
    if (!platform)
        return CDP_ERR_ARGUMENT;
    for (size_t i = CDP_PLATFORM_SERVER; i < sizeof names / sizeof *names; i++) {
        if (cdp_string_equal_c(name, names[i])) {
            *platform = (cdp_platform)i;
            return CDP_OK;
        }
    }
    return CDP_ERR_NOT_FOUND;
}
