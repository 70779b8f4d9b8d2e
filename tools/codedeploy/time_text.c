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

/* Digits and perhaps a fraction: "1.5". */
typedef struct number {
    int64_t whole;
    int64_t fraction;
    int64_t scale;
} number;

static bool read_number(const char **at, number *n)
{
    *n = (number){.scale = 1};
    if (**at < '0' || **at > '9')
        return false;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        n->whole = n->whole * 10 + (**at - '0');
        if (n->whole > LONGEST_MS)
            return false;
    }
    if (**at != '.')
        return true;
    for ((*at)++; **at >= '0' && **at <= '9' && n->scale < 1000000; (*at)++) {
        n->fraction = n->fraction * 10 + (**at - '0');
        n->scale *= 10;
    }
    return n->scale > 1;
}

/* The unit whose name stands at `*at`, up to a blank, a digit or the end; UNIT_COUNT for none. */
static int read_unit(const char **at)
{
    size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyz");

    for (int unit = 0; unit < UNIT_COUNT; unit++) {
        const char *names[] = {units[unit].read, units[unit].written};

        for (int i = 0; i < 2; i++) {
            if (strlen(names[i]) == length && memcmp(*at, names[i], length) == 0) {
                *at += length;
                return unit;
            }
        }
    }
    return UNIT_COUNT;
}

/* Hours, minutes and seconds with colons between them. */
static bool read_clock(const char *text, int64_t *ms)
{
    static const int64_t parts[] = {3600 * 1000, 60 * 1000, 1000};
    number n;

    *ms = 0;
    for (int i = 0; i < 3; i++) {
        if (!read_number(&text, &n) || n.whole > LONGEST_MS / parts[i] || (i > 0 && n.whole > 59) ||
            (i < 2 && n.scale > 1) || *text != (i < 2 ? ':' : '\0'))
            return false;
        *ms += n.whole * parts[i] + n.fraction * parts[i] / n.scale;
        text += i < 2;
    }
    return *ms <= LONGEST_MS;
}

static bool add(const number *n, int64_t unit_ms, int64_t *ms)
{
    if (n->whole > LONGEST_MS / unit_ms)
        return false;
    *ms += n->whole * unit_ms + n->fraction * unit_ms / n->scale;
    return *ms <= LONGEST_MS;
}

bool time_parse(const char *text, int64_t unit_ms, int64_t *ms)
{
    const char *at = text;
    int before = -1;
    number n;

    if (strchr(text, ':'))
        return read_clock(text, ms);
    *ms = 0;
    if (!read_number(&at, &n))
        return false;
    if (!*at)
        return add(&n, unit_ms, ms);
    for (;;) {
        int unit;

        at += *at == ' ';
        unit = read_unit(&at);
        if (unit <= before || unit == UNIT_COUNT || !add(&n, units[unit].ms, ms))
            return false;
        if (!*at)
            return true;
        before = unit;
        at += *at == ' ';
        if (!read_number(&at, &n))
            return false;
    }
}
