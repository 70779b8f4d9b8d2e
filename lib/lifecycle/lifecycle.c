/* SPDX-License-Identifier: MIT */
/* The public object around a machine. */
#include "base/allocator.h"
#include "base/sized.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "lifecycle/object.h"

cdp_status cdp_lifecycle_allocate(const cdp_lifecycle_plan *plan,
                                  const cdp_lifecycle_options *options,
                                  const cdp_allocator *allocator, cdp_lifecycle **lifecycle)
{
    cdp_allocator own;
    cdp_status status = cdp_allocator_import(&own, allocator);
    size_t bytes = sizeof **lifecycle + cdp_machine_bytes(plan) +
                   (options->message_bytes ? options->message_bytes + 1 : 0);
    cdp_lifecycle *made;

    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own, bytes);
    if (!made)
        return CDP_ERR_NOMEM;
    made->release = own.release;
    made->user = own.user;
    made->bytes = (uint32_t)bytes;
    made->message_capacity = (uint16_t)options->message_bytes;
    made->message_event = CDP_NO_MESSAGE;
    cdp_machine_init(cdp_lifecycle_machine(made), plan, options);
    *lifecycle = made;
    return CDP_OK;
}

cdp_status cdp_lifecycle_new(const cdp_lifecycle_plan *plan, const cdp_lifecycle_options *options,
                             const cdp_allocator *allocator, cdp_diagnostics *diagnostics,
                             cdp_lifecycle **lifecycle)
{
    cdp_lifecycle_options own;
    cdp_status status;

    if (!plan || !lifecycle)
        return CDP_ERR_ARGUMENT;
    status = cdp_machine_options_import(plan, options, diagnostics, &own);
    if (status != CDP_OK)
        return status;
    return cdp_lifecycle_allocate(plan, &own, allocator, lifecycle);
}

void cdp_lifecycle_free(cdp_lifecycle *lifecycle)
{
    if (lifecycle)
        lifecycle->release(lifecycle, lifecycle->bytes, lifecycle->user);
}

void cdp_lifecycle_keep_message(cdp_lifecycle *lifecycle, size_t event, cdp_string message)
{
    char *kept = cdp_lifecycle_message(lifecycle);
    size_t length;

    lifecycle->message_event = CDP_NO_MESSAGE;
    if (!message.data || lifecycle->message_capacity == 0)
        return;
    length = cdp_utf8_fitting(message, lifecycle->message_capacity);
    for (size_t at = 0; at < length;) {
        size_t bytes = cdp_utf8_length(message, at);

        if (bytes == 0 || message.data[at] == '\0') {
            kept[at++] = '?';
            continue;
        }
        memcpy(kept + at, message.data + at, bytes);
        at += bytes;
    }
    kept[length] = '\0';
    lifecycle->message_length = (uint16_t)length;
    lifecycle->message_event = (uint8_t)event;
}

/* ---------------------------------------------------------------------------------------------- */
/* Inputs                                                                                         */
/* ---------------------------------------------------------------------------------------------- */

cdp_status cdp_lifecycle_start(cdp_lifecycle *lifecycle, int64_t now, cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_start(cdp_lifecycle_machine(lifecycle), now, diagnostics);
}

cdp_status cdp_lifecycle_begin(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                               cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_begin(cdp_lifecycle_machine(lifecycle), now, event, diagnostics);
}

cdp_status cdp_lifecycle_finish(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                                const cdp_lifecycle_result *result, cdp_diagnostics *diagnostics)
{
    cdp_lifecycle_result own;
    cdp_status status;

    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    status = cdp_sized_read(&own, sizeof own, result);
    if (status == CDP_OK)
        status = cdp_machine_finish(cdp_lifecycle_machine(lifecycle), now, event, own.status,
                                    own.error, diagnostics);
    if (status == CDP_OK && own.status == CDP_EVENT_STATUS_FAILED)
        cdp_lifecycle_keep_message(lifecycle, event, own.message);
    return status;
}

cdp_status cdp_lifecycle_no_op(cdp_lifecycle *lifecycle, int64_t now, size_t event,
                               cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_no_op(cdp_lifecycle_machine(lifecycle), now, event, diagnostics);
}

cdp_status cdp_lifecycle_stop(cdp_lifecycle *lifecycle, int64_t now, cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_stop(cdp_lifecycle_machine(lifecycle), now, diagnostics);
}

cdp_status cdp_lifecycle_skip(cdp_lifecycle *lifecycle, int64_t now, cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_skip(cdp_lifecycle_machine(lifecycle), now, diagnostics);
}

cdp_status cdp_lifecycle_lose_contact(cdp_lifecycle *lifecycle, int64_t now,
                                      cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_lose_contact(cdp_lifecycle_machine(lifecycle), now, diagnostics);
}

cdp_status cdp_lifecycle_continue(cdp_lifecycle *lifecycle, int64_t now, cdp_wait_type wait,
                                  cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_continue(cdp_lifecycle_machine(lifecycle), now, wait, diagnostics);
}

cdp_status cdp_lifecycle_step(cdp_lifecycle *lifecycle, int64_t now, cdp_diagnostics *diagnostics)
{
    if (!lifecycle)
        return CDP_ERR_ARGUMENT;
    return cdp_machine_step(cdp_lifecycle_machine(lifecycle), now, diagnostics);
}

int64_t cdp_lifecycle_next_deadline(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? cdp_machine_deadline(cdp_lifecycle_machine(lifecycle)) : INT64_MAX;
}

/* ---------------------------------------------------------------------------------------------- */
/* Views                                                                                          */
/* ---------------------------------------------------------------------------------------------- */

const cdp_lifecycle_plan *cdp_lifecycle_get_plan(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? cdp_lifecycle_machine(lifecycle)->plan : NULL;
}

cdp_target_status cdp_lifecycle_get_status(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? (cdp_target_status)cdp_lifecycle_machine(lifecycle)->status
                     : CDP_TARGET_STATUS_UNKNOWN;
}

cdp_lifecycle_reason cdp_lifecycle_get_reason(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? (cdp_lifecycle_reason)cdp_lifecycle_machine(lifecycle)->reason
                     : CDP_LIFECYCLE_REASON_NONE;
}

int64_t cdp_lifecycle_now(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? cdp_lifecycle_machine(lifecycle)->now : -1;
}

cdp_status cdp_lifecycle_next(const cdp_lifecycle *lifecycle, cdp_lifecycle_action *action)
{
    cdp_lifecycle_action own;

    if (!lifecycle || !action)
        return CDP_ERR_ARGUMENT;
    own = cdp_machine_next(cdp_lifecycle_machine(lifecycle));
    return cdp_sized_write(action, &own, sizeof own);
}

cdp_status cdp_lifecycle_event_at(const cdp_lifecycle *lifecycle, size_t index,
                                  cdp_lifecycle_event_record *record)
{
    cdp_lifecycle_event_record own;

    if (!lifecycle || !record)
        return CDP_ERR_ARGUMENT;
    if (index >= cdp_lifecycle_machine(lifecycle)->plan->count)
        return CDP_ERR_NOT_FOUND;
    own = cdp_machine_event_at(cdp_lifecycle_machine(lifecycle), index);
    if (index == lifecycle->message_event)
        own.message = cdp_string_slice(cdp_lifecycle_message(lifecycle), lifecycle->message_length);
    return cdp_sized_write(record, &own, sizeof own);
}

size_t cdp_lifecycle_change_count(const cdp_lifecycle *lifecycle)
{
    return lifecycle ? cdp_machine_change_count(cdp_lifecycle_machine(lifecycle)) : 0;
}

cdp_status cdp_lifecycle_change_at(const cdp_lifecycle *lifecycle, size_t index,
                                   cdp_lifecycle_change *change)
{
    cdp_lifecycle_change own;

    if (!lifecycle || !change)
        return CDP_ERR_ARGUMENT;
    if (index >= cdp_lifecycle_change_count(lifecycle))
        return CDP_ERR_NOT_FOUND;
    own = cdp_machine_change_at(cdp_lifecycle_machine(lifecycle), index);
    return cdp_sized_write(change, &own, sizeof own);
}
