/* SPDX-License-Identifier: MIT */
/* Schedules from configurations and from numbers. */
#include "base/allocator.h"
#include "base/sized.h"
#include "traffic/check.h"
#include "traffic/make.h"

enum { MS_PER_MINUTE = 60000 };

cdp_status cdp_traffic_import(const cdp_traffic_options *options, const cdp_allocator *allocator,
                              cdp_traffic_options *own_options, cdp_allocator *own_allocator)
{
    cdp_status status = CDP_OK;

    *own_options = (cdp_traffic_options){.size = sizeof *own_options};
    if (options)
        status = cdp_sized_read(own_options, sizeof *own_options, options);
    if (status != CDP_OK)
        return status;
    if (own_options->reserved)
        return CDP_ERR_STRUCT;
    return cdp_allocator_import(own_allocator, allocator);
}

cdp_status cdp_traffic_schedule_from_config(const cdp_config *config,
                                            const cdp_traffic_options *options,
                                            const cdp_allocator *allocator,
                                            cdp_traffic_schedule **schedule)
{
    cdp_traffic_options own_options;
    cdp_allocator own_allocator;
    int32_t weights[100];
    int64_t waits_ms[100];
    int32_t weight = 0;
    size_t count = 0;
    cdp_status status;

    if (!config || !schedule)
        return CDP_ERR_ARGUMENT;
    status = cdp_traffic_import(options, allocator, &own_options, &own_allocator);
    if (status != CDP_OK)
        return status;
    if (cdp_config_traffic_type(config) == CDP_TRAFFIC_NONE)
        return CDP_ERR_NOT_FOUND;
    while (weight < 100) {
        bool rest = cdp_config_traffic_type(config) == CDP_TRAFFIC_TIME_BASED_CANARY && count == 1;

        weight += cdp_config_traffic_percentage(config);
        weight = rest || weight > 100 ? 100 : weight;
        weights[count] = weight;
        waits_ms[count++] =
            weight < 100 ? (int64_t)cdp_config_traffic_interval_minutes(config) * MS_PER_MINUTE : 0;
    }
    return cdp_traffic_build(weights, waits_ms, count, &own_options, &own_allocator, schedule);
}

cdp_status cdp_traffic_schedule_new(cdp_traffic_type type, int64_t percentage,
                                    int64_t interval_minutes, const cdp_traffic_options *options,
                                    const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                    cdp_traffic_schedule **schedule)
{
    cdp_config_options parts = {
        .size = sizeof parts,
        .platform = CDP_PLATFORM_ECS,
        .traffic_type = type,
        .traffic_percentage = percentage,
        .traffic_interval_minutes = interval_minutes,
    };
    cdp_config *config;
    cdp_status status;

    if (!schedule || type == CDP_TRAFFIC_NONE)
        return CDP_ERR_ARGUMENT;
    status = cdp_config_new(&parts, allocator, diagnostics, &config);
    if (status != CDP_OK)
        return status;
    status = cdp_traffic_schedule_from_config(config, options, allocator, schedule);
    cdp_config_free(config);
    return status;
}

cdp_status cdp_traffic_schedule_from_steps(const int32_t *weights, const int64_t *waits_ms,
                                           size_t count, const cdp_traffic_options *options,
                                           const cdp_allocator *allocator,
                                           cdp_diagnostics *diagnostics,
                                           cdp_traffic_schedule **schedule)
{
    cdp_traffic_checker checker = {.diagnostics = diagnostics};
    cdp_traffic_options own_options;
    cdp_allocator own_allocator;
    cdp_status status;

    if (!schedule || (count > 0 && (!weights || !waits_ms)))
        return CDP_ERR_ARGUMENT;
    status = cdp_traffic_import(options, allocator, &own_options, &own_allocator);
    if (status != CDP_OK)
        return status;
    if (!cdp_traffic_check_count(&checker, count))
        return checker.status != CDP_OK ? checker.status : CDP_ERR_INVALID;
    status = cdp_traffic_check(&checker, weights, waits_ms, count);
    if (status != CDP_OK)
        return status;
    return cdp_traffic_build(weights, waits_ms, count, &own_options, &own_allocator, schedule);
}
