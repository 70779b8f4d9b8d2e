/* SPDX-License-Identifier: MIT */
#ifndef RUN_H
#define RUN_H

#include "scenario.h"

/* What has been played, as a picture: the events of each target and the traffic over time. Returns
 * a cli_exit. */
int run_print_svg(const scenario *s);

/* Plays the file once for each call of a callback, with that call failing, and then with all later
 * ones failing as well; prints how the deployments end. */
int run_with_faults(const char *file);

#endif
