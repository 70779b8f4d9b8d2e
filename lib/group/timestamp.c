/* SPDX-License-Identifier: MIT */
#include "group/timestamp.h"

#include "base/strings.h"

#define LARGEST (INT64_MAX / 1000)

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct decimal {
    bool negative;
    bool overflow;
    int64_t digits;
    int64_t exponent; /* the value is digits * 10^exponent */
} decimal;

static void take_digit(decimal *number, char digit, bool fraction)
{
    /* Milliseconds need 16 digits at most; further ones can only be a fraction of one. */
    if (number->digits > LARGEST / 10) {
        number->overflow = number->overflow || !fraction;
        return;
    }
    number->digits = number->digits * 10 + (digit - '0');
    number->exponent -= fraction;
}

static size_t take_mantissa(decimal *number, cdp_string text, size_t at)
{
    bool fraction = false;

    for (; at < text.length && (cdp_is_digit(text.data[at]) || text.data[at] == '.'); at++) {
        if (text.data[at] == '.')
            fraction = true;
        else
            take_digit(number, text.data[at], fraction);
    }
    return at;
}

static void take_exponent(decimal *number, cdp_string text, size_t at)
{
    bool negative = at < text.length && text.data[at] == '-';
    int64_t exponent = 0;

    at += at < text.length && !cdp_is_digit(text.data[at]);
    for (; at < text.length && exponent < 1000; at++)
        exponent = exponent * 10 + (text.data[at] - '0');
    number->exponent += negative ? -exponent : exponent;
}

bool cdp_timestamp_from_number(cdp_string text, int64_t *milliseconds)
{
    decimal number = {.negative = text.length > 0 && text.data[0] == '-', .exponent = 3};
    size_t at = take_mantissa(&number, text, number.negative);

    if (at < text.length)
        take_exponent(&number, text, at + 1);
    if (number.overflow)
        return false;
    for (; number.exponent > 0 && number.digits > 0; number.exponent--) {
        if (number.digits > INT64_MAX / 10)
            return false;
        number.digits *= 10;
    }
    for (; number.exponent < 0 && number.digits > 0; number.exponent++)
        number.digits /= 10;
    *milliseconds = number.negative ? -number.digits : number.digits;
    return true;
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* Reads `count` digits. */
static bool take_field(cdp_string text, size_t *at, size_t count, int64_t *value)
{
    *value = 0;
    for (size_t end = *at + count; *at < end; ++*at) {
        if (*at >= text.length || !cdp_is_digit(text.data[*at]))
            return false;
        *value = *value * 10 + (text.data[*at] - '0');
    }
    return true;
}

static bool take_sign(cdp_string text, size_t *at, char sign)
{
    if (*at >= text.length || text.data[*at] != sign)
        return false;
    ++*at;
    return true;
}

static int64_t days_of_month(int64_t year, int64_t month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* Days from 1970-01-01 in the Gregorian calendar; years begin in March here, so that the leap day
 * is the last one. */
static int64_t days_since_1970(int64_t year, int64_t month, int64_t day)
{
    int64_t shifted = month > 2 ? month - 3 : month + 9;
    int64_t y = month > 2 ? year : year - 1;

    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * shifted + 2) / 5 + day - 1 - 719468;
}

static bool take_date(cdp_string text, size_t *at, int64_t *days)
{
    int64_t year;
    int64_t month;
    int64_t day;

    if (!take_field(text, at, 4, &year) || !take_sign(text, at, '-') ||
        !take_field(text, at, 2, &month) || !take_sign(text, at, '-') ||
        !take_field(text, at, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return false;
    *days = days_since_1970(year, month, day);
    return true;
}

static bool take_clock(cdp_string text, size_t *at, int64_t *milliseconds)
{
    int64_t hours;
    int64_t minutes;
    int64_t seconds;
    int64_t scale = 100;

    if (!take_field(text, at, 2, &hours) || !take_sign(text, at, ':') ||
        !take_field(text, at, 2, &minutes) || !take_sign(text, at, ':') ||
        !take_field(text, at, 2, &seconds))
        return false;
    if (hours > 23 || minutes > 59 || seconds > 59)
        return false;
    *milliseconds = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    if (!take_sign(text, at, '.'))
        return true;
    if (*at >= text.length || !cdp_is_digit(text.data[*at]))
        return false;
    for (; *at < text.length && cdp_is_digit(text.data[*at]); ++*at, scale /= 10)
        *milliseconds += (text.data[*at] - '0') * scale;
    return true;
}

/* `Z`, `+hh:mm` or `+hhmm`. */
static bool take_zone(cdp_string text, size_t *at, int64_t *milliseconds)
{
    int64_t hours;
    int64_t minutes;
    bool west;

    *milliseconds = 0;
    if (take_sign(text, at, 'Z'))
        return true;
    west = take_sign(text, at, '-');
    if (!west && !take_sign(text, at, '+'))
        return false;
    if (!take_field(text, at, 2, &hours))
        return false;
    take_sign(text, at, ':');
    if (!take_field(text, at, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *milliseconds = (hours * 60 + minutes) * (west ? -60000 : 60000);
    return true;
}

bool cdp_timestamp_from_text(cdp_string text, int64_t *milliseconds)
{
    size_t at = 0;
    int64_t days;
    int64_t clock;
    int64_t zone;

    if (!take_date(text, &at, &days))
        return false;
    if (!take_sign(text, &at, 'T') && !take_sign(text, &at, ' '))
        return false;
    if (!take_clock(text, &at, &clock) || !take_zone(text, &at, &zone) || at != text.length)
        return false;
    *milliseconds = days * 86400000 + clock - zone;
    return true;
}

void cdp_timestamp_put(int64_t milliseconds, cdp_text *text)
{
    uint64_t magnitude = milliseconds < 0 ? 0 - (uint64_t)milliseconds : (uint64_t)milliseconds;
    unsigned fraction = (unsigned)(magnitude % 1000);

    if (milliseconds < 0)
        cdp_text_put_byte(text, '-');
    cdp_text_put_uint(text, magnitude / 1000);
    if (fraction == 0)
        return;
    cdp_text_put_byte(text, '.');
    for (unsigned scale = 100; fraction > 0; scale /= 10) {
        cdp_text_put_byte(text, (char)('0' + fraction / scale));
        fraction %= scale;
    }
}
