/* SPDX-License-Identifier: MIT */
#include "traffic.h"

#include <stdlib.h>

#include "plot.h"
#include "time_text.h"

/* Gates take no more than this part of a picture. */
#define MOST_OF_GATES 0.6

static void place_steps(traffic_layout *layout)
{
    double x = layout->lead;

    for (size_t i = 0; i < layout->count; i++) {
        traffic_place *place = &layout->places[i];

        place->from = x;
        if (place->step.is_gate)
            x += layout->gap;
        else
            x += (double)place->step.wait_ms * layout->per_ms;
        place->to = x;
    }
    layout->places[layout->count - 1].to = layout->width;
}

bool traffic_layout_make(traffic_layout *layout, const cdp_traffic_schedule *schedule)
{
    size_t gates = cdp_traffic_schedule_gate_count(schedule);
    int64_t duration = cdp_traffic_schedule_duration_ms(schedule);
    double room = layout->width - layout->lead - layout->tail;

    layout->count = cdp_traffic_schedule_step_count(schedule);
    layout->places = calloc(layout->count, sizeof *layout->places);
    if (!layout->places)
        return false;
    for (size_t i = 0; i < layout->count; i++) {
        layout->places[i].step.size = sizeof layout->places[i].step;
        if (cdp_traffic_schedule_step_at(schedule, i, &layout->places[i].step) != CDP_OK)
            return false;
    }
    if (layout->gap * (double)gates > room * MOST_OF_GATES)
        layout->gap = room * MOST_OF_GATES / (double)gates;
    room -= layout->gap * (double)gates;
    layout->per_ms = duration > 0 ? room / (double)duration : 0;
    place_steps(layout);
    return true;
}

void traffic_layout_free(traffic_layout *layout)
{
    free(layout->places);
    layout->places = NULL;
}

double traffic_layout_at(const traffic_layout *layout, int64_t at_ms)
{
    size_t step = 0;
    const traffic_place *place;
    double x;

    while (step + 1 < layout->count && !layout->places[step].step.is_gate &&
           layout->places[step + 1].step.offset_ms <= at_ms)
        step++;
    place = &layout->places[step];
    if (place->step.is_gate)
        return (place->from + place->to) / 2;
    x = place->from + (double)(at_ms - place->step.offset_ms) * layout->per_ms;
    return x < place->to ? x : place->to;
}

static bool is_on_ticks(const traffic_layout *layout, int64_t tick)
{
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->places[i].step.offset_ms % tick)
            return false;
    }
    return true;
}

int64_t traffic_tick(const traffic_layout *layout, int most)
{
    enum { MINUTE = 60 * 1000, LEAST_TICKS = 3 };
    const traffic_place *last = &layout->places[layout->count - 1];
    int64_t duration = last->step.offset_ms + (last->step.is_gate ? 0 : last->step.wait_ms);
    int64_t least = duration == 0 || duration >= LEAST_TICKS * MINUTE ? MINUTE : 1;
    int64_t first = 0;

    /* From fine to coarse; without a better one the finest. */
    for (int ticks = most; ticks >= LEAST_TICKS; ticks--) {
        int64_t tick = plot_time_step(duration, ticks);

        tick = tick < least ? least : tick;
        if (is_on_ticks(layout, tick))
            return tick;
        first = first ? first : tick;
    }
    return first ? first : plot_time_step(duration, most);
}

void traffic_put_summary(const cdp_traffic_schedule *schedule, char *buffer, size_t size)
{
    size_t steps = cdp_traffic_schedule_step_count(schedule);
    size_t gates = cdp_traffic_schedule_gate_count(schedule);
    int64_t duration = cdp_traffic_schedule_duration_ms(schedule);
    char time[TIME_TEXT];
    int length = snprintf(buffer, size, "%zu step%s", steps, steps == 1 ? "" : "s");

    if (duration == 0 && gates == 0)
        return;
    if (gates == 0)
        snprintf(buffer + length, size - (size_t)length, ", %s from the first to the end",
                 time_text(duration, time));
    else
        snprintf(buffer + length, size - (size_t)length,
                 ", %s and %zu gate%s from the first to the end", time_text(duration, time), gates,
                 gates == 1 ? "" : "s");
}
