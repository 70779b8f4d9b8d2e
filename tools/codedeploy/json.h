/* SPDX-License-Identifier: MIT */
#ifndef JSON_H
#define JSON_H

/* Writes JSON to a stream, commas included; one line, or indented by two blanks. */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <codedeploy/codedeploy.h>

typedef struct json {
    FILE *stream;
    bool indented;
    bool needs_comma;
    bool after_key;
    unsigned depth;
} json;

/* Length of the UTF-8 character at `at`, or 0. */
size_t json_character(cdp_string text, size_t at);

/* Members of an object take their key, items of an array and the outermost value take NULL. */
/* Length of the UTF-8 character at `at`, or 0 when there is none. */
size_t json_character(cdp_string text, size_t at);

void json_open(json *j, const char *key, char bracket);
void json_close(json *j, char bracket);
/* Absent is written as null. Bytes that are not UTF-8 become lone surrogates, as the library's. */
void json_string(json *j, const char *key, cdp_string value);
void json_c_string(json *j, const char *key, const char *value);
void json_int(json *j, const char *key, int64_t value);
void json_bool(json *j, const char *key, bool value);
void json_null(json *j, const char *key);
/* Text that is JSON already. */
void json_raw(json *j, const char *key, cdp_string value);

#endif
