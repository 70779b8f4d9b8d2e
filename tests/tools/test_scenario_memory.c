/* SPDX-License-Identifier: MIT */
/*
 * Every scenario, with one request for memory after the other refused, once and from then on: it is
 * said that there is no memory, or the play comes to its end; nothing leaks, and nothing crashes.
 *
 *     test-scenario-memory SCENARIO...
 *
 * The linker puts the functions below in the place of malloc() and its kind.
 */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *pointer, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_realloc(void *pointer, size_t bytes);

static unsigned long requests;
static unsigned long refused_from; /* 0: none is */
static unsigned long refused_to;

static bool refuses(void)
{
    requests++;
    return refused_from && requests >= refused_from && requests <= refused_to;
}

void *__wrap_malloc(size_t bytes)
{
    return refuses() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return refuses() ? NULL : __real_calloc(count, bytes);
}

void *__wrap_realloc(void *pointer, size_t bytes)
{
    return refuses() ? NULL : __real_realloc(pointer, bytes);
}

static void fail(const char *file, const char *what)
{
    fprintf(stdout, "%s, request %lu: %s\n", file, refused_from, what);
    exit(1);
}

/* True when something was refused. */
static bool play(const char *file, unsigned long from, unsigned long to)
{
    scenario s;
    int exit;

    requests = 0;
    refused_from = from;
    refused_to = to;
    exit = scenario_open(&s, file, false);
    if (exit != CLI_CLEAN && exit != CLI_IO)
        fail(file, "no memory is taken for something else");
    if (exit == CLI_CLEAN) {
        cdp_status status = cdp_sim_host_run(s.host, INT64_MAX);

        if (status != CDP_OK && status != CDP_ERR_NOMEM)
            fail(file, cdp_status_name(status));
        for (size_t i = 0; i < cdp_sim_host_deployment_count(s.host); i++) {
            const cdp_deployment *deployment = cdp_sim_host_deployment_at(s.host, i);
            cdp_deployment_info info = {.size = sizeof info};

            if (cdp_deployment_get_info(deployment, &info) != CDP_OK ||
                info.weight + info.original_weight != 100)
                fail(file, "weights do not add up");
            if (status == CDP_OK && !cdp_deployment_is_over(deployment))
                fail(file, "played, and not over");
        }
    } else if (!from) {
        fail(file, "cannot be opened");
    }
    scenario_close(&s);
    refused_from = 0;
    return from && requests >= from;
}

int main(int argc, char **argv)
{
    unsigned long plays = 0;

    /* What is said of missing memory, thousands of times. */
    if (!freopen("/dev/null", "w", stderr))
        return 2;
    for (int i = 1; i < argc; i++) {
        (void)play(argv[i], 0, 0);
        for (unsigned long at = 1; play(argv[i], at, at); at++)
            plays++;
        for (unsigned long at = 1; play(argv[i], at, (unsigned long)-1); at++)
            plays++;
    }
    printf("%d scenarios, %lu plays\n", argc - 1, plays);
    return plays > 0 ? 0 : 1;
}
