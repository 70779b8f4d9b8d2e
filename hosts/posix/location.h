/* SPDX-License-Identifier: MIT */
#ifndef CDP_POSIX_LOCATION_H
#define CDP_POSIX_LOCATION_H

/* Where a bundle is (agent.md 5.2). */

#include <codedeploy-posix/bundle.h>

#include "internal.h"

typedef struct px_location {
    cdp_posix_bundle_type type;
    bool is_remote;
    char *path; /* of a local bundle; absolute */
    /* `NAME=VALUE` for the scripts: BUNDLE_BUCKET and so on. */
    char *variables[5];
    cdp_string variable_strings[5];
    size_t variable_count;
} px_location;

/* CDP_OK; CDP_ERR_INVALID for what is no location, which is reported; CDP_ERR_NOMEM; CDP_ERR_IO. */
cdp_status px_location_read(px_location *location, cdp_string given, cdp_posix_bundle_type type,
                            cdp_diagnostics *diagnostics);
/* One more variable for the scripts; an empty value is none. */
cdp_status px_location_tell(px_location *location, const char *name, cdp_string value);
void px_location_release(px_location *location);

#endif
