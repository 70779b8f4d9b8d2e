/* SPDX-License-Identifier: MIT */
/* What happened, entry by entry, and as text. */
#include <stdio.h>
#include <string.h>

#include "host.h"

/* ---- writing it down ---- */

static void put(cdp_sim_host *host, cdp_string text)
{
    cdp_status status = cdp_text_append(host->said, text.data ? text.data : "", text.length);

    if (status != CDP_OK)
        host->broken = status;
}

static void put_c(cdp_sim_host *host, const char *text)
{
    put(host, (cdp_string){text, strlen(text)});
}

static size_t said(const cdp_sim_host *host)
{
    return cdp_text_string(host->said).length;
}

/* An entry whose sentence is what is said from now on until end_note(). */
static size_t begin_note(cdp_sim_host *host, uint32_t part, cdp_sim_entry_kind kind)
{
    sim_note *note = sim_add(host, &host->notes, sizeof *note);

    if (!note) {
        host->broken = CDP_ERR_NOMEM;
        return SIZE_MAX;
    }
    *note = (sim_note){.sentence_at = said(host),
                       .entry = {.kind = kind,
                                 .deployment = part,
                                 .time_ms = host->now,
                                 .target = CDP_DEPLOYMENT_NO_TARGET,
                                 .event = CDP_DEPLOYMENT_NO_EVENT,
                                 .weight = -1,
                                 .until_ms = -1}};
    return host->notes.count - 1;
}

static sim_note *note_at(const cdp_sim_host *host, size_t number)
{
    return (sim_note *)host->notes.items + number;
}

/* Every text ends with a NUL byte, so that it may be used as a C string. */
static void end_note(cdp_sim_host *host, size_t number)
{
    sim_note *note = note_at(host, number);

    note->sentence_length = said(host) - note->sentence_at;
    put(host, (cdp_string){"", 1});
}

static int status_of(const cdp_deployment_change *change)
{
    switch (change->kind) {
    case CDP_DEPLOYMENT_CHANGE_STATUS:
        return (int)change->status;
    case CDP_DEPLOYMENT_CHANGE_TARGET:
        return (int)change->target_status;
    case CDP_DEPLOYMENT_CHANGE_EVENT:
        return (int)change->event_status;
    case CDP_DEPLOYMENT_CHANGE_ALARM:
        return (int)change->alarm_state;
    case CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN:
    case CDP_DEPLOYMENT_CHANGE_WAIT_ENDED:
        return (int)change->wait;
    default:
        return 0;
    }
}

static void put_wait(cdp_sim_host *host, const cdp_deployment_change *change)
{
    put_c(host, "waiting: ");
    put_c(host, cdp_deployment_wait_name(change->wait));
    if (change->until_ms == INT64_MAX)
        return;
    put_c(host, " until ");
    if (cdp_sim_write_time(change->until_ms, host->said) != CDP_OK)
        host->broken = CDP_ERR_NOMEM;
}

void sim_note_change(cdp_sim_host *host, uint32_t part, const cdp_deployment_change *change)
{
    bool is_traffic = change->kind == CDP_DEPLOYMENT_CHANGE_TRAFFIC ||
                      change->kind == CDP_DEPLOYMENT_CHANGE_TEST_TRAFFIC;
    size_t name_at = said(host);
    size_t number;
    sim_note *note;

    if (change->kind == CDP_DEPLOYMENT_CHANGE_ALARM) {
        put(host, change->name);
        put(host, (cdp_string){"", 1});
    }
    number = begin_note(host, part, CDP_SIM_ENTRY_CHANGE);
    if (number == SIZE_MAX)
        return;
    note = note_at(host, number);
    note->entry.change = change->kind;
    note->entry.time_ms = change->time_ms;
    note->entry.target = change->target;
    note->entry.event = change->event;
    note->entry.status = status_of(change);
    note->entry.weight = is_traffic ? change->weight : -1;
    if (change->kind == CDP_DEPLOYMENT_CHANGE_ALARM) {
        note->name_at = name_at;
        note->name_length = change->name.length;
    }
    if (change->kind == CDP_DEPLOYMENT_CHANGE_WAIT_BEGAN) {
        note->entry.until_ms = change->until_ms;
        put_wait(host, change);
    } else if (cdp_deployment_render_change(host->parts[part].deployment, change, host->said) !=
               CDP_OK) {
        host->broken = CDP_ERR_NOMEM;
    }
    end_note(host, number);
}

void sim_note_action(cdp_sim_host *host, uint32_t part, const cdp_deployment_action *action,
                     const char *how)
{
    size_t number = begin_note(host, part, CDP_SIM_ENTRY_ACTION);
    bool is_traffic = action->kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
                      action->kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC;
    const char *kind = cdp_deployment_action_kind_name(action->kind);
    char weight[32];
    sim_note *note;

    if (number == SIZE_MAX)
        return;
    note = note_at(host, number);
    note->entry.action = action->kind;
    note->entry.target = action->target;
    note->entry.event = action->event;
    note->entry.weight = is_traffic ? action->weight : -1;
    put_c(host, "asked: ");
    put_c(host, kind);
    if (is_traffic) {
        (void)snprintf(weight, sizeof weight, " %d %%", (int)action->weight);
        put_c(host, weight);
    }
    if (action->kind == CDP_DEPLOYMENT_ACTION_NOTIFY) {
        put_c(host, " ");
        put_c(host, cdp_trigger_event_name(action->trigger_event));
    }
    if (action->event_name.data && strcmp(kind, action->event_name.data) != 0) {
        put_c(host, " ");
        put(host, action->event_name);
    }
    if (action->target_id.data) {
        put_c(host, " on ");
        put(host, action->target_id);
    }
    put_c(host, " (");
    put_c(host, how);
    put_c(host, ")");
    end_note(host, number);
}

static void put_stop(cdp_sim_host *host, cdp_deployment_flag answer)
{
    put_c(host, "StopDeployment");
    if (answer != CDP_DEPLOYMENT_NOT_SAID)
        put_c(host, answer == CDP_DEPLOYMENT_YES ? " with autoRollbackEnabled=true"
                                                 : " with autoRollbackEnabled=false");
}

static void put_input(cdp_sim_host *host, const sim_arrival *arrival)
{
    const cdp_deployment_input *input = &arrival->input;

    switch (input->kind) {
    case CDP_DEPLOYMENT_INPUT_STOP:
        put_stop(host, input->answer);
        return;
    case CDP_DEPLOYMENT_INPUT_CONTINUE:
        put_c(host, "ContinueDeployment");
        if (input->wait != CDP_WAIT_NONE) {
            put_c(host, " for ");
            put_c(host, cdp_wait_type_name(input->wait));
        }
        return;
    case CDP_DEPLOYMENT_INPUT_ALARM:
        put_c(host, "told that alarm ");
        put(host, input->name);
        put_c(host, " is ");
        put_c(host, cdp_alarm_state_name(input->alarm_state));
        return;
    case CDP_DEPLOYMENT_INPUT_TARGET:
        put(host, arrival->instance.id);
        put_c(host, " joins");
        return;
    case CDP_DEPLOYMENT_INPUT_LOST:
        put(host, arrival->target);
        put_c(host, " is silent");
        return;
    case CDP_DEPLOYMENT_INPUT_LEFT:
        put(host, arrival->target);
        put_c(host, " leaves");
        return;
    case CDP_DEPLOYMENT_INPUT_RESTARTED:
        put(host, arrival->target);
        put_c(host, " comes back without what was installed");
        return;
    case CDP_DEPLOYMENT_INPUT_FAIL:
        put_c(host, "told of ");
        put_c(host, cdp_error_code_name(input->code));
        return;
    default:
        put_c(host, cdp_deployment_input_kind_name(input->kind));
        return;
    }
}

size_t sim_note_input(cdp_sim_host *host, uint32_t part, const sim_arrival *arrival)
{
    size_t number = begin_note(host, part, CDP_SIM_ENTRY_INPUT);

    if (number == SIZE_MAX)
        return number;
    note_at(host, number)->entry.input = arrival->input.kind;
    put_input(host, arrival);
    end_note(host, number);
    return number;
}

/* "The input was refused: the deployment is Stopped." as the end of a sentence that says already
 * that something is refused, without a full stop as all of them. */
static cdp_string reason_in(cdp_string why)
{
    static const char said_already[] = " was refused: ";
    const char *behind = why.length ? strstr(why.data, said_already) : NULL;

    if (behind) {
        behind += strlen(said_already);
        why = (cdp_string){behind, why.length - (size_t)(behind - why.data)};
    }
    if (why.length && why.data[why.length - 1] == '.')
        why.length--;
    return why;
}

void sim_note_refusal(cdp_sim_host *host, size_t number, cdp_string why, const char *exception)
{
    sim_note *note;
    size_t length;
    size_t from;
    size_t at = said(host);

    if (number == SIZE_MAX)
        return;
    note = note_at(host, number);
    note->entry.kind = CDP_SIM_ENTRY_REFUSED;
    length = note->sentence_length;
    from = note->sentence_at;
    note->sentence_at = at;
    /* Byte by byte: appending may move what is copied. */
    for (size_t i = 0; i < length; i++) {
        char byte = cdp_text_string(host->said).data[from + i];

        put(host, (cdp_string){&byte, 1});
    }
    put_c(host, " is refused: ");
    put(host, reason_in(why));
    if (exception) {
        put_c(host, " (");
        put_c(host, exception);
        put_c(host, ")");
    }
    end_note(host, number);
}

/* ---- reading it ---- */

const char *cdp_sim_entry_kind_name(cdp_sim_entry_kind kind)
{
    static const char *const names[] = {"unknown", "change", "input", "refused", "action"};

    return kind >= CDP_SIM_ENTRY_CHANGE && kind <= CDP_SIM_ENTRY_ACTION ? names[kind] : names[0];
}

size_t cdp_sim_host_entry_count(const cdp_sim_host *host)
{
    return host ? host->notes.count : 0;
}

/* The event's name in the plan of its target. */
static cdp_string event_name(const cdp_deployment *deployment, uint32_t target, uint32_t event)
{
    cdp_lifecycle_event_record record = {.size = sizeof record};

    if (event == CDP_DEPLOYMENT_NO_EVENT ||
        cdp_deployment_event_at(deployment, target, event, &record) != CDP_OK)
        return (cdp_string){NULL, 0};
    return record.name;
}

static void find_names(const cdp_sim_host *host, const sim_note *note, cdp_sim_entry *entry)
{
    const cdp_deployment *deployment = host->parts[entry->deployment].deployment;
    cdp_deployment_info info = {.size = sizeof info};
    cdp_deployment_target target = {.size = sizeof target};

    if (cdp_deployment_get_info(deployment, &info) == CDP_OK)
        entry->deployment_id = info.id;
    if (cdp_deployment_target_at(deployment, entry->target, &target) == CDP_OK)
        entry->target_id = target.id;
    entry->name = event_name(deployment, entry->target, entry->event);
    if (note->name_length)
        entry->name =
            (cdp_string){cdp_text_string(host->said).data + note->name_at, note->name_length};
}

cdp_status cdp_sim_host_entry_at(const cdp_sim_host *host, size_t index, cdp_sim_entry *entry)
{
    const sim_note *note;
    cdp_sim_entry own;

    if (!host || !entry)
        return CDP_ERR_ARGUMENT;
    if (index >= host->notes.count)
        return CDP_ERR_NOT_FOUND;
    note = note_at(host, index);
    own = note->entry;
    own.sentence =
        (cdp_string){cdp_text_string(host->said).data + note->sentence_at, note->sentence_length};
    find_names(host, note, &own);
    return sim_write_struct(entry, &own, sizeof own);
}

cdp_status cdp_sim_write_time(int64_t time_ms, cdp_text *text)
{
    char buffer[40];
    int length;

    if (!text || time_ms < 0)
        return CDP_ERR_ARGUMENT;
    length =
        snprintf(buffer, sizeof buffer, "%lld:%02d:%02d.%03d", (long long)(time_ms / 3600000),
                 (int)(time_ms / 60000 % 60), (int)(time_ms / 1000 % 60), (int)(time_ms % 1000));
    return cdp_text_append(text, buffer, (size_t)length);
}

static cdp_status append_c(cdp_text *text, const char *words)
{
    return cdp_text_append(text, words, strlen(words));
}

static cdp_status render_heading(const cdp_sim_host *host, uint32_t part, cdp_text *text)
{
    cdp_deployment_info info = {.size = sizeof info};
    cdp_status status = cdp_deployment_get_info(host->parts[part].deployment, &info);

    if (status == CDP_OK && cdp_text_string(text).length)
        status = append_c(text, "\n");
    if (status == CDP_OK)
        status = cdp_text_append(text, info.id.data, info.id.length);
    if (status == CDP_OK)
        status = append_c(text, " (");
    if (status == CDP_OK)
        status = append_c(text, cdp_platform_name(info.platform));
    if (status == CDP_OK)
        status = append_c(text, ", creator ");
    if (status == CDP_OK)
        status = append_c(text, cdp_deployment_creator_name(info.creator));
    if (status == CDP_OK && info.rollback_triggering_id.length) {
        status = append_c(text, ", rolls back ");
        if (status == CDP_OK)
            status = cdp_text_append(text, info.rollback_triggering_id.data,
                                     info.rollback_triggering_id.length);
    }
    return status == CDP_OK ? append_c(text, ")\n") : status;
}

/* Times up to 999 hours stand in a column; then comes at least one blank. */
enum { TIME_COLUMNS = 14 };

static cdp_status render_entry(const cdp_sim_entry *entry, cdp_text *text)
{
    size_t before = cdp_text_string(text).length;
    cdp_status status = cdp_sim_write_time(entry->time_ms, text);

    do {
        if (status == CDP_OK)
            status = append_c(text, " ");
    } while (status == CDP_OK && cdp_text_string(text).length < before + TIME_COLUMNS);
    if (status == CDP_OK && entry->kind != CDP_SIM_ENTRY_CHANGE)
        status = append_c(text, "> ");
    if (status == CDP_OK)
        status = cdp_text_append(text, entry->sentence.data, entry->sentence.length);
    return status == CDP_OK ? append_c(text, "\n") : status;
}

cdp_status cdp_sim_host_render(const cdp_sim_host *host, cdp_sim_detail detail, cdp_text *text)
{
    uint32_t shown = UINT32_MAX;
    cdp_status status = CDP_OK;

    if (!host || !text)
        return CDP_ERR_ARGUMENT;
    for (size_t i = 0; i < host->notes.count && status == CDP_OK; i++) {
        cdp_sim_entry entry = {.size = sizeof entry};

        status = cdp_sim_host_entry_at(host, i, &entry);
        if (entry.kind == CDP_SIM_ENTRY_ACTION && detail < CDP_SIM_DETAIL_ACTIONS)
            continue;
        if (status == CDP_OK && entry.deployment != shown) {
            shown = entry.deployment;
            status = render_heading(host, shown, text);
        }
        if (status == CDP_OK)
            status = render_entry(&entry, text);
    }
    return status;
}
