/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include "base/strings.h"

cdp_string cdp_number_text(int64_t value, cdp_number_buffer *buffer)
{
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t end = sizeof buffer->digits - 1;
    size_t at = end;

    buffer->digits[end] = '\0';
    do {
        buffer->digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0)
        buffer->digits[--at] = '-';
    return cdp_string_slice(buffer->digits + at, end - at);
}

bool cdp_number_parse(cdp_string digits, int64_t *value)
{
    int64_t number = 0;

    if (digits.length == 0)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        int digit = digits.data[i] - '0';

        if (!cdp_is_digit(digits.data[i]) || number > (INT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *value = number;
    return true;
}
