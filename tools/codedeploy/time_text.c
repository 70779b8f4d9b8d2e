/* SPDX-License-Identifier: MIT */
#include "time_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int64_t ms;
    const char *written;
    const char *read;
} units[] = {
    {24 * 3600 * 1000, "d", "d"},
    {3600 * 1000, "h", "h"},
    {60 * 1000, "min", "m"},
    {1000, "s", "s"},
    {1, "ms", "ms"},
};
enum { UNIT_COUNT = sizeof units / sizeof *units, SECONDS = 3 };

#define LONGEST_MS (INT64_C(24) * 3600 * 1000 * TIME_LONGEST_DAYS)

/* Seconds and what is below them are one number: "1.5 s". */
static void put_seconds(int64_t ms, char *buffer, size_t size)
{
    int length = snprintf(buffer, size, "%" PRId64 ".%03d", ms / 1000, (int)(ms % 1000));

    while (buffer[length - 1] == '0')
        buffer[--length] = '\0';
    if (buffer[length - 1] == '.')
        buffer[--length] = '\0';
    snprintf(buffer + length, size - (size_t)length, " s");
}

const char *time_text(int64_t ms, char buffer[TIME_TEXT])
{
    size_t length = 0;

    buffer[0] = '\0';
    for (int unit = 0; unit < SECONDS; unit++) {
        if (ms < units[unit].ms)
            continue;
        length += (size_t)snprintf(buffer + length, TIME_TEXT - length, "%s%" PRId64 " %s",
                                   length ? " " : "", ms / units[unit].ms, units[unit].written);
        ms %= units[unit].ms;
    }
    if (ms > 0 || length == 0) {
        if (length)
            buffer[length++] = ' ';
        put_seconds(ms, buffer + length, TIME_TEXT - length);
    }
    return buffer;
}

bool time_parse(const char *text, int64_t unit_ms, int64_t *ms)
{
    int64_t whole = 0;
    int64_t fraction = 0;
    int64_t scale = 1;
    const char *at = text;

    if (*at < '0' || *at > '9')
        return false;
    for (; *at >= '0' && *at <= '9'; at++) {
        whole = whole * 10 + (*at - '0');
        if (whole > LONGEST_MS)
            return false;
    }
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9' && scale < 1000000; at++) {
            fraction = fraction * 10 + (*at - '0');
            scale *= 10;
        }
        if (scale == 1)
            return false;
    }
    for (int unit = 0; *at && unit < UNIT_COUNT; unit++) {
        if (strcmp(at, units[unit].read) == 0) {
            unit_ms = units[unit].ms;
            at += strlen(at);
        }
    }
    if (*at || whole > LONGEST_MS / unit_ms)
        return false;
    *ms = whole * unit_ms + fraction * unit_ms / scale;
    return true;
}
