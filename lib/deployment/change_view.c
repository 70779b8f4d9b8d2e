/* SPDX-License-Identifier: MIT */
/* Changes as the host sees them, and as sentences. */
#include "deployment/books.h"

#include "base/number.h"
#include "base/sized.h"

size_t cdp_deployment_change_count(const cdp_deployment *deployment)
{
    return deployment ? deployment->change_count : 0;
}

size_t cdp_deployment_changes_dropped(const cdp_deployment *deployment)
{
    return deployment ? deployment->changes_dropped : 0;
}

static void unpack_target(const cdp_deployment *deployment, const cdp_kept_change *kept,
                          cdp_deployment_change *change)
{
    change->target_id = cdp_member_at(deployment, kept->target)->id;
    if (kept->kind == CDP_DEPLOYMENT_CHANGE_TARGET)
        change->target_status = (cdp_target_status)kept->status;
    if (kept->kind != CDP_DEPLOYMENT_CHANGE_EVENT)
        return;
    change->event = kept->event;
    change->event_status = (cdp_event_status)kept->status;
    change->error = (cdp_event_error)kept->error;
    change->name =
        cdp_plan_traits(cdp_course_of(deployment, kept->target)->plan, kept->event)->name;
}

static cdp_deployment_change unpack(const cdp_deployment *deployment, const cdp_kept_change *kept)
{
    cdp_deployment_change change = {
        .size = sizeof change,
        .kind = (cdp_deployment_change_kind)kept->kind,
        .target = kept->target,
        .event = CDP_DEPLOYMENT_NO_EVENT,
        .code = (cdp_error_code)kept->code,
        .wait = (cdp_deployment_wait)kept->wait,
        .rule = (cdp_rollout_rule)kept->rule,
        .weight = kept->weight,
        .host_status = (cdp_status)kept->host_status,
        .time_ms = kept->time_ms,
        .until_ms = kept->until_ms,
    };

    if (kept->message_length)
        change.message =
            cdp_string_slice(deployment->said.data + kept->message_at, kept->message_length);
    if (kept->kind == CDP_DEPLOYMENT_CHANGE_STATUS)
        change.status = (cdp_deployment_status)kept->status;
    if (kept->kind == CDP_DEPLOYMENT_CHANGE_ALARM) {
        change.name = deployment->alarms[kept->alarm].name;
        change.alarm_state = (cdp_alarm_state)kept->status;
    }
    if (kept->target != CDP_DEPLOYMENT_NO_TARGET)
        unpack_target(deployment, kept, &change);
    return change;
}

cdp_status cdp_deployment_change_at(const cdp_deployment *deployment, size_t index,
                                    cdp_deployment_change *change)
{
    cdp_deployment_change own;

    if (!deployment || !change)
        return CDP_ERR_ARGUMENT;
    if (index >= deployment->change_count)
        return CDP_ERR_NOT_FOUND;
    own = unpack(deployment, &deployment->changes[index]);
    return cdp_sized_write(change, &own, sizeof own);
}

/* ---------------------------------------------------------------------------------------------- */
/* Sentences                                                                                      */
/* ---------------------------------------------------------------------------------------------- */

static void put_message(cdp_text *text, cdp_string message)
{
    if (!message.length)
        return;
    cdp_text_put_c(text, ": ");
    cdp_text_put(text, message);
}

static void put_event(cdp_text *text, const cdp_deployment_change *change)
{
    cdp_text_put(text, change->target_id);
    cdp_text_put_c(text, ": ");
    cdp_text_put(text, change->name);
    cdp_text_put_byte(text, ' ');
    cdp_text_put_c(text, cdp_event_status_name(change->event_status));
    if (change->event_status != CDP_EVENT_STATUS_FAILED)
        return;
    cdp_text_put_c(text, " (");
    cdp_text_put_c(text, cdp_event_error_name(change->error));
    cdp_text_put_byte(text, ')');
    put_message(text, change->message);
}

static void put_weight(cdp_text *text, const cdp_deployment_change *change)
{
    cdp_text_put_c(text,
                   change->kind == CDP_DEPLOYMENT_CHANGE_TRAFFIC ? "traffic: " : "test traffic: ");
    cdp_text_put_int(text, change->weight);
    cdp_text_put_c(text, " % to the replacement, ");
    cdp_text_put_int(text, 100 - change->weight);
    cdp_text_put_c(text, " % to the original");
}

static void put_wait(cdp_text *text, const cdp_deployment_change *change)
{
    bool began = change->kind == CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN;

    cdp_text_put_c(text, began ? "waiting: " : "waited: ");
    cdp_text_put_c(text, cdp_deployment_wait_name(change->wait));
    if (!began || change->until_ms == INT64_MAX)
        return;
    cdp_text_put_c(text, " until ");
    cdp_text_put_int(text, change->until_ms);
    cdp_text_put_c(text, " ms");
}

static void put_status(cdp_text *text, const cdp_deployment *deployment,
                       const cdp_deployment_change *change)
{
    cdp_text_put(text, deployment->id);
    cdp_text_put_byte(text, ' ');
    cdp_text_put_c(text, cdp_deployment_status_name(change->status));
    if (change->code) {
        cdp_text_put_c(text, " (");
        cdp_text_put_c(text, cdp_error_code_name(change->code));
        cdp_text_put_byte(text, ')');
    }
    put_message(text, change->message);
}

static void put_change(cdp_text *text, const cdp_deployment *deployment,
                       const cdp_deployment_change *change)
{
    switch (change->kind) {
    case CDP_DEPLOYMENT_CHANGE_STATUS:
        put_status(text, deployment, change);
        break;
    case CDP_DEPLOYMENT_CHANGE_TARGET:
        cdp_text_put(text, change->target_id);
        cdp_text_put_byte(text, ' ');
        cdp_text_put_c(text, cdp_target_status_name(change->target_status));
        break;
    case CDP_DEPLOYMENT_CHANGE_EVENT:
        put_event(text, change);
        break;
    case CDP_DEPLOYMENT_CHANGE_TRAFFIC:
    case CDP_DEPLOYMENT_CHANGE_TEST_TRAFFIC:
        put_weight(text, change);
        break;
    case CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN:
    case CDP_DEPLOYMENT_CHANGE_WAIT_ENDED:
        put_wait(text, change);
        break;
    case CDP_DEPLOYMENT_CHANGE_ALARM:
        cdp_text_put_c(text, "alarm ");
        cdp_text_put(text, change->name);
        cdp_text_put_c(text, " is ");
        cdp_text_put_c(text, cdp_alarm_state_name(change->alarm_state));
        break;
    case CDP_DEPLOYMENT_CHANGE_DECISION:
        cdp_text_put(text, change->message);
        break;
    case CDP_DEPLOYMENT_CHANGE_STOPPING:
        cdp_text_put_c(text, "ending what still runs");
        break;
    case CDP_DEPLOYMENT_CHANGE_ROLLBACK:
        cdp_text_put_c(text, "rollback");
        put_message(text, change->message);
        break;
    case CDP_DEPLOYMENT_CHANGE_TROUBLE:
        cdp_text_put_c(text, "trouble at the host");
        put_message(text, change->message);
        break;
    case CDP_DEPLOYMENT_CHANGE_TERMINATED:
        cdp_text_put(text, change->target_id);
        cdp_text_put_c(text, deployment->platform == CDP_PLATFORM_ECS ? ": task set removed"
                                                                      : ": terminated");
        break;
    }
}

cdp_status cdp_deployment_render_change(const cdp_deployment *deployment,
                                        const cdp_deployment_change *change, cdp_text *text)
{
    cdp_deployment_change own;
    cdp_status status;
    size_t before;

    if (!deployment || !text)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, change);
    if (status != CDP_OK)
        return status;
    before = text->length;
    put_change(text, deployment, &own);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}
