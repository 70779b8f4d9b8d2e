/* SPDX-License-Identifier: MIT */
#include "traffic/cursor.h"

#include "base/allocator.h"
#include "base/sized.h"

static size_t bytes_of(const cdp_traffic_schedule *schedule)
{
    return sizeof(cdp_traffic_cursor) + schedule->count * sizeof(int64_t);
}

cdp_status cdp_traffic_cursor_new(const cdp_traffic_schedule *schedule, int64_t start,
                                  const cdp_allocator *allocator, cdp_traffic_cursor **cursor)
{
    cdp_allocator own_allocator;
    cdp_traffic_cursor *made;
    cdp_status status;

    if (!schedule || !cursor)
        return CDP_ERR_ARGUMENT;
    if (start < 0 || start > CDP_TRAFFIC_LATEST_INSTANT)
        return CDP_ERR_TIME;
    status = cdp_allocator_import(&own_allocator, allocator);
    if (status != CDP_OK)
        return status;
    made = cdp_allocate_zeroed(&own_allocator, bytes_of(schedule));
    if (!made)
        return CDP_ERR_NOMEM;
    made->allocator = own_allocator;
    made->schedule = schedule;
    made->bytes = bytes_of(schedule);
    made->start_ms = start;
    made->now_ms = -1;
    *cursor = made;
    return CDP_OK;
}

void cdp_traffic_cursor_free(cdp_traffic_cursor *cursor)
{
    cdp_allocator allocator;

    if (!cursor)
        return;
    allocator = cursor->allocator;
    cdp_release(&allocator, cursor, cursor->bytes);
}

/* The step that holds now; only once one has begun. */
static const cdp_traffic_part *present(const cdp_traffic_cursor *cursor)
{
    return &cursor->schedule->parts[cursor->begun - 1];
}

/* When the present wait is over: INT64_MAX at a gate and at the end. */
static int64_t deadline_of(const cdp_traffic_cursor *cursor)
{
    if (cursor->begun == 0)
        return cursor->start_ms;
    if (cursor->done || present(cursor)->wait_ms == CDP_TRAFFIC_GATE)
        return INT64_MAX;
    return cursor->began_ms[cursor->begun - 1] + present(cursor)->wait_ms;
}

/* The present wait ended at `at`: the next step begins, or there is none. */
static void leave_step(cdp_traffic_cursor *cursor, int64_t at)
{
    if (cursor->begun == cursor->schedule->count)
        cursor->done = true;
    else
        cursor->began_ms[cursor->begun++] = at;
}

static void run_until(cdp_traffic_cursor *cursor, int64_t now)
{
    int64_t deadline;

    cursor->now_ms = now;
    while ((deadline = deadline_of(cursor)) <= now)
        leave_step(cursor, deadline);
}

static cdp_traffic_progress progress_since(const cdp_traffic_cursor *cursor, size_t begun_before)
{
    cdp_traffic_progress progress = {.size = sizeof progress};

    progress.first_step = begun_before;
    progress.step_count = cursor->begun - begun_before;
    progress.weight = cdp_traffic_cursor_weight(cursor);
    progress.original_weight = 100 - progress.weight;
    progress.at_gate = cdp_traffic_cursor_is_at_gate(cursor);
    progress.done = cursor->done;
    return progress;
}

/* Any step of time that a caller may take; nothing has changed when it is refused. */
static cdp_status check_time(const cdp_traffic_cursor *cursor, int64_t now)
{
    if (!cursor)
        return CDP_ERR_ARGUMENT;
    return now < 0 || now > CDP_TRAFFIC_LATEST_INSTANT || now < cursor->now_ms ? CDP_ERR_TIME
                                                                               : CDP_OK;
}

/* Tells what has moved since `before`; when that cannot be told, nothing has. */
static cdp_status tell(cdp_traffic_cursor *cursor, const cdp_traffic_cursor *before,
                       cdp_traffic_progress *progress)
{
    cdp_traffic_progress own = progress_since(cursor, before->begun);
    cdp_status status = progress ? cdp_sized_write(progress, &own, sizeof own) : CDP_OK;

    if (status != CDP_OK)
        *cursor = *before; /* but for began_ms, which counts only as far as `begun` says */
    return status;
}

cdp_status cdp_traffic_cursor_step(cdp_traffic_cursor *cursor, int64_t now,
                                   cdp_traffic_progress *progress)
{
    cdp_status status = check_time(cursor, now);
    cdp_traffic_cursor before;

    if (status != CDP_OK)
        return status;
    before = *cursor;
    run_until(cursor, now);
    return tell(cursor, &before, progress);
}

static cdp_status end_wait(cdp_traffic_cursor *cursor, int64_t now, bool only_gate,
                           cdp_traffic_progress *progress)
{
    cdp_status status = check_time(cursor, now);
    cdp_traffic_cursor before;

    if (status != CDP_OK)
        return status;
    if (cursor->begun == 0 || cursor->done || deadline_of(cursor) < now ||
        (only_gate && !cdp_traffic_cursor_is_at_gate(cursor)))
        return CDP_ERR_STATE;
    before = *cursor;
    leave_step(cursor, now);
    run_until(cursor, now);
    return tell(cursor, &before, progress);
}

cdp_status cdp_traffic_cursor_open_gate(cdp_traffic_cursor *cursor, int64_t now,
                                        cdp_traffic_progress *progress)
{
    return end_wait(cursor, now, true, progress);
}

cdp_status cdp_traffic_cursor_continue(cdp_traffic_cursor *cursor, int64_t now,
                                       cdp_traffic_progress *progress)
{
    return end_wait(cursor, now, false, progress);
}

int64_t cdp_traffic_cursor_next_deadline(const cdp_traffic_cursor *cursor)
{
    return cursor ? deadline_of(cursor) : INT64_MAX;
}

int64_t cdp_traffic_cursor_now(const cdp_traffic_cursor *cursor)
{
    return cursor ? cursor->now_ms : -1;
}

size_t cdp_traffic_cursor_steps_begun(const cdp_traffic_cursor *cursor)
{
    return cursor ? cursor->begun : 0;
}

int64_t cdp_traffic_cursor_began_ms(const cdp_traffic_cursor *cursor, size_t step)
{
    const cdp_traffic_part *parts;
    size_t last;

    if (!cursor || step >= cursor->schedule->count)
        return -1;
    if (step < cursor->begun)
        return cursor->began_ms[step];
    parts = cursor->schedule->parts;
    if (cursor->begun == 0)
        return parts[step].gates_before ? INT64_MAX : cursor->start_ms + parts[step].offset_ms;
    last = cursor->begun - 1;
    if (parts[step].gates_before > parts[last].gates_before)
        return INT64_MAX;
    return cursor->began_ms[last] + (parts[step].offset_ms - parts[last].offset_ms);
}

int32_t cdp_traffic_cursor_weight(const cdp_traffic_cursor *cursor)
{
    return cursor && cursor->begun > 0 ? present(cursor)->weight : 0;
}

int cdp_traffic_cursor_is_at_gate(const cdp_traffic_cursor *cursor)
{
    return cursor && cursor->begun > 0 && !cursor->done &&
           present(cursor)->wait_ms == CDP_TRAFFIC_GATE;
}

int cdp_traffic_cursor_is_done(const cdp_traffic_cursor *cursor)
{
    return cursor && cursor->done;
}

const cdp_traffic_schedule *cdp_traffic_cursor_schedule(const cdp_traffic_cursor *cursor)
{
    return cursor ? cursor->schedule : NULL;
}
