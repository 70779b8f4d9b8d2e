/* SPDX-License-Identifier: MIT */
/* Looking at a deployment. */
#include "deployment/acts.h"

#include "base/sized.h"

static cdp_string text_or_none(const cdp_text *text)
{
    return text->length ? cdp_text_string(text) : (cdp_string){NULL, 0};
}

static void count_targets(const cdp_deployment *deployment, cdp_deployment_info *info)
{
    const uint32_t *counts = deployment->counts;

    info->pending = counts[CDP_TARGET_STATUS_PENDING];
    info->in_progress = counts[CDP_TARGET_STATUS_IN_PROGRESS];
    info->succeeded = counts[CDP_TARGET_STATUS_SUCCEEDED];
    info->failed = counts[CDP_TARGET_STATUS_FAILED];
    info->skipped = counts[CDP_TARGET_STATUS_SKIPPED];
    info->ready = counts[CDP_TARGET_STATUS_READY];
    info->unknown = counts[CDP_TARGET_STATUS_UNKNOWN];
}

static cdp_stop_status stop_status(const cdp_deployment *deployment)
{
    if (!deployment->stopped_by_request)
        return 0;
    return deployment->stage == CDP_STAGE_OVER ? CDP_STOP_STATUS_SUCCEEDED
                                               : CDP_STOP_STATUS_PENDING;
}

cdp_status cdp_deployment_get_info(const cdp_deployment *deployment, cdp_deployment_info *info)
{
    cdp_deployment_info own = {.size = sizeof own};

    if (!deployment || !info)
        return CDP_ERR_ARGUMENT;
    own.id = deployment->id;
    own.status = deployment->status;
    own.platform = deployment->platform;
    own.type = deployment->type;
    own.creator = deployment->creator;
    if (deployment->stage >= CDP_STAGE_ENDING) {
        own.error_code = deployment->error_code;
        own.error_message = text_or_none(&deployment->error_message);
    }
    own.ending = deployment->stage == CDP_STAGE_ENDING || deployment->settling;
    if (deployment->stage == CDP_STAGE_OVER)
        own.ending = 0;
    own.create_ms = deployment->create_ms;
    own.start_ms = deployment->start_ms;
    own.complete_ms = deployment->complete_ms;
    count_targets(deployment, &own);
    own.wait = cdp_present_wait(deployment, &own.wait_until_ms);
    own.termination_wait_started = deployment->termination_wait_started;
    own.weight = deployment->weight;
    own.original_weight = 100 - deployment->weight;
    own.test_weight = deployment->test_weight;
    own.rollback_wanted = deployment->rollback_wanted;
    own.rollback_id = text_or_none(&deployment->rollback_id);
    own.rollback_triggering_id = deployment->way_back.triggering_id;
    own.rollback_message = text_or_none(&deployment->rollback_message);
    own.follow_up_id = text_or_none(&deployment->follow_up_id);
    own.stop_status = stop_status(deployment);
    own.open_actions = (uint32_t)cdp_deployment_open_count(deployment);
    return cdp_sized_write(info, &own, sizeof own);
}

cdp_deployment_status cdp_deployment_get_status(const cdp_deployment *deployment)
{
    return deployment ? deployment->status : 0;
}

int cdp_deployment_is_over(const cdp_deployment *deployment)
{
    return deployment && deployment->stage == CDP_STAGE_OVER;
}

cdp_platform cdp_deployment_platform(const cdp_deployment *deployment)
{
    return deployment ? deployment->platform : CDP_PLATFORM_AUTO;
}

const cdp_group *cdp_deployment_group(const cdp_deployment *deployment)
{
    return deployment ? deployment->group : NULL;
}

const cdp_config *cdp_deployment_config(const cdp_deployment *deployment)
{
    return deployment ? deployment->config : NULL;
}

const cdp_rollout *cdp_deployment_rollout(const cdp_deployment *deployment)
{
    return deployment && deployment->rollout &&
                   cdp_rollout_current_phase(deployment->rollout) != CDP_ROLLOUT_PHASE_NONE
               ? deployment->rollout
               : NULL;
}

const cdp_traffic_schedule *cdp_deployment_schedule(const cdp_deployment *deployment)
{
    return deployment ? deployment->schedule : NULL;
}

/* ---------------------------------------------------------------------------------------------- */
/* Targets                                                                                        */
/* ---------------------------------------------------------------------------------------------- */

size_t cdp_deployment_target_count(const cdp_deployment *deployment)
{
    return deployment ? deployment->member_count : 0;
}

cdp_status cdp_deployment_target_at(const cdp_deployment *deployment, uint32_t target,
                                    cdp_deployment_target *view)
{
    cdp_deployment_target own = {.size = sizeof own};
    const cdp_deployment_member *member;
    const cdp_machine *machine;

    if (!deployment || !view)
        return CDP_ERR_ARGUMENT;
    if (target >= deployment->member_count)
        return CDP_ERR_NOT_FOUND;
    member = cdp_member_at(deployment, target);
    machine = cdp_machine_of(deployment, target);
    own.id = member->id;
    own.zone = member->zone;
    own.status = (cdp_target_status)machine->status;
    own.reason = machine->status == CDP_TARGET_STATUS_SUCCEEDED
                     ? CDP_LIFECYCLE_REASON_NONE
                     : (cdp_lifecycle_reason)machine->reason;
    own.original = cdp_is_original(deployment, target);
    own.takes_part = !(member->flags & CDP_MEMBER_APART);
    own.terminated = (member->flags & CDP_MEMBER_GONE) != 0;
    own.traffic = member->traffic;
    own.plan = machine->plan;
    own.updated_ms = machine->now;
    own.message = cdp_target_message(deployment, target);
    return cdp_sized_write(view, &own, sizeof own);
}

cdp_status cdp_deployment_target_find(const cdp_deployment *deployment, cdp_string id,
                                      uint32_t *target)
{
    if (!deployment || !target)
        return CDP_ERR_ARGUMENT;
    if (cdp_deployment_rollout(deployment))
        return cdp_rollout_find(deployment->rollout, id, target);
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        if (!cdp_string_equal(cdp_member_at(deployment, i)->id, id))
            continue;
        *target = i;
        return CDP_OK;
    }
    return CDP_ERR_NOT_FOUND;
}

cdp_status cdp_deployment_event_at(const cdp_deployment *deployment, uint32_t target,
                                   uint32_t event, cdp_lifecycle_event_record *record)
{
    cdp_lifecycle_event_record own;
    const cdp_machine *machine;

    if (!deployment || !record)
        return CDP_ERR_ARGUMENT;
    if (target >= deployment->member_count)
        return CDP_ERR_NOT_FOUND;
    machine = cdp_machine_of(deployment, target);
    if (event >= machine->plan->count)
        return CDP_ERR_NOT_FOUND;
    own = cdp_machine_event_at(machine, event);
    own.size = sizeof own;
    if (own.status == CDP_EVENT_STATUS_FAILED && own.reason == CDP_LIFECYCLE_REASON_EVENT_FAILED)
        own.message = cdp_target_message(deployment, target);
    return cdp_sized_write(record, &own, sizeof own);
}

size_t cdp_deployment_alarm_count(const cdp_deployment *deployment)
{
    return deployment ? deployment->alarm_count : 0;
}

cdp_status cdp_deployment_alarm_at(const cdp_deployment *deployment, size_t index,
                                   cdp_deployment_alarm_view *alarm)
{
    cdp_deployment_alarm_view own = {.size = sizeof own};

    if (!deployment || !alarm)
        return CDP_ERR_ARGUMENT;
    if (index >= deployment->alarm_count)
        return CDP_ERR_NOT_FOUND;
    own.name = deployment->alarms[index].name;
    own.state = (cdp_alarm_state)deployment->alarms[index].state;
    own.excused = deployment->alarms[index].excused;
    return cdp_sized_write(alarm, &own, sizeof own);
}
