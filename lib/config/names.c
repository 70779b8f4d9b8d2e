/* SPDX-License-Identifier: MIT */
#include "config/config.h"

const char *const cdp_minimum_type_words[] = {"none", "HOST_COUNT", "FLEET_PERCENT",
                                              "MOST_CONCURRENCY"};
const char *const cdp_traffic_type_words[] = {"none", "AllAtOnce", "TimeBasedCanary",
                                              "TimeBasedLinear"};

const char *cdp_minimum_type_name(cdp_minimum_type type)
{
    size_t index = (size_t)type;

    return index < CDP_MINIMUM_TYPE_WORDS ? cdp_minimum_type_words[index] : "unknown";
}

const char *cdp_traffic_type_name(cdp_traffic_type type)
{
    size_t index = (size_t)type;

    return index < CDP_TRAFFIC_TYPE_WORDS ? cdp_traffic_type_words[index] : "unknown";
}
