/* SPDX-License-Identifier: MIT */
/* What rules a roll-out follows: checked once, at its making. */
#include "rollout/machine.h"

#include "base/sized.h"

static cdp_status refuse_number(cdp_diagnostics *diagnostics, cdp_diagnostic_code code,
                                const char *what, int64_t value)
{
    cdp_number_buffer digits;

    return cdp_refuse(CDP_ERR_INVALID, diagnostics, code, cdp_string_of(what),
                      cdp_number_text(value, &digits), (cdp_string){NULL, 0});
}

/* Keeps the first status that is not CDP_OK, but lets later checks report. */
static void keep(cdp_status *status, cdp_status next)
{
    if (*status == CDP_OK || next == CDP_ERR_NOMEM)
        *status = next;
}

static bool is_minimum(cdp_minimum_type type, int64_t value)
{
    switch (type) {
    case CDP_MINIMUM_NONE:
        return true;
    case CDP_MINIMUM_HOST_COUNT:
        return value >= 0;
    case CDP_MINIMUM_FLEET_PERCENT:
        return value >= 0 && value <= 99;
    case CDP_MINIMUM_MOST_CONCURRENCY:
        return value >= 1;
    }
    return false;
}

static cdp_status check_zonal(const cdp_rollout_options *options, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    if (!options->zonal)
        return CDP_OK;
    if (options->kind != CDP_ROLLOUT_IN_PLACE)
        keep(&status,
             cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_ZONAL_NOT_IN_PLACE,
                        cdp_string_of(cdp_rollout_kind_name(options->kind)), (cdp_string){NULL, 0},
                        (cdp_string){NULL, 0}));
    if (!is_minimum(options->zone_minimum_type, options->zone_minimum_value))
        keep(&status, refuse_number(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONAL,
                                    "minimum per zone", options->zone_minimum_value));
    if (options->zone_wait_ms < 0)
        keep(&status, refuse_number(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONAL,
                                    "monitor duration in milliseconds", options->zone_wait_ms));
    if (options->first_zone_wait_ms < 0)
        keep(&status, refuse_number(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_ZONAL,
                                    "first zone's monitor duration in milliseconds",
                                    options->first_zone_wait_ms));
    return status;
}

static cdp_status check_extras(const cdp_rollout_options *options, cdp_diagnostics *diagnostics)
{
    const struct {
        const char *name;
        int64_t value;
        int64_t most;
    } numbers[] = {
        {"failure_budget", options->failure_budget,
         options->failure_budget_type == CDP_ROLLOUT_BUDGET_PERCENT ? 100 : INT64_MAX},
        {"concurrency_limit", options->concurrency_limit, INT64_MAX},
        {"canary_size", options->canary_size, INT64_MAX},
        {"canary_wait_ms", options->canary_wait_ms, INT64_MAX},
    };
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i].value < 0 || numbers[i].value > numbers[i].most)
            keep(&status, refuse_number(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_OPTION,
                                        numbers[i].name, numbers[i].value));
    }
    return status;
}

static cdp_status refuse_alone(cdp_diagnostics *diagnostics, const char *option, const char *needs)
{
    return cdp_refuse(CDP_ERR_INVALID, diagnostics, CDP_DIAGNOSTIC_ROLLOUT_OPTION_ALONE,
                      cdp_string_of(option), cdp_string_of(needs), (cdp_string){NULL, 0});
}

/* What would silently protect nobody. */
static cdp_status check_together(const cdp_rollout_options *options, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    if (options->failure_budget > 0 && !options->failure_budget_type)
        keep(&status, refuse_alone(diagnostics, "failure_budget", "failure_budget_type"));
    if (options->hold_before_reroute && options->kind != CDP_ROLLOUT_BLUE_GREEN)
        keep(&status, refuse_alone(diagnostics, "hold_before_reroute", "the kind blue/green"));
    return status;
}

static bool has_unknown_enumerators(const cdp_rollout_options *options)
{
    return (unsigned)options->kind > CDP_ROLLOUT_TERMINATION ||
           (unsigned)options->minimum_type > CDP_MINIMUM_MOST_CONCURRENCY ||
           (unsigned)options->zone_minimum_type > CDP_MINIMUM_MOST_CONCURRENCY ||
           (unsigned)options->failure_budget_type > CDP_ROLLOUT_BUDGET_PERCENT ||
           options->reserved != 0;
}

cdp_status cdp_options_import(cdp_rollout_options *options, const cdp_rollout_options *given,
                              cdp_diagnostics *diagnostics)
{
    cdp_rollout_options own = {.size = sizeof own};
    cdp_status status = given ? cdp_sized_read(&own, sizeof own, given) : CDP_OK;

    if (status != CDP_OK)
        return status;
    if (has_unknown_enumerators(&own))
        return CDP_ERR_ARGUMENT;
    if (own.minimum_type == CDP_MINIMUM_NONE) {
        own.minimum_type = CDP_MINIMUM_MOST_CONCURRENCY;
        own.minimum_value = 1;
    }
    if (!is_minimum(own.minimum_type, own.minimum_value))
        status = refuse_number(diagnostics, CDP_DIAGNOSTIC_ROLLOUT_INVALID_MINIMUM,
                               cdp_minimum_type_name(own.minimum_type), own.minimum_value);
    keep(&status, check_zonal(&own, diagnostics));
    keep(&status, check_extras(&own, diagnostics));
    keep(&status, check_together(&own, diagnostics));
    if (status == CDP_OK)
        *options = own;
    return status;
}

cdp_status cdp_rollout_options_from_config(const cdp_config *config, cdp_rollout_options *options)
{
    cdp_rollout_options own;
    int64_t single;
    cdp_status status;

    if (!config || !options)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, options);
    if (status != CDP_OK)
        return status;
    if (cdp_config_minimum_for(config, 1, &single) != CDP_OK)
        return CDP_ERR_INVALID;
    own.minimum_type = cdp_config_minimum_type(config);
    own.minimum_value = cdp_config_minimum_value(config);
    own.allow_single = single == 0;
    own.zonal = cdp_config_has_zones(config);
    own.zone_minimum_type = own.zonal ? cdp_config_zone_minimum_type(config) : CDP_MINIMUM_NONE;
    own.zone_minimum_value = own.zonal ? cdp_config_zone_minimum_value(config) : 0;
    own.first_zone_wait_ms = cdp_config_zone_wait_ms(config, 0);
    own.zone_wait_ms = cdp_config_zone_wait_ms(config, 1);
    return cdp_sized_write(options, &own, sizeof own);
}
