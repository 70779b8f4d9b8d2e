/* SPDX-License-Identifier: MIT */
#ifndef CDP_DOCUMENT_NUMBERS_H
#define CDP_DOCUMENT_NUMBERS_H

#include "base/strings.h"
#include "base/text.h"

/*
 * Numbers between text and machine, with integer arithmetic only: the results are exact, the same
 * on every machine, and need neither strtod() nor printf() nor a locale.
 */

/* An integer as it is written: digits in one base, perhaps with ',' and '_' between them. */
typedef struct cdp_integer_text {
    bool negative;
    unsigned base; /* 2, 8, 10 or 16 */
    cdp_string digits;
} cdp_integer_text;

/* False when it does not fit; `value` is then the nearest end of the range. */
bool cdp_integer_value(const cdp_integer_text *integer, int64_t *value);
/* The nearest double, infinity included. */
double cdp_integer_double(const cdp_integer_text *integer);
/*
 * Appends the integer in decimal. Beyond some 4,900 decimal digits numbers in other bases are
 * appended as they are written, because the conversion would cost the square of their length.
 */
void cdp_integer_put(const cdp_integer_text *integer, cdp_text *text);

/*
 * The double nearest to a decimal number (ties to even): an optional sign, digits with an optional
 * point, an optional exponent. ',' and '_' are passed over. The text must have this form.
 */
double cdp_decimal_double(cdp_string text);
double cdp_double_nan(void);

/* Appends the shortest decimal that reads back as the same double, in the form of Ruby's to_s. */
void cdp_double_put(double value, cdp_text *text);

#endif
