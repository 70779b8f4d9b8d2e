/* SPDX-License-Identifier: MIT */
#ifndef CDPGO_SHIM_POSIX_H
#define CDPGO_SHIM_POSIX_H

/* What the binding of libcodedeploy-posix needs in C. */
#include <codedeploy-posix/codedeploy-posix.h>

#include "shim.h"

/* callbacks_posix.c: the callbacks, which pass on to Go. */
void cdpgo_deploy_news(cdp_posix_deploy_options *options, uintptr_t handle, int fetches);
void cdpgo_bundle_progress(cdp_posix_bundle_options *options, uintptr_t handle);
void cdpgo_log_entry(cdp_posix_log_options *options, uintptr_t handle);

#endif
