/* SPDX-License-Identifier: MIT */
#ifndef TIME_TEXT_H
#define TIME_TEXT_H

/* Times of the command line: read with units, written for people. */

#include <stdbool.h>
#include <stdint.h>

enum { TIME_TEXT = 64, TIME_LONGEST_DAYS = 366000 };

/* "0 s", "90 s" as "1 min 30 s", "2 h 5 min", "1 d 3 h", "1.5 s"; returns `buffer`. */
const char *time_text(int64_t ms, char buffer[TIME_TEXT]);

/*
 * Reads a number, with a fraction if need be, and a unit (ms, s, m, h, d); without one it counts
 * in `unit_ms`. Also several of them, the larger unit first, as time_text() writes them (17m1s,
 * "6 min 10 s"), and clocks as timelines show them (0:07:00.000). False for anything else, for negative numbers, and for what is longer than
 * TIME_LONGEST_DAYS, a thousand years.
 */
bool time_parse(const char *text, int64_t unit_ms, int64_t *ms);

#endif
