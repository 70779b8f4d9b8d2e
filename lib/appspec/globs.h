/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_GLOBS_H
#define CDP_APPSPEC_GLOBS_H

#include <stdbool.h>

#include "base/strings.h"

/*
 * The agent's simple globs: `*` stands for any characters but `/`, everything else for itself.
 * `**` as a whole pattern is the caller's business. Time is proportional to the product of the
 * lengths at worst, without memory.
 */
bool cdp_appspec_glob_matches(cdp_string pattern, cdp_string name);

/* True when some name matches both. Patterns longer than 64 bytes are taken to have none. */
bool cdp_appspec_globs_meet(cdp_string a, cdp_string b);

#endif
