/* SPDX-License-Identifier: MIT */
#include <codedeploy/deployment.h>

#include "base/words.h"

CDP_WORD_LIST(alarm_policies, CDP_ALARM_POLICY_ANY, "any", "only-new", "ignore");
CDP_WORD_LIST(input_kinds, CDP_DEPLOYMENT_INPUT_TIME, "Time", "Target", "Start", "Answer", "Begun",
              "Stop", "Continue", "Alarm", "Fail", "Lost", "Left", "Restarted", "Event",
              "RolledBack", "Followed", "Trouble");
CDP_WORD_LIST(outcomes, CDP_DEPLOYMENT_DONE, "Succeeded", "Failed");
CDP_WORD_LIST(alarm_states, CDP_ALARM_STATE_UNKNOWN, "UNKNOWN", "OK", "ALARM", "UNREADABLE");
CDP_WORD_LIST(action_kinds, CDP_DEPLOYMENT_ACTION_RUN_HOOK, "RunHook", "Download", "Install",
              "BlockTraffic", "AllowTraffic", "SetTraffic", "SetTestTraffic", "CreateTaskSet",
              "DeleteTaskSet", "DeployTarget", "Provision", "Terminate", "PollAlarms", "Notify",
              "Save", "Cancel", "RollBack", "FollowUp", "AutoScaling");
CDP_WORD_LIST(change_kinds, CDP_DEPLOYMENT_CHANGE_STATUS, "Status", "Target", "Event", "Traffic",
              "TestTraffic", "WaitBegan", "WaitEnded", "Alarm", "Decision", "Stopping", "Rollback",
              "Trouble", "Terminated");
CDP_WORD_LIST(waits, CDP_DEPLOYMENT_WAIT_NONE, "none", "READY_WAIT", "TERMINATION_WAIT", "traffic",
              "gate", "rollout");

CDP_WORD_FUNCTIONS(cdp_alarm_policy, alarm_policies)
CDP_WORD_FUNCTIONS(cdp_deployment_input_kind, input_kinds)
CDP_WORD_FUNCTIONS(cdp_deployment_outcome, outcomes)
CDP_WORD_FUNCTIONS(cdp_alarm_state, alarm_states)
CDP_WORD_FUNCTIONS(cdp_deployment_action_kind, action_kinds)

const char *cdp_deployment_change_kind_name(cdp_deployment_change_kind kind)
{
    return cdp_word_of(&change_kinds, (int)kind);
}

const char *cdp_deployment_wait_name(cdp_deployment_wait wait)
{
    return cdp_word_of(&waits, (int)wait);
}
