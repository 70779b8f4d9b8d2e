/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_HEALTH_H
#define CODEDEPLOY_HEALTH_H

/**
 * @file
 * The two values that CodeDeploy keeps of every instance of a deployment group, and how they
 * change. (User guide, page "instance health".)
 *
 * Nothing here holds state: these are the tables. <codedeploy/rollout.h> applies them.
 */

#include <codedeploy/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How the last attempt to deploy to an instance ended. */
typedef enum cdp_instance_health {
    /** It failed, or nothing was ever deployed. */
    CDP_INSTANCE_UNHEALTHY = 0,
    /** It succeeded. */
    CDP_INSTANCE_HEALTHY = 1
} cdp_instance_health;

/** What is installed on an instance, seen from its deployment group. */
typedef enum cdp_revision_health {
    /** Nothing was installed successfully, or nobody knows what. */
    CDP_REVISION_HEALTH_UNKNOWN = 0,
    /** An older revision of the application. */
    CDP_REVISION_HEALTH_OLD = 1,
    /** The revision of the group's last successful deployment. */
    CDP_REVISION_HEALTH_CURRENT = 2
} cdp_revision_health;

/** What became of an instance in one deployment. */
typedef enum cdp_instance_outcome {
    /** It was never begun, or it was not part of the deployment. */
    CDP_OUTCOME_NOT_ATTEMPTED = 0,
    CDP_OUTCOME_SUCCEEDED = 1,
    CDP_OUTCOME_FAILED = 2,
    /** Blue/green: the revision was installed, but the deployment ended before traffic came. */
    CDP_OUTCOME_INSTALLED = 3
} cdp_instance_outcome;

/** `"Unhealthy"`, `"Healthy"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_instance_health_name(cdp_instance_health health);

/** `"Unknown"`, `"Old"`, `"Current"`; `"unknown"` for anything else. Static text. */
CDP_API const char *cdp_revision_health_name(cdp_revision_health health);

/** Reads such a name, exactly as it is spelt. #CDP_OK, #CDP_ERR_NOT_FOUND or #CDP_ERR_ARGUMENT. */
CDP_API cdp_status cdp_instance_health_from_name(cdp_string name, cdp_instance_health *health);
CDP_API cdp_status cdp_revision_health_from_name(cdp_string name, cdp_revision_health *health);

/**
 * The order of work: an instance with a smaller number is deployed to before one with a larger.
 * Unhealthy before Healthy; within each Unknown, Old, Current. (User guide, page "instance
 * health". That the revision also orders the unhealthy ones is our reading: the guide leaves the
 * order among them open.)
 * @return 0 to 5; 6 for values that are none.
 */
CDP_API int cdp_health_work_order(cdp_instance_health instance, cdp_revision_health revision);

/**
 * The values after a deployment.
 *
 * | deployment | instance      | instance health | revision health                            |
 * |------------|---------------|-----------------|--------------------------------------------|
 * | succeeded  | succeeded     | Healthy         | Current                                    |
 * | succeeded  | anything else | Unhealthy       | Unknown, but Old stays Old                 |
 * | failed     | succeeded     | Healthy         | Old: it is not the group's revision        |
 * | failed     | failed        | Unhealthy       | Unknown                                    |
 * | failed     | installed     | as it was       | Old                                        |
 * | failed     | not attempted | as it was       | as it was                                  |
 *
 * A stopped deployment counts as a failed one. The upper two rows, and instance health in the
 * others, are the user guide's; revision health after a failed deployment is not told there. Apply
 * the table to instances that were part of the deployment only.
 *
 * @param deployment_succeeded  1 or 0.
 * @param instance, revision    before on entry, after on return.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for NULL or a value that is none, nothing changed.
 */
CDP_API cdp_status cdp_health_after(int deployment_succeeded, cdp_instance_outcome outcome,
                                    cdp_instance_health *instance, cdp_revision_health *revision);

#ifdef __cplusplus
}
#endif

#endif
