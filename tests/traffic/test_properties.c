/* SPDX-License-Identifier: MIT */
/* What holds for every schedule, against the arithmetic of the documentation and a naive model. */
#include "testing.h"

#include <codedeploy/traffic.h>

#include <stdio.h>
#include <stdlib.h>

#define MINUTE INT64_C(60000)
#define START INT64_C(123456789)

/* cmocka's macros cost too much in loops of millions. */
static void expect(int condition, const char *what, int a, int b)
{
    if (!condition)
        fail_msg("%s (%d, %d)", what, a, b);
}
#define EXPECT(condition, a, b) expect(condition, #condition, (int)(a), (int)(b))

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int64_t random_below(uint64_t *seed, int64_t bound)
{
    return (int64_t)(next_random(seed) % (uint64_t)bound);
}

/* 3.2, 3.3: the weight of increment k, from 0. */
static int32_t documented_weight(cdp_traffic_type type, int percentage, size_t k)
{
    if (type == CDP_TRAFFIC_TIME_BASED_CANARY)
        return k == 0 ? percentage : 100;
    return (int32_t)(k + 1) * percentage < 100 ? (int32_t)(k + 1) * percentage : 100;
}

static void check_step(const cdp_traffic_schedule *schedule, cdp_traffic_type type, int percentage,
                       int interval, size_t k, int32_t before)
{
    cdp_traffic_step step = {.size = sizeof step};
    int64_t at = START + (int64_t)k * interval * MINUTE;

    EXPECT(cdp_traffic_schedule_step_at(schedule, k, &step) == CDP_OK, percentage, interval);
    EXPECT(step.offset_ms == at - START, percentage, interval);
    EXPECT(step.weight == documented_weight(type, percentage, k), percentage, interval);
    EXPECT(step.weight > before, percentage, interval);
    EXPECT(cdp_traffic_weight_at(schedule, START, at) == step.weight, percentage, interval);
    EXPECT(cdp_traffic_weight_at(schedule, START, at - 1) == before, percentage, interval);
    EXPECT(cdp_traffic_next_change(schedule, START, at - 1) == at, percentage, interval);
}

static void check_schedule(cdp_traffic_type type, int percentage, int interval)
{
    size_t count =
        type == CDP_TRAFFIC_TIME_BASED_CANARY ? 2 : (size_t)(99 + percentage) / percentage;
    int64_t minutes = (int64_t)(count - 1) * interval;
    cdp_traffic_schedule *schedule = NULL;
    cdp_status status =
        cdp_traffic_schedule_new(type, percentage, interval, NULL, NULL, NULL, &schedule);
    int64_t end = START + minutes * MINUTE;
    int32_t before = 0;

    /* 2.7 */
    EXPECT(status == (minutes <= 2880 ? CDP_OK : CDP_ERR_INVALID), percentage, interval);
    if (status != CDP_OK)
        return;
    EXPECT(cdp_traffic_schedule_step_count(schedule) == count, percentage, interval);
    EXPECT(cdp_traffic_schedule_duration_ms(schedule) == minutes * MINUTE, percentage, interval);
    for (size_t k = 0; k < count; k++) {
        check_step(schedule, type, percentage, interval, k, before);
        before = documented_weight(type, percentage, k);
    }
    EXPECT(before == 100, percentage, interval);
    EXPECT(cdp_traffic_next_change(schedule, START, end) == INT64_MAX, percentage, interval);
    EXPECT(cdp_traffic_weight_at(schedule, START, INT64_MAX) == 100, percentage, interval);
    cdp_traffic_schedule_free(schedule);
}

static void every_percentage_and_interval(void **state)
{
    (void)state;
    for (int percentage = 1; percentage <= 99; percentage++) {
        for (int interval = 1; interval <= 2880; interval++) {
            check_schedule(CDP_TRAFFIC_TIME_BASED_CANARY, percentage, interval);
            check_schedule(CDP_TRAFFIC_TIME_BASED_LINEAR, percentage, interval);
        }
    }
}

/* Runs a cursor at random instants, with sleeps over several steps, to the end. */
static void tick_at_random(const cdp_traffic_schedule *schedule, uint64_t *seed, int a, int b)
{
    int64_t end = START + cdp_traffic_schedule_duration_ms(schedule);
    int64_t span = (end - START) / 3 + 2;
    cdp_traffic_progress progress = {.size = sizeof progress};
    cdp_traffic_cursor *cursor = NULL;
    size_t reported = 0;

    EXPECT(cdp_traffic_cursor_new(schedule, START, NULL, &cursor) == CDP_OK, a, b);
    for (int64_t now = START - 1; !progress.done; now += random_below(seed, span)) {
        /* Now and then exactly at a deadline. */
        if (random_below(seed, 3) == 0 && cdp_traffic_cursor_next_deadline(cursor) < INT64_MAX)
            now = cdp_traffic_cursor_next_deadline(cursor);
        EXPECT(cdp_traffic_cursor_step(cursor, now, &progress) == CDP_OK, a, b);
        EXPECT(progress.first_step == reported, a, b);
        reported += progress.step_count;
        EXPECT(progress.weight == cdp_traffic_weight_at(schedule, START, now), a, b);
        EXPECT(progress.weight + progress.original_weight == 100, a, b);
        EXPECT(cdp_traffic_cursor_next_deadline(cursor) ==
                   cdp_traffic_next_change(schedule, START, now),
               a, b);
        EXPECT(progress.done == (now >= end), a, b);
        for (size_t k = 0; k < reported; k++) {
            cdp_traffic_step step = {.size = sizeof step};

            EXPECT(cdp_traffic_schedule_step_at(schedule, k, &step) == CDP_OK, a, b);
            EXPECT(cdp_traffic_cursor_began_ms(cursor, k) == START + step.offset_ms, a, b);
        }
    }
    EXPECT(reported == cdp_traffic_schedule_step_count(schedule), a, b);
    cdp_traffic_cursor_free(cursor);
}

static void cursor_agrees_under_any_ticking(void **state)
{
    uint64_t seed = 1;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        cdp_traffic_type type =
            round % 4 == 0 ? CDP_TRAFFIC_TIME_BASED_CANARY : CDP_TRAFFIC_TIME_BASED_LINEAR;
        int percentage = 1 + (int)random_below(&seed, 99);
        int increments = type == CDP_TRAFFIC_TIME_BASED_CANARY ? 2 : (99 + percentage) / percentage;
        int interval = 1 + (int)random_below(&seed, 2880 / (increments - 1));
        cdp_traffic_schedule *schedule = NULL;

        EXPECT(cdp_traffic_schedule_new(type, percentage, interval, NULL, NULL, NULL, &schedule) ==
                   CDP_OK,
               percentage, interval);
        tick_at_random(schedule, &seed, percentage, interval);
        cdp_traffic_schedule_free(schedule);
    }
}

/* ---- any list, with gates -------------------------------------------------------------------- */

enum { MOST_STEPS = 12, LONGEST_WAIT = 40 };

/* A shift as one would write it down by hand, a millisecond at a time. */
typedef struct model {
    int32_t weights[MOST_STEPS];
    int64_t waits[MOST_STEPS];
    size_t count;
    size_t begun;
    int64_t since;
    bool done;
} model;

static void make_model(model *m, uint64_t *seed)
{
    /* Some with waits of one size, some with waits that have nothing in common. */
    int64_t unit = random_below(seed, 2) ? 1 + random_below(seed, 5) : 1;

    memset(m, 0, sizeof *m);
    m->count = 1 + (size_t)random_below(seed, MOST_STEPS);
    for (size_t i = 0; i < m->count; i++) {
        m->weights[i] = (int32_t)random_below(seed, 101);
        m->waits[i] = random_below(seed, 4) == 0 ? CDP_TRAFFIC_GATE
                                                 : unit * (1 + random_below(seed, LONGEST_WAIT));
    }
    m->weights[m->count - 1] = 100;
    if (random_below(seed, 2))
        m->waits[m->count - 1] = 0;
}

static bool model_holds_time(const model *m)
{
    return m->begun > 0 && !m->done && m->waits[m->begun - 1] != CDP_TRAFFIC_GATE;
}

static void model_leave(model *m, int64_t now)
{
    if (m->begun == m->count) {
        m->done = true;
    } else {
        m->begun++;
        m->since = now;
    }
}

static void model_tick(model *m, int64_t now)
{
    if (m->begun == 0 && now >= START)
        model_leave(m, now);
    while (model_holds_time(m) && m->since + m->waits[m->begun - 1] == now)
        model_leave(m, now);
}

static int32_t model_weight(const model *m)
{
    return m->begun ? m->weights[m->begun - 1] : 0;
}

static bool model_at_gate(const model *m)
{
    return m->begun > 0 && !m->done && m->waits[m->begun - 1] == CDP_TRAFFIC_GATE;
}

static void assert_same(const model *m, const cdp_traffic_cursor *cursor, int a, int b)
{
    EXPECT(cdp_traffic_cursor_weight(cursor) == model_weight(m), a, b);
    EXPECT(cdp_traffic_cursor_steps_begun(cursor) == m->begun, a, b);
    EXPECT(cdp_traffic_cursor_is_done(cursor) == (int)m->done, a, b);
    EXPECT(cdp_traffic_cursor_is_at_gate(cursor) == (int)model_at_gate(m), a, b);
    if (model_holds_time(m))
        EXPECT(cdp_traffic_cursor_next_deadline(cursor) == m->since + m->waits[m->begun - 1], a, b);
}

typedef struct history {
    int64_t openings[MOST_STEPS];
    size_t opened;
    bool continued; /* a wait was cut short: weights are no longer those of the plan */
} history;

/* One input of the host, given to both when it is legal; illegal ones are refused. */
static void act(model *m, cdp_traffic_cursor *cursor, history *h, int64_t now, uint64_t *seed,
                int round)
{
    int64_t choice = random_below(seed, 6);
    bool gate = model_at_gate(m);
    bool legal = choice == 0 ? gate : m->begun > 0 && !m->done;
    cdp_status status;

    if (choice > 1)
        return;
    status = choice == 0 ? cdp_traffic_cursor_open_gate(cursor, now, NULL)
                         : cdp_traffic_cursor_continue(cursor, now, NULL);
    EXPECT(status == (legal ? CDP_OK : CDP_ERR_STATE), round, now - START);
    if (!legal)
        return;
    if (gate)
        h->openings[h->opened++] = now;
    else
        h->continued = true;
    model_leave(m, now);
    model_tick(m, now);
}

/* Writes the cursor out and reads it back; the old one is thrown away. */
static void save_and_restore(const cdp_traffic_schedule *schedule, cdp_traffic_cursor **cursor,
                             int a, int b)
{
    cdp_traffic_cursor *again = NULL;
    cdp_text *text = NULL;
    cdp_text *second = NULL;

    EXPECT(cdp_text_new(NULL, &text) == CDP_OK, a, b);
    EXPECT(cdp_text_new(NULL, &second) == CDP_OK, a, b);
    EXPECT(cdp_traffic_cursor_snapshot(*cursor, text) == CDP_OK, a, b);
    EXPECT(cdp_traffic_cursor_restore(schedule, cdp_text_string(text).data,
                                      cdp_text_string(text).length, NULL, NULL, &again) == CDP_OK,
           a, b);
    EXPECT(cdp_traffic_cursor_snapshot(again, second) == CDP_OK, a, b);
    assert_string_equal(cdp_text_string(text).data, cdp_text_string(second).data);
    cdp_traffic_cursor_free(*cursor);
    *cursor = again;
    cdp_text_free(second);
    cdp_text_free(text);
}

static void run_model(int round, uint64_t *seed)
{
    cdp_traffic_schedule *schedule = NULL;
    cdp_traffic_cursor *cursor = NULL;
    history h = {.opened = 0};
    model m;

    make_model(&m, seed);
    EXPECT(cdp_traffic_schedule_from_steps(m.weights, m.waits, m.count, NULL, NULL, NULL,
                                           &schedule) == CDP_OK,
           round, 0);
    EXPECT(cdp_traffic_cursor_new(schedule, START, NULL, &cursor) == CDP_OK, round, 0);
    for (int64_t now = START - 3; now < START + 1500; now++) {
        model_tick(&m, now);
        if (!h.continued)
            EXPECT(cdp_traffic_weight_with_gates(schedule, START, h.openings, h.opened, now) ==
                       model_weight(&m),
                   round, now - START);
        if (!h.continued && h.opened == 0)
            EXPECT(cdp_traffic_weight_at(schedule, START, now) == model_weight(&m), round,
                   now - START);
        if (random_below(seed, 4))
            continue; /* the host sleeps */
        if (random_below(seed, 50) == 0)
            save_and_restore(schedule, &cursor, round, (int)(now - START));
        EXPECT(cdp_traffic_cursor_step(cursor, now, NULL) == CDP_OK, round, now - START);
        assert_same(&m, cursor, round, (int)(now - START));
        act(&m, cursor, &h, now, seed, round);
        assert_same(&m, cursor, round, (int)(now - START));
    }
    cdp_traffic_cursor_free(cursor);
    cdp_traffic_schedule_free(schedule);
}

static void any_list_agrees_with_the_model(void **state)
{
    uint64_t seed = 2;

    (void)state;
    for (int round = 0; round < 1500; round++)
        run_model(round, &seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_percentage_and_interval),
        cmocka_unit_test(cursor_agrees_under_any_ticking),
        cmocka_unit_test(any_list_agrees_with_the_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
