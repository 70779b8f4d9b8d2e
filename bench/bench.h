/* SPDX-License-Identifier: MIT */
#ifndef BENCH_H
#define BENCH_H

/*
 * What benchmarks share: the best of several runs, in CPU time of this process, so that whatever
 * else the machine does counts little. A benchmark first measures a reference, something simple
 * that everybody can imagine, and tells its results as multiples of that, too.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

/* Does `count` operations and returns something that depends on all of them. */
typedef uint64_t (*bench_work)(void *context, uint64_t count);

enum { BENCH_RUNS = 7 };

static volatile uint64_t bench_sink;

static inline double bench_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Nanoseconds of one operation. */
static inline double bench_measure(bench_work work, void *context, uint64_t count)
{
    double best = 0;

    for (int run = 0; run < BENCH_RUNS; run++) {
        double start = bench_seconds();
        double taken;

        bench_sink += work(context, count);
        taken = bench_seconds() - start;
        if (run == 0 || taken < best)
            best = taken;
    }
    return best * 1e9 / (double)count;
}

/* A line of the report; `reference_ns` 0 for the reference itself. */
static inline void bench_report(const char *name, double ns, double reference_ns)
{
    printf("%-44s %9.2f ns %9.2f million/s", name, ns, 1e3 / ns);
    if (reference_ns > 0)
        printf(" %8.2f x reference", ns / reference_ns);
    putchar('\n');
}

/* True when a wanted rate is met; instrumented builds are not asked. */
static inline bool bench_wants(const char *name, double ns, double million_per_second)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
    (void)name, (void)ns, (void)million_per_second;
    return true;
#else
    bool met = 1e3 / ns >= million_per_second;

    printf("%s: %s: wanted %.0f million/s\n", met ? "met" : "MISSED", name, million_per_second);
    return met;
#endif
}

/* The same for what is to be small: seconds, bytes, ratios. */
static inline bool bench_wants_at_most(const char *name, double value, double most)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
    (void)name, (void)value, (void)most;
    return true;
#else
    printf("%s: %s: %.2f, wanted at most %.2f\n", value <= most ? "met" : "MISSED", name, value,
           most);
    return value <= most;
#endif
}

#endif
