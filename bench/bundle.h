/* SPDX-License-Identifier: MIT */
#ifndef BENCH_BUNDLE_H
#define BENCH_BUNDLE_H

/* A bundle to plan and to install, as a program that embeds the library does it. */

#include <stdbool.h>

#include <codedeploy-posix/codedeploy-posix.h>
#include <codedeploy/codedeploy.h>

/* `files: [{source: SOURCE, destination: DESTINATION}]`, and `permissions` times a mode for all
 * files below DESTINATION/modNNN/pkgNNNN; NULL after telling what is wrong with it. */
cdp_appspec *bundle_appspec(const char *source, const char *destination, unsigned permissions);
/* The same as text, in `text`. */
bool bundle_write_appspec(const char *path, const char *source, const char *destination,
                          unsigned permissions);

/* What an install is made of. */
typedef struct bundle {
    const cdp_appspec *appspec;
    const char *revision;
    const char *destination;
    const char *state;
    cdp_install_durability durability;
} bundle;

/* Plans it and writes the instructions; NULL after telling what failed. `*instructions` (may be
 * NULL) is how many there are. */
cdp_install_plan *bundle_plan(const bundle *self, const cdp_fs *fs, size_t *instructions);

/* Plans it on the real file system, and no more. */
bool bundle_only_plan(const bundle *self, size_t *instructions);

/* Plans it, installs it, and lets go of what was there before. */
bool bundle_install(const bundle *self);

#endif
