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

CDP_WORD_FUNCTIONS(cdp_event, cdp_events)
CDP_WORD_FUNCTIONS(cdp_event_status, cdp_event_statuses)
CDP_WORD_FUNCTIONS(cdp_target_status, cdp_target_statuses)
CDP_WORD_FUNCTIONS(cdp_deployment_status, cdp_deployment_statuses)
CDP_WORD_FUNCTIONS(cdp_event_error, cdp_event_errors)
CDP_WORD_FUNCTIONS(cdp_deployment_creator, cdp_deployment_creators)
CDP_WORD_FUNCTIONS(cdp_wait_type, cdp_wait_types)
CDP_WORD_FUNCTIONS(cdp_ready_action, cdp_ready_actions)

cdp_event_error cdp_event_error_from_agent(int agent_code)
{
    if (agent_code < CDP_EVENT_ERROR_SUCCESS || agent_code > CDP_EVENT_ERROR_UNKNOWN_ERROR)
        return CDP_EVENT_ERROR_UNKNOWN_ERROR;
    return (cdp_event_error)agent_code;
}
