/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_TEXT_H
#define CDP_BASE_TEXT_H

#include <codedeploy/text.h>

/*
 * The inside of cdp_text. A failed append is remembered, so that a writer may append many times
 * and look at cdp_text_status() once at its end; cdp_text_rollback() then restores the caller's
 * text to what it was before.
 */
struct cdp_text {
    cdp_allocator allocator;
    char *data;
    size_t length;
    size_t capacity;
    cdp_status status;
};

/* For a text that lives inside another object. */
void cdp_text_init(cdp_text *text, const cdp_allocator *allocator);
void cdp_text_release(cdp_text *text);

cdp_status cdp_text_status(const cdp_text *text);
void cdp_text_rollback(cdp_text *text, size_t length);

/* After a failure these do nothing. */
void cdp_text_put(cdp_text *text, cdp_string string);
void cdp_text_put_c(cdp_text *text, const char *string);
/* Control characters and bytes that are not UTF-8, which would spoil a terminal or a log, as `\n` or
 * `\x1B`. */
void cdp_text_put_printable(cdp_text *text, cdp_string string);
void cdp_text_put_byte(cdp_text *text, char byte);
void cdp_text_put_repeated(cdp_text *text, char byte, size_t count);
void cdp_text_put_uint(cdp_text *text, uint64_t value);
void cdp_text_put_int(cdp_text *text, int64_t value);
/* Milliseconds as `1 h 5 min`, `30 s`, `1.5 s`: what is not zero. */
void cdp_text_put_duration(cdp_text *text, int64_t ms);

#endif
