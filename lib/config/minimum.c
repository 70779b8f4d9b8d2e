/* SPDX-License-Identifier: MIT */
#include "config/config.h"

/* ceil(instances * percent / 100), without a product that could overflow. */
static int64_t percent_of(int64_t instances, int64_t percent)
{
    return instances / 100 * percent + (instances % 100 * percent + 99) / 100;
}

static int64_t minimum_of(cdp_minimum minimum, int64_t instances)
{
    switch (minimum.type) {
    case CDP_MINIMUM_FLEET_PERCENT:
        return percent_of(instances, minimum.value);
    case CDP_MINIMUM_MOST_CONCURRENCY:
        return instances > minimum.value ? instances - minimum.value : 0;
    default:
        return minimum.value;
    }
}

cdp_status cdp_config_minimum_for(const cdp_config *config, int64_t instances, int64_t *minimum)
{
    if (!config || !minimum || instances < 0)
        return CDP_ERR_ARGUMENT;
    if (config->minimum.type == CDP_MINIMUM_NONE)
        return CDP_ERR_NOT_FOUND;
    *minimum = minimum_of(config->minimum, instances);
    /* Half of one instance, rounded up, would be all of them: predefined HalfAtATime takes it. */
    if (config->predefined && config->minimum.type == CDP_MINIMUM_FLEET_PERCENT && instances == 1)
        *minimum = 0;
    return CDP_OK;
}

cdp_status cdp_config_zone_minimum_for(const cdp_config *config, int64_t instances,
                                       int64_t *minimum)
{
    if (!config || !minimum || instances < 0)
        return CDP_ERR_ARGUMENT;
    if (!config->has_zones)
        return CDP_ERR_NOT_FOUND;
    *minimum = minimum_of(config->zone_minimum, instances);
    return CDP_OK;
}
