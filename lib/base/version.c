/* SPDX-License-Identifier: MIT */
#include <codedeploy/base.h>

#include "config.h"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

const char *cdp_version(void)
{
    return TEXT(CDP_VERSION_MAJOR) "." TEXT(CDP_VERSION_MINOR) "." TEXT(CDP_VERSION_PATCH);
}

uint32_t cdp_version_number(void)
{
    return CDP_VERSION_MAJOR * 1000000u + CDP_VERSION_MINOR * 1000u + CDP_VERSION_PATCH;
}

int cdp_feature_supported(cdp_feature feature)
{
    switch (feature) {
    case CDP_FEATURE_XML:
        return CDP_HAVE_EXPAT;
    case CDP_FEATURE_YAML_LIBYAML:
        return CDP_YAML_LIBYAML;
    case CDP_FEATURE_YAML_LIBFYAML:
        return CDP_YAML_LIBFYAML;
    }
    return 0;
}
