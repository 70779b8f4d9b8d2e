/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_BENEATH_H
#define CDP_POSIX_BENEATH_H

#include "internal.h"

/* How links on the way are followed. */
typedef enum px_links {
    /* As long as they stay inside the root; one that leads out is EXDEV. */
    PX_LINKS_INSIDE,
    /* As if the root were "/". */
    PX_LINKS_CHROOT,
    /* Not at all: ELOOP. */
    PX_LINKS_NONE
} px_links;

/*
 * Opens what is at `path`, relative to the directory `root`, and never anything outside of it,
 * whatever happens to links and directories meanwhile. O_CLOEXEC is added; with O_NOFOLLOW the last
 * component is not followed. -1 with errno; the descriptor is 3 or above.
 */
int px_open_beneath(int root, const char *path, int flags, mode_t mode, px_links links);

/* The same component by component, for kernels without openat2(); for tests. */
int px_open_walking(int root, const char *path, int flags, mode_t mode, px_links links);

#endif
