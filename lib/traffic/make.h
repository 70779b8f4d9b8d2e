/* SPDX-License-Identifier: MIT */
#ifndef CDP_TRAFFIC_MAKE_H
#define CDP_TRAFFIC_MAKE_H

#include <codedeploy/traffic.h>

/* Copies and checks what every way to make a schedule is given; NULL becomes the defaults. */
cdp_status cdp_traffic_import(const cdp_traffic_options *options, const cdp_allocator *allocator,
                              cdp_traffic_options *own_options, cdp_allocator *own_allocator);

#endif
