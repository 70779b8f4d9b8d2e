/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_COPY_H
#define CDP_POSIX_COPY_H

#include <codedeploy/filesystem.h>

#include <sys/stat.h>

#include "internal.h"

/* What copying files has learnt about the file systems at hand, and its buffer. Zeroed at first. */
typedef struct px_copier {
    char *buffer;
    dev_t from;
    dev_t to;
    bool is_known;
    bool cannot_clone;
    bool cannot_copy_ranges;
} px_copier;

void px_copier_release(px_copier *copier);

/*
 * Copies the content of a regular file into a new, empty one, holes included. CDP_OK; what
 * `progress` answered; CDP_ERR_IO with errno.
 */
cdp_status px_copy_content(px_copier *copier, int from, const struct stat *source, int to,
                           const cdp_fs_progress *progress);

/*
 * Gives `to` what is to be kept of the source: a sum of cdp_fs_keep. CDP_OK, or CDP_ERR_IO with
 * errno; what may not be kept is left out as cdp_fs says.
 */
cdp_status px_copy_rights(int from, const struct stat *source, int to, uint32_t keep);

/* Copies extended attributes and ACLs, as far as the system lets us. Label and times excepted. */
void px_copy_attributes(int from, int to);

#endif
