/* SPDX-License-Identifier: MIT */
/* Which configuration a deployment runs with, and what may be done with one. */
#include "base/number.h"
#include "base/report.h"
#include "base/sized.h"
#include "config/config.h"

const cdp_config *cdp_config_resolve(cdp_platform platform, const cdp_config *deployment_config,
                                     const cdp_config *group_config)
{
    if (deployment_config)
        return deployment_config;
    return group_config ? group_config : cdp_config_default(platform);
}

const cdp_config *cdp_config_for_rollback(const cdp_config *failed)
{
    if (!failed)
        return NULL;
    if (failed->platform != CDP_PLATFORM_SERVER)
        return cdp_config_default(failed->platform);
    return failed->without_zones ? failed->without_zones : failed;
}

/* Reports one violation; the first other error wins. */
static void violate(cdp_diagnostics *diagnostics, cdp_diagnostic_code code, const char *pointer,
                    cdp_string first, cdp_string second, cdp_status *status)
{
    cdp_status reported =
        cdp_diagnostics_report(diagnostics, &(cdp_report){.code = code,
                                                          .arguments = {first, second},
                                                          .pointer = cdp_string_of(pointer)});

    if (reported != CDP_OK)
        *status = reported;
    else if (*status == CDP_OK)
        *status = CDP_ERR_INVALID;
}

/* The name for a message. */
static cdp_string shown_name(const cdp_config *config)
{
    return config->name.data ? config->name : CDP_STR("without a name");
}

cdp_status cdp_config_check_use(const cdp_config *config, const cdp_config_use *use,
                                cdp_diagnostics *diagnostics)
{
    cdp_config_use own;
    cdp_status status;
    cdp_string name;

    if (!config)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, use);
    if (status != CDP_OK)
        return status;
    if (own.platform <= CDP_PLATFORM_AUTO || own.platform > CDP_PLATFORM_ECS)
        return CDP_ERR_ARGUMENT;
    name = shown_name(config);
    if (config->platform != own.platform)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_USE_PLATFORM, "/computePlatform", name,
                cdp_string_of(cdp_platform_name(own.platform)), &status);
    if (config->has_zones && own.blue_green)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_USE_ZONES, "/zonalConfig", name,
                CDP_STR("a blue/green deployment"), &status);
    if (config->has_zones && own.on_premises)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_USE_ZONES, "/zonalConfig", name,
                CDP_STR("on-premises instances"), &status);
    if (own.network_load_balancer && config->traffic_type != CDP_TRAFFIC_ALL_AT_ONCE &&
        config->platform == CDP_PLATFORM_ECS)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_USE_LOAD_BALANCER, "/trafficRoutingConfig/type",
                name, (cdp_string){NULL, 0}, &status);
    return status;
}

cdp_status cdp_config_check_create(const cdp_config *config, const cdp_config *const *customs,
                                   size_t count, cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;
    cdp_number_buffer buffer;
    static const char pointer[] = "/deploymentConfigName";

    if (!config || (count > 0 && !customs))
        return CDP_ERR_ARGUMENT;
    if (!config->name.data)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_NAME_REQUIRED, pointer, (cdp_string){NULL, 0},
                (cdp_string){NULL, 0}, &status);
    else if (config->predefined)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_NAME_RESERVED, pointer, config->name,
                (cdp_string){NULL, 0}, &status);
    for (size_t i = 0; config->name.data && i < count; i++) {
        if (!customs[i] || !cdp_string_equal(config->name, customs[i]->name))
            continue;
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_NAME_TAKEN, pointer, config->name,
                (cdp_string){NULL, 0}, &status);
        break;
    }
    if (count >= CDP_CONFIG_CUSTOM_LIMIT)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_LIMIT_EXCEEDED, NULL,
                cdp_number_text(CDP_CONFIG_CUSTOM_LIMIT, &buffer), (cdp_string){NULL, 0}, &status);
    return status;
}

cdp_status cdp_config_check_delete(const cdp_config *config, int in_use,
                                   cdp_diagnostics *diagnostics)
{
    cdp_status status = CDP_OK;

    if (!config)
        return CDP_ERR_ARGUMENT;
    if (config->predefined)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_DELETE_PREDEFINED, NULL, config->name,
                (cdp_string){NULL, 0}, &status);
    if (in_use)
        violate(diagnostics, CDP_DIAGNOSTIC_CONFIG_IN_USE, NULL, shown_name(config),
                (cdp_string){NULL, 0}, &status);
    return status;
}
