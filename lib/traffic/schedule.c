/* SPDX-License-Identifier: MIT */
#include "traffic/schedule.h"

#include "base/allocator.h"
#include "base/sized.h"
#include "base/text.h"

static int64_t greatest_common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* What is known of a schedule before its memory is taken. */
typedef struct measures {
    size_t known;
    size_t gate_count;
    int64_t duration_ms;
    int64_t known_ms;
    int64_t slot_ms;
    size_t slot_count;
} measures;

static measures measure(const int64_t *waits_ms, size_t count)
{
    measures m = {.known = count - 1};

    for (size_t i = 0; i < count; i++) {
        if (waits_ms[i] == CDP_TRAFFIC_GATE) {
            if (m.gate_count++ == 0)
                m.known = i;
            continue;
        }
        m.duration_ms += waits_ms[i];
        if (m.gate_count == 0 && i + 1 < count) {
            m.known_ms += waits_ms[i];
            m.slot_ms = greatest_common_divisor(waits_ms[i], m.slot_ms);
        }
    }
    if (m.known_ms > 0 && m.known_ms / m.slot_ms <= CDP_TRAFFIC_SLOT_LIMIT)
        m.slot_count = (size_t)(m.known_ms / m.slot_ms);
    return m;
}

static void fill_parts(cdp_traffic_part *parts, const int32_t *weights, const int64_t *waits_ms,
                       size_t count)
{
    int64_t offset_ms = 0;
    uint32_t gates = 0;

    for (size_t i = 0; i < count; i++) {
        parts[i] = (cdp_traffic_part){offset_ms, waits_ms[i], weights[i], gates};
        if (waits_ms[i] == CDP_TRAFFIC_GATE)
            gates++;
        else
            offset_ms += waits_ms[i];
    }
}

static void fill_slots(uint16_t *slots, const measures *m, const cdp_traffic_part *parts)
{
    size_t step = 0;

    for (size_t i = 0; i < m->slot_count; i++) {
        while (parts[step + 1].offset_ms <= (int64_t)i * m->slot_ms)
            step++;
        slots[i] = (uint16_t)step;
    }
}

cdp_status cdp_traffic_build(const int32_t *weights, const int64_t *waits_ms, size_t count,
                             const cdp_traffic_options *options, const cdp_allocator *allocator,
                             cdp_traffic_schedule **schedule)
{
    measures m = measure(waits_ms, count);
    size_t parts_bytes = count * sizeof(cdp_traffic_part);
    size_t bytes = sizeof(cdp_traffic_schedule) + parts_bytes + m.slot_count * sizeof(uint16_t);
    cdp_traffic_schedule *made = cdp_allocate(allocator, bytes);
    cdp_traffic_part *parts;
    uint16_t *slots;

    if (!made)
        return CDP_ERR_NOMEM;
    parts = (cdp_traffic_part *)(made + 1);
    slots = (uint16_t *)(parts + count);
    *made = (cdp_traffic_schedule){
        .allocator = *allocator,
        .bytes = bytes,
        .count = count,
        .gate_count = m.gate_count,
        .route_count = options->route_count ? options->route_count : 1,
        .duration_ms = m.duration_ms,
        .known = m.known,
        .known_ms = m.known_ms,
        .slot_ms = m.slot_ms,
        .slots = m.slot_count ? slots : NULL,
        .parts = parts,
    };
    fill_parts(parts, weights, waits_ms, count);
    fill_slots(slots, &m, parts);
    *schedule = made;
    return CDP_OK;
}

void cdp_traffic_schedule_free(cdp_traffic_schedule *schedule)
{
    cdp_allocator allocator;

    if (!schedule)
        return;
    allocator = schedule->allocator;
    cdp_release(&allocator, schedule, schedule->bytes);
}

size_t cdp_traffic_schedule_step_count(const cdp_traffic_schedule *schedule)
{
    return schedule ? schedule->count : 0;
}

int64_t cdp_traffic_schedule_duration_ms(const cdp_traffic_schedule *schedule)
{
    return schedule ? schedule->duration_ms : 0;
}

size_t cdp_traffic_schedule_gate_count(const cdp_traffic_schedule *schedule)
{
    return schedule ? schedule->gate_count : 0;
}

size_t cdp_traffic_schedule_route_count(const cdp_traffic_schedule *schedule)
{
    return schedule ? schedule->route_count : 0;
}

cdp_status cdp_traffic_schedule_step_at(const cdp_traffic_schedule *schedule, size_t index,
                                        cdp_traffic_step *step)
{
    cdp_traffic_step own = {.size = sizeof own};
    const cdp_traffic_part *part;

    if (!schedule)
        return CDP_ERR_ARGUMENT;
    if (index >= schedule->count)
        return CDP_ERR_NOT_FOUND;
    part = &schedule->parts[index];
    own.offset_ms = part->offset_ms;
    own.wait_ms = part->wait_ms;
    own.weight = part->weight;
    own.original_weight = 100 - part->weight;
    own.is_gate = part->wait_ms == CDP_TRAFFIC_GATE;
    own.gates_before = part->gates_before;
    return cdp_sized_write(step, &own, sizeof own);
}

static void put_wait(int64_t wait_ms, cdp_text *text)
{
    static const struct {
        int64_t ms;
        const char *unit;
    } units[] = {{3600000, "h"}, {60000, "m"}, {1000, "s"}, {1, "ms"}};
    size_t unit = 0;

    if (wait_ms == 0)
        return;
    if (wait_ms == CDP_TRAFFIC_GATE) {
        cdp_text_put_c(text, ":gate");
        return;
    }
    while (wait_ms % units[unit].ms)
        unit++;
    cdp_text_put_byte(text, ':');
    cdp_text_put_int(text, wait_ms / units[unit].ms);
    cdp_text_put_c(text, units[unit].unit);
}

void cdp_traffic_put(const cdp_traffic_schedule *schedule, cdp_text *text)
{
    for (size_t i = 0; i < schedule->count; i++) {
        if (i > 0)
            cdp_text_put_byte(text, ',');
        cdp_text_put_int(text, schedule->parts[i].weight);
        put_wait(schedule->parts[i].wait_ms, text);
    }
}

cdp_status cdp_traffic_schedule_write(const cdp_traffic_schedule *schedule, cdp_text *text)
{
    size_t before;
    cdp_status status;

    if (!schedule || !text)
        return CDP_ERR_ARGUMENT;
    before = cdp_text_string(text).length;
    cdp_traffic_put(schedule, text);
    status = cdp_text_status(text);
    if (status != CDP_OK)
        cdp_text_rollback(text, before);
    return status;
}
