/* SPDX-License-Identifier: MIT */
/* Numbers as Ruby's to_i makes them of texts and floats; they have no upper bound. */
#include "appspec/fields.h"
#include "base/strings.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

appspec_integer cdp_appspec_leading_integer(cdp_string text)
{
    appspec_integer integer = {.digits = {text.data, 0}};
    size_t at = 0;
    size_t from;

    while (at < text.length && is_space(text.data[at]))
        at++;
    if (at < text.length && (text.data[at] == '-' || text.data[at] == '+'))
        integer.negative = text.data[at++] == '-';
    from = at;
    while (at < text.length && (cdp_is_digit(text.data[at]) ||
                                (text.data[at] == '_' && at > from && text.data[at - 1] != '_' &&
                                 at + 1 < text.length && cdp_is_digit(text.data[at + 1]))))
        at++;
    integer.digits = cdp_string_slice(text.data + from, at - from);
    while (at < text.length && is_space(text.data[at]))
        at++;
    integer.rest = at < text.length || integer.digits.length == 0;
    return integer;
}

void cdp_appspec_put_digits(cdp_string digits, cdp_text *text)
{
    bool started = false;

    for (size_t i = 0; i < digits.length; i++) {
        if (digits.data[i] == '_' || (digits.data[i] == '0' && !started))
            continue;
        started = true;
        cdp_text_put_byte(text, digits.data[i]);
    }
    if (!started)
        cdp_text_put_byte(text, '0');
}

int64_t cdp_appspec_saturate(cdp_string digits)
{
    int64_t value = 0;

    for (size_t i = 0; i < digits.length; i++) {
        int digit = digits.data[i] - '0';

        if (value > (INT64_MAX - digit) / 10)
            return INT64_MAX;
        value = value * 10 + digit;
    }
    return value;
}

/* Doubles a number of decimal digits, least significant first; the new count. */
static size_t double_digits(uint8_t *digits, size_t count)
{
    unsigned carry = 0;

    for (size_t i = 0; i < count; i++) {
        unsigned value = digits[i] * 2u + carry;

        digits[i] = (uint8_t)(value % 10);
        carry = value / 10;
    }
    if (carry)
        digits[count++] = (uint8_t)carry;
    return count;
}

void cdp_appspec_put_whole(double number, cdp_text *text)
{
    enum {
        MOST_DIGITS = 320 /* 2 to the 1024th has 309 */
    };
    const double exact = 9007199254740992.0; /* 2 to the 53rd: whole numbers below are exact */
    uint8_t digits[MOST_DIGITS];
    size_t count = 0;
    unsigned doublings = 0;
    uint64_t whole;

    if (number < 0) {
        number = -number;
        if (number >= 1)
            cdp_text_put_byte(text, '-');
    }
    for (; number >= exact; doublings++)
        number /= 2;
    for (whole = (uint64_t)number; whole > 0; whole /= 10)
        digits[count++] = (uint8_t)(whole % 10);
    if (count == 0)
        digits[count++] = 0;
    while (doublings-- > 0)
        count = double_digits(digits, count);
    while (count > 0)
        cdp_text_put_byte(text, (char)('0' + digits[--count]));
}
