/* SPDX-License-Identifier: MIT */
#include "chronicle.h"

#include <stdlib.h>
#include <string.h>

/* Each step divides the next, so that rows can be joined. */
static const int64_t steps[] = {
    1,     2,      10,     20,      100,     200,     1000,     2000,     10000,    30000,
    60000, 120000, 600000, 1800000, 3600000, 7200000, 21600000, 43200000, 86400000,
};

bool chronicle_make(chronicle *c)
{
    c->step_ms = 1;
    c->count = 0;
    c->counts = calloc(c->most_rows * (c->zones + 1), sizeof *c->counts);
    return c->counts != NULL;
}

void chronicle_free(chronicle *c)
{
    free(c->counts);
    c->counts = NULL;
}

const sim_counts *chronicle_at(const chronicle *c, size_t row, size_t zone)
{
    return &c->counts[row * (c->zones + 1) + zone];
}

/* The first multiple of the step that is not before the time. */
static int64_t row_time(int64_t time_ms, int64_t step_ms)
{
    return (time_ms + step_ms - 1) / step_ms * step_ms;
}

static int64_t coarser(int64_t step_ms)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i] > step_ms)
            return steps[i];
    }
    return step_ms * 2;
}

static void move_row(chronicle *c, size_t to, size_t from)
{
    size_t width = c->zones + 1;

    memmove(&c->counts[to * width], &c->counts[from * width], width * sizeof *c->counts);
}

static void make_coarser(chronicle *c)
{
    size_t kept = 0;

    c->step_ms = coarser(c->step_ms);
    for (size_t i = 0; i < c->count; i++) {
        int64_t time = row_time(c->times[i], c->step_ms);
        uint32_t least = c->least_serving[i];

        if (kept > 0 && c->times[kept - 1] == time) {
            kept--;
            if (c->least_serving[kept] < least)
                least = c->least_serving[kept];
        }
        move_row(c, kept, i);
        c->times[kept] = time;
        c->least_serving[kept++] = least;
    }
    c->count = kept;
}

void chronicle_note(const simulation *s, void *user)
{
    chronicle *c = user;
    const sim_counts *total = sim_total(s);
    uint32_t serving = sim_serving(total);
    int64_t time = row_time(sim_now(s), c->step_ms);
    sim_counts *row;

    while (c->count == c->most_rows && c->times[c->count - 1] != time) {
        make_coarser(c);
        time = row_time(sim_now(s), c->step_ms);
    }
    if (c->count == 0 || c->times[c->count - 1] != time) {
        c->times[c->count] = time;
        c->least_serving[c->count++] = serving;
    }
    if (serving < c->least_serving[c->count - 1])
        c->least_serving[c->count - 1] = serving;
    row = &c->counts[(c->count - 1) * (c->zones + 1)];
    row[0] = *total;
    for (size_t i = 0; i < c->zones; i++)
        row[i + 1] = *sim_zone(s, i);
}
