/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_UTF8_H
#define CDP_BASE_UTF8_H

#include <codedeploy/base.h>
#include <codedeploy/text.h>

#include <stdbool.h>

/*
 * How many bytes the character at `at` takes (1 to 4), or 0 when the bytes there are not one:
 * overlong forms, surrogates, values past U+10FFFF and cut-off sequences are not characters.
 */
size_t cdp_utf8_length(cdp_string text, size_t at);

/* How many bytes of a text fit into `capacity` without cutting a character. */
size_t cdp_utf8_fitting(cdp_string text, size_t capacity);

/* Appends a text; bytes that are not UTF-8, and NUL, become `?`. */
void cdp_utf8_put_clean(cdp_text *text, cdp_string string);

/* The character at `at`, which must be one. */
uint32_t cdp_utf8_decode(cdp_string text, size_t at);

/* Nothing but characters, and no control characters among them. */
bool cdp_utf8_is_sound(cdp_string text);

/* Writes 1 to 4 bytes for a Unicode scalar value and returns how many. */
size_t cdp_utf8_encode(uint32_t code, char bytes[4]);

#endif
