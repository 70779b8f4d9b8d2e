/* SPDX-License-Identifier: MIT */
#ifndef CDP_CONFIG_CONFIG_H
#define CDP_CONFIG_CONFIG_H

#include <codedeploy/config.h>

#include <stdbool.h>

/* From the user guide (limits, deployment configurations) and the API's integers. */
enum {
    CDP_CONFIG_NAME_LENGTH = 100,
    CDP_CONFIG_PERCENT_LIMIT = 99,
    CDP_CONFIG_MINUTES_LIMIT = 2880,
    CDP_CONFIG_HOOK_PERCENT_LEAST = 14,
    CDP_CONFIG_HOOK_PERCENT_DEFAULT = 15,
    CDP_CONFIG_HOOK_MINUTES_DEFAULT = 5
};
#define CDP_CONFIG_COUNT_LIMIT INT32_MAX
/* Such that the duration still fits as milliseconds. */
#define CDP_CONFIG_SECONDS_LIMIT (INT64_MAX / 1000)
#define CDP_CONFIG_RESERVED_PREFIX "CodeDeployDefault."

typedef struct cdp_minimum {
    cdp_minimum_type type;
    int64_t value;
} cdp_minimum;

struct cdp_config {
    cdp_string name;
    /* As the service gave them: only kept, so that they can be written again. The API tells the time
     * as a number, its command as a text. */
    cdp_string id;
    cdp_string create_time;
    bool create_time_is_text;
    cdp_platform platform;
    bool predefined;
    cdp_minimum minimum;
    cdp_traffic_type traffic_type;
    int32_t percentage;
    int32_t interval_minutes;
    bool has_zones;
    bool has_monitor;
    bool has_first_monitor;
    bool has_zone_minimum;
    int64_t monitor_seconds;
    int64_t first_monitor_seconds;
    cdp_minimum zone_minimum;
    /* What a rollback runs with (which is never zonal); NULL: the configuration itself. */
    const cdp_config *without_zones;
    /* The one that this is without its zones; NULL. */
    const cdp_config *with_zones;
};

/* The API's spellings, in the order of the enumerators. */
enum { CDP_MINIMUM_TYPE_WORDS = 4, CDP_TRAFFIC_TYPE_WORDS = 4 };
extern const char *const cdp_minimum_type_words[CDP_MINIMUM_TYPE_WORDS];
extern const char *const cdp_traffic_type_words[CDP_TRAFFIC_TYPE_WORDS];

/* A copy that owns itself and its texts. */
cdp_status cdp_config_own(const cdp_config *parts, const cdp_allocator *allocator,
                          cdp_config **config);

/* The predefined configuration of this exact name, or NULL. */
const cdp_config *cdp_config_predefined(cdp_string name);

/* How often the weight changes from 0 to 100 percent: 1, 2, or ceil(100 / percentage). */
int64_t cdp_config_increments(cdp_traffic_type type, int64_t percentage);

#endif
