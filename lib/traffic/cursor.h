/* SPDX-License-Identifier: MIT */
#ifndef CDP_TRAFFIC_CURSOR_H
#define CDP_TRAFFIC_CURSOR_H

#include "traffic/schedule.h"

/* Later instants could not be added to without leaving the range. */
#define CDP_TRAFFIC_LATEST_INSTANT (INT64_MAX - CDP_TRAFFIC_DURATION_LIMIT)

struct cdp_traffic_cursor {
    cdp_allocator allocator;
    const cdp_traffic_schedule *schedule;
    size_t bytes; /* of the cursor: freeing it looks at no schedule, which may be gone by then */
    int64_t start_ms;
    int64_t now_ms; /* -1 before the first input */
    size_t begun;   /* steps that have begun; the present one is the last of them */
    bool done;
    int64_t began_ms[]; /* as many as steps have begun */
};

#endif
