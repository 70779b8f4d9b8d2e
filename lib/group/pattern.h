/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_PATTERN_H
#define CDP_GROUP_PATTERN_H

#include "base/arena.h"
#include "base/strings.h"

/*
 * A text in which `*` stands for any bytes, none included, and everything else for itself. Made
 * ready once, compared in time linear in the length of the pattern and of the text: the parts
 * between two `*` are searched for from left to right as Knuth, Morris and Pratt do.
 */
typedef struct cdp_pattern {
    cdp_string text;
    uint32_t *borders; /* for each byte of `text` */
} cdp_pattern;

bool cdp_is_pattern(cdp_string text);

/* `text` is not copied. CDP_OK or CDP_ERR_NOMEM. */
cdp_status cdp_pattern_make(cdp_pattern *pattern, cdp_arena *arena, cdp_string text);

bool cdp_pattern_matches(const cdp_pattern *pattern, cdp_string text);

#endif
