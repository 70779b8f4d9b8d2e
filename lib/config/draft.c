/* SPDX-License-Identifier: MIT */
#include "config/draft.h"

const cdp_field_info cdp_config_fields[CDP_FIELD_COUNT] = {
    [CDP_FIELD_ROOT] = {CDP_FIELD_ROOT, CDP_KIND_OBJECT, "", "", false},
    [CDP_FIELD_ID] = {CDP_FIELD_ROOT, CDP_KIND_WORD, "deploymentConfigId", NULL, true},
    [CDP_FIELD_NAME] = {CDP_FIELD_ROOT, CDP_KIND_WORD, "deploymentConfigName",
                        "DeploymentConfigName", false},
    [CDP_FIELD_MINIMUM] = {CDP_FIELD_ROOT, CDP_KIND_OBJECT, "minimumHealthyHosts", NULL, false},
    [CDP_FIELD_MINIMUM_TYPE] = {CDP_FIELD_MINIMUM, CDP_KIND_WORD, "type", NULL, false},
    [CDP_FIELD_MINIMUM_VALUE] = {CDP_FIELD_MINIMUM, CDP_KIND_NUMBER, "value", NULL, false},
    [CDP_FIELD_CREATE_TIME] = {CDP_FIELD_ROOT, CDP_KIND_KEPT, "createTime", NULL, true},
    [CDP_FIELD_PLATFORM] = {CDP_FIELD_ROOT, CDP_KIND_WORD, "computePlatform", NULL, false},
    [CDP_FIELD_TRAFFIC] = {CDP_FIELD_ROOT, CDP_KIND_OBJECT, "trafficRoutingConfig",
                           "TrafficRoutingConfig", false},
    [CDP_FIELD_TRAFFIC_TYPE] = {CDP_FIELD_TRAFFIC, CDP_KIND_WORD, "type", "Type", false},
    [CDP_FIELD_CANARY] = {CDP_FIELD_TRAFFIC, CDP_KIND_OBJECT, "timeBasedCanary", "TimeBasedCanary",
                          false},
    [CDP_FIELD_CANARY_PERCENTAGE] = {CDP_FIELD_CANARY, CDP_KIND_NUMBER, "canaryPercentage",
                                     "StepPercentage", false},
    [CDP_FIELD_CANARY_INTERVAL] = {CDP_FIELD_CANARY, CDP_KIND_NUMBER, "canaryInterval",
                                   "BakeTimeMins", false},
    [CDP_FIELD_LINEAR] = {CDP_FIELD_TRAFFIC, CDP_KIND_OBJECT, "timeBasedLinear", "TimeBasedLinear",
                          false},
    [CDP_FIELD_LINEAR_PERCENTAGE] = {CDP_FIELD_LINEAR, CDP_KIND_NUMBER, "linearPercentage",
                                     "StepPercentage", false},
    [CDP_FIELD_LINEAR_INTERVAL] = {CDP_FIELD_LINEAR, CDP_KIND_NUMBER, "linearInterval",
                                   "BakeTimeMins", false},
    [CDP_FIELD_ZONES] = {CDP_FIELD_ROOT, CDP_KIND_OBJECT, "zonalConfig", NULL, false},
    [CDP_FIELD_ZONE_FIRST_MONITOR] = {CDP_FIELD_ZONES, CDP_KIND_NUMBER,
                                      "firstZoneMonitorDurationInSeconds", NULL, false},
    [CDP_FIELD_ZONE_MONITOR] = {CDP_FIELD_ZONES, CDP_KIND_NUMBER, "monitorDurationInSeconds", NULL,
                                false},
    [CDP_FIELD_ZONE_MINIMUM] = {CDP_FIELD_ZONES, CDP_KIND_OBJECT, "minimumHealthyHostsPerZone",
                                NULL, false},
    [CDP_FIELD_ZONE_MINIMUM_TYPE] = {CDP_FIELD_ZONE_MINIMUM, CDP_KIND_WORD, "type", NULL, false},
    [CDP_FIELD_ZONE_MINIMUM_VALUE] = {CDP_FIELD_ZONE_MINIMUM, CDP_KIND_NUMBER, "value", NULL,
                                      false},
};

const char *cdp_config_field_name(cdp_config_shape shape, cdp_config_field field)
{
    const cdp_field_info *info = &cdp_config_fields[field];

    if (shape == CDP_CONFIG_SHAPE_HOOK)
        return info->hook_name;
    return shape == CDP_CONFIG_SHAPE_CREATE && info->only_output ? NULL : info->name;
}

static void give_word(cdp_config_draft *draft, cdp_config_field field, cdp_string text)
{
    if (!text.data)
        return;
    draft->values[field].state = CDP_FIELD_GIVEN;
    draft->values[field].text = text;
}

static void give_number(cdp_config_draft *draft, cdp_config_field field, int64_t number)
{
    draft->values[field].state = CDP_FIELD_GIVEN;
    draft->values[field].number = number;
}

static void give_object(cdp_config_draft *draft, cdp_config_field field)
{
    draft->values[field].state = CDP_FIELD_GIVEN;
}

static void fill_minimum(cdp_config_draft *draft, cdp_config_field object, cdp_minimum_type type,
                         int64_t value)
{
    /* A value without a type is kept, so that the missing type is noticed. */
    if (type == CDP_MINIMUM_NONE && value == 0)
        return;
    give_object(draft, object);
    if (type != CDP_MINIMUM_NONE)
        give_word(draft, object + 1, cdp_string_of(cdp_minimum_type_name(type)));
    give_number(draft, object + 2, value);
}

static void fill_traffic(cdp_config_draft *draft, const cdp_config_options *options)
{
    cdp_config_field object = options->traffic_type == CDP_TRAFFIC_TIME_BASED_LINEAR
                                  ? CDP_FIELD_LINEAR
                                  : CDP_FIELD_CANARY;
    bool timed = options->traffic_type == CDP_TRAFFIC_TIME_BASED_CANARY ||
                 options->traffic_type == CDP_TRAFFIC_TIME_BASED_LINEAR;

    /* As with the minimum: numbers that go with no type, or not with this one, are noticed. */
    timed = timed || options->traffic_percentage != 0 || options->traffic_interval_minutes != 0;
    if (options->traffic_type == CDP_TRAFFIC_NONE && !timed)
        return;
    give_object(draft, CDP_FIELD_TRAFFIC);
    if (options->traffic_type != CDP_TRAFFIC_NONE)
        give_word(draft, CDP_FIELD_TRAFFIC_TYPE,
                  cdp_string_of(cdp_traffic_type_name(options->traffic_type)));
    if (!timed)
        return;
    give_object(draft, object);
    give_number(draft, object + 1, options->traffic_percentage);
    give_number(draft, object + 2, options->traffic_interval_minutes);
}

void cdp_config_draft_fill(cdp_config_draft *draft, const cdp_config_options *options)
{
    give_object(draft, CDP_FIELD_ROOT);
    give_word(draft, CDP_FIELD_NAME, options->name);
    if (options->platform != CDP_PLATFORM_AUTO)
        give_word(draft, CDP_FIELD_PLATFORM, cdp_string_of(cdp_platform_name(options->platform)));
    fill_minimum(draft, CDP_FIELD_MINIMUM, options->minimum_type, options->minimum_value);
    fill_traffic(draft, options);
    if (!options->has_zones)
        return;
    give_object(draft, CDP_FIELD_ZONES);
    if (options->has_zone_monitor_seconds)
        give_number(draft, CDP_FIELD_ZONE_MONITOR, options->zone_monitor_seconds);
    if (options->has_first_zone_monitor_seconds)
        give_number(draft, CDP_FIELD_ZONE_FIRST_MONITOR, options->first_zone_monitor_seconds);
    fill_minimum(draft, CDP_FIELD_ZONE_MINIMUM, options->zone_minimum_type,
                 options->zone_minimum_value);
}

/* Appends the pointer of a member, parents first; no name of ours needs an escape. */
static size_t put_pointer(const cdp_config_draft *draft, cdp_config_field field, char *buffer)
{
    size_t length = 0;
    cdp_config_field path[4];
    size_t depth = 0;

    for (; field != CDP_FIELD_ROOT; field = cdp_config_fields[field].parent)
        path[depth++] = field;
    if (draft->wrapper) {
        length = strlen(draft->wrapper);
        memcpy(buffer, draft->wrapper, length);
    }
    while (depth > 0) {
        const char *name = cdp_config_field_name(draft->shape, path[--depth]);
        size_t bytes = strlen(name);

        buffer[length++] = '/';
        memcpy(buffer + length, name, bytes);
        length += bytes;
    }
    return length;
}

void cdp_config_report(cdp_config_draft *draft, cdp_config_field field, cdp_report report)
{
    char pointer[128];
    cdp_diagnostic_info info = {.size = sizeof info};
    cdp_status status;

    report.pointer = cdp_string_slice(pointer, put_pointer(draft, field, pointer));
    /* What is missing has no place of its own: that of the object where it should be. */
    while (!report.place.line && draft->values[field].place.line == 0 && field != CDP_FIELD_ROOT)
        field = cdp_config_fields[field].parent;
    if (!report.place.line)
        report.place = draft->values[field].place;
    status = cdp_diagnostics_report(draft->diagnostics, &report);
    if (status != CDP_OK)
        draft->status = status;
    else if (cdp_diagnostic_info_get(report.code, &info) == CDP_OK &&
             info.severity == CDP_SEVERITY_ERROR)
        draft->invalid = true;
}
