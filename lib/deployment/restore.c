/* SPDX-License-Identifier: MIT */
/*
 * Reading a snapshot back. What is read is checked value by value, so that nothing that follows can
 * go out of bounds; then the snapshot is written anew and its check compared, which finds every
 * other damage.
 */
#include "base/allocator.h"
#include "base/limits.h"
#include "base/sized.h"
#include "base/sort.h"
#include "deployment/books.h"
#include "deployment/inputs.h"
#include "deployment/new.h"
#include "deployment/refuse.h"
#include "deployment/snapshot.h"
#include "document/document.h"
#include "traffic/cursor.h"

typedef struct reading {
    const cdp_document *document;
    cdp_string bytes;
    cdp_node root;
    cdp_deployment *deployment;
    const char *problem;
} reading;

static cdp_status corrupt(reading *r, const char *problem)
{
    r->problem = problem;
    return CDP_ERR_CORRUPT;
}

static cdp_node member_of(const reading *r, const char *name)
{
    return cdp_node_find(r->document, r->root, cdp_string_of(name), NULL);
}

static bool is_string(const reading *r, cdp_node node)
{
    return cdp_node_get_kind(r->document, node) == CDP_NODE_SCALAR &&
           cdp_node_resolve(r->document, node).type == CDP_SCALAR_STRING;
}

static bool read_int(const reading *r, cdp_node node, int64_t least, int64_t most, int64_t *value)
{
    cdp_scalar scalar;

    if (cdp_node_get_kind(r->document, node) != CDP_NODE_SCALAR)
        return false;
    scalar = cdp_node_resolve(r->document, node);
    if (scalar.type != CDP_SCALAR_INTEGER || scalar.overflow || scalar.integer < least ||
        scalar.integer > most)
        return false;
    *value = scalar.integer;
    return true;
}

/* ---------------------------------------------------------------------------------------------- */
/* Rows                                                                                           */
/* ---------------------------------------------------------------------------------------------- */

typedef struct cells {
    cdp_string text;
    size_t at;
    bool bad;
} cells;

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
}

/* The next number, which has to lie between the two. */
static int64_t take(cells *row, int64_t least, int64_t most)
{
    bool negative = row->at < row->text.length && row->text.data[row->at] == '-';
    uint64_t value = 0;
    size_t start;
    int64_t number;

    row->at += negative;
    start = row->at;
    while (row->at < row->text.length && digit_of(row->text.data[row->at]) >= 0 &&
           value <= (uint64_t)INT64_MAX / 36)
        value = value * 36 + (uint64_t)digit_of(row->text.data[row->at++]);
    if (row->at == start || row->at >= row->text.length || row->text.data[row->at] != ' ' ||
        value > (uint64_t)INT64_MAX) {
        row->bad = true;
        return least;
    }
    row->at++;
    number = negative ? -(int64_t)value : (int64_t)value;
    if (number < least || number > most) {
        row->bad = true;
        return least;
    }
    return number;
}

static bool is_done(const cells *row)
{
    return !row->bad && row->at == row->text.length;
}

/* A time as its distance from another; -1 for none. */
static int64_t take_time(cells *row, int64_t from)
{
    int64_t distance = take(row, -1, CDP_MACHINE_LONGEST_TIME);

    if (distance < 0)
        return -1;
    if (distance > CDP_LATEST_TIME - from) {
        row->bad = true;
        return -1;
    }
    return from + distance;
}

static bool open_row(const reading *r, cdp_node node, cells *row)
{
    if (!is_string(r, node))
        return false;
    row->text = cdp_node_text(r->document, node);
    row->at = 0;
    row->bad = false;
    return true;
}

/* ---------------------------------------------------------------------------------------------- */
/* Slots and machines                                                                             */
/* ---------------------------------------------------------------------------------------------- */

static bool kind_fits(const cdp_deployment *deployment, uint32_t index, unsigned kind)
{
    if (kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return index != CDP_SLOT_POLL;
    if (index == CDP_SLOT_POLL)
        return kind == CDP_DEPLOYMENT_ACTION_POLL_ALARMS;
    if (index == CDP_SLOT_PROVISION)
        return kind == CDP_DEPLOYMENT_ACTION_PROVISION && deployment->rollout != NULL;
    if (index == CDP_SLOT_TASK_SET)
        return kind == CDP_DEPLOYMENT_ACTION_DELETE_TASK_SET && !cdp_is_server(deployment);
    if (kind == CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET)
        return deployment->whole_targets;
    if (kind == CDP_DEPLOYMENT_ACTION_TERMINATE)
        return deployment->rollout != NULL;
    if (kind == CDP_DEPLOYMENT_ACTION_SET_TRAFFIC ||
        kind == CDP_DEPLOYMENT_ACTION_SET_TEST_TRAFFIC ||
        kind == CDP_DEPLOYMENT_ACTION_CREATE_TASK_SET)
        return !cdp_is_server(deployment);
    return kind >= CDP_DEPLOYMENT_ACTION_RUN_HOOK && kind <= CDP_DEPLOYMENT_ACTION_ALLOW_TRAFFIC;
}

/* An action of an event belongs to the one that the machine is at. */
static bool event_fits(const cdp_deployment *deployment, uint32_t index, const cdp_slot *slot)
{
    const cdp_machine *machine;

    if (index < CDP_SLOT_TARGETS)
        return slot->event == CDP_SLOT_NO_EVENT;
    machine = cdp_machine_of(deployment, index - CDP_SLOT_TARGETS);
    if (slot->kind == CDP_DEPLOYMENT_ACTION_CANCEL)
        return slot->event == CDP_SLOT_NO_EVENT || slot->event < machine->plan->count;
    if (slot->kind == CDP_DEPLOYMENT_ACTION_DEPLOY_TARGET ||
        slot->kind == CDP_DEPLOYMENT_ACTION_TERMINATE)
        return slot->event == CDP_SLOT_NO_EVENT;
    return slot->event == machine->cursor && machine->cursor < machine->plan->count &&
           (machine->phase == CDP_PHASE_RUNNING || deployment->host_begins_events);
}

static bool read_slot(cdp_deployment *deployment, uint32_t index, cells *row)
{
    cdp_slot *slot = cdp_slot_at(deployment, index);
    unsigned state;

    *slot = (cdp_slot){.token = (uint64_t)take(row, 0, INT64_MAX)};
    if (!slot->token)
        return !row->bad;
    slot->cancels = (uint64_t)take(row, 0, INT64_MAX);
    slot->issued_ms = take(row, 0, CDP_LATEST_TIME);
    slot->deadline_ms = take(row, -1, INT64_MAX);
    if (slot->deadline_ms < 0)
        slot->deadline_ms = INT64_MAX;
    slot->weight = (int32_t)take(row, 0, 100);
    slot->kind = (uint8_t)take(row, 1, CDP_DEPLOYMENT_ACTION_AUTO_SCALING);
    slot->event = (uint8_t)take(row, 0, CDP_SLOT_NO_EVENT);
    state = (unsigned)take(row, 0, 3);
    slot->taken = state & 1;
    slot->repeated = state >> 1 & 1;
    deployment->open_count += index != CDP_SLOT_POLL;
    deployment->taken_count += slot->taken;
    return !row->bad && (slot->token & CDP_SLOT_NONE) == index &&
           slot->token >> 24 <= deployment->sequence && kind_fits(deployment, index, slot->kind);
}

static bool is_open_event(const cdp_machine *machine, size_t index)
{
    cdp_event_status status = cdp_machine_event_status(machine, index);

    return status == CDP_EVENT_STATUS_PENDING || status == CDP_EVENT_STATUS_IN_PROGRESS;
}

static bool states_are_sound(const cdp_machine *machine)
{
    for (size_t i = 0; i < machine->plan->count; i++) {
        cdp_event_status status = cdp_machine_event_status(machine, i);

        if (status < CDP_EVENT_STATUS_PENDING || status > CDP_EVENT_STATUS_UNKNOWN ||
            cdp_machine_event_error(machine, i) > CDP_EVENT_ERROR_UNKNOWN_ERROR ||
            (i < machine->cursor && is_open_event(machine, i)))
            return false;
    }
    return machine->cursor == machine->plan->count || is_open_event(machine, machine->cursor);
}

/* The phase and the cursor follow from the rest; what relies on them must not be misled. */
static bool phase_is_sound(const cdp_machine *machine)
{
    bool at_event = machine->cursor < machine->plan->count;
    bool runs = at_event &&
                cdp_machine_event_status(machine, machine->cursor) == CDP_EVENT_STATUS_IN_PROGRESS;

    switch ((cdp_target_status)machine->status) {
    case CDP_TARGET_STATUS_PENDING:
        return machine->phase == CDP_PHASE_PENDING && machine->cursor == 0 && !runs;
    case CDP_TARGET_STATUS_READY:
        return machine->phase == CDP_PHASE_READY && at_event && !runs;
    case CDP_TARGET_STATUS_IN_PROGRESS:
        return at_event && machine->phase == (runs ? CDP_PHASE_RUNNING : CDP_PHASE_DUE);
    default:
        return machine->phase == CDP_PHASE_DONE && !at_event;
    }
}

static bool read_machine(cdp_machine *machine, cells *row)
{
    int64_t last;
    int64_t since;

    machine->status = (uint8_t)take(row, CDP_TARGET_STATUS_PENDING, CDP_TARGET_STATUS_READY);
    machine->reason = (uint8_t)take(row, 0, CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED);
    machine->phase = (uint8_t)take(row, 0, CDP_PHASE_DONE);
    machine->cursor = (uint8_t)take(row, 0, machine->plan->count);
    machine->base = take(row, -1, CDP_LATEST_TIME);
    last = machine->base < 0 ? 0 : machine->base;
    machine->now = take_time(row, last);
    since = take_time(row, last);
    machine->status_before = machine->status;
    if (row->bad || (machine->base < 0) != (machine->now < 0))
        return false;
    cdp_machine_put_time(machine, machine->since, since);
    for (size_t i = 0; i < machine->plan->count; i++) {
        int64_t start;
        int64_t end;

        machine->events[i].state = (uint8_t)take(row, 0, UINT8_MAX);
        start = take_time(row, last);
        last = start < 0 ? last : start;
        end = take_time(row, last);
        last = end < 0 ? last : end;
        if (machine->base < 0 && (start >= 0 || end >= 0))
            return false;
        cdp_machine_put_time(machine, machine->events[i].start, start);
        cdp_machine_put_time(machine, machine->events[i].end, end);
    }
    return !row->bad && states_are_sound(machine) && phase_is_sound(machine) &&
           !cdp_machine_contradiction(machine);
}

static bool read_target(reading *r, uint32_t target, cells *row)
{
    cdp_deployment *deployment = r->deployment;
    cdp_deployment_member *member = cdp_member_at(deployment, target);
    cdp_machine *machine = cdp_machine_of(deployment, target);
    size_t messages = deployment->messages.length;
    uint8_t flags = (uint8_t)take(row, 0, 2 * CDP_MEMBER_APART - 1);

    if ((flags & CDP_MEMBER_BLUE) != (member->flags & CDP_MEMBER_BLUE))
        return false;
    member->flags = flags;
    member->traffic = (uint8_t)take(row, 0, 2);
    member->attempt = (uint32_t)take(row, 0, UINT32_MAX);
    member->host_status = (cdp_status)take(row, INT32_MIN, INT32_MAX);
    member->message_at = (size_t)take(row, 0, (int64_t)messages);
    member->message_length = (uint32_t)take(row, 0, (int64_t)(messages - member->message_at));
    if (!read_slot(deployment, cdp_slot_of_target(target), row))
        return false;
    cdp_machine_hold(machine, cdp_target_is_held(deployment, target), deployment->now);
    return read_machine(machine, row) && is_done(row) &&
           (!member->slot.token ||
            event_fits(deployment, cdp_slot_of_target(target), &member->slot));
}

static cdp_status read_targets(reading *r)
{
    cdp_deployment *deployment = r->deployment;
    cdp_node list = member_of(r, "targets");
    cdp_node node = cdp_node_first_child(r->document, list);

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE ||
        cdp_node_child_count(r->document, list) != deployment->member_count)
        return corrupt(r, "targets");
    memset(deployment->counts, 0, sizeof deployment->counts);
    for (uint32_t i = 0; i < deployment->member_count; i++) {
        cells row;

        if (!open_row(r, node, &row) || !read_target(r, i, &row))
            return corrupt(r, "a target");
        if (!(cdp_member_at(deployment, i)->flags & CDP_MEMBER_APART))
            deployment->counts[cdp_machine_of(deployment, i)->status]++;
        node = cdp_node_next_sibling(r->document, node);
    }
    cdp_heap_rebuild(deployment);
    return CDP_OK;
}

static cdp_status read_slots(reading *r)
{
    cdp_node list = member_of(r, "slots");
    cdp_node node = cdp_node_first_child(r->document, list);

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE ||
        cdp_node_child_count(r->document, list) != CDP_SLOT_TARGETS)
        return corrupt(r, "slots");
    for (uint32_t i = 0; i < CDP_SLOT_TARGETS; i++) {
        const cdp_slot *slot = cdp_slot_at(r->deployment, i);
        cells row;

        if (!open_row(r, node, &row) || !read_slot(r->deployment, i, &row) || !is_done(&row) ||
            (slot->token && !event_fits(r->deployment, i, slot)))
            return corrupt(r, "a slot");
        node = cdp_node_next_sibling(r->document, node);
    }
    return CDP_OK;
}

/* ---------------------------------------------------------------------------------------------- */
/* Single values                                                                                  */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status read_fields(reading *r)
{
    for (size_t i = 0; i < cdp_deployment_fields.count; i++) {
        const cdp_field *field = &cdp_deployment_fields.fields[i];
        int64_t value;

        if (!read_int(r, member_of(r, field->name), field->least, field->most, &value))
            return corrupt(r, field->name);
        cdp_field_set(field, r->deployment, value);
    }
    return CDP_OK;
}

static cdp_status read_texts(reading *r)
{
    for (size_t i = 0; i < CDP_TEXT_FIELD_COUNT; i++) {
        cdp_node node = member_of(r, cdp_deployment_texts[i].name);
        cdp_text *text = cdp_text_field_of(r->deployment, i);
        cdp_string value;

        if (!is_string(r, node))
            return corrupt(r, cdp_deployment_texts[i].name);
        value = cdp_node_text(r->document, node);
        cdp_text_clear(text);
        cdp_text_put(text, value);
        if (cdp_text_status(text) != CDP_OK)
            return CDP_ERR_NOMEM;
    }
    return CDP_OK;
}

static cdp_status read_alarms(reading *r)
{
    cdp_deployment *deployment = r->deployment;
    cdp_node list = member_of(r, "alarms");
    cdp_node node = cdp_node_first_child(r->document, list);

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE ||
        cdp_node_child_count(r->document, list) != deployment->alarm_count)
        return corrupt(r, "alarms");
    for (size_t i = 0; i < deployment->alarm_count; i++) {
        cdp_alarm *alarm = &deployment->alarms[i];
        int64_t value;

        if (!read_int(r, node, 0, 31, &value) || (value & 7) > CDP_ALARM_STATE_UNREADABLE)
            return corrupt(r, "alarms");
        alarm->state = (uint8_t)(value & 7);
        alarm->excused = value >> 3 & 1;
        alarm->told = value >> 4 & 1;
        node = cdp_node_next_sibling(r->document, node);
    }
    return CDP_OK;
}

static cdp_status read_cursor(reading *r)
{
    cdp_traffic_cursor *cursor = r->deployment->cursor;
    cdp_node node = member_of(r, "cursor");
    cells row;

    if (!cursor)
        return CDP_OK;
    if (!open_row(r, node, &row))
        return corrupt(r, "cursor");
    cursor->start_ms = take(&row, 0, CDP_LATEST_TIME);
    cursor->now_ms = take(&row, -1, CDP_LATEST_TIME);
    cursor->done = take(&row, 0, 1) != 0;
    cursor->begun = (size_t)take(&row, 0, (int64_t)cursor->schedule->count);
    for (size_t i = 0; i < cursor->begun; i++)
        cursor->began_ms[i] = take(&row, 0, CDP_LATEST_TIME);
    /* One that was never begun has no present step to be at. */
    return is_done(&row) && (cursor->begun > 0 || (!cursor->done && cursor->now_ms < 0))
               ? CDP_OK
               : corrupt(r, "cursor");
}

/* ---------------------------------------------------------------------------------------------- */
/* Which targets there are                                                                        */
/* ---------------------------------------------------------------------------------------------- */

static cdp_status append(cdp_deployment *deployment, cdp_string given_id, cdp_string given_zone,
                         bool original)
{
    cdp_string id;
    cdp_string zone;
    cdp_status status = cdp_targets_reserve(deployment, 1);

    if (status == CDP_OK)
        status = cdp_arena_copy(&deployment->arena, given_id, &id);
    if (status == CDP_OK)
        status = cdp_arena_copy(&deployment->arena, given_zone, &zone);
    if (status == CDP_OK)
        cdp_targets_append(deployment, id, zone, original ? CDP_MEMBER_BLUE : 0);
    return status;
}

static cdp_status read_rollout(reading *r)
{
    cdp_deployment *deployment = r->deployment;
    cdp_place place = cdp_node_place(r->document, member_of(r, "rollout"));
    cdp_rollout *rollout = NULL;
    cdp_status status =
        cdp_rollout_restore(r->bytes.data + place.offset, place.end_offset - place.offset,
                            &deployment->allocator, NULL, &rollout);
    size_t count = cdp_rollout_count(rollout);

    if (status != CDP_OK)
        return status == CDP_ERR_NOMEM ? status : corrupt(r, "rollout");
    cdp_rollout_free(deployment->rollout);
    deployment->rollout = rollout;
    for (size_t i = 0; i < count && status == CDP_OK; i++) {
        cdp_rollout_view view = {.size = sizeof view};

        (void)cdp_rollout_at(rollout, (uint32_t)i, &view);
        status = append(deployment, view.id, view.zone, view.original != 0);
    }
    return status;
}

static cdp_status read_instance(reading *r, cdp_node node, bool original)
{
    cdp_node id = cdp_node_first_child(r->document, node);
    cdp_node zone = cdp_node_next_sibling(r->document, id);
    cdp_node health = cdp_node_next_sibling(r->document, zone);
    cdp_node revision = cdp_node_next_sibling(r->document, health);
    cdp_rollout_instance instance = {.size = sizeof instance, .original = original};
    int64_t values[2];
    cdp_status status = CDP_OK;

    if (cdp_node_child_count(r->document, node) != 4 || !is_string(r, id) ||
        !read_int(r, health, 0, CDP_INSTANCE_HEALTHY, &values[0]) ||
        !read_int(r, revision, 0, CDP_REVISION_HEALTH_CURRENT, &values[1]))
        return corrupt(r, "an instance");
    instance.id = cdp_node_text(r->document, id);
    if (is_string(r, zone))
        instance.zone = cdp_node_text(r->document, zone);
    instance.instance_health = (cdp_instance_health)values[0];
    instance.revision_health = (cdp_revision_health)values[1];
    if (r->deployment->rollout)
        status = cdp_rollout_add(r->deployment->rollout, &instance, 1, NULL);
    if (status != CDP_OK)
        return status == CDP_ERR_NOMEM ? status : corrupt(r, "an instance");
    return append(r->deployment, instance.id, instance.zone, original);
}

/* The side of each stands in the flags of its row. */
static bool is_original(const reading *r, cdp_node target)
{
    cells row;

    return open_row(r, target, &row) && take(&row, 0, UINT8_MAX) & CDP_MEMBER_BLUE;
}

static cdp_status read_instances(reading *r)
{
    cdp_node list = member_of(r, "instances");
    cdp_node node = cdp_node_first_child(r->document, list);
    cdp_node target = cdp_node_first_child(r->document, member_of(r, "targets"));
    cdp_status status = CDP_OK;

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE)
        return corrupt(r, "instances");
    while (node && status == CDP_OK) {
        status = read_instance(r, node, is_original(r, target));
        node = cdp_node_next_sibling(r->document, node);
        target = cdp_node_next_sibling(r->document, target);
    }
    return status;
}

static cdp_status read_members(reading *r)
{
    bool started = cdp_node_get_kind(r->document, member_of(r, "rollout")) == CDP_NODE_MAPPING;

    if (r->deployment->engine == CDP_ENGINE_FLEET && started)
        return member_of(r, "instances") ? read_rollout(r) : corrupt(r, "instances");
    if (cdp_is_server(r->deployment))
        return read_instances(r);
    return member_of(r, "instances") ? CDP_OK : corrupt(r, "instances");
}

/* ---------------------------------------------------------------------------------------------- */
/* What is to be told                                                                             */
/* ---------------------------------------------------------------------------------------------- */

static bool read_queued(reading *r, cdp_node node, cdp_queued *queued)
{
    int64_t target;
    cells row;

    if (!open_row(r, node, &row))
        return false;
    *queued = (cdp_queued){.token = (uint64_t)take(&row, 1, INT64_MAX)};
    queued->time_ms = take(&row, 0, CDP_LATEST_TIME);
    target = take(&row, -1, (int64_t)r->deployment->member_count - 1);
    queued->target = target < 0 ? CDP_DEPLOYMENT_NO_TARGET : (uint32_t)target;
    queued->kind = (uint8_t)take(&row, 1, CDP_DEPLOYMENT_ACTION_AUTO_SCALING);
    queued->trigger_event = (uint8_t)take(&row, 0, CDP_TRIGGER_INSTANCE_READY);
    queued->status = (uint8_t)take(&row, 0, CDP_DEPLOYMENT_STATUS_READY);
    queued->answer = (uint8_t)take(&row, 0, CDP_ROLLOUT_ANSWER_ABANDON);
    queued->next_trigger = (uint32_t)take(&row, 0, UINT32_MAX);
    return is_done(&row) && !cdp_action_has_slot(queued->kind);
}

static cdp_status read_queue(reading *r)
{
    cdp_deployment *deployment = r->deployment;
    cdp_node list = member_of(r, "queue");
    cdp_node node = cdp_node_first_child(r->document, list);
    uint32_t count = cdp_node_child_count(r->document, list);
    cdp_status status;

    if (cdp_node_get_kind(r->document, list) != CDP_NODE_SEQUENCE)
        return corrupt(r, "queue");
    status = cdp_actions_reserve(deployment, deployment->member_count + count);
    if (status != CDP_OK)
        return status;
    for (; node; node = cdp_node_next_sibling(r->document, node)) {
        cdp_queued *queued = &deployment->queue[deployment->queue_count];

        if (!read_queued(r, node, queued) ||
            (deployment->queue_count > 0 && queued[-1].token >= queued->token))
            return corrupt(r, "queue");
        deployment->queue_count++;
    }
    return CDP_OK;
}

static int by_token(const void *a, const void *b, const void *context)
{
    uint64_t first = ((const cdp_queued *)a)->token;
    uint64_t second = ((const cdp_queued *)b)->token;

    (void)context;
    return first < second ? -1 : first > second;
}

/* Open actions are told again, in the order in which they came up. */
static cdp_status tell_again(cdp_deployment *deployment)
{
    uint32_t count = (uint32_t)deployment->member_count + CDP_SLOT_TARGETS;

    for (uint32_t i = 0; i < count; i++) {
        if (cdp_slot_at(deployment, i)->token)
            cdp_actions_repeat(deployment, i);
    }
    return cdp_sort(&deployment->allocator, deployment->queue, deployment->queue_count,
                    sizeof *deployment->queue, by_token, NULL);
}

/* ---------------------------------------------------------------------------------------------- */

/* States that the single values do not rule out, and that something later relies on. */
static bool is_consistent(const cdp_deployment *deployment)
{
    bool started = cdp_deployment_rollout(deployment) != NULL;
    bool running = deployment->stage >= CDP_STAGE_RUN && deployment->stage < CDP_STAGE_ENDING;

    if (deployment->engine == CDP_ENGINE_FLEET && running && !started)
        return false;
    /* One that is stopped before it starts has no beginning. */
    if ((deployment->stage == CDP_STAGE_CREATED && deployment->start_ms >= 0) ||
        (deployment->stage > CDP_STAGE_CREATED && deployment->stage < CDP_STAGE_ENDING &&
         deployment->start_ms < 0) ||
        (deployment->stage > CDP_STAGE_CREATED && deployment->create_ms < 0) ||
        deployment->now < deployment->start_ms)
        return false;
    if (deployment->stage == CDP_STAGE_OVER)
        return deployment->open_count == 0 && deployment->status == deployment->end_status &&
               deployment->status >= CDP_DEPLOYMENT_STATUS_SUCCEEDED &&
               deployment->status <= CDP_DEPLOYMENT_STATUS_STOPPED;
    return deployment->status < CDP_DEPLOYMENT_STATUS_SUCCEEDED ||
           deployment->status == CDP_DEPLOYMENT_STATUS_READY;
}

static cdp_status compare_check(reading *r)
{
    cdp_text text;
    char check[17];
    cdp_status status;

    cdp_text_init(&text, &r->deployment->allocator);
    cdp_deployment_put_body(r->deployment, &text);
    status = cdp_text_status(&text);
    if (status == CDP_OK) {
        cdp_snapshot_check(cdp_text_string(&text), check);
        if (!cdp_string_equal_c(cdp_node_text(r->document, member_of(r, "check")), check))
            status = corrupt(r, "check");
    }
    cdp_text_release(&text);
    return status;
}

static cdp_status read_state(reading *r)
{
    cdp_status status = read_fields(r);

    if (status == CDP_OK)
        status = read_texts(r);
    if (status == CDP_OK)
        status = read_alarms(r);
    if (status == CDP_OK)
        status = read_members(r);
    if (status == CDP_OK)
        status = read_targets(r);
    if (status == CDP_OK)
        status = read_slots(r);
    if (status == CDP_OK)
        status = read_queue(r);
    if (status == CDP_OK)
        status = read_cursor(r);
    if (status == CDP_OK && !is_consistent(r->deployment))
        status = corrupt(r, "stage");
    if (status == CDP_OK)
        status = compare_check(r);
    return status == CDP_OK ? tell_again(r->deployment) : status;
}

/* What cannot be made from the options alone. */
static cdp_status read_origin(reading *r, cdp_origin *origin, bool *has_origin)
{
    cdp_node triggering = member_of(r, "triggering_id");
    int64_t zones_ignored;
    int64_t engine;

    *origin = (cdp_origin){.engine = CDP_ENGINE_FLEET};
    if (!triggering || !member_of(r, "cursor") || !member_of(r, "rollout"))
        return corrupt(r, "a member is missing");
    if (!read_int(r, member_of(r, "engine"), CDP_ENGINE_FLEET, CDP_ENGINE_UNSHIFT, &engine) ||
        !read_int(r, member_of(r, "way_back.minimum"), -1, INT64_MAX, &origin->way_back.minimum) ||
        !read_int(r, member_of(r, "way_back.zones_ignored"), 0, 1, &zones_ignored))
        return corrupt(r, "engine");
    origin->way_back.zones_ignored = zones_ignored != 0;
    origin->engine = (cdp_engine_kind)engine;
    if (is_string(r, triggering))
        origin->way_back.triggering_id = cdp_node_text(r->document, triggering);
    *has_origin = engine >= CDP_ENGINE_REROUTE || is_string(r, triggering);
    return CDP_OK;
}

/* The options are those of the deployment that is rolled back: what it ran with is what the rollback is
 * configured after. */
static void take_triggering_config(cdp_deployment_options *options, cdp_origin *origin)
{
    cdp_string name = cdp_group_config_name(options->group);
    cdp_platform platform = cdp_group_platform(options->group);

    if (platform == CDP_PLATFORM_AUTO)
        platform = options->appspec ? cdp_appspec_platform(options->appspec) : CDP_PLATFORM_SERVER;
    if (!options->config && name.length)
        (void)cdp_config_find(name, NULL, 0, NULL, &options->config);
    else if (!options->config)
        options->config = cdp_config_default(platform);
    origin->config_name = cdp_config_name(options->config);
    options->config = cdp_config_for_rollback(options->config);
}

static cdp_status make(reading *r, const cdp_deployment_options *options,
                       const cdp_allocator *allocator, cdp_diagnostics *diagnostics)
{
    cdp_origin origin;
    cdp_deployment_options own = *options;
    bool has_origin;
    cdp_status status = read_origin(r, &origin, &has_origin);

    if (status != CDP_OK)
        return status;
    if (origin.way_back.triggering_id.data)
        own.creator = CDP_DEPLOYMENT_CREATOR_CODE_DEPLOY_ROLLBACK;
    if (origin.way_back.triggering_id.data)
        take_triggering_config(&own, &origin);
    else if (origin.engine == CDP_ENGINE_UNSHIFT && !own.config)
        own.config = cdp_config_default(cdp_group_platform(own.group) != CDP_PLATFORM_AUTO
                                            ? cdp_group_platform(own.group)
                                            : cdp_appspec_platform(own.appspec));
    status = cdp_deployment_create(&own, has_origin ? &origin : NULL, allocator, diagnostics,
                                   &r->deployment);
    if (status == CDP_OK && r->deployment->engine != origin.engine)
        return corrupt(r, "engine");
    return status;
}

static cdp_status check_head(reading *r, cdp_diagnostics *diagnostics)
{
    int64_t version;
    cdp_node node = member_of(r, "version");

    if (cdp_node_get_kind(r->document, r->root) != CDP_NODE_MAPPING ||
        !cdp_string_equal_c(cdp_node_text(r->document, member_of(r, "format")),
                            CDP_DEPLOYMENT_FORMAT))
        return corrupt(r, "it is not the snapshot of a deployment");
    if (read_int(r, node, CDP_DEPLOYMENT_FORMAT_VERSION, CDP_DEPLOYMENT_FORMAT_VERSION, &version))
        return CDP_OK;
    r->problem = NULL;
    return cdp_deployment_refuse(CDP_ERR_CORRUPT, diagnostics,
                                 CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_VERSION,
                                 cdp_node_text(r->document, node), (cdp_string){NULL, 0});
}

/* Told apart from damage: somebody took the wrong file. */
static cdp_status check_options(reading *r, cdp_diagnostics *diagnostics)
{
    cdp_string id = cdp_node_text(r->document, member_of(r, "id"));
    char digest[17];

    cdp_options_digest(r->deployment, digest);
    if (cdp_string_equal(id, r->deployment->id) &&
        cdp_string_equal_c(cdp_node_text(r->document, member_of(r, "options")), digest))
        return CDP_OK;
    r->problem = NULL;
    return cdp_deployment_refuse(
        CDP_ERR_CORRUPT, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_OTHER,
        cdp_string_equal(id, r->deployment->id) ? CDP_STR("its options were others") : id,
        (cdp_string){NULL, 0});
}

static cdp_status parse(reading *r, const cdp_allocator *allocator, cdp_document **document)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_limits limits = {.size = sizeof limits,
                         .input_bytes = r->bytes.length,
                         .scalar_bytes = r->bytes.length,
                         .nodes = UINT32_MAX / 4};
    cdp_status status = cdp_limits_import(&options.limits, &limits);

    if (status == CDP_OK)
        status =
            cdp_document_parse(r->bytes.data, r->bytes.length, &options, allocator, NULL, document);
    return status == CDP_ERR_INVALID || status == CDP_ERR_LIMIT ? CDP_ERR_CORRUPT : status;
}

static cdp_status restore(reading *r, const cdp_deployment_options *options,
                          const cdp_allocator *allocator, cdp_diagnostics *diagnostics)
{
    cdp_status status = check_head(r, diagnostics);

    if (status == CDP_OK)
        status = make(r, options, allocator, diagnostics);
    if (status == CDP_OK)
        status = check_options(r, diagnostics);
    return status == CDP_OK ? read_state(r) : status;
}

cdp_status cdp_deployment_restore(const char *bytes, size_t length,
                                  const cdp_deployment_options *options,
                                  const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                  cdp_deployment **deployment)
{
    reading r = {.bytes = cdp_string_slice(bytes, length), .problem = "it is not JSON"};
    cdp_deployment_options own;
    cdp_document *document = NULL;
    cdp_allocator imported;
    cdp_status status;

    if (!bytes || !deployment)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, options);
    if (status == CDP_OK)
        status = cdp_allocator_import(&imported, allocator);
    if (status == CDP_OK)
        status = parse(&r, &imported, &document);
    if (status == CDP_OK) {
        r.document = document;
        r.root = cdp_document_root(document);
        status = restore(&r, &own, &imported, diagnostics);
    }
    if (status == CDP_OK)
        *deployment = r.deployment;
    else
        cdp_deployment_free(r.deployment);
    if (status == CDP_ERR_CORRUPT && r.problem)
        status =
            cdp_deployment_refuse(status, diagnostics, CDP_DIAGNOSTIC_DEPLOYMENT_SNAPSHOT_DAMAGED,
                                  cdp_string_of(r.problem), (cdp_string){NULL, 0});
    cdp_document_free(document);
    return status;
}
