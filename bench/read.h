/* SPDX-License-Identifier: MIT */
#ifndef BENCH_READ_H
#define BENCH_READ_H

/* What the bindings are compared with. */
#include <stddef.h>

/* Parses an AppSpec and reads all its files; the bytes of their names, 0 when it is refused. */
size_t bench_read(const char *text, size_t length);

#endif
