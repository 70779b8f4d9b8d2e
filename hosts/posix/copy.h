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
 * Makes a file that is to be written and then get `mode`: already with as much of it as lets in
 * nobody who may not read the finished file. At 3 or above; -1 with errno.
 */
int px_create_file(int directory, const char *name, mode_t mode, bool changes_owner);

/*
 * Copies the content of a regular file into a new, empty one on the device `to_device`, holes
 * included. CDP_OK; what `progress` answered; CDP_ERR_IO with errno.
 */
cdp_status px_copy_content(px_copier *copier, int from, const struct stat *source, int to,
                           dev_t to_device, const cdp_fs_progress *progress);

/*
 * Gives `to`, which is as `made` tells, what is to be kept of the source: a sum of cdp_fs_keep.
 * CDP_OK, or CDP_ERR_IO with errno; what may not be kept is left out as cdp_fs says.
 */
cdp_status px_copy_rights(int from, const struct stat *source, int to, const struct stat *made,
                          uint32_t keep);

/* Copies extended attributes and ACLs, as far as the system lets us. Label and times excepted. */
void px_copy_attributes(int from, int to);

#endif
