/* SPDX-License-Identifier: MIT */
/* The caller's structs become ours: sizes, enumerators, defaults. */
#include "rollback/planner.h"

#include "base/sized.h"
#include "group/revision.h"

/* As observed with the service: a rollback of an ECS service or an alias takes about as long. */
enum { REROUTE_MS = 3000 };

/* Copies an array of structs that are all of the size that the first one tells. */
static cdp_status import_array(cdp_planner *planner, const void *given, size_t count,
                               size_t own_bytes, void *array)
{
    const unsigned char *at = given;
    unsigned char *own;
    size_t stride;

    memset(array, 0, sizeof(void *));
    if (count == 0)
        return CDP_OK;
    if (!given)
        return CDP_ERR_ARGUMENT;
    own = cdp_arena_array(&planner->scratch, count, own_bytes);
    if (!own)
        return CDP_ERR_NOMEM;
    memcpy(array, &own, sizeof own);
    memcpy(&stride, given, sizeof stride);
    for (size_t i = 0; i < count; i++, at += stride, own += own_bytes) {
        cdp_status status = cdp_sized_read(own, own_bytes, at);

        if (status != CDP_OK)
            return status;
        if (memcmp(at, given, sizeof stride) != 0)
            return CDP_ERR_STRUCT;
    }
    return CDP_OK;
}

static bool is_flag(int value)
{
    return value == 0 || value == 1;
}

static bool is_within(int value, int first, int last)
{
    return value >= first && value <= last;
}

static bool has_known_words(const cdp_rollback_situation *now)
{
    return is_within((int)now->platform, CDP_PLATFORM_SERVER, CDP_PLATFORM_ECS) &&
           is_within((int)now->deployment_type, 0, CDP_DEPLOYMENT_TYPE_BLUE_GREEN) &&
           is_within((int)now->creator, 0, CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION) &&
           is_within((int)now->status, 0, CDP_DEPLOYMENT_STATUS_READY) &&
           is_within((int)now->cause, CDP_ROLLBACK_CAUSE_FAILURE, CDP_ROLLBACK_CAUSE_MANUAL) &&
           is_within((int)now->stop_flag, 0, CDP_ROLLBACK_STOP_DECLINED) &&
           is_within((int)now->failed_event, 0, CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC) &&
           is_within((int)now->file_exists_behavior, 0, CDP_FILE_EXISTS_RETAIN) &&
           is_within((int)now->manual_file_exists_behavior, 0, CDP_FILE_EXISTS_RETAIN) &&
           is_flag(now->with_traffic_control) && is_flag(now->auto_rollback_enabled) &&
           is_flag(now->ready_expired) && is_flag(now->ignore_application_stop_failures) &&
           is_flag(now->hooks_known) && is_flag(now->compatible_install) &&
           is_flag(now->test_listener) && is_flag(now->test_traffic) &&
           is_flag(now->replacement_exists) && is_flag(now->original_gone);
}

static bool is_known_target(const cdp_rollback_target *target)
{
    return is_within((int)target->status, 0, CDP_TARGET_STATUS_READY) &&
           is_within((int)target->failed_event, 0, CDP_EVENT_AFTER_ALLOW_TEST_TRAFFIC) &&
           is_within((int)target->instance_health, 0, CDP_INSTANCE_HEALTHY) &&
           is_within((int)target->revision_health, 0, CDP_REVISION_HEALTH_CURRENT) &&
           is_flag(target->original) && is_flag(target->begun) && is_flag(target->has_traffic) &&
           is_flag(target->had_traffic) && is_flag(target->on_good_revision) &&
           is_flag(target->gone);
}

static bool is_known_past(const cdp_rollback_past *past)
{
    return is_within((int)past->status, CDP_DEPLOYMENT_STATUS_CREATED,
                     CDP_DEPLOYMENT_STATUS_READY) &&
           is_within((int)past->creator, 0, CDP_DEPLOYMENT_CREATOR_AUTOSCALING_TERMINATION) &&
           is_within((int)past->file_exists_behavior, 0, CDP_FILE_EXISTS_RETAIN) &&
           is_flag(past->revision_missing);
}

static bool has_known_items(const cdp_planner *planner)
{
    for (size_t i = 0; i < planner->now.target_count; i++) {
        if (!is_known_target(&planner->targets[i]))
            return false;
    }
    for (size_t i = 0; i < planner->now.past_count; i++) {
        if (!is_known_past(&planner->past[i]))
            return false;
    }
    for (size_t i = 0; i < planner->now.file_count; i++) {
        if (!is_within((int)planner->files[i].change, CDP_ROLLBACK_FILE_CREATED,
                       CDP_ROLLBACK_FILE_BY_SCRIPT) ||
            !is_flag(planner->files[i].in_earlier_revision))
            return false;
    }
    return true;
}

static void set_defaults(cdp_rollback_situation *now)
{
    if (!now->deployment_type)
        now->deployment_type = now->platform == CDP_PLATFORM_SERVER
                                   ? CDP_DEPLOYMENT_TYPE_IN_PLACE
                                   : CDP_DEPLOYMENT_TYPE_BLUE_GREEN;
    if (!now->creator)
        now->creator = CDP_DEPLOYMENT_CREATOR_USER;
    if (!now->status)
        now->status = CDP_DEPLOYMENT_STATUS_IN_PROGRESS;
    if (!now->config)
        now->config = cdp_config_default(now->platform);
    if (!now->file_exists_behavior)
        now->file_exists_behavior = CDP_FILE_EXISTS_DISALLOW;
    if (!now->manual_file_exists_behavior)
        now->manual_file_exists_behavior = CDP_FILE_EXISTS_DISALLOW;
    if (!now->reroute_ms)
        now->reroute_ms = REROUTE_MS;
}

static void set_item_defaults(cdp_planner *planner)
{
    for (size_t i = 0; i < planner->now.target_count; i++) {
        cdp_rollback_target *target = &planner->targets[i];

        if (!target->status)
            target->status = CDP_TARGET_STATUS_PENDING;
        if (planner->now.platform != CDP_PLATFORM_SERVER && !planner->now.failed_event)
            planner->now.failed_event = target->failed_event;
        if (target->events & cdp_event_bit(CDP_EVENT_INSTALL) &&
            planner->now.platform == CDP_PLATFORM_ECS)
            planner->now.replacement_exists = 1;
    }
    for (size_t i = 0; i < planner->now.past_count; i++) {
        cdp_rollback_past *past = &planner->past[i];

        if (!past->creator)
            past->creator = CDP_DEPLOYMENT_CREATOR_USER;
        if (!past->file_exists_behavior)
            past->file_exists_behavior = CDP_FILE_EXISTS_DISALLOW;
    }
}

static cdp_status import_durations(cdp_planner *planner)
{
    size_t count = planner->now.event_ms_count;

    if (count > 0 && !planner->now.event_ms)
        return CDP_ERR_ARGUMENT;
    /* Of a newer caller: durations of events that are not known here. */
    if (count > CDP_PLANNER_EVENTS)
        count = CDP_PLANNER_EVENTS;
    planner->now.event_ms_count = count;
    if (count > 0)
        memcpy(planner->event_ms, planner->now.event_ms, count * sizeof *planner->event_ms);
    return CDP_OK;
}

static cdp_status import_all(cdp_planner *planner, const cdp_rollback_situation *given)
{
    cdp_rollback_situation *now = &planner->now;
    cdp_status status = cdp_sized_read(now, sizeof *now, given);

    if (status != CDP_OK)
        return status;
    if (!has_known_words(now))
        return CDP_ERR_ARGUMENT;
    status = import_array(planner, now->targets, now->target_count, sizeof *planner->targets,
                          &planner->targets);
    if (status == CDP_OK)
        status = import_array(planner, now->past, now->past_count, sizeof *planner->past,
                              &planner->past);
    if (status == CDP_OK)
        status = import_array(planner, now->files, now->file_count, sizeof *planner->files,
                              &planner->files);
    if (status == CDP_OK)
        status = import_durations(planner);
    if (status != CDP_OK)
        return status;
    if (!has_known_items(planner))
        return CDP_ERR_ARGUMENT;
    set_defaults(now);
    set_item_defaults(planner);
    return now->revision ? cdp_revision_import(&planner->scratch, now->revision, &planner->revision)
                         : CDP_OK;
}

bool cdp_planner_import(cdp_planner *planner, const cdp_rollback_situation *given)
{
    planner->status = import_all(planner, given);
    return planner->status == CDP_OK;
}
