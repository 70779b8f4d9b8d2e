/* SPDX-License-Identifier: MIT */
/* What GetDeployment and BatchGetDeploymentTargets return (API shapes DeploymentInfo,
 * DeploymentTarget). Absent members are left out, as the API does. */
#include <codedeploy/records.h>

#include "base/json_writer.h"
#include "deployment/books.h"
#include "group/revision.h"
#include "group/timestamp.h"

static void put_text(cdp_json_writer *json, const char *key, cdp_string text)
{
    if (!text.length)
        return;
    cdp_json_key(json, key);
    cdp_json_string(json, text);
}

static void put_word(cdp_json_writer *json, const char *key, const char *word)
{
    cdp_json_key(json, key);
    cdp_json_c_string(json, word);
}

static void put_bool(cdp_json_writer *json, const char *key, bool value)
{
    cdp_json_key(json, key);
    cdp_json_bool(json, value);
}

static void put_count(cdp_json_writer *json, const char *key, int64_t value)
{
    cdp_json_key(json, key);
    cdp_json_int(json, value);
}

static void put_time(cdp_json_writer *json, const cdp_deployment *deployment, const char *key,
                     int64_t time)
{
    if (time < 0)
        return;
    cdp_json_key(json, key);
    cdp_json_raw(json, CDP_STR(""));
    cdp_timestamp_put(deployment->epoch_ms + time, json->text);
}

/* Calls `put` with a writer, and gives the text back as it was when there is no memory. */
static cdp_status finish(cdp_text *text, size_t before)
{
    cdp_status status = cdp_text_status(text);

    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}

/* ---------------------------------------------------------------------------------------------- */
/* The deployment                                                                                 */
/* ---------------------------------------------------------------------------------------------- */

/* The content of an AppSpec is never returned, only its digest. */
static void put_revision(cdp_json_writer *json, const char *key, const cdp_group_revision *revision)
{
    cdp_group_revision shown = *revision;

    if (shown.type == CDP_REVISION_TYPE_APPSPEC_CONTENT || shown.type == CDP_REVISION_TYPE_STRING)
        shown.content = (cdp_string){NULL, 0};
    cdp_json_key(json, key);
    cdp_revision_write(&shown, json);
}

/* The revision of the last deployment that succeeded before this one. */
static void put_previous_revision(cdp_json_writer *json, const cdp_deployment *deployment)
{
    for (size_t i = deployment->past_count; i > 0; i--) {
        const cdp_rollback_past *past = &deployment->past[i - 1];

        if (past->status != CDP_DEPLOYMENT_STATUS_SUCCEEDED || !past->revision)
            continue;
        put_revision(json, "previousRevision", past->revision);
        return;
    }
}

static void put_error(cdp_json_writer *json, const cdp_deployment_info *info)
{
    if (!info->error_code)
        return;
    cdp_json_key(json, "errorInformation");
    cdp_json_open_object(json);
    put_word(json, "code", cdp_error_code_name(info->error_code));
    put_text(json, "message", info->error_message);
    cdp_json_close_object(json);
}

/* Lambda and ECS have none before the end. */
static void put_overview(cdp_json_writer *json, const cdp_deployment *deployment,
                         const cdp_deployment_info *info)
{
    if (!cdp_is_server(deployment) && deployment->stage != CDP_STAGE_OVER)
        return;
    cdp_json_key(json, "deploymentOverview");
    cdp_json_open_object(json);
    put_count(json, "Pending", info->pending);
    put_count(json, "InProgress", info->in_progress);
    put_count(json, "Succeeded", info->succeeded);
    put_count(json, "Failed", (int64_t)info->failed + info->unknown);
    put_count(json, "Skipped", info->skipped);
    put_count(json, "Ready", info->ready);
    cdp_json_close_object(json);
}

static void put_auto_rollback(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "autoRollbackConfiguration");
    cdp_json_open_object(json);
    put_bool(json, "enabled", deployment->auto_rollback.enabled != 0);
    cdp_json_key(json, "events");
    cdp_json_open_array(json);
    for (unsigned i = CDP_ROLLBACK_EVENT_FAILURE; i <= CDP_ROLLBACK_EVENT_STOP_ON_REQUEST; i++) {
        if (deployment->auto_rollback.events >> i & 1)
            cdp_json_c_string(json, cdp_rollback_event_name((cdp_rollback_event)i));
    }
    cdp_json_close_array(json);
    cdp_json_close_object(json);
}

static void put_rollback(cdp_json_writer *json, const cdp_deployment_info *info)
{
    cdp_json_key(json, "rollbackInfo");
    cdp_json_open_object(json);
    put_text(json, "rollbackDeploymentId", info->rollback_id);
    put_text(json, "rollbackTriggeringDeploymentId", info->rollback_triggering_id);
    put_text(json, "rollbackMessage", info->rollback_message);
    cdp_json_close_object(json);
}

static void put_style(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_group_basics basics = {.size = sizeof basics};

    (void)cdp_group_get_basics(deployment->group, &basics);
    cdp_json_key(json, "deploymentStyle");
    cdp_json_open_object(json);
    put_word(json, "deploymentType", cdp_deployment_type_name(deployment->type));
    put_word(json, "deploymentOption", cdp_deployment_option_name(basics.deployment_option));
    cdp_json_close_object(json);
}

static void put_blue_green(cdp_json_writer *json, const cdp_deployment *deployment)
{
    const cdp_group_blue_green *blue_green = &deployment->blue_green;

    if (!deployment->has_blue_green)
        return;
    cdp_json_key(json, "blueGreenDeploymentConfiguration");
    cdp_json_open_object(json);
    cdp_json_key(json, "terminateBlueInstancesOnDeploymentSuccess");
    cdp_json_open_object(json);
    put_word(json, "action", cdp_termination_action_name(blue_green->termination_action));
    put_count(json, "terminationWaitTimeInMinutes", blue_green->termination_wait_minutes);
    cdp_json_close_object(json);
    cdp_json_key(json, "deploymentReadyOption");
    cdp_json_open_object(json);
    put_word(json, "actionOnTimeout", cdp_ready_action_name(blue_green->ready_action));
    put_count(json, "waitTimeInMinutes", blue_green->ready_wait_minutes);
    cdp_json_close_object(json);
    if (blue_green->green_fleet) {
        cdp_json_key(json, "greenFleetProvisioningOption");
        cdp_json_open_object(json);
        put_word(json, "action", cdp_green_fleet_name(blue_green->green_fleet));
        cdp_json_close_object(json);
    }
    cdp_json_close_object(json);
}

static void put_related(cdp_json_writer *json, const cdp_deployment *deployment,
                        const cdp_deployment_info *info)
{
    if (!info->follow_up_id.length && !deployment->root_id.length)
        return;
    cdp_json_key(json, "relatedDeployments");
    cdp_json_open_object(json);
    if (deployment->root_id.length)
        put_text(json, "autoUpdateOutdatedInstancesRootDeploymentId", deployment->root_id);
    if (info->follow_up_id.length) {
        cdp_json_key(json, "autoUpdateOutdatedInstancesDeploymentIds");
        cdp_json_open_array(json);
        cdp_json_string(json, info->follow_up_id);
        cdp_json_close_array(json);
    }
    cdp_json_close_object(json);
}

static void put_head(cdp_json_writer *json, const cdp_deployment *deployment,
                     const cdp_deployment_info *info)
{
    put_text(json, "applicationName", cdp_group_application_name(deployment->group));
    put_text(json, "deploymentGroupName", cdp_group_name(deployment->group));
    put_text(json, "deploymentConfigName", cdp_config_name(deployment->config));
    put_text(json, "deploymentId", deployment->id);
    put_previous_revision(json, deployment);
    if (deployment->has_revision)
        put_revision(json, "revision", &deployment->revision);
    put_word(json, "status", cdp_deployment_status_name(info->status));
    put_error(json, info);
    put_time(json, deployment, "createTime", info->create_ms);
    put_time(json, deployment, "startTime", info->start_ms);
    put_time(json, deployment, "completeTime", info->complete_ms);
    put_overview(json, deployment, info);
    put_text(json, "description", deployment->description);
    put_word(json, "creator", cdp_deployment_creator_name(info->creator));
}

cdp_status cdp_deployment_write_info(const cdp_deployment *deployment, unsigned indent,
                                     cdp_text *text)
{
    cdp_deployment_info info = {.size = sizeof info};
    cdp_json_writer json;
    size_t before;

    if (!deployment || !text)
        return CDP_ERR_ARGUMENT;
    before = text->length;
    (void)cdp_deployment_get_info(deployment, &info);
    cdp_json_init(&json, text, indent);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "deploymentInfo");
    cdp_json_open_object(&json);
    put_head(&json, deployment, &info);
    put_bool(&json, "ignoreApplicationStopFailures",
             deployment->target_options.ignore_application_stop_failures != 0);
    put_auto_rollback(&json, deployment);
    put_bool(&json, "updateOutdatedInstancesOnly", deployment->outdated_only);
    put_rollback(&json, &info);
    put_style(&json, deployment);
    put_bool(&json, "instanceTerminationWaitTimeStarted", info.termination_wait_started != 0);
    put_blue_green(&json, deployment);
    if (cdp_is_server(deployment))
        put_word(&json, "fileExistsBehavior",
                 cdp_file_exists_behavior_name(deployment->file_exists_behavior));
    put_word(&json, "computePlatform", cdp_platform_name(deployment->platform));
    put_related(&json, deployment, &info);
    cdp_json_close_object(&json);
    cdp_json_close_object(&json);
    return finish(text, before);
}

/* ---------------------------------------------------------------------------------------------- */
/* Targets                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static void put_event(cdp_json_writer *json, const cdp_deployment *deployment, uint32_t target,
                      uint32_t event)
{
    cdp_lifecycle_event_record record = {.size = sizeof record};

    (void)cdp_deployment_event_at(deployment, target, event, &record);
    cdp_json_open_object(json);
    put_text(json, "lifecycleEventName", record.name);
    if (record.status == CDP_EVENT_STATUS_SUCCEEDED || record.status == CDP_EVENT_STATUS_FAILED) {
        cdp_json_key(json, "diagnostics");
        cdp_json_open_object(json);
        put_word(json, "errorCode", cdp_event_error_name(record.error));
        put_text(json, "message", record.message);
        cdp_json_close_object(json);
    }
    put_time(json, deployment, "startTime", record.start_ms);
    put_time(json, deployment, "endTime", record.end_ms);
    put_word(json, "status", cdp_event_status_name(record.status));
    cdp_json_close_object(json);
}

static void put_events(cdp_json_writer *json, const cdp_deployment *deployment, uint32_t target)
{
    const cdp_machine *machine = cdp_machine_of(deployment, target);

    put_word(json, "status", cdp_target_status_name((cdp_target_status)machine->status));
    put_time(json, deployment, "lastUpdatedAt", machine->now);
    cdp_json_key(json, "lifecycleEvents");
    cdp_json_open_array(json);
    for (uint32_t i = 0; i < machine->plan->count; i++)
        put_event(json, deployment, target, i);
    cdp_json_close_array(json);
}

static void put_arn(cdp_json_writer *json, const cdp_deployment *deployment, const char *service,
                    const char *kind, cdp_string name)
{
    cdp_json_key(json, "targetArn");
    cdp_json_raw(json, CDP_STR("\"arn:aws:"));
    cdp_text_put_c(json->text, service);
    cdp_text_put_byte(json->text, ':');
    cdp_text_put(json->text, deployment->region);
    cdp_text_put_byte(json->text, ':');
    cdp_text_put(json->text, deployment->account_id);
    cdp_text_put_byte(json->text, ':');
    cdp_text_put_c(json->text, kind);
    cdp_text_put(json->text, name);
    cdp_text_put_byte(json->text, '"');
}

static void put_weights(cdp_json_writer *json, const cdp_deployment *deployment, bool original)
{
    cdp_json_key(json, "trafficWeight");
    cdp_json_int(json, original ? 100 - deployment->weight : deployment->weight);
}

static void put_task_set(cdp_json_writer *json, const cdp_deployment *deployment, bool original)
{
    bool primary = original == (deployment->weight < 100);
    bool drained = original && deployment->original_gone;

    cdp_json_open_object(json);
    put_word(json, "status", drained ? "DRAINING" : primary ? "PRIMARY" : "ACTIVE");
    put_weights(json, deployment, original);
    put_word(json, "taskSetLabel", original ? "Blue" : "Green");
    cdp_json_close_object(json);
}

/* The replacement is there from its creation on. */
static bool has_replacement(const cdp_deployment *deployment)
{
    const cdp_machine *machine = cdp_machine_of(deployment, 0);

    for (size_t i = 0; i < machine->plan->count; i++) {
        if (cdp_plan_traits(machine->plan, i)->event == CDP_EVENT_INSTALL)
            return cdp_machine_event_status(machine, i) == CDP_EVENT_STATUS_SUCCEEDED;
    }
    return false;
}

static void put_ecs(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "taskSetsInfo");
    cdp_json_open_array(json);
    put_task_set(json, deployment, true);
    if (has_replacement(deployment))
        put_task_set(json, deployment, false);
    cdp_json_close_array(json);
}

static void put_lambda(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_appspec_lambda lambda = {.size = sizeof lambda};

    (void)cdp_appspec_get_lambda(deployment->appspec, &lambda);
    cdp_json_key(json, "lambdaFunctionInfo");
    cdp_json_open_object(json);
    put_text(json, "functionName", lambda.name);
    put_text(json, "functionAlias", lambda.alias);
    put_text(json, "currentVersion", lambda.current_version);
    put_text(json, "targetVersion", lambda.target_version);
    cdp_json_key(json, "targetVersionWeight");
    cdp_json_raw(json, CDP_STR(""));
    cdp_text_put_uint(json->text, (uint64_t)deployment->weight / 100);
    if (deployment->weight % 100) {
        cdp_text_put_byte(json->text, '.');
        cdp_text_put_byte(json->text, (char)('0' + deployment->weight % 100 / 10));
        if (deployment->weight % 10)
            cdp_text_put_byte(json->text, (char)('0' + deployment->weight % 10));
    }
    cdp_json_close_object(json);
}

static void put_target(cdp_json_writer *json, const cdp_deployment *deployment, uint32_t target)
{
    static const char *const types[] = {"", "InstanceTarget", "LambdaTarget", "ECSTarget"};
    static const char *const keys[] = {"", "instanceTarget", "lambdaTarget", "ecsTarget"};
    cdp_string id = cdp_member_at(deployment, target)->id;

    cdp_json_open_object(json);
    put_word(json, "deploymentTargetType", types[deployment->platform]);
    cdp_json_key(json, keys[deployment->platform]);
    cdp_json_open_object(json);
    put_text(json, "deploymentId", deployment->id);
    put_text(json, "targetId", id);
    if (deployment->platform == CDP_PLATFORM_SERVER)
        put_arn(json, deployment, "ec2", "instance/", id);
    put_events(json, deployment, target);
    if (cdp_is_blue_green_server(deployment))
        put_word(json, "instanceLabel", cdp_is_original(deployment, target) ? "Blue" : "Green");
    if (deployment->platform == CDP_PLATFORM_ECS)
        put_ecs(json, deployment);
    if (deployment->platform == CDP_PLATFORM_LAMBDA)
        put_lambda(json, deployment);
    cdp_json_close_object(json);
    cdp_json_close_object(json);
}

cdp_status cdp_deployment_write_targets(const cdp_deployment *deployment, const uint32_t *targets,
                                        size_t count, unsigned indent, cdp_text *text)
{
    cdp_json_writer json;
    size_t before;

    if (!deployment || !text)
        return CDP_ERR_ARGUMENT;
    if (deployment->stage == CDP_STAGE_CREATED)
        return CDP_ERR_STATE;
    for (size_t i = 0; targets && i < count; i++) {
        if (targets[i] >= deployment->member_count)
            return CDP_ERR_NOT_FOUND;
    }
    before = text->length;
    cdp_json_init(&json, text, indent);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "deploymentTargets");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < (targets ? count : deployment->member_count); i++)
        put_target(&json, deployment, targets ? targets[i] : (uint32_t)i);
    cdp_json_close_array(&json);
    cdp_json_close_object(&json);
    return finish(text, before);
}
