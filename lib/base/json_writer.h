/* SPDX-License-Identifier: MIT */
#ifndef CDP_BASE_JSON_WRITER_H
#define CDP_BASE_JSON_WRITER_H

#include <codedeploy/base.h>

#include <stdbool.h>

#include "base/text.h"

/*
 * Writes JSON into a text, commas and indentation included. `indent` 0 writes one line without
 * blanks. Errors are the text's (cdp_text_status()). Bytes that are not UTF-8 are written as
 * U+DC80 + (byte - 0x80), lone surrogates: readers that know the convention get the bytes back.
 */
typedef struct cdp_json_writer {
    cdp_text *text;
    unsigned indent;
    unsigned depth;
    bool needs_comma;
    bool after_key;
} cdp_json_writer;

void cdp_json_init(cdp_json_writer *json, cdp_text *text, unsigned indent);

void cdp_json_open_object(cdp_json_writer *json);
void cdp_json_close_object(cdp_json_writer *json);
void cdp_json_open_array(cdp_json_writer *json);
void cdp_json_close_array(cdp_json_writer *json);
void cdp_json_key(cdp_json_writer *json, const char *key);
void cdp_json_key_string(cdp_json_writer *json, cdp_string key);

/* An absent string is written as null. */
void cdp_json_string(cdp_json_writer *json, cdp_string value);
void cdp_json_c_string(cdp_json_writer *json, const char *value);
void cdp_json_int(cdp_json_writer *json, int64_t value);
void cdp_json_uint(cdp_json_writer *json, uint64_t value);
void cdp_json_bool(cdp_json_writer *json, bool value);
void cdp_json_null(cdp_json_writer *json);
/* A value that is already JSON text, such as a number kept as it was written. */
void cdp_json_raw(cdp_json_writer *json, cdp_string value);

/* The quoted form of one string, without any of the above state. */
void cdp_json_put_quoted(cdp_text *text, cdp_string value);
/* The same without the quotes. Cut at any ASCII character, the pieces give the whole. */
void cdp_json_put_escaped(cdp_text *text, cdp_string value);

#endif
