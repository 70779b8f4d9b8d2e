/* SPDX-License-Identifier: MIT */
#include "group/words.h"

#include <codedeploy/group.h>
#include <codedeploy/health.h>
#include <codedeploy/membership.h>

CDP_WORD_LIST(cdp_group_deployment_types, CDP_DEPLOYMENT_TYPE_IN_PLACE, "IN_PLACE", "BLUE_GREEN");
CDP_WORD_LIST(cdp_group_deployment_options, CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL,
              "WITH_TRAFFIC_CONTROL", "WITHOUT_TRAFFIC_CONTROL");
CDP_WORD_LIST(cdp_group_termination_actions, CDP_TERMINATION_TERMINATE, "TERMINATE", "KEEP_ALIVE");
CDP_WORD_LIST(cdp_group_green_fleets, CDP_GREEN_FLEET_DISCOVER_EXISTING, "DISCOVER_EXISTING",
              "COPY_AUTO_SCALING_GROUP");
CDP_WORD_LIST(cdp_group_rollback_events, CDP_ROLLBACK_EVENT_FAILURE, "DEPLOYMENT_FAILURE",
              "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST");
CDP_WORD_LIST(cdp_group_trigger_events, CDP_TRIGGER_DEPLOYMENT_START, "DeploymentStart",
              "DeploymentSuccess", "DeploymentFailure", "DeploymentStop", "DeploymentRollback",
              "DeploymentReady", "InstanceStart", "InstanceSuccess", "InstanceFailure",
              "InstanceReady");
CDP_WORD_LIST(cdp_group_filter_types, CDP_TAG_FILTER_KEY_ONLY, "KEY_ONLY", "VALUE_ONLY",
              "KEY_AND_VALUE");
CDP_WORD_LIST(cdp_group_outdated_strategies, CDP_OUTDATED_UPDATE, "UPDATE", "IGNORE");
CDP_WORD_LIST(cdp_group_revision_types, CDP_REVISION_TYPE_S3, "S3", "GitHub", "String",
              "AppSpecContent");
CDP_WORD_LIST(cdp_group_bundle_types, CDP_BUNDLE_TYPE_TAR, "tar", "tgz", "zip", "YAML", "JSON");
CDP_WORD_LIST(cdp_instance_kinds, CDP_INSTANCE_EC2, "EC2", "onPremises");
CDP_WORD_LIST(cdp_instance_states, CDP_INSTANCE_STATE_PENDING, "pending", "running",
              "shutting-down", "terminated", "stopping", "stopped", "Registered", "Deregistered");
CDP_WORD_LIST(cdp_auto_scaling_states, CDP_AUTO_SCALING_STATE_PENDING, "Pending", "InService",
              "Terminating", "Terminated", "Detaching", "Detached", "EnteringStandby", "Standby",
              "Warmed", "Quarantined");
CDP_WORD_LIST(cdp_instance_healths, CDP_INSTANCE_UNHEALTHY, "Unhealthy", "Healthy");
CDP_WORD_LIST(cdp_revision_healths, CDP_REVISION_HEALTH_UNKNOWN, "Unknown", "Old", "Current");
CDP_WORD_LIST(cdp_match_reasons, CDP_MATCH_TAGS, "Tags", "AutoScalingGroup", "NothingSelects",
              "NoFilter", "NoAutoScalingGroup", "NotInService", "NotRunning", "NotRegistered",
              "OtherPlatform");

CDP_WORD_FUNCTIONS(cdp_deployment_type, cdp_group_deployment_types)
CDP_WORD_FUNCTIONS(cdp_deployment_option, cdp_group_deployment_options)
CDP_WORD_FUNCTIONS(cdp_termination_action, cdp_group_termination_actions)
CDP_WORD_FUNCTIONS(cdp_green_fleet, cdp_group_green_fleets)
CDP_WORD_FUNCTIONS(cdp_rollback_event, cdp_group_rollback_events)
CDP_WORD_FUNCTIONS(cdp_trigger_event, cdp_group_trigger_events)
CDP_WORD_FUNCTIONS(cdp_tag_filter_type, cdp_group_filter_types)
CDP_WORD_FUNCTIONS(cdp_outdated_strategy, cdp_group_outdated_strategies)
CDP_WORD_FUNCTIONS(cdp_revision_type, cdp_group_revision_types)
CDP_WORD_FUNCTIONS(cdp_bundle_type, cdp_group_bundle_types)
CDP_WORD_FUNCTIONS(cdp_instance_kind, cdp_instance_kinds)
CDP_WORD_FUNCTIONS(cdp_instance_state, cdp_instance_states)
CDP_WORD_FUNCTIONS(cdp_auto_scaling_state, cdp_auto_scaling_states)
CDP_WORD_FUNCTIONS(cdp_instance_health, cdp_instance_healths)
CDP_WORD_FUNCTIONS(cdp_revision_health, cdp_revision_healths)

const char *cdp_match_reason_name(cdp_match_reason reason)
{
    return cdp_word_of(&cdp_match_reasons, (int)reason);
}
