/* SPDX-License-Identifier: MIT */
/* The configurations that exist everywhere. (User guide, page deployment-configurations.) */
#include "config/config.h"
#include "config/draft.h"

#define NAME(short_name) CDP_LITERAL(CDP_CONFIG_RESERVED_PREFIX short_name)
#define SERVER(short_name, kind, number)                                                           \
    {                                                                                              \
        .name = NAME(short_name), .platform = CDP_PLATFORM_SERVER, .predefined = true,             \
        .minimum = {kind, number},                                                                 \
    }
#define TRAFFIC(short_name, where, kind, percent, minutes)                                         \
    {                                                                                              \
        .name = NAME(short_name), .platform = where, .predefined = true, .traffic_type = kind,     \
        .percentage = percent, .interval_minutes = minutes,                                        \
    }
#define AT_ONCE(short_name, where) TRAFFIC(short_name, where, CDP_TRAFFIC_ALL_AT_ONCE, 100, 0)
#define CANARY(short_name, where, percent, minutes)                                                \
    TRAFFIC(short_name, where, CDP_TRAFFIC_TIME_BASED_CANARY, percent, minutes)
#define LINEAR(short_name, where, percent, minutes)                                                \
    TRAFFIC(short_name, where, CDP_TRAFFIC_TIME_BASED_LINEAR, percent, minutes)

enum { SERVER_DEFAULT = 2, LAMBDA_DEFAULT = 3, ECS_DEFAULT = 12 };

static const cdp_config predefined[] = {
    SERVER("AllAtOnce", CDP_MINIMUM_FLEET_PERCENT, 0),
    SERVER("HalfAtATime", CDP_MINIMUM_FLEET_PERCENT, 50),
    [SERVER_DEFAULT] = SERVER("OneAtATime", CDP_MINIMUM_MOST_CONCURRENCY, 1),
    [LAMBDA_DEFAULT] = AT_ONCE("LambdaAllAtOnce", CDP_PLATFORM_LAMBDA),
    CANARY("LambdaCanary10Percent5Minutes", CDP_PLATFORM_LAMBDA, 10, 5),
    CANARY("LambdaCanary10Percent10Minutes", CDP_PLATFORM_LAMBDA, 10, 10),
    CANARY("LambdaCanary10Percent15Minutes", CDP_PLATFORM_LAMBDA, 10, 15),
    CANARY("LambdaCanary10Percent30Minutes", CDP_PLATFORM_LAMBDA, 10, 30),
    /* One minute is singular for Lambda and plural for ECS. */
    LINEAR("LambdaLinear10PercentEvery1Minute", CDP_PLATFORM_LAMBDA, 10, 1),
    LINEAR("LambdaLinear10PercentEvery2Minutes", CDP_PLATFORM_LAMBDA, 10, 2),
    LINEAR("LambdaLinear10PercentEvery3Minutes", CDP_PLATFORM_LAMBDA, 10, 3),
    LINEAR("LambdaLinear10PercentEvery10Minutes", CDP_PLATFORM_LAMBDA, 10, 10),
    [ECS_DEFAULT] = AT_ONCE("ECSAllAtOnce", CDP_PLATFORM_ECS),
    CANARY("ECSCanary10Percent5Minutes", CDP_PLATFORM_ECS, 10, 5),
    CANARY("ECSCanary10Percent15Minutes", CDP_PLATFORM_ECS, 10, 15),
    LINEAR("ECSLinear10PercentEvery1Minutes", CDP_PLATFORM_ECS, 10, 1),
    LINEAR("ECSLinear10PercentEvery3Minutes", CDP_PLATFORM_ECS, 10, 3),
};
enum { PREDEFINED_COUNT = sizeof predefined / sizeof *predefined };

/* What AWS SAM calls them: the name without this. */
#define SAM_PREFIX CDP_CONFIG_RESERVED_PREFIX "Lambda"

size_t cdp_config_predefined_count(void)
{
    return PREDEFINED_COUNT;
}

const cdp_config *cdp_config_predefined_at(size_t index)
{
    return index < PREDEFINED_COUNT ? &predefined[index] : NULL;
}

const cdp_config *cdp_config_predefined(cdp_string name)
{
    for (size_t i = 0; i < PREDEFINED_COUNT; i++) {
        if (cdp_string_equal(name, predefined[i].name))
            return &predefined[i];
    }
    return NULL;
}

const cdp_config *cdp_config_default(cdp_platform platform)
{
    switch (platform) {
    case CDP_PLATFORM_SERVER:
        return &predefined[SERVER_DEFAULT];
    case CDP_PLATFORM_LAMBDA:
        return &predefined[LAMBDA_DEFAULT];
    case CDP_PLATFORM_ECS:
        return &predefined[ECS_DEFAULT];
    default:
        return NULL;
    }
}

cdp_string cdp_config_name_from_sam(cdp_string type)
{
    for (size_t i = 0; i < PREDEFINED_COUNT; i++) {
        if (predefined[i].platform == CDP_PLATFORM_LAMBDA &&
            cdp_string_equal_c(type, predefined[i].name.data + sizeof SAM_PREFIX - 1))
            return predefined[i].name;
    }
    return type;
}

/* Names begin with this, or with less when they lack their prefix or are those of AWS SAM. */
static const size_t prefix_lengths[] = {0, sizeof CDP_CONFIG_RESERVED_PREFIX - 1,
                                        sizeof SAM_PREFIX - 1};
enum { PREFIX_COUNT = sizeof prefix_lengths / sizeof *prefix_lengths };

static const char *cut_name(size_t index, size_t prefix)
{
    bool sam = prefix + 1 == PREFIX_COUNT;

    if (sam && predefined[index].platform != CDP_PLATFORM_LAMBDA)
        return NULL;
    return predefined[index].name.data + prefix_lengths[prefix];
}

/* The predefined one of exactly this name, but for its prefix. */
static const cdp_config *find_cut(cdp_string word)
{
    for (size_t prefix = 1; prefix < PREFIX_COUNT; prefix++) {
        for (size_t i = 0; i < PREDEFINED_COUNT; i++) {
            const char *name = cut_name(i, prefix);

            if (name && cdp_string_equal_c(word, name))
                return &predefined[i];
        }
    }
    return NULL;
}

static const cdp_config *suggest(cdp_string word)
{
    for (size_t prefix = 0; prefix < PREFIX_COUNT; prefix++) {
        const char *names[PREDEFINED_COUNT];
        size_t where[PREDEFINED_COUNT];
        size_t count = 0;
        size_t near;

        for (size_t i = 0; i < PREDEFINED_COUNT; i++) {
            names[count] = cut_name(i, prefix);
            where[count] = i;
            count += names[count] != NULL;
        }
        near = cdp_suggest(word, names, count);
        if (near < count)
            return &predefined[where[near]];
    }
    return NULL;
}

/* The host's own configuration whose name is nearest, or NULL. */
static const cdp_config *suggest_custom(cdp_string word, const cdp_config *const *customs,
                                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = customs[i] ? customs[i]->name.data : NULL;

        if (name && cdp_suggest(word, &name, 1) == 0)
            return customs[i];
    }
    return NULL;
}

static cdp_status report_unknown(cdp_string name, const cdp_config *const *customs, size_t count,
                                 cdp_diagnostics *diagnostics)
{
    const cdp_config *near = find_cut(name);
    cdp_report report = {
        .code = CDP_DIAGNOSTIC_CONFIG_UNKNOWN,
        .arguments = {name},
    };
    cdp_status status;

    near = near ? near : suggest_custom(name, customs, count);
    near = near ? near : suggest(name);
    if (near) {
        report.arguments[1] = near->name;
        report.hint = CDP_STR("Did you mean {1}?");
    }
    status = cdp_diagnostics_report(diagnostics, &report);
    return status == CDP_OK ? CDP_ERR_NOT_FOUND : status;
}

cdp_status cdp_config_find(cdp_string name, const cdp_config *const *customs, size_t count,
                           cdp_diagnostics *diagnostics, const cdp_config **config)
{
    cdp_config_draft draft = {.shape = CDP_CONFIG_SHAPE_INFO, .diagnostics = diagnostics};
    const cdp_config *found;

    if (!config || !name.data || (count > 0 && !customs))
        return CDP_ERR_ARGUMENT;
    found = cdp_config_predefined(name);
    for (size_t i = 0; !found && i < count; i++) {
        if (customs[i] && cdp_string_equal(name, customs[i]->name))
            found = customs[i];
    }
    if (found) {
        *config = found;
        return CDP_OK;
    }
    draft.values[CDP_FIELD_NAME].text = name;
    cdp_config_check_name(&draft);
    if (draft.status != CDP_OK)
        return draft.status;
    return draft.invalid ? CDP_ERR_INVALID : report_unknown(name, customs, count, diagnostics);
}
