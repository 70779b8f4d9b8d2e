/* SPDX-License-Identifier: MIT */
#ifndef BENCH_RACE_H
#define BENCH_RACE_H

/*
 * Two ways to do the same, run in turns on the same machine, as often the one as the other, their
 * medians compared: whatever else the machine does hits both. What counts is the time that somebody
 * waits; the time of processors is told beside it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RACE_ROUNDS = 7 };

/* One step of a contender; false ends the race with a failure. */
typedef bool (*race_step)(void *context);

/* Seconds: by the clock, and of processors, of this process and its children. */
typedef struct race_time {
    double clock;
    double processor;
} race_time;

typedef struct race_contender {
    const char *name;
    race_step run;
    /* Before each run, not counted; may be NULL. */
    race_step before;
    void *context;
    /* What came of it. */
    race_time times[RACE_ROUNDS];
} race_contender;

/*
 * Runs ours and the reference in turns, RACE_ROUNDS times each. Tells both, and whether ours needs
 * at most `wanted` times what the reference needs; false when it does not.
 */
bool race(const char *name, race_contender *ours, race_contender *reference, double wanted);

/* The same against a time that was recorded once: ours is to be at least `wanted` times as fast. */
bool race_recorded(const char *name, race_contender *ours, const char *recorded_name,
                   double recorded_seconds, double wanted);

/* Says whether something wanted is met; instrumented builds are only told, not asked. */
bool race_wants(bool is_met, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Runs a program and waits for it, its output thrown away; NULL ends the arguments. `*peak_kib`
 * (may be NULL) is how much memory it had at most. False when it did not exit with 0. */
bool race_program(const char *const *arguments, long *peak_kib);

#endif
