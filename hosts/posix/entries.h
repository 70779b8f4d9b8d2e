/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_ENTRIES_H
#define CDP_POSIX_ENTRIES_H

#include <dirent.h>

#include "internal.h"

/* Reads directories, one after the other, with one buffer for all of them. Zeroed at first. */
typedef struct px_entries {
    char *buffer;
    size_t length;
    size_t at;
} px_entries;

/* Before a directory is read. */
void px_entries_begin(px_entries *entries);

/*
 * The next entry of the directory `fd`, which is opened for reading and at its beginning at first;
 * `.` and `..` are left out. Valid until the next call. NULL at the end with errno 0, otherwise with
 * errno.
 */
const struct dirent64 *px_entries_next(px_entries *entries, int fd);

void px_entries_release(px_entries *entries);

#endif
