/* SPDX-License-Identifier: MIT */
#include <codedeploy/health.h>

#include "base/strings.h"

static const char *const instance_names[] = {"Unhealthy", "Healthy"};
static const char *const revision_names[] = {"Unknown", "Old", "Current"};

#define INSTANCE_COUNT ((unsigned)(sizeof instance_names / sizeof *instance_names))
#define REVISION_COUNT ((unsigned)(sizeof revision_names / sizeof *revision_names))
#define OUTCOME_COUNT ((unsigned)CDP_OUTCOME_INSTALLED + 1)

/* An entry of the table that leaves the value as it was. */
#define KEPT (-1)

static const struct {
    signed char instance;
    signed char revision[REVISION_COUNT]; /* by the revision health before */
} after[2][OUTCOME_COUNT] = {
    {
        [CDP_OUTCOME_NOT_ATTEMPTED] = {KEPT, {KEPT, KEPT, KEPT}},
        [CDP_OUTCOME_SUCCEEDED] = {CDP_INSTANCE_HEALTHY,
                                   {CDP_REVISION_HEALTH_OLD, CDP_REVISION_HEALTH_OLD,
                                    CDP_REVISION_HEALTH_OLD}},
        [CDP_OUTCOME_FAILED] = {CDP_INSTANCE_UNHEALTHY,
                                {CDP_REVISION_HEALTH_UNKNOWN, CDP_REVISION_HEALTH_UNKNOWN,
                                 CDP_REVISION_HEALTH_UNKNOWN}},
        [CDP_OUTCOME_INSTALLED] = {KEPT,
                                   {CDP_REVISION_HEALTH_OLD, CDP_REVISION_HEALTH_OLD,
                                    CDP_REVISION_HEALTH_OLD}},
    },
    {
        [CDP_OUTCOME_NOT_ATTEMPTED] = {CDP_INSTANCE_UNHEALTHY,
                                       {CDP_REVISION_HEALTH_UNKNOWN, CDP_REVISION_HEALTH_OLD,
                                        CDP_REVISION_HEALTH_UNKNOWN}},
        [CDP_OUTCOME_SUCCEEDED] = {CDP_INSTANCE_HEALTHY,
                                   {CDP_REVISION_HEALTH_CURRENT, CDP_REVISION_HEALTH_CURRENT,
                                    CDP_REVISION_HEALTH_CURRENT}},
        [CDP_OUTCOME_FAILED] = {CDP_INSTANCE_UNHEALTHY,
                                {CDP_REVISION_HEALTH_UNKNOWN, CDP_REVISION_HEALTH_OLD,
                                 CDP_REVISION_HEALTH_UNKNOWN}},
        [CDP_OUTCOME_INSTALLED] = {CDP_INSTANCE_UNHEALTHY,
                                   {CDP_REVISION_HEALTH_UNKNOWN, CDP_REVISION_HEALTH_OLD,
                                    CDP_REVISION_HEALTH_UNKNOWN}},
    },
};

const char *cdp_instance_health_name(cdp_instance_health health)
{
    return (unsigned)health < INSTANCE_COUNT ? instance_names[health] : "unknown";
}

const char *cdp_revision_health_name(cdp_revision_health health)
{
    return (unsigned)health < REVISION_COUNT ? revision_names[health] : "unknown";
}

/* The index of `name`, or `count`. */
static unsigned find(const char *const *names, unsigned count, cdp_string name)
{
    unsigned i = 0;

    while (i < count && !cdp_string_equal_c(name, names[i]))
        i++;
    return i;
}

cdp_status cdp_instance_health_from_name(cdp_string name, cdp_instance_health *health)
{
    unsigned found = find(instance_names, INSTANCE_COUNT, name);

    if (!health)
        return CDP_ERR_ARGUMENT;
    if (found == INSTANCE_COUNT)
        return CDP_ERR_NOT_FOUND;
    *health = (cdp_instance_health)found;
    return CDP_OK;
}

cdp_status cdp_revision_health_from_name(cdp_string name, cdp_revision_health *health)
{
    unsigned found = find(revision_names, REVISION_COUNT, name);

    if (!health)
        return CDP_ERR_ARGUMENT;
    if (found == REVISION_COUNT)
        return CDP_ERR_NOT_FOUND;
    *health = (cdp_revision_health)found;
    return CDP_OK;
}

int cdp_health_work_order(cdp_instance_health instance, cdp_revision_health revision)
{
    if ((unsigned)instance >= INSTANCE_COUNT || (unsigned)revision >= REVISION_COUNT)
        return (int)(INSTANCE_COUNT * REVISION_COUNT);
    return (int)instance * (int)REVISION_COUNT + (int)revision;
}

cdp_status cdp_health_after(int deployment_succeeded, cdp_instance_outcome outcome,
                            cdp_instance_health *instance, cdp_revision_health *revision)
{
    bool succeeded = deployment_succeeded != 0;
    signed char new_instance;
    signed char new_revision;

    if (!instance || !revision || (unsigned)*instance >= INSTANCE_COUNT ||
        (unsigned)*revision >= REVISION_COUNT || (unsigned)outcome >= OUTCOME_COUNT)
        return CDP_ERR_ARGUMENT;
    new_instance = after[succeeded][outcome].instance;
    new_revision = after[succeeded][outcome].revision[*revision];
    if (new_instance != KEPT)
        *instance = (cdp_instance_health)new_instance;
    if (new_revision != KEPT)
        *revision = (cdp_revision_health)new_revision;
    return CDP_OK;
}
