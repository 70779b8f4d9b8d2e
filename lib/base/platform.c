/* SPDX-License-Identifier: MIT */
#include "base/vocabulary.h"

#include "base/strings.h"

CDP_WORD_LIST(cdp_platforms, CDP_PLATFORM_SERVER, "Server", "Lambda", "ECS");

const char *cdp_platform_name(cdp_platform platform)
{
    return platform == CDP_PLATFORM_AUTO ? "auto" : cdp_word_of(&cdp_platforms, (int)platform);
}

cdp_status cdp_platform_from_name(cdp_string name, cdp_platform *platform)
{
    int found;

    if (!platform)
        return CDP_ERR_ARGUMENT;
    if (cdp_word_find(&cdp_platforms, name, &found) != CDP_OK)
        return CDP_ERR_NOT_FOUND;
    *platform = (cdp_platform)found;
    return CDP_OK;
}
