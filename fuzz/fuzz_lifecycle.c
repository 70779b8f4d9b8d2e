/* SPDX-License-Identifier: MIT */
/*
 * Lifecycles: the first byte chooses what the others are.
 *
 *   0  a snapshot: what is read is written again and read again, and says the same
 *   1  names of local events, and behind a '|' those of an AppSpec's hooks
 *   2… a plan, options, then inputs with times. Two targets get the same inputs; one of them is
 *      written out and read back wherever the bytes say so. They never differ.
 *
 * The second byte lets a request for memory fail, 0 none.
 */
#include "fuzzing.h"

#include <codedeploy/lifecycle.h>

/* ---- snapshots ---- */

static cdp_text *written(const cdp_lifecycle *lifecycle)
{
    cdp_text *text = new_text();

    must(cdp_lifecycle_snapshot(lifecycle, text) == CDP_OK);
    return text;
}

static void same_state(const cdp_lifecycle *a, const cdp_lifecycle *b)
{
    cdp_text *left = written(a);
    cdp_text *right = written(b);

    must_be_same(left, right);
    cdp_text_free(left);
    cdp_text_free(right);
}

/* Puts in its place what its snapshot makes; memory permitting. */
static void replace(cdp_lifecycle **lifecycle)
{
    const cdp_lifecycle_plan *plan = cdp_lifecycle_get_plan(*lifecycle);
    cdp_lifecycle *restored = NULL;
    cdp_text *text = written(*lifecycle);
    cdp_status status =
        cdp_lifecycle_restore(cdp_text_string(text), plan, &allocator, NULL, &restored);

    cdp_text_free(text);
    must(status == CDP_OK || status == CDP_ERR_NOMEM);
    if (status != CDP_OK)
        return;
    same_state(*lifecycle, restored);
    cdp_lifecycle_free(*lifecycle);
    *lifecycle = restored;
}

static void read_snapshot(const reader *bytes)
{
    cdp_string snapshot = {(const char *)bytes->data, bytes->size};
    cdp_diagnostics *diagnostics = NULL;
    cdp_lifecycle *lifecycle = NULL;
    cdp_status status;

    if (cdp_diagnostics_new(&allocator, NULL, &diagnostics) != CDP_OK)
        return;
    status = cdp_lifecycle_restore(snapshot, NULL, &allocator, diagnostics, &lifecycle);
    must((status == CDP_OK) == (lifecycle != NULL));
    if (status == CDP_OK) {
        replace(&lifecycle);
        if (cdp_lifecycle_next_deadline(lifecycle) != INT64_MAX)
            must(cdp_lifecycle_next_deadline(lifecycle) > cdp_lifecycle_now(lifecycle));
        if (cdp_lifecycle_now(lifecycle) < INT64_MAX)
            must(cdp_lifecycle_step(lifecycle, cdp_lifecycle_now(lifecycle) + 1, NULL) == CDP_OK ||
                 cdp_lifecycle_now(lifecycle) >= (int64_t)1 << 48);
    } else {
        must(status == CDP_ERR_CORRUPT || status == CDP_ERR_NOMEM);
        must(status == CDP_ERR_NOMEM || cdp_diagnostics_count(diagnostics) > 0);
    }
    cdp_lifecycle_free(lifecycle);
    cdp_diagnostics_free(diagnostics);
}

/* ---- local plans ---- */

static size_t split(reader *bytes, cdp_string names[64])
{
    size_t count = 0;

    while (bytes->size > 0 && count < 64) {
        size_t length = 0;

        while (length < bytes->size && bytes->data[length] != ',' && bytes->data[length] != '|')
            length++;
        names[count++] = (cdp_string){(const char *)bytes->data, length};
        bytes->data += length;
        bytes->size -= length;
        if (take(bytes) == '|')
            break;
    }
    return count;
}

static void make_local_plan(reader *bytes)
{
    cdp_string events[64];
    cdp_string hooks[64];
    cdp_lifecycle_local local = {.size = sizeof local, .events = events, .hooks = hooks};
    cdp_lifecycle_plan *plan = NULL;

    local.event_count = split(bytes, events);
    local.has_hooks = bytes->size > 0;
    local.hook_count = split(bytes, hooks);
    if (cdp_lifecycle_plan_new_local(&local, &allocator, NULL, &plan) == CDP_OK) {
        size_t count = cdp_lifecycle_plan_event_count(plan);
        size_t download = cdp_lifecycle_plan_event_find(plan, (cdp_string){"DownloadBundle", 14});
        size_t install = cdp_lifecycle_plan_event_find(plan, (cdp_string){"Install", 7});

        must(download < install && install < count && count <= CDP_LIFECYCLE_MAX_EVENTS);
        for (size_t i = 0; i < count; i++) {
            cdp_lifecycle_event_info info = {.size = sizeof info};

            must(cdp_lifecycle_plan_event_at(plan, i, &info) == CDP_OK && info.name.length > 0);
        }
    }
    cdp_lifecycle_plan_free(plan);
}

/* ---- inputs ---- */

typedef struct input {
    uint8_t kind;
    size_t event;
    int64_t now;
    uint8_t detail;
} input;

static int64_t instant(reader *bytes, const cdp_lifecycle *lifecycle)
{
    static const int64_t steps[] = {0, 1, 299999, 300000, 300001, 3600000, (int64_t)1 << 40};
    int64_t now = cdp_lifecycle_now(lifecycle) < 0 ? 0 : cdp_lifecycle_now(lifecycle);
    int64_t deadline = cdp_lifecycle_next_deadline(lifecycle);
    uint8_t choice = take(bytes) % 12;

    if (choice < sizeof steps / sizeof *steps)
        return now > INT64_MAX - steps[choice] ? now : now + steps[choice];
    switch (choice) {
    case 7:
        return now - 1;
    case 8:
        return deadline - 1;
    case 9:
        return deadline;
    case 10:
        return deadline < INT64_MAX ? deadline + 1 : deadline;
    default:
        return (int64_t)((uint64_t)take(bytes) << 56 | take(bytes));
    }
}

static cdp_status put_in(cdp_lifecycle *lifecycle, const input *in)
{
    cdp_lifecycle_result result = {
        .size = sizeof result,
        .status = in->detail & 1 ? CDP_EVENT_STATUS_FAILED : CDP_EVENT_STATUS_SUCCEEDED,
        .error = (cdp_event_error)(in->detail & 1 ? in->detail >> 1 & 7 : 0),
        .message = {"na\xC3\xAFve \xFF\0", in->detail % 10},
    };

    switch (in->kind) {
    case 0:
        return cdp_lifecycle_start(lifecycle, in->now, NULL);
    case 1:
        return cdp_lifecycle_stop(lifecycle, in->now, NULL);
    case 2:
        return cdp_lifecycle_skip(lifecycle, in->now, NULL);
    case 3:
        return cdp_lifecycle_lose_contact(lifecycle, in->now, NULL);
    case 4:
        return cdp_lifecycle_continue(lifecycle, in->now, (cdp_wait_type)(in->detail % 3), NULL);
    case 5:
        return cdp_lifecycle_no_op(lifecycle, in->now, in->event, NULL);
    case 6:
    case 7:
        return cdp_lifecycle_step(lifecycle, in->now, NULL);
    case 8:
    case 9:
    case 10:
        return cdp_lifecycle_begin(lifecycle, in->now, in->event, NULL);
    default:
        return cdp_lifecycle_finish(lifecycle, in->now, in->event, &result, NULL);
    }
}

static input read_input(reader *bytes, const cdp_lifecycle *lifecycle)
{
    cdp_lifecycle_action action = {.size = sizeof action};
    uint8_t first = take(bytes);
    input in = {.kind = first & 15, .detail = take(bytes), .now = instant(bytes, lifecycle)};

    must(cdp_lifecycle_next(lifecycle, &action) == CDP_OK);
    in.event = first & 0x80 ? take(bytes) : action.event;
    return in;
}

/* All that can be seen of a target, in one number; whatever never holds ends the run. */
static uint64_t look_at(const cdp_lifecycle *lifecycle)
{
    cdp_target_status status = cdp_lifecycle_get_status(lifecycle);
    size_t count = cdp_lifecycle_plan_event_count(cdp_lifecycle_get_plan(lifecycle));
    uint64_t seen = (uint64_t)status << 8 | (uint64_t)cdp_lifecycle_get_reason(lifecycle);
    size_t running = 0;
    size_t pending = 0;

    for (size_t i = 0; i < count; i++) {
        cdp_lifecycle_event_record record = {.size = sizeof record};

        must(cdp_lifecycle_event_at(lifecycle, i, &record) == CDP_OK);
        running += record.status == CDP_EVENT_STATUS_IN_PROGRESS;
        pending += record.status == CDP_EVENT_STATUS_PENDING;
        must(pending == 0 || record.status == CDP_EVENT_STATUS_PENDING);
        seen = seen * 1099511628211u + (uint64_t)record.status;
        seen = seen * 1099511628211u + (uint64_t)record.error;
        seen = seen * 1099511628211u + (uint64_t)record.reason;
        seen = seen * 1099511628211u + (uint64_t)record.start_ms;
        seen = seen * 1099511628211u + (uint64_t)record.end_ms;
        seen = seen * 1099511628211u + record.message.length;
    }
    must(running <= 1);
    must(status == CDP_TARGET_STATUS_PENDING || status == CDP_TARGET_STATUS_IN_PROGRESS ||
         status == CDP_TARGET_STATUS_READY || running + pending == 0);
    seen = seen * 1099511628211u + (uint64_t)cdp_lifecycle_now(lifecycle);
    return seen * 1099511628211u + (uint64_t)cdp_lifecycle_next_deadline(lifecycle);
}

static void run_inputs(reader *bytes, cdp_lifecycle **restored, cdp_lifecycle *untouched)
{
    for (int i = 0; i < 200 && bytes->size > 0; i++) {
        input in = read_input(bytes, untouched);
        uint64_t before = look_at(untouched);
        cdp_status status = put_in(untouched, &in);

        must(put_in(*restored, &in) == status);
        if (status == CDP_OK)
            must(cdp_lifecycle_change_count(*restored) == cdp_lifecycle_change_count(untouched));
        else
            must(look_at(untouched) == before);
        must(look_at(*restored) == look_at(untouched));
        if (in.detail >= 0xE0)
            replace(restored);
    }
    same_state(*restored, untouched);
}

static void drive(uint8_t choice, reader *bytes)
{
    size_t count = cdp_lifecycle_plan_standard_count();
    const cdp_lifecycle_plan *plan = cdp_lifecycle_plan_standard_at(choice % count);
    uint8_t flags = take(bytes);
    cdp_lifecycle_options options = {
        .size = sizeof options,
        .ignore_application_stop_failures =
            flags & 1 && cdp_lifecycle_plan_platform(plan) == CDP_PLATFORM_SERVER,
        .ready_action =
            flags & 2 ? CDP_READY_ACTION_STOP_DEPLOYMENT : CDP_READY_ACTION_CONTINUE_DEPLOYMENT,
        .ready_wait_ms = (flags & 6) == 6 ? 5000 : 0,
        .termination_wait_ms = flags & 8 ? 7000 : 0,
        .message_bytes = flags >> 4,
    };
    cdp_lifecycle *targets[2] = {NULL, NULL};

    if (cdp_lifecycle_new(plan, &options, &allocator, NULL, &targets[0]) == CDP_OK &&
        cdp_lifecycle_new(plan, &options, &allocator, NULL, &targets[1]) == CDP_OK)
        run_inputs(bytes, &targets[0], targets[1]);
    cdp_lifecycle_free(targets[0]);
    cdp_lifecycle_free(targets[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader bytes = {data, size};
    uint8_t choice = take(&bytes);

    requests_left = take(&bytes);
    if (choice == 0)
        read_snapshot(&bytes);
    else if (choice == 1)
        make_local_plan(&bytes);
    else
        drive((uint8_t)(choice - 2), &bytes);
    return 0;
}
