/* SPDX-License-Identifier: MIT */
#ifndef CHRONICLE_H
#define CHRONICLE_H

/*
 * What a simulation looked like over time, in no more than so many rows, however long it took: when
 * there are too many, the clock of the rows gets coarser.
 */

#include "simulation.h"

enum { CHRONICLE_MOST_ROWS = 512 };

typedef struct chronicle {
    size_t most_rows; /* at most CHRONICLE_MOST_ROWS */
    size_t zones;     /* how many are kept apart, beside the whole */
    int64_t step_ms;
    size_t count;
    /* The counts of row i hold from times[i] until times[i + 1]. */
    int64_t times[CHRONICLE_MOST_ROWS];
    /* count rows of the whole and then each zone. */
    sim_counts *counts;
    /* The least capacity since the row before. */
    uint32_t least_serving[CHRONICLE_MOST_ROWS];
} chronicle;

/* Set most_rows and zones first. False when there is no memory. */
bool chronicle_make(chronicle *c);
void chronicle_free(chronicle *c);
/* Notes the moment of a simulation: the `moment` of a sim_watcher. */
void chronicle_note(const simulation *s, void *user);
const sim_counts *chronicle_at(const chronicle *c, size_t row, size_t zone);

#endif
