/* SPDX-License-Identifier: MIT */
/* How often the weight of a schedule can be asked for. */
#include "bench.h"

#include <stdlib.h>
#include <string.h>

#include <codedeploy/traffic.h>

enum { COUNT = 20 * 1000 * 1000 };

/* The instants asked for jump about the whole schedule and a little beyond. */
typedef struct question {
    const cdp_traffic_schedule *schedule;
    int64_t span;
} question;

static int64_t next_instant(uint64_t *state, int64_t span)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((*state >> 33) * (uint64_t)span >> 31);
}

/* What a list of steps costs without any preparation: a walk from its beginning. */
static uint64_t walk(void *context, uint64_t count)
{
    const question *q = context;
    size_t steps = cdp_traffic_schedule_step_count(q->schedule);
    cdp_traffic_step *list = calloc(steps, sizeof *list);
    uint64_t state = 1;
    uint64_t sum = 0;

    if (!list)
        exit(1);
    for (size_t i = 0; i < steps; i++) {
        list[i].size = sizeof *list;
        (void)cdp_traffic_schedule_step_at(q->schedule, i, &list[i]);
    }
    for (uint64_t i = 0; i < count; i++) {
        int64_t now = next_instant(&state, q->span);
        size_t step = 0;

        while (step + 1 < steps && list[step + 1].offset_ms <= now)
            step++;
        sum += (uint64_t)list[step].weight;
    }
    free(list);
    return sum;
}

static uint64_t ask_weight(void *context, uint64_t count)
{
    const question *q = context;
    uint64_t state = 1;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++)
        sum += (uint64_t)cdp_traffic_weight_at(q->schedule, 0, next_instant(&state, q->span));
    return sum;
}

static uint64_t ask_change(void *context, uint64_t count)
{
    const question *q = context;
    uint64_t state = 1;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++)
        sum += (uint64_t)cdp_traffic_next_change(q->schedule, 0, next_instant(&state, q->span));
    return sum;
}

/* A whole shift: a cursor is made, goes along all steps at their deadlines, and is freed. */
static uint64_t shift(void *context, uint64_t count)
{
    const question *q = context;
    uint64_t sum = 0;

    for (uint64_t i = 0; i < count; i++) {
        cdp_traffic_cursor *cursor;

        if (cdp_traffic_cursor_new(q->schedule, (int64_t)(i & 1023), NULL, &cursor) != CDP_OK)
            exit(1);
        while (!cdp_traffic_cursor_is_done(cursor)) {
            int64_t deadline = cdp_traffic_cursor_next_deadline(cursor);

            if (cdp_traffic_cursor_step(cursor, deadline, NULL) != CDP_OK)
                exit(1);
            sum += (uint64_t)cdp_traffic_cursor_weight(cursor);
        }
        cdp_traffic_cursor_free(cursor);
    }
    return sum;
}

static cdp_traffic_schedule *parse(const char *text)
{
    cdp_traffic_schedule *schedule = NULL;

    if (cdp_traffic_schedule_parse(text, strlen(text), NULL, NULL, NULL, &schedule) != CDP_OK)
        exit(1);
    return schedule;
}

static bool measure(const char *name, cdp_traffic_schedule *schedule, bool wanted)
{
    question q = {schedule, cdp_traffic_schedule_duration_ms(schedule) * 9 / 8 + 1};
    double reference = bench_measure(walk, &q, COUNT / 4);
    double weight = bench_measure(ask_weight, &q, COUNT);
    double change = bench_measure(ask_change, &q, COUNT);
    double whole = bench_measure(shift, &q, COUNT / 200);
    bool met;

    printf("%s, %zu steps\n", name, cdp_traffic_schedule_step_count(schedule));
    bench_report("  reference: walk along the steps", reference, 0);
    bench_report("  cdp_traffic_weight_at", weight, reference);
    bench_report("  cdp_traffic_next_change", change, reference);
    bench_report("  a cursor from the first step to the last", whole, reference);
    met = !wanted || bench_wants("cdp_traffic_weight_at", weight, 50);
    cdp_traffic_schedule_free(schedule);
    return met;
}

/* A linear shift of 1 percent: the longest that CodeDeploy allows. */
static cdp_traffic_schedule *hundredths(void)
{
    cdp_traffic_schedule *schedule = NULL;

    if (cdp_traffic_schedule_new(CDP_TRAFFIC_TIME_BASED_LINEAR, 1, 29, NULL, NULL, NULL,
                                 &schedule) != CDP_OK)
        exit(1);
    return schedule;
}

int main(void)
{
    bool met = measure("canary", parse("10:5m,100"), true);

    met = measure("linear, 1 percent", hundredths(), true) && met;
    met = measure("a list of whole minutes", parse("1:5m,5:7m,10:13m,25:30m,50:1h,75:9m,100"),
                  true) &&
          met;
    met = measure("a list without a common measure",
                  parse("1:300001ms,5:420017ms,10:780029ms,25:1800041ms,50:3600053ms,100"), true) &&
          met;
    return met ? 0 : 1;
}
