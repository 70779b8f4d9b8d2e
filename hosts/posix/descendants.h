/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_DESCENDANTS_H
#define CDP_POSIX_DESCENDANTS_H

#include "internal.h"

/* How many processes a signal reached, and how many belong to somebody else. */
typedef struct px_signalled {
    int reached;
    int refused;
} px_signalled;

/*
 * Sends a signal to all that descend from this process, as far as /proc tells. Async-signal-safe;
 * only one thread of a process may be in it.
 */
px_signalled px_signal_descendants(int number);

/* Closes the descriptors from `first` to `last` (-1: to the end). Async-signal-safe. */
void px_close_range(int first, int last);

#endif
