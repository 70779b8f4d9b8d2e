/* SPDX-License-Identifier: MIT */
#ifndef BENCH_RACE_H
#define BENCH_RACE_H

/*
 * Two ways to do the same, run in turns on the same machine, the best of each counted: whatever
 * else the machine does hits both.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is compared. */
typedef enum race_clock {
    /* What a user waits, and what a disk or a second processor matters for. */
    RACE_WALL,
    /* The time of processors, of this process and its children: the same on an idle machine when
     * nothing else is waited for, and much the same on a busy one. */
    RACE_PROCESSOR
} race_clock;

/* One step of a contender; false ends the race with a failure. */
typedef bool (*race_step)(void *context);

typedef struct race_contender {
    const char *name;
    race_step run;
    /* Before and after each run, not counted; may be NULL. */
    race_step before;
    race_step after;
    void *context;
    /* What came of it: best times in seconds. */
    double wall;
    double processor;
} race_contender;

/* Runs one contender once and keeps the times if they are better. */
bool race_once(race_contender *contender);

/*
 * Runs ours and the reference in turns, three times each, or more until ours needs at most `wanted`
 * times what the reference needs; after `seconds` no further turn begins. Tells both, the ratio and whether
 * it is met; false when it is not.
 */
bool race(const char *name, race_clock clock, race_contender *ours, race_contender *reference,
          double wanted, double seconds);

/* The same against a time that was recorded once: ours is to be at least `wanted` times faster. */
bool race_recorded(const char *name, race_clock clock, race_contender *ours,
                   const char *recorded_name, double recorded_seconds, double wanted,
                   double seconds);

/* Says whether something wanted is met; instrumented builds are only told, not asked. */
bool race_wants(bool is_met, const char *format, ...) __attribute__((format(printf, 2, 3)));

double race_now(void);

/* Runs a program and waits for it, its output thrown away; NULL ends the arguments. `*peak_kib`
 * (may be NULL) is how much memory it had at most. False when it did not exit with 0. */
bool race_program(const char *const *arguments, long *peak_kib);

#endif
