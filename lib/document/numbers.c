/* SPDX-License-Identifier: MIT */
#include "document/numbers.h"

/* A natural number of up to 16,384 bits. */
enum { LIMBS = 512, MOST_DIGITS = 800 };

typedef struct big {
    size_t count;
    uint32_t limbs[LIMBS]; /* the lowest first; the highest in use is not 0 */
} big;

static void big_set(big *number, uint64_t value)
{
    number->limbs[0] = (uint32_t)value;
    number->limbs[1] = (uint32_t)(value >> 32);
    number->count = value >> 32 ? 2 : value ? 1 : 0;
}

/* number = number * factor + addend; false when it does not fit any more. */
static bool big_multiply_add(big *number, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;

    for (size_t i = 0; i < number->count; i++) {
        carry += (uint64_t)number->limbs[i] * factor;
        number->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) {
        if (number->count == LIMBS)
            return false;
        number->limbs[number->count++] = (uint32_t)carry;
    }
    return true;
}

static void big_multiply_power_of_ten(big *number, unsigned exponent)
{
    for (; exponent >= 9; exponent -= 9)
        big_multiply_add(number, 1000000000, 0);
    for (; exponent > 0; exponent--)
        big_multiply_add(number, 10, 0);
}

static void big_shift_left(big *number, unsigned bits)
{
    unsigned words = bits / 32;
    unsigned rest = bits % 32;

    if (number->count == 0)
        return;
    for (size_t i = number->count; i-- > 0;)
        number->limbs[i + words] = number->limbs[i];
    for (size_t i = 0; i < words; i++)
        number->limbs[i] = 0;
    number->count += words;
    if (rest)
        big_multiply_add(number, (uint32_t)1 << rest, 0);
}

static unsigned big_bits(const big *number)
{
    uint32_t top = number->count ? number->limbs[number->count - 1] : 0;
    unsigned bits = (unsigned)number->count * 32;

    if (!top)
        return 0;
    for (; !(top & 0x80000000u); top <<= 1)
        bits--;
    return bits;
}

static int big_compare(const big *a, const big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;) {
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    }
    return 0;
}

/* a -= b, which is not greater. */
static void big_subtract(big *a, const big *b)
{
    uint64_t borrow = 0;

    for (size_t i = 0; i < a->count; i++) {
        uint64_t taken = borrow + (i < b->count ? b->limbs[i] : 0);

        borrow = a->limbs[i] < taken;
        a->limbs[i] = (uint32_t)(a->limbs[i] - taken);
    }
    while (a->count > 0 && a->limbs[a->count - 1] == 0)
        a->count--;
}

static void big_add(big *a, const big *b)
{
    uint64_t carry = 0;

    for (size_t i = 0; i < a->count || i < b->count || carry; i++) {
        if (i == a->count)
            a->limbs[a->count++] = 0;
        carry += (uint64_t)a->limbs[i] + (i < b->count ? b->limbs[i] : 0);
        a->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

static uint32_t big_divide_small(big *number, uint32_t divisor)
{
    uint64_t rest = 0;

    for (size_t i = number->count; i-- > 0;) {
        rest = rest << 32 | number->limbs[i];
        number->limbs[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    while (number->count > 0 && number->limbs[number->count - 1] == 0)
        number->count--;
    return (uint32_t)rest;
}

static int digit_value(char c)
{
    if (cdp_is_digit(c))
        return c - '0';
    c = cdp_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool cdp_integer_value(const cdp_integer_text *integer, int64_t *value)
{
    uint64_t most = integer->negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t sum = 0;
    bool fits = true;

    for (size_t i = 0; i < integer->digits.length && fits; i++) {
        int digit = digit_value(integer->digits.data[i]);

        if (digit < 0)
            continue;
        fits = sum <= (most - (unsigned)digit) / integer->base;
        sum = sum * integer->base + (unsigned)digit;
    }
    if (!fits)
        *value = integer->negative ? INT64_MIN : INT64_MAX;
    else
        *value = integer->negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return fits;
}

static bool read_big(const cdp_integer_text *integer, big *number)
{
    big_set(number, 0);
    for (size_t i = 0; i < integer->digits.length; i++) {
        int digit = digit_value(integer->digits.data[i]);

        if (digit >= 0 && !big_multiply_add(number, integer->base, (uint32_t)digit))
            return false;
    }
    return true;
}

static double compose(bool negative, uint64_t mantissa, unsigned exponent)
{
    uint64_t bits = (uint64_t)negative << 63 | (uint64_t)exponent << 52 | mantissa;
    double value;

    _Static_assert(sizeof value == sizeof bits, "doubles are IEEE 754 binary64");
    memcpy(&value, &bits, sizeof value);
    return value;
}

double cdp_double_nan(void)
{
    return compose(false, (uint64_t)1 << 51, 2047);
}

/* The double nearest to (fraction / 2^63) * 2^exponent, fraction's top bit set. */
static double round_to_double(bool negative, uint64_t fraction, bool sticky, int exponent)
{
    int shift = exponent >= -1022 ? 11 : 11 - 1022 - exponent;
    unsigned biased = exponent >= -1022 ? (unsigned)(exponent + 1023) : 0;
    uint64_t mantissa, rest, half;

    if (exponent > 1023)
        return compose(negative, 0, 2047);
    if (shift > 64)
        return compose(negative, 0, 0);
    mantissa = shift == 64 ? 0 : fraction >> shift;
    rest = shift == 64 ? fraction : fraction & (((uint64_t)1 << shift) - 1);
    half = (uint64_t)1 << (shift - 1);
    mantissa += rest > half || (rest == half && (sticky || mantissa & 1));
    if (biased == 0) /* rounding up may reach the smallest normal number */
        return compose(negative, mantissa & (((uint64_t)1 << 52) - 1), (unsigned)(mantissa >> 52));
    biased += (unsigned)(mantissa >> 53);
    mantissa >>= mantissa >> 53;
    return biased >= 2047 ? compose(negative, 0, 2047)
                          : compose(negative, mantissa & (((uint64_t)1 << 52) - 1), biased);
}

/* The double nearest to number / divisor, both not 0. */
static double divide(bool negative, big *number, big *divisor)
{
    int exponent = (int)big_bits(number) - (int)big_bits(divisor);
    uint64_t fraction = 0;

    if (exponent < 0)
        big_shift_left(number, (unsigned)-exponent);
    else
        big_shift_left(divisor, (unsigned)exponent);
    if (big_compare(number, divisor) < 0) {
        big_shift_left(number, 1);
        exponent--;
    }
    for (int bit = 0; bit < 64; bit++) {
        fraction <<= 1;
        if (big_compare(number, divisor) >= 0) {
            big_subtract(number, divisor);
            fraction |= 1;
        }
        big_shift_left(number, 1);
    }
    return round_to_double(negative, fraction, number->count > 0, exponent);
}

double cdp_integer_double(const cdp_integer_text *integer)
{
    big number, one;

    if (integer->base == 10)
        return integer->negative ? -cdp_decimal_double(integer->digits)
                                 : cdp_decimal_double(integer->digits);
    if (!read_big(integer, &number))
        return compose(integer->negative, 0, 2047);
    if (number.count == 0)
        return compose(integer->negative, 0, 0);
    big_set(&one, 1);
    return divide(integer->negative, &number, &one);
}

static void put_big(big *number, cdp_text *text)
{
    char digits[LIMBS * 10];
    size_t at = sizeof digits;

    do {
        uint32_t nine = big_divide_small(number, 1000000000);

        for (int i = 0; i < 9 && (nine || number->count || i == 0); i++) {
            digits[--at] = (char)('0' + nine % 10);
            nine /= 10;
        }
    } while (number->count > 0);
    cdp_text_put(text, cdp_string_slice(digits + at, sizeof digits - at));
}

void cdp_integer_put(const cdp_integer_text *integer, cdp_text *text)
{
    bool leading = true;
    big number;

    if (integer->base != 10 && read_big(integer, &number)) {
        if (integer->negative && number.count > 0)
            cdp_text_put_byte(text, '-');
        put_big(&number, text);
        return;
    }
    for (size_t i = 0; i < integer->digits.length; i++) {
        char digit = integer->digits.data[i];

        if (digit_value(digit) < 0 || (leading && digit == '0'))
            continue;
        if (leading && integer->negative)
            cdp_text_put_byte(text, '-');
        leading = false;
        cdp_text_put_byte(text, digit);
    }
    if (leading)
        cdp_text_put_byte(text, '0');
}

/* What a decimal number's text says: digits * 10^exponent, at most MOST_DIGITS of them. */
typedef struct decimal {
    bool negative;
    bool more; /* digits that were left away are not all 0 */
    unsigned digits;
    int64_t exponent;
    big number;
} decimal;

static int64_t read_exponent(cdp_string text, size_t at)
{
    bool negative = at < text.length && text.data[at] == '-';
    int64_t value = 0;

    for (; at < text.length; at++) {
        if (cdp_is_digit(text.data[at]) && value < 1000000000)
            value = value * 10 + (text.data[at] - '0');
    }
    return negative ? -value : value;
}

static void read_decimal(cdp_string text, decimal *read)
{
    bool fraction = false;
    size_t at = 0;

    *read = (decimal){.negative = text.length > 0 && text.data[0] == '-'};
    for (; at < text.length && cdp_lower(text.data[at]) != 'e'; at++) {
        char c = text.data[at];

        if (c == '.')
            fraction = true;
        if (!cdp_is_digit(c))
            continue;
        if (read->digits < MOST_DIGITS) {
            big_multiply_add(&read->number, 10, (uint32_t)(c - '0'));
            read->digits += read->number.count > 0;
            read->exponent -= fraction;
        } else {
            read->more |= c != '0';
            read->exponent += !fraction;
        }
    }
    if (at < text.length)
        read->exponent += read_exponent(text, at + 1);
}

double cdp_decimal_double(cdp_string text)
{
    decimal read;
    big divisor;

    read_decimal(text, &read);
    if (read.number.count == 0 || read.digits + read.exponent < -330)
        return compose(read.negative, 0, 0);
    if (read.digits + read.exponent > 310)
        return compose(read.negative, 0, 2047);
    if (read.more) {
        big_multiply_add(&read.number, 10, 1);
        read.exponent--;
    }
    big_set(&divisor, 1);
    if (read.exponent < 0)
        big_multiply_power_of_ten(&divisor, (unsigned)-read.exponent);
    else
        big_multiply_power_of_ten(&read.number, (unsigned)read.exponent);
    return divide(read.negative, &read.number, &divisor);
}

/*
 * The shortest digits (Steele and White; the names r, s, m are theirs): the number is r / s, and
 * everything between (r - below) / s and (r + above) / s reads back as the same double.
 */
typedef struct shortest {
    big r, s, above, below;
    bool even; /* the ends of the interval belong to it */
} shortest;

static void begin_shortest(shortest *state, uint64_t mantissa, int exponent)
{
    /* The gap below a power of two is half as wide as the one above. */
    unsigned uneven = mantissa == (uint64_t)1 << 52 && exponent > -1074;

    state->even = !(mantissa & 1);
    big_set(&state->r, mantissa);
    big_set(&state->s, 1);
    big_set(&state->above, 1);
    big_set(&state->below, 1);
    big_shift_left(&state->r, 1 + uneven);
    big_shift_left(&state->s, 1 + uneven);
    big_shift_left(&state->above, uneven);
    if (exponent >= 0) {
        big_shift_left(&state->r, (unsigned)exponent);
        big_shift_left(&state->above, (unsigned)exponent);
        big_shift_left(&state->below, (unsigned)exponent);
    } else {
        big_shift_left(&state->s, (unsigned)-exponent);
    }
}

/* Whether (r + above) / s is at or past 1. */
static bool reaches_one(const shortest *state)
{
    big sum = state->r;
    int order;

    big_add(&sum, &state->above);
    order = big_compare(&sum, &state->s);
    return state->even ? order >= 0 : order > 0;
}

static void times_ten(shortest *state)
{
    big_multiply_add(&state->r, 10, 0);
    big_multiply_add(&state->above, 10, 0);
    big_multiply_add(&state->below, 10, 0);
}

/* Scales so that 0.1 <= (r + above) / s < 1, and returns the power of ten that was taken out. */
static int scale_shortest(shortest *state)
{
    int point = 0;

    for (; reaches_one(state); point++)
        big_multiply_add(&state->s, 10, 0);
    for (;; point--) {
        shortest next = *state;

        times_ten(&next);
        if (reaches_one(&next))
            return point;
        *state = next;
    }
}

/* The next digit; true when it is the last. */
static bool next_digit(shortest *state, char *digit)
{
    bool low, high;
    int order;

    times_ten(state);
    *digit = '0';
    for (; big_compare(&state->r, &state->s) >= 0; (*digit)++)
        big_subtract(&state->r, &state->s);
    order = big_compare(&state->r, &state->below);
    low = state->even ? order <= 0 : order < 0;
    high = reaches_one(state);
    if (!low && !high)
        return false;
    if (low && high) {
        big_shift_left(&state->r, 1);
        order = big_compare(&state->r, &state->s);
        *digit = (char)(*digit + (order > 0 || (order == 0 && (*digit & 1))));
    } else {
        *digit = (char)(*digit + high);
    }
    return true;
}

/* Where Ruby puts the point: up to 16 digits before it and 4 zeros behind it, else an exponent. */
static void put_digits(cdp_string digits, int point, cdp_text *text)
{
    size_t count = digits.length;

    if (point > 16 || point <= -4) {
        cdp_text_put_byte(text, digits.data[0]);
        cdp_text_put_byte(text, '.');
        cdp_text_put(text, count > 1 ? cdp_string_slice(digits.data + 1, count - 1) : CDP_STR("0"));
        cdp_text_put_c(text, point > 0 ? "e+" : "e-");
        point = point > 0 ? point - 1 : 1 - point;
        if (point < 10)
            cdp_text_put_byte(text, '0');
        cdp_text_put_uint(text, (uint64_t)point);
    } else if (point <= 0) {
        cdp_text_put_c(text, "0.");
        cdp_text_put_repeated(text, '0', (size_t)-point);
        cdp_text_put(text, digits);
    } else if ((size_t)point >= count) {
        cdp_text_put(text, digits);
        cdp_text_put_repeated(text, '0', (size_t)point - count);
        cdp_text_put_c(text, ".0");
    } else {
        cdp_text_put(text, cdp_string_slice(digits.data, (size_t)point));
        cdp_text_put_byte(text, '.');
        cdp_text_put(text, cdp_string_slice(digits.data + point, count - (size_t)point));
    }
}

void cdp_double_put(double value, cdp_text *text)
{
    uint64_t bits, mantissa;
    int biased, point;
    char digits[20];
    size_t count = 0;
    shortest state;

    memcpy(&bits, &value, sizeof bits);
    mantissa = bits & (((uint64_t)1 << 52) - 1);
    biased = (int)(bits >> 52 & 2047);
    if (biased == 2047 && mantissa) {
        cdp_text_put_c(text, "NaN");
        return;
    }
    if (bits >> 63)
        cdp_text_put_byte(text, '-');
    if (biased == 2047 || (biased == 0 && mantissa == 0)) {
        cdp_text_put_c(text, biased ? "Infinity" : "0.0");
        return;
    }
    begin_shortest(&state, biased ? mantissa | (uint64_t)1 << 52 : mantissa,
                   (biased ? biased : 1) - 1075);
    point = scale_shortest(&state);
    while (!next_digit(&state, &digits[count++]))
        ;
    put_digits(cdp_string_slice(digits, count), point, text);
}
