/* SPDX-License-Identifier: MIT */
#include "race.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

static double now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double processor_seconds(void)
{
    double sum = 0;

    for (int i = 0; i < 2; i++) {
        struct rusage usage;

        getrusage(i == 0 ? RUSAGE_SELF : RUSAGE_CHILDREN, &usage);
        sum += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
               (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    }
    return sum;
}

static bool run_once(race_contender *contender, int round)
{
    race_time time;
    bool done;

    if (contender->before && !contender->before(contender->context))
        return false;
    time = (race_time){now(), processor_seconds()};
    done = contender->run(contender->context);
    contender->times[round] = (race_time){now() - time.clock, processor_seconds() - time.processor};
    if (!done)
        printf("%s failed\n", contender->name);
    return done;
}

bool race_wants(bool is_met, const char *format, ...)
{
    va_list arguments;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
    is_met = true;
#endif
    printf("%s: ", is_met ? "met" : "MISSED");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
    return is_met;
}

static int compare(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;

    return (first > second) - (first < second);
}

/* Tells a contender's times, and returns the medians. */
static race_time tell(const race_contender *contender)
{
    double clock[RACE_ROUNDS], processor[RACE_ROUNDS];

    for (int i = 0; i < RACE_ROUNDS; i++) {
        clock[i] = contender->times[i].clock;
        processor[i] = contender->times[i].processor;
    }
    qsort(clock, RACE_ROUNDS, sizeof *clock, compare);
    qsort(processor, RACE_ROUNDS, sizeof *processor, compare);
    printf("  %-22s %9.1f ms (%.1f to %.1f), of processors %.1f ms\n", contender->name,
           clock[RACE_ROUNDS / 2] * 1e3, clock[0] * 1e3, clock[RACE_ROUNDS - 1] * 1e3,
           processor[RACE_ROUNDS / 2] * 1e3);
    return (race_time){clock[RACE_ROUNDS / 2], processor[RACE_ROUNDS / 2]};
}

bool race(const char *name, race_contender *ours, race_contender *reference, double wanted)
{
    race_time own, theirs;
    double ratio;

    /* Who comes second finds the machine as the first left it: they take turns in that, too. */
    for (int round = 0; round < RACE_ROUNDS; round++) {
        if (!run_once(round % 2 ? ours : reference, round) ||
            !run_once(round % 2 ? reference : ours, round))
            return false;
    }
    theirs = tell(reference);
    own = tell(ours);
    ratio = own.clock / theirs.clock;
    return race_wants(ratio <= wanted,
                      "%s: %.2f x the time of %s, %.2f x of processors; wanted at most %.2f x",
                      name, ratio, reference->name, own.processor / theirs.processor, wanted);
}

bool race_recorded(const char *name, race_contender *ours, const char *recorded_name,
                   double recorded_seconds, double wanted)
{
    race_time own;
    double ratio;

    for (int round = 0; round < RACE_ROUNDS; round++) {
        if (!run_once(ours, round))
            return false;
    }
    own = tell(ours);
    ratio = recorded_seconds / own.clock;
    return race_wants(ratio >= wanted,
                      "%s: %.1f x as fast as %s (recorded: %.2f s), %.1f x by time of processors; "
                      "wanted at least %.0f x",
                      name, ratio, recorded_name, recorded_seconds,
                      recorded_seconds / own.processor, wanted);
}

bool race_program(const char *const *arguments, long *peak_kib)
{
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0) {
        int nothing = open("/dev/null", O_WRONLY);

        dup2(nothing, STDOUT_FILENO);
        /* The cast is safe: execvp() changes nothing. */
        execvp(arguments[0], (char *const *)(void *)arguments);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return false;
    if (peak_kib)
        *peak_kib = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
