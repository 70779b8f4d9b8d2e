/* SPDX-License-Identifier: MIT */
#include "race.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

enum { FEWEST_ROUNDS = 3, MOST_ROUNDS = 40 };

double race_now(void)
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

bool race_once(race_contender *contender)
{
    double processor;
    double wall;
    bool done;

    if (contender->before && !contender->before(contender->context))
        return false;
    processor = processor_seconds();
    wall = race_now();
    done = contender->run(contender->context);
    wall = race_now() - wall;
    processor = processor_seconds() - processor;
    if (contender->wall <= 0 || wall < contender->wall)
        contender->wall = wall;
    if (contender->processor <= 0 || processor < contender->processor)
        contender->processor = processor;
    if (contender->after && !contender->after(contender->context))
        return false;
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

static void tell(const race_contender *contender)
{
    printf("  %-34s %9.1f ms %9.1f ms of processor time\n", contender->name, contender->wall * 1e3,
           contender->processor * 1e3);
}

/* At least one round; three if there is time; more as long as it is not met. */
static bool goes_on(int round, double end, bool is_met)
{
    if (round == 0)
        return true;
    return race_now() < end && (round < FEWEST_ROUNDS || (!is_met && round < MOST_ROUNDS));
}

static double time_of(const race_contender *contender, race_clock clock)
{
    return clock == RACE_WALL ? contender->wall : contender->processor;
}

bool race(const char *name, race_clock clock, race_contender *ours, race_contender *reference,
          double wanted, double seconds)
{
    double end = race_now() + seconds;
    double ratio = 0;

    for (int round = 0; goes_on(round, end, ratio <= wanted); round++) {
        if (!race_once(reference) || !race_once(ours))
            return false;
        ratio = time_of(ours, clock) / time_of(reference, clock);
    }
    tell(reference);
    tell(ours);
    return race_wants(ratio <= wanted, "%s: %.2f x the%s time of %s; wanted at most %.2f x", name,
                      ratio, clock == RACE_WALL ? "" : " processor", reference->name, wanted);
}

bool race_recorded(const char *name, race_clock clock, race_contender *ours,
                   const char *recorded_name, double recorded_seconds, double wanted,
                   double seconds)
{
    double end = race_now() + seconds;
    double ratio = 0;

    for (int round = 0; goes_on(round, end, ratio >= wanted); round++) {
        if (!race_once(ours))
            return false;
        ratio = recorded_seconds / time_of(ours, clock);
    }
    tell(ours);
    return race_wants(ratio >= wanted,
                      "%s: %.1f x as fast as %s (recorded: %.2f s); wanted at least %.0f x", name,
                      ratio, recorded_name, recorded_seconds, wanted);
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
