/* SPDX-License-Identifier: MIT */
#include "config/config.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "config/draft.h"

/* A configuration that was made: itself, its twin without zones, and behind them its texts. */
typedef struct owned_config {
    cdp_allocator allocator;
    size_t bytes;
    cdp_config config;
    cdp_config without_zones;
} owned_config;

static cdp_string keep(cdp_string text, char **at)
{
    cdp_string kept = {NULL, 0};

    if (!text.data)
        return kept;
    kept = cdp_string_slice(*at, text.length);
    memcpy(*at, text.data, text.length);
    (*at)[text.length] = '\0';
    *at += text.length + 1;
    return kept;
}

static cdp_config strip_zones(cdp_config config)
{
    config.has_zones = config.has_monitor = config.has_first_monitor = false;
    config.has_zone_minimum = false;
    config.monitor_seconds = config.first_monitor_seconds = 0;
    config.zone_minimum = (cdp_minimum){CDP_MINIMUM_NONE, 0};
    return config;
}

cdp_status cdp_config_own(const cdp_config *parts, const cdp_allocator *allocator,
                          cdp_config **config)
{
    size_t text_bytes = parts->name.length + parts->id.length + parts->create_time.length + 3;
    size_t bytes = sizeof(owned_config) + text_bytes;
    owned_config *made = cdp_allocate_zeroed(allocator, bytes);
    char *text;

    if (!made)
        return CDP_ERR_NOMEM;
    text = (char *)(made + 1);
    made->allocator = *allocator;
    made->bytes = bytes;
    made->config = *parts;
    made->config.name = keep(parts->name, &text);
    made->config.id = keep(parts->id, &text);
    made->config.create_time = keep(parts->create_time, &text);
    if (parts->has_zones) {
        made->without_zones = strip_zones(made->config);
        made->config.without_zones = &made->without_zones;
        made->without_zones.with_zones = &made->config;
    }
    *config = &made->config;
    return CDP_OK;
}

void cdp_config_free(cdp_config *config)
{
    owned_config *made;
    cdp_allocator allocator;

    if (!config)
        return;
    made = (owned_config *)(void *)((char *)config - offsetof(owned_config, config));
    allocator = made->allocator;
    cdp_release(&allocator, made, made->bytes);
}

static bool are_enumerators(const cdp_config_options *options)
{
    return (unsigned)options->platform <= CDP_PLATFORM_ECS &&
           (unsigned)options->minimum_type <= CDP_MINIMUM_MOST_CONCURRENCY &&
           (unsigned)options->traffic_type <= CDP_TRAFFIC_TIME_BASED_LINEAR &&
           (unsigned)options->zone_minimum_type <= CDP_MINIMUM_MOST_CONCURRENCY;
}

cdp_status cdp_config_new(const cdp_config_options *options, const cdp_allocator *allocator,
                          cdp_diagnostics *diagnostics, cdp_config **config)
{
    cdp_config_draft draft = {
        .shape = CDP_CONFIG_SHAPE_CREATE, .may_be_unnamed = true, .diagnostics = diagnostics};
    cdp_config_options own_options;
    cdp_allocator own_allocator;
    cdp_config parts;
    cdp_status status;

    if (!config)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own_options, sizeof own_options, options);
    if (status == CDP_OK)
        status = cdp_allocator_import(&own_allocator, allocator);
    if (status != CDP_OK)
        return status;
    if (!are_enumerators(&own_options))
        return CDP_ERR_ARGUMENT;
    cdp_config_draft_fill(&draft, &own_options);
    status = cdp_config_check(&draft, &parts);
    return status == CDP_OK ? cdp_config_own(&parts, &own_allocator, config) : status;
}

cdp_string cdp_config_name(const cdp_config *config)
{
    return config ? config->name : (cdp_string){NULL, 0};
}

cdp_platform cdp_config_platform(const cdp_config *config)
{
    return config ? config->platform : CDP_PLATFORM_AUTO;
}

int cdp_config_is_predefined(const cdp_config *config)
{
    return config && config->predefined;
}

cdp_minimum_type cdp_config_minimum_type(const cdp_config *config)
{
    return config ? config->minimum.type : CDP_MINIMUM_NONE;
}

int64_t cdp_config_minimum_value(const cdp_config *config)
{
    return config ? config->minimum.value : 0;
}

cdp_traffic_type cdp_config_traffic_type(const cdp_config *config)
{
    return config ? config->traffic_type : CDP_TRAFFIC_NONE;
}

int32_t cdp_config_traffic_percentage(const cdp_config *config)
{
    return config ? config->percentage : 0;
}

int32_t cdp_config_traffic_interval_minutes(const cdp_config *config)
{
    return config ? config->interval_minutes : 0;
}

int cdp_config_has_zones(const cdp_config *config)
{
    return config && config->has_zones;
}

int64_t cdp_config_zone_wait_ms(const cdp_config *config, size_t zone)
{
    if (!config || !config->has_zones)
        return 0;
    return 1000 * (zone == 0 && config->has_first_monitor ? config->first_monitor_seconds
                                                          : config->monitor_seconds);
}

cdp_minimum_type cdp_config_zone_minimum_type(const cdp_config *config)
{
    return config ? config->zone_minimum.type : CDP_MINIMUM_NONE;
}

int64_t cdp_config_zone_minimum_value(const cdp_config *config)
{
    return config ? config->zone_minimum.value : 0;
}

cdp_status cdp_config_describe(const cdp_config *config, cdp_config_options *options)
{
    cdp_config_options own = {.size = sizeof own};

    if (!config)
        return CDP_ERR_ARGUMENT;
    own.name = config->name;
    own.platform = config->platform;
    own.minimum_type = config->minimum.type;
    own.minimum_value = config->minimum.value;
    own.traffic_type = config->traffic_type;
    if (config->interval_minutes > 0) {
        own.traffic_percentage = config->percentage;
        own.traffic_interval_minutes = config->interval_minutes;
    }
    own.has_zones = config->has_zones;
    own.has_zone_monitor_seconds = config->has_monitor;
    own.has_first_zone_monitor_seconds = config->has_first_monitor;
    own.zone_monitor_seconds = config->monitor_seconds;
    own.first_zone_monitor_seconds = config->first_monitor_seconds;
    if (config->has_zone_minimum) {
        own.zone_minimum_type = config->zone_minimum.type;
        own.zone_minimum_value = config->zone_minimum.value;
    }
    return cdp_sized_write(options, &own, sizeof own);
}
