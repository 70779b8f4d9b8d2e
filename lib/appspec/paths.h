/* SPDX-License-Identifier: MIT */
#ifndef CDP_APPSPEC_PATHS_H
#define CDP_APPSPEC_PATHS_H

#include <stdbool.h>

#include "base/strings.h"
#include "base/text.h"

/* Paths by their words alone; `windows` also takes `\` for a separator and drives for roots. */

/* True when `..` leads above where the path begins. */
bool cdp_appspec_path_climbs(cdp_string path, bool windows);
bool cdp_appspec_path_is_root(cdp_string path, bool windows);
/* True when an absolute path is `folder` or lies below it. */
bool cdp_appspec_path_is_within(cdp_string path, cdp_string folder, bool windows);

/*
 * Appends a path without `.`, `..` and needless separators: absolute when `absolute` is set
 * (`/a/b`, and nothing for the root), otherwise without a slash in front. `..` at the root stays
 * there.
 */
void cdp_appspec_put_normal_path(cdp_string path, bool absolute, bool windows, cdp_text *text);

/* The part behind the last separator; empty when the path ends with one. */
cdp_string cdp_appspec_path_name(cdp_string path, bool windows);

/* The next part at or after `*at`, which moves behind it; false at the end. */
bool cdp_appspec_next_part(cdp_string path, bool windows, size_t *at, cdp_string *part);

#endif
