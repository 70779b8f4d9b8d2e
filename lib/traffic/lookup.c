/* SPDX-License-Identifier: MIT */
/* Which step holds at an instant. */
#include "traffic/schedule.h"

size_t cdp_traffic_find(const cdp_traffic_schedule *schedule, size_t first, size_t last,
                        int64_t offset_ms)
{
    while (first < last) {
        size_t middle = first + (last - first + 1) / 2;

        if (schedule->parts[middle].offset_ms <= offset_ms)
            first = middle;
        else
            last = middle - 1;
    }
    return first;
}

/* The step that is known to hold `elapsed_ms` after the start. */
static inline size_t find_known(const cdp_traffic_schedule *schedule, int64_t elapsed_ms)
{
    if (elapsed_ms >= schedule->known_ms)
        return schedule->known;
    if (!schedule->slots)
        return cdp_traffic_find(schedule, 0, schedule->known, elapsed_ms);
    /* Narrow divisions cost a fraction of wide ones on many machines. */
    if (schedule->known_ms <= UINT32_MAX)
        return schedule->slots[(uint32_t)elapsed_ms / (uint32_t)schedule->slot_ms];
    return schedule->slots[elapsed_ms / schedule->slot_ms];
}

int32_t cdp_traffic_weight_at(const cdp_traffic_schedule *schedule, int64_t start, int64_t now)
{
    if (!schedule)
        return CDP_ERR_ARGUMENT;
    if (start < 0 || now < 0)
        return CDP_ERR_TIME;
    return now < start ? 0 : schedule->parts[find_known(schedule, now - start)].weight;
}

int64_t cdp_traffic_next_change(const cdp_traffic_schedule *schedule, int64_t start, int64_t now)
{
    size_t step;

    if (!schedule)
        return CDP_ERR_ARGUMENT;
    if (start < 0 || now < 0)
        return CDP_ERR_TIME;
    if (now < start)
        return start;
    step = find_known(schedule, now - start);
    if (step == schedule->known)
        return INT64_MAX;
    step++;
    return schedule->parts[step].offset_ms <= INT64_MAX - start
               ? start + schedule->parts[step].offset_ms
               : INT64_MAX;
}

/* The next step with a gate, or the last one of all. */
static size_t segment_end(const cdp_traffic_schedule *schedule, size_t step)
{
    while (step + 1 < schedule->count && schedule->parts[step].wait_ms != CDP_TRAFFIC_GATE)
        step++;
    return step;
}

int32_t cdp_traffic_weight_with_gates(const cdp_traffic_schedule *schedule, int64_t start,
                                      const int64_t *openings, size_t count, int64_t now)
{
    size_t first = 0;
    int64_t began = start; /* when the step `first` began */

    if (!schedule || (count > 0 && !openings))
        return CDP_ERR_ARGUMENT;
    if (start < 0 || now < 0)
        return CDP_ERR_TIME;
    for (size_t i = 0; i < count; i++) {
        if (openings[i] < 0)
            return CDP_ERR_TIME;
    }
    if (now < start)
        return 0;
    for (size_t gate = 0;; gate++) {
        size_t end = segment_end(schedule, first);
        int64_t base_ms = schedule->parts[first].offset_ms;
        int64_t until_gate = schedule->parts[end].offset_ms - base_ms;
        int64_t opened;

        if (now - began < until_gate)
            return schedule->parts[cdp_traffic_find(schedule, first, end, base_ms + (now - began))]
                .weight;
        opened = gate < count ? openings[gate] : INT64_MAX;
        if (opened < began + until_gate)
            opened = began + until_gate;
        if (end + 1 == schedule->count || opened == INT64_MAX || opened > now)
            return schedule->parts[end].weight;
        first = end + 1;
        began = opened;
    }
}
