/* SPDX-License-Identifier: MIT */
/*
 * What Go's benchmark is compared with: nanoseconds to parse an AppSpec and to read all its files,
 * the best of several runs.   read FILE
 */
#include <codedeploy/codedeploy.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static size_t read_all(const char *text, size_t length)
{
    cdp_appspec *appspec;
    cdp_diagnostics *diagnostics;
    size_t bytes = 0;

    if (cdp_diagnostics_new(NULL, NULL, &diagnostics) != CDP_OK ||
        cdp_appspec_parse(text, length, NULL, diagnostics, &appspec) != CDP_OK)
        exit(1);
    for (size_t i = 0; i < cdp_appspec_file_count(appspec); i++) {
        cdp_appspec_file file = {.size = sizeof file};

        if (cdp_appspec_file_at(appspec, i, &file) == CDP_OK)
            bytes += file.source.length + file.destination.length;
    }
    cdp_appspec_free(appspec);
    cdp_diagnostics_free(diagnostics);
    return bytes;
}

int main(int argc, char **argv)
{
    static char text[1 << 20];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    double best = 1e18;
    size_t bytes = 0;

    for (int run = 0; run < 40; run++) {
        double start = now();

        bytes += read_all(text, length);
        if (now() - start < best)
            best = now() - start;
    }
    printf("%.0f %zu\n", best, bytes);
    return 0;
}
