/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_AMOUNTS_H
#define SIMULATE_AMOUNTS_H

/* Numbers of a fleet as they are written on the command line. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "3" or "3%", with decimals if need be. */
typedef struct amount {
    bool given;
    const char *written;
    uint32_t count;
    uint32_t ppm; /* millionths, when it is a percentage */
} amount;

/* A whole number of at most 18 digits, perhaps negative. */
bool amount_read_number(const char *text, int64_t *number);
bool amount_read(const char *text, amount *a);
/* How many of `whole` it is: percentages rounded to the nearest, never more than there are. */
uint32_t amount_of(const amount *a, uint32_t whole);
/* The same rounded down, as limits are. */
uint32_t amount_within(const amount *a, uint32_t whole);

/* "30s" or "30s+-10s", also with a plus-minus sign; seconds when there is no unit. False also when
 * the second is longer than the first. */
bool amount_read_duration(const char *text, int64_t *ms, int64_t *spread_ms);

/* Positions from 1, ascending, each once. */
typedef struct positions {
    const char *written;
    uint32_t *list;
    size_t count;
} positions;

/* "4,7" or "2-5,9". False for anything else, and when there is no memory. */
bool positions_read(positions *p, const char *text);
void positions_free(positions *p);

#endif
