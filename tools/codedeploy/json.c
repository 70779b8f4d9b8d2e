/* SPDX-License-Identifier: MIT */
#include "json.h"

#include <inttypes.h>
#include <string.h>

#include "cli.h"

static void begin_line(json *j)
{
    if (j->indented && (j->depth > 0 || j->needs_comma))
        fprintf(j->stream, "\n%*s", (int)j->depth * 2, "");
}

size_t json_character(cdp_string text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    size_t left = text.length - at;
    size_t length = bytes[0] < 0x80   ? 1
                    : bytes[0] < 0xC2 ? 0
                    : bytes[0] < 0xE0 ? 2
                    : bytes[0] < 0xF0 ? 3
                    : bytes[0] < 0xF5 ? 4
                                      : 0;

    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    }
    if (length >= 3 &&
        ((bytes[0] == 0xE0 && bytes[1] < 0xA0) || (bytes[0] == 0xED && bytes[1] > 0x9F) ||
         (bytes[0] == 0xF0 && bytes[1] < 0x90) || (bytes[0] == 0xF4 && bytes[1] > 0x8F)))
        return 0;
    return length;
}

static void put_quoted(FILE *stream, cdp_string value)
{
    fputc('"', stream);
    for (size_t at = 0; at < value.length;) {
        unsigned char byte = (unsigned char)value.data[at];
        size_t length = json_character(value, at);

        if (byte == '"' || byte == '\\')
            fprintf(stream, "\\%c", byte);
        else if (byte == '\n')
            fputs("\\n", stream);
        else if (byte == '\t')
            fputs("\\t", stream);
        else if (length == 0)
            fprintf(stream, "\\ud%03x", 0xC00u + byte);
        else if (byte < 0x20 || byte == 0x7f)
            fprintf(stream, "\\u%04x", byte);
        else
            fwrite(value.data + at, 1, length, stream);
        at += length ? length : 1;
    }
    fputc('"', stream);
}

static void begin(json *j, const char *key)
{
    if (j->needs_comma)
        fputc(',', j->stream);
    if (j->depth > 0)
        begin_line(j);
    if (key) {
        put_quoted(j->stream, (cdp_string){key, strlen(key)});
        fputs(j->indented ? ": " : ":", j->stream);
    }
    j->needs_comma = true;
}

void json_open(json *j, const char *key, char bracket)
{
    begin(j, key);
    fputc(bracket, j->stream);
    j->depth++;
    j->needs_comma = false;
}

void json_close(json *j, char bracket)
{
    j->depth--;
    if (j->needs_comma)
        begin_line(j);
    fputc(bracket, j->stream);
    j->needs_comma = true;
    if (j->depth == 0) {
        fputc('\n', j->stream);
        j->needs_comma = false;
    }
}

void json_raw(json *j, const char *key, cdp_string value)
{
    begin(j, key);
    cli_put(j->stream, value);
}

void json_string(json *j, const char *key, cdp_string value)
{
    begin(j, key);
    if (value.data)
        put_quoted(j->stream, value);
    else
        fputs("null", j->stream);
}

void json_c_string(json *j, const char *key, const char *value)
{
    json_string(j, key, (cdp_string){value, value ? strlen(value) : 0});
}

void json_int(json *j, const char *key, int64_t value)
{
    begin(j, key);
    fprintf(j->stream, "%" PRId64, value);
}

void json_bool(json *j, const char *key, bool value)
{
    begin(j, key);
    fputs(value ? "true" : "false", j->stream);
}

void json_null(json *j, const char *key)
{
    json_string(j, key, (cdp_string){NULL, 0});
}
