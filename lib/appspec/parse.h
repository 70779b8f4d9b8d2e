/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_PARSE_H
#define CDP_APPSPEC_PARSE_H

#include "appspec/work.h"

/* Reads the document and begins an AppSpec that owns it; nothing is checked yet. */
cdp_status cdp_appspec_open(appspec_work *work, const char *bytes, size_t length,
                            cdp_diagnostics *findings);

#endif
