/* SPDX-License-Identifier: MIT */
/* A plan as JSON. */
#include "rollback/plan.h"

#include "base/json_writer.h"
#include "base/strings.h"
#include "group/revision.h"

static void put_string(cdp_json_writer *json, const char *key, cdp_string value)
{
    if (!value.data)
        return;
    cdp_json_key(json, key);
    cdp_json_string(json, value);
}

static void put_word(cdp_json_writer *json, const char *key, const char *word)
{
    cdp_json_key(json, key);
    cdp_json_c_string(json, word);
}

static void put_int(cdp_json_writer *json, const char *key, int64_t value)
{
    cdp_json_key(json, key);
    cdp_json_int(json, value);
}

static void put_bool(cdp_json_writer *json, const char *key, int value)
{
    cdp_json_key(json, key);
    cdp_json_bool(json, value != 0);
}

static void put_duration(cdp_json_writer *json, int64_t ms, cdp_rollback_basis basis)
{
    cdp_json_key(json, "durationMs");
    if (basis == CDP_ROLLBACK_BASIS_UNKNOWN)
        cdp_json_null(json);
    else
        cdp_json_int(json, ms);
    put_word(json, "durationBasis", cdp_rollback_basis_name(basis));
}

static void put_refusal(cdp_json_writer *json, cdp_rollback_refusal refusal)
{
    cdp_json_key(json, "refusal");
    if (refusal == CDP_ROLLBACK_REFUSAL_NONE) {
        cdp_json_null(json);
        return;
    }
    cdp_json_open_object(json);
    put_word(json, "name", cdp_rollback_refusal_name(refusal));
    put_word(json, "source", cdp_rollback_refusal_source(refusal));
    cdp_json_close_object(json);
}

static void put_deployment(cdp_json_writer *json, const cdp_rollback_plan_info *info)
{
    bool server = info->platform == CDP_PLATFORM_SERVER;

    cdp_json_key(json, "deployment");
    cdp_json_open_object(json);
    put_word(json, "creator", cdp_deployment_creator_name(info->creator));
    put_string(json, "deploymentConfigName", cdp_config_name(info->config));
    put_string(json, "revisionOf", info->source_id);
    if (info->revision) {
        cdp_json_key(json, "revision");
        cdp_revision_write(info->revision, json);
        put_bool(json, "sameRevision", info->same_revision);
    }
    if (server) {
        put_word(json, "fileExistsBehavior",
                 cdp_file_exists_behavior_name(info->file_exists_behavior));
        put_bool(json, "ignoreApplicationStopFailures", info->ignore_application_stop_failures);
        put_bool(json, "zonesIgnored", info->zones_ignored);
    }
    if (info->minimum >= 0)
        put_int(json, "minimumHealthyHosts", info->minimum);
    if (info->triggering_id.data) {
        cdp_json_key(json, "rollbackInfo");
        cdp_json_open_object(json);
        put_string(json, "rollbackTriggeringDeploymentId", info->triggering_id);
        cdp_json_close_object(json);
    }
    cdp_json_close_object(json);
}

static void put_answer(cdp_json_writer *json, const cdp_rollback_plan_info *info)
{
    put_bool(json, "possible", info->possible);
    put_bool(json, "wanted", info->wanted);
    put_word(json, "cause", cdp_rollback_cause_name(info->cause));
    put_word(json, "kind", cdp_rollback_kind_name(info->kind));
    put_word(json, "computePlatform", cdp_platform_name(info->platform));
    put_word(json, "deploymentType", cdp_deployment_type_name(info->deployment_type));
    put_refusal(json, info->refusal);
    put_string(json, "message", info->message);
    if (info->triggering_status)
        put_word(json, "triggeringStatus", cdp_deployment_status_name(info->triggering_status));
    if (info->possible)
        put_deployment(json, info);
    if (info->weight_before >= 0) {
        put_int(json, "weightBefore", info->weight_before);
        put_int(json, "weightAfter", info->weight_after);
    }
    if (info->platform == CDP_PLATFORM_ECS) {
        put_bool(json, "testTrafficBefore", info->test_traffic_before);
        put_bool(json, "testTrafficAfter", info->test_traffic_after);
    }
    put_bool(json, "runsHooks", info->runs_hooks);
    put_duration(json, info->duration_ms, info->duration_basis);
}

static void put_events(cdp_json_writer *json, const cdp_rollback_plan *plan, size_t step)
{
    cdp_json_key(json, "events");
    cdp_json_open_array(json);
    for (size_t i = 0; i < plan->steps[step].event_count; i++) {
        cdp_rollback_step_event event = {.size = sizeof event};

        (void)cdp_rollback_plan_step_event_at(plan, step, i, &event);
        cdp_json_open_object(json);
        put_string(json, "lifecycleEventName", event.name);
        if (event.scriptable)
            put_word(json, "scriptFrom", cdp_revision_source_name(event.revision));
        cdp_json_close_object(json);
    }
    cdp_json_close_array(json);
}

static void put_step(cdp_json_writer *json, const cdp_rollback_plan *plan, size_t index)
{
    const cdp_rollback_step *step = &plan->steps[index];

    cdp_json_open_object(json);
    put_word(json, "kind", cdp_rollback_step_kind_name(step->kind));
    put_string(json, "sentence", step->sentence);
    if (step->weight_before >= 0) {
        put_int(json, "weightBefore", step->weight_before);
        put_int(json, "weightAfter", step->weight_after);
    }
    if (step->target_count > 0) {
        cdp_json_key(json, "targets");
        cdp_json_open_array(json);
        for (size_t i = 0; i < step->target_count; i++)
            cdp_json_string(json, plan->targets[step->first_target + i].id);
        cdp_json_close_array(json);
        put_int(json, "concurrency", (int64_t)step->concurrency);
    }
    if (step->event_count > 0)
        put_events(json, plan, index);
    put_duration(json, step->duration_ms, step->duration_basis);
    cdp_json_close_object(json);
}

static void put_target(cdp_json_writer *json, const cdp_rollback_plan *plan, size_t index)
{
    const cdp_rollback_plan_target *target = &plan->targets[index];

    cdp_json_open_object(json);
    put_string(json, "targetId", target->id);
    put_string(json, "zone", target->zone);
    if (plan->info.platform == CDP_PLATFORM_SERVER &&
        plan->info.deployment_type == CDP_DEPLOYMENT_TYPE_BLUE_GREEN)
        put_word(json, "instanceLabel", target->original ? "Blue" : "Green");
    put_word(json, "part", cdp_rollback_part_name(target->part));
    if (target->step != CDP_ROLLBACK_NONE)
        put_int(json, "step", (int64_t)target->step);
    if (plan->info.platform == CDP_PLATFORM_SERVER) {
        put_word(json, "instanceHealth", cdp_instance_health_name(target->instance_health));
        put_word(json, "revisionHealth", cdp_revision_health_name(target->revision_health));
    }
    put_string(json, "lastSuccessful", target->last_successful_id);
    put_string(json, "mostRecent", target->most_recent_id);
    cdp_json_close_object(json);
}

static void put_effects(cdp_json_writer *json, const cdp_rollback_plan *plan, const char *key,
                        const cdp_rollback_effect *effects, size_t count)
{
    cdp_json_key(json, key);
    cdp_json_open_array(json);
    for (size_t i = 0; i < count; i++) {
        const cdp_rollback_effect *effect = &effects[i];

        cdp_json_open_object(json);
        put_word(json, "kind", cdp_rollback_effect_kind_name(effect->kind));
        if (effect->target_count > 0)
            put_int(json, "targetCount", (int64_t)effect->target_count);
        if (effect->target != CDP_ROLLBACK_NONE)
            put_string(json, "targetId", plan->targets[effect->target].id);
        put_string(json, "path", effect->path);
        put_string(json, "sentence", effect->sentence);
        cdp_json_close_object(json);
    }
    cdp_json_close_array(json);
}

cdp_status cdp_rollback_plan_write(const cdp_rollback_plan *plan, unsigned indent, cdp_text *text)
{
    cdp_json_writer json;
    size_t start;
    cdp_status status;

    if (!plan || !text)
        return CDP_ERR_ARGUMENT;
    start = text->length;
    cdp_json_init(&json, text, indent);
    cdp_json_open_object(&json);
    put_answer(&json, &plan->info);
    cdp_json_key(&json, "steps");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < plan->step_count; i++)
        put_step(&json, plan, i);
    cdp_json_close_array(&json);
    cdp_json_key(&json, "targets");
    cdp_json_open_array(&json);
    for (size_t i = 0; i < plan->target_count; i++)
        put_target(&json, plan, i);
    cdp_json_close_array(&json);
    put_effects(&json, plan, "restores", plan->restores, plan->restore_count);
    put_effects(&json, plan, "losses", plan->losses, plan->loss_count);
    cdp_json_close_object(&json);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
