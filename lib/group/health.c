/* SPDX-License-Identifier: MIT */
#include <codedeploy/health.h>

#include <stdbool.h>

#define INSTANCE_COUNT ((unsigned)CDP_INSTANCE_HEALTHY + 1)
#define REVISION_COUNT ((unsigned)CDP_REVISION_HEALTH_CURRENT + 1)
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
