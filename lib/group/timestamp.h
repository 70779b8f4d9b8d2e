/* SPDX-License-Identifier: MIT */
#ifndef CDP_GROUP_TIMESTAMP_H
#define CDP_GROUP_TIMESTAMP_H

#include <stdbool.h>

#include "base/text.h"

/*
 * The times of the API: seconds since 1970 as a JSON number (`1.520970389073E9` is usual), or what
 * the AWS CLI makes of it, `2018-03-13T19:46:29.073000+00:00`. What is smaller than a millisecond is
 * cut off. False for anything else, and for what does not fit.
 */
bool cdp_timestamp_from_number(cdp_string number, int64_t *milliseconds);
bool cdp_timestamp_from_text(cdp_string text, int64_t *milliseconds);

/* Appends seconds as a JSON number, without an exponent. */
void cdp_timestamp_put(int64_t milliseconds, cdp_text *text);

#endif
