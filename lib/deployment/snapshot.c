/* SPDX-License-Identifier: MIT */
#include "deployment/snapshot.h"

#include "base/json_writer.h"
#include "deployment/books.h"
#include "traffic/cursor.h"

/* ---------------------------------------------------------------------------------------------- */
/* Rows                                                                                           */
/* ---------------------------------------------------------------------------------------------- */

static void put_number(cdp_text *text, int64_t value)
{
    char digits[16];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    if (value < 0)
        cdp_text_put_byte(text, '-');
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
        rest /= 36;
    } while (rest);
    cdp_text_put(text, cdp_string_slice(digits + at, sizeof digits - at));
    cdp_text_put_byte(text, ' ');
}

/* A time as its distance from another, or -1 for none. */
static void put_time(cdp_text *text, int64_t time, int64_t from)
{
    put_number(text, time < 0 ? -1 : time - from);
}

static void put_slot(cdp_text *text, const cdp_slot *slot)
{
    put_number(text, (int64_t)slot->token);
    if (!slot->token)
        return;
    put_number(text, (int64_t)slot->cancels);
    put_number(text, slot->issued_ms);
    put_number(text, slot->deadline_ms == INT64_MAX ? -1 : slot->deadline_ms);
    put_number(text, slot->weight);
    put_number(text, slot->kind);
    put_number(text, slot->event);
    put_number(text, slot->taken + 2 * slot->repeated);
}

static void put_machine(cdp_text *text, const cdp_machine *machine)
{
    int64_t last = machine->base < 0 ? 0 : machine->base;

    put_number(text, machine->status);
    put_number(text, machine->reason);
    put_number(text, machine->phase);
    put_number(text, machine->cursor);
    put_number(text, machine->base);
    put_time(text, machine->now, last);
    put_time(text, cdp_machine_time(machine, machine->since), last);
    for (size_t i = 0; i < machine->plan->count; i++) {
        int64_t start = cdp_machine_time(machine, machine->events[i].start);
        int64_t end = cdp_machine_time(machine, machine->events[i].end);

        put_number(text, machine->events[i].state);
        put_time(text, start, last);
        last = start < 0 ? last : start;
        put_time(text, end, last);
        last = end < 0 ? last : end;
    }
}

static void put_targets(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "targets");
    cdp_json_open_array(json);
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        const cdp_deployment_member *member = cdp_member_at(deployment, i);

        cdp_json_raw(json, CDP_STR("\""));
        put_number(json->text, member->flags);
        put_number(json->text, member->traffic);
        put_number(json->text, member->attempt);
        put_number(json->text, member->host_status);
        put_number(json->text, (int64_t)member->message_at);
        put_number(json->text, member->message_length);
        put_slot(json->text, &member->slot);
        put_machine(json->text, cdp_machine_of(deployment, i));
        cdp_text_put_byte(json->text, '"');
    }
    cdp_json_close_array(json);
}

/* ---------------------------------------------------------------------------------------------- */
/* The rest                                                                                       */
/* ---------------------------------------------------------------------------------------------- */

bool cdp_snapshot_has_instances(const cdp_deployment *deployment)
{
    return deployment->engine == CDP_ENGINE_REROUTE ||
           (deployment->engine == CDP_ENGINE_FLEET && !cdp_deployment_rollout(deployment));
}

static void put_instances(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "instances");
    cdp_json_open_array(json);
    for (uint32_t i = 0; i < deployment->member_count && cdp_snapshot_has_instances(deployment);
         i++) {
        cdp_rollout_view view = {.size = sizeof view};

        if (deployment->rollout)
            (void)cdp_rollout_at(deployment->rollout, i, &view);
        cdp_json_open_array(json);
        cdp_json_string(json, cdp_member_at(deployment, i)->id);
        cdp_json_string(json, cdp_member_at(deployment, i)->zone);
        cdp_json_int(json, view.instance_health);
        cdp_json_int(json, view.revision_health);
        cdp_json_close_array(json);
    }
    cdp_json_close_array(json);
}

static void put_slots(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "slots");
    cdp_json_open_array(json);
    for (size_t i = 0; i < CDP_SLOT_TARGETS; i++) {
        cdp_json_raw(json, CDP_STR("\""));
        put_slot(json->text, &deployment->slots[i]);
        cdp_text_put_byte(json->text, '"');
    }
    cdp_json_close_array(json);
}

/* What nobody answers and was not told yet. */
static void put_queue(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "queue");
    cdp_json_open_array(json);
    for (size_t i = 0; i < deployment->queue_count; i++) {
        const cdp_queued *queued =
            &deployment->queue[(deployment->queue_head + i) % deployment->queue_capacity];
        uint32_t slot;

        if (cdp_slot_find(deployment, queued->token, &slot) == CDP_OK ||
            cdp_action_has_slot(queued->kind))
            continue;
        cdp_json_raw(json, CDP_STR("\""));
        put_number(json->text, (int64_t)queued->token);
        put_number(json->text, queued->time_ms);
        put_number(json->text,
                   queued->target == CDP_DEPLOYMENT_NO_TARGET ? -1 : (int64_t)queued->target);
        put_number(json->text, queued->kind);
        put_number(json->text, queued->trigger_event);
        put_number(json->text, queued->status);
        put_number(json->text, queued->answer);
        put_number(json->text, queued->next_trigger);
        cdp_text_put_byte(json->text, '"');
    }
    cdp_json_close_array(json);
}

static void put_alarms(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "alarms");
    cdp_json_open_array(json);
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        const cdp_alarm *alarm = &deployment->alarms[i];

        cdp_json_int(json, alarm->state + 8 * alarm->excused + 16 * alarm->told);
    }
    cdp_json_close_array(json);
}

static void put_cursor(cdp_json_writer *json, const cdp_deployment *deployment)
{
    const cdp_traffic_cursor *cursor = deployment->cursor;

    cdp_json_key(json, "cursor");
    if (!cursor) {
        cdp_json_null(json);
        return;
    }
    cdp_json_raw(json, CDP_STR("\""));
    put_number(json->text, cursor->start_ms);
    put_number(json->text, cursor->now_ms);
    put_number(json->text, cursor->done);
    put_number(json->text, (int64_t)cursor->begun);
    for (size_t i = 0; i < cursor->begun; i++)
        put_number(json->text, cursor->began_ms[i]);
    cdp_text_put_byte(json->text, '"');
}

static void put_rollout(cdp_json_writer *json, const cdp_deployment *deployment)
{
    cdp_json_key(json, "rollout");
    if (!cdp_deployment_rollout(deployment)) {
        cdp_json_null(json);
        return;
    }
    cdp_json_raw(json, CDP_STR(""));
    /* It leaves the text as it was, and forgets that there was no memory. */
    if (cdp_rollout_snapshot(deployment->rollout, json->text) != CDP_OK)
        json->text->status = CDP_ERR_NOMEM;
}

void cdp_deployment_put_body(const cdp_deployment *deployment, cdp_text *text)
{
    cdp_json_writer json;
    char digest[17];

    cdp_options_digest(deployment, digest);
    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    cdp_json_key(&json, "format");
    cdp_json_c_string(&json, CDP_DEPLOYMENT_FORMAT);
    cdp_json_key(&json, "version");
    cdp_json_int(&json, CDP_DEPLOYMENT_FORMAT_VERSION);
    cdp_json_key(&json, "id");
    cdp_json_string(&json, deployment->id);
    cdp_json_key(&json, "triggering_id");
    cdp_json_string(&json, deployment->way_back.triggering_id);
    cdp_json_key(&json, "options");
    cdp_json_c_string(&json, digest);
    for (size_t i = 0; i < cdp_deployment_fields.count; i++) {
        const cdp_field *field = &cdp_deployment_fields.fields[i];

        cdp_json_key(&json, field->name);
        cdp_json_int(&json, cdp_field_get(field, deployment));
    }
    for (size_t i = 0; i < CDP_TEXT_FIELD_COUNT; i++) {
        cdp_json_key(&json, cdp_deployment_texts[i].name);
        cdp_json_string(&json, cdp_text_string(cdp_text_field_of(deployment, i)));
    }
    put_alarms(&json, deployment);
    put_slots(&json, deployment);
    put_queue(&json, deployment);
    put_cursor(&json, deployment);
    put_rollout(&json, deployment);
    put_instances(&json, deployment);
    put_targets(&json, deployment);
}

cdp_status cdp_deployment_snapshot(const cdp_deployment *deployment, cdp_text *text)
{
    char check[17];
    cdp_status status;
    size_t start;

    if (!deployment || !text)
        return CDP_ERR_ARGUMENT;
    start = text->length;
    cdp_deployment_put_body(deployment, text);
    status = cdp_text_status(text);
    if (status == CDP_OK) {
        cdp_snapshot_check(cdp_string_slice(text->data + start, text->length - start), check);
        cdp_text_put_c(text, ",\"check\":\"");
        cdp_text_put_c(text, check);
        cdp_text_put_c(text, "\"}");
        status = cdp_text_status(text);
    }
    if (status != CDP_OK)
        cdp_text_rollback(text, start);
    return status;
}
