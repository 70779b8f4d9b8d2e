/* SPDX-License-Identifier: MIT */
#ifndef RUN_H
#define RUN_H

#include "scenario.h"

/* What has been played, as a picture: the events of each target and the traffic over time. Returns
 * a cli_exit. */
int run_print_svg(const scenario *s);

#endif
