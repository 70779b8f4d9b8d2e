/* SPDX-License-Identifier: MIT */
#ifndef TRAFFIC_H
#define TRAFFIC_H

/* What the pictures of `codedeploy traffic` share. */

#include <stdbool.h>

#include "cli.h"

typedef struct traffic_view {
    const cdp_traffic_schedule *schedule;
    /* What the schedule was made from, for headings. */
    const char *title;
    /* --at: an instant to mark; -1 when there is none. */
    int64_t at_ms;
} traffic_view;

/*
 * Where the steps stand across a picture. Time runs from left to right; a gate, which nobody knows
 * how long it stays closed, takes a place of its own.
 */
typedef struct traffic_place {
    cdp_traffic_step step;
    double from;
    double to;
} traffic_place;

typedef struct traffic_layout {
    traffic_place *places;
    size_t count;
    double per_ms;
    double width;
    /* In front of the first step, behind the last, and for each gate. */
    double lead;
    double tail;
    double gap;
} traffic_layout;

/* Set width, lead, tail and gap first; the gap shrinks when there are many gates. False when there
 * is no memory. */
bool traffic_layout_make(traffic_layout *layout, const cdp_traffic_schedule *schedule);
void traffic_layout_free(traffic_layout *layout);
/* Where the instant of --at stands, as far as it is known: at most in the first gate. */
double traffic_layout_at(const traffic_layout *layout, int64_t at_ms);

/* The step between the ticks of a time axis with about `most` of them: one at which every step of
 * the schedule has its tick, if there is any. */
int64_t traffic_tick(const traffic_layout *layout, int most);

/* "3 steps, 15 min and 1 gate from the first to the end" */
void traffic_put_summary(const cdp_traffic_schedule *schedule, char *buffer, size_t size);

/* Each returns a cli_exit. */
int traffic_print_text(const traffic_view *view);
int traffic_print_svg(const traffic_view *view);

#endif
