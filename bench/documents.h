/* SPDX-License-Identifier: MIT */
#ifndef BENCH_DOCUMENTS_H
#define BENCH_DOCUMENTS_H

/* Documents to be read by more than one benchmark. */
#include <stddef.h>

/* Text that grows; a benchmark may end when there is no memory. */
typedef struct buffer {
    char *data;
    size_t length;
    size_t capacity;
} buffer;

void bench_append(buffer *to, const char *format, unsigned a, unsigned b);

/* A Server AppSpec of 2,000 files, 200 permissions and 200 scripts. */
buffer bench_appspec(void);

#endif
