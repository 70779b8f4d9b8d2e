/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_CONFIG_H
#define CODEDEPLOY_CONFIG_H

/**
 * @file
 * Deployment configurations: how many instances a Server deployment may take at once, or how fast
 * a Lambda or ECS deployment shifts traffic.
 *
 * A #cdp_config is immutable. The 17 predefined ones are part of the library: they are never freed
 * and need no memory. Others are made from fields (cdp_config_new()) or read from the API's JSON
 * (cdp_config_parse()); whatever is wrong with them is reported all at once, each finding with the
 * exception that the API would throw (cdp_diagnostic_info.api_name).
 *
 * Sources: user guide, pages "deployment configurations", "instance health" and "limits"; API
 * shapes DeploymentConfigInfo, CreateDeploymentConfigInput, MinimumHealthyHosts,
 * TrafficRoutingConfig, ZonalConfig.
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>
#include <codedeploy/platform.h>
#include <codedeploy/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How a number of healthy hosts is told. (API shape MinimumHealthyHostsType.) */
typedef enum cdp_minimum_type {
    /** No minimum: the configuration is not one for Server. */
    CDP_MINIMUM_NONE = 0,
    /** An absolute number of instances, from 0. */
    CDP_MINIMUM_HOST_COUNT = 1,
    /** A percentage of the instances of the deployment, 0 to 99, rounded up to whole instances. */
    CDP_MINIMUM_FLEET_PERCENT = 2,
    /** All but this many instances. The API tells it of CodeDeployDefault.OneAtATime; nobody can
     *  set it. */
    CDP_MINIMUM_MOST_CONCURRENCY = 3
} cdp_minimum_type;

/** How traffic moves. (API shape TrafficRoutingType.) */
typedef enum cdp_traffic_type {
    /** No traffic routing: the configuration is one for Server. */
    CDP_TRAFFIC_NONE = 0,
    /** Everything in one step. */
    CDP_TRAFFIC_ALL_AT_ONCE = 1,
    /** A part first, and after the interval the rest. */
    CDP_TRAFFIC_TIME_BASED_CANARY = 2,
    /** Equal parts with the interval between them, the first at once. */
    CDP_TRAFFIC_TIME_BASED_LINEAR = 3
} cdp_traffic_type;

/** The API's spelling, `"HOST_COUNT"`; `"none"` for 0, `"unknown"` for anything else. Static. */
CDP_API const char *cdp_minimum_type_name(cdp_minimum_type type);

/** The API's spelling, `"TimeBasedCanary"`; `"none"` for 0, `"unknown"` otherwise. Static. */
CDP_API const char *cdp_traffic_type_name(cdp_traffic_type type);

/** A deployment configuration. May be read from many threads. */
typedef struct cdp_config cdp_config;

/**
 * What a configuration consists of: the input of cdp_config_new(), the output of
 * cdp_config_describe(). Members left zero are absent.
 */
typedef struct cdp_config_options {
    /** sizeof(cdp_config_options) */
    size_t size;
    /** 1 to 100 of a-z A-Z 0-9 . _ + = , @ - and not beginning with `CodeDeployDefault.`. Absent
     *  for a configuration of the host's own that no service has to know. */
    cdp_string name;
    /** #CDP_PLATFORM_AUTO stands for Server, as in the API. */
    cdp_platform platform;
    /** Server only, and required there: #CDP_MINIMUM_HOST_COUNT or #CDP_MINIMUM_FLEET_PERCENT. */
    cdp_minimum_type minimum_type;
    int64_t minimum_value;
    /** Lambda and ECS only, and required there. */
    cdp_traffic_type traffic_type;
    /** 1 when the members below about zones count: one Availability Zone at a time. Server only. */
    int has_zones;
    /** Canary and linear: percent of the traffic in one increment, 1 to 99. */
    int64_t traffic_percentage;
    /** Canary and linear: minutes between two increments, 1 to 2880; all of them together take
     *  at most 2880 minutes. */
    int64_t traffic_interval_minutes;
    /** 1 when the member of the same name is given. */
    int has_zone_monitor_seconds;
    int has_first_zone_monitor_seconds;
    /** How long to watch a zone before the next one begins; absent: not at all. From 0. */
    int64_t zone_monitor_seconds;
    /** The same for the first zone only; absent: as `zone_monitor_seconds`. */
    int64_t first_zone_monitor_seconds;
    /** Healthy hosts that each zone keeps, beside the whole deployment's minimum;
     *  #CDP_MINIMUM_NONE: none. */
    cdp_minimum_type zone_minimum_type;
    int64_t zone_minimum_value;
} cdp_config_options;

/**
 * Makes a configuration from its parts and checks them as CreateDeploymentConfig does.
 * @param options      copied.
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  may be NULL; gets every violation, not only the first. Pointers name the
 *                     member of CreateDeploymentConfigInput.
 * @return #CDP_OK; #CDP_ERR_INVALID when it is refused; #CDP_ERR_ARGUMENT for NULL or an
 *         enumerator that is none; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_config_new(const cdp_config_options *options, const cdp_allocator *allocator,
                                  cdp_diagnostics *diagnostics, cdp_config **config);
CDP_API void cdp_config_free(cdp_config *config);

/** The JSON that a configuration is written in. */
typedef enum cdp_config_shape {
    /** The input of CreateDeploymentConfig: named, and nothing that only the service can set. */
    CDP_CONFIG_SHAPE_CREATE = 1,
    /** DeploymentConfigInfo, as GetDeploymentConfig returns it, with or without the object
     *  `deploymentConfigInfo` around it. Predefined names and MOST_CONCURRENCY are known here; what
     *  is written under a predefined name gives way to what the name means, with a warning where
     *  the two differ. */
    CDP_CONFIG_SHAPE_INFO = 2,
    /** The properties of the CloudFormation hook AWS::CodeDeploy::BlueGreen, an object that may
     *  hold a `TrafficRoutingConfig` with `StepPercentage` (14 to 99, default 15) and
     *  `BakeTimeMins` (default 5); without one it is a canary of 15 percent and 5 minutes. The
     *  platform is ECS, and such configurations have no name. */
    CDP_CONFIG_SHAPE_HOOK = 3
} cdp_config_shape;

/**
 * Reads a configuration from JSON (strict, RFC 8259).
 * @param shape        what the object is; members that it does not have are warned of.
 * @param limits       NULL for the defaults.
 * @param allocator    NULL for the C library's; copied.
 * @param diagnostics  may be NULL; gets everything that is wrong, with its place in the text.
 * @param config       does not need `bytes` any more.
 * @return #CDP_OK; #CDP_ERR_INVALID; #CDP_ERR_LIMIT; #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT;
 *         #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_config_parse(const char *bytes, size_t length, cdp_config_shape shape,
                                    const cdp_limits *limits, const cdp_allocator *allocator,
                                    cdp_diagnostics *diagnostics, cdp_config **config);

/**
 * Appends a configuration as a JSON object, which cdp_config_parse() reads back to the same (for
 * #CDP_CONFIG_SHAPE_CREATE: of configurations that can be created, so neither nameless nor
 * predefined ones).
 * @param indent  blanks for each level; 0 writes one line.
 * @return #CDP_OK; #CDP_ERR_UNSUPPORTED when the shape cannot express it: the hook knows only ECS
 *         and increments from 14 percent; #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM. Nothing is appended
 *         unless it is #CDP_OK.
 */
CDP_API cdp_status cdp_config_write(const cdp_config *config, cdp_config_shape shape,
                                    unsigned indent, cdp_text *text);

/** How many configurations are predefined (17), and the one at an index, else NULL. */
CDP_API size_t cdp_config_predefined_count(void);
CDP_API const cdp_config *cdp_config_predefined_at(size_t index);

/**
 * Finds a configuration by its exact name: the predefined ones first, then the host's own.
 * @param customs      `count` configurations; NULL when `count` is 0.
 * @param diagnostics  may be NULL; told what is wrong with the name, and what it may mean.
 * @param config       lives as long as what it was found in; predefined ones for ever.
 * @return #CDP_OK; #CDP_ERR_NOT_FOUND; #CDP_ERR_INVALID for what cannot be a name;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM (only for the diagnostics).
 */
CDP_API cdp_status cdp_config_find(cdp_string name, const cdp_config *const *customs, size_t count,
                                   cdp_diagnostics *diagnostics, const cdp_config **config);

/**
 * The configuration's name that AWS SAM means by a `DeploymentPreference.Type`:
 * `Canary10Percent5Minutes` is `CodeDeployDefault.LambdaCanary10Percent5Minutes`; any other word
 * is a name already and comes back as it is. (aws/serverless-application-model,
 * deployment_preference_collection.py.)
 */
CDP_API cdp_string cdp_config_name_from_sam(cdp_string type);

/** The name; absent when it has none. */
CDP_API cdp_string cdp_config_name(const cdp_config *config);
/** Never #CDP_PLATFORM_AUTO, except for NULL. */
CDP_API cdp_platform cdp_config_platform(const cdp_config *config);
/** 1 for the library's own 17, and for what was read under one of their names. */
CDP_API int cdp_config_is_predefined(const cdp_config *config);

CDP_API cdp_minimum_type cdp_config_minimum_type(const cdp_config *config);
CDP_API int64_t cdp_config_minimum_value(const cdp_config *config);

CDP_API cdp_traffic_type cdp_config_traffic_type(const cdp_config *config);
/** Percent in one increment; 100 when everything moves at once, 0 when nothing does (Server). */
CDP_API int32_t cdp_config_traffic_percentage(const cdp_config *config);
/** Minutes between two increments; 0 when there is only one. */
CDP_API int32_t cdp_config_traffic_interval_minutes(const cdp_config *config);

/** 1 when the deployment goes zone by zone. */
CDP_API int cdp_config_has_zones(const cdp_config *config);
/** Milliseconds to watch zone number `zone` (in order of deployment, from 0) before the next one
 *  begins; the caller leaves it out after the last zone. 0 without zones. */
CDP_API int64_t cdp_config_zone_wait_ms(const cdp_config *config, size_t zone);
/** With zones never #CDP_MINIMUM_NONE: the default is 0 percent. */
CDP_API cdp_minimum_type cdp_config_zone_minimum_type(const cdp_config *config);
CDP_API int64_t cdp_config_zone_minimum_value(const cdp_config *config);

/** Fills in all parts, such that cdp_config_new() would make the same again (predefined ones
 *  excepted: their names and MOST_CONCURRENCY cannot be set).
 *  @return #CDP_OK, #CDP_ERR_ARGUMENT or #CDP_ERR_STRUCT. */
CDP_API cdp_status cdp_config_describe(const cdp_config *config, cdp_config_options *options);

/**
 * How many of a deployment's instances have to stay healthy; it is fixed when the deployment
 * starts. Percentages are rounded up. CodeDeployDefault.OneAtATime: all but one (its 99 percent of
 * the user guide would be all for fewer than 100 instances). CodeDeployDefault.HalfAtATime of a
 * single instance: 0, or it could never be deployed to.
 *
 * A minimum that is not smaller than `instances` fails the deployment before it touches one.
 *
 * @param instances  from 0.
 * @return #CDP_OK; #CDP_ERR_ARGUMENT for NULL or a negative number; #CDP_ERR_NOT_FOUND when the
 *         configuration is not one for Server.
 */
CDP_API cdp_status cdp_config_minimum_for(const cdp_config *config, int64_t instances,
                                          int64_t *minimum);

/**
 * The same for one zone's instances and the zones' minimum.
 * @return as cdp_config_minimum_for(); #CDP_ERR_NOT_FOUND without zones.
 */
CDP_API cdp_status cdp_config_zone_minimum_for(const cdp_config *config, int64_t instances,
                                               int64_t *minimum);

/**
 * What a deployment uses when neither it nor its group says: CodeDeployDefault.OneAtATime,
 * .LambdaAllAtOnce or .ECSAllAtOnce. (API shape CreateDeploymentInput for Server; the user guide
 * does not name the other two.)
 * @return NULL for a platform that is none of the three.
 */
CDP_API const cdp_config *cdp_config_default(cdp_platform platform);

/**
 * The configuration of a deployment: its own, else its group's, else cdp_config_default().
 * @param deployment_config  NULL when the deployment names none.
 * @param group_config       NULL when the group names none.
 */
CDP_API const cdp_config *cdp_config_resolve(cdp_platform platform,
                                             const cdp_config *deployment_config,
                                             const cdp_config *group_config);

/**
 * The configuration that an automatic rollback runs with: everything at once on Lambda and ECS;
 * on Server the failed deployment's own, but without its zones.
 * @return lives as long as `failed`; NULL for NULL.
 */
CDP_API const cdp_config *cdp_config_for_rollback(const cdp_config *failed);

/** What a configuration is to be used for. Members left zero: no. */
typedef struct cdp_config_use {
    /** sizeof(cdp_config_use) */
    size_t size;
    /** The application's platform; required. */
    cdp_platform platform;
    /** 1 for a blue/green deployment on Server. */
    int blue_green;
    /** 1 when on-premises instances are among the targets. */
    int on_premises;
    /** 1 when an ECS service stands behind a Network Load Balancer. */
    int network_load_balancer;
} cdp_config_use;

/**
 * Checks that a configuration can be used for a deployment: it belongs to the platform, goes zone
 * by zone only in place on EC2 instances, and shifts at once behind a Network Load Balancer.
 * @return #CDP_OK; #CDP_ERR_INVALID with every violation in `diagnostics` (may be NULL);
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_STRUCT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_config_check_use(const cdp_config *config, const cdp_config_use *use,
                                        cdp_diagnostics *diagnostics);

/** How many configurations of its own an account may have. (User guide, limits.) */
#define CDP_CONFIG_CUSTOM_LIMIT 200

/**
 * Checks that an account which has `customs` may add `config`: it has a name, the name is free,
 * and there are fewer than #CDP_CONFIG_CUSTOM_LIMIT.
 * @return as cdp_config_check_use().
 */
CDP_API cdp_status cdp_config_check_create(const cdp_config *config,
                                           const cdp_config *const *customs, size_t count,
                                           cdp_diagnostics *diagnostics);

/**
 * Checks that a configuration may be deleted: it is not predefined and not in use.
 * @param in_use  1 when a deployment group or an unfinished deployment refers to it.
 * @return as cdp_config_check_use().
 */
CDP_API cdp_status cdp_config_check_delete(const cdp_config *config, int in_use,
                                           cdp_diagnostics *diagnostics);

#ifdef __cplusplus
}
#endif

#endif
