/* SPDX-License-Identifier: MIT */
/* The tables: which members each shape of the API has, and where they are kept. */
#include "group/model.h"

#include "base/vocabulary.h"
#include "group/words.h"

#define MEMBER(name, struct_type, field, type)                                                     \
    {                                                                                              \
        name, &(type), offsetof(struct_type, field), CDP_MODEL_IN_ALL                              \
    }
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OBJECT(shape, struct_type, list)                                                           \
    {                                                                                              \
        .kind = CDP_MODEL_OBJECT, .bytes = sizeof(struct_type), .name = shape, .members = list,    \
        .member_count = COUNT(list)                                                                \
    }
#define LIST(item_type)                                                                            \
    {                                                                                              \
        .kind = CDP_MODEL_LIST, .bytes = sizeof(cdp_model_list), .item = &(item_type)              \
    }
#define WORD(list, code)                                                                           \
    {                                                                                              \
        .kind = CDP_MODEL_WORD, .bytes = sizeof(cdp_model_value), .words = &(list),                \
        .unknown_word = code                                                                       \
    }
#define VALUE(value_kind)                                                                          \
    {                                                                                              \
        .kind = value_kind, .bytes = sizeof(cdp_model_value)                                       \
    }

static const cdp_model_type text = VALUE(CDP_MODEL_TEXT);
static const cdp_model_type boolean = VALUE(CDP_MODEL_BOOLEAN);
static const cdp_model_type integer = VALUE(CDP_MODEL_INTEGER);
static const cdp_model_type time = VALUE(CDP_MODEL_TIME);
static const cdp_model_type text_list = LIST(text);

/* ---- tags ------------------------------------------------------------------------------------ */

static const cdp_model_type ec2_filter_type =
    WORD(cdp_group_filter_types, CDP_DIAGNOSTIC_GROUP_EC2_FILTER_TYPE_UNKNOWN);
static const cdp_model_type on_premises_filter_type =
    WORD(cdp_group_filter_types, CDP_DIAGNOSTIC_GROUP_ON_PREMISES_FILTER_TYPE_UNKNOWN);

static const cdp_model_member ec2_filter_members[] = {
    MEMBER("Key", cdp_model_filter, key, text),
    MEMBER("Value", cdp_model_filter, value, text),
    MEMBER("Type", cdp_model_filter, type, ec2_filter_type),
};
static const cdp_model_member on_premises_filter_members[] = {
    MEMBER("Key", cdp_model_filter, key, text),
    MEMBER("Value", cdp_model_filter, value, text),
    MEMBER("Type", cdp_model_filter, type, on_premises_filter_type),
};
static const cdp_model_type ec2_filter =
    OBJECT("EC2TagFilter", cdp_model_filter, ec2_filter_members);
static const cdp_model_type on_premises_filter =
    OBJECT("TagFilter", cdp_model_filter, on_premises_filter_members);
static const cdp_model_type ec2_filters = LIST(ec2_filter);
static const cdp_model_type on_premises_filters = LIST(on_premises_filter);
static const cdp_model_type ec2_groups = LIST(ec2_filters);
static const cdp_model_type on_premises_groups = LIST(on_premises_filters);

static const cdp_model_member ec2_set_members[] = {
    MEMBER("ec2TagSetList", cdp_model_tag_set, groups, ec2_groups),
};
static const cdp_model_member on_premises_set_members[] = {
    MEMBER("onPremisesTagSetList", cdp_model_tag_set, groups, on_premises_groups),
};
static const cdp_model_type ec2_set = OBJECT("EC2TagSet", cdp_model_tag_set, ec2_set_members);
static const cdp_model_type on_premises_set =
    OBJECT("OnPremisesTagSet", cdp_model_tag_set, on_premises_set_members);

static const cdp_model_member tag_members[] = {
    MEMBER("Key", cdp_model_tag, key, text),
    MEMBER("Value", cdp_model_tag, value, text),
};
static const cdp_model_type tag = OBJECT("Tag", cdp_model_tag, tag_members);
static const cdp_model_type tags = LIST(tag);

const char *const cdp_model_filter_names[CDP_MODEL_KINDS] = {"ec2TagFilters",
                                                             "onPremisesInstanceTagFilters"};
const char *const cdp_model_tag_set_names[CDP_MODEL_KINDS] = {"ec2TagSet", "onPremisesTagSet"};

/* ---- other targets --------------------------------------------------------------------------- */

static const cdp_model_member auto_scaling_members[] = {
    MEMBER("name", cdp_model_auto_scaling, name, text),
    MEMBER("hook", cdp_model_auto_scaling, hook, text),
    MEMBER("terminationHook", cdp_model_auto_scaling, termination_hook, text),
};
static const cdp_model_type auto_scaling = {
    .kind = CDP_MODEL_OBJECT,
    .bytes = sizeof(cdp_model_auto_scaling),
    .name = "AutoScalingGroup",
    .members = auto_scaling_members,
    .member_count = COUNT(auto_scaling_members),
    .may_be_text = true,
};
static const cdp_model_type auto_scaling_list = LIST(auto_scaling);

static const cdp_model_member ecs_service_members[] = {
    MEMBER("serviceName", cdp_model_ecs_service, service, text),
    MEMBER("clusterName", cdp_model_ecs_service, cluster, text),
};
static const cdp_model_type ecs_service =
    OBJECT("ECSService", cdp_model_ecs_service, ecs_service_members);
static const cdp_model_type ecs_services = LIST(ecs_service);

/* ---- traffic --------------------------------------------------------------------------------- */

static const cdp_model_type deployment_type =
    WORD(cdp_group_deployment_types, CDP_DIAGNOSTIC_GROUP_STYLE_UNKNOWN);
static const cdp_model_type deployment_option =
    WORD(cdp_group_deployment_options, CDP_DIAGNOSTIC_GROUP_STYLE_UNKNOWN);
static const cdp_model_member style_members[] = {
    MEMBER("deploymentType", cdp_model_style, type, deployment_type),
    MEMBER("deploymentOption", cdp_model_style, option, deployment_option),
};
static const cdp_model_type style = OBJECT("DeploymentStyle", cdp_model_style, style_members);

static const cdp_model_type termination_action =
    WORD(cdp_group_termination_actions, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WORD);
static const cdp_model_member termination_members[] = {
    MEMBER("action", cdp_model_termination, action, termination_action),
    MEMBER("terminationWaitTimeInMinutes", cdp_model_termination, wait, integer),
};
static const cdp_model_type termination =
    OBJECT("BlueInstanceTerminationOption", cdp_model_termination, termination_members);

static const cdp_model_type ready_action =
    WORD(cdp_ready_actions, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WORD);
static const cdp_model_member ready_members[] = {
    MEMBER("actionOnTimeout", cdp_model_ready, action, ready_action),
    MEMBER("waitTimeInMinutes", cdp_model_ready, wait, integer),
};
static const cdp_model_type ready = OBJECT("DeploymentReadyOption", cdp_model_ready, ready_members);

static const cdp_model_type green_fleet_action =
    WORD(cdp_group_green_fleets, CDP_DIAGNOSTIC_GROUP_BLUE_GREEN_WORD);
static const cdp_model_member green_fleet_members[] = {
    MEMBER("action", cdp_model_green_fleet, action, green_fleet_action),
};
static const cdp_model_type green_fleet =
    OBJECT("GreenFleetProvisioningOption", cdp_model_green_fleet, green_fleet_members);

static const cdp_model_member blue_green_members[] = {
    MEMBER("terminateBlueInstancesOnDeploymentSuccess", cdp_model_blue_green, termination,
           termination),
    MEMBER("deploymentReadyOption", cdp_model_blue_green, ready, ready),
    MEMBER("greenFleetProvisioningOption", cdp_model_blue_green, green_fleet, green_fleet),
};
static const cdp_model_type blue_green =
    OBJECT("BlueGreenDeploymentConfiguration", cdp_model_blue_green, blue_green_members);

static const cdp_model_member named_members[] = {MEMBER("name", cdp_model_named, name, text)};
static const cdp_model_type classic = OBJECT("ELBInfo", cdp_model_named, named_members);
static const cdp_model_type target_group =
    OBJECT("TargetGroupInfo", cdp_model_named, named_members);
static const cdp_model_type alarm = OBJECT("Alarm", cdp_model_named, named_members);
static const cdp_model_type classic_list = LIST(classic);
static const cdp_model_type target_group_list = LIST(target_group);
static const cdp_model_type alarm_list = LIST(alarm);

static const cdp_model_member route_members[] = {
    MEMBER("listenerArns", cdp_model_route, listeners, text_list),
};
static const cdp_model_type route = OBJECT("TrafficRoute", cdp_model_route, route_members);
static const cdp_model_member pair_members[] = {
    MEMBER("targetGroups", cdp_model_pair, target_groups, target_group_list),
    MEMBER("prodTrafficRoute", cdp_model_pair, production, route),
    MEMBER("testTrafficRoute", cdp_model_pair, test, route),
};
static const cdp_model_type pair = OBJECT("TargetGroupPairInfo", cdp_model_pair, pair_members);
static const cdp_model_type pair_list = LIST(pair);

static const cdp_model_member balancers_members[] = {
    MEMBER("elbInfoList", cdp_model_balancers, classic, classic_list),
    MEMBER("targetGroupInfoList", cdp_model_balancers, target_groups, target_group_list),
    MEMBER("targetGroupPairInfoList", cdp_model_balancers, pairs, pair_list),
};
static const cdp_model_type balancers =
    OBJECT("LoadBalancerInfo", cdp_model_balancers, balancers_members);

/* ---- watching -------------------------------------------------------------------------------- */

static const cdp_model_type trigger_event =
    WORD(cdp_group_trigger_events, CDP_DIAGNOSTIC_GROUP_TRIGGER_EVENT_UNKNOWN);
static const cdp_model_type trigger_events = LIST(trigger_event);
static const cdp_model_member trigger_members[] = {
    MEMBER("triggerName", cdp_model_trigger, name, text),
    MEMBER("triggerTargetArn", cdp_model_trigger, target_arn, text),
    MEMBER("triggerEvents", cdp_model_trigger, events, trigger_events),
};
static const cdp_model_type trigger = OBJECT("TriggerConfig", cdp_model_trigger, trigger_members);
static const cdp_model_type triggers = LIST(trigger);

static const cdp_model_member alarms_members[] = {
    MEMBER("enabled", cdp_model_alarms, enabled, boolean),
    MEMBER("ignorePollAlarmFailure", cdp_model_alarms, ignore_poll_failure, boolean),
    MEMBER("alarms", cdp_model_alarms, alarms, alarm_list),
};
static const cdp_model_type alarms = OBJECT("AlarmConfiguration", cdp_model_alarms, alarms_members);

static const cdp_model_type rollback_event =
    WORD(cdp_group_rollback_events, CDP_DIAGNOSTIC_GROUP_ROLLBACK_EVENT_UNKNOWN);
static const cdp_model_type rollback_events = LIST(rollback_event);
static const cdp_model_member rollback_members[] = {
    MEMBER("enabled", cdp_model_rollback, enabled, boolean),
    MEMBER("events", cdp_model_rollback, events, rollback_events),
};
static const cdp_model_type rollback =
    OBJECT("AutoRollbackConfiguration", cdp_model_rollback, rollback_members);

/* ---- the past -------------------------------------------------------------------------------- */

static const cdp_model_type revision_type =
    WORD(cdp_group_revision_types, CDP_DIAGNOSTIC_GROUP_WORD_NEW);
static const cdp_model_type bundle_type =
    WORD(cdp_group_bundle_types, CDP_DIAGNOSTIC_GROUP_WORD_NEW);
static const cdp_model_type deployment_status =
    WORD(cdp_deployment_statuses, CDP_DIAGNOSTIC_GROUP_WORD_NEW);

static const cdp_model_member s3_members[] = {
    MEMBER("bucket", cdp_model_s3, bucket, text),
    MEMBER("key", cdp_model_s3, key, text),
    MEMBER("bundleType", cdp_model_s3, bundle_type, bundle_type),
    MEMBER("version", cdp_model_s3, version, text),
    MEMBER("eTag", cdp_model_s3, etag, text),
};
static const cdp_model_type s3 = OBJECT("S3Location", cdp_model_s3, s3_members);
static const cdp_model_member github_members[] = {
    MEMBER("repository", cdp_model_github, repository, text),
    MEMBER("commitId", cdp_model_github, commit_id, text),
};
static const cdp_model_type github = OBJECT("GitHubLocation", cdp_model_github, github_members);
static const cdp_model_member content_members[] = {
    MEMBER("content", cdp_model_content, content, text),
    MEMBER("sha256", cdp_model_content, sha256, text),
};
static const cdp_model_type string = OBJECT("RawString", cdp_model_content, content_members);
static const cdp_model_type appspec = OBJECT("AppSpecContent", cdp_model_content, content_members);
static const cdp_model_member revision_members[] = {
    MEMBER("revisionType", cdp_model_revision, type, revision_type),
    MEMBER("s3Location", cdp_model_revision, s3, s3),
    MEMBER("gitHubLocation", cdp_model_revision, github, github),
    MEMBER("string", cdp_model_revision, string, string),
    MEMBER("appSpecContent", cdp_model_revision, appspec, appspec),
};
static const cdp_model_type revision =
    OBJECT("RevisionLocation", cdp_model_revision, revision_members);

static const cdp_model_member last_members[] = {
    MEMBER("deploymentId", cdp_model_last, id, text),
    MEMBER("status", cdp_model_last, status, deployment_status),
    MEMBER("createTime", cdp_model_last, create_time, time),
    MEMBER("endTime", cdp_model_last, end_time, time),
};
static const cdp_model_type last = OBJECT("LastDeploymentInfo", cdp_model_last, last_members);

/* ---- the group ------------------------------------------------------------------------------- */

static const cdp_model_type platform = WORD(cdp_platforms, CDP_DIAGNOSTIC_GROUP_PLATFORM_UNKNOWN);
static const cdp_model_type outdated_strategy =
    WORD(cdp_group_outdated_strategies, CDP_DIAGNOSTIC_GROUP_WORD_UNKNOWN);

enum {
    ALL = CDP_MODEL_IN_CREATE | CDP_MODEL_IN_INFO | CDP_MODEL_IN_UPDATE,
    NAMED = CDP_MODEL_IN_CREATE | CDP_MODEL_IN_INFO,
    INFO = CDP_MODEL_IN_INFO,
    TARGETS = CDP_MODEL_IN_TARGETS
};
#define PART(name, field, type, shapes)                                                            \
    {                                                                                              \
        name, &(type), offsetof(cdp_model, field), shapes                                          \
    }

static const cdp_model_member group_members[] = {
    PART("applicationName", application_name, text, ALL),
    PART("deploymentGroupName", name, text, NAMED),
    PART("currentDeploymentGroupName", current_name, text, CDP_MODEL_IN_UPDATE),
    PART("newDeploymentGroupName", new_name, text, CDP_MODEL_IN_UPDATE),
    PART("deploymentGroupId", id, text, INFO),
    PART("computePlatform", platform, platform, INFO),
    PART("deploymentConfigName", config_name, text, ALL),
    PART("serviceRoleArn", service_role_arn, text, ALL),
    PART("ec2TagFilters", filters[CDP_INSTANCE_EC2], ec2_filters, ALL),
    PART("ec2TagSet", tag_sets[CDP_INSTANCE_EC2], ec2_set, ALL | TARGETS),
    PART("onPremisesInstanceTagFilters", filters[CDP_INSTANCE_ON_PREMISES], on_premises_filters,
         ALL),
    PART("onPremisesTagSet", tag_sets[CDP_INSTANCE_ON_PREMISES], on_premises_set, ALL),
    PART("tagFilters", target_filters, ec2_filters, TARGETS),
    PART("autoScalingGroups", auto_scaling, auto_scaling_list, ALL | TARGETS),
    PART("terminationHookEnabled", termination_hook, boolean, ALL),
    PART("ecsServices", ecs_services, ecs_services, ALL),
    PART("outdatedInstancesStrategy", outdated_strategy, outdated_strategy, ALL),
    PART("deploymentStyle", style, style, ALL),
    PART("blueGreenDeploymentConfiguration", blue_green, blue_green, ALL),
    PART("loadBalancerInfo", balancers, balancers, ALL),
    PART("triggerConfigurations", triggers, triggers, ALL),
    PART("alarmConfiguration", alarms, alarms, ALL),
    PART("autoRollbackConfiguration", rollback, rollback, ALL),
    PART("targetRevision", target_revision, revision, INFO),
    PART("lastSuccessfulDeployment", last_successful, last, INFO),
    PART("lastAttemptedDeployment", last_attempted, last, INFO),
    PART("tags", tags, tags, CDP_MODEL_IN_CREATE),
};
const cdp_model_type cdp_model_group_type = OBJECT("DeploymentGroupInfo", cdp_model, group_members);

const char *cdp_model_shape_name(unsigned shape)
{
    if (shape & CDP_MODEL_IN_CREATE)
        return "CreateDeploymentGroupInput";
    if (shape & CDP_MODEL_IN_INFO)
        return "DeploymentGroupInfo";
    return shape & CDP_MODEL_IN_UPDATE ? "UpdateDeploymentGroupInput" : "TargetInstances";
}
