/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_LIMITS_H
#define CDP_BASE_LIMITS_H

#include <codedeploy/base.h>

/* Copies and checks what the caller gave (NULL: all defaults); zero fields become defaults. */
cdp_status cdp_limits_import(cdp_limits *limits, const cdp_limits *given);

#endif
