/* SPDX-License-Identifier: MIT */
#include "base/limits.h"
#include "base/report.h"
#include "base/strings.h"
#include "document/document.h"
#include "lifecycle/object.h"
#include "lifecycle/refuse.h"
#include "lifecycle/snapshot.h"

/* The snapshot while it is read. Reading functions return false once `status` is an error. */
typedef struct snapshot_reader {
    const cdp_document *document;
    cdp_diagnostics *diagnostics;
    cdp_status status;
    const cdp_lifecycle_plan *plan;
    cdp_lifecycle *lifecycle;
    cdp_machine *machine;
} snapshot_reader;

static bool refuse(snapshot_reader *reader, cdp_diagnostic_code code, cdp_node node,
                   cdp_string argument)
{
    cdp_report finding = {.code = code, .arguments = {argument}};

    if (node)
        finding.place = cdp_node_place(reader->document, node);
    reader->status = cdp_diagnostics_report(reader->diagnostics, &finding);
    if (reader->status == CDP_OK)
        reader->status = CDP_ERR_CORRUPT;
    return false;
}

static bool damaged(snapshot_reader *reader, cdp_node node, const char *what)
{
    return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_DAMAGED, node, cdp_string_of(what));
}

/* Exactly these members, in any order. */
static bool read_members(snapshot_reader *reader, cdp_node mapping, const char *const *keys,
                         size_t count, cdp_node *values)
{
    if (cdp_node_get_kind(reader->document, mapping) != CDP_NODE_MAPPING ||
        cdp_node_child_count(reader->document, mapping) != count)
        return damaged(reader, mapping, "an object has other members than it should");
    for (size_t i = 0; i < count; i++) {
        values[i] = cdp_node_find(reader->document, mapping, cdp_string_of(keys[i]), NULL);
        if (!values[i])
            return damaged(reader, mapping, "an object lacks a member");
    }
    return true;
}

static bool read_text(snapshot_reader *reader, cdp_node node, cdp_string *text)
{
    if (cdp_node_get_kind(reader->document, node) != CDP_NODE_SCALAR ||
        cdp_node_resolve(reader->document, node).type != CDP_SCALAR_STRING)
        return damaged(reader, node, "a value is not text");
    *text = cdp_node_text(reader->document, node);
    return true;
}

static bool is_null(const snapshot_reader *reader, cdp_node node)
{
    return cdp_node_get_kind(reader->document, node) == CDP_NODE_SCALAR &&
           cdp_node_resolve(reader->document, node).type == CDP_SCALAR_NULL;
}

static bool read_int(snapshot_reader *reader, cdp_node node, int64_t least, int64_t most,
                     int64_t *value)
{
    cdp_scalar scalar = cdp_node_resolve(reader->document, node);

    if (cdp_node_get_kind(reader->document, node) != CDP_NODE_SCALAR ||
        scalar.type != CDP_SCALAR_INTEGER || scalar.overflow || scalar.integer < least ||
        scalar.integer > most)
        return damaged(reader, node, "a number is missing or out of range");
    *value = scalar.integer;
    return true;
}

static bool read_bool(snapshot_reader *reader, cdp_node node, int *value)
{
    cdp_scalar scalar = cdp_node_resolve(reader->document, node);

    if (cdp_node_get_kind(reader->document, node) != CDP_NODE_SCALAR ||
        scalar.type != CDP_SCALAR_BOOLEAN)
        return damaged(reader, node, "a value is neither true nor false");
    *value = scalar.boolean;
    return true;
}

/* A time among those that the machine has seen, or -1 for null. */
static bool read_time(snapshot_reader *reader, cdp_node node, int64_t *time)
{
    *time = -1;
    if (is_null(reader, node))
        return true;
    if (reader->machine->base < 0)
        return damaged(reader, node, "a time lies before the first input");
    return read_int(reader, node, reader->machine->base, reader->machine->now, time);
}

static bool read_reason(snapshot_reader *reader, cdp_node node, cdp_lifecycle_reason *reason)
{
    cdp_string word;

    if (!read_text(reader, node, &word))
        return false;
    for (int i = 0; i <= CDP_LIFECYCLE_REASON_READY_WAIT_EXPIRED; i++) {
        *reason = (cdp_lifecycle_reason)i;
        if (cdp_string_equal_c(word, cdp_lifecycle_reason_name(*reason)))
            return true;
    }
    return damaged(reader, node, "a reason is unknown");
}

/* ---------------------------------------------------------------------------------------------- */
/* Events                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

static bool cause_of(cdp_event_status status, cdp_lifecycle_reason reason, cdp_machine_cause *cause)
{
    cdp_lifecycle_reason plain = status == CDP_EVENT_STATUS_UNKNOWN
                                     ? CDP_LIFECYCLE_REASON_CONTACT_LOST
                                     : CDP_LIFECYCLE_REASON_NONE;

    *cause = CDP_CAUSE_REPORT;
    if (status != CDP_EVENT_STATUS_FAILED)
        return reason == plain;
    for (int i = CDP_CAUSE_REPORT; i <= CDP_CAUSE_STOP; i++) {
        *cause = (cdp_machine_cause)i;
        if (reason == cdp_machine_reason_of(*cause))
            return true;
    }
    return false;
}

static bool read_name(snapshot_reader *reader, cdp_node node, size_t index)
{
    cdp_string name;

    if (!read_text(reader, node, &name))
        return false;
    if (!cdp_string_equal(name, cdp_plan_traits(reader->plan, index)->name))
        return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_PLAN, node,
                      CDP_STR("an event has another name"));
    return true;
}

static bool read_event(snapshot_reader *reader, cdp_node node, size_t index)
{
    enum { NAME, STATUS, ERROR, REASON, START, END, COUNT };
    static const char *const keys[COUNT] = {
        CDP_SNAPSHOT_NAME,   CDP_SNAPSHOT_STATUS, CDP_SNAPSHOT_ERROR,
        CDP_SNAPSHOT_REASON, CDP_SNAPSHOT_START,  CDP_SNAPSHOT_END,
    };
    cdp_machine_event *event = &reader->machine->events[index];
    cdp_node values[COUNT];
    cdp_event_status status;
    cdp_event_error error;
    cdp_lifecycle_reason reason;
    cdp_machine_cause cause;
    cdp_string word;
    int64_t start;
    int64_t end;

    if (!read_members(reader, node, keys, COUNT, values) ||
        !read_name(reader, values[NAME], index) || !read_text(reader, values[STATUS], &word))
        return false;
    if (cdp_event_status_from_name(word, &status) != CDP_OK)
        return damaged(reader, values[STATUS], "a status is unknown");
    if (!read_text(reader, values[ERROR], &word))
        return false;
    if (cdp_event_error_from_name(word, &error) != CDP_OK)
        return damaged(reader, values[ERROR], "an error code is unknown");
    if (!read_reason(reader, values[REASON], &reason))
        return false;
    if (!cause_of(status, reason, &cause))
        return damaged(reader, values[REASON], "a reason contradicts a status");
    if (!read_time(reader, values[START], &start) || !read_time(reader, values[END], &end))
        return false;
    event->state = cdp_machine_state(status, error, cause);
    cdp_machine_put_time(reader->machine, event->start, start);
    cdp_machine_put_time(reader->machine, event->end, end);
    return true;
}

static bool read_events(snapshot_reader *reader, cdp_node events)
{
    cdp_node event = cdp_node_first_child(reader->document, events);

    if (cdp_node_get_kind(reader->document, events) != CDP_NODE_SEQUENCE ||
        cdp_node_child_count(reader->document, events) != reader->plan->count)
        return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_PLAN, events,
                      CDP_STR("it has another number of events"));
    for (size_t i = 0; i < reader->plan->count; i++) {
        if (!read_event(reader, event, i))
            return false;
        event = cdp_node_next_sibling(reader->document, event);
    }
    return true;
}

/* ---------------------------------------------------------------------------------------------- */
/* The target                                                                                     */
/* ---------------------------------------------------------------------------------------------- */

static bool read_options(snapshot_reader *reader, cdp_node node, cdp_lifecycle_options *options)
{
    enum { IGNORE, ACTION, READY, TERMINATION, BYTES, COUNT };
    static const char *const keys[COUNT] = {
        CDP_SNAPSHOT_IGNORE,           CDP_SNAPSHOT_READY_ACTION,  CDP_SNAPSHOT_READY_WAIT,
        CDP_SNAPSHOT_TERMINATION_WAIT, CDP_SNAPSHOT_MESSAGE_BYTES,
    };
    cdp_lifecycle_options given = {.size = sizeof given};
    cdp_node values[COUNT];
    int64_t bytes;
    cdp_string action;

    if (!read_members(reader, node, keys, COUNT, values) ||
        !read_bool(reader, values[IGNORE], &given.ignore_application_stop_failures) ||
        !read_text(reader, values[ACTION], &action) ||
        !read_int(reader, values[READY], 0, INT64_MAX, &given.ready_wait_ms) ||
        !read_int(reader, values[TERMINATION], 0, INT64_MAX, &given.termination_wait_ms) ||
        !read_int(reader, values[BYTES], 0, UINT32_MAX, &bytes))
        return false;
    given.message_bytes = (uint32_t)bytes;
    if (cdp_ready_action_from_name(action, &given.ready_action) != CDP_OK ||
        cdp_machine_options_import(reader->plan, &given, NULL, options) != CDP_OK)
        return damaged(reader, node, "its options are not possible");
    return true;
}

/* Which wait the snapshot is in; must agree with what the state says by itself. */
static bool read_wait(snapshot_reader *reader, cdp_node node, cdp_wait_type *wait)
{
    cdp_string word;

    *wait = CDP_WAIT_NONE;
    if (is_null(reader, node))
        return true;
    if (!read_text(reader, node, &word))
        return false;
    return cdp_wait_type_from_name(word, wait) == CDP_OK ||
           damaged(reader, node, "a kind of wait is unknown");
}

static cdp_machine_phase phase_of(const cdp_machine *machine, cdp_wait_type wait)
{
    switch ((cdp_target_status)machine->status) {
    case CDP_TARGET_STATUS_PENDING:
        return CDP_PHASE_PENDING;
    case CDP_TARGET_STATUS_READY:
        return CDP_PHASE_READY;
    case CDP_TARGET_STATUS_IN_PROGRESS:
        return machine->cursor < machine->plan->count &&
                       cdp_machine_event_status(machine, machine->cursor) ==
                           CDP_EVENT_STATUS_IN_PROGRESS
                   ? CDP_PHASE_RUNNING
                   : CDP_PHASE_DUE;
    default:
        return wait == CDP_WAIT_TERMINATION ? CDP_PHASE_TERMINATION : CDP_PHASE_DONE;
    }
}

/* What a machine keeps besides, for speed. */
static void derive(cdp_machine *machine, cdp_wait_type wait)
{
    while (machine->cursor < machine->plan->count) {
        cdp_event_status status = cdp_machine_event_status(machine, machine->cursor);

        if (status == CDP_EVENT_STATUS_PENDING || status == CDP_EVENT_STATUS_IN_PROGRESS)
            break;
        machine->cursor++;
    }
    machine->phase = (uint8_t)phase_of(machine, wait);
    machine->status_before = machine->status;
}

enum {
    KIND,
    VERSION,
    PLATFORM,
    SCENARIO,
    OPTIONS,
    STATUS,
    REASON,
    WAIT,
    FIRST,
    NOW,
    SINCE,
    EVENTS,
    MESSAGE,
    MEMBER_COUNT
};

static const char *const members[MEMBER_COUNT] = {
    CDP_SNAPSHOT_KIND,    CDP_SNAPSHOT_VERSION, CDP_SNAPSHOT_PLATFORM, CDP_SNAPSHOT_SCENARIO,
    CDP_SNAPSHOT_OPTIONS, CDP_SNAPSHOT_STATUS,  CDP_SNAPSHOT_REASON,   CDP_SNAPSHOT_WAIT,
    CDP_SNAPSHOT_FIRST,   CDP_SNAPSHOT_NOW,     CDP_SNAPSHOT_SINCE,    CDP_SNAPSHOT_EVENTS,
    CDP_SNAPSHOT_MESSAGE,
};

static bool read_first_and_now(snapshot_reader *reader, const cdp_node *values)
{
    cdp_machine *machine = reader->machine;

    if (is_null(reader, values[FIRST]) && is_null(reader, values[NOW]))
        return true;
    if (!read_int(reader, values[FIRST], 0, INT64_MAX, &machine->base))
        return false;
    return read_int(reader, values[NOW], machine->base,
                    machine->base <= INT64_MAX - CDP_MACHINE_LONGEST_TIME
                        ? machine->base + CDP_MACHINE_LONGEST_TIME
                        : INT64_MAX,
                    &machine->now);
}

static bool read_status(snapshot_reader *reader, const cdp_node *values)
{
    cdp_machine *machine = reader->machine;
    cdp_target_status status;
    cdp_lifecycle_reason reason;
    cdp_string word;

    if (!read_text(reader, values[STATUS], &word))
        return false;
    if (cdp_target_status_from_name(word, &status) != CDP_OK)
        return damaged(reader, values[STATUS], "a status is unknown");
    if (!read_reason(reader, values[REASON], &reason))
        return false;
    machine->status = (uint8_t)status;
    machine->reason = (uint8_t)reason;
    return true;
}

static bool read_state(snapshot_reader *reader, const cdp_node *values)
{
    cdp_machine *machine = reader->machine;
    const char *contradiction;
    cdp_wait_type wait;
    int64_t since;

    if (!read_first_and_now(reader, values) || !read_status(reader, values) ||
        !read_wait(reader, values[WAIT], &wait) || !read_time(reader, values[SINCE], &since) ||
        !read_events(reader, values[EVENTS]))
        return false;
    cdp_machine_put_time(machine, machine->since, since);
    derive(machine, wait);
    contradiction = cdp_machine_contradiction(machine);
    if (!contradiction && cdp_machine_next(machine).wait != wait)
        contradiction = "what it waits for contradicts its status";
    return !contradiction || damaged(reader, 0, contradiction);
}

/* Whether the event is the last one that was reported as failed. */
static bool is_last_failure(const cdp_machine *machine, size_t event)
{
    size_t last = machine->plan->count;

    for (size_t i = 0; i < machine->plan->count; i++) {
        if (cdp_machine_event_status(machine, i) == CDP_EVENT_STATUS_FAILED &&
            cdp_machine_event_cause(machine, i) == CDP_CAUSE_REPORT)
            last = i;
    }
    return event == last;
}

static bool read_message(snapshot_reader *reader, cdp_node node)
{
    enum { EVENT, TEXT, COUNT };
    static const char *const keys[COUNT] = {CDP_SNAPSHOT_EVENT, CDP_SNAPSHOT_TEXT};
    cdp_lifecycle *lifecycle = reader->lifecycle;
    cdp_node values[COUNT];
    cdp_string text;
    int64_t event;

    if (is_null(reader, node))
        return true;
    if (!read_members(reader, node, keys, COUNT, values) ||
        !read_int(reader, values[EVENT], 0, reader->plan->count - 1, &event) ||
        !read_text(reader, values[TEXT], &text))
        return false;
    cdp_lifecycle_keep_message(lifecycle, (size_t)event, text);
    return (lifecycle->message_event != CDP_NO_MESSAGE &&
            is_last_failure(reader->machine, (size_t)event) &&
            cdp_string_equal(text, cdp_string_slice(cdp_lifecycle_message(lifecycle),
                                                    lifecycle->message_length))) ||
           damaged(reader, node, "its message belongs to no failed event, or is too long");
}

static bool read_version(snapshot_reader *reader, cdp_node root)
{
    cdp_node node = cdp_node_find(reader->document, root, CDP_STR(CDP_SNAPSHOT_VERSION), NULL);
    cdp_node kind = cdp_node_find(reader->document, root, CDP_STR(CDP_SNAPSHOT_KIND), NULL);

    if (!cdp_string_equal_c(cdp_node_text(reader->document, kind), CDP_SNAPSHOT_KIND_VALUE))
        return damaged(reader, kind, "it is not the snapshot of a target");
    if (cdp_node_resolve(reader->document, node).type != CDP_SCALAR_INTEGER ||
        cdp_node_resolve(reader->document, node).integer != CDP_SNAPSHOT_VERSION_VALUE)
        return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_VERSION, node,
                      cdp_node_text(reader->document, node));
    return true;
}

static bool read_plan(snapshot_reader *reader, const cdp_node *values)
{
    cdp_platform platform = CDP_PLATFORM_AUTO;
    cdp_scenario scenario;
    cdp_string platform_name;
    cdp_string scenario_name;

    if (!read_text(reader, values[PLATFORM], &platform_name) ||
        !read_text(reader, values[SCENARIO], &scenario_name))
        return false;
    if (cdp_platform_from_name(platform_name, &platform) != CDP_OK &&
        !cdp_string_equal_c(platform_name, cdp_platform_name(CDP_PLATFORM_AUTO)))
        return damaged(reader, values[PLATFORM], "a platform is unknown");
    if (cdp_scenario_from_name(scenario_name, &scenario) != CDP_OK)
        return damaged(reader, values[SCENARIO], "a scenario is unknown");
    if (!reader->plan)
        reader->plan = cdp_lifecycle_plan_find(platform, scenario);
    if (!reader->plan)
        return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_PLAN, values[SCENARIO],
                      CDP_STR("its plan is not a standard one, and was not passed along"));
    if (reader->plan->platform != platform || reader->plan->scenario != scenario)
        return refuse(reader, CDP_DIAGNOSTIC_LIFECYCLE_SNAPSHOT_PLAN, values[SCENARIO],
                      CDP_STR("it has another platform or scenario"));
    return true;
}

static bool read_snapshot(snapshot_reader *reader, const cdp_allocator *allocator)
{
    cdp_node root = cdp_document_root(reader->document);
    cdp_lifecycle_options options;
    cdp_node values[MEMBER_COUNT];

    if (!read_version(reader, root) || !read_members(reader, root, members, MEMBER_COUNT, values) ||
        !read_plan(reader, values) || !read_options(reader, values[OPTIONS], &options))
        return false;
    reader->status = cdp_lifecycle_allocate(reader->plan, &options, allocator, &reader->lifecycle);
    if (reader->status != CDP_OK)
        return false;
    reader->machine = cdp_lifecycle_machine(reader->lifecycle);
    return read_state(reader, values) && read_message(reader, values[MESSAGE]);
}

static cdp_status parse(snapshot_reader *reader, cdp_string snapshot,
                        const cdp_allocator *allocator, cdp_document **document)
{
    cdp_document_options options = {.notation = CDP_NOTATION_JSON};
    cdp_status status = cdp_limits_import(&options.limits, NULL);

    if (status == CDP_OK)
        status = cdp_document_parse(snapshot.data, snapshot.length, &options, allocator,
                                    reader->diagnostics, document);
    if (status != CDP_ERR_INVALID && status != CDP_ERR_LIMIT)
        return status;
    (void)damaged(reader, 0, "it is not a JSON document of a size that can be read");
    return reader->status;
}

cdp_status cdp_lifecycle_restore(cdp_string snapshot, const cdp_lifecycle_plan *plan,
                                 const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                                 cdp_lifecycle **lifecycle)
{
    snapshot_reader reader = {.diagnostics = diagnostics, .plan = plan};
    cdp_document *document;
    cdp_status status;

    if (!snapshot.data || !lifecycle)
        return CDP_ERR_ARGUMENT;
    status = parse(&reader, snapshot, allocator, &document);
    if (status != CDP_OK)
        return status;
    reader.document = document;
    if (read_snapshot(&reader, allocator))
        *lifecycle = reader.lifecycle;
    else
        cdp_lifecycle_free(reader.lifecycle);
    cdp_document_free(document);
    return reader.status;
}
