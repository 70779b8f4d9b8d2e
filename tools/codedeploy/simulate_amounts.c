/* SPDX-License-Identifier: MIT */
#include "simulate_amounts.h"

#include <stdlib.h>
#include <string.h>

#include "time_text.h"

enum { DIGITS = 18, WHOLE = 1000 * 1000, PER_CENT = WHOLE / 100 };

/* Beyond this no fleet has positions. */
#define MOST_POSITIONS 40000000u

/* Digits from `*at`, which is moved behind them; false when there are none or too many. */
static bool read_digits(const char **at, int64_t *number)
{
    const char *begin = *at;

    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (*at - begin == DIGITS)
            return false;
        *number = *number * 10 + (**at - '0');
    }
    return *at > begin;
}

bool amount_read_number(const char *text, int64_t *number)
{
    bool negative = *text == '-';
    const char *at = text + negative;

    if (!read_digits(&at, number))
        return false;
    if (negative)
        *number = -*number;
    return *at == '\0';
}

bool amount_read(const char *text, amount *a)
{
    const char *at = text;
    int64_t whole;
    int64_t scale = PER_CENT;
    int64_t ppm;

    *a = (amount){.given = true, .written = text};
    if (!read_digits(&at, &whole) || whole > UINT32_MAX)
        return false;
    a->count = (uint32_t)whole;
    if (*at == '\0')
        return true;
    ppm = whole * PER_CENT;
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9' && scale > 1; at++) {
            scale /= 10;
            ppm += (*at - '0') * scale;
        }
        if (scale == PER_CENT)
            return false;
    }
    a->count = 0;
    a->ppm = ppm <= WHOLE ? (uint32_t)ppm : 0;
    return strcmp(at, "%") == 0 && ppm <= WHOLE;
}

uint32_t amount_of(const amount *a, uint32_t whole)
{
    if (a->ppm > 0)
        return (uint32_t)(((uint64_t)whole * a->ppm + WHOLE / 2) / WHOLE);
    return a->count < whole ? a->count : whole;
}

uint32_t amount_within(const amount *a, uint32_t whole)
{
    return a->ppm > 0 ? (uint32_t)((uint64_t)whole * a->ppm / WHOLE) : a->count;
}

bool amount_read_duration(const char *text, int64_t *ms, int64_t *spread_ms)
{
    static const char *const signs[] = {"+-", "\xC2\xB1", "+/-"};
    char first[TIME_TEXT];
    const char *sign = NULL;
    size_t length = 0;

    for (size_t i = 0; i < sizeof signs / sizeof *signs && !sign; i++) {
        sign = strstr(text, signs[i]);
        length = strlen(signs[i]);
    }
    *spread_ms = 0;
    if (!sign)
        return time_parse(text, 1000, ms);
    if ((size_t)(sign - text) >= sizeof first)
        return false;
    memcpy(first, text, (size_t)(sign - text));
    first[sign - text] = '\0';
    return time_parse(first, 1000, ms) && time_parse(sign + length, 1000, spread_ms) &&
           *spread_ms <= *ms;
}

/* ---- positions ---- */

static int compare(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;

    return (first > second) - (first < second);
}

static bool add_range(positions *p, size_t *capacity, int64_t first, int64_t last)
{
    if (first < 1 || last < first || last > MOST_POSITIONS)
        return false;
    for (int64_t at = first; at <= last; at++) {
        if (p->count == *capacity) {
            size_t wanted = *capacity ? *capacity * 2 : 16;
            uint32_t *grown =
                wanted > MOST_POSITIONS * 2 ? NULL : realloc(p->list, wanted * sizeof *grown);

            if (!grown)
                return false;
            p->list = grown;
            *capacity = wanted;
        }
        p->list[p->count++] = (uint32_t)at;
    }
    return true;
}

bool positions_read(positions *p, const char *text)
{
    const char *at = text;
    size_t capacity = 0;
    size_t kept = 0;

    positions_free(p);
    p->written = text;
    do {
        int64_t first;
        int64_t last;

        at += at > text;
        if (!read_digits(&at, &first))
            return false;
        last = first;
        if (*at == '-') {
            at++;
            if (!read_digits(&at, &last))
                return false;
        }
        if (!add_range(p, &capacity, first, last))
            return false;
    } while (*at == ',');
    qsort(p->list, p->count, sizeof *p->list, compare);
    for (size_t i = 0; i < p->count; i++) {
        if (kept == 0 || p->list[kept - 1] != p->list[i])
            p->list[kept++] = p->list[i];
    }
    p->count = kept;
    return *at == '\0';
}

void positions_free(positions *p)
{
    free(p->list);
    *p = (positions){NULL, NULL, 0};
}
