/* SPDX-License-Identifier: MIT */
#include "base/vocabulary.h"

#include "base/strings.h"

CDP_WORD_LIST(cdp_events, CDP_EVENT_APPLICATION_STOP, "ApplicationStop", "DownloadBundle",
              "BeforeInstall", "Install", "AfterInstall", "ApplicationStart", "ValidateService",
              "BeforeBlockTraffic", "BlockTraffic", "AfterBlockTraffic", "BeforeAllowTraffic",
              "AllowTraffic", "AfterAllowTraffic", "AllowTestTraffic", "AfterAllowTestTraffic");
CDP_WORD_LIST(cdp_event_statuses, CDP_EVENT_STATUS_PENDING, "Pending", "InProgress", "Succeeded",
              "Failed", "Skipped", "Unknown");
CDP_WORD_LIST(cdp_target_statuses, CDP_TARGET_STATUS_PENDING, "Pending", "InProgress", "Succeeded",
              "Failed", "Skipped", "Unknown", "Ready");
CDP_WORD_LIST(cdp_deployment_statuses, CDP_DEPLOYMENT_STATUS_CREATED, "Created", "Queued",
              "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready");
CDP_WORD_LIST(cdp_event_errors, CDP_EVENT_ERROR_SUCCESS, "Success", "ScriptMissing",
              "ScriptNotExecutable", "ScriptTimedOut", "ScriptFailed", "UnknownError");
CDP_WORD_LIST(cdp_deployment_creators, CDP_DEPLOYMENT_CREATOR_USER, "user", "autoscaling",
              "codeDeployRollback", "CodeDeploy", "CodeDeployAutoUpdate", "CloudFormation",
              "CloudFormationRollback", "autoscalingTermination");
CDP_WORD_LIST(cdp_wait_types, CDP_WAIT_READY, "READY_WAIT", "TERMINATION_WAIT");
CDP_WORD_LIST(cdp_ready_actions, CDP_READY_ACTION_CONTINUE_DEPLOYMENT, "CONTINUE_DEPLOYMENT",
              "STOP_DEPLOYMENT");
CDP_WORD_LIST(cdp_stop_statuses, CDP_STOP_STATUS_PENDING, "Pending", "Succeeded");
CDP_WORD_LIST(cdp_error_codes, CDP_ERROR_CODE_AGENT_ISSUE, "AGENT_ISSUE", "ALARM_ACTIVE",
              "APPLICATION_MISSING", "AUTOSCALING_VALIDATION_ERROR", "AUTO_SCALING_CONFIGURATION",
              "AUTO_SCALING_IAM_ROLE_PERMISSIONS", "CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND",
              "CUSTOMER_APPLICATION_UNHEALTHY", "DEPLOYMENT_GROUP_MISSING", "ECS_UPDATE_ERROR",
              "ELASTIC_LOAD_BALANCING_INVALID", "ELB_INVALID_INSTANCE", "HEALTH_CONSTRAINTS",
              "HEALTH_CONSTRAINTS_INVALID", "HOOK_EXECUTION_FAILURE", "IAM_ROLE_MISSING",
              "IAM_ROLE_PERMISSIONS", "INTERNAL_ERROR", "INVALID_ECS_SERVICE",
              "INVALID_LAMBDA_CONFIGURATION", "INVALID_LAMBDA_FUNCTION", "INVALID_REVISION",
              "MANUAL_STOP", "MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION",
              "MISSING_ELB_INFORMATION", "MISSING_GITHUB_TOKEN", "NO_EC2_SUBSCRIPTION",
              "NO_INSTANCES", "OVER_MAX_INSTANCES", "RESOURCE_LIMIT_EXCEEDED", "REVISION_MISSING",
              "THROTTLED", "TIMEOUT", "CLOUDFORMATION_STACK_FAILURE");

CDP_WORD_FUNCTIONS(cdp_event, cdp_events)
CDP_WORD_FUNCTIONS(cdp_event_status, cdp_event_statuses)
CDP_WORD_FUNCTIONS(cdp_target_status, cdp_target_statuses)
CDP_WORD_FUNCTIONS(cdp_deployment_status, cdp_deployment_statuses)
CDP_WORD_FUNCTIONS(cdp_event_error, cdp_event_errors)
CDP_WORD_FUNCTIONS(cdp_deployment_creator, cdp_deployment_creators)
CDP_WORD_FUNCTIONS(cdp_wait_type, cdp_wait_types)
CDP_WORD_FUNCTIONS(cdp_ready_action, cdp_ready_actions)
CDP_WORD_FUNCTIONS(cdp_stop_status, cdp_stop_statuses)
CDP_WORD_FUNCTIONS(cdp_error_code, cdp_error_codes)

cdp_event_error cdp_event_error_from_agent(int agent_code)
{
    if (agent_code < CDP_EVENT_ERROR_SUCCESS || agent_code > CDP_EVENT_ERROR_UNKNOWN_ERROR)
        return CDP_EVENT_ERROR_UNKNOWN_ERROR;
    return (cdp_event_error)agent_code;
}
