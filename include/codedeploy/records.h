/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_RECORDS_H
#define CODEDEPLOY_RECORDS_H

/**
 * @file
 * A deployment in the API's own JSON: what GetDeployment and BatchGetDeploymentTargets return, and
 * what triggers are told. Times are seconds since 1970, as in the API's protocol; they come from
 * `epoch_ms` of the deployment's options.
 */

#include <codedeploy/deployment.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Appends the output of GetDeployment: an object with `deploymentInfo`.
 * @param indent  blanks for each level; 0 writes one line.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_deployment_write_info(const cdp_deployment *deployment, unsigned indent,
                                             cdp_text *text);

/**
 * Appends the output of BatchGetDeploymentTargets: an object with `deploymentTargets`.
 * @param targets  `count` numbers; NULL for all.
 * @return as cdp_deployment_write_info(); #CDP_ERR_NOT_FOUND for a target that it does not have;
 *         #CDP_ERR_STATE before the start (DeploymentNotStartedException).
 */
CDP_API cdp_status cdp_deployment_write_targets(const cdp_deployment *deployment,
                                                const uint32_t *targets, size_t count,
                                                unsigned indent, cdp_text *text);

/** How the message of a notification is written: the guide and the service do not agree. */
typedef enum cdp_notification_shape {
    /** As the user guide shows it. */
    CDP_NOTIFICATION_SHAPE_GUIDE = 1,
    /** As the service was seen to send it. */
    CDP_NOTIFICATION_SHAPE_SERVICE = 2
} cdp_notification_shape;

/**
 * Appends the message of a #CDP_DEPLOYMENT_ACTION_NOTIFY as JSON, and its subject.
 * @param action   as cdp_deployment_next_action() filled it in.
 * @param subject  may be NULL.
 * @return as cdp_deployment_write_info(); #CDP_ERR_ARGUMENT also for another action; #CDP_ERR_STRUCT.
 */
CDP_API cdp_status cdp_deployment_write_notification(const cdp_deployment *deployment,
                                                     const cdp_deployment_action *action,
                                                     cdp_notification_shape shape, cdp_text *text,
                                                     cdp_text *subject);

#ifdef __cplusplus
}
#endif

#endif
