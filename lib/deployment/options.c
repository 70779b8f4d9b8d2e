/* SPDX-License-Identifier: MIT */
/* What a deployment is made from, checked as CreateDeployment checks it. */
#include "deployment/new.h"

#include "base/number.h"
#include "base/sized.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "deployment/inputs.h"
#include "deployment/refuse.h"
#include "group/revision.h"

enum {
    MOST_ID_BYTES = 100,
    MOST_DESCRIPTION = 256,
    MOST_ALARMS = 10,
    MOST_ALARM_NAME = 255,
    TARGET_LIMIT = 1000
};

#define HOURS_MS INT64_C(3600000)

/* All problems are told, not only the first: `bad` remembers that there was one. */
typedef struct checking {
    cdp_deployment *deployment;
    const cdp_deployment_options *options;
    cdp_diagnostics *diagnostics;
    bool bad;
    cdp_status status;
} checking;

static void complain(checking *check, cdp_diagnostic_code code, cdp_string first, cdp_string second)
{
    cdp_status status =
        cdp_deployment_refuse(CDP_ERR_INVALID, check->diagnostics, code, first, second);

    check->bad = true;
    if (status != CDP_ERR_INVALID && check->status == CDP_OK)
        check->status = status;
}

static cdp_string none(void)
{
    return (cdp_string){NULL, 0};
}

static void keep(checking *check, cdp_string from, cdp_string *copy)
{
    cdp_status status = cdp_arena_copy(&check->deployment->arena, from, copy);

    if (status != CDP_OK)
        check->status = status;
}

/* ---------------------------------------------------------------------------------------------- */

bool cdp_is_deployment_id(cdp_string id)
{
    if (id.length == 0 || id.length > MOST_ID_BYTES)
        return false;
    for (size_t i = 0; i < id.length; i++) {
        if (id.data[i] <= ' ' || id.data[i] > '~')
            return false;
    }
    return true;
}

static size_t characters(cdp_string text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.length; count++) {
        size_t length = cdp_utf8_length(text, at);

        at += length ? length : 1;
    }
    return count;
}

static void take_texts(checking *check)
{
    const cdp_deployment_options *options = check->options;
    cdp_deployment *deployment = check->deployment;
    cdp_number_buffer count;

    if (!cdp_is_deployment_id(options->id))
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_ID, options->id, none());
    if (characters(options->description) > MOST_DESCRIPTION)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_DESCRIPTION,
                 cdp_number_text((int64_t)characters(options->description), &count), none());
    keep(check, options->id, &deployment->id);
    keep(check, options->description, &deployment->description);
    keep(check, options->root_id, &deployment->root_id);
    keep(check, options->region.length ? options->region : CDP_STR("us-east-1"),
         &deployment->region);
    keep(check, options->account_id.length ? options->account_id : CDP_STR("000000000000"),
         &deployment->account_id);
}

static void take_platform(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    const cdp_appspec *appspec = check->options->appspec;
    cdp_platform group = cdp_group_platform(check->options->group);

    deployment->platform = group != CDP_PLATFORM_AUTO ? group : cdp_appspec_platform(appspec);
    if (deployment->platform == CDP_PLATFORM_AUTO)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_PLATFORM, none(), none());
    else if (appspec && cdp_appspec_platform(appspec) != deployment->platform)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_PLATFORM,
                 cdp_string_of(cdp_platform_name(cdp_appspec_platform(appspec))),
                 cdp_string_of(cdp_platform_name(deployment->platform)));
    else if (!appspec && !cdp_is_server(deployment))
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_APPSPEC_MISSING,
                 cdp_string_of(cdp_platform_name(deployment->platform)), none());
}

static void take_style(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    cdp_group_basics basics = {.size = sizeof basics};
    size_t balancers;

    (void)cdp_group_get_basics(check->options->group, &basics);
    deployment->type =
        cdp_is_server(deployment) ? basics.deployment_type : CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    if (cdp_is_auto_scaling(deployment))
        deployment->type = CDP_DEPLOYMENT_TYPE_IN_PLACE;
    balancers = cdp_group_load_balancer_count(check->options->group) +
                cdp_group_target_group_count(check->options->group);
    deployment->has_load_balancer =
        balancers > 0 || !cdp_is_server(deployment) || cdp_is_auto_scaling(deployment) ||
        (deployment->type == CDP_DEPLOYMENT_TYPE_IN_PLACE &&
         basics.deployment_option != CDP_DEPLOYMENT_OPTION_WITH_TRAFFIC_CONTROL);
}

/* An option that says something about a platform where it means nothing. */
static void refuse_elsewhere(checking *check, bool given, bool fits, const char *option)
{
    if (given && !fits)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_PLATFORM, cdp_string_of(option),
                 cdp_string_of(cdp_platform_name(check->deployment->platform)));
}

/* Instances need a bundle; what moves traffic is an AppSpec, which does not come from GitHub. */
static bool revision_fits(const checking *check, cdp_revision_type type)
{
    if (type == CDP_REVISION_TYPE_S3)
        return true;
    return (type == CDP_REVISION_TYPE_GITHUB) == cdp_is_server(check->deployment);
}

static void take_revision(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    cdp_status status;

    if (!check->options->revision || check->status != CDP_OK)
        return;
    status =
        cdp_revision_import(&deployment->arena, check->options->revision, &deployment->revision);
    if (status != CDP_OK)
        check->status = status;
    else if (!revision_fits(check, deployment->revision.type))
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_REVISION_TYPE,
                 cdp_string_of(cdp_revision_type_name(deployment->revision.type)),
                 cdp_string_of(cdp_platform_name(deployment->platform)));
    deployment->has_revision = true;
}

static void check_options(checking *check)
{
    const cdp_deployment_options *options = check->options;
    bool server = cdp_is_server(check->deployment);
    cdp_number_buffer number;

    if ((unsigned)options->file_exists_behavior > CDP_FILE_EXISTS_RETAIN)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_FILE_EXISTS,
                 cdp_number_text((int64_t)options->file_exists_behavior, &number), none());

    if (options->update_outdated_instances_only && !server)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_OUTDATED_ONLY,
                 cdp_string_of(cdp_platform_name(check->deployment->platform)), none());
    refuse_elsewhere(check, options->rollout != NULL, server, "rollout");
    refuse_elsewhere(check, options->schedule != NULL, !server, "schedule");
    refuse_elsewhere(check, options->host_begins_events, server, "host_begins_events");
    refuse_elsewhere(check, options->whole_targets, server, "whole_targets");
    refuse_elsewhere(check, cdp_is_auto_scaling(check->deployment), server, "creator");
    refuse_elsewhere(check, options->file_exists_behavior != CDP_FILE_EXISTS_UNSET, server,
                     "file_exists_behavior");
    refuse_elsewhere(check, options->target_limit != 0, server, "target_limit");
    refuse_elsewhere(check, options->network_load_balancer,
                     check->deployment->platform == CDP_PLATFORM_ECS, "network_load_balancer");
    if ((options->alarm_names || options->alarm_count) && !options->alarms)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_OPTION_ALONE, CDP_STR("alarm_names"),
                 CDP_STR("alarms"));
    if (options->host_begins_events && options->whole_targets)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_CONTRADICTION, CDP_STR("host_begins_events"),
                 CDP_STR("whole_targets"));
}

/* ---------------------------------------------------------------------------------------------- */
/* Configuration and blue/green                                                                   */
/* ---------------------------------------------------------------------------------------------- */

static void take_config(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    cdp_string name = cdp_group_config_name(check->options->group);
    cdp_config_use use = {
        .size = sizeof use,
        .platform = deployment->platform,
        .blue_green = cdp_is_blue_green_server(deployment),
        .network_load_balancer = check->options->network_load_balancer != 0,
    };
    cdp_status status = CDP_OK;

    deployment->config = check->options->config;
    if (!deployment->config && name.length)
        status = cdp_config_find(name, NULL, 0, check->diagnostics, &deployment->config);
    if (!deployment->config && status == CDP_OK)
        deployment->config = cdp_config_default(deployment->platform);
    if (status == CDP_OK && deployment->config)
        status = cdp_config_check_use(deployment->config, &use, check->diagnostics);
    if (status == CDP_ERR_INVALID || status == CDP_ERR_NOT_FOUND)
        check->bad = true;
    else if (status != CDP_OK)
        check->status = status;
}

static void take_blue_green(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    cdp_group_blue_green *blue_green = &deployment->blue_green;

    *blue_green = (cdp_group_blue_green){.size = sizeof *blue_green};
    deployment->has_blue_green =
        cdp_group_get_blue_green(check->options->group, blue_green) == CDP_OK;
    if (blue_green->termination_action == 0)
        blue_green->termination_action = CDP_TERMINATION_TERMINATE;
}

static void take_schedule(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    cdp_status status;

    if (cdp_is_server(deployment) || !deployment->config || check->bad)
        return;
    deployment->schedule = check->options->schedule;
    if (deployment->schedule)
        return;
    status = cdp_traffic_schedule_from_config(deployment->config, NULL, &deployment->allocator,
                                              &deployment->own_schedule);
    if (status != CDP_OK)
        check->status = status;
    deployment->schedule = deployment->own_schedule;
}

/* ---------------------------------------------------------------------------------------------- */
/* Alarms and rollback                                                                            */
/* ---------------------------------------------------------------------------------------------- */

static cdp_string alarm_name(const checking *check, size_t index)
{
    cdp_string name = none();

    if (check->options->alarms)
        return check->options->alarm_names[index];
    (void)cdp_group_alarm_at(check->options->group, index, &name);
    return name;
}

static void check_alarms(checking *check, const cdp_group_alarms *alarms)
{
    const cdp_deployment *deployment = check->deployment;
    cdp_number_buffer count;

    if (deployment->alarm_count > MOST_ALARMS)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_TOO_MANY_ALARMS,
                 cdp_number_text((int64_t)deployment->alarm_count, &count), none());
    if (alarms->enabled && deployment->alarm_count == 0)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS, CDP_STR("the list is empty"), none());
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        cdp_string name = deployment->alarms[i].name;

        if (name.length == 0 || characters(name) > MOST_ALARM_NAME)
            complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS,
                     CDP_STR("a name has no characters, or more than 255"), none());
        for (size_t k = 0; k < i && i <= MOST_ALARMS; k++) {
            if (cdp_string_equal(deployment->alarms[k].name, name))
                complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_ALARMS,
                         CDP_STR("a name stands there twice"), none());
        }
    }
}

static void take_alarms(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    const cdp_deployment_options *options = check->options;
    cdp_group_alarms alarms = {.size = sizeof alarms};
    cdp_status status = CDP_OK;

    if (options->alarms)
        status = cdp_sized_read(&alarms, sizeof alarms, options->alarms);
    else
        (void)cdp_group_get_alarms(options->group, &alarms);
    if (status != CDP_OK || (options->alarms && options->alarm_count && !options->alarm_names)) {
        check->status = status != CDP_OK ? status : CDP_ERR_ARGUMENT;
        return;
    }
    deployment->alarm_count =
        options->alarms ? options->alarm_count : cdp_group_alarm_count(options->group);
    deployment->alarms =
        cdp_arena_array(&deployment->arena, deployment->alarm_count + 1, sizeof(cdp_alarm));
    if (!deployment->alarms) {
        check->status = CDP_ERR_NOMEM;
        return;
    }
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        deployment->alarms[i] = (cdp_alarm){.state = CDP_ALARM_STATE_UNKNOWN};
        keep(check, alarm_name(check, i), &deployment->alarms[i].name);
    }
    if (options->alarms)
        check_alarms(check, &alarms);
    deployment->alarm_policy = options->alarm_policy;
    deployment->ignores_poll_failure = alarms.ignore_poll_failure != 0;
    deployment->watches_alarms = alarms.enabled && deployment->alarm_count > 0 &&
                                 options->alarm_policy != CDP_ALARM_POLICY_IGNORE &&
                                 deployment->creator != CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK;
}

static void take_auto_rollback(checking *check)
{
    cdp_group_auto_rollback *own = &check->deployment->auto_rollback;
    uint32_t known = 1u << CDP_ROLLBACK_EVENT_FAILURE | 1u << CDP_ROLLBACK_EVENT_STOP_ON_ALARM |
                     1u << CDP_ROLLBACK_EVENT_STOP_ON_REQUEST;
    cdp_status status;

    *own = (cdp_group_auto_rollback){.size = sizeof *own};
    if (!check->options->auto_rollback) {
        (void)cdp_group_get_auto_rollback(check->options->group, own);
        return;
    }
    status = cdp_sized_read(own, sizeof *own, check->options->auto_rollback);
    if (status != CDP_OK)
        check->status = status;
    else if (own->events & ~known || (own->enabled && own->events == 0))
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_AUTO_ROLLBACK, none(), none());
}

/* ---------------------------------------------------------------------------------------------- */
/* Earlier deployments                                                                            */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status copy_past(checking *check, const cdp_rollback_past *given, cdp_rollback_past *own)
{
    cdp_arena *arena = &check->deployment->arena;
    cdp_status status = cdp_sized_read(own, sizeof *own, given);
    cdp_group_revision *revision;

    if (status == CDP_OK)
        status = cdp_arena_copy(arena, own->id, &own->id);
    if (status == CDP_OK)
        status = cdp_arena_copy(arena, own->config_name, &own->config_name);
    if (status != CDP_OK || !own->revision)
        return status;
    revision = cdp_arena_allocate(arena, sizeof *revision);
    if (!revision)
        return CDP_ERR_NOMEM;
    status = cdp_revision_import(arena, own->revision, revision);
    own->revision = revision;
    return status;
}

static bool is_active(cdp_deployment_status status)
{
    return status != CDP_DEPLOYMENT_STATUS_SUCCEEDED && status != CDP_DEPLOYMENT_STATUS_FAILED &&
           status != CDP_DEPLOYMENT_STATUS_STOPPED;
}

/* As the planner has to have them: what it refuses is refused before anything runs. */
static void check_past(checking *check, const cdp_rollback_past *past, size_t index)
{
    const cdp_deployment *deployment = check->deployment;
    cdp_number_buffer number;

    if (past->status < CDP_DEPLOYMENT_STATUS_CREATED ||
        past->status > CDP_DEPLOYMENT_STATUS_READY || past->creator < 0 ||
        past->creator > CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION ||
        (unsigned)past->file_exists_behavior > CDP_FILE_EXISTS_RETAIN ||
        (unsigned)past->revision_missing > 1)
        check->status = CDP_ERR_ARGUMENT;
    else if (past->id.length == 0)
        complain(check, CDP_DIAGNOSTIC_ROLLBACK_PAST_ID, cdp_number_text((int64_t)index, &number),
                 none());
    /* Auto Scaling does not wait for anybody. */
    else if (is_active(past->status) && !cdp_is_auto_scaling(deployment) &&
             !cdp_string_equal(past->id, deployment->id))
        check->status = cdp_deployment_refuse(CDP_ERR_BUSY, check->diagnostics,
                                              CDP_DIAGNOSTIC_DEPLOYMENT_ACTIVE,
                                              cdp_group_name(check->options->group), past->id);
}

/* When each ended, as far as it is known; those with the same end stay in their order. */
typedef struct past_place {
    int64_t end_ms;
    size_t index;
} past_place;

static int compare_places(const void *a, const void *b, const void *context)
{
    const past_place *first = a;
    const past_place *second = b;

    (void)context;
    return (first->end_ms > second->end_ms) - (first->end_ms < second->end_ms);
}

static void sort_past(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    size_t count = deployment->past_count;
    cdp_rollback_past *sorted =
        cdp_arena_array(&deployment->arena, count + 1, sizeof *deployment->past);
    past_place *places = cdp_arena_array(&deployment->arena, count + 1, sizeof *places);
    int64_t end_ms = INT64_MIN;

    check->status = sorted && places ? CDP_OK : CDP_ERR_NOMEM;
    for (size_t i = 0; check->status == CDP_OK && i < count; i++) {
        if (deployment->past[i].end_time_ms)
            end_ms = deployment->past[i].end_time_ms;
        places[i] = (past_place){end_ms, i};
    }
    if (check->status == CDP_OK)
        check->status =
            cdp_sort(&deployment->allocator, places, count, sizeof *places, compare_places, NULL);
    if (check->status != CDP_OK)
        return;
    for (size_t i = 0; i < count; i++)
        sorted[i] = deployment->past[places[i].index];
    deployment->past = sorted;
}

static void take_past(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    const cdp_deployment_options *options = check->options;
    const char *given = (const char *)options->past;

    deployment->past =
        cdp_arena_array(&deployment->arena, options->past_count + 1, sizeof *deployment->past);
    if (!deployment->past)
        check->status = CDP_ERR_NOMEM;
    if (options->past_count && !given)
        check->status = CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < options->past_count && check->status == CDP_OK; i++) {
        cdp_rollback_past *own = &deployment->past[i];

        check->status = copy_past(
            check, (const cdp_rollback_past *)(const void *)(given + i * options->past->size), own);
        deployment->past_count = i + 1;
        if (check->status == CDP_OK)
            check_past(check, own, i);
    }
    if (check->status == CDP_OK && deployment->past_count > 1)
        sort_past(check);
}

/* ---------------------------------------------------------------------------------------------- */

static int64_t default_limit(const cdp_deployment *deployment)
{
    if (deployment->platform == CDP_PLATFORM_LAMBDA)
        return 50 * HOURS_MS;
    if (deployment->platform == CDP_PLATFORM_ECS)
        return 224 * HOURS_MS;
    return deployment->type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN ? 109 * HOURS_MS : 8 * HOURS_MS;
}

static cdp_file_exists_behavior file_exists(const cdp_deployment_options *options)
{
    cdp_file_exists_behavior own = cdp_appspec_file_exists_behavior(options->appspec);

    if (own != CDP_FILE_EXISTS_UNSET)
        return own;
    return options->file_exists_behavior != CDP_FILE_EXISTS_UNSET ? options->file_exists_behavior
                                                                  : CDP_FILE_EXISTS_DISALLOW;
}

static void take_numbers(checking *check)
{
    cdp_deployment *deployment = check->deployment;
    const cdp_deployment_options *options = check->options;

    deployment->alarm_poll_ms = options->alarm_poll_ms ? options->alarm_poll_ms : 10000;
    deployment->limit_ms = options->limit_ms ? options->limit_ms : default_limit(deployment);
    deployment->cancel_limit_ms = options->cancel_limit_ms ? options->cancel_limit_ms : 60000;
    deployment->epoch_ms = options->epoch_ms;
    deployment->target_limit = options->target_limit ? options->target_limit : TARGET_LIMIT;
    deployment->host_begins_events = options->host_begins_events != 0;
    deployment->whole_targets = options->whole_targets != 0;
    deployment->asks_to_save = options->asks_to_save != 0;
    deployment->outdated_only = options->update_outdated_instances_only != 0;
    deployment->file_exists_behavior = file_exists(options);
    deployment->install_mode = options->install_mode;
    if (options->alarm_poll_ms < 0 || options->limit_ms < 0 || options->cancel_limit_ms < 0 ||
        options->epoch_ms < 0 || options->epoch_ms > CDP_LATEST_TIME)
        complain(check, CDP_DIAGNOSTIC_DEPLOYMENT_NEGATIVE, none(), none());
}

static void take_triggers(cdp_deployment *deployment)
{
    size_t count = cdp_group_trigger_count(deployment->group);

    for (size_t i = 0; i < count; i++) {
        cdp_group_trigger trigger = {.size = sizeof trigger};

        if (cdp_group_trigger_at(deployment->group, i, &trigger) == CDP_OK)
            deployment->triggers |= trigger.events;
    }
}

static bool enumerators_are_sound(const cdp_deployment_options *options)
{
    return options->creator >= 0 &&
           options->creator <= CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION &&
           (unsigned)options->alarm_policy <= CDP_ALARM_POLICY_IGNORE &&
           (unsigned)options->install_mode <= CDP_INSTALL_COMPATIBLE;
}

cdp_status cdp_options_take(cdp_deployment *deployment, const cdp_deployment_options *options,
                            cdp_diagnostics *diagnostics)
{
    checking check = {deployment, options, diagnostics, false, CDP_OK};

    if (!options->group || !enumerators_are_sound(options))
        return CDP_ERR_ARGUMENT;
    deployment->group = options->group;
    deployment->appspec = options->appspec;
    deployment->creator = options->creator ? options->creator : CDP_DEPLOYMENT_CREATOR_USER;
    take_texts(&check);
    take_platform(&check);
    if (check.bad || check.status != CDP_OK)
        return check.status != CDP_OK ? check.status : CDP_ERR_INVALID;
    take_style(&check);
    check_options(&check);
    take_config(&check);
    take_blue_green(&check);
    take_numbers(&check);
    take_alarms(&check);
    take_auto_rollback(&check);
    take_revision(&check);
    if (check.status == CDP_OK)
        take_past(&check);
    if (check.status == CDP_OK)
        take_schedule(&check);
    take_triggers(deployment);
    if (check.status != CDP_OK)
        return check.status;
    return check.bad ? CDP_ERR_INVALID : CDP_OK;
}
