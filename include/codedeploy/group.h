/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_GROUP_H
#define CODEDEPLOY_GROUP_H

/**
 * @file
 * Deployment groups: which instances, Lambda function or ECS service belong together, and how they
 * are deployed to.
 *
 * A #cdp_group is immutable and always valid. It is read from the API's JSON (cdp_group_parse()),
 * changed as UpdateDeploymentGroup would (cdp_group_update()) or put together by a program
 * (#cdp_group_builder). Whatever is wrong is reported all at once, each finding with the exception
 * that the API would throw (cdp_diagnostic_info.api_name). <codedeploy/membership.h> finds the
 * instances that belong to a group.
 *
 * The views (`cdp_group_filter` and the like) are filled by the getters and are also the inputs of
 * the builder. The caller sets their `size`; the strings in them belong to the group and live as
 * long as it does. The getters return #CDP_OK; #CDP_ERR_NOT_FOUND for an index past the end, and
 * for a part that the group does not have; #CDP_ERR_ARGUMENT for NULL; #CDP_ERR_STRUCT for a view of
 * no valid size. Getters of single values take NULL for a group without anything. All may be called
 * from many threads at once.
 *
 * Enumerations come with two functions each. `_name()` gives the API's spelling as static text, or
 * `"unknown"` for a value that is none of the enumerators. `_from_name()` reads exactly that
 * spelling: #CDP_OK; #CDP_ERR_NOT_FOUND for any other word, absent ones too; #CDP_ERR_ARGUMENT when
 * the out parameter is NULL. Values never change meaning.
 *
 * Sources: API shapes CreateDeploymentGroupInput, UpdateDeploymentGroupInput, DeploymentGroupInfo
 * and what they consist of; user guide, pages "limits", "deployment groups", "instances tagging";
 * docs/groups.md tells which rules we had to decide.
 */

#include <codedeploy/base.h>
#include <codedeploy/config.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/inventory.h>
#include <codedeploy/platform.h>
#include <codedeploy/text.h>
#include <codedeploy/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------------------------------- */
/* Words                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/** API shape DeploymentType. */
typedef enum cdp_deployment_type {
    CDP_DEPLOYMENT_TYPE_IN_PLACE = 1,
    CDP_DEPLOYMENT_TYPE_BLUE_GREEN = 2
} cdp_deployment_type;

/** `"IN_PLACE"`, `"BLUE_GREEN"`. */
CDP_API const char *cdp_deployment_type_name(cdp_deployment_type type);
CDP_API cdp_status cdp_deployment_type_from_name(cdp_string name, cdp_deployment_type *type);

/** API shape DeploymentOption. */
typedef enum cdp_deployment_option {
    CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL = 1,
    CDP_DEPLOYMENT_OPTION_WITHOUT_TRAFFIC_CONTROL = 2
} cdp_deployment_option;

/** `"WITH_TRAFFIC_CONTROL"`, `"WITHOUT_TRAFFIC_CONTROL"`. */
CDP_API const char *cdp_deployment_option_name(cdp_deployment_option option);
CDP_API cdp_status cdp_deployment_option_from_name(cdp_string name, cdp_deployment_option *option);

/** What happens to the original instances (API shape InstanceAction). */
typedef enum cdp_termination_action {
    CDP_TERMINATION_TERMINATE = 1,
    CDP_TERMINATION_KEEP_ALIVE = 2
} cdp_termination_action;

/** `"TERMINATE"`, `"KEEP_ALIVE"`. */
CDP_API const char *cdp_termination_action_name(cdp_termination_action action);
CDP_API cdp_status cdp_termination_action_from_name(cdp_string name,
                                                    cdp_termination_action *action);

/** Where replacement instances come from (API shape GreenFleetProvisioningAction). */
typedef enum cdp_green_fleet {
    /** Not said. */
    CDP_GREEN_FLEET_NOT_SAID = 0,
    /** They are there already, and each deployment names them. */
    CDP_GREEN_FLEET_DISCOVER_EXISTING = 1,
    /** A copy is made of the group's one Auto Scaling group. */
    CDP_GREEN_FLEET_COPY_AUTO_SCALING_GROUP = 2
} cdp_green_fleet;

/** `"DISCOVER_EXISTING"`, `"COPY_AUTO_SCALING_GROUP"`. */
CDP_API const char *cdp_green_fleet_name(cdp_green_fleet green_fleet);
CDP_API cdp_status cdp_green_fleet_from_name(cdp_string name, cdp_green_fleet *green_fleet);

/** What makes a deployment roll back by itself (API shape AutoRollbackEvent). */
typedef enum cdp_rollback_event {
    CDP_ROLLBACK_EVENT_FAILURE = 1,
    CDP_ROLLBACK_EVENT_STOP_ON_ALARM = 2,
    CDP_ROLLBACK_EVENT_STOP_ON_REQUEST = 3
} cdp_rollback_event;

/** `"DEPLOYMENT_FAILURE"`, `"DEPLOYMENT_STOP_ON_ALARM"`, `"DEPLOYMENT_STOP_ON_REQUEST"`. */
CDP_API const char *cdp_rollback_event_name(cdp_rollback_event event);
CDP_API cdp_status cdp_rollback_event_from_name(cdp_string name, cdp_rollback_event *event);

/** What a trigger is told of (API shape TriggerEventType). */
typedef enum cdp_trigger_event {
    CDP_TRIGGER_DEPLOYMENT_START = 1,
    CDP_TRIGGER_DEPLOYMENT_SUCCESS = 2,
    CDP_TRIGGER_DEPLOYMENT_FAILURE = 3,
    CDP_TRIGGER_DEPLOYMENT_STOP = 4,
    CDP_TRIGGER_DEPLOYMENT_ROLLBACK = 5,
    /** Blue/green on Server only. */
    CDP_TRIGGER_DEPLOYMENT_READY = 6,
    /** Events of instances: Server only. */
    CDP_TRIGGER_INSTANCE_START = 7,
    CDP_TRIGGER_INSTANCE_SUCCESS = 8,
    CDP_TRIGGER_INSTANCE_FAILURE = 9,
    /** Blue/green on Server only. */
    CDP_TRIGGER_INSTANCE_READY = 10
} cdp_trigger_event;

/** `"DeploymentStart"` and so on. */
CDP_API const char *cdp_trigger_event_name(cdp_trigger_event event);
CDP_API cdp_status cdp_trigger_event_from_name(cdp_string name, cdp_trigger_event *event);

/** What a tag filter compares (API shapes EC2TagFilterType, TagFilterType). */
typedef enum cdp_tag_filter_type {
    /** There is a tag of this key, whatever its value. */
    CDP_TAG_FILTER_KEY_ONLY = 1,
    /** Some tag has this value, whatever its key. */
    CDP_TAG_FILTER_VALUE_ONLY = 2,
    /** A tag of this key has this value. */
    CDP_TAG_FILTER_KEY_AND_VALUE = 3
} cdp_tag_filter_type;

/** `"KEY_ONLY"`, `"VALUE_ONLY"`, `"KEY_AND_VALUE"`. */
CDP_API const char *cdp_tag_filter_type_name(cdp_tag_filter_type type);
CDP_API cdp_status cdp_tag_filter_type_from_name(cdp_string name, cdp_tag_filter_type *type);

/** What becomes of instances that are launched while a deployment runs (API shape
 *  OutdatedInstancesStrategy). */
typedef enum cdp_outdated_strategy {
    /** A deployment follows for them. The default. */
    CDP_OUTDATED_UPDATE = 1,
    CDP_OUTDATED_IGNORE = 2
} cdp_outdated_strategy;

/** `"UPDATE"`, `"IGNORE"`. */
CDP_API const char *cdp_outdated_strategy_name(cdp_outdated_strategy strategy);
CDP_API cdp_status cdp_outdated_strategy_from_name(cdp_string name,
                                                   cdp_outdated_strategy *strategy);

/** Where a revision lies (API shape RevisionLocationType). */
typedef enum cdp_revision_type {
    CDP_REVISION_TYPE_S3 = 1,
    CDP_REVISION_TYPE_GITHUB = 2,
    /** Deprecated: now #CDP_REVISION_TYPE_APPSPEC_CONTENT. */
    CDP_REVISION_TYPE_STRING = 3,
    CDP_REVISION_TYPE_APPSPEC_CONTENT = 4
} cdp_revision_type;

/** `"S3"`, `"GitHub"`, `"String"`, `"AppSpecContent"`. */
CDP_API const char *cdp_revision_type_name(cdp_revision_type type);
CDP_API cdp_status cdp_revision_type_from_name(cdp_string name, cdp_revision_type *type);

/** How a revision is packed (API shape BundleType). */
typedef enum cdp_bundle_type {
    CDP_BUNDLE_TYPE_TAR = 1,
    CDP_BUNDLE_TYPE_TGZ = 2,
    CDP_BUNDLE_TYPE_ZIP = 3,
    CDP_BUNDLE_TYPE_YAML = 4,
    CDP_BUNDLE_TYPE_JSON = 5
} cdp_bundle_type;

/** `"tar"`, `"tgz"`, `"zip"`, `"YAML"`, `"JSON"`. */
CDP_API const char *cdp_bundle_type_name(cdp_bundle_type type);
CDP_API cdp_status cdp_bundle_type_from_name(cdp_string name, cdp_bundle_type *type);

/* ---------------------------------------------------------------------------------------------- */
/* Reading and writing                                                                            */
/* ---------------------------------------------------------------------------------------------- */

/** A deployment group; immutable. */
typedef struct cdp_group cdp_group;

/** The JSON that a group is written in. */
typedef enum cdp_group_shape {
    /** Reading: found out. An object `deploymentGroupInfo` around it, or a member that only
     *  DeploymentGroupInfo has, make it #CDP_GROUP_SHAPE_INFO; otherwise, and when it has `tags`,
     *  it is #CDP_GROUP_SHAPE_CREATE. Not for writing. */
    CDP_GROUP_SHAPE_AUTO = 0,
    /** CreateDeploymentGroupInput. */
    CDP_GROUP_SHAPE_CREATE = 1,
    /** DeploymentGroupInfo, as GetDeploymentGroup returns it, with or without the object
     *  `deploymentGroupInfo` around it. */
    CDP_GROUP_SHAPE_INFO = 2
} cdp_group_shape;

/** How to read or build a group. All zero but `size` is a good choice. */
typedef struct cdp_group_options {
    /** sizeof(cdp_group_options) */
    size_t size;
    /** NULL for the C library's; copied. */
    const cdp_allocator *allocator;
    /** NULL for the defaults. */
    const cdp_limits *limits;
    cdp_group_shape shape;
    /** The application's platform; CreateDeploymentGroupInput does not hold it.
     *  #CDP_PLATFORM_AUTO: what the group says, or else what its content can only mean. */
    cdp_platform platform;
    /** The account's own deployment configurations, all of them: a name that is neither among them
     *  nor predefined is then refused. NULL: they are not known, and only names that begin with
     *  `CodeDeployDefault.` are looked up. Not kept. */
    const cdp_config *const *configs;
    size_t config_count;
} cdp_group_options;

/**
 * Reads a group from JSON (strict, RFC 8259) and checks it as CreateDeploymentGroup does, as far
 * as that is possible without looking at the account. Times may be seconds since 1970 or ISO 8601
 * texts, as the AWS CLI prints them.
 *
 * @param options      NULL for the defaults; nothing in it is kept but the allocator.
 * @param diagnostics  may be NULL; gets every violation, with its place in the text.
 * @return #CDP_OK, also with warnings; #CDP_ERR_INVALID; #CDP_ERR_LIMIT; #CDP_ERR_ARGUMENT;
 *         #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_group_parse(const char *bytes, size_t length,
                                   const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                   cdp_group **group);
CDP_API void cdp_group_free(cdp_group *group);

/**
 * Makes the group that an UpdateDeploymentGroupInput leads to: a member that is given replaces the
 * old one as a whole, an empty list empties it, an absent one keeps it. `currentDeploymentGroupName`
 * and `applicationName` may be absent and otherwise have to be the group's; `newDeploymentGroupName`
 * renames it. The same shape carries what a deployment overrides for itself
 * (`alarmConfiguration`, `autoRollbackConfiguration`).
 *
 * @param options      as for cdp_group_parse(); `shape` means nothing here.
 * @param diagnostics  may be NULL; findings about what was kept have no place.
 * @param updated      does not need `group` any more.
 * @return as cdp_group_parse().
 */
CDP_API cdp_status cdp_group_update(const cdp_group *group, const char *bytes, size_t length,
                                    const cdp_group_options *options, cdp_diagnostics *diagnostics,
                                    cdp_group **updated);

/**
 * Makes the group of the replacement environment: the same group, but its instances are those that
 * a deployment names (API shape TargetInstances: `tagFilters` or `ec2TagSet`, and
 * `autoScalingGroups`). Only for blue/green on Server.
 *
 * @param options      as for cdp_group_parse(); `shape` means nothing here.
 * @param diagnostics  may be NULL.
 * @return as cdp_group_parse().
 */
CDP_API cdp_status cdp_group_replacement(const cdp_group *group, const char *bytes, size_t length,
                                         const cdp_group_options *options,
                                         cdp_diagnostics *diagnostics, cdp_group **replacement);

/**
 * Appends a group as a JSON object, which cdp_group_parse() reads back to the same as far as the
 * shape goes: CreateDeploymentGroupInput has no id, platform, hooks, target revision and last
 * deployments, DeploymentGroupInfo has no tags of the group itself.
 *
 * @param shape   not #CDP_GROUP_SHAPE_AUTO.
 * @param indent  blanks for each level; 0 writes one line.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM, with the text as it was.
 */
CDP_API cdp_status cdp_group_write(const cdp_group *group, cdp_group_shape shape, unsigned indent,
                                   cdp_text *text);

/**
 * Looks at groups that exist at the same time: names that are taken, ECS services that belong to two
 * groups, more than 1,000 groups of one application, and Auto Scaling groups that several groups
 * use (a warning: their launch deployments collide on each new instance).
 *
 * @param groups       `count` groups, none NULL.
 * @param diagnostics  may be NULL. Findings have no place; pointers begin with the index of the
 *                     group concerned, which is the later of two: `/3/autoScalingGroups/0`.
 * @return #CDP_OK, also with warnings; #CDP_ERR_INVALID; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_group_check_together(const cdp_group *const *groups, size_t count,
                                            const cdp_allocator *allocator,
                                            cdp_diagnostics *diagnostics);

/* ---------------------------------------------------------------------------------------------- */
/* Looking at it                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

/** Names and single settings. */
typedef struct cdp_group_basics {
    /** sizeof(cdp_group_basics) */
    size_t size;
    cdp_string application_name;
    cdp_string name;
    /** Absent until the service has given one. */
    cdp_string id;
    cdp_string service_role_arn;
    /** Absent when the group names none; see cdp_config_resolve(). */
    cdp_string config_name;
    /** What the caller or the group said, or what its content can only mean; #CDP_PLATFORM_AUTO when
     *  it could be any. As an input: what the group says. */
    cdp_platform platform;
    /** As an output never 0: by default in place on Server and where the platform is not known,
     *  blue/green elsewhere. */
    cdp_deployment_type deployment_type;
    /** As an output never 0: by default without traffic control on Server and where the platform is
     *  not known, with it elsewhere. As an input 0 together with `deployment_type`. */
    cdp_deployment_option deployment_option;
    /** As an output never 0. */
    cdp_outdated_strategy outdated_strategy;
    /** 1: an Auto Scaling group that shrinks runs a termination deployment first. */
    int termination_hook;
    /** Must be 0. */
    int reserved;
} cdp_group_basics;

CDP_API cdp_status cdp_group_get_basics(const cdp_group *group, cdp_group_basics *basics);

/** Single members of #cdp_group_basics. */
CDP_API cdp_string cdp_group_application_name(const cdp_group *group);
CDP_API cdp_string cdp_group_name(const cdp_group *group);
CDP_API cdp_string cdp_group_config_name(const cdp_group *group);
CDP_API cdp_platform cdp_group_platform(const cdp_group *group);

/** The shape that a group was read in; #CDP_GROUP_SHAPE_AUTO for one that was made otherwise. */
CDP_API cdp_group_shape cdp_group_shape_read(const cdp_group *group);

/** A tag filter. The key is compared exactly; in the value `*` stands for any characters, none
 *  included. Case counts. (User guide, "create a deployment group for an in-place deployment".) */
typedef struct cdp_group_filter {
    /** sizeof(cdp_group_filter) */
    size_t size;
    /** As an output never 0: an absent type is what key and value tell. */
    cdp_tag_filter_type type;
    /** Must be 0. */
    int reserved;
    /** Absent for #CDP_TAG_FILTER_VALUE_ONLY. */
    cdp_string key;
    /** Absent for #CDP_TAG_FILTER_KEY_ONLY. */
    cdp_string value;
} cdp_group_filter;

/** The service's limit on the tag groups of a tag set. */
#define CDP_GROUP_TAG_GROUP_LIMIT 3

/**
 * How many tag groups select instances of a kind: an instance has to meet one filter of each. A plain
 * list of filters is one tag group.
 */
CDP_API size_t cdp_group_tag_group_count(const cdp_group *group, cdp_instance_kind kind);
/** 1 when they are written as a tag set and not as a plain list. */
CDP_API int cdp_group_has_tag_set(const cdp_group *group, cdp_instance_kind kind);
CDP_API size_t cdp_group_filter_count(const cdp_group *group, cdp_instance_kind kind,
                                      size_t tag_group);
CDP_API cdp_status cdp_group_filter_at(const cdp_group *group, cdp_instance_kind kind,
                                       size_t tag_group, size_t index, cdp_group_filter *filter);

/** An Auto Scaling group (API shape AutoScalingGroup). */
typedef struct cdp_group_auto_scaling {
    /** sizeof(cdp_group_auto_scaling) */
    size_t size;
    cdp_string name;
    /** The lifecycle hooks that the service has installed; absent when not told. */
    cdp_string hook;
    cdp_string termination_hook;
} cdp_group_auto_scaling;

CDP_API size_t cdp_group_auto_scaling_count(const cdp_group *group);
CDP_API cdp_status cdp_group_auto_scaling_at(const cdp_group *group, size_t index,
                                             cdp_group_auto_scaling *auto_scaling);

/** An ECS service (API shape ECSService). */
typedef struct cdp_group_ecs_service {
    /** sizeof(cdp_group_ecs_service) */
    size_t size;
    cdp_string cluster;
    cdp_string service;
} cdp_group_ecs_service;

CDP_API cdp_status cdp_group_get_ecs_service(const cdp_group *group,
                                             cdp_group_ecs_service *service);

/** Names of Classic Load Balancers (`elbInfoList`). */
CDP_API size_t cdp_group_load_balancer_count(const cdp_group *group);
CDP_API cdp_status cdp_group_load_balancer_at(const cdp_group *group, size_t index,
                                              cdp_string *name);
/** Names of target groups (`targetGroupInfoList`). */
CDP_API size_t cdp_group_target_group_count(const cdp_group *group);
CDP_API cdp_status cdp_group_target_group_at(const cdp_group *group, size_t index,
                                             cdp_string *name);

/** The two target groups between which an ECS deployment moves traffic, and the listeners that it
 *  changes (API shape TargetGroupPairInfo). */
typedef struct cdp_group_target_group_pair {
    /** sizeof(cdp_group_target_group_pair) */
    size_t size;
    cdp_string target_groups[2];
    cdp_string production_listener_arn;
    /** Absent when there is no test traffic. */
    cdp_string test_listener_arn;
} cdp_group_target_group_pair;

CDP_API cdp_status cdp_group_get_target_group_pair(const cdp_group *group,
                                                   cdp_group_target_group_pair *pair);

/** API shape BlueGreenDeploymentConfiguration. */
typedef struct cdp_group_blue_green {
    /** sizeof(cdp_group_blue_green) */
    size_t size;
    cdp_termination_action termination_action;
    cdp_ready_action ready_action;
    /** Minutes before the originals are terminated. */
    int64_t termination_wait_minutes;
    /** Minutes before #CDP_READY_ACTION_STOP_DEPLOYMENT stops a deployment that nobody continued. */
    int64_t ready_wait_minutes;
    cdp_green_fleet green_fleet;
    /** Must be 0. */
    int reserved;
} cdp_group_blue_green;

CDP_API cdp_status cdp_group_get_blue_green(const cdp_group *group,
                                            cdp_group_blue_green *blue_green);

/** A notification trigger (API shape TriggerConfig). */
typedef struct cdp_group_trigger {
    /** sizeof(cdp_group_trigger) */
    size_t size;
    cdp_string name;
    /** The ARN of an SNS topic. */
    cdp_string target_arn;
    /** Bit n stands for the #cdp_trigger_event of value n. */
    uint32_t events;
    /** Must be 0. */
    uint32_t reserved;
} cdp_group_trigger;

CDP_API size_t cdp_group_trigger_count(const cdp_group *group);
CDP_API cdp_status cdp_group_trigger_at(const cdp_group *group, size_t index,
                                        cdp_group_trigger *trigger);

/** API shape AlarmConfiguration. */
typedef struct cdp_group_alarms {
    /** sizeof(cdp_group_alarms) */
    size_t size;
    /** 0: the list is kept, but nobody looks at it. */
    int enabled;
    /** 1: a deployment goes on when the state of an alarm cannot be told; 0: it stops. */
    int ignore_poll_failure;
} cdp_group_alarms;

CDP_API cdp_status cdp_group_get_alarms(const cdp_group *group, cdp_group_alarms *alarms);
CDP_API size_t cdp_group_alarm_count(const cdp_group *group);
CDP_API cdp_status cdp_group_alarm_at(const cdp_group *group, size_t index, cdp_string *name);

/** API shape AutoRollbackConfiguration. */
typedef struct cdp_group_auto_rollback {
    /** sizeof(cdp_group_auto_rollback) */
    size_t size;
    /** 0: the events are kept, but nothing rolls back. */
    int enabled;
    /** Bit n stands for the #cdp_rollback_event of value n. */
    uint32_t events;
} cdp_group_auto_rollback;

CDP_API cdp_status cdp_group_get_auto_rollback(const cdp_group *group,
                                               cdp_group_auto_rollback *auto_rollback);

/** Where a revision is to be found (API shape RevisionLocation). Of the texts those of its type
 *  are there, the others are absent. */
typedef struct cdp_group_revision {
    /** sizeof(cdp_group_revision) */
    size_t size;
    cdp_revision_type type;
    /** Amazon S3; 0 when not said. */
    cdp_bundle_type bundle_type;
    cdp_string bucket;
    cdp_string key;
    cdp_string version;
    cdp_string etag;
    /** GitHub. */
    cdp_string repository;
    cdp_string commit_id;
    /** The AppSpec itself, or the deprecated String. */
    cdp_string content;
    cdp_string sha256;
} cdp_group_revision;

/** The revision that was last aimed at; deployments that start by themselves use it. */
CDP_API cdp_status cdp_group_get_target_revision(const cdp_group *group,
                                                 cdp_group_revision *revision);

/** One of the two deployments that the service remembers of a group. */
typedef enum cdp_group_last {
    CDP_GROUP_LAST_SUCCESSFUL = 1,
    CDP_GROUP_LAST_ATTEMPTED = 2
} cdp_group_last;

/** API shape LastDeploymentInfo. */
typedef struct cdp_group_last_deployment {
    /** sizeof(cdp_group_last_deployment) */
    size_t size;
    cdp_string id;
    /** 0 when not said. */
    cdp_deployment_status status;
    /** 1 when the time of that name is told. */
    int has_create_time;
    int has_end_time;
    /** Must be 0. */
    int reserved;
    /** Milliseconds since 1970 in UTC. */
    int64_t create_time_ms;
    int64_t end_time_ms;
} cdp_group_last_deployment;

CDP_API cdp_status cdp_group_get_last_deployment(const cdp_group *group, cdp_group_last which,
                                                 cdp_group_last_deployment *deployment);

/** Tags of the group itself, not of its instances. */
CDP_API size_t cdp_group_resource_tag_count(const cdp_group *group);
CDP_API cdp_status cdp_group_resource_tag_at(const cdp_group *group, size_t index, cdp_tag *tag);

/* ---------------------------------------------------------------------------------------------- */
/* Building without text                                                                          */
/* ---------------------------------------------------------------------------------------------- */

/**
 * Puts a group together, part by part. Setters copy what they are given, replace what was set
 * before, and check only that enumerators are some. cdp_group_builder_finish() makes all checks. Belongs to one thread at a time. Every setter returns
 * #CDP_OK, #CDP_ERR_NOMEM (nothing changed), #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT.
 */
typedef struct cdp_group_builder cdp_group_builder;

/**
 * @param allocator  NULL for the C library's; copied.
 * @param start      the group to begin with; NULL to begin with nothing.
 */
CDP_API cdp_status cdp_group_builder_new(const cdp_allocator *allocator, const cdp_group *start,
                                         cdp_group_builder **builder);
CDP_API void cdp_group_builder_free(cdp_group_builder *builder);

/** Members that are absent or 0 are as if they were not said. */
CDP_API cdp_status cdp_group_builder_set_basics(cdp_group_builder *builder,
                                                const cdp_group_basics *basics);

/**
 * Adds a tag filter to a tag group, numbered from 0; the number after the last one begins another.
 * The first tag group is written as a plain list of filters until there is a second one, or
 * cdp_group_builder_use_tag_set() says otherwise. `type` 0: as key and value tell.
 */
CDP_API cdp_status cdp_group_builder_add_filter(cdp_group_builder *builder, cdp_instance_kind kind,
                                                size_t tag_group, const cdp_group_filter *filter);
/** Makes a tag set of what is there, even of a single tag group. */
CDP_API cdp_status cdp_group_builder_use_tag_set(cdp_group_builder *builder,
                                                 cdp_instance_kind kind);
CDP_API cdp_status cdp_group_builder_add_auto_scaling(cdp_group_builder *builder,
                                                      const cdp_group_auto_scaling *auto_scaling);
CDP_API cdp_status cdp_group_builder_set_ecs_service(cdp_group_builder *builder,
                                                     const cdp_group_ecs_service *service);
CDP_API cdp_status cdp_group_builder_add_load_balancer(cdp_group_builder *builder, cdp_string name);
CDP_API cdp_status cdp_group_builder_add_target_group(cdp_group_builder *builder, cdp_string name);
CDP_API cdp_status cdp_group_builder_set_target_group_pair(cdp_group_builder *builder,
                                                           const cdp_group_target_group_pair *pair);
CDP_API cdp_status cdp_group_builder_set_blue_green(cdp_group_builder *builder,
                                                    const cdp_group_blue_green *blue_green);
CDP_API cdp_status cdp_group_builder_add_trigger(cdp_group_builder *builder,
                                                 const cdp_group_trigger *trigger);
CDP_API cdp_status cdp_group_builder_set_alarms(cdp_group_builder *builder,
                                                const cdp_group_alarms *alarms);
/** Alarms that nobody has set are enabled by the first one that is added. */
CDP_API cdp_status cdp_group_builder_add_alarm(cdp_group_builder *builder, cdp_string name);
CDP_API cdp_status cdp_group_builder_set_auto_rollback(
    cdp_group_builder *builder, const cdp_group_auto_rollback *auto_rollback);
CDP_API cdp_status cdp_group_builder_set_target_revision(cdp_group_builder *builder,
                                                         const cdp_group_revision *revision);
CDP_API cdp_status cdp_group_builder_set_last_deployment(
    cdp_group_builder *builder, cdp_group_last which, const cdp_group_last_deployment *deployment);
CDP_API cdp_status cdp_group_builder_add_resource_tag(cdp_group_builder *builder,
                                                      const cdp_tag *tag);

/** A list that cdp_group_builder_clear() empties. */
typedef enum cdp_group_list {
    CDP_GROUP_LIST_EC2_FILTERS = 1,
    CDP_GROUP_LIST_ON_PREMISES_FILTERS = 2,
    CDP_GROUP_LIST_AUTO_SCALING_GROUPS = 3,
    CDP_GROUP_LIST_ECS_SERVICES = 4,
    /** Load balancers, target groups and the pair. */
    CDP_GROUP_LIST_LOAD_BALANCERS = 5,
    CDP_GROUP_LIST_TRIGGERS = 6,
    CDP_GROUP_LIST_ALARMS = 7,
    CDP_GROUP_LIST_RESOURCE_TAGS = 8
} cdp_group_list;

/** Takes out everything of one kind. */
CDP_API cdp_status cdp_group_builder_clear(cdp_group_builder *builder, cdp_group_list list);

/**
 * Checks what was put together, by the same rules as cdp_group_parse(), and makes the group. The
 * builder is as it was and may be used on.
 *
 * @param options      NULL for the defaults; its allocator is the group's, `shape` means nothing.
 * @param diagnostics  may be NULL; findings have pointers, but no places.
 * @return as cdp_group_parse().
 */
CDP_API cdp_status cdp_group_builder_finish(const cdp_group_builder *builder,
                                            const cdp_group_options *options,
                                            cdp_diagnostics *diagnostics, cdp_group **group);

#ifdef __cplusplus
}
#endif

#endif
