/* SPDX-License-Identifier: MIT */
/*
 * For bindings that cannot load the reader into their own process: writes the document, or tells how
 * long it takes to read it.
 *
 *     bench-read write FILE
 *     bench-read time FILE      nanoseconds, the best of many rounds, and the bytes that were read
 */
#include "bench.h"
#include "documents.h"
#include "read.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 40 };

static int write_document(const char *path)
{
    buffer text = bench_appspec();
    FILE *file = fopen(path, "wb");
    bool written = file && fwrite(text.data, 1, text.length, file) == text.length;

    free(text.data);
    return file && fclose(file) == 0 && written ? 0 : 1;
}

static int time_reading(const char *path)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    size_t bytes = 0;
    double best = 1e9;

    if (!file || fclose(file) != 0)
        return 1;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = bench_seconds();
        double taken;

        bytes = bench_read(text, length);
        taken = bench_seconds() - begin;
        if (taken < best)
            best = taken;
    }
    printf("%.0f %zu\n", best * 1e9, bytes);
    return bytes > 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 3 || (strcmp(argv[1], "write") != 0 && strcmp(argv[1], "time") != 0)) {
        fprintf(stderr, "usage: bench-read write|time FILE\n");
        return 2;
    }
    /* Freed memory is kept for the next round, as in bench/parse.c. */
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    return argv[1][0] == 'w' ? write_document(argv[2]) : time_reading(argv[2]);
}
