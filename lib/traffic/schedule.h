/* SPDX-License-Identifier: MIT */
#ifndef CDP_TRAFFIC_SCHEDULE_H
#define CDP_TRAFFIC_SCHEDULE_H

#include <codedeploy/traffic.h>

#include <stdbool.h>

/* More slots than minutes in the two days that CodeDeploy allows. */
#define CDP_TRAFFIC_SLOT_LIMIT 4096

typedef struct cdp_traffic_part {
    int64_t offset_ms; /* as if every gate were opened the moment it is reached */
    int64_t wait_ms;   /* CDP_TRAFFIC_GATE: until it is opened */
    int32_t weight;
    uint32_t gates_before;
} cdp_traffic_part;

struct cdp_traffic_schedule {
    cdp_allocator allocator;
    size_t bytes;
    size_t count;
    size_t gate_count;
    uint32_t route_count;
    int64_t duration_ms;
    /*
     * The steps that are known beforehand: those up to `known`, the first one with a gate or the
     * last one of all, which begins `known_ms` after the start. That time is cut into slots such
     * that each step before it consists of whole slots; `slots` tells the step of each. No slots
     * when there would be too many.
     */
    size_t known;
    int64_t known_ms;
    int64_t slot_ms;
    const uint16_t *slots;
    const cdp_traffic_part *parts;
};

/* Waits as in cdp_traffic_schedule_from_steps(); everything has been checked. */
cdp_status cdp_traffic_build(const int32_t *weights, const int64_t *waits_ms, size_t count,
                             const cdp_traffic_options *options, const cdp_allocator *allocator,
                             cdp_traffic_schedule **schedule);

/* Index of the step between `first` and `last` that holds `offset_ms` (from the start). */
size_t cdp_traffic_find(const cdp_traffic_schedule *schedule, size_t first, size_t last,
                        int64_t offset_ms);

/* Appends the text of a schedule; failures stay in the text. */
void cdp_traffic_put(const cdp_traffic_schedule *schedule, cdp_text *text);

#endif
