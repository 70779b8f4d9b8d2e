/* SPDX-License-Identifier: MIT */
#include "base/json_writer.h"
#include "base/strings.h"
#include "lifecycle/object.h"
#include "lifecycle/snapshot.h"

static void write_time(cdp_json_writer *json, const char *key, int64_t time)
{
    cdp_json_key(json, key);
    if (time < 0)
        cdp_json_null(json);
    else
        cdp_json_int(json, time);
}

static void write_word(cdp_json_writer *json, const char *key, const char *word)
{
    cdp_json_key(json, key);
    cdp_json_c_string(json, word);
}

static void write_options(cdp_json_writer *json, const cdp_lifecycle *lifecycle)
{
    cdp_lifecycle_options options;

    cdp_machine_options(cdp_lifecycle_machine(lifecycle), &options);
    cdp_json_key(json, CDP_SNAPSHOT_OPTIONS);
    cdp_json_open_object(json);
    cdp_json_key(json, CDP_SNAPSHOT_IGNORE);
    cdp_json_bool(json, options.ignore_application_stop_failures != 0);
    write_word(json, CDP_SNAPSHOT_READY_ACTION, cdp_ready_action_name(options.ready_action));
    cdp_json_key(json, CDP_SNAPSHOT_READY_WAIT);
    cdp_json_int(json, options.ready_wait_ms);
    cdp_json_key(json, CDP_SNAPSHOT_TERMINATION_WAIT);
    cdp_json_int(json, options.termination_wait_ms);
    cdp_json_key(json, CDP_SNAPSHOT_MESSAGE_BYTES);
    cdp_json_uint(json, lifecycle->message_capacity);
    cdp_json_close_object(json);
}

static void write_event(cdp_json_writer *json, const cdp_machine *machine, size_t index)
{
    cdp_lifecycle_event_record record = cdp_machine_event_at(machine, index);

    cdp_json_open_object(json);
    cdp_json_key(json, CDP_SNAPSHOT_NAME);
    cdp_json_string(json, record.name);
    write_word(json, CDP_SNAPSHOT_STATUS, cdp_event_status_name(record.status));
    write_word(json, CDP_SNAPSHOT_ERROR, cdp_event_error_name(record.error));
    write_word(json, CDP_SNAPSHOT_REASON, cdp_lifecycle_reason_name(record.reason));
    write_time(json, CDP_SNAPSHOT_START, record.start_ms);
    write_time(json, CDP_SNAPSHOT_END, record.end_ms);
    cdp_json_close_object(json);
}

static void write_message(cdp_json_writer *json, const cdp_lifecycle *lifecycle)
{
    cdp_json_key(json, CDP_SNAPSHOT_MESSAGE);
    if (lifecycle->message_event == CDP_NO_MESSAGE) {
        cdp_json_null(json);
        return;
    }
    cdp_json_open_object(json);
    cdp_json_key(json, CDP_SNAPSHOT_EVENT);
    cdp_json_uint(json, lifecycle->message_event);
    cdp_json_key(json, CDP_SNAPSHOT_TEXT);
    cdp_json_string(json,
                    cdp_string_slice(cdp_lifecycle_message(lifecycle), lifecycle->message_length));
    cdp_json_close_object(json);
}

static void write_state(cdp_json_writer *json, const cdp_machine *machine)
{
    cdp_wait_type wait = cdp_machine_next(machine).wait;

    write_word(json, CDP_SNAPSHOT_STATUS,
               cdp_target_status_name((cdp_target_status)machine->status));
    write_word(json, CDP_SNAPSHOT_REASON,
               cdp_lifecycle_reason_name((cdp_lifecycle_reason)machine->reason));
    write_word(json, CDP_SNAPSHOT_WAIT, wait == CDP_WAIT_NONE ? NULL : cdp_wait_type_name(wait));
    write_time(json, CDP_SNAPSHOT_FIRST, machine->base);
    write_time(json, CDP_SNAPSHOT_NOW, machine->now);
    write_time(json, CDP_SNAPSHOT_SINCE, cdp_machine_time(machine, machine->since));
}

cdp_status cdp_lifecycle_snapshot(const cdp_lifecycle *lifecycle, cdp_text *text)
{
    const cdp_machine *machine;
    cdp_json_writer json;
    size_t before;

    if (!lifecycle || !text)
        return CDP_ERR_ARGUMENT;
    machine = cdp_lifecycle_machine(lifecycle);
    before = text->length;
    cdp_json_init(&json, text, 0);
    cdp_json_open_object(&json);
    write_word(&json, CDP_SNAPSHOT_KIND, CDP_SNAPSHOT_KIND_VALUE);
    cdp_json_key(&json, CDP_SNAPSHOT_VERSION);
    cdp_json_int(&json, CDP_SNAPSHOT_VERSION_VALUE);
    write_word(&json, CDP_SNAPSHOT_PLATFORM, cdp_platform_name(machine->plan->platform));
    write_word(&json, CDP_SNAPSHOT_SCENARIO, cdp_scenario_name(machine->plan->scenario));
    write_options(&json, lifecycle);
    write_state(&json, machine);
    cdp_json_key(&json, CDP_SNAPSHOT_EVENTS);
    cdp_json_open_array(&json);
    for (size_t i = 0; i < machine->plan->count; i++)
        write_event(&json, machine, i);
    cdp_json_close_array(&json);
    write_message(&json, lifecycle);
    cdp_json_close_object(&json);
    if (cdp_text_status(text) == CDP_OK)
        return CDP_OK;
    cdp_text_rollback(text, before);
    return CDP_ERR_NOMEM;
}
