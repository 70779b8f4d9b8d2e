/* SPDX-License-Identifier: MIT */
#ifndef INSTALL_SCENARIO_H
#define INSTALL_SCENARIO_H

/* A host on which one release is installed and another is about to be: what the tests of applying
 * a plan begin with. */

#include "testing.h"

#include <codedeploy-sim/filesystem.h>
#include <codedeploy/install_apply.h>

/* "path", "path=content", "path->target", "path/" (directory), "path#mode=content"; NULL ends. */
typedef struct scenario {
    const char *name;
    /* What was on the machine before anything was installed. */
    const char *const *before;
    const char *old_appspec;
    const char *const *old_revision;
    /* What came to the machine after the first install, from elsewhere. */
    const char *const *between;
    const char *new_appspec;
    const char *const *new_revision;
} scenario;

extern const scenario scenarios[];
extern const size_t scenario_count;
/* Fails the test when there is none. */
const scenario *find_scenario(const char *name);

typedef struct host {
    cdp_sim_fs *sim;
    cdp_fs fs;
    cdp_install_plan *plan;
} host;

#define SCENARIO_GROUP "group"

/* With what a host lacks, for host_boot(): it copies several files at once, three at the most, and
 * leaves off before a name that ends in `o`. */
#define HOST_BATCHES (UINT32_C(1) << 31)
/* Directories that are there before the new release is installed cannot be moved, as those of a lower
 * layer of an overlay. */
#define HOST_OVERLAYS (UINT32_C(1) << 30)

/* Lays out a list of things into a root. */
void host_lay_out(host *h, cdp_fs_root root, const char *const *things);
/* Plans an AppSpec's install with the group's record as it is. */
cdp_install_plan *host_plan(host *h, const char *appspec, cdp_install_mode mode);
/* The machine of a scenario with the old release installed and the new one planned. */
void host_boot(host *h, const scenario *s, uint32_t lacks);
void host_free(host *h);

/* The destination and the group's records as one picture; to be freed. */
char *host_picture(const host *h);
/* True when nothing of an install is left over: no journal, no folder, no file stepping aside. */
void host_assert_tidy(const host *h);

cdp_status host_new_install(host *h, cdp_install_durability durability, cdp_install **install);

#endif
