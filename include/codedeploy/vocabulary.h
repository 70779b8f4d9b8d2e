/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_VOCABULARY_H
#define CODEDEPLOY_VOCABULARY_H

/**
 * @file
 * The words of the API (version 2014-10-06) for what happens to a target and to a deployment.
 *
 * Each enumeration comes with two functions. `_name()` gives the API's spelling as static text, or
 * `"unknown"` for a value that is none of its enumerators. `_from_name()` reads exactly that
 * spelling: #CDP_OK; #CDP_ERR_NOT_FOUND for any other word, absent ones too; #CDP_ERR_ARGUMENT when
 * the out parameter is NULL. Values never change meaning. All functions may be called from any
 * thread.
 */

#include <codedeploy/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A lifecycle event. `Start` and `End`, which the guide draws, are marks in its diagrams: the API
 * never returns them. (User guide, "AppSpec 'hooks' section".)
 */
typedef enum cdp_event {
    /** An event that only `codedeploy-local --events` or a plan of the host's own names. */
    CDP_EVENT_CUSTOM = 0,
    CDP_EVENT_APPLICATION_STOP = 1,
    CDP_EVENT_DOWNLOAD_BUNDLE = 2,
    CDP_EVENT_BEFORE_INSTALL = 3,
    CDP_EVENT_INSTALL = 4,
    CDP_EVENT_AFTER_INSTALL = 5,
    CDP_EVENT_APPLICATION_START = 6,
    CDP_EVENT_VALIDATE_SERVICE = 7,
    CDP_EVENT_BEFORE_BLOCK_TRAFFIC = 8,
    CDP_EVENT_BLOCK_TRAFFIC = 9,
    CDP_EVENT_AFTER_BLOCK_TRAFFIC = 10,
    CDP_EVENT_BEFORE_ALLOW_TRAFFIC = 11,
    CDP_EVENT_ALLOW_TRAFFIC = 12,
    CDP_EVENT_AFTER_ALLOW_TRAFFIC = 13,
    /** The diagrams of the guide label it TestTraffic. */
    CDP_EVENT_ALLOW_TEST_TRAFFIC = 14,
    CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC = 15
} cdp_event;

/** `"unknown"` for #CDP_EVENT_CUSTOM, whose name the plan holds. */
CDP_API const char *cdp_event_name(cdp_event event);
CDP_API cdp_status cdp_event_from_name(cdp_string name, cdp_event *event);

/** API shape LifecycleEventStatus. */
typedef enum cdp_event_status {
    CDP_EVENT_STATUS_PENDING = 1,
    CDP_EVENT_STATUS_IN_PROGRESS = 2,
    CDP_EVENT_STATUS_SUCCEEDED = 3,
    CDP_EVENT_STATUS_FAILED = 4,
    CDP_EVENT_STATUS_SKIPPED = 5,
    CDP_EVENT_STATUS_UNKNOWN = 6
} cdp_event_status;

CDP_API const char *cdp_event_status_name(cdp_event_status status);
CDP_API cdp_status cdp_event_status_from_name(cdp_string name, cdp_event_status *status);

/** API shapes TargetStatus and InstanceStatus. */
typedef enum cdp_target_status {
    CDP_TARGET_STATUS_PENDING = 1,
    CDP_TARGET_STATUS_IN_PROGRESS = 2,
    CDP_TARGET_STATUS_SUCCEEDED = 3,
    CDP_TARGET_STATUS_FAILED = 4,
    CDP_TARGET_STATUS_SKIPPED = 5,
    CDP_TARGET_STATUS_UNKNOWN = 6,
    /** Of a replacement: installed, and waiting for its traffic. */
    CDP_TARGET_STATUS_READY = 7
} cdp_target_status;

CDP_API const char *cdp_target_status_name(cdp_target_status status);
CDP_API cdp_status cdp_target_status_from_name(cdp_string name, cdp_target_status *status);

/** API shape DeploymentStatus. */
typedef enum cdp_deployment_status {
    CDP_DEPLOYMENT_STATUS_CREATED = 1,
    CDP_DEPLOYMENT_STATUS_QUEUED = 2,
    CDP_DEPLOYMENT_STATUS_IN_PROGRESS = 3,
    /** Only in the enumeration: no deployment was ever seen in it. Read, never given out. */
    CDP_DEPLOYMENT_STATUS_BAKING = 4,
    CDP_DEPLOYMENT_STATUS_SUCCEEDED = 5,
    CDP_DEPLOYMENT_STATUS_FAILED = 6,
    CDP_DEPLOYMENT_STATUS_STOPPED = 7,
    CDP_DEPLOYMENT_STATUS_READY = 8
} cdp_deployment_status;

CDP_API const char *cdp_deployment_status_name(cdp_deployment_status status);
CDP_API cdp_status cdp_deployment_status_from_name(cdp_string name, cdp_deployment_status *status);

/**
 * Why an event failed (API shape LifecycleErrorCode). The values are the numbers that the official
 * agent writes as `error_code` (hook_executor.rb).
 */
typedef enum cdp_event_error {
    CDP_EVENT_ERROR_SUCCESS = 0,
    CDP_EVENT_ERROR_SCRIPT_MISSING = 1,
    CDP_EVENT_ERROR_SCRIPT_NOT_EXECUTABLE = 2,
    CDP_EVENT_ERROR_SCRIPT_TIMED_OUT = 3,
    CDP_EVENT_ERROR_SCRIPT_FAILED = 4,
    CDP_EVENT_ERROR_UNKNOWN_ERROR = 5
} cdp_event_error;

CDP_API const char *cdp_event_error_name(cdp_event_error error);
CDP_API cdp_status cdp_event_error_from_name(cdp_string name, cdp_event_error *error);

/**
 * The API's error code for a number that the official agent writes. The agent knows two that the
 * API has no word for, 6 (a script's outputs were left open) and 7 (failed after a restart of the
 * agent): they, and any number that is none of the agent's, are #CDP_EVENT_ERROR_UNKNOWN_ERROR.
 */
CDP_API cdp_event_error cdp_event_error_from_agent(int agent_code);

/** Who started a deployment (API shape DeploymentCreator). */
typedef enum cdp_deployment_creator {
    CDP_DEPLOYMENT_CREATOR_USER = 1,
    CDP_DEPLOYMENT_CREATOR_AUTOSCALING = 2,
    CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK = 3,
    CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY = 4,
    CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_AUTO_UPDATE = 5,
    CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION = 6,
    CDP_DEPLOYMENT_CREATOR_CLOUD_FORMATION_ROLLBACK = 7,
    CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION = 8
} cdp_deployment_creator;

CDP_API const char *cdp_deployment_creator_name(cdp_deployment_creator creator);
CDP_API cdp_status cdp_deployment_creator_from_name(cdp_string name,
                                                    cdp_deployment_creator *creator);

/** What a deployment waits for (API shape DeploymentWaitType). */
typedef enum cdp_wait_type {
    /** Nothing. Its name is `"unknown"`: the API has no word for it. */
    CDP_WAIT_NONE = 0,
    /** Before traffic goes to a replacement. */
    CDP_WAIT_READY = 1,
    /** Before an original is taken away. */
    CDP_WAIT_TERMINATION = 2
} cdp_wait_type;

CDP_API const char *cdp_wait_type_name(cdp_wait_type wait);
CDP_API cdp_status cdp_wait_type_from_name(cdp_string name, cdp_wait_type *wait);

/** What happens when a replacement is ready (API shape DeploymentReadyAction). */
typedef enum cdp_ready_action {
    /** Traffic goes to it without asking. */
    CDP_READY_ACTION_CONTINUE_DEPLOYMENT = 0,
    /** It waits to be continued, and stops when nobody does in time. */
    CDP_READY_ACTION_STOP_DEPLOYMENT = 1
} cdp_ready_action;

CDP_API const char *cdp_ready_action_name(cdp_ready_action action);
CDP_API cdp_status cdp_ready_action_from_name(cdp_string name, cdp_ready_action *action);

/** What StopDeployment answers (API shape StopStatus). */
typedef enum cdp_stop_status {
    /** Something is still running. */
    CDP_STOP_STATUS_PENDING = 1,
    /** No more events will run. */
    CDP_STOP_STATUS_SUCCEEDED = 2
} cdp_stop_status;

CDP_API const char *cdp_stop_status_name(cdp_stop_status status);
CDP_API cdp_status cdp_stop_status_from_name(cdp_string name, cdp_stop_status *status);

/** Why a deployment failed or was stopped (API shape ErrorCode, in ErrorInformation). */
typedef enum cdp_error_code {
    /** It did not. Its name is `"unknown"`: the API then has no error information. */
    CDP_ERROR_CODE_NONE = 0,
    CDP_ERROR_CODE_AGENT_ISSUE = 1,
    CDP_ERROR_CODE_ALARM_ACTIVE = 2,
    CDP_ERROR_CODE_APPLICATION_MISSING = 3,
    CDP_ERROR_CODE_AUTOSCALING_VALIDATION_ERROR = 4,
    CDP_ERROR_CODE_AUTO_SCALING_CONFIGURATION = 5,
    CDP_ERROR_CODE_AUTO_SCALING_IAM_ROLE_PERMISSIONS = 6,
    CDP_ERROR_CODE_CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND = 7,
    CDP_ERROR_CODE_CUSTOMER_APPLICATION_UNHEALTHY = 8,
    CDP_ERROR_CODE_DEPLOYMENT_GROUP_MISSING = 9,
    CDP_ERROR_CODE_ECS_UPDATE_ERROR = 10,
    CDP_ERROR_CODE_ELASTIC_LOAD_BALANCING_INVALID = 11,
    CDP_ERROR_CODE_ELB_INVALID_INSTANCE = 12,
    CDP_ERROR_CODE_HEALTH_CONSTRAINTS = 13,
    CDP_ERROR_CODE_HEALTH_CONSTRAINTS_INVALID = 14,
    CDP_ERROR_CODE_HOOK_EXECUTION_FAILURE = 15,
    CDP_ERROR_CODE_IAM_ROLE_MISSING = 16,
    CDP_ERROR_CODE_IAM_ROLE_PERMISSIONS = 17,
    CDP_ERROR_CODE_INTERNAL_ERROR = 18,
    CDP_ERROR_CODE_INVALID_ECS_SERVICE = 19,
    CDP_ERROR_CODE_INVALID_LAMBDA_CONFIGURATION = 20,
    CDP_ERROR_CODE_INVALID_LAMBDA_FUNCTION = 21,
    CDP_ERROR_CODE_INVALID_REVISION = 22,
    CDP_ERROR_CODE_MANUAL_STOP = 23,
    CDP_ERROR_CODE_MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION = 24,
    CDP_ERROR_CODE_MISSING_ELB_INFORMATION = 25,
    CDP_ERROR_CODE_MISSING_GITHUB_TOKEN = 26,
    CDP_ERROR_CODE_NO_EC2_SUBSCRIPTION = 27,
    CDP_ERROR_CODE_NO_INSTANCES = 28,
    CDP_ERROR_CODE_OVER_MAX_INSTANCES = 29,
    CDP_ERROR_CODE_RESOURCE_LIMIT_EXCEEDED = 30,
    CDP_ERROR_CODE_REVISION_MISSING = 31,
    CDP_ERROR_CODE_THROTTLED = 32,
    CDP_ERROR_CODE_TIMEOUT = 33,
    CDP_ERROR_CODE_CLOUDFORMATION_STACK_FAILURE = 34
} cdp_error_code;

CDP_API const char *cdp_error_code_name(cdp_error_code code);
CDP_API cdp_status cdp_error_code_from_name(cdp_string name, cdp_error_code *code);

#ifdef __cplusplus
}
#endif

#endif
