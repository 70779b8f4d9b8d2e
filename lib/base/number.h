/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_NUMBER_H
#define CDP_BASE_NUMBER_H

#include <codedeploy/base.h>

#include <stdbool.h>

/* Room for the decimal digits of any 64-bit number, its sign and a NUL. */
typedef struct cdp_number_buffer {
    char digits[24];
} cdp_number_buffer;

/* The number in decimal, as an argument for a message; lives as long as the buffer. */
cdp_string cdp_number_text(int64_t value, cdp_number_buffer *buffer);

/*
 * Reads what consists of decimal digits and nothing else. False for anything else, and for what
 * does not fit; `*value` is then as it was.
 */
bool cdp_number_parse(cdp_string digits, int64_t *value);

#endif
